// Whatever the problem: a right answer or a clear status, and never a hang.
//
// Each problem takes the way of the command: is the function smooth, the weight positive; solve,
// round, prove; a feature that the proof finds and the exchange overlooked is given back to it.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>
#include <stdexcept>

#include "generator/exchange/measure.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/positive.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/proof/certify.hpp"
#include "tests/support/alternation.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random_problem.hpp"

using namespace equiripple;

namespace {

constexpr int levelled_log2 = -29;  // the proof leaves 2^-30 between attained and what it found

struct Solved {
  MinimaxRequest request;
  MinimaxResult result;
  ChebyshevSeries stored{};
  MinimaxRequest stored_request{};  // on the domain rounded outward
  Certificate proof{};
};

struct Outcome {
  std::string name;       // of the status: what a user would be told
  std::string complaint;  // what is wrong with it; empty where nothing is
};

const char* name_of(MinimaxStatus status) {
  switch (status) {
    case MinimaxStatus::not_run: return "not run";
    case MinimaxStatus::converged: return "converged";
    case MinimaxStatus::exact: return "exact";
    case MinimaxStatus::exchange_limit: return "exchange limit";
    case MinimaxStatus::alternation_lost: return "alternation lost";
    case MinimaxStatus::below_noise: return "below noise";
    case MinimaxStatus::not_finite: return "not finite";
  }
  return "?";
}

// The largest error at a few places, in 512 bits; nothing of the proof.
Rational sampled_error(const MinimaxRequest& request, const ChebyshevSeries& stored) {
  using Wide = Real<512>;
  constexpr int samples = 50;
  const CompiledFunction<Wide> target(request.target);
  const CompiledFunction<Wide> weight(request.weight);
  const SeriesEvaluator<Wide> p(stored);
  Wide largest = 0;
  for (const Interval& interval : request.domain) {
    for (int i = 0; i <= samples; ++i) {
      const auto x = from_rational<Wide>(
          Rational(interval.lower + (interval.upper - interval.lower) * i / samples));
      const Wide size = real_abs(Wide(weight(x) * (target(x) - p(x))));
      if (size > largest) largest = size;
    }
  }
  return to_rational(largest);
}

// What a proved enclosure of the error of a solution must satisfy.
std::string complaint_about(const Solved& one) {
  const ErrorEnclosure& error = one.proof.error;
  if (error.evidence != Evidence::proved) return "not proved";
  if (!(error.lower <= error.attained && error.attained <= error.upper)) return "ends in disorder";
  constexpr long rounding_log2 = -400;
  const Rational noise = coefficient_distance(one.stored, {.basis = one.stored.basis});
  if (sampled_error(one.stored_request, one.stored) >
      error.upper + noise * power_of_two(rounding_log2)) {
    return "a sample is above the upper end";
  }
  if (one.result.status != MinimaxStatus::converged) return {};
  const Rational& level = one.result.error.lower;
  if (abs(error.lower - level) > level * power_of_two(levelled_log2)) {
    return "the lower end is not the solved level";
  }
  const auto alternation = test::check_alternation(one.request, one.result);
  return alternation.ok ? "" : "no alternation: " + alternation.why;
}

// Is the polynomial before rounding as good as the exchange says? Otherwise a point to look at.
std::optional<Rational> overlooked_point(const Solved& one) {
  constexpr long clearly_log2 = -8;
  if (one.result.status != MinimaxStatus::converged) return std::nullopt;
  constexpr long negligible_log2 = -90;  // of the coefficients
  const ChebyshevSeries& solved = one.result.polynomial;
  const Rational noise =
      coefficient_distance(solved, {.basis = solved.basis}) * power_of_two(negligible_log2);
  const Rational limit =
      std::max(noise, Rational(one.result.error.upper * (1 + power_of_two(clearly_log2))));
  if (one.proof.error.attained <= limit) return std::nullopt;
  const Certificate search = certify_limit(one.stored_request, solved, limit);
  if (search.holds || search.error.attained <= limit) return std::nullopt;
  return search.at;
}

Outcome solve(MinimaxRequest request) {
  constexpr int most_rounds = 8;
  for (int round = 0; round < most_rounds; ++round) {
    Solved one{.request = request, .result = minimax(request)};
    if (!one.result.usable()) return {name_of(one.result.status), {}};
    try {
      one.stored = rounded(one.result.polynomial, binary64_bits);
    } catch (const std::overflow_error&) {
      return {"beyond binary64", {}};
    }
    one.stored_request = request;
    one.stored_request.domain = rounded_outward(request.domain);
    one.proof = certify(one.stored_request, one.stored, one.result);
    if (!one.proof.holds) return {"not proved: " + one.proof.detail, {}};
    const auto point = overlooked_point(one);
    if (!point) return {name_of(one.result.status), complaint_about(one)};
    request.kinks.insert(std::ranges::lower_bound(request.kinks, *point), *point);
  }
  return {"features too narrow", {}};
}

Outcome attempt(const test::RandomProblem& problem) {
  const auto target = parse_function(problem.function);
  if (!target.value) return {"no function", {}};
  MinimaxRequest request{.target = *target.value,
                         .weight = test::function(problem.weight),
                         .domain = test::domain(problem.domain),
                         .degree = problem.degree};
  const Domain stored = rounded_outward(request.domain);
  if (check(stored).defect != DomainDefect::none) return {"no domain", {}};
  if (parity_of(request.target) == problem.parity) request.parity = problem.parity;
  for (const Expression& function : {request.target, request.weight}) {
    const SmoothnessReport report = check_smoothness(function, stored);
    if (report.defect != FunctionDefect::none) return {"not smooth", {}};
    request.kinks.insert(request.kinks.end(), report.kinks.begin(), report.kinks.end());
  }
  std::ranges::sort(request.kinks);
  if (point_not_positive(request.weight, stored)) return {"weight not positive", {}};
  return solve(request);
}

}  // namespace

