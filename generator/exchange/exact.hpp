// Targets that are polynomials of the class: they are their own best approximation.
#pragma once

#include <optional>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// Where the form of the target shows it on the domain: error 0.
[[nodiscard]] std::optional<MinimaxResult> exact_result(const MinimaxRequest& request);

/// A polynomial in disguise, as sin(x)^2 + cos(x)^2: at nodes of the full degree its Chebyshev
/// coefficients fall off a cliff, from what matters to the noise of the rung with nothing between.
/// (The coefficients of any other function decrease through that range.)
[[nodiscard]] std::optional<MinimaxResult> disguised_polynomial(const MinimaxRequest& request);

}  // namespace equiripple
