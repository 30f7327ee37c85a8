// The program of a shape with its scalars.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "emit/plan/builder.hpp"
#include "emit/plan/scalars.hpp"

namespace equiripple {

/// Chebyshev powers that are there already, by their degree in the variable of the stage.
using KnownPowers = std::map<int, int>;

struct ShapeInputs {
  int variable = -1;                 // T_1
  int x = -1;                        // of odd_times_x
  std::vector<ScaledTerm> added{};   // to the result
  std::string prefix{};              // of the names of powers
  std::string name{};                // of the result
  int stride = 1;                    // the variable is T_stride of the stage's variable
  KnownPowers* known = nullptr;      // looked up and filled; none: powers of this shape alone
  bool keep_zeros = false;           // the same operations whatever the scalars
};

/// Powers and links that no scalar other than 0 asks for are not made, unless zeros are kept.
[[nodiscard]] int shape_value(ProgramBuilder& builder, const Shape& shape,
                              const ShapeScalars& scalars, const ShapeInputs& inputs);

}  // namespace equiripple
