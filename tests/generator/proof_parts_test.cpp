// The parts of the proof, each against an independent evaluation: exact rationals, std::complex,
// 128-bit sums.
#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <functional>
#include <string>

#include "generator/proof/continuation.hpp"
#include "generator/proof/lower_bound.hpp"
#include "generator/proof/short_polynomial.hpp"
#include "generator/proof/stored_polynomial.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Complex = std::complex<double>;

// Re from a to b, Im from c to d.
ComplexBall box(double a, double b, double c, double d) {
  ComplexBall z;
  arb_set(acb_realref(z.get()), ball_between(Rational(a), Rational(b), 64).get());
  arb_set(acb_imagref(z.get()), ball_between(Rational(c), Rational(d), 64).get());
  return z;
}

ComplexBall continued(const std::string& function, double from, double to, const ComplexBall& z) {
  const Expression expression = test::function(function);
  return Continuation(expression, ball_between(Rational(from), Rational(to), 64))(z);
}

// Does the ball hold the number, known to the rounding of double?
bool holds(const ComplexBall& ball, Complex value) {
  const auto part = [](arb_srcptr enclosure, double number, double room) {
    Ball difference;
    arf_t exact;
    arf_init(exact);
    arf_set_d(exact, number);
    arb_sub_arf(difference.get(), enclosure, exact, 64);
    arf_set_d(exact, room);
    arb_add_error_arf(difference.get(), exact);
    arf_clear(exact);
    return difference.contains_zero();
  };
  const double room = 1e-12 * (1 + std::abs(value));
  return part(acb_realref(ball.get()), value.real(), room) &&
         part(acb_imagref(ball.get()), value.imag(), room);
}

// T_k(y), exactly.
std::vector<Rational> chebyshev_values(const Rational& y, std::size_t count) {
  std::vector<Rational> t{1, y};
  while (t.size() < count) t.push_back(2 * y * t.back() - t[t.size() - 2]);
  return t;
}

Rational exact_value(const ChebyshevSeries& series, const Rational& y) {
  const auto t = chebyshev_values(y, series.coefficients.size());
  Rational sum = 0;
  for (std::size_t k = 0; k < series.coefficients.size(); ++k) sum += series.coefficients[k] * t[k];
  return sum;
}

ChebyshevSeries random_series(test::Random& random, int degree, Parity parity) {
  ChebyshevSeries series{.basis = {-1, 1}, .parity = parity};
  for (int k = 0; k <= degree; ++k) {
    const bool is_zero = parity != Parity::none && (k % 2 == 1) != (parity == Parity::odd);
    const int exponent = test::integer_between(random, -60, 4);
    series.coefficients.emplace_back(
        is_zero ? 0 : std::ldexp(test::real_between(random, -1, 1), exponent));
  }
  return series;
}

bool contains(const Ball& ball, const Rational& value) {
  const Ball exact = ball_of(value, 1 << 13);
  return arb_overlaps(ball.get(), exact.get()) != 0;
}

// sum of c_k / (2k + 1) (sqrt(pi)/2 z)^(2k + 1), c_k = sum of c_m c_(k-1-m) / ((m + 1) (2m + 1)).
Complex erfinv_by_its_series(Complex z) {
  const double half_root_pi = std::sqrt(std::acos(-1.0)) / 2;
  std::vector<double> c = {1};
  const Complex y = half_root_pi * z;
  Complex power = y;
  Complex sum = y;
  for (int k = 1; k < 200; ++k) {
    double next = 0;
    for (int m = 0; m < k; ++m) {
      next += c[static_cast<std::size_t>(m)] * c[static_cast<std::size_t>(k - 1 - m)] /
              ((m + 1.0) * (2 * m + 1));
    }
    c.push_back(next);
    power *= y * y;
    sum += next / (2 * k + 1) * power;
  }
  return sum;
}

}  // namespace

