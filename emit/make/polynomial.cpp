// A single minimax polynomial as an artifact.
#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/level_choice.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/polynomial.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/within.hpp"
#include "generator/constraint/affine_class.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

Outcome<Artifact> artifact_of_degree(const MinimaxRequest& problem,
                                     const PolynomialRequest& request, const Identity& identity) {
  Outcome<Proven> proven = solve_and_prove({.problem = problem,
                                            .form = request.form,
                                            .error = request.error,
                                            .tightness_log2 = request.tightness_log2});
  if (!proven) return proven.error();
  return polynomial_artifact(*std::move(proven),
                             {.metric = request.metric,
                              .tightness_log2 = request.tightness_log2,
                              .plan = request.plan,
                              .objectives = objectives_of(request)},
                             identity);
}

// Between the intervals of a domain the values may be larger than on them. None where that is not
// bounded.
std::optional<OutsideReach> reach_of(const ChebyshevSeries& stored, const Domain& domain,
                                     const Interval& range) {
  const auto whole =
      domain.size() == 1 ? std::optional(range) : proved_range(stored, {hull(domain)});
  if (!whole) return std::nullopt;
  return proved_outside({stored}, domain, {*whole});
}

// Of a budget of levels, where rounding is most of the error: of the degrees above, which leave a
// lattice more room, one that is clearly better.
Artifact least_rounded(const MinimaxRequest& problem, const PolynomialRequest& request,
                       const Identity& identity, Artifact made) {
  constexpr int most_higher = 8;        // chosen: half a second at degree 31
  const Rational clearly_better(3, 4);  // chosen: less is no reason for a higher degree
  if (made.claim.error.upper <= 2 * made.claim.error.lower) return made;
  const int most = highest_degree_within(*request.plan.max_levels, problem.parity);
  const int step = problem.parity == Parity::none ? 1 : 2;
  MinimaxRequest higher = problem;
  for (int i = 0; i < most_higher && higher.degree + step <= most; ++i) {
    higher.degree += step;
    Outcome<Artifact> other = artifact_of_degree(higher, request, identity);
    const Rational enough = made.claim.error.upper * clearly_better;
    if (other && other->claim.error.upper <= enough) made = *std::move(other);
  }
  return made;
}

}  // namespace

Outcome<Artifact> polynomial_artifact(Proven proven, const PolynomialClaim& claim,
                                      const Identity& identity) {
  Artifact artifact{.name = identity.name, .kind = Kind::minimax, .request = identity.request};
  ChebyshevSeries computed = proven.stored;
  Outcome<std::optional<ProvenPlan>> within =
      proven_plan_within(claim.plan, Kind::minimax, proven.stored, proven.error.upper,
                         [&](const ChebyshevSeries& program) {
                           return error_of_program(proven, program, claim.tightness_log2);
                         });
  if (!within) return within.error();
  if (std::optional<ProvenPlan>& planned = *within) {
    computed = planned->function.computed[0];
    proven.error = covering(proven.error, planned->error);
    artifact.plan = std::move(planned->function.plan);
  }
  const InPhase phase(Phase::proof);
  const auto range = proved_range(proven.stored, proven.problem.domain);
  if (!range) return Refusal{"the range of the polynomial could not be proved"};
  artifact.claim = {proven.error, claim.metric};
  artifact.outside = reach_of(proven.stored, proven.problem.domain, *range);
  artifact.stages.push_back({.polynomial = proven.stored,
                             .domain = proven.problem.domain,
                             .range = {*range},
                             .claim = artifact.claim,
                             .rounding = proven.rounding,
                             .deviations = deviations_of(proven.problem, proven.stored, computed)});
  if (claim.objectives) {
    Outcome<std::vector<ClaimRecord>> objectives = proved_objectives(
        *claim.objectives, artifact.stages.front(), coefficient_distance(proven.stored, computed));
    if (!objectives) return objectives.error();
    artifact.objectives = *std::move(objectives);
  }
  return artifact;
}

Outcome<MadePolynomial> make_polynomial(const PolynomialRequest& request,
                                        const Identity& identity) {
  MinimaxRequest problem = request.problem;
  const Outcome<ChosenDegree> chosen =
      request.degree ? ChosenDegree{.degree = *request.degree} : chosen_degree(request);
  if (!chosen) return chosen.error();
  problem.degree = chosen->degree;
  if (!affine_class(problem.conditions, problem.degree, problem.parity)) {
    return Refusal{
        fmt::format("no polynomial of degree {} keeps --through and --leading", problem.degree)};
  }
  Outcome<Artifact> made = artifact_of_degree(problem, request, identity);
  // Where rounding the coefficients alone passes the error, a higher degree may still make room.
  constexpr int most_higher = 4;  // chosen: beyond, the coefficients are what is too coarse
  const auto misses = [&] {
    return made && request.error && made->claim.error.upper > *request.error;
  };
  for (int i = 0; i < most_higher && misses() && !request.degree; ++i) {
    if (problem.degree >= highest_degree - 1) break;
    problem.degree += problem.parity == Parity::none ? 1 : 2;
    made = artifact_of_degree(problem, request, identity);
  }
  if (!made) return made.error();
  if (!request.degree && !request.error) {
    made = least_rounded(problem, request, identity, *std::move(made));
  }
  if (misses()) {
    return Refusal{fmt::format("degree {} with coefficients of {} reaches {}, not {}",
                               problem.degree, describe_form(request.form),
                               size_text(made->claim.error.upper),
                               size_text(*request.error, Rounding::down))};
  }
  const std::string leaving = describe_leaving(request.density, request.problem.domain);
  const bool both = !leaving.empty() && !chosen->remark.empty();
  return MadePolynomial{.artifact = *std::move(made),
                        .remark = chosen->remark + (both ? "; " : "") + leaving};
}

}  // namespace equiripple
