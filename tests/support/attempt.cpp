// The way of the command, step by step.
#include "tests/support/attempt.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "generator/exchange/measure.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/positive.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/proof/lower_bound.hpp"
#include "tests/support/alternation.hpp"
#include "tests/support/problems.hpp"

namespace equiripple::test {
namespace {

constexpr int levelled_log2 = -29;  // the proof leaves 2^-30 between attained and what it found

const char* name_of(MinimaxStatus status) {
  switch (status) {
    case MinimaxStatus::not_run: return "not run";
    case MinimaxStatus::converged: return "converged";
    case MinimaxStatus::exact: return "exact";
    case MinimaxStatus::exchange_limit: return "exchange limit";
    case MinimaxStatus::stalled: return "stalled";
    case MinimaxStatus::below_noise: return "below noise";
    case MinimaxStatus::not_finite: return "not finite";
    case MinimaxStatus::beyond_range: return "beyond range";
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

// Whether the result is 0, and no polynomial of the class is better by more than the tolerance: 0
// is taken where others gain less, and its error need not alternate.
bool is_zero_as_good_as_any(const Solved& one) {
  constexpr long tolerance_log2 = -98;
  const MinimaxResult& result = one.result;
  const auto is_zero = [](const Rational& c) { return c == 0; };
  if (!std::ranges::all_of(result.polynomial.coefficients, is_zero)) return false;
  if (sampled_error(one.request, result.polynomial) > result.error.upper) return false;
  const Rational least = proved_lower_bound(one.request, result.reference, result.polynomial);
  return result.error.upper <= least * (1 + power_of_two(tolerance_log2));
}

}  // namespace

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
  const auto alternation = check_alternation(one.request, one.result);
  if (alternation.ok || is_zero_as_good_as_any(one)) return {};
  return "no alternation: " + alternation.why;
}

namespace {

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
  const Certificate search = certify_limit(one.request, solved, limit);
  if (search.holds || search.error.attained <= limit) return std::nullopt;
  return search.at;
}

Outcome solve(MinimaxRequest request) {
  constexpr int most_rounds = 8;
  for (int round = 0; round < most_rounds; ++round) {
    Solved one{.request = request, .result = minimax(request)};
    if (!one.result.usable()) return {name_of(one.result.status), {}, std::move(one)};
    if (one.result.error.upper > Rational(std::numeric_limits<double>::max())) {
      return {"beyond binary64", {}, std::move(one)};
    }
    try {
      one.stored = rounded(one.result.polynomial, binary64_bits);
    } catch (const std::overflow_error&) {
      return {"beyond binary64", {}, std::move(one)};
    }
    one.stored_request = request;
    one.stored_request.domain = rounded_outward(request.domain);
    one.proof = certify(one.stored_request, one.stored, one.result);
    if (!one.proof.holds) return {"not proved: " + one.proof.detail, {}, std::move(one)};
    const auto point = overlooked_point(one);
    if (!point) return {name_of(one.result.status), complaint_about(one), std::move(one)};
    request.kinks.insert(std::ranges::lower_bound(request.kinks, *point), *point);
  }
  return {.name = "features too narrow"};
}

}  // namespace

Outcome attempt(const RandomProblem& problem) {
  const auto target = parse_function(problem.function);
  if (!target.has_value()) return {.name = "no function"};
  MinimaxRequest request{.target = *target,
                         .weight = function(problem.weight),
                         .domain = domain(problem.domain),
                         .degree = problem.degree};
  const Domain stored = rounded_outward(request.domain);
  if (check(stored).defect != DomainDefect::none) return {.name = "no domain"};
  if (parity_of(request.target) == problem.parity) request.parity = problem.parity;
  for (const Expression& expression : {request.target, request.weight}) {
    const SmoothnessReport report = check_smoothness(expression, stored);
    if (report.defect != FunctionDefect::none) return {.name = "not smooth"};
    request.kinks.insert(request.kinks.end(), report.kinks.begin(), report.kinks.end());
  }
  std::ranges::sort(request.kinks);
  if (point_not_positive(request.weight, stored)) return {.name = "weight not positive"};
  return solve(request);
}

}  // namespace equiripple::test