TEST_CASE("a continuation holds the values at complex points") {
  struct Case {
    const char* function;
    double from;  // the piece of the real axis
    double to;
    std::function<Complex(Complex)> value;
  };
  const std::vector<Case> cases = {
      {"exp(x)", -1, 1, [](Complex z) { return std::exp(z); }},
      {"log(x)", 1, 2, [](Complex z) { return std::log(z); }},
      {"sqrt(x)", 1, 2, [](Complex z) { return std::sqrt(z); }},
      {"x^2.5", 1, 2, [](Complex z) { return std::pow(z, 2.5); }},
      {"x^-3", 1, 2, [](Complex z) { return 1.0 / (z * z * z); }},
      {"sin(x)*cos(x)", -1, 1, [](Complex z) { return std::sin(z) * std::cos(z); }},
      {"tan(x)", -1, 1, [](Complex z) { return std::tan(z); }},
      {"atan(x)", -1, 1, [](Complex z) { return std::atan(z); }},
      {"sinh(x)+cosh(x)", -1, 1, [](Complex z) { return std::exp(z); }},
      {"tanh(x)", -1, 1, [](Complex z) { return std::tanh(z); }},
      {"sigmoid(x)", -1, 1, [](Complex z) { return 1.0 / (1.0 + std::exp(-z)); }},
      {"softplus(x)", -1, 1, [](Complex z) { return std::log(1.0 + std::exp(z)); }},
      {"erf(x)+erfc(x)", -1, 1, [](Complex) { return Complex(1); }},
      {"abs(x)", 1, 2, [](Complex z) { return z; }},
      {"abs(x)", -2, -1, [](Complex z) { return -z; }},
      {"sign(x)*x", -2, -1, [](Complex z) { return -z; }},
      {"floor(x)+x", 1.25, 1.5, [](Complex z) { return 1.0 + z; }},
      {"mod(x, 1)", 2.25, 2.5, [](Complex z) { return z - 2.0; }},
      {"if(x < 1, log(x), x^2)", 1.5, 2, [](Complex z) { return z * z; }},
      {"if(x < 1, exp(x), log(x-1))", 0, 0.5, [](Complex z) { return std::exp(z); }},
      {"max(x, 1-x)", 0, 0.25, [](Complex z) { return 1.0 - z; }},
      {"erfinv(x)", -0.6, 0.6, erfinv_by_its_series},
      {"round(x)*x", 1.75, 2.25, [](Complex z) { return 2.0 * z; }},
      {"round(x)+x", -1.75, -1.5625, [](Complex z) { return z - 2.0; }},
      {"asin(x)+acos(x)", -0.6, 0.6, [](Complex) { return Complex(std::acos(0.0)); }},
      {"asin(x)", -0.6, 0.6, [](Complex z) { return std::asin(z); }},
      {"cbrt(x)", -2, -1, [](Complex z) { return -std::pow(-z, 1.0 / 3); }},
      {"exp2(x)", -1, 1, [](Complex z) { return std::pow(2.0, z); }},
      {"mish(x)", -1, 1, [](Complex z) { return z * std::tanh(std::log(1.0 + std::exp(z))); }},
      {"clip(x, -1, 1)", 0, 0.5, [](Complex z) { return z; }},
  };
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const Case& one : cases) {
    CAPTURE(one.function);
    for (int i = 0; i < 40 * test::effort(); ++i) {
      const double size = std::ldexp(1.0, -test::integer_between(random, 1, 20));
      const double a = test::real_between(random, one.from, one.to);
      const double b = std::min(a + size, one.to);
      const double height = size * test::real_between(random, 0, 1);
      const ComplexBall value =
          continued(one.function, one.from, one.to, box(a, b, -height, height));
      // Wide boxes may be too much for a function; small ones are not.
      if (size < 0x1p-6) CHECK(value.is_finite());
      if (!value.is_finite()) continue;
      for (int k = 0; k < 10; ++k) {
        const Complex z(test::real_between(random, a, b),
                        test::real_between(random, -height, height));
        CHECK(holds(value, one.value(z)));
        CHECK_FALSE(holds(value, one.value(z) + 10.0 + 100 * size));  // no enclosure of everything
      }
    }
  }
}

