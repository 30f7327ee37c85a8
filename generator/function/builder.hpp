// Builds the node list of an expression and folds exact constants.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/function/expression.hpp"

namespace equiripple {

class ExpressionBuilder {
 public:
  int constant(Rational value);
  int leaf(Operation operation);  // pi or variable
  int append(Node node);          // as it is; its operands are nodes already
  int unary(Operation operation, int argument);
  /// Empty where an exact constant would exceed largest_number_bits or divide by zero;
  /// `trouble` then says which.
  std::optional<int> binary(Operation operation, int left, int right);
  std::optional<int> power(int base, int exponent);
  int select(int condition, int where_negative, int elsewhere);
  /// Of a primitive function or mod; other functions are spelt out in these by the parser.
  std::optional<int> call(std::string_view name, const std::vector<int>& arguments);

  /// The constant that a node is; empty where it is none.
  std::optional<Rational> value_of(int index) const {
    return is_constant(index) ? std::optional(at(index).value) : std::nullopt;
  }

  const std::string& trouble() const { return trouble_; }
  std::size_t size() const { return nodes_.size(); }

  /// The nodes that `root` needs, in evaluation order.
  std::vector<Node> finish(int root) const;

  static int arity(std::string_view name);  // 0 where there is no such function
  static const std::vector<std::string>& names();

 private:
  int push(Node node);
  const Node& at(int index) const { return nodes_[static_cast<std::size_t>(index)]; }
  bool is_constant(int index) const { return at(index).operation == Operation::constant; }
  std::optional<int> fail(std::string message);
  std::optional<int> folded(Rational value);
  std::optional<int> remainder(int x, int modulus);
  std::optional<int> one_plus_exp_of(int index) const;

  std::vector<Node> nodes_;
  std::string trouble_;
};

}  // namespace equiripple
