// One polynomial for the whole of a composed function.
#include "emit/make/one_polynomial.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/make/phase.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

std::optional<StepForm> form_of_degree(const MinimaxRequest& whole, int degree) {
  MinimaxRequest problem = whole;
  problem.degree = degree;
  const MinimaxResult solved = minimax(problem);
  if (!solved.usable()) return std::nullopt;
  const int next = degree + (whole.parity == Parity::none ? 1 : 2);
  return StepForm{.text = fmt::format("one polynomial, degree {}", degree),
                  .steps = chain_of(1),
                  .polynomials = {rounded(solved.polynomial, binary64_bits)},
                  .ranges = {{-1, 1}},
                  .proved = [problem] { return proved_polynomial(problem, Metric::absolute); },
                  .finer = [whole, next] { return form_of_degree(whole, next); }};
}

// That none up to `highest` was found, and whether the levels allow no higher one.
std::string describe_no_degree(const SteppedRequest& request, int highest) {
  const std::string none = fmt::format("no degree up to {} is known to do", highest);
  const std::optional<int>& levels = request.plan.max_levels;
  const bool is_bounded = levels && highest + 1 > 1 << std::clamp(*levels, 0, 30);
  return is_bounded
             ? fmt::format("{}, and higher ones take more than {}", none, plural(*levels, "level"))
             : none;
}

}  // namespace

int highest_direct_degree(const SteppedRequest& request) {
  const PlanSettings& plan = request.plan;
  const bool counts_levels = plan.objective == PlanObjective::levels;
  constexpr int highest_that_pays = 1023;  // chosen: above, all other forms cost less
  const int highest =
      request.max_degree.value_or(counts_levels ? highest_planned_degree : highest_that_pays);
  constexpr int deepest = 12;  // levels, of the highest degree that is planned
  if (plan.max_levels.value_or(deepest) >= deepest) return highest;
  return std::min(highest, 1 << std::max(*plan.max_levels, 0));
}

StepForm smallest_form(const SteppedRequest& request, const MinimaxRequest& problem,
                       const Rational& error, int highest,
                       const std::function<std::optional<StepForm>(int degree)>& form_of) {
  const InPhase phase(Phase::choice);
  const std::string name = "one polynomial";
  const DegreeSearch search = smallest_degree(problem, error, highest);
  if (!search.found) return {.text = name, .why = describe_no_degree(request, highest)};
  if (auto form = form_of(search.degree)) return *std::move(form);
  return {.text = name, .why = fmt::format("degree {}: the exchange gave up", search.degree)};
}

StepForm polynomial_form(const SteppedRequest& request, int highest) {
  return smallest_form(request, request.whole, request.error, highest,
                       [&](int degree) { return form_of_degree(request.whole, degree); });
}

}  // namespace equiripple