TEST_CASE("there is no continuation across a branch cut, a pole or a kink") {
  const auto is_finite = [](const char* function, double from, double to, const ComplexBall& z) {
    return continued(function, from, to, z).is_finite();
  };
  for (const char* function :
       {"log(x)", "sqrt(x)", "x^0.3", "x^x", "1/x", "log(x)*0", "rsqrt(x)"}) {
    CAPTURE(function);
    CHECK(is_finite(function, 0.5, 1, box(0.5, 1, -0.125, 0.125)));
    CHECK_FALSE(is_finite(function, 0.5, 1, box(-0.5, 1, -0.5, 0.5)));
    CHECK_FALSE(is_finite(function, 0.5, 1, box(0, 1, -0.5, 0.5)));
  }
  CHECK(is_finite("atan(x)", -1, 1, box(-1, 1, -0.9, 0.9)));
  CHECK_FALSE(is_finite("atan(x)", -1, 1, box(-1, 1, -1.1, 1.1)));
  CHECK_FALSE(is_finite("atan(x)", -1, 1, box(-1, 1, 0.5, 1)));
  CHECK(is_finite("erfinv(x)", 0, 0.9, box(0.5, 0.9, -0.25, 0.25)));
  CHECK_FALSE(is_finite("erfinv(x)", 0, 0.9, box(0.5, 1, -0.25, 0.25)));
  CHECK_FALSE(is_finite("erfinv(x)", 0, 0.9, box(0, 0.1, 0.9, 1.1)));  // not bounded so
  CHECK_FALSE(is_finite("tan(x)", 1, 1.5, box(1, 2, -0.5, 0.5)));
  CHECK_FALSE(is_finite("sigmoid(x)", 0, 1, box(-0.1, 0.1, 3, 3.3)));  // a pole at i pi
  CHECK_FALSE(is_finite("softplus(x)", 0, 1, box(-0.1, 0.1, 3, 3.3)));
  CHECK(is_finite("softplus(x)", 0, 1, box(0.5, 0.6, 3, 3.3)));  // right of it there is none
  for (const char* function : {"abs(x)", "sign(x)", "if(x < 0, x, 2*x)", "max(x, 0)", "floor(x)"}) {
    CAPTURE(function);
    CHECK_FALSE(is_finite(function, -0.5, 0.5, box(0.1, 0.2, 0, 0)));  // the piece does not decide
  }
}

// |sin| turns at pi: one piece lies beside it, one across.
TEST_CASE("a continuation close beside a kink that is no rational number") {
  constexpr slong bits = 192;
  const Rational pi = to_rational(real_pi<Real<256>>());
  const Rational short_way = power_of_two(-150);
  const Expression function = test::function("abs(sin(x))");
  const auto is_known = [&](const Rational& from, const Rational& to) {
    ComplexBall middle;
    acb_set_arb(middle.get(), ball_of(pi + (from + to) / 2, bits).get());
    return Continuation(function, ball_between(pi + from, pi + to, bits))(middle).is_finite();
  };
  CHECK(is_known(short_way, 2 * short_way));
  CHECK(is_known(-2 * short_way, -short_way));
  CHECK_FALSE(is_known(-short_way, short_way));
}

TEST_CASE("a stored polynomial's enclosure holds its exact value") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 30 * test::effort(); ++i) {
    const int degree = i < 4 ? i : test::integer_between(random, 0, 300);
    for (const Parity parity : {Parity::none, Parity::even, Parity::odd}) {
      CAPTURE(degree);
      const ChebyshevSeries series = random_series(random, degree, parity);
      const StoredPolynomial p(series);
      const Rational y = Rational(test::integer_between(random, -1024, 1024)) / 1024;
      const Rational exact = exact_value(series, y);
      for (const slong bits : {53, 128, 600}) {
        const Ball value = p.value(ball_of(y, bits), bits);
        CHECK(contains(value, exact));
        // Sharp, and hence not right for another value.
        const Rational far = power_of_two(20 - bits) * (1 + to_rational(Real<128>(degree)));
        CHECK_FALSE(contains(value, exact + far * degree + far));
      }
      // A ball of arguments.
      const Rational close = (y + power_of_two(-30)) / (1 + power_of_two(-30));
      const Ball both = p.value(ball_between(y, close, 128), 128);
      CHECK(contains(both, exact));
      CHECK(contains(both, exact_value(series, close)));
    }
  }
}

