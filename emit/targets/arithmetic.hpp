// A plan as arithmetic, for libraries that keep scales and levels by themselves.
//
// Rescalings, levels and the scales of stages are left out. What a plan does by reading a
// ciphertext at another scale, the range and a factor that is left in the result, takes a product
// here, and a level.
#pragma once

#include <string>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

enum class Arithmetic : unsigned char {
  multiply,     // of two values; three components
  relinearize,  // back to two
  add,
  subtract,
  negate,
  scale,  // by `constant`: a level
  shift,  // by `constant`
};

struct ArithmeticStep {
  Arithmetic operation = Arithmetic::multiply;
  std::string name;  // unique; an identifier, as those of a program are
  std::string left;
  std::string right{};    // of multiply, add and subtract
  Rational constant = 0;  // a binary64 number
};

struct ArithmeticPlan {
  std::vector<std::string> inputs;
  std::vector<ArithmeticStep> steps;
  std::string result;  // the name of a step, or of an input
  int levels = 0;
};

[[nodiscard]] ArithmeticPlan arithmetic_of(const Plan& plan);

}  // namespace equiripple
