// The table and the JSON.
#include "emit/front.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"
#include "emit/json.hpp"

namespace equiripple {

double accuracy_bits(const FrontRow& row) { return -log2_rounded_up(row.claim.error.upper); }

std::string accuracy_text(const FrontRow& row, int places) {
  return log2_text(1 / row.claim.error.upper, places, Rounding::down);
}

std::string degrees_text(const FrontRow& row) {
  const bool direct = row.degrees.size() == 1 && row.degrees.front() % 2 == 0;
  return fmt::format("{}{}", fmt::join(row.degrees, ","), direct ? " direct" : "");
}

std::string front_table(const SearchFront& front) {
  constexpr int places = 2;
  std::string text = front.function + "\n";
  text += fmt::format("  request  {}\n\n", command_line(front.request));
  text += "  levels  key switches   latency     bits  degrees\n";
  for (const FrontRow& row : front.rows) {
    text += fmt::format("  {:>6}  {:>12}  {:>8.0f}  {:>7}  {}\n", row.levels, row.key_switches,
                        row.latency, accuracy_text(row, places), degrees_text(row));
  }
  return text + fmt::format("\n  latency in {}; {}\n", front.latency_unit, front.remark);
}

std::string to_json_text(const SearchFront& front) {
  Json choices = Json::array();
  for (const FrontRow& row : front.rows) {
    Json json;
    json["degrees"] = row.degrees;
    json["levels"] = row.levels;
    json["key_switches"] = row.key_switches;
    json["latency"] = row.latency;
    json["bits"] = accuracy_bits(row);
    json["gap"] = hexfloat(Rational(to_double(row.gap)));
    json["error"] = to_json(row.claim);
    choices.push_back(std::move(json));
  }
  Json json;
  json["format"] = "equiripple-front";
  json["version"] = 1;
  json["function"] = front.function;
  json["request"] = to_json(front.request);
  json["latency_unit"] = front.latency_unit;
  json["error_unit"] = hexfloat(Rational(to_double(front.error_unit)));
  json["remark"] = front.remark;
  json["choices"] = std::move(choices);
  return json.dump(2) + "\n";
}

}  // namespace equiripple
