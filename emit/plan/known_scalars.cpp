// Rows are read when they are asked for.
#include "emit/plan/known_scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "emit/plan/chain_shape.hpp"
#include "emit/plan/least_scalars.hpp"
#include "emit/plan/shape_model.hpp"
#include "emit/plan/shape_table.hpp"

namespace equiripple {
namespace {

std::vector<Extended> numbers_of(std::string_view text) {
  std::vector<Extended> numbers;
  const char* next = text.data();
  const char* const end = next + text.size();
  while (next != end) {
    int units = 0;
    const auto [stop, defect] = std::from_chars(next, end, units);
    if (defect != std::errc()) return {};
    numbers.push_back(units * static_cast<Extended>(known_scalar_unit));
    next = stop == end ? end : stop + 1;
  }
  return numbers;
}

double squared_distance(const std::vector<double>& series, const std::vector<Rational>& wanted) {
  double sum = 0;
  for (std::size_t k = 1; k < wanted.size(); ++k) {  // the constant is no scalar of the shape
    const double off = series[k] - to_double(wanted[k]);
    sum += off * off;
  }
  return sum;
}

// Those of one shape, the nearest first.
std::vector<ShapeScalars> by_distance(std::span<const KnownScalarsRow> rows, const Shape& shape,
                                      const std::vector<Rational>& coefficients) {
  std::vector<std::pair<double, ShapeScalars>> found;
  for (const KnownScalarsRow& row : rows) {
    auto scalars = scalars_of_row(row, shape, coefficients);
    if (!scalars) continue;
    const std::vector<Extended> listed = listed_scalars(shape, *scalars);
    ShapeModel<double> model(shape, scalars->leading);
    const auto& series = model.evaluate({listed.begin(), listed.end()});
    found.emplace_back(squared_distance(series, coefficients), *std::move(scalars));
  }
  std::ranges::stable_sort(found, {}, [](const auto& one) { return one.first; });
  std::vector<ShapeScalars> scalars;
  for (auto& [distance, one] : found) scalars.push_back(std::move(one));
  return scalars;
}

}  // namespace

Rational unit_of_series(const std::vector<Rational>& coefficients) {
  double sum = 0;
  for (std::size_t k = 1; k < coefficients.size(); ++k) {
    sum += to_double(coefficients[k]) * to_double(coefficients[k]);
  }
  return std::isnormal(sum) ? Rational(std::sqrt(sum)) : Rational(1);
}

std::vector<Shape> shapes_without_slots(const ShapeRequest& request, int key_switches) {
  std::vector<Shape> shapes = chain_shapes_of(request, key_switches);
  if (request.series_class == SeriesClass::dense) return shapes;
  for (const Shape& shape : free_shapes_of(request, key_switches)) {
    shapes.push_back(enriched(shape));
  }
  return shapes;
}

std::optional<ShapeScalars> scalars_of_row(const KnownScalarsRow& row, const Shape& shape,
                                           const std::vector<Rational>& coefficients) {
  const ShapeScalars none = no_scalars(shape, coefficients);
  const std::vector<Extended> numbers = numbers_of(row.scalars);
  if (numbers.size() != listed_scalars(shape, none).size()) return std::nullopt;
  return with_listed(shape, none, numbers);
}

std::vector<KnownScalars> known_scalars(std::span<const KnownScalarsRow> rows,
                                        const ShapeRequest& request,
                                        const std::vector<Rational>& coefficients,
                                        int key_switches) {
  std::vector<KnownScalars> known;
  if (request.series_class == SeriesClass::odd_times_x && !request.leading_in_x) return known;
  const auto is_asked_for = [&](const KnownScalarsRow& row) {
    return row.series_class == request.series_class && row.degree == request.degree &&
           row.key_switches == key_switches;
  };
  auto next = std::ranges::find_if(rows, is_asked_for);
  const auto end = std::find_if_not(next, rows.end(), is_asked_for);
  ShapeRequest own = request;
  own.levels = 0;
  std::vector<Shape> shapes;  // of own
  while (next != end && next->levels <= request.levels) {
    if (next->levels != own.levels) {
      own.levels = next->levels;
      shapes = shapes_without_slots(own, key_switches);
    }
    const auto after = std::find_if(next, end, [&](const KnownScalarsRow& row) {
      return row.levels != own.levels || row.shape != next->shape;
    });
    const auto at = static_cast<std::size_t>(next->shape);
    if (at < shapes.size()) {
      for (ShapeScalars& scalars : by_distance({next, after}, shapes[at], coefficients)) {
        known.push_back({.shape = shapes[at], .scalars = std::move(scalars)});
      }
    }
    next = after;
  }
  return known;
}

std::string text_of(const Shape& shape, const ShapeScalars& scalars) {
  std::string text;
  for (const Extended scalar : listed_scalars(shape, scalars)) {
    const auto units = std::lround(static_cast<double>(scalar) / known_scalar_unit);
    text += fmt::format("{}{}", text.empty() ? "" : " ", units);
  }
  return text;
}

}  // namespace equiripple
