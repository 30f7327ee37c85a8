// To first order the doublings make 2^r of the weighted error of the cosine: that finds the degree,
// and the proof of the whole decides.
#include "emit/make/doubled.hpp"

#include <fmt/format.h>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/phase.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

std::optional<StepForm> form_of(const SteppedRequest& request, int degree) {
  const Steps steps = with_doublings(chain_of(1), *request.doublings);
  auto [problem, metric] = problem_of_stage(request, steps, 0);
  problem.degree = degree;
  const MinimaxResult solved = minimax(problem);
  if (!solved.usable()) return std::nullopt;
  StepForm form{
      .text = fmt::format("degree {}, {}", degree, plural(*request.doublings, "doubling")),
      .steps = steps,
      .polynomials = {rounded(solved.polynomial, binary64_bits)},
      .ranges = {{-1, 1}},
      .proved = [problem = problem, metric = metric] { return proved_polynomial(problem, metric); },
      .finer = {}};
  if (!request.degree) form.finer = [=] { return form_of(request, degree + 1); };
  return form;
}

Outcome<int> smallest_degree_of(const SteppedRequest& request) {
  const InPhase phase(Phase::choice);
  const Rational limit = request.error * power_of_two(-*request.doublings);
  const MinimaxRequest problem =
      problem_of_stage(request, with_doublings(chain_of(1), *request.doublings), 0).problem;
  const DegreeSearch search = smallest_degree(problem, limit, highest_planned_degree);
  if (search.found) return search.degree;
  return Refusal{fmt::format("--error {}: no degree up to {} is known to reach it",
                             size_text(request.error, Rounding::down), highest_planned_degree)};
}

}  // namespace

Outcome<SteppedChoice> make_doubled(const SteppedRequest& request, const Identity& identity) {
  const Outcome<int> degree = request.degree ? *request.degree : smallest_degree_of(request);
  if (!degree) return degree.error();
  const auto form = form_of(request, *degree);
  if (!form) return Refusal{fmt::format("degree {}: the exchange gave up", *degree)};
  return chosen_form(request, identity, {*form});
}

}  // namespace equiripple
