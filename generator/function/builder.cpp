// Exact constant folding.
#include "generator/function/builder.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

struct Named {
  std::string_view name;
  Operation operation;
};

constexpr std::array primitives = {
    Named{"exp", Operation::exp},         Named{"log", Operation::log},
    Named{"sin", Operation::sin},         Named{"cos", Operation::cos},
    Named{"tan", Operation::tan},         Named{"atan", Operation::atan},
    Named{"sinh", Operation::sinh},       Named{"cosh", Operation::cosh},
    Named{"tanh", Operation::tanh},       Named{"erf", Operation::erf},
    Named{"erfc", Operation::erfc},       Named{"sqrt", Operation::sqrt},
    Named{"abs", Operation::abs},         Named{"sign", Operation::sign},
    Named{"sigmoid", Operation::sigmoid}, Named{"softplus", Operation::softplus},
    Named{"floor", Operation::floor},     Named{"round", Operation::round},
    Named{"erfinv", Operation::erfinv},
};

Rational integer_power(Rational base, long exponent) {
  if (exponent < 0) return 1 / integer_power(std::move(base), -exponent);
  Rational result = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result *= base;
    if (exponent > 1) base *= base;
  }
  return result;
}

}  // namespace

int ExpressionBuilder::push(Node node) {
  nodes_.push_back(std::move(node));
  return static_cast<int>(nodes_.size()) - 1;
}

int ExpressionBuilder::append(Node node) { return push(std::move(node)); }

std::optional<int> ExpressionBuilder::fail(std::string message) {
  trouble_ = std::move(message);
  return std::nullopt;
}

std::optional<int> ExpressionBuilder::folded(Rational value) {
  if (bits_in(value) > largest_number_bits) return fail("a constant is too large");
  return constant(std::move(value));
}

int ExpressionBuilder::constant(Rational value) {
  return push({.operation = Operation::constant, .value = std::move(value)});
}

int ExpressionBuilder::leaf(Operation operation) { return push({.operation = operation}); }

// y, where the node is 1 + exp(y).
std::optional<int> ExpressionBuilder::one_plus_exp_of(int index) const {
  const Node& sum = at(index);
  if (sum.operation != Operation::add) return std::nullopt;
  for (const auto& [one, other] : {std::pair(sum.left, sum.right), {sum.right, sum.left}}) {
    const bool is_one = is_constant(one) && at(one).value == 1;
    if (is_one && at(other).operation == Operation::exp) return at(other).left;
  }
  return std::nullopt;
}

// log(1 + exp(y)) is softplus(y), which does not overflow.
int ExpressionBuilder::unary(Operation operation, int argument) {
  if (operation == Operation::log) {
    if (const auto y = one_plus_exp_of(argument)) return unary(Operation::softplus, *y);
  }
  if (is_constant(argument)) {
    const Rational value = at(argument).value;
    if (operation == Operation::negate) return constant(-value);
    if (operation == Operation::abs) return constant(abs(value));
    if (operation == Operation::sign) return constant(value > 0 ? 1 : value < 0 ? -1 : 0);
    if (operation == Operation::floor) return constant(floor_of(value));
    if (operation == Operation::round) {
      const Rational size = floor_of(abs(value) + Rational(1, 2));
      return constant(value < 0 ? Rational(-size) : size);
    }
    if (operation == Operation::erfinv && value == 0) return constant(0);
  }
  return push({.operation = operation, .left = argument});
}

std::optional<int> ExpressionBuilder::binary(Operation operation, int left, int right) {
  if (operation == Operation::divide && is_constant(right) && at(right).value == 0) {
    return fail("division by zero");
  }
  if (is_constant(left) && is_constant(right)) {
    const Rational a = at(left).value;
    const Rational b = at(right).value;
    if (operation == Operation::add) return folded(a + b);
    if (operation == Operation::subtract) return folded(a - b);
    if (operation == Operation::multiply) return folded(a * b);
    if (operation == Operation::divide) return folded(a / b);
  }
  // a / (1 + exp(y)) is a sigmoid(-y), likewise.
  const auto y = operation == Operation::divide ? one_plus_exp_of(right) : std::nullopt;
  if (y) {
    const bool is_negated = at(*y).operation == Operation::negate;
    const int argument = is_negated ? at(*y).left : unary(Operation::negate, *y);
    const int sigmoid = unary(Operation::sigmoid, argument);
    const bool is_one = is_constant(left) && at(left).value == 1;
    return is_one ? sigmoid : binary(Operation::multiply, left, sigmoid);
  }
  return push({.operation = operation, .left = left, .right = right});
}

