// From what is needed to a start and its corrections: the search, with the planner's costs, and
// what it finds composed; the sentences about what cannot be had.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emit/front.hpp"
#include "emit/make/corrected.hpp"
#include "emit/make/observer.hpp"
#include "emit/plan/make_plan.hpp"
#include "generator/search/correction_search.hpp"

namespace equiripple {

class CorrectionPick {
 public:
  CorrectionPick(const CorrectionRequest& request, const Identity& identity);

  /// By request.plan.objective; a refusal says what can be met.
  [[nodiscard]] Outcome<Artifact> best();

 private:
  std::optional<CorrectionCost> cost(int degree, int corrections);
  const std::optional<ChebyshevSeries>& start(int degree);
  Outcome<Artifact> composed(int degree, int corrections);
  std::string need() const;
  std::string budget_text() const;
  std::string obstacle(const std::vector<CorrectionChoice>& choices) const;
  /// `last`: why the last choice could not be composed, where there was one.
  Refusal refusal(const std::vector<CorrectionChoice>& choices,
                  const std::optional<Refusal>& last) const;

  CorrectionRequest request_;
  Identity identity_;
  CorrectionSearch search_;
  std::map<int, std::optional<ChebyshevSeries>> starts_;
  std::map<std::pair<int, int>, std::optional<CorrectionCost>> costs_;
  int unpriced_levels_ = 0;  // the fewest that --model does not list, where something needed them
};

}  // namespace equiripple
