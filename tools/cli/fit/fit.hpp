// From a table of points to an artifact: read, solve, round, plan, claim.
#pragma once

#include <string>
#include <vector>

#include "generator/data/table.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {

struct NamedTable {
  std::string name;                // of the file, without its folder
  DataTable table;                 // ascending in x, whatever the order of the lines
  std::vector<std::string> words;  // "x y" of each point, as the file has it
};

/// One "x y" or "x,y" a line; # begins a comment. `name` stands in messages. Fails with
/// wrong_request, naming line and word.
[[nodiscard]] NamedTable parse_table(const std::string& name, const std::string& text);

enum class FitObjective { minimax, least_squares };

/// The words of --objective and --parity. Fail with wrong_request.
[[nodiscard]] FitObjective fit_objective_word(const std::string& word);
[[nodiscard]] Parity fit_parity_word(const std::string& word, const DataTable& table);

struct FitRequest {
  NamedTable data;
  int degree = 0;
  FitObjective objective = FitObjective::minimax;
  Parity parity = Parity::none;
  PlanSettings plan{};
};

struct Fit {
  Artifact artifact;
  Rational root_mean_square;  // of the error of the stored polynomial, rounded up
};

/// Fails with wrong_request or cannot_be_met.
[[nodiscard]] Fit make_fit(const FitRequest& request, const Identity& identity);

}  // namespace equiripple