std::optional<int> ExpressionBuilder::power(int base, int exponent) {
  if (!is_constant(exponent)) {
    return push({.operation = Operation::power, .left = base, .right = exponent});
  }
  const Rational value = at(exponent).value;
  if (boost::multiprecision::denominator(value) != 1) {
    return push({.operation = Operation::power, .left = base, .right = exponent});
  }
  if (abs(value) > largest_number_bits) return fail("an exponent is too large");
  const long power = boost::multiprecision::numerator(value).convert_to<long>();
  if (!is_constant(base)) {
    return push({.operation = Operation::power_integer, .left = base, .exponent = power});
  }
  const Rational root = at(base).value;
  if (root == 0 && power < 0) return fail("division by zero");
  if (root != 0 && abs(root) != 1 && bits_in(root) * std::abs(power) > largest_number_bits) {
    return fail("a constant is too large");
  }
  return folded(integer_power(root, power));
}

int ExpressionBuilder::select(int condition, int where_negative, int elsewhere) {
  if (is_constant(condition)) return at(condition).value < 0 ? where_negative : elsewhere;
  return push({.operation = Operation::select,
               .left = condition,
               .right = where_negative,
               .third = elsewhere});
}

// x - m floor(x / m). For m = p/q the quotient is (x q) / p, which every rung rounds right where x
// is a multiple of m; x / m would round m before.
std::optional<int> ExpressionBuilder::remainder(int x, int modulus) {
  std::optional<int> scaled = x;
  int divisor = modulus;
  if (is_constant(modulus)) {
    const Rational m = at(modulus).value;
    const Rational q = boost::multiprecision::denominator(m);
    divisor = constant(m * q);
    if (q != 1) scaled = binary(Operation::multiply, x, constant(q));
  }
  if (scaled) scaled = binary(Operation::divide, *scaled, divisor);
  if (scaled) scaled = binary(Operation::multiply, modulus, unary(Operation::floor, *scaled));
  return scaled ? binary(Operation::subtract, x, *scaled) : std::nullopt;
}

std::optional<int> ExpressionBuilder::call(std::string_view name,
                                           const std::vector<int>& arguments) {
  for (const Named& primitive : primitives) {
    if (primitive.name == name) return unary(primitive.operation, arguments.front());
  }
  return remainder(arguments.front(), arguments.back());
}

int ExpressionBuilder::arity(std::string_view name) {
  if (name == "mod") return 2;
  return std::ranges::find(primitives, name, &Named::name) == primitives.end() ? 0 : 1;
}

const std::vector<std::string>& ExpressionBuilder::names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    for (const Named& primitive : primitives) list.emplace_back(primitive.name);
    list.emplace_back("mod");
    return list;
  }();
  return all;
}

std::vector<Node> ExpressionBuilder::finish(int root) const {
  std::vector<int> place(nodes_.size(), -1);  // first marks what is needed, then its new index
  place[static_cast<std::size_t>(root)] = 0;
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (place[i] < 0) continue;
    for (const int operand : {nodes_[i].left, nodes_[i].right, nodes_[i].third}) {
      if (operand >= 0) place[static_cast<std::size_t>(operand)] = 0;
    }
  }
  std::vector<Node> kept;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (place[i] < 0) continue;
    Node node = nodes_[i];
    for (int* operand : {&node.left, &node.right, &node.third}) {
      if (*operand >= 0) *operand = place[static_cast<std::size_t>(*operand)];
    }
    place[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(node));
  }
  return kept;
}

}  // namespace equiripple
