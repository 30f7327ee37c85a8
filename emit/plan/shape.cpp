// Costs, counted on the shape.
#include "emit/plan/shape.hpp"

namespace equiripple {

PlanCosts costs_of(const Shape& shape) {
  PlanCosts costs{.levels = shape.levels};
  for (const ShapePower& power : shape.powers) {
    if (power.degree == 1 && !power.times_x) continue;
    ++costs.key_switches;
    ++costs.tensor_products;
    ++costs.rescalings;
    if (power.difference != no_operand) ++costs.scalar_products;
  }
  for (const ShapeLink& link : shape.links) {
    bool has_product = false;
    for (const ShapeProduct& product : link.products) {
      has_product = true;
      ++costs.tensor_products;
      const auto added = static_cast<int>(product.added.size());
      const auto scaled = static_cast<int>(product.lower.size()) + (product.scaled ? 1 : 0);
      costs.scalar_products += added + scaled;
      costs.rescalings += (added > 0 ? 1 : 0) + (scaled > 0 ? 1 : 0);
    }
    costs.key_switches += has_product ? 1 : 0;
    costs.scalar_products += static_cast<int>(link.scaled.size());
    ++costs.rescalings;
  }
  return costs;
}

}  // namespace equiripple
