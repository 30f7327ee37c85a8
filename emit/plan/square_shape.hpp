// A dense series of even degree as a square and a rest: p = q^2 + r, q of half the degree.
//
// The upper half of p's coefficients tells q, a term at a time from the top. Where the r that is
// left has a lower degree than any p would leave, its terms are products of values that lie on the
// way to q; they are relinearised with the square. So p takes a level and a key switch more than a
// q whose products have r's degrees: degrees from 53 to 62 take 8 to 10 in 6 levels instead of 11
// and 12. What generator/steps/square_and_rest.hpp makes is such a series.
#pragma once

#include <vector>

#include "emit/plan/scalars.hpp"

namespace equiripple {

struct SquareShape {
  Shape shape;  // without slots
  ShapeScalars scalars;
};

/// Of p with these coefficients of T_0, T_1, ..., the last one not zero: fewest key switches first,
/// of the first number at which there are any. None where the degree is odd or below 8, the leading
/// coefficient negative, r of a degree above three quarters of q's, or where no products of what q
/// is made of have r's degrees.
[[nodiscard]] std::vector<SquareShape> square_shapes_of(const std::vector<Rational>& coefficients,
                                                        int levels);

}  // namespace equiripple
