// From powers of x / range to powers of x.
#include "generator/sign/published_series.hpp"

namespace equiripple {

ChebyshevSeries published_series(const PublishedStage& stage, const Interval& basis,
                                 const Rational& range) {
  std::vector<Rational> powers = powers_of(stage);
  Rational scale = 1;
  for (Rational& c : powers) {
    c *= scale;
    scale /= range;
  }
  return from_powers(powers, basis);
}

}  // namespace equiripple
