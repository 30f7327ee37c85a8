// Dynamic programming over compositions: what is reached with so many levels, and at which cost.
//
// A label is a composition of some first stages: the levels and the cost that it took, and the
// spread of the domain that it leaves to the next stage. The error of every stage rises with the
// spread, so that of two labels with equal levels the one with no larger cost and no larger spread
// leads to no worse completions: the other is dropped. That makes what is kept for each cost
// exactly the best for sign. Where the final error is not all that counts, a few of the dropped
// ones are kept.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "generator/search/completion_bound.hpp"

namespace equiripple {

/// Of all odd degrees from 3 to max_degree; without latencies where they do not count.
[[nodiscard]] LabelOptions label_options(const StageCosts& costs, int max_degree, bool times_x,
                                         bool counts_latency);

struct LabelRequest {
  double gap = 0;
  double margin = 0;
  std::size_t kept = 1;               // labels that may dominate one before it is dropped
  int levels = 0;                     // the most there may be
  double largest_error = 1;           // of a composition of interest
  std::optional<int> key_switches{};  // the most there may be
  bool counts_latency = false;
  bool counts_key_switches = true;
  bool is_exact = false;  // compositions take exactly `levels`: latencies count from there
  // Where there is one, labels are dropped that cannot be completed within the largest of its
  // costs; compositions are exact.
  CompletionBound* bound = nullptr;
  double largest_cost = std::numeric_limits<double>::infinity();
};

/// A composition with all its stages.
struct Composition {
  std::vector<int> degrees;
  std::vector<int> stage_levels;
  int levels = 0;
  int key_switches = 0;
  double latency = 0;
  Logit error{};  // of sign, on the gap that was asked for; by the curves
};

class LabelTable {
 public:
  LabelTable(const LabelRequest& request, const LabelOptions& options, StageErrors& errors);

  /// Compositions of exactly this many levels; levels are to be asked for in ascending order.
  [[nodiscard]] std::vector<Composition> compositions(int levels);

  /// From now on only compositions with at most so many key switches are of interest.
  void limit_key_switches(int most);

  bool is_exhausted() const;  // no composition with more levels is left

 private:
  struct Label {
    Logit spread;  // left to the next stage; the error where the composition is complete
    int key_switches = 0;
    double latency = 0;
    int previous = -1;  // -1: nothing
    const StageOption* option = nullptr;
  };
  struct Kept {  // of a label, what others of its cell are compared by
    Logit spread;
    int key_switches = 0;
    double latency = 0;
    std::size_t dominators = 0;  // labels of its cell, dropped ones as well
    int label = 0;
  };
  using Cell = std::vector<Kept>;  // by ascending spread

  void expand(int levels);
  std::optional<Logit> left_by(int degree, Logit spread, bool complete);
  bool costs_too_much(const Label& label, double more) const;
  bool may_be_completed(const Label& label, int levels) const;
  void extend(int label, int levels, const std::vector<StageOption>& options, bool complete);
  void insert(Cell& cell, const Label& label);
  bool costs_no_more(const Kept& a, const Kept& b) const;
  Composition composition(int label, int levels) const;

  LabelRequest request_;
  const LabelOptions& options_;
  StageErrors& errors_;
  std::vector<Label> labels_;
  std::vector<Cell> open_;      // by levels
  std::vector<Cell> complete_;  // by levels
  int expanded_ = 0;            // cells below this number of levels
};

}  // namespace equiripple
