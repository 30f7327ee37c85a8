// How good a start should be, and how often it is corrected: 1/x, 1/sqrt(x) and sqrt(x).
//
// Per number of corrections the start's degree is the smallest that meets the error, or the next
// where that takes fewer key switches and these are minimised: else costs rise with the degree. Of
// these, the cheapest within the budgets. Errors of starts are those of the exchange, and their
// images under the maps of generator/iteration.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "generator/exchange/minimax.hpp"
#include "generator/iteration/corrections.hpp"

namespace equiripple {

/// The error after so many corrections of a start with this error (0 <= it < 1), with exact
/// scalars: to about 100 bits.
[[nodiscard]] Rational corrected_error(CorrectionMap map, const Rational& start_error,
                                       int corrections);

/// The largest error of a start that corrections bring down to `error`, rounded down; likewise.
[[nodiscard]] Rational largest_start_error(CorrectionMap map, const Rational& error,
                                           int corrections);

struct CorrectionCost {
  int levels = 0;
  int key_switches = 0;
  double latency = 0;
};

struct CorrectionChoice {
  int degree = 0;
  int corrections = 0;
  CorrectionCost cost;
  Rational error;  // by the exchange, after the corrections
};

enum class CorrectionObjective : unsigned char { levels, key_switches, latency };

struct CorrectionSearch {
  int highest(int corrected) const {
    return corrected > 0 ? max_degree : max_degree_alone.value_or(max_degree);
  }

  CorrectionMap map = CorrectionMap::inverse;
  MinimaxRequest start;  // relative to its target; degrees from 1 are tried
  int max_degree = 63;
  std::optional<int> max_degree_alone{};  // of a start that is not corrected; none: the same
  std::optional<int> corrections{};       // as many and no others
  std::optional<int> degree{};            // this one and no other
  std::optional<int> max_levels{};
  std::optional<int> max_key_switches{};
  CorrectionObjective objective = CorrectionObjective::levels;
  /// Of a start of this degree with its corrections; none where it cannot be planned.
  std::function<std::optional<CorrectionCost>(int degree, int corrections)> cost;
};

/// Those that meet the error, the best one of each number of corrections, budgets left aside:
/// ascending numbers, up to the one whose start is a line.
[[nodiscard]] std::vector<CorrectionChoice> corrections_for(const CorrectionSearch& search,
                                                            const Rational& error);

[[nodiscard]] bool is_within_budgets(const CorrectionSearch& search, const CorrectionCost& cost);

/// By the objective, ties by the other costs, then by the error; those within the budgets, best
/// first.
[[nodiscard]] std::vector<CorrectionChoice> ranked(const CorrectionSearch& search,
                                                   std::vector<CorrectionChoice> choices);

/// The smallest error within the budgets, of which there is one; none where nothing is within them.
[[nodiscard]] std::optional<CorrectionChoice> most_accurate(const CorrectionSearch& search);

}  // namespace equiripple
