// Schedules of networks: the search against all schedules of small networks, each run by the
// simulator, and against counts that are known in closed form.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "generator/network/problem.hpp"
#include "generator/network/replay.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

NetworkCandidate candidate(double error, std::vector<int> stages, double time = 1) {
  NetworkCandidate made{.error = error, .multiplies_input = true};
  for (const int levels : stages) made.stages.push_back({levels, {time * levels}});
  return made;
}

// Layers of two linear levels and the same choice, one after the other.
NetworkProblem chain_of(int layers, int levels, const std::vector<NetworkCandidate>& candidates) {
  NetworkProblem problem{.chain = {.levels = levels, .start_levels = levels, .inside = false},
                         .objective = NetworkObjective::bootstraps};
  for (int l = 0; l < layers; ++l) {
    problem.layers.push_back({.linear_levels = 2, .inputs = {l}, .candidates = candidates});
  }
  return problem;
}

NetworkProblem random_network(test::Random& random) {
  const int top = test::integer_between(random, 2, 4);
  NetworkProblem problem{
      .chain = {.levels = top,
                .start_levels = test::integer_between(random, 1, top + 1),
                .refresh_from = test::integer_between(random, 0, 1),
                .refresh_time = test::real_between(random, 0, 20),
                .inside = random() % 3 != 0},
      .objective = random() % 2 == 0 ? NetworkObjective::latency : NetworkObjective::bootstraps};
  const int layers = test::integer_between(random, 1, 3);
  for (int l = 0; l < layers; ++l) {
    NetworkLayer layer{.linear_levels = test::integer_between(random, 0, 1),
                       .linear_time = test::real_between(random, 0, 3),
                       .weight = test::real_between(random, 0, 2),
                       .inputs = {l}};
    if (l > 0 && random() % 2 == 0) layer.inputs.push_back(test::integer_between(random, 0, l - 1));
    if (random() % 4 == 0) layer.refresh_error = 0.1;
    if (random() % 4 == 0) layer.most_error = test::real_between(random, 0.2, 1.2);
    for (int c = test::integer_between(random, 1, 2); c > 0; --c) {
      NetworkCandidate one{.error = test::real_between(random, 0, 1),
                           .multiplies_input = random() % 2 == 0};
      for (int s = test::integer_between(random, 1, 2); s > 0; --s) {
        NetworkStage stage{.levels = test::integer_between(random, 1, 2)};
        double latency = test::real_between(random, 0, 5);
        for (int left = 0; left <= top; ++left) {
          stage.latency.push_back(latency);
          latency += test::real_between(random, 0, 2);
        }
        one.stages.push_back(stage);
      }
      if (one.stages.size() > 1 && random() % 4 == 0) one.refreshed_after = 1;
      layer.candidates.push_back(one);
    }
    problem.layers.push_back(layer);
  }
  return problem;
}

// Every decision for a layer that may be right.
std::vector<LayerDecision> decisions_for(const NetworkLayer& layer, int top) {
  std::vector<LayerDecision> all;
  for (int c = 0; c < static_cast<int>(layer.candidates.size()); ++c) {
    const int stages =
        static_cast<int>(layer.candidates[static_cast<std::size_t>(c)].stages.size());
    for (int flags = 0; flags < 8; ++flags) {
      for (int cut = 0; cut < stages; ++cut) {
        for (int left = 0; left <= top; ++left) {
          all.push_back({.candidate = c,
                         .before_linear = (flags & 1) != 0,
                         .before_activation = (flags & 2) != 0,
                         .inside_after = cut,
                         .refreshes_input = (flags & 4) != 0,
                         .output_level = left});
        }
      }
    }
  }
  return all;
}

// Calls `see` with the totals of every schedule that the simulator accepts.
void every_schedule(const NetworkProblem& problem,
                    const std::function<void(const NetworkTotals&)>& see) {
  const int top = std::max(problem.chain.levels, problem.chain.start_levels);
  std::vector<LayerDecision> taken;
  NetworkProblem part = problem;
  part.layers.clear();
  const std::function<void()> next = [&] {
    const std::size_t l = taken.size();
    if (l == problem.layers.size()) return;
    part.layers.push_back(problem.layers[l]);
    for (const LayerDecision& decision : decisions_for(problem.layers[l], top)) {
      taken.push_back(decision);
      const Replay replayed = replay(part, taken);
      if (replayed.fault == ReplayFault::none) {
        if (taken.size() == problem.layers.size()) see(replayed.totals);
        next();
      }
      taken.pop_back();
    }
    part.layers.pop_back();
  };
  next();
}

