// The smaller and the larger of two inputs by one sign; the largest of slots and where it is, and
// what that will cost.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/simulated.hpp>
#include <equiripple/slots.hpp>
#include <vector>

#include "compare_small.hpp"
#include "largest_6.hpp"
#include "max_chain.hpp"
#include "max_direct.hpp"
#include "max_small.hpp"
#include "swap_small.hpp"

using namespace equiripple;

namespace {

const std::vector<double> first = {5, -5, 0.25, 3, 0, -4.5};
const std::vector<double> second = {-5, 5, 0.5, 3, 0.01, -4.75};

template <class Plan, class Function>
void check_both(double bound, const Function& max) {
  simulated he(Plan::levels + 1, 0x1p+50);
  const double scale = 0x1p+50 / 16;
  const auto a = he.encrypt(first, scale);
  const auto b = he.encrypt(second, scale);
  const auto both = compare_and_swap<Plan>(he, a, b);
  CHECK(he.counts.key_switches == Plan::key_switches);
  CHECK(both.smaller.level == both.larger.level);
  CHECK(both.smaller.scale == both.larger.scale);
  const auto alone = max(he, a, b);
  CHECK(alone.level == both.larger.level);
  constexpr double noise = 0x1p-25;  // thousands of deviations at this scale
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(std::abs(both.smaller.values[i] - std::min(first[i], second[i])) <= bound + noise);
    CHECK(std::abs(both.larger.values[i] - std::max(first[i], second[i])) <= bound + noise);
  }
}

}  // namespace

TEST_CASE("compare and swap: both are off by no more than the claim of max, for its key switches") {
  check_both<max_chain::Plan>(max_chain::claim.bound(), [](auto& he, const auto& a, const auto& b) {
    return max_chain::evaluate(he, a, b);
  });
  // A result that is read at another scale than the inputs'.
  check_both<max_direct::Plan>(
      max_direct::claim.bound(),
      [](auto& he, const auto& a, const auto& b) { return max_direct::evaluate(he, a, b); });
  plain clear;
  const auto both = compare_and_swap<max_chain::Plan>(clear, 2.0, -1.5);
  CHECK(std::abs(both.larger - 2.0) <= max_chain::claim.bound());
  CHECK(std::abs(both.smaller + 1.5) <= max_chain::claim.bound());
}

TEST_CASE(
    "compare and swap: inputs of different levels meet, too few are refused before any work") {
  using Plan = max_chain::Plan;
  simulated he(Plan::levels + 2, 0x1p+50);
  const double scale = 0x1p+50 / 16;
  const auto a = he.encrypt({5.0}, scale);
  const auto both =
      compare_and_swap<Plan>(he, a, he.drop_to_level(he.encrypt({-5.0}, scale), Plan::levels));
  CHECK(both.smaller.values[0] == doctest::Approx(-5).epsilon(1e-2));
  CHECK(both.larger.values[0] == doctest::Approx(5).epsilon(1e-2));
  const int before = static_cast<int>(he.counts.key_switches);
  const auto low = he.drop_to_level(a, Plan::levels - 1);
  CHECK_THROWS_AS(compare_and_swap<Plan>(he, low, low), not_enough_levels);
  CHECK(static_cast<int>(he.counts.key_switches) == before);
}

TEST_CASE("what the largest of slots takes is known before any work") {
  using Plan = max_chain::Plan;
  for (const int count : {1, 2, 5, 8}) {
    CAPTURE(count);
    const int rounds = rounds_of_max(count);
    simulated he(std::max(1, rounds * Plan::levels), 0x1p+50);
    const auto x = he.encrypt({1, 4.5, -3, 2, 0, -1, -2, 3}, 0x1p+50 / 32);
    const MaxOfSlotsCost cost = cost_of_max_of_slots<Plan>(he, x, count);
    CHECK(he.counts.key_switches == 0);
    CHECK(cost.rounds == rounds);
    CHECK(cost.levels == rounds * Plan::levels);
    int rotations = 0;
    const auto rotate = [&](simulated::Ciphertext y, int step) {
      ++rotations;
      std::rotate(y.values.begin(), y.values.begin() + step, y.values.end());
      return y;
    };
    const auto y = max_of_slots<Plan>(he, x, count, rotate);
    CHECK(he.level(x) - he.level(y) == cost.levels);
    CHECK(he.counts.key_switches == cost.key_switches);
    CHECK(rotations == cost.rotations);
    CHECK_THROWS_AS(cost_of_max_of_slots<Plan>(he, x, 0), evaluation_error);
  }
}

