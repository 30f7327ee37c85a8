// Scalars for a multiple of a series: what they make, and where there are none.
#include "emit/plan/multiplied_scalars.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "emit/plan/known_scalars.hpp"
#include "emit/plan/least_scalars.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/shape_model.hpp"
#include "emit/plan/shape_table.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

std::vector<double> made_by(const Shape& shape, const ShapeScalars& scalars) {
  const auto listed = listed_scalars(shape, scalars);
  ShapeModel<double> model(shape, scalars.leading);
  std::vector<double> series = model.evaluate({listed.begin(), listed.end()});
  series.front() += to_double(scalars.links.front().constant);
  return series;
}

// With any scalars.
ShapeScalars some_scalars(const Shape& shape, unsigned seed) {
  const std::vector<Rational> any(static_cast<std::size_t>(shape.degree) + 1, 1);
  ShapeScalars scalars = scattered(no_scalars(shape, any), seed);
  for (LinkScalars& link : scalars.links) link.constant = Rational(3, 8);
  return scalars;
}

void check_multiples(const Shape& shape, unsigned seed) {
  const ShapeScalars scalars = some_scalars(shape, seed);
  const std::vector<double> series = made_by(shape, scalars);
  double size = 0;
  for (const double c : series) size += std::abs(c);
  for (const Rational& factor : {Rational(-1, 1000), Rational(37, 5)}) {
    const auto times = multiplied(shape, scalars, factor);
    REQUIRE(times.has_value());
    const std::vector<double> found = made_by(shape, *times);
    REQUIRE(found.size() == series.size());
    const double f = to_double(factor);
    for (std::size_t k = 0; k < series.size(); ++k) {
      CHECK(std::abs(found[k] - f * series[k]) <= 1e-12 * std::abs(f) * size);
    }
  }
}

Shape squared(bool is_scaled) {
  Shape shape{.degree = 4, .powers = {{}, {.degree = 2, .depth = 1, .larger = 0, .smaller = 0}}};
  shape.links.push_back({.degree = 4,
                         .depth = 3,
                         .products = {{.first = 1, .second = 1, .scaled = is_scaled}},
                         .scaled = {0, 1}});
  return shape;
}

}  // namespace

TEST_CASE("multiplied scalars make the multiple") {
  const auto seed = static_cast<unsigned>(test::seed());
  INFO("EQUIRIPPLE_SEED=" << seed);
  int tried = 0;
  for (const auto series_class : {SeriesClass::dense, SeriesClass::odd}) {
    for (const int degree : {12, 17, 25, 28, 31, 41}) {
      if (series_class == SeriesClass::odd && degree % 2 == 0) continue;
      CAPTURE(degree);
      const ShapeRequest request{
          .series_class = series_class, .degree = degree, .levels = minimum_levels(degree)};
      for (int key_switches = request.levels; key_switches <= 2 * request.levels; ++key_switches) {
        for (const Shape& shape : shapes_without_slots(request, key_switches)) {
          check_multiples(shape, seed);
          ++tried;
        }
      }
    }
  }
  CHECK(tried >= 20);
}

TEST_CASE("a square without a scalar has no multiple, one with a scalar has") {
  CHECK_FALSE(multiplied(squared(/*is_scaled=*/false), some_scalars(squared(false), 1), 3));
  check_multiples(squared(/*is_scaled=*/true), 1);
}
