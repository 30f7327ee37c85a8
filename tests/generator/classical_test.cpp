// Least squares, interpolation and what papers made of them: laws, closed forms, published numbers.
#include <doctest/doctest.h>

#include <algorithm>

#include "generator/classical/classical.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/smoothness.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::function;
using test::number;

namespace {

using Precise = Real<256>;

ProjectionRequest projection(const std::string& text, const std::string& domain, int degree) {
  ProjectionRequest request{
      .target = function(text), .domain = test::domain(domain), .degree = degree};
  request.kinks = check_smoothness(request.target, request.domain).kinks;
  return request;
}

ChebyshevSeries solved(const ClassicalResult& result) {
  REQUIRE_MESSAGE(result.usable(), result.detail);
  return result.polynomial;
}

Precise value(const ChebyshevSeries& series, const Precise& x) {
  return SeriesEvaluator<Precise>(series)(x);
}

// The coefficient of x^k, for a series on [-b, b].
Rational power_coefficient(const ChebyshevSeries& series, std::size_t k) {
  std::vector<Rational> before;
  std::vector<Rational> current = {1};
  Rational sum = 0;
  Rational scale = 1;
  for (std::size_t i = 0; i < k; ++i) scale *= series.basis.upper;
  for (std::size_t n = 0; n < series.coefficients.size(); ++n) {
    if (k < current.size()) sum += series.coefficients[n] * current[k];
    std::vector<Rational> next(current.size() + 1, 0);
    for (std::size_t i = 0; i < current.size(); ++i) next[i + 1] = (n == 0 ? 1 : 2) * current[i];
    for (std::size_t i = 0; i < before.size(); ++i) next[i] -= before[i];
    before = std::move(current);
    current = std::move(next);
  }
  return sum / scale;
}

bool near(const Rational& a, const Rational& b, const char* tolerance) {
  return abs(a - b) <= number(tolerance);
}

// The integral of x^k over [-b, b].
Rational moment(const Rational& b, int k) {
  if (k % 2 == 1) return 0;
  Rational power = 1;
  for (int i = 0; i <= k; ++i) power *= b;
  return 2 * power / (k + 1);
}

}  // namespace

// |x| on [-1, 1]: 3/16 + 15/16 x^2 (from its Legendre coefficients 1/2 and 5/8).
TEST_CASE("least squares of |x| meets its closed form") {
  const ChebyshevSeries p = solved(least_squares(projection("abs(x)", "[-1,1]", 3)));
  CHECK(p.parity == Parity::even);
  CHECK(p.degree() == 2);
  CHECK(near(power_coefficient(p, 0), number("3/16"), "2^-70"));
  CHECK(near(power_coefficient(p, 2), number("15/16"), "2^-70"));
  CHECK_FALSE(near(power_coefficient(p, 2), number("15/16 + 2^-60"), "2^-70"));
}

// The error is orthogonal to every power: the integral of relu x^k over [-b, b] is b^(k+2) / (k+2).
TEST_CASE("the error of least squares is orthogonal to every polynomial of the class") {
  for (const char* b : {"1", "8", "1/3"}) {
    for (const int degree : {0, 1, 4, 11}) {
      CAPTURE(b);
      CAPTURE(degree);
      const std::string domain = std::string("[-(") + b + "),(" + b + ")]";
      const ChebyshevSeries p = solved(least_squares(projection("relu(x)", domain, degree)));
      for (int k = 0; k <= degree; ++k) {
        Rational of_p = 0;
        for (int i = 0; i <= p.degree(); ++i) {
          of_p += power_coefficient(p, static_cast<std::size_t>(i)) * moment(p.basis.upper, i + k);
        }
        Rational of_relu = Rational(1) / (k + 2);
        for (int i = 0; i < k + 2; ++i) of_relu *= number(b);
        CHECK(near(of_p / of_relu, 1, "2^-40"));
      }
    }
  }
}

TEST_CASE("least squares returns polynomials of the class, under every density and on unions") {
  const ChebyshevSeries cubic = from_powers({1, 2, number("-1/3"), 4}, {-3, 5});
  for (const char* density : {"1", "exp(-x^2)", "x^2"}) {
    ProjectionRequest request = projection("1 + 2*x - x^2/3 + 4*x^3", "[-3,5]", 6);
    request.density = function(density);
    const ChebyshevSeries p = solved(least_squares(request));
    REQUIRE(p.degree() == 3);
    CHECK(coefficient_distance(p, cubic) <= number("2^-60"));
  }
  const ChebyshevSeries p =
      solved(least_squares(projection("sign(x)*(x^2 + 1)", "[-3,-1] [1,3]", 1)));
  CHECK(p.parity == Parity::odd);
  CHECK(p.degree() == 1);
}

