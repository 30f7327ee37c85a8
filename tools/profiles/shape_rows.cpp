// One search after another.
#include "tools/profiles/shape_rows.hpp"

#include <algorithm>

#include "emit/plan/least_scalars.hpp"
#include "emit/plan/series.hpp"

namespace equiripple {
namespace {

std::string text_of(const std::vector<ShapeOutline>& list) {
  std::string text;
  for (const ShapeOutline& outline : list) text += (text.empty() ? "" : ",") + line_of(outline);
  return text;
}

std::string text_of(const TabledShapes& shapes) {
  std::string text;
  for (std::size_t o = 0; o < shape_options.size(); ++o) {
    const bool repeats = o > 0 && shapes.by_option[o] == shapes.by_option[o - 1];
    text += (repeats ? "=" : text_of(shapes.by_option[o])) + ";";
  }
  return text + text_of(shapes.free);
}

}  // namespace

std::vector<ShapeRequest> tabled_requests() {
  using enum SeriesClass;
  std::vector<ShapeRequest> requests;
  for (const SeriesClass series_class : {dense, odd, odd_times_x}) {
    const int first = series_class == odd_times_x ? 3 : 1;
    for (int degree = first; degree <= highest_searched_degree;
         degree += series_class == dense ? 1 : 2) {
      for (int spare = 0; spare <= tabled_spare_levels; ++spare) {
        for (const bool leading_in_x : {false, true}) {
          if (leading_in_x && series_class != odd_times_x) continue;
          requests.push_back({.series_class = series_class,
                              .degree = degree,
                              .levels = minimum_levels(degree) + spare,
                              .leading_in_x = leading_in_x});
        }
      }
    }
  }
  return requests;
}

namespace {

// T_1 - T_3 / 3 + T_5 / 5 - ..., as signs and most odd functions begin: what has no scalars for it
// from many starts is not tried again for every request.
std::vector<Rational> slow_series(int degree) {
  std::vector<Rational> series(static_cast<std::size_t>(degree) + 1);
  for (int k = 1; k <= degree; k += 2) {
    series[static_cast<std::size_t>(k)] = Rational(k % 4 == 1 ? 1 : -1, k);
  }
  return series;
}

std::vector<ShapeOutline> with_scalars(const ShapeRequest& request,
                                       std::vector<ShapeOutline> outlines) {
  constexpr unsigned starts = 48;  // chosen: where there are any, a tenth of them converge
  const std::vector<Rational> series = slow_series(request.degree);
  std::erase_if(outlines, [&](const ShapeOutline& outline) {
    const Shape shape = enriched(*free_shape_of(request, outline));
    const ShapeScalars start = no_scalars(shape, series);
    for (unsigned seed = 1; seed <= starts; ++seed) {
      if (least_scalars(shape, series, scattered(start, seed))) return false;
    }
    return true;
  });
  return outlines;
}

}  // namespace

SearchedRow searched_row(const ShapeRequest& request) {
  constexpr int numbers = 3;
  const int most = 3 * request.levels;  // chosen: degree 63 takes up to 16 in 6
  SearchedRow row{.request = request};
  int found = 0;
  for (int key_switches = minimum_levels(request.degree); found < numbers && key_switches <= most;
       ++key_switches) {
    TabledShapes shapes{.by_option = search_shapes(request, key_switches)};
    if (request.series_class != SeriesClass::dense) {
      shapes.free = with_scalars(request, search_free_shapes(request, key_switches));
    }
    const bool has_slots = shapes.by_option != ShapesByOption{};
    found += has_slots ? 1 : 0;
    if (row.line.empty()) {
      if (!has_slots && shapes.free.empty() && key_switches < most) continue;
      row.first_key_switches = key_switches;
    } else {
      row.line += "|";
    }
    row.line += text_of(shapes);
  }
  return row;
}

}  // namespace equiripple
