// Convergence is a property: whatever is well-posed converges and is proved.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>

#include "generator/exchange/problem.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/proof/lower_bound.hpp"
#include "tests/support/attempt.hpp"
#include "tests/support/hard_problem.hpp"
#include "tests/support/linear_programme.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

// A lower bound of the error, from points that have nothing to do with an exchange.
Rational lower_bound_of(const MinimaxRequest& request) {
  const int count = reference_size(request.degree, request.parity);
  auto points = test::grid_on(request, count);
  std::vector<Rational> spread;
  for (int i = 0; i < count; ++i) {
    spread.push_back(points[points.size() * static_cast<std::size_t>(2 * i + 1) /
                            static_cast<std::size_t>(2 * count)]);
  }
  return proved_lower_bound(request, spread, {.basis = basis_for(request.domain)});
}

// "Below the noise" is a limit of ours, and true only where the error is.
std::string complaint_about_noise(const MinimaxRequest& request) {
  constexpr long noise_log2 = -3000;  // of 4096 bits, less what interpolation loses
  const Rational bound = lower_bound_of(request);
  return bound > power_of_two(noise_log2) ? "the error is not below the noise" : "";
}

// "Beyond binary64" are coefficients: their sum is no less than a value of the polynomial, and of a
// function that is nowhere negative the best error is at most half.
std::string complaint_about_range(const MinimaxRequest& request) {
  using Wide = Real<512>;
  constexpr int each = 50;
  constexpr long largest_log2 = 1024;
  const CompiledFunction<Wide> target(request.target);
  Wide largest = 0;
  for (const Rational& x : test::grid_on(request, each)) {
    largest = std::max(largest, real_abs(target(from_rational<Wide>(x))));
  }
  const Rational beyond = 2 * (request.degree + 1) * power_of_two(largest_log2);
  return to_rational(largest) > beyond ? "" : "the function is not beyond binary64";
}

// The best error on a grid is below that on the domain, and not far on a fine one.
std::string complaint_of_programme(const MinimaxRequest& request, const ErrorEnclosure& error) {
  constexpr int columns = 160;
  const int each = std::max(2, columns / static_cast<int>(request.domain.size()));
  auto points = test::grid_on(request, each);
  for (const Rational& kink : request.kinks) {
    const bool right = request.parity == Parity::none || kink >= 0;
    if (right) points.push_back(kink);
  }
  const Rational best = test::error_by_linear_programme(request, points);
  constexpr long digits_log2 = -90;
  return best > error.upper * (1 + power_of_two(digits_log2)) ? "a grid has a larger error" : "";
}

std::string complaint_about(const test::Outcome& outcome) {
  const MinimaxRequest& request = outcome.solved.request;
  if (outcome.name == "below noise") return complaint_about_noise(request);
  if (outcome.name == "beyond binary64") return complaint_about_range(request);
  if (outcome.name == "exact") return outcome.complaint;
  if (outcome.name != "converged") return "not converged and proved: " + outcome.name;
  if (!outcome.complaint.empty()) return outcome.complaint;
  constexpr int small_degree = 6;
  constexpr std::size_t few_intervals = 12;
  if (request.degree > small_degree || request.domain.size() > few_intervals) return {};
  return complaint_of_programme(request, outcome.solved.result.error);
}

}  // namespace

TEST_CASE("the sweep: every well-posed problem converges and is proved") {
  constexpr int problems = 60;
  test::Random random(test::seed());
  std::map<std::string, int> counts;
  int most_exchanges = 0;
  std::string longest;
  for (int i = 0; i < problems * test::effort(); ++i) {
    const test::RandomProblem problem = test::hard_problem(random);
    const test::Outcome outcome = test::attempt(problem);
    const std::string complaint = complaint_about(outcome);
    ++counts[outcome.name];
    CHECK_MESSAGE(complaint.empty(), complaint << ", EQUIRIPPLE_SEED=" << test::seed() << ", " << i
                                               << ": " << problem.text());
    if (outcome.solved.result.exchanges > most_exchanges) {
      most_exchanges = outcome.solved.result.exchanges;
      longest = problem.text();
    }
  }
  std::ostringstream statistics;
  for (const auto& [name, count] : counts) statistics << count << " " << name << ", ";
  MESSAGE(statistics.str() << "at most " << most_exchanges << " exchanges: " << longest);
  CHECK(counts["converged"] > problems / 2);
}

// Of 241 such problems, three went round in circles.
TEST_CASE("waves of a degree about their own alternations converge and are proved") {
  constexpr int problems = 12;
  test::Random random(test::seed());
  for (int i = 0; i < problems * test::effort(); ++i) {
    const test::RandomProblem problem = test::wave_problem(random);
    const test::Outcome outcome = test::attempt(problem);
    const std::string complaint = complaint_about(outcome);
    CHECK_MESSAGE(complaint.empty(), complaint << ", EQUIRIPPLE_SEED=" << test::seed() << ", " << i
                                               << ": " << problem.text());
    CHECK(outcome.name == "converged");
  }
}

// exp(40^2) is 2^2308.
TEST_CASE("coefficients beyond binary64 are a limit that is named, where there is one") {
  const test::Outcome outcome = test::attempt({.function = "exp(x^2)",
                                               .weight = "1",
                                               .domain = "[-40,40]",
                                               .degree = 8,
                                               .parity = Parity::even});
  CHECK(outcome.name == "beyond binary64");
  CHECK(complaint_about(outcome).empty());
}

// The checkers must reject a wrong answer, or every check above is worth nothing.
TEST_CASE("the complaints of the sweep") {
  test::Outcome right = test::attempt({.function = "exp(x)",
                                       .weight = "1",
                                       .domain = "[-1,1]",
                                       .degree = 4,
                                       .parity = Parity::none});
  REQUIRE(right.name == "converged");
  CHECK(complaint_about(right).empty());
  test::Outcome wrong = right;
  wrong.name = "below noise";
  CHECK_FALSE(complaint_about(wrong).empty());
  wrong.name = "beyond binary64";
  CHECK_FALSE(complaint_about(wrong).empty());
  wrong.name = "stalled";
  CHECK_FALSE(complaint_about(wrong).empty());
  wrong = right;
  wrong.solved.result.error.upper *= Rational(99, 100);
  CHECK(complaint_about(wrong) == "a grid has a larger error");
}

// min max |x^2 - a - b x| over {-1, 0, 1, 2}: 1/2 on {-1, 0, 1}, 9/8 on [-1, 2], and on these
// points the alternation -1, 0 or 1, 2 has the level 1.
TEST_CASE("the linear programme meets errors known by hand") {
  const auto square = test::problem("x^2", "[-1,2]", 1, Parity::none);
  CHECK(abs(test::error_by_linear_programme(square, {-1, 0, 1}) - Rational(1, 2)) <
        power_of_two(-300));
  CHECK(abs(test::error_by_linear_programme(square, {-1, 0, 1, 2}) - 1) < power_of_two(-300));
  CHECK(abs(test::error_by_linear_programme(square, {-1, Rational(1, 2), 2}) - Rational(9, 8)) <
        power_of_two(-300));
  auto weighted = test::problem("x", "[1,2]", 0, Parity::none);
  weighted.weight = test::function("1/x");
  CHECK(abs(test::error_by_linear_programme(weighted, {1, 2}) - Rational(1, 3)) <
        power_of_two(-300));
}
