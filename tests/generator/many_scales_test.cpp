// Domains and values of many scales: functions that turn near 1 on an interval 10^28 long, values
// beyond the exponents of the ladder, errors beyond binary64.
#include <doctest/doctest.h>

#include <string>

#include "generator/exchange/features.hpp"
#include "generator/function/enclose.hpp"
#include "tests/support/attempt.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

test::Outcome attempted(const std::string& function, const std::string& domain, int degree,
                        const std::string& weight = "1") {
  return test::attempt(
      {.function = function, .weight = weight, .domain = domain, .degree = degree});
}

test::Outcome solved(const std::string& function, const std::string& domain, int degree) {
  const test::Outcome outcome = attempted(function, domain, degree);
  CHECK_MESSAGE(outcome.name == "converged", function << " on " << domain << ": " << outcome.name);
  CHECK_MESSAGE(outcome.complaint.empty(), function << ": " << outcome.complaint);
  return outcome;
}

}  // namespace

TEST_CASE("what happens near 1 is seen on a domain that is many times as long") {
  solved("gelu(x)", "[-1.5,40000000000000000000000000000]", 3);
  solved("gelu(x)", "[2,40000000000000000000000000000]", 3);
  solved("gelu(x)", "[0,50000]", 11);
  solved("erf(x)", "[-3,300000000]", 7);
  solved("1/(1+x^2)", "[-1000000000000,7]", 6);
  // The middle of the largest value, 10^9, and of the least, x Phi(x) near x = -0.75.
  const auto gelu = solved("gelu(x)", "[-20,1000000000]", 0);
  CHECK(gelu.solved.result.error.upper > 500'000'000 + Rational(84985, 1'000'000));
  CHECK(gelu.solved.result.error.upper < 500'000'000 + Rational(84986, 1'000'000));
}

TEST_CASE("the points of an interval of many scales") {
  CHECK(scale_points({{-20, power_of_two(20)}}) ==
        std::vector<Rational>{-16, -1, 1, 16, 256, 4096, 65536});
  CHECK(scale_points({{3, 5}, {100, power_of_two(28)}}) ==
        std::vector<Rational>{256, 4096, 65536, power_of_two(20), power_of_two(24)});
  CHECK(scale_points({{-2, 1000}}).empty());
  CHECK(scale_points({{2000, power_of_two(20)}}).empty());
}

// Each step of Newton goes one scale of exp(-x) further; the peak lies some forty of them away.
TEST_CASE("an error that creeps up to a plateau") {
  solved("sigmoid(x)+tanh(x-5)", "[0.84,900000000000000000]", 9);
  solved("softplus(x)", "[2,80000000000000000000000000000]", 10);
}

TEST_CASE("compositions that rise are bounded on an interval of many scales") {
  solved("atan(sinh(x))", "[0.84,130000000]", 12);
  const auto bound = [](const char* function, const Rational& lower, const Rational& upper) {
    return enclose_nodes(test::function(function), ball_between(lower, upper, 64), 64).back();
  };
  CHECK(bound("atan(sinh(x))", 10, 1000).is_positive());
  CHECK(bound("1-atan(sinh(x))", 10, 1000).is_negative());
  CHECK(bound("atan(-2*exp(x)^3)", 10, 1000).is_negative());
  // What rises and falls is not taken for its ends.
  CHECK(bound("sin(exp(x))", 10, 1000).contains_zero());
  CHECK(bound("atan((exp(x)-10^9)^2)", 10, 1000).contains_zero());
  CHECK(bound("atan(exp(x)*sin(x))", 10, 1000).contains_zero());
}

TEST_CASE("what is too large to compute with is not called infinite") {
  const auto name = [](const char* function, const char* weight, const char* domain) {
    return attempted(function, domain, 5, weight).name;
  };
  CHECK(name("sin(x)", "exp(x)", "[270000000000,270000000001]") == "beyond range");
  CHECK(name("sin(x)", "exp(-x)", "[270000000000,270000000001]") == "beyond range");
  CHECK(name("exp(x)", "1", "[270000000000,270000000001]") == "beyond range");
  CHECK(name("1", "exp(x)", "[10^17,10^17+1]") == "beyond range");
  CHECK(name("sqrt(64+x^2)", "exp(-x)", "[536870912,536870914]") == "beyond range");
  CHECK(name("x*exp(-x^2)", "1", "[-10000,10000]") == "converged");
  CHECK(name("sin(x)", "exp(x)", "[800,801]") == "beyond binary64");
  CHECK(name("sin(x)", "exp(-x^2/8)", "[-100,100]") == "converged");
  CHECK(minimax({.target = test::function("1/x"), .domain = {{0, 1}}, .degree = 3}).status ==
        MinimaxStatus::not_finite);
}
