// Points to words and back.
#include "emit/points.hpp"

#include <fmt/format.h>

#include "emit/describe.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {

bool is_fit(const Artifact& artifact) {
  return artifact.kind == Kind::minimax && artifact.request.command == "fit";
}

bool is_point_record(const RequestOption& option) {
  return option.name == points_option || option.name == point_count_option;
}

PartedOptions parted_options(const RequestRecord& request) {
  PartedOptions parted;
  for (const RequestOption& option : request.options) {
    const bool is_of_points = request.command == "fit" && is_point_record(option);
    (is_of_points ? parted.points : parted.typed).push_back(option);
  }
  return parted;
}

std::vector<RequestOption> point_record(const std::vector<std::string>& words) {
  std::vector<RequestOption> options = {{point_count_option, {std::to_string(words.size())}}};
  if (words.size() <= most_listed_points) options.push_back({points_option, words});
  return options;
}

Expected<DataTable> table_of(const std::vector<RequestOption>& options) {
  DataTable table;
  std::string count;
  for (const RequestOption& option : options) {
    if (option.name == point_count_option && !option.values.empty()) count = option.values.front();
    if (option.name != points_option) continue;
    for (const std::string& word : option.values) {
      const std::size_t space = word.find(' ');
      if (space == std::string::npos) return Defect{fmt::format("the point '{}' has no y", word)};
      const auto x = parse_number(std::string_view(word).substr(0, space));
      const auto y = parse_number(std::string_view(word).substr(space + 1));
      if (!x || !y) {
        return Defect{fmt::format("the point '{}': {}", word, (x ? y : x).error().why)};
      }
      if (!table.points.empty() && !(table.points.back().x < *x)) {
        return Defect{fmt::format("the point '{}' is not right of the one before", word)};
      }
      table.points.push_back({*x, *y});
    }
  }
  if (table.points.empty()) {
    return Defect{fmt::format("the {} points are not listed in the file", count)};
  }
  if (std::to_string(table.points.size()) != count) {
    return Defect{fmt::format("\"{}\" is not the number of points listed, which is {}",
                              point_count_option, table.points.size())};
  }
  return table;
}

Expected<DataTable> table_of(const Artifact& artifact) {
  return table_of(artifact.request.options);
}

}  // namespace equiripple