std::array<double, 3> key_of(const NetworkProblem& problem, const NetworkTotals& totals) {
  const double refreshes = totals.bootstraps;
  std::array<double, 3> key = {0, totals.latency, refreshes};
  if (problem.objective == NetworkObjective::bootstraps) key = {0, refreshes, totals.latency};
  if (problem.level_budget) key[0] = std::round(totals.error * 1e9) / 1e9;  // sums in any order
  return key;
}

bool within(const NetworkProblem& problem, const NetworkTotals& totals) {
  if (problem.error_budget && totals.error > *problem.error_budget) return false;
  return !problem.level_budget || totals.levels <= *problem.level_budget;
}

std::optional<std::array<double, 3>> best_of_all(const NetworkProblem& problem) {
  std::optional<std::array<double, 3>> best;
  every_schedule(problem, [&](const NetworkTotals& totals) {
    if (!within(problem, totals)) return;
    const auto key = key_of(problem, totals);
    if (!best || key < *best) best = key;
  });
  return best;
}

void check_against_all(const NetworkProblem& problem) {
  const auto best = best_of_all(problem);
  const NetworkResult found = optimise(problem);
  CAPTURE(static_cast<int>(found.status));
  CAPTURE(found.blocked_layer);
  CAPTURE(problem.error_budget.value_or(-1));
  CAPTURE(problem.level_budget.value_or(-1));
  REQUIRE((found.status == NetworkStatus::optimal) == best.has_value());
  if (!best) return;
  const Replay replayed = replay(problem, found.schedule.layers);
  REQUIRE(replayed.fault == ReplayFault::none);
  CHECK(within(problem, replayed.totals));
  const auto key = key_of(problem, replayed.totals);
  for (std::size_t i = 0; i < key.size(); ++i) CHECK(key[i] == test::near((*best)[i], 1e-5));
}

}  // namespace

TEST_CASE("the best schedule of small networks is the best of all") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  int feasible = 0;
  for (int i = 0; i < 25 * test::effort(); ++i) {
    CAPTURE(i);
    NetworkProblem problem = random_network(random);
    check_against_all(problem);
    double least = 1e9;
    double most = 0;
    int levels = 0;
    every_schedule(problem, [&](const NetworkTotals& totals) {
      least = std::min(least, totals.error);
      most = std::max(most, totals.error);
      levels = std::max(levels, totals.levels);
    });
    if (most == 0) continue;
    ++feasible;
    // Not the error of a schedule itself: the search rounds errors up, by 2^-40 or so.
    problem.error_budget = least + 1e-9 + (most - least) * test::real_between(random, -0.1, 1);
    check_against_all(problem);
    problem.error_budget.reset();
    problem.level_budget = test::integer_between(random, levels / 2, levels);
    check_against_all(problem);
  }
  CHECK(feasible > 5);
}

TEST_CASE("the front of refreshes has the least error of each number") {
  test::Random random(test::seed() + 1);
  CAPTURE(test::seed());
  for (int i = 0; i < 10 * test::effort(); ++i) {
    CAPTURE(i);
    NetworkProblem problem = random_network(random);
    problem.objective = NetworkObjective::bootstraps;
    std::map<int, double> least;
    every_schedule(problem, [&](const NetworkTotals& totals) {
      const auto entry = least.try_emplace(totals.bootstraps, totals.error).first;
      entry->second = std::min(entry->second, totals.error);
    });
    std::optional<double> so_far;
    std::vector<std::pair<int, double>> expected;
    for (const auto& [refreshes, error] : least) {
      if (so_far && error >= *so_far - 1e-12) continue;
      so_far = error;
      expected.emplace_back(refreshes, error);
    }
    const auto front = network_front(problem);
    REQUIRE(front.size() == expected.size());
    for (std::size_t k = 0; k < front.size(); ++k) {
      CHECK(front[k].totals.bootstraps == expected[k].first);
      CHECK(front[k].totals.error == test::near(expected[k].second, 1e-5));
    }
  }
}

