// From what is needed to the degrees: the search, and what it finds solved, proved and planned.
//
// Two classes are searched: compositions of sign, and direct polynomials of the function itself.
// The search knows stages and direct polynomials by the costs that the planner has for nominal
// ones, and errors by curves and exchanges in double. What it finds is made like any other request;
// where a plan then takes more than was counted, or a proof finds more error, the next point of the
// front is tried while it may be better.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/front.hpp"
#include "emit/make/identity.hpp"
#include "emit/make/observer.hpp"
#include "emit/request/requests.hpp"
#include "generator/search/direct_search.hpp"

namespace equiripple {

/// A composition with everything that is known of it.
struct ComposedChoice {
  Artifact artifact;
  std::vector<int> degrees;
  double latency = 0;  // of the plan, by request.plan.costs
};

struct Explanation {
  std::string text;
  bool feasible = false;
};

class DegreeChoice {
 public:
  /// The request is without degrees.
  DegreeChoice(const SignRequest& request, const Identity& identity);

  /// By request.plan.objective; a refusal says why what was tried last cannot be had, or nothing
  /// where nothing was tried.
  [[nodiscard]] Outcome<ComposedChoice> best_found();

  /// Likewise; a refusal says what can be met.
  [[nodiscard]] Outcome<ComposedChoice> best();

  /// What a level less and a key switch less than this would cost, a line each; empty without an
  /// error to meet.
  [[nodiscard]] std::string neighbours(const ComposedChoice& choice);

  /// All choices that no other beats in levels, key switches and latency, and without an error to
  /// meet, in error: ascending levels. Solved again, without plans and proofs: costs by the table
  /// of stages, which a plan may stay below. Refused likewise where there is none.
  [[nodiscard]] Outcome<std::vector<FrontRow>> front();

  /// What can be had, what stands in the way of less, and the nearest requests that can be met;
  /// several lines. By the search alone, without proofs. Refused where it is not searched at all.
  [[nodiscard]] Outcome<Explanation> explanation();

  /// What is needed, and the best within the budget.
  [[nodiscard]] Refusal nothing_found();

 private:
  using Found = std::vector<FoundComposition>;

  std::optional<Refusal> beyond_search() const;  // why it is not searched; nothing where it is
  // Of what is not beyond it; with this share of the error, where there is one.
  CompositeSearchRequest search_request(bool by_latency, const Rational& share = 1) const;
  Outcome<ComposedChoice> best_of(const Rational& share);
  Found searched(const CompositeSearchRequest& request);
  std::optional<FrontRow> row_of(const FoundComposition& found);
  std::optional<FrontRow> solved(const FoundComposition& found);
  Outcome<ComposedChoice> composed(const FoundComposition& found);
  std::string obstacle();
  Found without_budgets();
  std::optional<FoundComposition> best_within_budgets();
  std::string need() const;
  std::string degrees_text(const std::vector<int>& degrees) const;
  std::string accuracy_text(const FoundComposition& found) const;
  int highest_stage_degree() const;  // of what is searched
  std::string class_text() const;
  std::string budget_text() const;

  SignRequest request_;
  Identity identity_;
  DegreesSearch search_;
  StageCosts costs_;                      // of stages of compositions
  std::vector<StageOption> direct_;       // ways to direct polynomials
  std::optional<Found> by_key_switches_;  // what meets the error, or the last share of it
                                          // that was searched for
  std::optional<Found> by_latency_;       // likewise
  std::string why_;                       // the last choice could not be composed
};

}  // namespace equiripple
