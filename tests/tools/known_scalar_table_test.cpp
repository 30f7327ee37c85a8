// The table of known scalars is what the search finds, and stages between those of the table have
// plans by it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <tuple>

#include "emit/plan/known_scalars.hpp"
#include "emit/plan/least_scalars.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/shape_model.hpp"
#include "emit/plan/shape_table.hpp"
#include "emit/plan/stage_choice.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/function/parse.hpp"
#include "generator/sign/problem.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"
#include "tools/profiles/fingerprint.hpp"
#include "tools/profiles/known_scalar_rows.hpp"

using namespace equiripple;

namespace {

auto key_of(const KnownScalarsRow& row) {
  return std::tuple(row.series_class, row.degree, row.key_switches, row.levels, row.shape);
}

// In the order of the table.
std::vector<KnownScalarsRow> rows_of(SeriesClass series_class, int degree) {
  std::vector<KnownScalarsRow> rows;
  for (const KnownScalarsRow& row : tabled_scalars()) {
    if (row.series_class == series_class && row.degree == degree) rows.push_back(row);
  }
  return rows;
}

ShapeRequest request_of(const KnownScalarsRow& row) {
  return {.series_class = row.series_class,
          .degree = row.degree,
          .levels = row.levels,
          .leading_in_x = row.series_class == SeriesClass::odd_times_x};
}

Shape shape_of(const KnownScalarsRow& row) {
  return shapes_without_slots(request_of(row), row.key_switches)
      .at(static_cast<std::size_t>(row.shape));
}

std::vector<Rational> sign_series(const Rational& gap, int degree) {
  return rounded(minimax(sign_problem(gap, 1, degree)).polynomial, binary64_bits).coefficients;
}

std::vector<Rational> series_made_by(const Shape& shape, const ShapeScalars& scalars) {
  const auto listed = listed_scalars(shape, scalars);
  ShapeModel<double> model(shape, scalars.leading);
  const auto series = model.evaluate({listed.begin(), listed.end()});
  return {series.begin(), series.end()};
}

// The first of the class with more than one row for one shape.
const KnownScalarsRow& row_of_several(SeriesClass series_class) {
  const auto table = tabled_scalars();
  const auto found =
      std::ranges::adjacent_find(table, [&](const KnownScalarsRow& a, const KnownScalarsRow& b) {
        return a.series_class == series_class && key_of(a) == key_of(b);
      });
  REQUIRE(found != table.end());
  return *found;
}

double distance(const std::vector<Rational>& a, const std::vector<Rational>& b) {
  REQUIRE(a.size() == b.size());
  double greatest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    greatest = std::max(greatest, std::fabs(to_double(a[k] - b[k])));
  }
  return greatest;
}

}  // namespace

// All of it takes minutes, and is compared where the sources are not what the table says that it
// was made from; also at EQUIRIPPLE_EFFORT=10.
TEST_CASE("the table of known scalars is what the search finds now") {
  const std::string folder = test::source_folder();
  const std::string table = test::content_of(folder + "/emit/plan/known_scalar_table.cpp");
  const bool is_known =
      table.find(fingerprint_line(scalars_fingerprint(folder)) + "\n") != std::string::npos;
  if (!is_known) MESSAGE("sources have changed since the table was made: all is searched again");
  const bool all = !is_known || test::effort() >= 10;
  for (const auto& [series_class, degree] : asked_scalars()) {
    const bool dense = series_class == SeriesClass::dense;
    if (!all && degree > (dense ? 12 : 17)) continue;
    CAPTURE(degree);
    const auto tabled = rows_of(series_class, degree);
    const auto found = searched_scalars(series_class, degree);
    REQUIRE_MESSAGE(found.size() == tabled.size(),
                    "scalars have changed: write emit/plan/known_scalar_table.cpp again with "
                    "equiripple-scalars");
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].levels == tabled[i].levels);
      CHECK(found[i].key_switches == tabled[i].key_switches);
      CHECK(found[i].shape == tabled[i].shape);
      CHECK(found[i].scalars == tabled[i].scalars);
    }
  }
}