// With 15 levels for each layer in a chain of as many, every layer but the first is refreshed; with
// 8 in a chain of 16, every second one.
TEST_CASE("a chain of equal layers is refreshed as often as must be") {
  for (const int layers : {19, 31}) {
    const NetworkResult full = optimise(chain_of(layers, 15, {candidate(1, {3, 5, 5})}));
    REQUIRE(full.status == NetworkStatus::optimal);
    CHECK(full.schedule.totals.bootstraps == layers - 1);
    const NetworkResult half = optimise(chain_of(layers, 16, {candidate(1, {6})}));
    CHECK(half.schedule.totals.bootstraps == (layers - 1) / 2);
  }
  // In one level less the activation needs a refresh of its own, and leaves a level, which does not
  // do for a linear part.
  const NetworkResult twice = optimise(chain_of(19, 14, {candidate(1, {3, 5, 5})}));
  CHECK(twice.schedule.totals.bootstraps == 2 * 19 - 1);
  const NetworkResult none = optimise(chain_of(19, 12, {candidate(1, {3, 5, 5})}));
  CHECK(none.status == NetworkStatus::blocked);
  CHECK(none.blocked_layer == 0);
}

// Two candidates in 40 layers: how many may take the cheap one is a quotient.
TEST_CASE("a budget of error is spent to the last layer that it allows") {
  NetworkProblem problem =
      chain_of(40, 15, {candidate(0.001, {5, 5, 3}, 2), candidate(0.1, {4}, 1)});
  problem.objective = NetworkObjective::latency;
  problem.error_budget = 1.04;  // 40 * 0.001 + 10 * 0.099 <= 1.04 < 40 * 0.001 + 11 * 0.099
  const NetworkResult found = optimise(problem);
  REQUIRE(found.status == NetworkStatus::optimal);
  CHECK(found.schedule.totals.error <= 1.04);
  CHECK(std::ranges::count(found.schedule.layers, 1, &LayerDecision::candidate) == 10);
  problem.error_budget = 0.03;
  CHECK(optimise(problem).status == NetworkStatus::over_budget);
}

TEST_CASE("a join stands at its lower level") {
  NetworkProblem problem = chain_of(3, 9, {candidate(1, {1})});
  problem.layers[2].inputs = {1, 2};  // a branch around the second layer
  problem.layers[1].linear_levels = 1;
  const NetworkResult found = optimise(problem);
  REQUIRE(found.status == NetworkStatus::optimal);
  CHECK(found.schedule.totals.bootstraps == 0);  // 9 - 3 - 2 - 3 >= 0
  problem.chain.start_levels = 6;
  problem.chain.refresh_from = 1;
  const NetworkResult refreshed = optimise(problem);
  CHECK(refreshed.schedule.totals.bootstraps == 1);
}

// x of ReLU is live until the last stage: stages of 3 and 2 levels in a chain of 4, x at 4.
TEST_CASE("a refresh inside needs x as well") {
  NetworkProblem problem = chain_of(1, 4, {candidate(1, {3, 2})});
  problem.layers[0].linear_levels = 0;
  problem.chain.inside = true;
  NetworkResult found = optimise(problem);
  REQUIRE(found.status == NetworkStatus::optimal);
  CHECK(found.schedule.layers[0].inside_after == 1);
  CHECK(found.schedule.totals.bootstraps == 1);  // x stands at 4, and the last stage takes 2
  problem = chain_of(1, 4, {candidate(1, {1, 4})});
  problem.layers[0].linear_levels = 1;
  problem.chain.inside = true;
  found = optimise(problem);
  REQUIRE(found.status == NetworkStatus::optimal);
  CHECK(found.schedule.totals.bootstraps == 2);  // x stands at 3 and has to be refreshed, too
  CHECK(found.schedule.layers[0].refreshes() == 2);
}

