// The program of a plan in MLIR.
#pragma once

#include <string>

#include "emit/plan/program.hpp"

namespace equiripple {

/// A function of the standard dialects, `func.func @name`, on tensors of secret numbers, and above
/// it how HEIR compiles it. The numbers are those of the program, rounded to binary64 where the
/// range and the factor of the result are divided by.
[[nodiscard]] std::string plan_to_mlir(const Plan& plan, const std::string& name);

}  // namespace equiripple