TEST_CASE("random problems end in a right answer or in a clear status") {
  constexpr int problems = 60;
  constexpr double hang_seconds = 60;  // chosen: a hang, not the load of the machine
  test::Random random(test::seed());
  std::map<std::string, int> counts;
  double slowest = 0;
  std::string slowest_problem;
  for (int i = 0; i < problems * test::effort(); ++i) {
    const test::RandomProblem problem = test::random_problem(random);
    CAPTURE(test::seed());
    CAPTURE(i);
    CAPTURE(problem.text());
    const auto start = std::chrono::steady_clock::now();
    Outcome outcome;
    CHECK_NOTHROW(outcome = attempt(problem));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    CHECK_MESSAGE(outcome.complaint.empty(), outcome.complaint);
    CHECK(seconds.count() < hang_seconds);
    ++counts[outcome.name];
    if (seconds.count() > slowest) {
      slowest = seconds.count();
      slowest_problem = problem.text();
    }
  }
  std::ostringstream statistics;
  for (const auto& [name, count] : counts) statistics << count << " " << name << ", ";
  MESSAGE(statistics.str() << "the slowest " << slowest << " s: " << slowest_problem);
  CHECK(counts["converged"] > problems / 4);
}

// The checker must reject a wrong answer, or every check above is worth nothing.
TEST_CASE("the complaints of the random test") {
  Solved right{.request = test::problem("exp(x)", "[-1,1]", 5), .result = {}};
  right.result = minimax(right.request);
  right.stored = rounded(right.result.polynomial, binary64_bits);
  right.stored_request = right.request;
  right.proof = certify(right.request, right.stored, right.result);
  REQUIRE(right.proof.holds);
  CHECK(complaint_about(right).empty());

  const auto with = [&](auto spoil) {
    Solved wrong = right;
    spoil(wrong);
    return complaint_about(wrong);
  };
  CHECK(with([](Solved& s) { s.stored.coefficients[2] += power_of_two(-20); }) ==
        "a sample is above the upper end");
  CHECK(with([](Solved& s) { s.proof.error.upper = s.proof.error.attained * Rational(99, 100); }) ==
        "ends in disorder");
  CHECK(with([](Solved& s) { s.proof.error.lower *= Rational(99, 100); }) ==
        "the lower end is not the solved level");
  CHECK(with([](Solved& s) { s.proof.error.evidence = Evidence::measured; }) == "not proved");
  CHECK(with([](Solved& s) { s.result.polynomial.coefficients[2] += power_of_two(-40); }) ==
        "no alternation: the sizes differ");
}

TEST_CASE("the random problems are of every kind") {
  test::Random random(1);
  std::map<std::string, int> seen;
  for (int i = 0; i < 400; ++i) {
    const test::RandomProblem problem = test::random_problem(random);
    for (const std::string word : {"if(", "mod(", "pow(", "max(", "min(", "abs(", "sqrt("}) {
      if (problem.function.find(word) != std::string::npos) ++seen[word];
    }
    if (problem.weight != "1") ++seen["weight"];
    if (problem.parity != Parity::none) ++seen["parity"];
    const auto parsed = parse_function(problem.function);
    const std::string again = parsed.value ? parsed.value->text() : "0";
    CHECK_MESSAGE(parse_function(again).value.has_value(), again);
  }
  CHECK(seen.size() == 9);
  for (const auto& [word, count] : seen) CHECK_MESSAGE(count > 10, word);
}