TEST_CASE("a short polynomial's bounds hold its exact curve") {
  using Wide = Real<128>;
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  int false_claims_seen = 0;
  for (int i = 0; i < 60 * test::effort(); ++i) {
    const int nodes = 8 << test::integer_between(random, 0, 2);
    CAPTURE(nodes);
    const ChebyshevSeries series = random_series(random, nodes - 1, Parity::none);
    const SeriesEvaluator<Wide> curve(series);
    std::vector<double> values;
    double largest = 0;
    for (int j = 0; j < nodes; ++j) {
      const Wide t = real_cos(Wide(real_pi<Wide>() * (2 * j + 1) / (2 * nodes)));
      values.push_back(convert<double>(curve(t)));
      largest = std::max(largest, std::abs(values.back()));
    }
    const ShortPolynomial q(values, largest * 0x1p-53, 0);
    CHECK(q.error() < largest * 0x1p-30);
    std::vector<double> off = values;
    off[static_cast<std::size_t>(nodes / 2)] += largest * 0x1p-20;
    const ShortPolynomial wrong(off, largest * 0x1p-53, 0);
    const ShortPolynomial honest(off, largest * 0x1p-19, 0);
    for (int k = 0; k < 20; ++k) {
      const double width = std::ldexp(test::real_between(random, 0.5, 1), -(k / 2));
      const double centre = test::real_between(random, width - 1, 1 - width);
      const double bound = q.bound_around(centre, width);
      for (int s = 0; s <= 20; ++s) {
        const double t = centre + width * (s - 10) / 10;
        if (std::abs(t) > 1) continue;
        const auto exact = convert<double>(curve(Wide(t)));
        CHECK(std::abs(exact) <= bound);
        CHECK(std::abs(exact - q.value(t)) <= q.error());
        CHECK(std::abs(exact - honest.value(t)) <= honest.error());
        if (std::abs(exact - wrong.value(t)) > wrong.error()) ++false_claims_seen;
      }
      // Narrow bounds are sharp.
      if (width < 0x1p-8) CHECK(bound <= std::abs(q.value(centre)) + width * 0x1p20 + q.error());
    }
  }
  CHECK(false_claims_seen > 0);
  CHECK_THROWS_AS(ShortPolynomial(std::vector<double>(7, 1.0), 0, 0), std::invalid_argument);
}

// Any points whatever: de la Vallee Poussin's bound never exceeds the minimal error.
TEST_CASE("the lower bound is one, whatever the points") {
  struct Case {
    const char* function;
    const char* weight;
    const char* domain;
    int degree;
  };
  const std::vector<Case> cases = {{"exp(x)", "1", "[-1,1]", 4},
                                   {"sin(3*x)", "1", "[-1,1]", 5},
                                   {"cos(3*x)", "1", "[-1,1]", 6},
                                   {"1/(1.25-x)", "1+x^2", "[-1,1]", 5},
                                   {"sqrt(x)", "1/(1+x)", "[0,1] [2,3]", 3},
                                   {"tanh(x)", "1", "[-1,1]", 0}};
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const Case& one : cases) {
    CAPTURE(one.function);
    MinimaxRequest request = test::problem(one.function, one.domain, one.degree);
    request.weight = test::function(one.weight);
    if (!request.weight.is_one()) request.parity = Parity::none;
    const MinimaxResult solved = minimax(request);
    REQUIRE(solved.status == MinimaxStatus::converged);
    const Rational best = proved_lower_bound(request, solved.reference, solved.polynomial);
    CHECK(best <= solved.error.upper);
    CHECK(best >= solved.error.lower * (1 - power_of_two(-60)));
    const bool half = request.parity != Parity::none;
    const auto place = [&] {
      const Interval& interval = request.domain[random() % request.domain.size()];
      const Rational from = half ? Rational(0) : interval.lower;
      return Rational(from + (interval.upper - from) *
                                 Rational(test::integer_between(random, half ? 1 : 0, 1 << 20)) /
                                 (1 << 20));
    };
    for (int i = 0; i < 100 * test::effort(); ++i) {
      std::vector<Rational> points;
      for (std::size_t k = 0; k < solved.reference.size(); ++k) points.push_back(place());
      std::ranges::sort(points);
      // Any polynomial of the class will do: here one that is far from the best.
      ChebyshevSeries near = solved.polynomial;
      if (i % 2 == 1) near.coefficients[static_cast<std::size_t>(near.degree())] += 3;
      CHECK(proved_lower_bound(request, points, near) <= solved.error.upper);
    }
    std::vector<Rational> few = solved.reference;
    few.pop_back();
    CHECK(proved_lower_bound(request, few, solved.polynomial) == 0);
    std::vector<Rational> doubled = solved.reference;
    doubled.back() = doubled.front();
    if (doubled.size() > 1) CHECK(proved_lower_bound(request, doubled, solved.polynomial) == 0);
  }
}
