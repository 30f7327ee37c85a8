// What a classical method has computed, as a result.
#pragma once

#include <utility>

#include "generator/classical/classical.hpp"
#include "generator/numbers/reach.hpp"

namespace equiripple {

/// Coefficients are determined to this, over the sum of their sizes: 17 bits beyond binary64;
/// chosen.
inline constexpr long determined_log2 = -70;

/// The number itself, or 0 where it is too small to be told from that.
template <class T>
[[nodiscard]] Rational coefficient_from(const T& x) {
  return is_below_reach(x) ? Rational(0) : to_rational(x);
}

/// The polynomial as a result: coefficients below 2^determined_log2 of their sum become 0, a parity
/// that is then seen is stated.
[[nodiscard]] ClassicalResult settled(ChebyshevSeries series);

[[nodiscard]] inline ClassicalResult unsettled(ClassicalStatus status, std::string detail) {
  return {.status = status, .detail = std::move(detail)};
}

}  // namespace equiripple
