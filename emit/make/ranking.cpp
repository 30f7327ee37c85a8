// The reach is measured of the few that cost the least.
#include "emit/make/ranking.hpp"

#include <algorithm>

#include "emit/make/sign.hpp"
#include "generator/outside.hpp"
#include "generator/sign/direct.hpp"

namespace equiripple {
namespace {

constexpr int coarse_log2 = -20;  // of the error: the reach is measured to a thousandth; chosen

// As a multiple of the range; 1 where it is not known.
double reach_of(const SignRequest& request, const FoundComposition& found) {
  SignRequest given = request;
  given.degrees = found.composition.degrees;
  given.range = 1;
  if (given.is_direct()) {
    MinimaxRequest problem = abs_problem(1, given.degrees.front());
    problem.tolerance_log2 = coarse_log2;
    const MinimaxResult solved = minimax(problem);
    if (!solved.usable()) return 1;
    const ChebyshevSeries& abs = solved.polynomial;
    return to_double(
        outside_reach({given.kind == Kind::abs ? abs : relu_of_abs(abs)}, {{-1, 1}}, {{0, 1}})
            .reach.upper);
  }
  const CompositeSign sign =
      composite_sign({.degrees = given.degrees,
                      .gap = found.gap,
                      .margin = given.margin.value_or(default_margin(found.gap)),
                      .evidence = Evidence::measured});
  if (sign.status != CompositeStatus::complete) return 1;
  const std::vector<SignStage>& stages = sign.stages;
  return to_double(
      outside_reach(polynomials_of(sign), stages.front().domain, stages.back().range).reach.upper);
}

struct Ranked {
  FoundComposition found;
  Cost cost;
  double reach = 1;
};

}  // namespace

Cost cost_of(const PlanSettings& settings, int levels, int key_switches, double latency) {
  switch (settings.objective) {
    case PlanObjective::levels: return {levels, key_switches, 0};
    case PlanObjective::key_switches: return {key_switches, levels, 0};
    case PlanObjective::latency:
      return {latency + settings.level_price * levels, levels, key_switches};
  }
  return {};
}

Cost cost_of(const PlanSettings& settings, const FoundComposition& found) {
  const Composition& one = found.composition;
  return cost_of(settings, one.levels, one.key_switches, one.latency);
}

std::vector<FoundComposition> ranked(const SignRequest& request,
                                     std::vector<FoundComposition> found) {
  std::vector<Ranked> all;
  for (FoundComposition& one : found) {
    const Cost cost = cost_of(request.plan, one);
    all.push_back({std::move(one), cost});
  }
  std::ranges::stable_sort(all, {}, &Ranked::cost);
  const bool by_latency = request.plan.objective == PlanObjective::latency;
  const auto is_near = [&](const Ranked& one) {
    const Cost& least = all.front().cost;
    return by_latency ? std::get<0>(one.cost) <= worth_for_reach * std::get<0>(least)
                      : one.cost == least;
  };
  const auto end = std::ranges::find_if_not(all, is_near);
  if (end - all.begin() > 1) {
    for (auto one = all.begin(); one != end; ++one) one->reach = reach_of(request, one->found);
    const auto order = [&](const Ranked& one) {
      const bool gives_way = is_fragile(one.reach) && !request.any_reach;
      return std::tuple(gives_way, one.cost, -one.reach, one.found.composition.latency);
    };
    std::ranges::stable_sort(all.begin(), end, {}, order);
  }
  std::vector<FoundComposition> order;
  for (Ranked& one : all) order.push_back(std::move(one.found));
  return order;
}

}  // namespace equiripple
