// Questions that the form of an expression answers.
#include "generator/function/expression.hpp"

#include <algorithm>
#include <utility>

namespace equiripple {

Expression::Expression(Rational value, std::string text)
    : nodes_{Node{.operation = Operation::constant, .value = std::move(value)}},
      text_(std::move(text)) {}

Expression::Expression(std::vector<Node> nodes, std::string text)
    : nodes_(std::move(nodes)), text_(std::move(text)) {}

bool Expression::is_constant() const {
  return std::ranges::none_of(
      nodes_, [](const Node& node) { return node.operation == Operation::variable; });
}

bool Expression::is_rational_constant() const {
  return nodes_.size() == 1 && nodes_.front().operation == Operation::constant;
}

bool Expression::is_one() const { return is_rational_constant() && nodes_.front().value == 1; }

bool decides(const Node& node) {
  return node.operation == Operation::abs || node.operation == Operation::sign ||
         node.operation == Operation::floor || node.operation == Operation::round ||
         node.operation == Operation::select;
}

namespace {

// Parities of a value: a constant is even, zero is both.
struct Symmetry {
  bool odd = false;
  bool even = false;
};

Symmetry symmetry_of(const Node& node, const std::vector<Symmetry>& known) {
  const auto of = [&](int index) { return known[static_cast<std::size_t>(index)]; };
  switch (node.operation) {
    case Operation::constant: return {.odd = node.value == 0, .even = true};
    case Operation::pi: return {.even = true};
    case Operation::variable: return {.odd = true};
    case Operation::negate: return of(node.left);
    case Operation::add:
    case Operation::subtract:
      return {.odd = of(node.left).odd && of(node.right).odd,
              .even = of(node.left).even && of(node.right).even};
    case Operation::multiply:
    case Operation::divide: {
      const Symmetry a = of(node.left);
      const Symmetry b = of(node.right);
      return {.odd = (a.odd && b.even) || (a.even && b.odd),
              .even = (a.odd && b.odd) || (a.even && b.even)};
    }
    case Operation::power_integer: {
      const Symmetry a = of(node.left);
      const bool even_exponent = node.exponent % 2 == 0;
      return {.odd = a.odd && !even_exponent, .even = a.even || (a.odd && even_exponent)};
    }
    case Operation::power: return {.even = of(node.left).even && of(node.right).even};
    case Operation::cos:
    case Operation::cosh:
    case Operation::abs: return {.even = of(node.left).even || of(node.left).odd};
    case Operation::sin:
    case Operation::tan:
    case Operation::atan:
    case Operation::sinh:
    case Operation::tanh:
    case Operation::erf:
    case Operation::erfinv:
    case Operation::round:
    case Operation::sign: return of(node.left);
    case Operation::select: {
      const Symmetry a = of(node.right);
      const Symmetry b = of(node.third);
      const bool even_condition = of(node.left).even;
      return {.odd = even_condition && a.odd && b.odd, .even = even_condition && a.even && b.even};
    }
    case Operation::exp:
    case Operation::log:
    case Operation::erfc:
    case Operation::sqrt:
    case Operation::floor:
    case Operation::sigmoid:
    case Operation::softplus: return {.even = of(node.left).even};
  }
  return {};
}

}  // namespace

Parity parity_of(const Expression& expression) {
  std::vector<Symmetry> known;
  for (const Node& node : expression.nodes()) known.push_back(symmetry_of(node, known));
  if (known.back().even) return Parity::even;
  return known.back().odd ? Parity::odd : Parity::none;
}

}  // namespace equiripple
