// The best degrees of a composition of sign [LLNK20]: found by dynamic programming over levels and
// costs (labels.hpp), with the exchange as oracle (stage_errors.hpp).
//
// For sign on a gap this is exact for the costs that are given, up to the accuracy of the curves:
// the composition of least error for each number of levels and key switches, or for each number of
// levels the latency's least. For ReLU, where the gap is free and the error inside it counts, the
// same is done for a set of gaps, several best are kept for each cost, and each is evaluated in
// full. That agrees with exhaustion wherever that was tried (tests/generator/relu_search_test); it
// is not proved.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "generator/search/labels.hpp"
#include "generator/search/relu_balance.hpp"

namespace equiripple {

/// What is looked for beyond these is not found: 2 levels gain at least 1.3 bits of the gap.
inline constexpr int most_searched_levels = 400;
inline constexpr int highest_searched_stage = 127;  // of max_degree; chosen: no longer pays

struct CompositeSearchRequest {
  std::optional<Rational> gap{};    // of sign, in (0, 1); none: ReLU, whose gap is free
  std::optional<Rational> error{};  // of sign on the gap, or of ReLU divided by the range; none:
                                    // the least for each cost within the budget
  double finest_error = 0;          // smaller ones are no better: what stages can hold as stored
  MarginRule margin{};
  int max_degree = 63;  // of a stage; odd degrees from 3
  std::optional<int> max_levels{};
  std::optional<int> max_key_switches{};
  bool by_latency = false;  // the least latency for each number of levels
  // Where there is an error: what is slower than one of these with no more levels, but for ties, is
  // of no interest by latency.
  std::vector<Composition> known{};
  bool only_best =
      false;             // without an error: ascending errors whatever they cost, some of the least
  std::size_t ties = 0;  // with an error: so many others of each of these costs, or of a latency a
                         // hundredth larger, follow the one with the least error
  StageCosts costs{};
};

struct FoundComposition {
  Composition composition;
  Rational gap;      // that was asked for, or suits best
  double error = 1;  // as in the request; an estimate
};

/// How far the error on a gap that was asked for may be from the truth, relatively: that of the
/// curves, as measured.
[[nodiscard]] double search_accuracy(double error);

class CompositeSearch {
 public:
  /// Called now and then with what is being looked at; may throw to end the search.
  using Progress = std::function<void(int levels)>;
  explicit CompositeSearch(Progress progress = {}) : progress_(std::move(progress)) {}

  /// The undominated compositions: none has as few levels, as little of the costs that count, and,
  /// where the request has no error to meet, as small an error as another. Ascending levels, then
  /// key switches. Empty where the request cannot be met. Throws std::invalid_argument when neither
  /// an error nor a budget bounds the search, or a number is out of its range.
  [[nodiscard]] std::vector<FoundComposition> front(const CompositeSearchRequest& request);

 private:
  StageErrors errors_;  // shared by all searches
  Progress progress_;
};

}  // namespace equiripple
