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
//
// A start may be refreshed before its corrections. Then the program computes start_scale times it,
// which is in [-1, 1], and the first scalars divide by that: slope and gain by c, of a root linear
// by c and cubic by c^3. What a refresh adds is an error of the start, and is corrected with it.
#pragma once

#include <optional>
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

/// What a start whose values are in `range` is multiplied by where it is refreshed: so that they
/// are in [-1, 1], whatever rounding adds. Binary64, of few bits, above 0.
[[nodiscard]] Rational start_scale(const Interval& range);

/// So many times the polynomial.
[[nodiscard]] ChebyshevSeries multiple_of(ChebyshevSeries series, const Rational& factor);

/// What a refresh of start_scale times the start adds to its relative error on `domain`, at most;
/// `noise` is added to a value in [-1, 1].
[[nodiscard]] Rational noise_of_start(CorrectionMap map, const Rational& noise,
                                      const Rational& scale, const Interval& domain);

/// The program of a start (planned as Kind::minimax) continued; `start_error` bounds its relative
/// error on `domain`. With a scale the program is that of so many times the start, which is
/// refreshed; then there is a correction.
[[nodiscard]] Plan with_corrections(Kind kind, const Plan& start, int corrections,
                                    const Rational& start_error, const Interval& domain,
                                    const std::optional<Rational>& scale = std::nullopt);

/// What the continued program costs.
[[nodiscard]] PlanCosts costs_with_corrections(Kind kind, const std::vector<Instruction>& start,
                                               int corrections);

/// The program taken apart again.
struct CorrectedMeaning {
  ChebyshevSeries start;      // what the program computes before the corrections, over its scale
  CorrectionScalars scalars;  // of that
  std::vector<Instruction> start_program;
};

/// Or why it is not what with_corrections writes, but for its scalars. `stored` is the start's
/// table: its basis and parity are taken. `scale` is that of a start that is refreshed.
[[nodiscard]] Expected<CorrectedMeaning> corrected_meaning(
    const Plan& plan, Kind kind, int corrections, const ChebyshevSeries& stored,
    const std::optional<Rational>& scale = std::nullopt);

/// Of the start and of the corrections, the larger; the start's as of every program.
[[nodiscard]] Rational growth_with_corrections(Kind kind, const CorrectedMeaning& meaning,
                                               const Rational& start_error, const Interval& domain);

}  // namespace equiripple
