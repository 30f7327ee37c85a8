// What a lower degree tells of a higher one.
#pragma once

#include <optional>
#include <vector>

#include "generator/exchange/reference.hpp"
#include "generator/exchange/search.hpp"
#include "generator/exchange/snapped.hpp"

namespace equiripple {

/// The error falls with the degree: where a much lower degree is below the rung's noise already, so
/// is the degree asked for, and that is known at a fraction of the cost. That lower degree, if
/// there is one.
template <class T>
std::optional<int> hopeless_degree(const MinimaxRequest& request) {
  constexpr int first_degree = 60;  // chosen: costs nothing
  if (!request.conditions.absent.empty()) return std::nullopt;
  MinimaxRequest lower = request;
  for (lower.degree = first_degree; lower.degree < request.degree / 2; lower.degree *= 4) {
    const Problem<T> problem(lower);
    const auto reference = reference_on(problem, initial_reference(lower));
    if (!is_ascending(reference)) continue;
    const LevelledPolynomial<T> polynomial(problem, reference, search_goal_log2);
    if (!polynomial.is_finite() || is_resolved(polynomial)) continue;
    const auto peaks = peaks_of(polynomial, problem, reference, 0);
    const T floor = scale_by_power_of_two(polynomial.noise(), resolved_bits);
    if (real_abs(peaks.largest.error) <= floor) return lower.degree;
  }
  return std::nullopt;
}

}  // namespace equiripple
