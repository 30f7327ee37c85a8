// By slopes; of powers, relative, by powers.
#include "emit/noise_of_refreshes.hpp"

#include "generator/proof/slope.hpp"

namespace equiripple {

std::optional<Rational> noise_of_refreshes(Metric metric,
                                           const std::vector<ChebyshevSeries>& polynomials,
                                           const std::vector<StageRecord>& stages,
                                           const std::vector<Rational>& noise) {
  if (noise.empty()) return Rational(0);
  std::vector<Interval> domains;
  std::vector<Interval> ranges;
  std::vector<Rational> errors;
  for (const StageRecord& stage : stages) {
    domains.push_back(hull(stage.domain));
    ranges.push_back(hull(stage.range));
    errors.push_back(stage.claim.error.upper);
  }
  return metric == Metric::relative ? relative_noise_of_powers(polynomials, ranges, errors, noise)
                                    : noise_at_end(polynomials, domains, noise);
}

}  // namespace equiripple
