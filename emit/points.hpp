// The points of a fitted table, inside the artifact: `verify` needs no other file.
//
// The options of the request `fit` name the file (data), and carry how many points it held and, up
// to most_listed_points, each of them as "x y" in the exact words of the file.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "generator/data/table.hpp"
#include "generator/expected.hpp"

namespace equiripple {

inline constexpr std::size_t most_listed_points = 10'000;  // chosen: about 1 MiB of a file
inline constexpr const char* points_option = "points";
inline constexpr const char* point_count_option = "point-count";

[[nodiscard]] bool is_fit(const Artifact& artifact);

/// Whether an option records points, rather than what was typed.
[[nodiscard]] bool is_point_record(const RequestOption& option);

/// The options of a request: those that are typed, and those that record the points of a fit.
struct PartedOptions {
  std::vector<RequestOption> typed;
  std::vector<RequestOption> points;
};
[[nodiscard]] PartedOptions parted_options(const RequestRecord& request);

/// The options for a table: `words` has "x y" for each point, ascending.
[[nodiscard]] std::vector<RequestOption> point_record(const std::vector<std::string>& words);

/// The table that these options record, or that the artifact was fitted to; an error where it is
/// not listed, or not a table.
[[nodiscard]] Expected<DataTable> table_of(const std::vector<RequestOption>& options);
[[nodiscard]] Expected<DataTable> table_of(const Artifact& artifact);

}  // namespace equiripple
