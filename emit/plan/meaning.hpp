// What a program computes as a function: its stages as polynomials, told from the program alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"

namespace equiripple {

struct ProgramMeaning {
  /// The polynomial of each stage, exactly, with the scalars as the program rounds them.
  std::optional<std::vector<ChebyshevSeries>> stages;
  std::string defect;  // where the program does not compute a function of that kind: why
};

/// `stored` are the stages that the program stands for: their bases and parities are taken, their
/// coefficients are not looked at.
[[nodiscard]] ProgramMeaning meaning_of(const Plan& plan, Kind kind,
                                        const std::vector<ChebyshevSeries>& stored);

}  // namespace equiripple