TEST_CASE("every row is of a shape with fewer key switches than any with slots, and is read") {
  CHECK(std::ranges::is_sorted(tabled_scalars(), {}, key_of));
  for (const KnownScalarsRow& row : tabled_scalars()) {
    CAPTURE(row.degree);
    const auto with_slots = find_shapes(request_of(row), row.key_switches);
    REQUIRE(with_slots.has_value());
    CHECK(with_slots->by_option == ShapesByOption{});
    const Shape shape = shape_of(row);
    const bool dense = row.series_class == SeriesClass::dense;
    const auto series = dense ? std::vector<Rational>(static_cast<std::size_t>(row.degree) + 1, 1)
                              : sign_series(Rational(1, 16), row.degree);
    const auto scalars = scalars_of_row(row, shape, series);
    REQUIRE(scalars.has_value());
    CHECK(text_of(shape, *scalars) == row.scalars);
  }
}

TEST_CASE("the scalars whose series is nearest come first") {
  for (const auto series_class : {SeriesClass::odd, SeriesClass::dense}) {
    CAPTURE(static_cast<int>(series_class));
    const KnownScalarsRow& first = row_of_several(series_class);
    const std::span<const KnownScalarsRow> both(&first, 2);
    const Shape shape = shape_of(first);
    const std::vector<Rational> any(static_cast<std::size_t>(first.degree) + 1, 1);
    for (const KnownScalarsRow& row : both) {
      const auto scalars = scalars_of_row(row, shape, any);
      REQUIRE(scalars.has_value());
      const auto series = series_made_by(shape, *scalars);
      const auto known = known_scalars(both, request_of(row), series, row.key_switches);
      REQUIRE(known.size() == both.size());
      // Scalars of dense rows are multiplied by the unit of the series, which the decimals of the
      // table leave a little beside 1.
      CHECK(distance(series_made_by(shape, known.front().scalars), series) < 0.002);
      CHECK(distance(series_made_by(shape, known.back().scalars), series) > 0.01);
      if (series_class == SeriesClass::odd) {
        CHECK(text_of(shape, known.front().scalars) == row.scalars);
      }
    }
  }
}

TEST_CASE("a row that is of no shape is left out") {
  KnownScalarsRow row = row_of_several(SeriesClass::odd);
  const auto series = sign_series(Rational(1, 16), row.degree);
  const auto known = [&] {
    return known_scalars({&row, 1}, request_of(row), series, row.key_switches).size();
  };
  CHECK(known() == 1);
  for (const char* scalars : {"", "1 2 3", "x", "1 2 3 x"}) {
    KnownScalarsRow broken = row;
    broken.scalars = scalars;
    CHECK(known_scalars({&broken, 1}, request_of(row), series, row.key_switches).empty());
  }
  row.shape = 1000;
  CHECK(known() == 0);
}

TEST_CASE("stages of gaps that are not in the table take the key switches of the table") {
  for (const int degree : {17, 25, 31, 41}) {
    for (const Rational& gap : {Rational(1, 300), Rational(3, 100)}) {
      CAPTURE(degree);
      CAPTURE(to_double(gap));
      const StageTask task{.coefficients = sign_series(gap, degree), .absorb = false};
      const int levels = minimum_levels(task);
      const auto rows = rows_of(SeriesClass::odd, degree);
      const auto row = std::ranges::find(rows, levels, &KnownScalarsRow::levels);
      REQUIRE(row != rows.end());
      const auto choice = choose_stage(task, levels, 64);
      REQUIRE(choice.has_value());
      CHECK(choice->within_limits);
      CHECK(choice->costs.key_switches == row->key_switches);
    }
  }
}

// |x| in T_2, and a smoothed one. Rows are of series of unit size.
TEST_CASE("a dense series and its multiples take a chain of the table") {
  for (const char* function : {"sqrt((1+x)/2)", "sqrt((1+x)/2+3/500)"}) {
    for (const auto& [degree, key_switches] : {std::pair(12, 4), std::pair(20, 5)}) {
      const MinimaxRequest problem{
          .target = *parse_function(function), .domain = {{-1, 1}}, .degree = degree};
      const ChebyshevSeries best = minimax(problem).polynomial;
      for (const int factor : {1, 25}) {
        CAPTURE(degree);
        CAPTURE(factor);
        ChebyshevSeries series = best;
        for (Rational& c : series.coefficients) c *= factor;
        const auto planned = make_plan(Kind::minimax, {rounded(series, binary64_bits)});
        REQUIRE(planned.has_value());
        CHECK(planned->plan.costs.key_switches == key_switches);
      }
    }
  }
}
