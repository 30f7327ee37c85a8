// A function of x as a syntax tree: immutable, exact, flat.
//
// Nodes stand in evaluation order (operands before operators, the root last), so that every
// evaluator is one loop and no depth of nesting can exhaust the stack. Constants are exact
// rationals; pi and e are nodes. Functions that are compositions of others (gelu, relu, asin, clip
// and the rest of derived.cpp) are spelt out in primitives by the parser.
#pragma once

#include <string>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

enum class Operation : unsigned char {
  constant,  // value
  pi,
  variable,  // x
  negate,
  add,
  subtract,
  multiply,
  divide,
  power_integer,  // left ^ exponent
  power,          // left ^ right, left > 0
  exp,
  log,
  sin,
  cos,
  tan,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  erfc,
  erfinv,  // y where erf(y) is the argument, between -1 and 1
  sqrt,
  abs,
  sign,      // -1, 0, 1
  floor,     // the largest integer that is not above
  round,     // the nearest integer; of two, that further from 0
  select,    // right where left < 0, else third; the other one need not be defined
  sigmoid,   // 1 / (1 + exp(-x))
  softplus,  // log(1 + exp(x))
};

struct Node {
  Operation operation = Operation::constant;
  int left = -1;      // index of the (first) operand; always smaller than the node's own
  int right = -1;     // index of the second operand
  int third = -1;     // index of the third operand
  long exponent = 0;  // of power_integer; of divide, where it is continued: the order of the zeros
  Rational value{};   // of constant; of divide: where it is continued (removable.hpp)
};

/// abs, sign, floor, round and select: what they are hangs on the sign or the floor of an argument.
bool decides(const Node& node);

enum class Parity { none, odd, even };

class Expression {
 public:
  /// The constant 0.
  Expression() : Expression(Rational(0), "0") {}
  Expression(Rational value, std::string text);
  /// `nodes` in evaluation order, the root last; `text` is how a person writes it.
  Expression(std::vector<Node> nodes, std::string text);

  const std::vector<Node>& nodes() const { return nodes_; }
  const std::string& text() const { return text_; }
  bool is_constant() const;           // no x in it
  bool is_rational_constant() const;  // one exact number
  bool is_one() const;

 private:
  std::vector<Node> nodes_;
  std::string text_;
};

/// What follows from the form of the expression alone; `none` when that is not enough.
Parity parity_of(const Expression& expression);

/// The coefficients of 1, x, x^2, ... where the expression is a polynomial with rational
/// coefficients of degree at most `highest_degree`; empty otherwise. The zero polynomial is {0}.
std::vector<Rational> polynomial_coefficients(const Expression& expression, int highest_degree);

}  // namespace equiripple
