// Solved and proved as |x|; what is stored is half of it and x / 2.
#include "emit/make/direct.hpp"

#include <algorithm>
#include <utility>

#include "emit/failure.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/within.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/sign/direct.hpp"

namespace equiripple {

Outcome<Artifact> direct_artifact(const SignRequest& request, const Identity& identity) {
  const bool is_abs = request.kind == Kind::abs;
  const Rational part = is_abs ? Rational(1) : Rational(1, 2);  // of the error of |x|
  ProofRequest proof{.problem = abs_problem(request.range, request.degrees.front()), .form = {}};
  if (request.error) proof.error = *request.error * request.range / part;
  Outcome<Proven> solved = solve_and_prove(proof);
  if (!solved) return solved.error();
  Proven& abs = *solved;
  const ChebyshevSeries stage = is_abs ? abs.stored : relu_of_abs(abs.stored);
  Artifact artifact{.name = identity.name, .kind = request.kind, .request = identity.request};
  Outcome<std::optional<ProvenPlan>> within = proven_plan_within(
      request.plan, request.kind, stage, abs.error.upper, [&](const ChebyshevSeries& computed) {
        return error_of_program(abs, is_abs ? computed : abs_of_relu(computed),
                                proof.tightness_log2);
      });
  if (!within) return within.error();
  if (std::optional<ProvenPlan>& planned = *within) {
    abs.error = covering(abs.error, planned->error);
    artifact.plan = std::move(planned->function.plan);
  }
  const Domain& domain = abs.problem.domain;
  const auto values = proved_range(stage, domain);
  if (!values) return Refusal{"the range of the polynomial could not be proved"};
  const ErrorEnclosure error = scaled(abs.error, part);
  artifact.claim = {scaled(error, 1 / domain.front().upper), Metric::relu};
  artifact.outside = proved_outside({stage}, domain, {*values});
  artifact.stages.push_back({.polynomial = stage,
                             .domain = domain,
                             .range = {*values},
                             .claim = {error, Metric::absolute},
                             .rounding = abs.rounding});
  return artifact;
}

}  // namespace equiripple
