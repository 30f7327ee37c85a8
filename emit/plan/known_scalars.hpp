// Where the search for the scalars of a stage begins (least_scalars.hpp).
//
// Of starts at random few converge, and fewer to scalars that keep within the limit of growth. But
// the scalars of one stage lead to those of a similar one, and can so be followed from gap to gap:
// a table has those of some stages of sign, for the shapes with the fewest key switches that suit
// them, and those of sqrt(x^2 + gap^2) in T_2, |x| among them, for chains of dense values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emit/plan/outline.hpp"
#include "emit/plan/scalars.hpp"

namespace equiripple {

struct KnownScalarsRow {
  SeriesClass series_class = SeriesClass::odd;  // x times it: where x may carry the leading term
  int degree = 0;
  int levels = 0;
  int key_switches = 0;
  int shape = 0;             // which of shapes_without_slots
  const char* scalars = "";  // in units of known_scalar_unit, in the order of listed_scalars
};

inline constexpr double known_scalar_unit = 0x1p-12;  // chosen: Newton's steps arrive from there

/// Of precision, that a chain of dense values may lose: it saves a few transforms in a hundred.
inline constexpr double bits_lost_by_chain = 0.5;  // chosen

/// Stages of sign, and dense ones, from wide gaps to narrow ones, by class and degree; of each the
/// fewest key switches come first, of those the fewest levels, then the shape with the fewest
/// products (known_scalar_table.cpp, which tools/profiles writes).
[[nodiscard]] std::span<const KnownScalarsRow> tabled_scalars();

/// What a series is divided by, so that it and its multiples have the same scalars: the root of the
/// sum of squares of its coefficients but for the constant, where that is within binary64, else 1.
/// Rows of dense series are of such; those of sign are as they are.
[[nodiscard]] Rational unit_of_series(const std::vector<Rational>& coefficients);

/// Of so many key switches: chains, then free shapes, enriched; of dense series chains alone.
[[nodiscard]] std::vector<Shape> shapes_without_slots(const ShapeRequest& request,
                                                      int key_switches);

struct KnownScalars {
  Shape shape;
  ShapeScalars scalars;
};

/// Of the rows of this class, degree and number of key switches within the levels, in their order,
/// but of each shape those first that make the series nearest to the coefficients, which are in
/// their own unit. Rows that are not of such a shape are left out.
[[nodiscard]] std::vector<KnownScalars> known_scalars(std::span<const KnownScalarsRow> rows,
                                                      const ShapeRequest& request,
                                                      const std::vector<Rational>& coefficients,
                                                      int key_switches);

/// Of one row, with what x is multiplied by for these coefficients. None where the row has not as
/// many as the shape.
[[nodiscard]] std::optional<ShapeScalars> scalars_of_row(const KnownScalarsRow& row,
                                                         const Shape& shape,
                                                         const std::vector<Rational>& coefficients);

/// As a row has them.
[[nodiscard]] std::string text_of(const Shape& shape, const ShapeScalars& scalars);

}  // namespace equiripple
