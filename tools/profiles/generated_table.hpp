// The text around the rows of a table that a program writes as C++.
#pragma once

#include <string>

#include "emit/plan/shape.hpp"
#include "emit/plan/stage_profile.hpp"

namespace equiripple {

struct GeneratedTable {
  std::string again;    // "Plan again"
  std::string program;  // that writes it to standard output
  std::string file;
  std::string columns;  // what the rows hold, as comments
  std::string header;   // that declares the function
  std::string row;      // the type of a row
  std::string function;
  std::string names;  // using declarations for the rows
};

/// Up to the first row, and from the last one on.
[[nodiscard]] std::string head_of(const GeneratedTable& table);
[[nodiscard]] std::string foot_of_table();

/// As rows have it.
[[nodiscard]] const char* name_of(SeriesClass series_class);

/// "{1, 1, 2, 1, 0}, {1, 1, 1, 1, 2}": for each level that is spent.
[[nodiscard]] std::string counts_text(const StageProfile& profile);

}  // namespace equiripple
