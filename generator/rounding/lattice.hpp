// A better rounding than one by one: the closest lattice point, as fpminimax [BC07] does.
#pragma once

#include <optional>

#include "generator/exchange/minimax.hpp"
#include "generator/rounding/form.hpp"

namespace equiripple {

inline constexpr int highest_lattice_degree = 128;  // chosen: about a second

/// Coefficients of the form whose polynomial is close to `solved` at the points of its reference
/// and between them, in the weighted maximum; parity zeros stay. Empty where the degree is above
/// highest_lattice_degree or the lattice does not give coefficients of the form.
[[nodiscard]] std::optional<ChebyshevSeries> lattice_rounding(const MinimaxRequest& request,
                                                              const MinimaxResult& solved,
                                                              const CoefficientForm& form);

}  // namespace equiripple
