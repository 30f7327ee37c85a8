// A factor of the result that is one over a whole number is taken out by additions.
#include <doctest/doctest.h>

#include <equiripple/recording.hpp>
#include <limits>

using equiripple::detail::divide_result;
using equiripple::detail::Recording;
using equiripple::detail::Step;
using equiripple::detail::whole_factor;

namespace {

Recording recorded(double half_width) {
  Recording plan;
  plan.facts.levels = 3;
  plan.facts.half_width = half_width;
  plan.facts.output_scale_factor = 1.0 / 49;
  plan.operations.push_back({Step::input});
  return plan;
}

}  // namespace

TEST_CASE("whole numbers are seen through their reciprocals") {
  for (int n = 1; n <= 100'000; ++n) {
    const double absorbed = 1.0 / n;
    REQUIRE(whole_factor(1 / absorbed) == n);
  }
  for (const double other :
       {0.5, 2.5, -3.0, 3 + 0x1p-40, 0x1p21, 0.0, std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()}) {
    CAPTURE(other);
    CHECK(whole_factor(other) == 0);
  }
}

TEST_CASE("a whole factor spends no level where a range does, any other one") {
  Recording plan = recorded(/*half_width=*/2);
  divide_result(plan);
  CHECK(plan.facts.levels == 3);
  CHECK(plan.facts.output_scale_factor == 1);
  REQUIRE(plan.operations.size() == 2);
  CHECK(plan.operations[1].step == Step::multiply_integer);
  CHECK(plan.operations[1].integer == 49);
  plan.facts.output_scale_factor = 2;
  divide_result(plan);
  CHECK(plan.facts.levels == 4);
  REQUIRE(plan.operations.size() == 4);
  CHECK(plan.operations[2].step == Step::multiply_scalar);
  CHECK(plan.operations[2].scalar == 0.5);
  Recording without_range = recorded(/*half_width=*/1);
  divide_result(without_range);
  CHECK(without_range.facts.levels == 4);
}