// The levels that the runtime leaves where it refreshes {15,15,27}, of 4, 4 and 5 levels, once:
// tests/runtime/simulated_test.cpp.
TEST_CASE("a refresh inside leaves what the runtime leaves") {
  struct Case {
    int levels;
    int refreshed_level;
    int lowest;
    int left;
  };
  for (const Case& given :
       {Case{12, 9, 0, 4}, Case{8, 9, 0, 3}, Case{7, 9, 0, 0}, Case{6, 12, 0, 1}, Case{8, 9, 1, 0},
        Case{9, 9, 1, 4}, Case{5, 9, 1, 0}}) {
    CAPTURE(given.levels);
    CAPTURE(given.lowest);
    NetworkProblem problem = chain_of(1, given.refreshed_level, {candidate(1, {4, 4, 5})});
    problem.chain = {.levels = given.refreshed_level,
                     .start_levels = given.levels,
                     .refresh_from = given.lowest};
    problem.layers[0].linear_levels = 0;
    int most = -1;
    for (int cut = 1; cut < 3; ++cut) {
      for (int left = 0; left <= given.refreshed_level; ++left) {
        const Replay run = replay(problem, {{.inside_after = cut, .output_level = left}});
        if (run.fault == ReplayFault::none) most = std::max(most, left);
      }
    }
    CHECK(most == given.left);
    // The search finds it: a second layer takes exactly that.
    problem.layers.push_back(
        {.linear_levels = given.left, .inputs = {1}, .candidates = {candidate(0, {})}});
    problem.objective = NetworkObjective::bootstraps;
    CHECK(optimise(problem).schedule.totals.bootstraps == 1);
  }
}

// The tester is tested: each fault of a schedule is seen.
TEST_CASE("the simulator refuses what breaks a rule") {
  NetworkProblem problem = chain_of(2, 7, {candidate(1, {3, 2})});
  problem.chain.refresh_from = 1;
  problem.layers[1].inputs = {0, 1};
  const auto fault = [&](const std::vector<LayerDecision>& decisions) {
    return replay(problem, decisions).fault;
  };
  const LayerDecision plain{.candidate = 0, .output_level = 0};
  CHECK(fault({plain}) == ReplayFault::wrong_shape);
  CHECK(fault({plain, {.candidate = 1}}) == ReplayFault::wrong_shape);
  CHECK(fault({plain, plain}) == ReplayFault::out_of_levels);
  CHECK(fault({{.candidate = 0, .output_level = 1}, plain}) == ReplayFault::out_of_levels);
  LayerDecision refreshed = plain;
  refreshed.before_linear = true;
  CHECK(fault({plain, refreshed}) == ReplayFault::refresh_below);
  problem.chain.refresh_from = 0;
  CHECK(fault({plain, refreshed}) == ReplayFault::none);
  CHECK(replay(problem, {plain, refreshed}).totals.bootstraps == 1);
  CHECK(fault({{.candidate = 0, .inside_after = 1}, refreshed}) == ReplayFault::refresh_inside);
  problem.chain.inside = true;
  CHECK(fault({{.candidate = 0, .inside_after = 1}, refreshed}) == ReplayFault::none);
  CHECK(fault({{.candidate = 0, .inside_after = 2}, refreshed}) == ReplayFault::refresh_inside);
  CHECK(fault({{.candidate = 0, .inside_after = 1, .output_level = 4}, refreshed}) ==
        ReplayFault::out_of_levels);                    // x stands at 5, and 4 + 2 are needed
  problem.layers[0].candidates[0].refreshed_after = 1;  // nowhere else, and no other value
  CHECK(fault({plain, refreshed}) == ReplayFault::refresh_inside);
  problem.chain.inside = false;
  CHECK(fault({{.candidate = 0, .inside_after = 1}, refreshed}) == ReplayFault::none);
  CHECK(fault({{.candidate = 0, .inside_after = 1, .refreshes_input = true}, refreshed}) ==
        ReplayFault::refresh_inside);
  problem.layers[0].refresh_error = 0.25;  // of a refresh beside: the one inside is counted already
  problem.layers[0].most_error = 1.1;
  CHECK(fault({{.candidate = 0, .inside_after = 1}, refreshed}) == ReplayFault::none);
  problem.layers[0].candidates[0].refreshed_after = 0;
  problem.chain.inside = true;
  CHECK(fault({{.candidate = 0, .inside_after = 1}, refreshed}) == ReplayFault::error_of_layer);
  problem.layers[0].most_error = 0.5;
  CHECK(fault({plain, refreshed}) == ReplayFault::error_of_layer);
}
