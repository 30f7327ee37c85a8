// The table of shapes is what the search finds, and reads back as it was written.
#include "emit/plan/shape_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/data.hpp"
#include "tests/support/random.hpp"
#include "tools/profiles/fingerprint.hpp"
#include "tools/profiles/shape_rows.hpp"

using namespace equiripple;

namespace {

bool is_of(const ShapeRow& row, const ShapeRequest& request) {
  return row.series_class == request.series_class && row.degree == request.degree &&
         row.levels == request.levels && row.leading_in_x == request.leading_in_x;
}

}  // namespace

// All of it takes minutes, and is compared where the search is not what the table says that it was
// made from; also at EQUIRIPPLE_EFFORT=10.
TEST_CASE("the table of shapes is what the search finds now") {
  const std::string table = test::content_of(test::source_folder() + "/emit/plan/shape_table.cpp");
  const bool is_known = table.find(fingerprint_line(shapes_fingerprint(test::source_folder())) +
                                   "\n") != std::string::npos;
  if (!is_known) MESSAGE("the search has changed since the table was made: all is searched again");
  const int highest = is_known && test::effort() < 10 ? 23 : highest_searched_degree;
  const auto requests = tabled_requests();
  REQUIRE(tabled_shapes().size() == requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const ShapeRow& row = tabled_shapes()[i];
    CAPTURE(row.degree);
    CAPTURE(row.levels);
    REQUIRE(is_of(row, requests[i]));
    if (row.degree > highest) continue;
    const SearchedRow made = searched_row(requests[i]);
    CHECK(made.first_key_switches == row.first_key_switches);
    CHECK_MESSAGE(made.line == row.lists,
                  "shapes have changed: write emit/plan/shape_table.cpp again with "
                  "equiripple-shapes");
  }
}

TEST_CASE("every outline of the table is a shape, and its line says all of it") {
  int outlines = 0;
  for (const ShapeRequest& request : tabled_requests()) {
    CAPTURE(request.degree);
    for (int key_switches = request.levels;; ++key_switches) {
      const auto tabled = find_shapes(request, key_switches);
      if (!tabled) break;
      for (std::size_t o = 0; o < shape_options.size(); ++o) {
        for (const ShapeOutline& outline : tabled->by_option[o]) {
          const auto shape = shape_of(request, outline, shape_options[o]);
          REQUIRE(shape.has_value());
          const std::size_t made = shape->powers.size() + shape->links.size() - 1;

          CHECK(made == static_cast<std::size_t>(key_switches));
          CHECK(outline_of(line_of(outline)) == outline);
          ++outlines;
        }
      }
    }
  }
  CHECK(outlines > 1000);
}

TEST_CASE("the lists of a number of key switches") {
  const ShapeRequest seven{.series_class = SeriesClass::odd, .degree = 7, .levels = 3};
  const auto below = find_shapes(seven, 3);
  REQUIRE(below.has_value());
  CHECK(below->by_option == ShapesByOption{});
  const auto least = find_shapes(seven, 4);
  REQUIRE(least.has_value());
  CHECK(least->by_option == search_shapes(seven, 4));
  CHECK(least->free == search_free_shapes(seven, 4));
  CHECK_FALSE(find_shapes(seven, 12).has_value());  // the search goes on
  CHECK_FALSE(find_shapes({.series_class = SeriesClass::odd, .degree = 65, .levels = 7}, 9));
}

TEST_CASE("a product that is not there makes no shape") {
  const ShapeRequest request{.series_class = SeriesClass::odd, .degree = 7, .levels = 3};
  ShapeOutline outline = find_shapes(request, 4)->by_option.front().front();
  REQUIRE(shape_of(request, outline, shape_options.front()).has_value());
  for (auto& products : outline.products) products.clear();
  CHECK_FALSE(shape_of(request, outline, shape_options.front()).has_value());
}