TEST_CASE("argmax of slots by max and compare, with all that it takes known before any work") {
  using Max = max_small::Plan;
  using Compare = compare_small::Plan;
  const std::vector<double> values = {0.25, -1.5, 1.75, 0.5, -0.75, 1, 1.25, -2};
  constexpr int count = 8;
  constexpr double distance = 0.5;
  // Half of it holds the gap of compare and the errors of the rounds.
  REQUIRE(distance / 2 >= 0.125 + rounds_of_max(count) * max_small::claim.bound());
  const auto rotate = [](simulated::Ciphertext y, int step) {
    std::rotate(y.values.begin(), y.values.begin() + step, y.values.end());
    return y;
  };
  constexpr double scale = 0x1p+50 / 4.5;  // holds the range of compare
  simulated any(3 * Max::levels + Compare::levels + 1, 0x1p+50);
  const MaxOfSlotsCost cost =
      cost_of_argmax_of_slots<Max, Compare>(any, any.encrypt(values, scale), count);
  CHECK(any.counts.key_switches == 0);
  CHECK(cost.levels == 3 * Max::levels + Compare::levels);
  CHECK(cost.key_switches == 3 * Max::key_switches + Compare::key_switches);
  CHECK(cost.rotations == 3);
  simulated he(cost.levels, 0x1p+50);
  const auto y =
      argmax_of_slots<Max, Compare>(he, he.encrypt(values, scale), count, distance, rotate);
  CHECK(he.level(y) == 0);
  CHECK(he.counts.key_switches == cost.key_switches);
  constexpr double noise = 0x1p-20;
  for (std::size_t i = 0; i < values.size(); ++i) {
    CHECK(std::abs(y.values[i] - (i == 2 ? 1 : 0)) <= compare_small::claim.bound() + noise);
  }
  simulated shallow(cost.levels - 1, 0x1p+50);
  CHECK_THROWS_AS((argmax_of_slots<Max, Compare>(shallow, shallow.encrypt(values, scale), count,
                                                 distance, rotate)),
                  not_enough_levels);
  CHECK(shallow.counts.key_switches == 0);
  CHECK_THROWS_AS((argmax_of_slots<Max, Compare>(he, he.encrypt(values, scale), count, 0, rotate)),
                  evaluation_error);
  plain clear;
  const auto same = [](double x, int) { return x; };
  CHECK(argmax_of_slots<Max, Compare>(clear, 1.0, 4, distance, same) ==
        doctest::Approx(1).epsilon(compare_small::claim.bound()));
}

// An input of a small scale is off by its own noise; what is computed of it is not rounded there.
TEST_CASE("argmax of slots is as precise where the input has a small scale") {
  using Max = max_small::Plan;
  using Compare = compare_small::Plan;
  const std::vector<double> values = {0.25, -1.5, 1.75, 0.5, -0.75, 1, 1.25, -2};
  constexpr int count = 8;
  const auto rotate = [](simulated::Ciphertext y, int step) {
    std::rotate(y.values.begin(), y.values.begin() + step, y.values.end());
    return y;
  };
  const auto result = [&](double scale) {
    simulated he(3 * Max::levels + Compare::levels, 0x1p+50);
    return argmax_of_slots<Max, Compare>(he, he.encrypt(values, scale), count, 0.5, rotate);
  };
  const auto fine = result(0x1p+50 / 4.5);
  const auto coarse = result(0x1p+34);
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(fine.values[i] - coarse.values[i]));
  }
  MESSAGE("2^" << std::log2(largest));
  CHECK(largest <= 0x1p-16);
}

TEST_CASE("the header of compare and swap has both, for what is stated") {
  simulated he(swap_small::Plan::levels + 1, 0x1p+50);
  const double scale = 0x1p+50 / 16;
  const auto both =
      swap_small::compare_and_swap(he, he.encrypt(first, scale), he.encrypt(second, scale));
  CHECK(he.counts.key_switches == swap_small::Plan::key_switches);
  const double bound = swap_small::claim.bound() + 0x1p-25;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (std::abs(first[i] - second[i]) > 8) continue;  // beyond its range
    CHECK(std::abs(both.smaller.values[i] - std::min(first[i], second[i])) <= bound);
    CHECK(std::abs(both.larger.values[i] - std::max(first[i], second[i])) <= bound);
  }
}

TEST_CASE("the header of the largest of slots keeps its claim, and takes what it states") {
  namespace f = largest_6;
  constexpr double working = 0x1p+50;
  const double scale = working / f::half_width;
  const std::vector<double> values = {1.5, -2, 0.25, 2, 1.75, -0.5};
  int rotations = 0;
  const auto rotate = [&](simulated::Ciphertext y, int step) {
    ++rotations;
    std::rotate(y.values.begin(), y.values.begin() + step, y.values.end());
    return y;
  };
  CHECK(f::required_levels(scale, working) == f::levels);
  CHECK(f::required_levels(working, working) == f::levels + 1);
  for (const double of_input : {scale, working}) {
    CAPTURE(of_input);
    rotations = 0;
    const int levels = f::required_levels(of_input, working);
    simulated he(levels + 1, working);
    const auto y = f::evaluate(he, he.encrypt(values, of_input), rotate);
    CHECK(he.level(y) == 1);
    CHECK(y.scale == of_input);
    CHECK(he.counts.key_switches == f::key_switches);
    CHECK(rotations == f::rotations);
    for (const double each : y.values) CHECK(std::abs(each - 2) <= f::claim.bound() + 0x1p-25);
    rotations = 0;
    simulated shallow(levels - 1, working);
    CHECK_THROWS_AS(f::evaluate(shallow, shallow.encrypt(values, of_input), rotate),
                    not_enough_levels);
    CHECK(rotations == 0);
  }
  plain clear;
  CHECK(std::abs(f::evaluate(clear, 1.5, [](double x, int) { return x; }) - 1.5) <=
        f::claim.bound());
}
