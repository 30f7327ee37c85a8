// The form in which coefficients are stored: so many significant bits, or multiples of a unit.
#pragma once

#include <optional>

#include "generator/chebyshev.hpp"

namespace equiripple {

struct CoefficientForm {
  int bits = binary64_bits;  // significant; these and 24 keep to the range of binary64, binary32
  std::optional<Rational> unit{};  // above 0: multiples of it instead, as CKKS encodes at a scale
};

enum class RoundingMethod : unsigned char {
  one_by_one,  // each coefficient to the nearest
  lattice,     // all together: the closest lattice point
};

/// Each coefficient rounded to the nearest number of the form; none where one is beyond its range.
[[nodiscard]] std::optional<ChebyshevSeries> rounded_within_range(const ChebyshevSeries& series,
                                                                  const CoefficientForm& form);

/// Of a series within the range; throws std::overflow_error of another.
[[nodiscard]] ChebyshevSeries rounded(const ChebyshevSeries& series, const CoefficientForm& form);

/// The distance between neighbours of the form at a coefficient.
[[nodiscard]] Rational spacing_at(const Rational& coefficient, const CoefficientForm& form);

}  // namespace equiripple
