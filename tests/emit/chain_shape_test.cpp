// Chains in which every value adapts: what they compute, and the key switches that they save.
#include "emit/plan/chain_shape.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/series.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

ShapeRequest request_for(int degree, SeriesClass series_class) {
  return {.series_class = series_class, .degree = degree, .levels = minimum_levels(degree)};
}

}  // namespace

// The lengths of the shortest addition chains of that depth, or one more.
TEST_CASE("sign takes the key switches of an addition chain") {
  const std::pair<int, int> known[] = {{17, 5}, {25, 6}, {29, 7}, {31, 8}, {35, 7}, {37, 7},
                                       {41, 7}, {45, 8}, {49, 8}, {51, 9}, {53, 9}};
  for (const auto& [degree, key_switches] : known) {
    CAPTURE(degree);
    for (const long gap_log2 : {-4L, -8L}) {
      CAPTURE(gap_log2);
      const auto stages = test::sign_stages({degree}, power_of_two(gap_log2));
      const auto planned = make_plan(Kind::sign, stages);
      REQUIRE(planned.has_value());
      const Plan& plan = planned->plan;
      CHECK(plan.costs.levels == minimum_levels(degree));
      CHECK(plan.costs.key_switches == key_switches);
      Rational size = 0;
      for (const Rational& c : stages[0].coefficients) size += abs(c);
      CHECK(plan.growth <= 64 * size_of_function(Kind::sign, stages));
      CHECK(coefficient_distance(planned->computed[0], stages[0]) <=
            size * plan.growth * power_of_two(-44));
    }
  }
}

TEST_CASE("sign of gap 0.02 to 1 % in nine levels takes ten key switches") {
  const auto plan = make_plan(Kind::sign, test::sign_stages({9, 25}, Rational(1, 50)))->plan;
  CHECK(plan.costs.levels == 9);
  CHECK(plan.costs.key_switches == 10);
}

TEST_CASE("x times a chain takes one key switch more") {
  for (const auto& [degree, key_switches] : {std::pair{17, 6}, {25, 7}, {37, 8}, {41, 8}}) {
    CAPTURE(degree);
    const auto stages = test::sign_stages({3, degree}, power_of_two(-6));
    const int first = make_plan(Kind::sign, {stages.front()})->plan.costs.key_switches;
    const auto plan = make_plan(Kind::relu, stages)->plan;
    CHECK(plan.costs.levels == 2 + minimum_levels(degree));
    CHECK(plan.costs.key_switches - first == key_switches);
  }
}

TEST_CASE("the shapes of a chain have a link for each degree, and more and more products") {
  const std::vector<int> chain = {4, 8, 9, 17};
  const auto shapes = chain_shapes(request_for(17, SeriesClass::odd), chain);
  REQUIRE(shapes.size() > 2);
  std::size_t before = 0;
  for (const Shape& shape : shapes) {
    std::size_t products = 0;
    std::vector<int> degrees;
    for (const ShapeLink& link : shape.links) {
      products += link.products.size();
      degrees.insert(degrees.begin(), link.degree);
      CHECK(link.is_multiplier == (link.degree % 2 == 0));
    }
    CHECK(degrees == chain);
    CHECK(products > before);
    before = products;
  }
}

TEST_CASE("chains that are too deep, or of another class, make no shapes") {
  const std::vector<int> chain = {4, 8, 9, 17};
  ShapeRequest shallow = request_for(17, SeriesClass::odd);
  --shallow.levels;
  CHECK(chain_shapes(shallow, chain).empty());
  CHECK(chain_shapes(request_for(17, SeriesClass::dense), chain).empty());
  // 10 = 5 + 5: x times the variable must not be squared.
  const std::vector<int> of_odd_squares = {4, 5, 10, 15, 20, 35};
  CHECK_FALSE(chain_shapes(request_for(35, SeriesClass::odd), of_odd_squares).empty());
  CHECK(chain_shapes(request_for(35, SeriesClass::odd_times_x), of_odd_squares).empty());
  CHECK(chain_shapes_of(request_for(17, SeriesClass::odd), 4).empty());
}
