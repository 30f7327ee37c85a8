// Both as values: what would be written beside what is there.
#include "emit/json_compare.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit/json.hpp"

namespace equiripple {
namespace {

std::string first_difference(const Json& found, const Json& right, const std::string& path);

std::string difference_in_object(const Json& found, const Json& right, const std::string& path) {
  for (const auto& [name, value] : found.items()) {
    const auto known = right.find(name);
    if (known == right.end()) return path + name;
    std::string where = first_difference(value, *known, path + name);
    if (!where.empty()) return where;
  }
  for (const auto& [name, value] : right.items()) {
    if (!found.contains(name) && name != "rounding") return path + name;
  }
  return {};
}

std::string first_difference(const Json& found, const Json& right, const std::string& path) {
  if (found.is_object() && right.is_object()) {
    return difference_in_object(found, right, path.empty() ? path : path + "/");
  }
  if (!found.is_array() || !right.is_array()) return found == right ? std::string() : path;
  if (found.size() != right.size()) return path;
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::string where = first_difference(found[i], right[i], fmt::format("{}/{}", path, i));
    if (!where.empty()) return where;
  }
  return {};
}

}  // namespace

std::string foreign_field_in_json(const std::string& text, const Artifact& artifact) {
  const Expected<Json> json = parse_json(text);
  return json ? first_difference(*json, to_json(artifact), "") : json.error().why;
}

}  // namespace equiripple
