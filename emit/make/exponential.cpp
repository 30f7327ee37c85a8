// For every number of squarings the polynomial of smallest degree; and one polynomial that is a
// square and a rest, where that takes fewer key switches.
#include "emit/make/exponential.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/refreshed_powers.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "generator/steps/exponential.hpp"
#include "generator/steps/square_and_rest.hpp"

namespace equiripple {
namespace {

constexpr int highest_squared = 63;  // chosen: a higher degree costs more than one more squaring
constexpr int lowest_square = 20;    // chosen: below, one polynomial takes as few key switches
constexpr int highest_square = 64;   // chosen: of higher degrees shapes are not searched
constexpr int degrees_tried = 4;     // of the root; chosen: the first or the second did

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

// Its error is proved; that it is the best of some class is not claimed.
Outcome<std::vector<SteppedStage>> proved_square(MinimaxRequest problem, Metric metric,
                                                 const ChebyshevSeries& polynomial) {
  const InPhase phase(Phase::proof);
  problem.degree = polynomial.degree();
  problem.domain = rounded_outward(problem.domain);
  const Certificate proof = certify(problem, polynomial, {});
  if (!proof.holds) return not_proved(proof, problem);
  const auto range = proved_range(polynomial, problem.domain);
  if (!range) return Refusal{"the range of the polynomial could not be proved"};
  const auto proven = std::make_shared<const Proven>(
      Proven{.problem = problem, .solved = {}, .stored = polynomial, .error = proof.error});
  return std::vector{SteppedStage{.record = {.polynomial = polynomial,
                                             .domain = problem.domain,
                                             .range = {*range},
                                             .claim = {proof.error, metric}},
                                  .error_of_program = [proven](const ChebyshevSeries& computed) {
                                    return error_of_program(*proven, computed,
                                                            default_tightness_log2);
                                  }}};
}

// In the levels of the one polynomial of `degree`, whose degree it has at the least; none where
// nothing is found.
std::optional<StepForm> square_form(const SteppedRequest& request, int degree) {
  const InPhase phase(Phase::choice);
  if (degree < lowest_square || degree > highest_square) return std::nullopt;
  const auto [problem, metric] = problem_of_stage(request, chain_of(1), 0);
  MinimaxRequest start = problem_of_stage(request, with_squares(chain_of(1), 1), 0).problem;
  const int highest = static_cast<int>(std::bit_ceil(static_cast<unsigned>(degree) + 1)) / 2 - 1;
  const int lowest = (degree + 1) / 2;
  for (int root = lowest; root <= std::min(highest, lowest + degrees_tried - 1); ++root) {
    report_work(fmt::format("solving for a square of degree {} and a rest", root));
    start.degree = root;
    const MinimaxResult solved = minimax(start);
    if (!solved.usable()) continue;
    const auto found = square_and_rest(
        {.problem = problem, .root = solved.polynomial, .rest_degree = root * 3 / 4});
    if (!found || Rational(found->error) > request.error) continue;
    const ChebyshevSeries stored = rounded(found->polynomial, binary64_bits);
    return StepForm{.text = fmt::format("degree {}, a square and a rest", stored.degree()),
                    .steps = chain_of(1),
                    .polynomials = {stored},
                    .ranges = {{0, 1}},
                    .proved = [=] { return proved_square(problem, metric, stored); },
                    .finer = [=]() { return square_form(request, 2 * root + 1); }};
  }
  return std::nullopt;
}

Outcome<SteppedChoice> make_without_refresh(const SteppedRequest& request,
                                            const Identity& identity) {
  std::vector<StepForm> forms;
  int enough = most_squarings;
  for (int squarings = request.squarings.value_or(0);
       squarings <= request.squarings.value_or(enough); ++squarings) {
    int degree = highest_planned_degree;
    forms.push_back(form_with(request, squarings, degree));
    if (squarings == 0 && !forms.back().polynomials.empty()) {
      if (auto square = square_form(request, degree)) forms.push_back(std::move(*square));
    }
    if (degree <= 2) break;  // a line saves a level and a key switch: no more than one squaring
    if (forms.back().polynomials.empty()) continue;
    // So many squarings alone take as much; one more, should the proof of this form fail.
    const Outcome<std::optional<FormCosts>> costs = costs_of(request, forms.back());
    if (!costs) return costs.error();
    if (const std::optional<FormCosts>& taken = *costs) {
      enough = std::min(enough, std::max(taken->plan.levels, taken->plan.key_switches) + 1);
    }
  }
  return chosen_form(request, identity, forms);
}

}  // namespace

Outcome<SteppedChoice> make_exponential(const SteppedRequest& request, const Identity& identity) {
  if (!request.refresh) return make_without_refresh(request, identity);
  auto without = choice_without_refresh(
      request, [&](const SteppedRequest& plain) { return make_without_refresh(plain, identity); });
  if (without) return *std::move(without);
  const Outcome<std::vector<StepForm>> forms = refreshed_exponentials(request);
  if (!forms) return forms.error();
  return chosen_form(request, identity, *forms);
}

}  // namespace equiripple
