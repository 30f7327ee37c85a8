// What is proved of a polynomial beside its claim: the mean square of its error, the share of the
// domain within a tolerance, the largest error where the claim weights it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct ObjectivesRequest {
  MinimaxRequest problem;  // as the claim is about it
  Expression density = Expression(1, "1");
  std::vector<Rational> kinks{};        // of target and density, ascending
  bool expected = false;                // Metric::expected
  std::optional<Rational> tolerance{};  // Metric::share
};

/// What the request asks for beside the claim; nothing of most requests.
[[nodiscard]] std::optional<ObjectivesRequest> objectives_of(const ApproximationRequest& request);
[[nodiscard]] std::optional<ObjectivesRequest> objectives_of(const PolynomialRequest& request);

/// On the domain as stored, for the table and for what the program computes, whose coefficients
/// differ by `distance` in sum. Refused where a proof is not found.
[[nodiscard]] Outcome<std::vector<ClaimRecord>> proved_objectives(ObjectivesRequest request,
                                                                  const StageRecord& stage,
                                                                  const Rational& distance);

/// How likely x is to leave the domain, as far as the density knows; empty where it does not.
[[nodiscard]] std::string describe_leaving(const std::optional<Density>& density,
                                           const Domain& domain);

}  // namespace equiripple
