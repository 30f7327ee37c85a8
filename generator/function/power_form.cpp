// From the root down, power by power.
#include "generator/function/power_form.hpp"

namespace equiripple {

std::optional<PowerForm> power_form(const Expression& expression, int highest_degree) {
  constexpr long largest_exponent = 1L << 30;
  const std::vector<Node>& nodes = expression.nodes();
  auto root = static_cast<int>(nodes.size()) - 1;
  long exponent = 1;
  const auto at = [&](int index) -> const Node& { return nodes[static_cast<std::size_t>(index)]; };
  while (at(root).operation == Operation::power_integer && at(root).exponent > 0) {
    if (at(root).exponent > largest_exponent / exponent) return std::nullopt;
    exponent *= at(root).exponent;
    root = at(root).left;
  }
  if (exponent < 2) return std::nullopt;
  // Operands stand before what is made of them.
  const Expression base({nodes.begin(), nodes.begin() + root + 1}, expression.text());
  std::vector<Rational> coefficients = polynomial_coefficients(base, highest_degree);
  if (coefficients.size() < 2) return std::nullopt;
  return PowerForm{.base = std::move(coefficients), .exponent = exponent};
}

}  // namespace equiripple
