#include "tests/support/exhaustion.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "generator/exchange/coarse.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple::test {
namespace {

struct Builder {
  const StageCosts& costs;
  int stages;
  int max_degree;
  bool times_x;
  std::vector<Composition> made{};

  // Backwards: what is left after a stage is known.
  void extend(const Composition& rest) {
    const int count = static_cast<int>(rest.degrees.size());
    if (count > 0) {
      const bool single = count == 1;
      if (!single || !times_x) made.push_back(rest);
    }
    if (count == stages) return;
    for (int degree = 3; degree <= max_degree; degree += 2) {
      const StageRole last = times_x ? StageRole::last_times_x : StageRole::last;
      for (const StageOption& option : costs(degree, count == 0 ? last : StageRole::inner)) {
        extend(longer(rest, option));
      }
      if (count > 0 || !times_x) continue;
      for (const StageOption& option : costs(degree, StageRole::only_times_x)) {
        made.push_back(longer({}, option));
      }
    }
  }

  static Composition longer(Composition rest, const StageOption& option) {
    const auto left = static_cast<std::size_t>(rest.levels);
    if (!option.latency.empty()) rest.latency += option.latency.at(left);
    rest.degrees.insert(rest.degrees.begin(), option.degree);
    rest.stage_levels.insert(rest.stage_levels.begin(), option.levels);
    rest.levels += option.levels;
    rest.key_switches += option.key_switches;
    return rest;
  }
};

}  // namespace

std::vector<Composition> all_compositions(const StageCosts& costs, int stages, int max_degree,
                                          bool times_x) {
  Builder builder{.costs = costs, .stages = stages, .max_degree = max_degree, .times_x = times_x};
  builder.extend({});
  return std::move(builder.made);
}

namespace {

double solved_error_on_gap(const std::vector<int>& degrees, double gap, double margin) {
  double lower = gap;
  double upper = 1;
  double error = 1;
  for (const int degree : degrees) {
    if (lower <= 0) return 1;
    const auto solved =
        CoarseMinimax::solve(sign_problem(Rational(lower), Rational(upper), degree));
    if (!solved) return 0;  // below what double resolves
    error = solved->error();
    lower = 1 - error - margin;
    upper = 1 + error + margin;
  }
  return error;
}

}  // namespace

double error_on_gap(const std::vector<int>& degrees, double gap, double margin) {
  static std::map<std::tuple<double, double, std::vector<int>>, double> known;
  const auto [entry, is_new] = known.try_emplace({gap, margin, degrees}, 0);
  if (is_new) entry->second = solved_error_on_gap(degrees, gap, margin);
  return entry->second;
}

std::vector<FoundComposition> undominated(std::vector<FoundComposition> found, bool by_latency) {
  const auto cost = [&](const FoundComposition& one) {
    return by_latency ? one.composition.latency : one.composition.key_switches;
  };
  std::ranges::sort(found, [&](const FoundComposition& a, const FoundComposition& b) {
    return std::tuple(a.composition.levels, cost(a), a.error) <
           std::tuple(b.composition.levels, cost(b), b.error);
  });
  std::vector<FoundComposition> kept;
  for (FoundComposition& one : found) {
    if (kept.empty() || cost(one) < cost(kept.back())) kept.push_back(std::move(one));
  }
  return kept;
}

}  // namespace equiripple::test
