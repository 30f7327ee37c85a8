// The search for ReLU against exhaustion, and its bound against what is measured.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "generator/search/composite_search.hpp"
#include "generator/sign/gap.hpp"
#include "tests/support/exhaustion.hpp"
#include "tests/support/near.hpp"
#include "tests/support/stage_costs.hpp"

using namespace equiripple;

namespace {

const MarginRule default_rule{};

// From no curve: the gap that suits is bracketed from 1/2 down.
double exhaustive_error(const std::vector<int>& degrees, StageErrors& errors) {
  static std::map<std::vector<int>, double> known;
  const auto found = known.find(degrees);
  if (found != known.end()) return found->second;
  const ReluBalance start = estimated_balance(degrees, default_rule, errors);
  return known[degrees] = measured_balance(degrees, default_rule, start).error;
}

}  // namespace

TEST_CASE("the tangent's bound is below the error, and near it") {
  StageErrors errors;
  for (const std::vector<int>& degrees : std::vector<std::vector<int>>{{3},
                                                                       {7},
                                                                       {63},
                                                                       {7, 7},
                                                                       {3, 9},
                                                                       {15, 15},
                                                                       {5, 31},
                                                                       {15, 15, 27},
                                                                       {3, 3, 3, 3, 3},
                                                                       {29, 31, 63},
                                                                       {15, 31, 31, 27}}) {
    const ReluBalance estimate = estimated_balance(degrees, default_rule, errors);
    const ReluBalance measured = measured_balance(degrees, default_rule, estimate);
    CHECK(estimate.error <= measured.error * (1 + 0x1p-8));
    CHECK(measured.error <= estimate.error * 1.2);
    const ReluSign solved = composite_for_relu(
        {.degrees = degrees, .gap = 0, .evidence = Evidence::measured}, /*default_margins=*/true);
    REQUIRE(solved.sign.status == CompositeStatus::complete);
    CHECK(measured.error == test::near(to_double(solved.error.upper), balance_accuracy));
  }
}

TEST_CASE("the search for ReLU agrees with exhaustion over degrees up to 15, 4 stages") {
  constexpr int stages = 4;
  constexpr int max_degree = 15;
  StageErrors errors;
  for (const bool by_latency : {false, true}) {
    const StageCosts costs = test::made_up_costs(by_latency);
    const auto all = test::all_compositions(costs, stages, max_degree, /*times_x=*/true);
    for (const double bits : {4.5, 7.0, 9.5}) {
      const double target = std::exp2(-bits);
      CompositeSearchRequest request{.error = Rational(target),
                                     .max_degree = max_degree,
                                     .by_latency = by_latency,
                                     .costs = costs};
      auto found = CompositeSearch().front(request);
      REQUIRE_FALSE(found.empty());
      std::vector<FoundComposition> reached;
      for (const Composition& one : all) {
        if (one.levels > found.back().composition.levels) continue;
        const double error = exhaustive_error(one.degrees, errors);
        if (error <= target) reached.push_back({one, Rational(0), error});
      }
      const auto best = test::undominated(std::move(reached), by_latency);
      CAPTURE(bits);
      CAPTURE(by_latency);
      for (const FoundComposition& one : best) {
        const auto as_good = [&](const FoundComposition& other) {
          const Composition& a = other.composition;
          const Composition& b = one.composition;
          const bool cheap =
              by_latency ? a.latency <= b.latency * (1 + 1e-12) : a.key_switches <= b.key_switches;
          return a.levels <= b.levels && cheap;
        };
        CHECK(std::ranges::any_of(found, as_good));
        const auto worse = [&](const FoundComposition& other) {
          return !by_latency && other.composition.levels == one.composition.levels &&
                 other.composition.key_switches == one.composition.key_switches &&
                 other.error > one.error * (1 + 0x1p-6);
        };
        CHECK_FALSE(std::ranges::any_of(found, worse));
      }
    }
  }
}
