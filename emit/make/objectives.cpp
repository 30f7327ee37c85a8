// Each objective with its proof; which of them a request has.
#include "emit/make/objectives.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/proven.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "generator/proof/mean.hpp"
#include "generator/proof/share.hpp"

namespace equiripple {
namespace {

// With what the program's scalars add.
ClaimRecord claimed(Metric metric, const ErrorEnclosure& error, const Rational& distance) {
  const ErrorEnclosure whole =
      distance == 0 ? error : covering(error, Rational(error.upper + distance));
  return {.error = rounded_outward(whole), .metric = metric};
}

MinimaxRequest unweighted(MinimaxRequest problem) {
  problem.weight = Expression(1, "1");
  return problem;
}

}  // namespace

std::optional<ObjectivesRequest> objectives_of(const ApproximationRequest& request) {
  using enum ClassicalMethod;
  const bool weights = request.density && request.method != cryptodl;
  if (!weights && request.method != variance && request.method != share) return std::nullopt;
  ObjectivesRequest asked{.problem = request.problem,
                          .kinks = request.density_kinks,
                          .expected = weights || request.method == variance,
                          .tolerance = request.within};
  if (request.density) asked.density = *request.density;
  return asked;
}

std::optional<ObjectivesRequest> objectives_of(const PolynomialRequest& request) {
  if (!request.density) return std::nullopt;
  return ObjectivesRequest{.problem = request.problem,
                           .density = request.problem.weight,
                           .kinks = request.problem.kinks,
                           .expected = true};
}

Outcome<std::vector<ClaimRecord>> proved_objectives(ObjectivesRequest request,
                                                    const StageRecord& stage,
                                                    const Rational& distance) {
  const InPhase phase(Phase::proof);
  MinimaxRequest problem = unweighted(std::move(request.problem));
  problem.domain = stage.domain;
  problem.degree = stage.polynomial.degree();
  problem.parity = Parity::none;
  const Measure measure{request.density, stage.domain, request.kinks};
  std::vector<ClaimRecord> claims;
  Rational largest = stage.claim.error.upper;
  if (stage.claim.metric != Metric::absolute) {
    const Certificate proof = certify(problem, stage.polynomial, {});
    if (!proof.holds) return not_proved(proof, problem);
    claims.push_back(claimed(Metric::absolute, proof.error, distance));
    largest = proof.error.upper;
  }
  if (request.expected) {
    const auto root = proved_root_mean_square(measure, problem.target, stage.polynomial, largest);
    if (!root) return Refusal{"the mean square of the error could not be proved"};
    claims.push_back(claimed(Metric::expected, *root, distance));
  }
  if (request.tolerance) {
    const Rational kept = *request.tolerance - distance;
    const auto within =
        kept > 0 ? proved_within(problem, measure, stage.polynomial, kept) : std::nullopt;
    if (!within) {
      return Refusal{
          fmt::format("the share within {} could not be proved", decimal(*request.tolerance))};
    }
    claims.push_back(claimed(Metric::share, within->outside, 0));
  }
  return claims;
}

std::string describe_leaving(const std::optional<Density>& density, const Domain& domain) {
  if (!density) return {};
  if (density->outside) {
    return fmt::format("of {} a share of {:.3g} lies outside the domain", density->source,
                       *density->outside);
  }
  if (const auto share = share_outside(density->words, domain)) {
    return fmt::format("by the density x leaves the domain with probability {:.3g} (measured)",
                       *share);
  }
  return {};
}

}  // namespace equiripple
