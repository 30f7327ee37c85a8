// The smaller and the larger of two inputs by one sign, and what the largest of slots will cost.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/simulated.hpp>
#include <equiripple/slots.hpp>
#include <vector>

#include "max_chain.hpp"
#include "max_direct.hpp"

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
