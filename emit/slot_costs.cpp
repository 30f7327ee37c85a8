// Depths through the steps, then sums over them.
#include "emit/slot_costs.hpp"

#include <algorithm>

#include "emit/claim_data.hpp"

namespace equiripple {
namespace {

const Artifact& part_of(const Artifact& artifact, const SlotStep& step) {
  return artifact.parts[static_cast<std::size_t>(step.part)];
}

// What a step takes that is no part.
PlanCosts costs_of(SlotOperation operation) {
  switch (operation) {
    case SlotOperation::scale: return {.levels = 1, .scalar_products = 1, .rescalings = 1};
    case SlotOperation::square:
      return {.levels = 1, .key_switches = 1, .tensor_products = 1, .rescalings = 1};
    case SlotOperation::product:  // the left operand is brought to the scale of the right one
      return {.levels = 1,
              .key_switches = 1,
              .tensor_products = 1,
              .scalar_products = 1,
              .rescalings = 2};
    case SlotOperation::refresh: return {.key_switches = 1};  // for the real part
    default: return {};
  }
}

// The levels of what a step makes; below 0 where it lacks some.
int level_after(const SlotStep& step, const std::vector<int>& left, int of_part) {
  const int level = left[static_cast<std::size_t>(step.left)];
  switch (step.operation) {
    case SlotOperation::part: return level - of_part;
    case SlotOperation::pair:  // a library with scales of its own multiplies by what others read
                               // off
      return std::min(level, left[static_cast<std::size_t>(step.right)]) - of_part -
             (step.scale == 1 ? 0 : 1);
    case SlotOperation::refresh: return level < step.refresh.lowest ? -1 : step.refresh.levels;
    case SlotOperation::product:
      return std::min(level - 1, left[static_cast<std::size_t>(step.right)]) - 1;
    case SlotOperation::centre: return std::min(level, left[static_cast<std::size_t>(step.right)]);
    default: return level - costs_of(step.operation).levels;
  }
}

std::vector<int> levels_of_parts(const Artifact& artifact) {
  std::vector<int> levels;
  for (const Artifact& part : artifact.parts) levels.push_back(part.plan->costs.levels);
  return levels;
}

}  // namespace

std::vector<int> depths_of(const SlotSteps& steps, const std::vector<int>& of_parts) {
  std::vector<int> depths = {0};
  for (const SlotStep& step : steps) {
    int depth = depths[static_cast<std::size_t>(step.left)];
    if (takes_two(step.operation)) {
      depth = std::max(depth, depths[static_cast<std::size_t>(step.right)]);
    }
    depths.push_back(depth + (has_part(step.operation)
                                  ? of_parts[static_cast<std::size_t>(step.part)]
                                  : costs_of(step.operation).levels));
  }
  return depths;
}

SlotLevels levels_left(const Artifact& artifact, int start) {
  const std::vector<int> of_parts = levels_of_parts(artifact);
  SlotLevels levels{.left = {start}};
  for (std::size_t i = 0; i < artifact.slot_steps.size(); ++i) {
    const SlotStep& step = artifact.slot_steps[i];
    const int of_part =
        has_part(step.operation) ? of_parts[static_cast<std::size_t>(step.part)] : 0;
    const int level = level_after(step, levels.left, of_part);
    if (level < 0) {
      levels.lacking = i;
      return levels;
    }
    levels.left.push_back(level);
  }
  return levels;
}

int slots_levels_of_input(const Artifact& artifact) {
  const int whole = whole_plan(artifact).costs.levels;
  if (refreshes_of(artifact.slot_steps) == 0) return whole;
  int start = 0;
  while (start < whole && levels_left(artifact, start).lacking) ++start;
  return start;
}

Plan whole_plan(const Artifact& artifact) {
  Plan plan{.program = {}, .costs = {}, .growth = 1};
  const auto add = [&](const PlanCosts& costs) {
    plan.costs.key_switches += costs.key_switches;
    plan.costs.tensor_products += costs.tensor_products;
    plan.costs.scalar_products += costs.scalar_products;
    plan.costs.rescalings += costs.rescalings;
  };
  for (const SlotStep& step : artifact.slot_steps) {
    add(has_part(step.operation) ? part_of(artifact, step).plan->costs : costs_of(step.operation));
  }
  for (const Artifact& part : artifact.parts)
    plan.growth = std::max(plan.growth, part.plan->growth);
  plan.costs.levels = depths_of(artifact.slot_steps, levels_of_parts(artifact)).back();
  return plan;
}

bool multiplies_at_end(const Artifact& artifact) {
  const SlotStep& last = artifact.slot_steps.back();
  return last.operation == SlotOperation::pair && last.scale != 1 &&
         refreshes_of(artifact.slot_steps) == 0;
}

int slots_levels_at_working_scale(const Artifact& artifact) {
  // What is scaled before it is read has the half width that its part wants.
  if (artifact.slot_steps.front().operation != SlotOperation::read) {
    return slots_levels_of_input(artifact);
  }
  int more = 0;
  if (artifact.kind == Kind::largest) {
    if (half_width_of_input(artifact) > 1) ++more;
    if (multiplies_at_end(artifact)) ++more;
  }
  for (const Artifact& part : artifact.parts) {
    more += levels_at_working_scale(part) - part.plan->costs.levels;
  }
  return slots_levels_of_input(artifact) + more;
}

double whole_latency(const Artifact& artifact, CostTable costs) {
  const std::vector<int> depths = depths_of(artifact.slot_steps, levels_of_parts(artifact));
  const int after = costs.levels_after;
  // Of what is refreshed, the levels that are there.
  SlotLevels levels = levels_left(artifact, slots_levels_of_input(artifact));
  if (refreshes_of(artifact.slot_steps) == 0 || levels.lacking) {
    levels.left.clear();
    for (const int depth : depths) levels.left.push_back(depths.back() - depth);
  }
  double latency = 0;
  for (std::size_t i = 0; i < artifact.slot_steps.size(); ++i) {
    const SlotStep& step = artifact.slot_steps[i];
    costs.levels_after = after + levels.left[i + 1];
    if (has_part(step.operation)) {
      latency += latency_of(part_of(artifact, step).plan->program, costs);
      continue;
    }
    const PlanCosts taken = costs_of(step.operation);
    if (taken.key_switches + taken.scalar_products == 0) continue;
    const int at = costs.levels_after + taken.levels;
    latency += taken.tensor_products * cost_at(costs.tensor_product, at) +
               taken.key_switches * cost_at(costs.key_switch, at) +
               taken.scalar_products * cost_at(costs.scalar_product, at) +
               taken.rescalings * cost_at(costs.rescaling, at);
  }
  return latency;
}

Rational half_width_of_input(const Artifact& artifact) {
  const SlotStep& first = artifact.slot_steps.front();
  if (first.operation != SlotOperation::read) return 1;
  const Interval& basis = artifact.parts.front().stages.front().polynomial.basis;
  return (basis.upper - basis.lower) / 2 / first.scale;
}

}  // namespace equiripple
