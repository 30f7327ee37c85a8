// Node by node: the limit and the rest, each by nodes of its own. The identities hold everywhere;
// signs only tell on which side the rest is small.
#include "generator/function/saturated.hpp"

#include <algorithm>
#include <utility>

#include "generator/function/builder.hpp"
#include "generator/function/enclose.hpp"

namespace equiripple {
namespace {

enum class Side { unknown, negative, positive };

// On which side of 0 each node is on all of the domain.
std::vector<Side> sides_of(const Expression& expression, const Domain& domain) {
  constexpr slong bits = 128;  // chosen: what is closer to 0 is not far out
  std::vector<Side> sides;
  for (const Interval& interval : domain) {
    const auto enclosures =
        enclose_nodes(expression, ball_between(interval.lower, interval.upper, bits), bits);
    const bool is_first = sides.empty();
    sides.resize(enclosures.size(), Side::unknown);
    for (std::size_t i = 0; i < sides.size(); ++i) {
      const Ball& value = enclosures[i];
      const bool is_known = value.is_finite() && !value.contains_zero();
      const Side here = !is_known             ? Side::unknown
                        : value.is_negative() ? Side::negative
                                              : Side::positive;
      sides[i] = is_first || sides[i] == here ? here : Side::unknown;
    }
  }
  return sides;
}

class Splitter {
 public:
  explicit Splitter(std::vector<Side> sides) : sides_(std::move(sides)) {}

  void split(const Node& node) {
    parts_.push_back({});
    Part& part = parts_.back();
    Node copy = node;
    for (int* operand : {&copy.left, &copy.right, &copy.third}) {
      if (*operand >= 0) *operand = of(*operand).whole;
    }
    part.whole = build_.append(copy);
    if (!split_into(part, node)) {
      part.limit = std::nullopt;
      part.rest = part.whole;
    }
  }

  std::optional<Saturated> result(int highest_degree) const {
    const Part& root = parts_.back();
    if (is_too_large_ || !root.limit || !root.rest) return std::nullopt;
    auto limit =
        polynomial_coefficients(Expression(build_.finish(*root.limit), ""), highest_degree);
    if (limit.empty()) return std::nullopt;
    return Saturated{std::move(limit), Expression(build_.finish(*root.rest), "")};
  }

 private:
  using Term = std::optional<int>;  // a node; none: 0

  struct Part {
    int whole = 0;  // limit + rest
    Term limit{};
    Term rest{};
  };

  const Part& of(int index) const { return parts_[static_cast<std::size_t>(index)]; }

  int binary(Operation operation, int left, int right) {
    const auto made = build_.binary(operation, left, right);
    if (!made) is_too_large_ = true;  // a constant
    return made.value_or(left);
  }

  Term negated(Term a) { return a ? Term(build_.unary(Operation::negate, *a)) : a; }

  Term sum(Term a, Term b) { return a && b ? Term(binary(Operation::add, *a, *b)) : a ? a : b; }

  Term product(Term a, Term b) {
    return a && b ? Term(binary(Operation::multiply, *a, *b)) : std::nullopt;
  }

  // At the other side of 0.
  int reflected(int argument, Operation operation) {
    return build_.unary(operation, build_.unary(Operation::negate, argument));
  }

  static bool set(Part& part, Term limit, Term rest) {
    part.limit = limit;
    part.rest = rest;
    return true;
  }

  // (a.limit + a.rest) b, without what cancels in it.
  void multiply(Part& part, const Part& a, const Part& b) {
    const Term limit = product(a.limit, b.limit);
    part.rest = sum(product(a.limit, b.rest), product(a.rest, b.whole));
    part.limit = limit;
  }

  // False where the node is its own rest.
  bool split_into(Part& part, const Node& node) {
    switch (node.operation) {
      case Operation::constant:
      case Operation::variable: return set(part, part.whole, std::nullopt);
      case Operation::negate:
        return set(part, negated(of(node.left).limit), negated(of(node.left).rest));
      case Operation::add:
        return set(part, sum(of(node.left).limit, of(node.right).limit),
                   sum(of(node.left).rest, of(node.right).rest));
      case Operation::subtract:
        return set(part, sum(of(node.left).limit, negated(of(node.right).limit)),
                   sum(of(node.left).rest, negated(of(node.right).rest)));
      case Operation::multiply: multiply(part, of(node.left), of(node.right)); return true;
      case Operation::divide: {
        const Part& divisor = of(node.right);
        if (!build_.value_of(divisor.whole)) return false;
        const auto quotient = [&](Term a) {
          return a ? Term(binary(Operation::divide, *a, divisor.whole)) : a;
        };
        return set(part, quotient(of(node.left).limit), quotient(of(node.left).rest));
      }
      case Operation::power_integer: {
        constexpr long highest_power = 8;  // chosen: of what has a rest; each is a product
        const Part& base = of(node.left);
        if (!base.rest && node.exponent >= 0) return set(part, part.whole, std::nullopt);
        if (node.exponent < 1 || node.exponent > highest_power) return false;
        part.limit = base.limit;
        part.rest = base.rest;
        for (long k = 1; k < node.exponent; ++k) multiply(part, Part(part), base);
        return true;
      }
      default: return split_far_out(part, node);
    }
  }

  bool split_far_out(Part& part, const Node& node) {
    if (node.left < 0) return false;
    const Side side = sides_[static_cast<std::size_t>(node.left)];
    const bool is_positive = side == Side::positive;
    if (side == Side::unknown) return false;
    const int argument = of(node.left).whole;
    switch (node.operation) {
      case Operation::erf:
        if (is_positive) {
          return set(part, build_.constant(1), negated(build_.unary(Operation::erfc, argument)));
        }
        return set(part, build_.constant(-1), reflected(argument, Operation::erfc));
      case Operation::erfc:
        if (is_positive) return false;
        return set(part, build_.constant(2), negated(reflected(argument, Operation::erfc)));
      case Operation::tanh: {
        const int twice = binary(Operation::multiply, build_.constant(2), argument);
        const Term half = is_positive ? reflected(twice, Operation::sigmoid)
                                      : build_.unary(Operation::sigmoid, twice);
        const Term rest = product(build_.constant(2), half);
        return set(part, build_.constant(is_positive ? 1 : -1), is_positive ? negated(rest) : rest);
      }
      case Operation::sigmoid:
        if (!is_positive) return false;
        return set(part, build_.constant(1), negated(reflected(argument, Operation::sigmoid)));
      case Operation::softplus:
        if (!is_positive) return false;
        return set(part, of(node.left).limit,
                   sum(of(node.left).rest, reflected(argument, Operation::softplus)));
      default: return false;
    }
  }

  std::vector<Side> sides_;
  ExpressionBuilder build_;
  std::vector<Part> parts_;
  bool is_too_large_ = false;
};

}  // namespace

std::optional<Saturated> saturated(const Expression& expression, const Domain& domain,
                                   int highest_degree) {
  Splitter splitter(sides_of(expression, domain));
  for (const Node& node : expression.nodes()) splitter.split(node);
  return splitter.result(highest_degree);
}

}  // namespace equiripple