// All weight at a few points makes the polynomial interpolate there; the data's counts are weights.
TEST_CASE("least squares at points is the fit that their counts ask for") {
  const ProjectionRequest request = projection("x^2", "[-2,2]", 0);
  const ChebyshevSeries mean = solved(least_squares_at(request, {1, 2, 2, 2}));
  CHECK(near(mean.coefficients[0], number("13/4"), "2^-60"));
  ProjectionRequest line = request;
  line.degree = 1;
  CHECK(least_squares_at(line, {1, 1, 1}).status == ClassicalStatus::not_determined);
}

TEST_CASE("a density below 0 and a function without a value are refused") {
  ProjectionRequest request = projection("x", "[-1,1]", 1);
  request.density = function("x");
  CHECK(least_squares(request).status == ClassicalStatus::not_finite);
  CHECK(least_squares(projection("log(x)", "[-1,1]", 1)).status == ClassicalStatus::not_finite);
}

// T_(m+k) at the m zeros of T_m is -T_(m-k).
TEST_CASE("interpolation aliases as it should, and returns polynomials of the class") {
  const std::string t7 = "64*x^7 - 112*x^5 + 56*x^3 - 7*x";
  const ChebyshevSeries p = solved(interpolation(function(t7), {-1, 1}, 4));  // m = 5, k = 2
  REQUIRE(p.degree() == 3);
  CHECK(near(p.coefficients[3], -1, "2^-70"));
  CHECK(p.coefficients[1] == 0);
  const ChebyshevSeries same = solved(interpolation(function(t7), {-1, 1}, 9));
  REQUIRE(same.degree() == 7);
  CHECK(near(same.coefficients[7], 1, "2^-70"));
}

TEST_CASE("interpolation meets the function at its nodes") {
  const Expression exp = function("exp(x)");
  for (const int degree : {0, 1, 6, 30}) {
    const ChebyshevSeries p = solved(interpolation(exp, {-2, 3}, degree));
    for (int k = 0; k <= degree; ++k) {
      const Precise t = real_cos(Precise(real_pi<Precise>() * (2 * k + 1) / (2 * degree + 2)));
      const Precise x = Precise(1) / 2 + t * 5 / 2;
      CHECK(real_abs(Precise(value(p, x) - real_exp(x))) < scale_by_power_of_two(Precise(1), -64));
    }
  }
}

// Shipped in the authors' repository, and computed independently to 20 digits.
TEST_CASE("CryptoDL's polynomials have the published coefficients") {
  const auto published = test::data("cryptodl.json");
  for (const auto& row : published["table"]) {
    const auto b = std::to_string(row["l"].get<int>());
    CAPTURE(b);
    for (const int degree : {2, 4}) {
      ProjectionRequest request = projection("sigmoid(x)", "[-" + b + "," + b + "]", degree);
      request.density = function("exp(-1/(1e-5 + (x/" + b + ")^8))");
      const ChebyshevSeries p = solved(integral_of_least_squares(request));
      REQUIRE(p.degree() == degree);
      const auto has = [&](std::size_t k, const std::string& name, double tolerance) {
        const Rational given = number(row[name].get<std::string>());
        CHECK(test::relative_difference(power_coefficient(p, k), given) < tolerance);
      };
      constexpr double our_digits = 1e-14;
      constexpr double their_digits =
          2e-10;  // of the file, by quadrature in double: off by 1.24e-10
      const std::string prefix = "deg" + std::to_string(degree);
      has(2, prefix + "_c2", our_digits);
      has(2, prefix + "_c2_file", their_digits);
      if (degree == 4) {
        has(4, "deg4_c4", our_digits);
        has(4, "deg4_c4_file", their_digits);
      }
      CHECK(near(power_coefficient(p, 1), number("1/2"), "2^-60"));
      CHECK(abs(power_coefficient(p, 0)) < number("2^-60"));
    }
  }
}

TEST_CASE("rising least squares stops at the first degree that keeps the limit at all points") {
  const ProjectionRequest request = projection("relu(x)", "[-8,8]", highest_classical_degree);
  const Rational limit = number("1/5");
  const ChebyshevSeries p = solved(rising_least_squares(request, limit));
  const auto worst = [&](const ChebyshevSeries& q) {
    const CompiledFunction<Precise> relu(request.target);
    Precise largest = 0;
    for (int i = 0; i < verification_points; ++i) {
      const Precise x = Precise(-8) + Precise(16) * i / (verification_points - 1);
      largest = std::max(largest, real_abs(Precise(relu(x) - value(q, x))));
    }
    return to_rational(largest);
  };
  CHECK(worst(p) <= limit);
  for (int degree = 1; degree < p.degree(); ++degree) {
    CHECK(worst(solved(least_squares(projection("relu(x)", "[-8,8]", degree)))) > limit);
  }
  CHECK(rising_least_squares(projection("relu(x)", "[-8,8]", 3), limit).status ==
        ClassicalStatus::limit_not_met);
}

TEST_CASE("the same request gives the same coefficients") {
  const ProjectionRequest request = projection("gelu(x)", "[-5,5]", 9);
  CHECK(solved(least_squares(request)).coefficients == solved(least_squares(request)).coefficients);
}
