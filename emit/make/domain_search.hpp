// How far beyond its domain a given polynomial keeps to a tolerance.
//
// Each end is moved outward in steps of `step`: doubling while the error is proved to keep to the
// tolerance on what is new, then halving. What is found is proved; within `resolution` beyond it
// lies a point where the error is above the tolerance, or the function ends.
#pragma once

#include <optional>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct FoundDomain {
  Interval asked;
  Interval kept;
  Rational step;  // what an end is moved by

  /// With each end that was moved so many steps less far out.
  [[nodiscard]] Domain narrowed(long steps) const;
};

/// Of a request with a tolerance. Refused where the error exceeds it on the domain that is asked
/// for, or nowhere.
[[nodiscard]] Outcome<FoundDomain> largest_domain(const ApproximationRequest& request);

/// A little below the tolerance: what the proofs of the search keep to, so that rounding has room.
[[nodiscard]] Rational kept_limit(const Rational& tolerance);

/// How far beyond an end the error exceeds the tolerance, at most.
[[nodiscard]] Rational resolution_of(const Domain& asked);

/// The same request on another domain. A wrong request where the function is not continuous there.
[[nodiscard]] Outcome<ApproximationRequest> on_domain(const ApproximationRequest& request,
                                                      const Domain& domain);

/// Where it is not shown of a table that a larger interval exceeds the request's tolerance. None
/// where it is shown at both ends.
[[nodiscard]] std::optional<Refusal> doubt_of_ends(const ApproximationRequest& request,
                                                   const StageRecord& stage);

}  // namespace equiripple
