// A sum over the program.
#include "emit/plan/latency.hpp"

#include <algorithm>

namespace equiripple {
namespace {

constexpr ByExpense<std::vector<double> CostTable::*> lists = {
    .tensor_product = &CostTable::tensor_product,
    .key_switch = &CostTable::key_switch,
    .rescaling = &CostTable::rescaling,
    .scalar_product = &CostTable::scalar_product,
    .addition = &CostTable::addition};

}  // namespace

double cost_at(const std::vector<double>& costs, int levels_left) {
  if (costs.empty()) return 0;
  const std::size_t at = static_cast<std::size_t>(std::max(levels_left, 1)) - 1;
  return costs[std::min(at, costs.size() - 1)];
}

std::optional<int> levels_covered(const CostTable& costs) {
  std::optional<int> covered;
  for (const auto* list : {&costs.tensor_product, &costs.key_switch, &costs.rescaling,
                           &costs.scalar_product, &costs.addition}) {
    const int listed = static_cast<int>(list->size());
    if (listed > 1) covered = std::min(covered.value_or(listed), listed);
  }
  return covered;
}

CostTable CostTable::transforms() {
  constexpr double pointwise = 0.1;
  constexpr int listed = 512;  // chosen: more than any search looks at
  CostTable table;
  for (int levels = 1; levels <= listed; ++levels) {
    const double primes = levels + 1;
    table.tensor_product.push_back(4 * pointwise * primes);
    table.key_switch.push_back(primes * (primes + 1));
    table.rescaling.push_back(2 * primes);
    table.scalar_product.push_back(2 * pointwise * primes);
    table.addition.push_back(pointwise * primes);
  }
  return table;
}

double latency_of(const std::vector<Instruction>& program, const CostTable& costs) {
  const int levels = count(program).levels + costs.levels_after;
  double sum = 0;
  for (const Instruction& step : program) {
    const auto list = lists.at(facts_of(step.operation).expense);
    if (list == nullptr) continue;
    const int spent = step.operation == PlanOperation::rescale ? step.depth - 1 : step.depth;
    sum += cost_at(costs.*list, levels - spent);
  }
  return sum;
}

}  // namespace equiripple
