// The rows of the table of known scalars, made by searching.
#pragma once

#include <string>
#include <vector>

#include "emit/plan/known_scalars.hpp"

namespace equiripple {

/// What a row stands for.
struct SearchedScalars {
  SeriesClass series_class = SeriesClass::odd;
  int degree = 0;
  int levels = 0;
  int key_switches = 0;
  int shape = 0;
  std::string scalars;
};

struct AskedScalars {
  SeriesClass series_class;
  int degree;
};

/// What the table is made for, in its order: the degrees of dense chains, then odd ones.
[[nodiscard]] std::vector<AskedScalars> asked_scalars();

/// Of a degree, at its fewest levels and, where it is odd, tabled_spare_levels more, in the order
/// of the table: scalars that lead to those of as many stages as any, with fewer key switches than
/// shapes with slots take. Each stage has the fewest, and of those the fewest levels and the first
/// shape.
[[nodiscard]] std::vector<SearchedScalars> searched_scalars(SeriesClass series_class, int degree);

}  // namespace equiripple
