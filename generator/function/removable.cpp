// Orders of vanishing from exact zeros: Arb knows that sin(0), exp(0) - 1 and log(1) are 0.
#include "generator/function/removable.hpp"

#include "generator/function/taylor.hpp"

namespace equiripple {
namespace {

// How many of the first coefficients are 0; none where that is not for sure, or all are.
std::optional<long> order_of(const std::vector<Ball>& series) {
  for (std::size_t k = 0; k < series.size(); ++k) {
    const Ball& c = series[k];
    if (!c.is_finite()) return std::nullopt;
    if (!c.contains_zero()) return static_cast<long>(k);
    if (!c.is_exact()) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Expression> continued_at(const Expression& expression, const Rational& x) {
  constexpr int terms = 16;  // chosen: no function of interest vanishes to a higher order
  constexpr slong bits = 256;
  std::vector<Node> nodes = expression.nodes();
  bool found = false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Node& node = nodes[i];
    if (node.operation != Operation::divide || node.exponent != 0) continue;
    const auto series_of = [&](int index) {
      const auto end = nodes.begin() + index + 1;
      return taylor_series(Expression(std::vector<Node>(nodes.begin(), end), ""), x, terms, bits);
    };
    const auto divisor = order_of(series_of(node.right));
    if (!divisor || *divisor == 0) continue;
    const std::vector<Ball> dividend = series_of(node.left);
    if (dividend.empty()) continue;
    bool vanishes = true;
    for (long k = 0; k < *divisor; ++k) {
      const Ball& c = dividend[static_cast<std::size_t>(k)];
      vanishes = vanishes && c.is_exact() && c.contains_zero();
    }
    if (!vanishes) continue;
    node.exponent = *divisor;
    node.value = x;
    found = true;
  }
  if (!found) return std::nullopt;
  return Expression(std::move(nodes), expression.text());
}

}  // namespace equiripple
