// Which degrees meet a need, and what other choices there are, from words.
#pragma once

#include <string>

#include "emit/front.hpp"
#include "emit/make/degree_choice.hpp"
#include "emit/request/given_options.hpp"

namespace equiripple {

/// One search: of the words of search_command().
class Search {
 public:
  /// Fails with wrong_request or machine_failed.
  Search(const std::vector<RequestOption>& words, const FileReader& read);

  /// The best choice, composed, proved and planned; with --pareto all that no other beats. Fails
  /// with cannot_be_met.
  [[nodiscard]] SearchFront front();

  /// What is to be had, and what stands in the way of less.
  [[nodiscard]] Explanation explanation() { return choice_.explanation(); }

  /// With cannot_be_met: what is needed, and the best within the budget.
  [[noreturn]] void fail() { choice_.fail(); }

 private:
  Search(const GivenOptions& given);

  bool is_pareto_;
  std::string model_;  // the name of the file of costs; empty for counts of transforms
  SignRequest request_;
  Identity identity_;
  DegreeChoice choice_;
};

}  // namespace equiripple
