// How much a polynomial, and a chain of them, enlarges what its argument is off by.
#pragma once

#include <optional>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/domain.hpp"

namespace equiripple {

/// p', on the basis of p. Exact.
[[nodiscard]] ChebyshevSeries derivative_of(const ChebyshevSeries& p);

/// A bound of what noise adds to p_k(...p_1(x)), where it moves the argument of each p_i, scaled
/// from its basis to [-1, 1], by at most noise[i], and arguments stay inside `domains`: sum over i
/// of how far that is times the largest slopes of p_i, ..., p_k on their domains, each proved.
/// Taking one noise away after the other, the last first, changes the value by no more than each
/// term. Of no noise 0; none where a slope is not proved.
[[nodiscard]] std::optional<Rational> noise_at_end(const std::vector<ChebyshevSeries>& polynomials,
                                                   const std::vector<Interval>& domains,
                                                   const std::vector<Rational>& noise);

/// Likewise relative to the value, of p(x) and powers of it: all polynomials but the first are v^m,
/// m being their degree, up to `errors` on `domains`; noise[0] is 0, and `ranges` hold what each
/// makes, all above 0. What moves v by N or less moves it by N / v relative to it, and a relative d
/// becomes (1 + d)^m - 1 at most. None where a value may be 0.
[[nodiscard]] std::optional<Rational> relative_noise_of_powers(
    const std::vector<ChebyshevSeries>& polynomials, const std::vector<Interval>& ranges,
    const std::vector<Rational>& errors, const std::vector<Rational>& noise);

}  // namespace equiripple
