// What a program computes as a function: its stages as polynomials, told from the program alone.
#pragma once

#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"
#include "generator/expected.hpp"

namespace equiripple {

/// The polynomial of each stage, exactly, with the scalars as the program rounds them; or why the
/// program does not compute a function of that kind. `stored` are the stages that the program
/// stands for: their bases and parities are taken, their coefficients are not looked at.
[[nodiscard]] Expected<std::vector<ChebyshevSeries>> meaning_of(
    const Plan& plan, Kind kind, const std::vector<ChebyshevSeries>& stored);

}  // namespace equiripple
