// The scalars of a shape where they are not found one after another: the smallest ones.
//
// A shape that has more scalars than degrees, or whose scalars meet in products, has a family of
// solutions. Gauss-Newton steps to the solution of least norm of the linearised equations, from a
// given start, find one with small scalars, or with small terms: it is the terms of a sum that
// amplify noise. The last steps make it exact to the rounding of the scalars to binary64.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/scalars.hpp"
#include "generator/numbers/extended.hpp"

namespace equiripple {

/// The shape with all scalars that cost no product: multiples of every power and link that is deep
/// enough, and all summands of both factors of each product. It has no slots.
[[nodiscard]] Shape enriched(const Shape& shape);

enum class Least : unsigned char {
  scalars,       // their norm
  terms,         // each scalar counts by the size of what it multiplies
  terms_or_any,  // likewise, or others where the equations are singular at those
};

enum class Equations : unsigned char {
  alike,     // they count as they are
  by_decay,  // each by the largest coefficient from its degree on, where those decay by decades
};

/// None where the steps do not converge. Scalars stand in `start` as in the shape.
[[nodiscard]] std::optional<ShapeScalars> least_scalars(const Shape& shape,
                                                        const std::vector<Rational>& coefficients,
                                                        const ShapeScalars& start,
                                                        Least least = Least::scalars,
                                                        Equations equations = Equations::alike);

/// `scalars` of `shape`, in the places that they have in enriched(shape).
[[nodiscard]] ShapeScalars in_enriched(const Shape& shape, const ShapeScalars& scalars,
                                       const Shape& rich);

/// All 0, but for what x is to be multiplied by where it carries the leading coefficient.
[[nodiscard]] ShapeScalars no_scalars(const Shape& shape,
                                      const std::vector<Rational>& coefficients);

/// As the list that ShapeModel takes.
[[nodiscard]] std::vector<Extended> listed_scalars(const Shape& shape, const ShapeScalars& scalars);

/// The inverse: `scalars` with these in their places, rounded to binary64.
[[nodiscard]] ShapeScalars with_listed(const Shape& shape, ShapeScalars scalars,
                                       const std::vector<Extended>& listed);

/// A start at random, the same for the same seed: scalars between -1/2 and 1/2.
[[nodiscard]] ShapeScalars scattered(ShapeScalars scalars, unsigned seed);

}  // namespace equiripple
