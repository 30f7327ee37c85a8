// Writes a program, one operation after another, with depths kept and operands brought to equal
// depth.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// integer * left * right, both ciphertexts.
struct ProductTerm {
  int left;
  int right;
  int integer = 1;
};

struct ScaledTerm {
  Rational scalar;
  int value;
};

/// The terms of one sum; all its products are relinearised and rescaled once.
struct Sum {
  std::vector<ProductTerm> products;
  std::vector<ScaledTerm> scaled;  // a ciphertext is scaled even by 1: that fixes its scale
  Rational constant;
};

class ProgramBuilder {
 public:
  ProgramBuilder() = default;
  /// Goes on where a program ends.
  explicit ProgramBuilder(std::vector<Instruction> begun) : program_(std::move(begun)) {}

  int input(std::string name);
  int normalise(int x, const Interval& basis, std::string name);
  int stage(int x, std::string name);
  int add(int x, int y, std::string name);
  int subtract(int x, int y, std::string name);
  int add_scalar(int x, Rational scalar, std::string name);
  int multiply_integer(int x, int integer, std::string name);
  int rescaled_product(int x, int y, const std::string& name);  // relinearised as well
  int sum(const Sum& terms, const std::string& name);

  int depth(int value) const { return program_[static_cast<std::size_t>(value)].depth; }
  int at_depth(int value, int depth);
  int next_number() { return ++blocks_; }

  const std::vector<Instruction>& program() const { return program_; }
  std::vector<Instruction> take() { return std::move(program_); }

 private:
  int push(Instruction instruction);
  int finish_product(int value, bool three_components, const std::string& name);

  std::vector<Instruction> program_;
  std::map<std::pair<int, int>, int> dropped_;  // (value, depth) to its copy there
  int blocks_ = 0;
};

}  // namespace equiripple
