// The program of a shape with its scalars.
#pragma once

#include <string>

#include "emit/plan/builder.hpp"
#include "emit/plan/scalars.hpp"

namespace equiripple {

struct ShapeInputs {
  int variable = -1;                 // T_1
  int x = -1;                        // of odd_times_x
  std::vector<ScaledTerm> added{};   // to the result
  std::string prefix{};              // of the names of powers
  std::string name{};                // of the result
};

/// Powers and links that no scalar other than 0 asks for are not made.
[[nodiscard]] int shape_value(ProgramBuilder& builder, const Shape& shape,
                              const ShapeScalars& scalars, const ShapeInputs& inputs);

}  // namespace equiripple
