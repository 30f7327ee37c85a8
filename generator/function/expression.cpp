// Questions that the form of an expression answers.
#include "generator/function/expression.hpp"

#include <algorithm>
#include <optional>
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

using Polynomial = std::optional<std::vector<Rational>>;

void trim(std::vector<Rational>& coefficients) {
  while (coefficients.size() > 1 && coefficients.back() == 0) coefficients.pop_back();
}

Polynomial product(const std::vector<Rational>& a, const std::vector<Rational>& b,
                   std::size_t highest_degree) {
  if (a.size() + b.size() - 2 > highest_degree) return std::nullopt;
  std::vector<Rational> c(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) c[i + j] += a[i] * b[j];
  }
  trim(c);
  return c;
}

Polynomial sum(std::vector<Rational> a, const std::vector<Rational>& b, int sign_of_b) {
  a.resize(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < b.size(); ++i) a[i] += sign_of_b * b[i];
  trim(a);
  return a;
}

Polynomial integer_power(const std::vector<Rational>& a, long exponent,
                         std::size_t highest_degree) {
  if (exponent < 0) {
    if (a.size() > 1 || a.front() == 0) return std::nullopt;
    return integer_power({1 / a.front()}, -exponent, highest_degree);
  }
  if (a.size() > 1 && static_cast<std::size_t>(exponent) > highest_degree) return std::nullopt;
  Polynomial result = std::vector<Rational>{1};
  std::vector<Rational> square = a;
  for (long rest = exponent; rest > 0; rest /= 2) {
    if (rest % 2 == 1) result = product(*result, square, highest_degree);
    if (!result) return std::nullopt;
    if (rest == 1) break;
    Polynomial next = product(square, square, 2 * highest_degree);
    if (!next) return std::nullopt;
    square = std::move(*next);
  }
  return result;
}

Polynomial polynomial_of(const Node& node, const std::vector<Polynomial>& known,
                         std::size_t highest_degree) {
  const auto of = [&](int index) -> const Polynomial& {
    return known[static_cast<std::size_t>(index)];
  };
  switch (node.operation) {
    case Operation::constant: return std::vector<Rational>{node.value};
    case Operation::variable:
      if (highest_degree < 1) return std::nullopt;
      return std::vector<Rational>{0, 1};
    case Operation::negate:
      if (!of(node.left)) return std::nullopt;
      return sum({0}, *of(node.left), -1);
    case Operation::add:
    case Operation::subtract:
      if (!of(node.left) || !of(node.right)) return std::nullopt;
      return sum(*of(node.left), *of(node.right), node.operation == Operation::add ? 1 : -1);
    case Operation::multiply:
      if (!of(node.left) || !of(node.right)) return std::nullopt;
      return product(*of(node.left), *of(node.right), highest_degree);
    case Operation::divide:
      if (!of(node.left) || !of(node.right) || of(node.right)->size() > 1 ||
          of(node.right)->front() == 0) {
        return std::nullopt;
      }
      return product(*of(node.left), {1 / of(node.right)->front()}, highest_degree);
    case Operation::power_integer:
      if (!of(node.left)) return std::nullopt;
      return integer_power(*of(node.left), node.exponent, highest_degree);
    default: return std::nullopt;
  }
}

}  // namespace

Parity parity_of(const Expression& expression) {
  std::vector<Symmetry> known;
  for (const Node& node : expression.nodes()) known.push_back(symmetry_of(node, known));
  if (known.back().even) return Parity::even;
  return known.back().odd ? Parity::odd : Parity::none;
}

std::vector<Rational> polynomial_coefficients(const Expression& expression, int highest_degree) {
  std::vector<Polynomial> known;
  for (const Node& node : expression.nodes()) {
    known.push_back(polynomial_of(node, known, static_cast<std::size_t>(highest_degree)));
  }
  return known.back().value_or(std::vector<Rational>{});
}

}  // namespace equiripple
