// Exact algebra on coefficient lists; on a domain, what a choice, an absolute value or a floor
// decides there is decided first.
#include "generator/function/polynomial_form.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "generator/function/enclose.hpp"

namespace equiripple {
namespace {

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

Rational value_at(const std::vector<Rational>& powers, const Rational& x) {
  Rational sum = 0;
  for (std::size_t k = powers.size(); k-- > 0;) sum = sum * x + powers[k];
  return sum;
}

// The sign of a value on a whole interval, as far as it is known.
struct SignOnPiece {
  bool never_negative = false;
  bool never_positive = false;
  bool always_negative = false;
  std::vector<Rational> zeros{};  // all of them, where never_positive or never_negative is exact
};

// Exact up to quadratic: an end of the interval may be its zero.
SignOnPiece sign_of(const Polynomial& value, const Ball& enclosure, const Interval& piece) {
  if (value && value->size() <= 3) {
    std::vector<Rational> turns = {piece.lower, piece.upper};
    if (value->size() == 3) {
      const Rational vertex = -(*value)[1] / (2 * (*value)[2]);
      if (piece.lower < vertex && vertex < piece.upper) turns.push_back(vertex);
    }
    SignOnPiece sign{.never_negative = true, .never_positive = true, .always_negative = true};
    for (const Rational& x : turns) {
      const Rational y = value_at(*value, x);
      if (y < 0) sign.never_negative = false;
      if (y > 0) sign.never_positive = false;
      if (y >= 0) sign.always_negative = false;
      if (y == 0) sign.zeros.push_back(x);
    }
    return sign;
  }
  return {.never_negative = enclosure.is_nonnegative(),
          .never_positive = enclosure.is_negative(),
          .always_negative = enclosure.is_negative()};
}

// A node that decides, where its argument lets it on all of the piece; `enclosure` is of the node.
Polynomial decided(const Node& node, const std::vector<Polynomial>& known, const Ball& argument,
                   const Ball& enclosure, const Interval& piece) {
  const auto of = [&](int index) -> const Polynomial& {
    return known[static_cast<std::size_t>(index)];
  };
  if (node.operation == Operation::sign || node.operation == Operation::floor ||
      node.operation == Operation::round) {
    if (!enclosure.is_finite() || !enclosure.is_exact()) return std::nullopt;
    return std::vector<Rational>{lower_end(enclosure)};
  }
  const SignOnPiece sign = sign_of(of(node.left), argument, piece);
  if (node.operation == Operation::select) {
    if (sign.always_negative) return of(node.right);
    // The branches may meet where the choice begins.
    const bool meet = sign.never_positive && !sign.never_negative && !sign.zeros.empty() &&
                      of(node.right) && of(node.third) &&
                      std::ranges::all_of(sign.zeros, [&](const Rational& x) {
                        return value_at(*of(node.right), x) == value_at(*of(node.third), x);
                      });
    if (meet) return of(node.right);
    if (sign.never_negative || of(node.right) == of(node.third)) return of(node.third);
    return std::nullopt;
  }
  if (!of(node.left)) return std::nullopt;
  if (sign.never_negative) return of(node.left);
  if (sign.never_positive) return sum({0}, *of(node.left), -1);
  return std::nullopt;
}

Polynomial polynomial_on(const Expression& expression, const Interval& piece,
                         std::size_t highest_degree) {
  constexpr slong bits = 128;  // chosen: what is closer to a decision is none
  const std::vector<Node>& nodes = expression.nodes();
  const auto enclosures =
      enclose_nodes(expression, ball_between(piece.lower, piece.upper, bits), bits);
  std::vector<Polynomial> known;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    known.push_back(decides(node)
                        ? decided(node, known, enclosures[static_cast<std::size_t>(node.left)],
                                  enclosures[i], piece)
                        : polynomial_of(node, known, highest_degree));
  }
  return known.back();
}

}  // namespace

std::vector<Rational> polynomial_coefficients(const Expression& expression, int highest_degree) {
  std::vector<Polynomial> known;
  for (const Node& node : expression.nodes()) {
    known.push_back(polynomial_of(node, known, static_cast<std::size_t>(highest_degree)));
  }
  return known.back().value_or(std::vector<Rational>{});
}

std::vector<Rational> polynomial_coefficients_on(const Expression& expression, const Domain& domain,
                                                 int highest_degree) {
  if (std::ranges::none_of(expression.nodes(), decides)) {
    return polynomial_coefficients(expression, highest_degree);
  }
  Polynomial all;
  for (const Interval& piece : domain) {
    const Polynomial one =
        polynomial_on(expression, piece, static_cast<std::size_t>(highest_degree));
    if (!one || (all && *all != *one)) return {};
    all = one;
  }
  return all.value_or(std::vector<Rational>{});
}

}  // namespace equiripple
