// Which degrees meet a need, and what other choices there are, from words.
#pragma once

#include <string>

#include "emit/front.hpp"
#include "emit/make/degree_choice.hpp"
#include "emit/request/given_options.hpp"

namespace equiripple {

/// One search.
class Search {
 public:
  /// Of the words of search_command().
  [[nodiscard]] static Outcome<Search> of(const std::vector<RequestOption>& words,
                                          const FileReader& read);

  /// The best choice, composed, proved and planned; with --pareto all that no other beats.
  [[nodiscard]] Outcome<SearchFront> front();

  /// What is to be had, and what stands in the way of less.
  [[nodiscard]] Outcome<Explanation> explanation() { return choice_.explanation(); }

  /// What is needed, and the best within the budget.
  [[nodiscard]] Refusal nothing_found() { return choice_.nothing_found(); }

 private:
  Search(const GivenOptions& given, SignRequest request);

  bool is_pareto_;
  std::string model_;  // the name of the file of costs; empty for counts of transforms
  SignRequest request_;
  Identity identity_;
  DegreeChoice choice_;
};

}  // namespace equiripple
