// The corrections that follow a start in a program: written after the planner's program of the
// start, and read back from a program.
//
// 1/x: a product with x and two products a correction, side by side: 1 + n levels, 2 n key
// switches. 1/sqrt(x): y (linear + cubic x y^2) as linear y + (cubic x y) (y^2): 2 n levels, 3 n
// key switches. sqrt(x): the last correction is linear x y + (cubic x^2 y) (y^2), x^2 made on the
// side: 2 n levels, 3 n + 1 key switches. a/b: 1/b with a in the first iterate, one key switch
// more; without corrections a product more, with a level. x waits at depth 0, so that the scalars
// that go with it take no level, and give the products their scales; the marks (`stage`) fix the
// scales of the start and of what is squared, so that the caller has the scale of the result.
#pragma once

#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/program.hpp"
#include "generator/expected.hpp"
#include "generator/iteration/corrections.hpp"

namespace equiripple {

[[nodiscard]] CorrectionMap correction_map(Kind kind);

/// What the start approximates: "1/x" (of a/b too, x being b) or "1/sqrt(x)".
[[nodiscard]] const char* start_function(Kind kind);

/// The program of a start (planned as Kind::minimax) continued; `start_error` bounds its relative
/// error on `domain`.
[[nodiscard]] Plan with_corrections(Kind kind, const Plan& start, int corrections,
                                    const Rational& start_error, const Interval& domain);

/// What the continued program costs.
[[nodiscard]] PlanCosts costs_with_corrections(Kind kind, const std::vector<Instruction>& start,
                                               int corrections);

/// The program taken apart again.
struct CorrectedMeaning {
  ChebyshevSeries start;  // what the program computes before the corrections
  CorrectionScalars scalars;
  std::vector<Instruction> start_program;
};

/// Or why it is not what with_corrections writes, but for its scalars. `stored` is the start's
/// table: its basis and parity are taken.
[[nodiscard]] Expected<CorrectedMeaning> corrected_meaning(const Plan& plan, Kind kind,
                                                           int corrections,
                                                           const ChebyshevSeries& stored);

/// Of the start and of the corrections, the larger; the start's as of every program.
[[nodiscard]] Rational growth_with_corrections(Kind kind, const CorrectedMeaning& meaning,
                                               const Rational& start_error, const Interval& domain);

}  // namespace equiripple
