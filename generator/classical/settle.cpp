// Zeros and parity of a series that is known to so many bits.
#include "generator/classical/settle.hpp"

namespace equiripple {

ClassicalResult settled(ChebyshevSeries series) {
  return {.status = ClassicalStatus::determined,
          .polynomial = with_seen_parity(without_undetermined(std::move(series), determined_log2)),
          .detail = "the coefficients are determined"};
}

}  // namespace equiripple
