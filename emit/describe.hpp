// What an artifact is, in words: shared by the head of emitted files and by `inspect`.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/plan/settings.hpp"

namespace equiripple {

/// "[-1, 0.125]", in decimals rounded inward: what holds on the interval holds on what is shown.
[[nodiscard]] std::string interval_text(const Interval& interval);
/// Rounded outward: what lies in the interval lies in what is shown.
[[nodiscard]] std::string outward_text(const Interval& interval);
/// Likewise of many: the first four, and how many more.
[[nodiscard]] std::string domain_text(const Domain& domain);
[[nodiscard]] std::string range_text(const Domain& range);

/// Where beyond its range the polynomial stays bounded; empty where the artifact does not say.
[[nodiscard]] std::string describe_outside(const Artifact& artifact);

/// "relu(x) for |x| <= 50"
[[nodiscard]] std::string describe_function(const Artifact& artifact);
/// "2 stages, degrees 7, 7"
/// What follows the stages: ", then 2 squarings"; empty where nothing does.
[[nodiscard]] std::string describe_end(const Steps& steps);
[[nodiscard]] std::string describe_stages(const Artifact& artifact);
/// "divided by the range; the gap of sign included"
[[nodiscard]] std::string describe_metric(const Artifact& artifact);

/// A sentence for each of what is proved beside the claim, and of the noise that the request is of.
[[nodiscard]] std::vector<std::string> describe_objectives(const Artifact& artifact);
/// "6 levels, 9 key switches, ..."
[[nodiscard]] std::string describe_costs(const Plan& plan);
/// Why an artifact has no plan: "none: the degree is above ..."
[[nodiscard]] std::string describe_missing_plan();
[[nodiscard]] std::string plural(int count, const std::string& noun);
[[nodiscard]] const char* name_of(Parity parity);
[[nodiscard]] const char* name_of(Evidence evidence);

/// "error at most 2^-10.02 (0.000959)"; of folds, and of the polynomial after them, whose claim is
/// their distance from 0: "|value| at most ..."
[[nodiscard]] std::string describe_stage_claim(const Artifact& artifact, const StageRecord& stage);

/// Whether claim.error.lower bounds every polynomial of the class; for compositions, where no such
/// bound is known, it repeats what is attained, and of a square and a rest it is 0.
[[nodiscard]] bool has_lower_bound(const Artifact& artifact);

/// The value of a request's option, or empty.
[[nodiscard]] std::string option_of(const Artifact& artifact, const std::string& name);

/// Everything as a person reads it: function, claims, stages, costs. `asked` is what the request
/// asks of the plan.
[[nodiscard]] std::string summary(const Artifact& artifact, const PlanSettings& asked);

}  // namespace equiripple
