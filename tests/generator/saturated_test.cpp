// Functions that are all but a polynomial: their parts add up, and proofs do not cancel.
#include "generator/function/saturated.hpp"

#include <doctest/doctest.h>

#include <string>

#include "generator/function/evaluate.hpp"
#include "generator/proof/certify.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

using Wide = Real<4096>;

constexpr int limit_degree = 4;

// limit + rest is the function, at a few places; the rest, there, over the function.
double largest_share(const std::string& text, const std::string& domain_text) {
  constexpr int places = 7;
  constexpr long agree_log2 = -4000;
  const Expression function = test::function(text);
  const Domain domain = test::domain(domain_text);
  const auto parts = saturated(function, domain, limit_degree);
  REQUIRE_MESSAGE(parts.has_value(), text);
  const CompiledFunction<Wide> whole(function);
  const CompiledFunction<Wide> rest(parts->rest);
  double share = 0;
  for (const Interval& interval : domain) {
    for (int i = 0; i <= places; ++i) {
      const Rational x = interval.lower + (interval.upper - interval.lower) * i / places;
      Rational limit = 0;
      for (std::size_t k = parts->limit.size(); k-- > 0;) limit = limit * x + parts->limit[k];
      const Rational value = to_rational(whole(from_rational<Wide>(x)));
      const Rational left = to_rational(rest(from_rational<Wide>(x)));
      CHECK_MESSAGE(abs(value - limit - left) <= abs(value) * power_of_two(agree_log2), text);
      share = std::max(share, to_double(Rational(abs(left) / abs(value))));
    }
  }
  return share;
}

}  // namespace

TEST_CASE("a function that is all but a polynomial is that and a small rest") {
  constexpr double small = 0x1p-100;
  CHECK(largest_share("erf(x)", "[9,12]") < small);
  CHECK(largest_share("erf(x)", "[-12,-9]") < small);
  CHECK(largest_share("3 - erfc(x)/2", "[-12,-9]") < small);
  CHECK(largest_share("tanh(40*x)", "[1,2] [3,4]") < small);
  CHECK(largest_share("tanh(40*x)", "[-2,-1]") < small);
  CHECK(largest_share("x^2*sigmoid(100*x) + x", "[1,2]") < small);
  CHECK(largest_share("softplus(100*x)", "[1,2]") < small);
  CHECK(largest_share("softplus(99*x + sigmoid(99*x))", "[1,2]") < small);
  CHECK(largest_share("gelu(x) + silu(9*x) - mish(9*x)", "[20,30]") < small);
  CHECK(largest_share("(1 + x*tanh(99*x))^3", "[1,2]") < small);
  CHECK(largest_share("erf(x) - 1 + exp(x)", "[9,12]") == 1);  // all of it is rest
}

TEST_CASE("what is no polynomial and a rest is told apart") {
  const auto has_parts = [](const std::string& function, const std::string& domain) {
    return saturated(test::function(function), test::domain(domain), limit_degree).has_value();
  };
  CHECK(has_parts("erf(x)", "[1,2]"));
  CHECK_FALSE(has_parts("erf(x)", "[-1,2]"));          // either side
  CHECK_FALSE(has_parts("erf(x)", "[-2,-1] [1,2]"));   // two limits
  CHECK_FALSE(has_parts("erf(x)*pi", "[1,2]"));        // pi is no coefficient
  CHECK_FALSE(has_parts("x^5*erf(x)", "[1,2]"));       // above the degree
  CHECK_FALSE(has_parts("exp(x)", "[1,2]"));           // no limit
  CHECK_FALSE(has_parts("x^2 - 1", "[1,2]"));          // no rest
  CHECK_FALSE(has_parts("tanh(x)/(1 + x)", "[1,2]"));  // a quotient
  CHECK_FALSE(has_parts("1/tanh(x)", "[1,2]"));
  CHECK_FALSE(has_parts("tanh(x)^9", "[1,2]"));
}

// By subdivision alone this took a quarter of an hour.
TEST_CASE("the error of a constant that a function all but is") {
  const MinimaxRequest request =
      test::problem("erf(256*(x^2 - 3111/8000))", "[-51/128,51/128]", 15);
  const MinimaxResult result = minimax(request);
  REQUIRE(result.status == MinimaxStatus::exact);
  const Certificate proof = certify(request, result.polynomial, result);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  // erfc(a) is exp(-a^2) / (a sqrt(pi)) (1 - 1 / (2 a^2) + ...), between neighbouring sums.
  const Wide a = from_rational<Wide>(256 * (Rational(3111, 8000) - Rational(51 * 51, 128 * 128)));
  const Rational erfc =
      to_rational(Wide(real_exp(Wide(-a * a)) / (a * real_sqrt(real_pi<Wide>()))));
  CHECK(proof.error.attained < erfc);
  CHECK(proof.error.attained > erfc * Rational(999, 1000));
  CHECK(proof.error.upper < erfc * Rational(1002, 1000));
  CHECK_FALSE(certify_limit(request, result.polynomial, erfc * Rational(998, 1000)).holds);

  // A constant beside it has the error that it is beside.
  ChebyshevSeries beside = result.polynomial;
  beside.coefficients.front() += power_of_two(-52);
  const Certificate other = certify(request, beside, {});
  REQUIRE(other.holds);
  CHECK(other.error.attained <= power_of_two(-52));
  CHECK(other.error.attained > power_of_two(-52) * (1 - power_of_two(-20)));
}
