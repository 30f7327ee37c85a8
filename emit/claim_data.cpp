#include "emit/claim_data.hpp"

#include <fmt/format.h>

#include <equiripple/schedule.hpp>

#include "emit/hexfloat.hpp"
#include "emit/targets/head.hpp"

namespace equiripple {

Rational claim_unit(const Artifact& artifact) {
  if (artifact.claim.metric != Metric::relu) return 1;
  const Interval range = hull(domain_of(artifact));
  return (range.upper - range.lower) / 2;
}

std::string claim_unit_text(const Artifact& artifact) { return hexfloat(claim_unit(artifact)); }

std::string claim_upper_text(const Artifact& artifact) {
  return outward(artifact.claim.error.upper, Rounding::up);
}

std::string claim_lines(const std::string& mark, const std::string& at_most,
                        const std::string& unit, const std::string& metric) {
  return fmt::format(
      "{0}The error is at most {1} * {2}, in the sense of {3}: absolute;\n"
      "{0}relu, the same over the whole range, which is the unit; relative to the function;\n"
      "{0}weighted by the weight of the request.\n",
      mark, at_most, unit, metric);
}

int levels_at_working_scale(const Artifact& artifact) {
  if (!artifact.plan) return 0;
  const int levels = artifact.plan->costs.levels;
  const Interval& basis = artifact.stages.front().polynomial.basis;
  const double half_width = to_double(Rational((basis.upper - basis.lower) / 2));
  return levels + (levels > 0 && !detail::reads_freely(1, half_width, 1) ? 1 : 0);
}

}  // namespace equiripple
