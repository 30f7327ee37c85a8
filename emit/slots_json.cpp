// Each step has what its operation takes, and nothing else.
#include "emit/slots_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"

namespace equiripple {
namespace {

Json step_json(const SlotStep& step) {
  Json json;
  json["op"] = name_of(step.operation);
  json["of"] =
      takes_two(step.operation) ? Json::array({step.left, step.right}) : Json::array({step.left});
  if (has_part(step.operation)) json["part"] = step.part + 1;
  if (step.operation == SlotOperation::rotate) json["by"] = step.by;
  if (has_scale(step.operation)) json["scale"] = hexfloat(step.scale);
  if (step.operation == SlotOperation::read) json["offset"] = hexfloat(step.offset);
  if (step.operation == SlotOperation::refresh) {
    json["noise"] = hexfloat(step.refresh.noise);
    json["lowest"] = step.refresh.lowest;
    json["levels"] = step.refresh.levels;
  }
  return json;
}

std::optional<int> whole(const Json& value, int highest) {
  if (!value.is_number_integer() || value < 0 || value > highest) return std::nullopt;
  return value.get<int>();
}

std::optional<Rational> real(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_string()) return std::nullopt;
  return parse_hexfloat(found->get<std::string>());
}

// Why it is none, or empty.
std::string read_refresh(const Json& json, SlotRefresh& refresh) {
  constexpr int most_levels = 400;  // as in requests
  const auto noise = real(json, "noise");
  if (!noise || *noise <= 0) return "\"noise\" must be a hex-float string above 0";
  refresh.noise = *noise;
  for (const auto& [name, number] :
       {std::pair{"lowest", &refresh.lowest}, {"levels", &refresh.levels}}) {
    const auto level = json.contains(name) ? whole(json[name], most_levels) : std::nullopt;
    if (!level) return fmt::format("\"{}\" must be a number of levels", name);
    *number = *level;
  }
  return {};
}

// Why it is none, or empty.
std::string read_step(const Json& json, SlotStep& step) {
  if (!json.is_object() || !json.contains("op") || !json["op"].is_string()) {
    return "\"op\" must be an operation on slots";
  }
  const auto operation = slot_operation(json["op"].get<std::string>());
  if (!operation) {
    return "\"op\" must be read, scale, centre, part, sum, square, product, refresh, rotate or "
           "pair";
  }
  step.operation = *operation;
  constexpr int last = static_cast<int>(most_slot_steps);
  const std::size_t count = takes_two(*operation) ? 2 : 1;
  if (!json.contains("of") || !json["of"].is_array() || json["of"].size() != count) {
    return fmt::format("\"of\" must be a list of {} of the values", count);
  }
  const auto left = whole(json["of"].front(), last);
  const auto right = whole(json["of"].back(), last);
  if (!left || !right) return "\"of\" must be numbers of values";
  step.left = *left;
  if (count == 2) step.right = *right;
  if (has_part(step.operation)) {
    const auto part = json.contains("part") ? whole(json["part"], last) : std::nullopt;
    if (!part || *part < 1) return "\"part\" must be the number of a part";
    step.part = *part - 1;
  }
  if (step.operation == SlotOperation::rotate) {
    const auto by =
        json.contains("by") ? whole(json["by"], static_cast<int>(most_slots)) : std::nullopt;
    if (!by || *by < 1) return "\"by\" must be a number of slots, at least 1";
    step.by = *by;
  }
  if (has_scale(step.operation)) {
    const auto scale = real(json, "scale");
    if (!scale) return "\"scale\" must be a hex-float string";
    step.scale = *scale;
  }
  if (step.operation == SlotOperation::read) {
    const auto offset = real(json, "offset");
    if (!offset) return "\"offset\" must be a hex-float string";
    step.offset = *offset;
  }
  return step.operation == SlotOperation::refresh ? read_refresh(json, step.refresh)
                                                  : std::string();
}

}  // namespace

Json to_json(const SlotSteps& steps) {
  Json list = Json::array();
  for (const SlotStep& step : steps) list.push_back(step_json(step));
  return list;
}

Expected<SlotSteps> slot_steps_from_json(const Json& list) {
  SlotSteps steps;
  for (const Json& json : list) {
    SlotStep step;
    if (std::string why = read_step(json, step); !why.empty()) return Defect{std::move(why)};
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace equiripple
