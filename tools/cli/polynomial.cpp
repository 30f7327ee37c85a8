// A single minimax polynomial as an artifact.
#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "generator/exchange/measure.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/level_choice.hpp"
#include "tools/cli/pipeline.hpp"
#include "tools/cli/plan_within.hpp"
#include "tools/cli/proven.hpp"

namespace equiripple {
namespace {

// The program rounds scalars of its own: what it computes is proved as well.
Rational error_of_program(const Proven& proven, const ChebyshevSeries& computed,
                          int tightness_log2) {
  constexpr long little_log2 = -12;  // chosen: then the difference is simply added
  const Rational distance = coefficient_distance(proven.stored, computed);
  if (distance == 0) return proven.error.upper;
  const Rational sum = proven.error.upper + distance;
  if (proven.problem.weight.is_one() &&
      distance <= proven.error.upper * power_of_two(little_log2)) {
    return round_to_bits(sum, binary64_bits, Rounding::up);
  }
  const Certificate proof = certify(proven.problem, computed, proven.solved, tightness_log2);
  require_proof(proof, proven.problem);
  return proof.error.upper;
}

Artifact artifact_of_degree(const MinimaxRequest& problem, const PolynomialRequest& request,
                            const Identity& identity) {
  Proven proven = solve_and_prove({.problem = problem,
                                   .form = request.form,
                                   .error = request.error,
                                   .tightness_log2 = request.tightness_log2});
  Artifact artifact{.name = identity.name, .kind = Kind::minimax, .request = identity.request};
  if (auto planned = plan_within(request.plan, Kind::minimax, {proven.stored})) {
    proven.error.upper = std::max(
        proven.error.upper, error_of_program(proven, planned->computed[0], request.tightness_log2));
    artifact.plan = std::move(planned->plan);
  }
  const auto range = proved_range(proven.stored, proven.problem.domain);
  if (!range) cannot_be_met("the range of the polynomial could not be proved");
  artifact.claim = {proven.error, request.metric};
  artifact.outside = outside_reach({proven.stored}, proven.problem.domain, {*range});
  artifact.stages.push_back({.polynomial = proven.stored,
                             .domain = proven.problem.domain,
                             .range = {*range},
                             .claim = artifact.claim,
                             .rounding = proven.rounding});
  return artifact;
}

}  // namespace

Artifact make_polynomial(const PolynomialRequest& request, const Identity& identity) {
  MinimaxRequest problem = request.problem;
  problem.degree = request.degree ? *request.degree : chosen_degree(request);
  Artifact artifact = artifact_of_degree(problem, request, identity);
  // Where rounding the coefficients alone passes the error, one degree more may still make room.
  const auto misses = [&] { return request.error && artifact.claim.error.upper > *request.error; };
  if (misses() && !request.degree && problem.degree < highest_degree) {
    problem.degree += problem.parity == Parity::none ? 1 : 2;
    artifact = artifact_of_degree(problem, request, identity);
  }
  if (misses()) {
    cannot_be_met(fmt::format("degree {} with coefficients of {} reaches {}, not {}",
                              problem.degree, describe_form(request.form),
                              size_text(artifact.claim.error.upper), size_text(*request.error)));
  }
  return artifact;
}

}  // namespace equiripple
