// Every key is checked, the first that is wrong is named.
#include "emit/cost_table.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "emit/json.hpp"
#include "emit/legible.hpp"

namespace equiripple {
namespace {

constexpr int most_levels_after = 1000;  // chosen

const std::pair<const char*, std::vector<double> CostTable::*> lists[] = {
    {"tensor_product", &CostTable::tensor_product},
    {"key_switch", &CostTable::key_switch},
    {"rescaling", &CostTable::rescaling},
    {"scalar_product", &CostTable::scalar_product},
    {"addition", &CostTable::addition},
};

bool is_cost(const Json& value) {
  constexpr double largest = 1e100;  // chosen: sums of them stay finite
  return value.is_number() && value.get<double>() >= 0 && value.get<double>() <= largest;
}

// Empty where the value is neither a cost nor a list of costs.
std::vector<double> costs_of(const Json& value) {
  if (is_cost(value)) return {value.get<double>()};
  if (!value.is_array() || value.size() > most_listed_costs) return {};
  std::vector<double> costs;
  for (const Json& one : value) {
    if (!is_cost(one)) return {};
    costs.push_back(one.get<double>());
  }
  return costs;
}

// What is wrong with one key; empty where it went into the table.
std::string read_key(const std::string& key, const Json& value, CostTable& table) {
  for (const auto& [name, list] : lists) {
    if (key != name) continue;
    table.*list = costs_of(value);
    if (!(table.*list).empty()) return {};
    return fmt::format("\"{}\" must be a number, or a list of 1 to {} numbers, from 0 to 1e100",
                       name, most_listed_costs);
  }
  if (key == "levels_after") {
    const double levels = value.is_number_integer() ? value.get<double>() : -1;
    if (levels < 0 || levels > most_levels_after) {
      return fmt::format("\"{}\" must be a whole number from 0 to {}", key, most_levels_after);
    }
    table.levels_after = static_cast<int>(levels);
    return {};
  }
  if (key == "what") return value.is_string() ? std::string() : "\"what\" must be a string";
  return fmt::format(
      "\"{}\" is no key of a cost table; those are tensor_product, key_switch, rescaling, "
      "scalar_product, addition, levels_after and what",
      printable(key.substr(0, longest_quote)));
}

}  // namespace

Expected<CostTable> cost_table_from_json_text(const std::string& text) {
  const Expected<Json> json = parse_json(text);
  if (!json) return json.error();
  if (!json->is_object()) return Defect{"an object is expected"};
  CostTable table;
  for (const auto& [key, value] : json->items()) {
    if (std::string defect = read_key(key, value, table); !defect.empty())
      return Defect{std::move(defect)};
  }
  for (const auto& [name, list] : lists) {
    if ((table.*list).empty()) return Defect{fmt::format("\"{}\" is missing", name)};
  }
  return table;
}

}  // namespace equiripple
