// What a classical method has computed, as a result.
#pragma once

#include <utility>

#include "generator/classical/classical.hpp"

namespace equiripple {

/// Coefficients are determined to this, over the sum of their sizes: 17 bits beyond binary64;
/// chosen.
inline constexpr long determined_log2 = -70;

/// The polynomial as a result: coefficients below 2^determined_log2 of their sum become 0, a parity
/// that is then seen is stated.
[[nodiscard]] ClassicalResult settled(ChebyshevSeries series);

[[nodiscard]] inline ClassicalResult unsettled(ClassicalStatus status, std::string detail) {
  return {.status = status, .detail = std::move(detail)};
}

}  // namespace equiripple
