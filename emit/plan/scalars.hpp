// The scalars of a shape for given coefficients.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/shape.hpp"

namespace equiripple {

struct ProductScalars {
  Rational second = 1;
  std::vector<Rational> lower{};
  std::vector<Rational> added{};
};

struct LinkScalars {
  std::vector<ProductScalars> products{};
  std::vector<Rational> scaled{};
  Rational constant = 0;
};

struct ShapeScalars {
  std::vector<LinkScalars> links{};
  Rational leading = 1;  // x is to be multiplied by it
  Rational largest = 0;  // of the magnitudes
};

/// One slot after another from the top degree down, in exact arithmetic
/// (generator/numbers/dyadic.hpp): each scalar is rounded to binary64 at once, and those below make
/// up for it. `coefficients` are those of T_0, T_1, ..., the last one not zero; `leading` is what x
/// is multiplied by where it carries the leading coefficient, none: what that coefficient needs.
/// None where a slot has nothing to multiply, or a scalar passes 2^30 times the largest
/// coefficient.
[[nodiscard]] std::optional<ShapeScalars> scalars_of(
    const Shape& shape, const std::vector<Rational>& coefficients,
    const std::optional<Rational>& leading = std::nullopt);

}  // namespace equiripple
