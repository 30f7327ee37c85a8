// The choices that a search over degrees leaves: a table, JSON, a picture.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple {

struct FrontRow {
  std::vector<int> degrees;  // a single even one is of the function itself
  int levels = 0;
  int key_switches = 0;
  double latency = 0;  // in the unit of the cost table
  Rational gap;        // of sign, relative to the range; 0 where the polynomial has none
  ClaimRecord claim;
  std::vector<int> stage_levels{};  // of each stage, where that is known
};

struct SearchFront {
  std::string function;      // for people
  bool meets_error = false;  // all rows meet one error: then what they cost tells them apart
  RequestRecord request;
  std::string latency_unit;
  Rational error_unit = 1;       // what errors are counted in: of metric relu the range
  std::string remark;            // how what the rows say is known
  std::vector<FrontRow> rows{};  // ascending levels
};

/// -log2 of the error, which is above 0; rounded down.
[[nodiscard]] double accuracy_bits(const FrontRow& row);
[[nodiscard]] std::string accuracy_text(const FrontRow& row, int places);

/// "15,15,27", or "24 direct".
[[nodiscard]] std::string degrees_text(const FrontRow& row);

[[nodiscard]] std::string front_table(const SearchFront& front);

/// {"format": "equiripple-front", "version": 1, "function", "request", "latency_unit",
/// "error_unit", "remark", "choices": [{"degrees", "levels", "key_switches", "latency", "bits",
/// "gap", "error"}]}; errors as in an artifact.
[[nodiscard]] std::string to_json_text(const SearchFront& front);

/// Levels against key switches where an error is met, else against bits; each choice with its
/// degrees.
[[nodiscard]] std::string to_svg(const SearchFront& front);

}  // namespace equiripple
