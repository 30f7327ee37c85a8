// For every number of squarings the polynomial of smallest degree.
#include "emit/make/exponential.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/make/phase.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/steps/exponential.hpp"

namespace equiripple {
namespace {

constexpr int highest_squared = 63;  // chosen: a higher degree costs more than one more squaring

std::string form_text(int degree, int squarings) {
  if (squarings == 0) return fmt::format("one polynomial, degree {}", degree);
  return fmt::format("degree {}, {}", degree, plural(squarings, "squaring"));
}

// Of a degree, at least the one that is asked for.
std::optional<StepForm> form_of(const SteppedRequest& request, int squarings, int degree) {
  const Steps steps = with_squares(chain_of(1), squarings);
  auto [problem, metric] = problem_of_stage(request, steps, 0);
  problem.degree = degree;
  const MinimaxResult solved = minimax(problem);
  if (!solved.usable()) return std::nullopt;
  return StepForm{
      .text = form_text(degree, squarings),
      .steps = steps,
      .polynomials = {rounded(solved.polynomial, binary64_bits)},
      .ranges = {{0, 1}},
      .proved = [problem = problem, metric = metric] { return proved_polynomial(problem, metric); },
      .finer = [=] { return form_of(request, squarings, degree + 1); }};
}

StepForm form_with(const SteppedRequest& request, int squarings, int& degree) {
  const InPhase phase(Phase::choice);
  const MinimaxRequest problem =
      problem_of_stage(request, with_squares(chain_of(1), squarings), 0).problem;
  const Rational limit =
      exponential_limit(request.error, request.metric == Metric::relative, squarings);
  const int highest = squarings == 0 ? highest_planned_degree : highest_squared;
  const DegreeSearch search = smallest_degree(problem, limit, highest);
  const std::string name = squarings == 0 ? "one polynomial" : plural(squarings, "squaring");
  if (!search.found) {
    return {.text = name, .why = fmt::format("no degree up to {} is known to do", highest)};
  }
  degree = search.degree;
  auto form = form_of(request, squarings, degree);
  return form ? std::move(*form)
              : StepForm{.text = name,
                         .why = fmt::format("degree {}: the exchange gave up", degree)};
}

}  // namespace

Outcome<SteppedChoice> make_exponential(const SteppedRequest& request, const Identity& identity) {
  std::vector<StepForm> forms;
  int enough = most_squarings;
  for (int squarings = request.squarings.value_or(0);
       squarings <= request.squarings.value_or(enough); ++squarings) {
    int degree = highest_planned_degree;
    forms.push_back(form_with(request, squarings, degree));
    if (degree <= 2) break;  // a line saves a level and a key switch: no more than one squaring
    if (forms.back().polynomials.empty()) continue;
    // So many squarings alone take as much; one more, should the proof of this form fail.
    const Outcome<std::optional<PlanCosts>> costs = costs_of(request, forms.back());
    if (!costs) return costs.error();
    if (const std::optional<PlanCosts>& taken = *costs) {
      enough = std::min(enough, std::max(taken->levels, taken->key_switches) + 1);
    }
  }
  return chosen_form(request, identity, forms);
}

}  // namespace equiripple
