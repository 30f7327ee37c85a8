// Coefficients of a form that keep conditions, or nearly do.
#pragma once

#include <optional>

#include "generator/constraint/affine_class.hpp"
#include "generator/rounding/form.hpp"

namespace equiripple {

/// p^(j)(X) - D for each number of the conditions, in their order, and the coefficient of x^degree
/// less the leading one, and what the absent powers have: exactly.
[[nodiscard]] std::vector<Rational> deviations(const ChebyshevSeries& polynomial,
                                               const Conditions& conditions, int degree);

/// The smallest unit of which numbers of this size, above 0, are multiples in the form.
[[nodiscard]] Rational unit_for(const Rational& size, const CoefficientForm& form);

/// The series over (x - root), exactly; empty where it does not vanish there.
[[nodiscard]] std::optional<std::vector<Rational>> over_root(
    const std::vector<Rational>& coefficients, const Interval& basis, const Rational& root);

/// Coefficients of the form, near those of `polynomial`, which is of the class: with all conditions
/// kept exactly. Empty where none are found, or only at 2^-40 of the coefficients.
[[nodiscard]] std::optional<ChebyshevSeries> exactly_kept(const ChebyshevSeries& polynomial,
                                                          const AffineClass& affine,
                                                          const CoefficientForm& form);

/// What deviations of coefficients rounded to the form may come to: 2^-50 of the sum of their sizes
/// in binary64, 8 units of their last places.
[[nodiscard]] Rational tolerable_deviation(const ChebyshevSeries& polynomial,
                                           const CoefficientForm& form);

/// Rounded one by one; and where a derivative is further from its condition than tolerable, the
/// finest coefficients take up what the others leave, as far as they can.
[[nodiscard]] ChebyshevSeries nearly_kept(const ChebyshevSeries& polynomial,
                                          const Conditions& conditions, int degree,
                                          const CoefficientForm& form);

}  // namespace equiripple
