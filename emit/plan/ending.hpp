// A polynomial of a value that a program has made: the planner's program of it, put behind what is
// there, and taken out again.
//
// The value is in [-1, 1], the basis of the polynomial, and becomes the variable of a stage.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// What the names of the polynomial number `stage`, from 1, begin with: "s2_"; the result's do not.
[[nodiscard]] std::string ending_prefix(int stage);

/// `begun`, of whose last value the polynomial is, and after it a planned program of one polynomial
/// on [-1, 1].
[[nodiscard]] std::vector<Instruction> with_ending(std::vector<Instruction> begun,
                                                   const std::vector<Instruction>& planned,
                                                   int stage);

/// A program in two.
struct TwoParts {
  std::vector<Instruction> begun;
  std::vector<Instruction> planned;
};

/// What with_ending put together; none where no value is the variable of that stage, or where what
/// follows it reads other values than it.
[[nodiscard]] std::optional<TwoParts> without_ending(const std::vector<Instruction>& program,
                                                     int stage);

}  // namespace equiripple
