// What completing a composition costs at least, by the levels that are left and the spread that its
// stages have come to.
//
// Backwards over levels, as the search goes forwards: what the last stages cost depends on them
// alone. Spreads are rounded down to a grid before each stage, so that every number is one that no
// composition falls below.
#pragma once

#include <map>
#include <vector>

#include "generator/search/stage_errors.hpp"
#include "generator/search/stage_option.hpp"

namespace equiripple {

struct LabelOptions {  // without those that are dominated
  std::vector<StageOption> inner;
  std::vector<StageOption> last;
  std::vector<StageOption> only;  // of a composition of one stage
};

struct CompletionRequest {
  double error = 1;         // that is to be met by the last stage
  double margin = 0;        // of every later stage, at least
  double gap = 0;           // the smallest of any
  bool by_latency = false;  // the costs: latencies, or key switches
};

class CompletionBound {
 public:
  /// The options are kept by reference.
  CompletionBound(const LabelOptions& options, const CompletionRequest& request,
                  StageErrors& errors);

  /// Of exactly so many levels; infinite where nothing meets the error.
  [[nodiscard]] double least_cost(int levels, Logit spread);

 private:
  struct Stage {            // of one degree
    std::vector<int> next;  // by cell: that of the spread which is left; -1: the gap closes
    std::vector<bool> completes;
  };
  struct Cells {
    std::size_t begin;
    std::size_t end;
  };

  [[nodiscard]] std::size_t cell_of(Logit spread) const;
  [[nodiscard]] Cells cells_of(const StageOption& option) const;
  void add_stage(int degree, StageErrors& errors);
  void add_level();
  void complete(const std::vector<StageOption>& options, int levels, std::vector<double>& least);

  const LabelOptions& options_;
  CompletionRequest request_;
  std::vector<Logit> edges_;     // the narrowest spread of each cell
  std::map<int, Stage> stages_;  // by degree
  struct Row {                   // by cell
    std::vector<double> least{};
    std::vector<double> of_wider{};  // the least of this cell and all wider ones
  };
  std::vector<Row> rows_;  // by levels
};

}  // namespace equiripple
