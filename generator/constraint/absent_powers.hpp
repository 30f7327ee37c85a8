// Classes that lack some powers of x: where they are Haar spaces, and coefficients without them.
//
// A class of n powers is a Haar space where none of its polynomials but 0 has n zeros: then the
// best one is the only one, and its error alternates n times. Right of 0 it always is, since a
// polynomial of n powers changes sign at most n - 1 times there (Descartes). With points on both
// sides it is where neighbours are odd and even in turn [Pas73]: then the sign changes of p(x) and
// of p(-x) are at most one for each pair of neighbours. Elsewhere x^a - x^b t^(a - b), a - b even,
// has two zeros with two powers.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/constraint/conditions.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/rounding/form.hpp"

namespace equiripple {

/// Two neighbours of the ascending powers that make their class no Haar space on the domain; none
/// where it is one, but for a common factor x^k.
[[nodiscard]] std::optional<std::pair<int, int>> doubtful_neighbours(const std::vector<int>& powers,
                                                                     const Domain& domain);

/// Those that conditions leave without a coefficient, of all from the lowest power to the highest
/// that the parity allows.
[[nodiscard]] std::vector<int> absent_from(const std::vector<int>& powers, Parity parity);

/// About 0, so that a power of x is one of the basis.
[[nodiscard]] Interval basis_of_powers(const Domain& domain);

/// What is absent from q in p = leading x^degree + x^order q; q has lower powers than p where the
/// leading coefficient is given. Throws std::invalid_argument where q has no power.
struct AbsentFromFactor {
  int degree = 0;
  std::vector<int> absent{};
};
[[nodiscard]] AbsentFromFactor absent_from_factor(const MinimaxRequest& request, int order);

/// What each absent power has: the coefficient times the size of the power at the basis' end.
[[nodiscard]] std::vector<Rational> coefficients_at(const std::vector<int>& absent,
                                                    const ChebyshevSeries& polynomial);

/// Coefficients of the form on a basis about 0, near those of `polynomial`: without the absent
/// powers, exactly, and with the leading one that is given. Empty where none are found at 2^-40 of
/// the coefficients.
[[nodiscard]] std::optional<ChebyshevSeries> exactly_without(const ChebyshevSeries& polynomial,
                                                             const Conditions& conditions,
                                                             int degree,
                                                             const CoefficientForm& form);

}  // namespace equiripple
