// One line a step.
#include "emit/slots_cpp.hpp"

#include <fmt/format.h>

#include <string_view>

#include "emit/cpp_header.hpp"
#include "emit/hexfloat.hpp"
#include "emit/slot_costs.hpp"
#include "emit/slots_text.hpp"
#include "emit/targets/head.hpp"

namespace equiripple {
namespace {

constexpr std::string_view part_mark = "// PART ";
constexpr std::string_view whole_mark = "// WHOLE: what joins the parts.\n";
constexpr std::string_view includes = "#pragma once\n#include <equiripple/runtime.hpp>\n\n";

std::string value_name(int index) { return index == 0 ? "x" : fmt::format("v{}", index); }

std::string remark_of(const Artifact& artifact, const SlotStep& step) {
  switch (step.operation) {
    case SlotOperation::read:
      return artifact.kind == Kind::largest
                 ? "the scale is read as another where it leaves room: no level; else 1"
                 : "the scale is read as another: no level";
    case SlotOperation::scale: return "1 level";
    case SlotOperation::centre: return "slots times x, less their sum: no level";
    case SlotOperation::part:
    case SlotOperation::pair: {
      const PlanCosts& costs = artifact.parts[static_cast<std::size_t>(step.part)].plan->costs;
      return fmt::format("{} levels, {} KEY SWITCHES", costs.levels, costs.key_switches);
    }
    case SlotOperation::sum: return "ROTATIONS";
    case SlotOperation::square:
    case SlotOperation::product: return "1 level, 1 KEY SWITCH";
    case SlotOperation::refresh: return "BOOTSTRAPPING, 1 KEY SWITCH";
    case SlotOperation::rotate: return "ROTATION";
  }
  return {};
}

std::string expression_of(const Artifact& artifact, const SlotStep& step, bool is_last) {
  const std::string left = value_name(step.left);
  const std::string right = value_name(step.right);
  switch (step.operation) {
    case SlotOperation::read:
      if (artifact.kind == Kind::largest) {
        return fmt::format("slots.brought({}, {})", left, hexfloat(step.scale));
      }
      return fmt::format("slots.read({}, {}, {})", left, hexfloat(step.scale),
                         hexfloat(step.offset));
    case SlotOperation::scale:
      return fmt::format("slots.scale({}, {})", left, hexfloat(step.scale));
    case SlotOperation::centre: return fmt::format("slots.centre({}, {}, length)", left, right);
    case SlotOperation::part:
      return fmt::format("slots.template part<::{}::Plan>({})",
                         artifact.parts[static_cast<std::size_t>(step.part)].name, left);
    case SlotOperation::sum: return fmt::format("slots.sum(sum, {})", left);
    case SlotOperation::square: return fmt::format("slots.square({})", left);
    case SlotOperation::product:
      return fmt::format("slots.{}({}, {}, {})", is_last ? "result" : "product", left, right,
                         hexfloat(step.scale));
    case SlotOperation::refresh: return fmt::format("slots.refresh({})", left);
    case SlotOperation::rotate: return fmt::format("rotate({}, {})", left, step.by);
    case SlotOperation::pair: {
      const std::string& part = artifact.parts[static_cast<std::size_t>(step.part)].name;
      return is_last ? fmt::format("slots.template result_of_pair<::{}::Plan>({}, {}, {})", part,
                                   left, right, hexfloat(step.scale))
                     : fmt::format("slots.template pair<::{}::Plan>({}, {})", part, left, right);
    }
  }
  return {};
}

// What refreshes must be; empty where there are none.
std::string refreshes_text(const Artifact& artifact) {
  const auto refresh = refresh_of(artifact.slot_steps);
  if (!refresh) return {};
  return fmt::format(
      "inline constexpr int input_levels = {};  // up to the first refresh, or where they are "
      "used\n"
      "inline constexpr int refreshes = {};\n"
      "inline constexpr equiripple::SlotRefreshes refresh{{{}, {}, {}}};  // noise, lowest level, "
      "levels left\n",
      slots_levels_of_input(artifact), refreshes_of(artifact.slot_steps), hexfloat(refresh->noise),
      refresh->lowest, refresh->levels);
}

// Sums, or rotations, which the caller brings.
std::string brought_text(const Artifact& artifact) {
  if (artifact.kind != Kind::largest) {
    return fmt::format(
        "inline constexpr int key_switches = {};  // without those of the sums\n"
        "inline constexpr int sums = {};\n",
        whole_plan(artifact).costs.key_switches, sums_of(artifact.slot_steps));
  }
  return fmt::format(
      "inline constexpr int key_switches = {};  // without those of the rotations\n"
      "inline constexpr int rotations = {};\n",
      whole_plan(artifact).costs.key_switches, rotations_of(artifact.slot_steps));
}

std::string constants(const Artifact& artifact) {
  const Plan plan = whole_plan(artifact);
  std::string length;
  for (const RequestOption& option : artifact.request.options) {
    if (option.name == "length" || option.name == "slots") length = option.values.front();
  }
  return fmt::format(
      "inline constexpr int length = {};  // slots\n"
      "inline constexpr int levels = {};\n"
      "{}{}"
      "inline constexpr double half_width = {};  // of the input's range\n\n",
      length, plan.costs.levels, brought_text(artifact), refreshes_text(artifact),
      outward(half_width_of_input(artifact), Rounding::up));
}

std::string evaluate_text(const Artifact& artifact) {
  const bool is_refreshed = refreshes_of(artifact.slot_steps) > 0;
  const char* levels = is_refreshed ? "input_levels" : "levels";
  const bool rotates = artifact.kind == Kind::largest;
  std::string text = fmt::format(
      "/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by\n"
      "/// working_scale: {}, and one more where the scale times half_width is above it.\n"
      "constexpr int required_levels(double input_scale, double working_scale) {{\n"
      "  return equiripple::detail::levels_read_at(input_scale, working_scale, {}, "
      "half_width);\n"
      "}}\n\n"
      "/// {}. {}\n"
      "/// The result has scale output_scale (0: the input's).\n"
      "template <class Backend, class {}>\n"
      "typename Backend::Ciphertext evaluate(\n"
      "    Backend& he, const typename Backend::Ciphertext& x, {}, double output_scale = 0) "
      "{{\n"
      "  const equiripple::detail::AcrossSlots<Backend> slots(\n"
      "      he, \"{}\", {}, half_width, x, output_scale{});\n",
      slots_levels_of_input(artifact), levels, comment_text(describe_slots(artifact)),
      rotates ? "rotate(y, k) returns y with slot i + k in slot i."
              : "sum(he, y) returns the sum over the slots of y, in each of them.",
      rotates ? "Rotate" : "Sum", rotates ? "Rotate rotate" : "Sum sum", artifact.name, levels,
      multiplies_at_end(artifact) ? ", true" : "");
  if (is_refreshed) text += "  slots.require(refresh, x);\n";
  const int last = static_cast<int>(artifact.slot_steps.size());
  for (int i = 1; i <= last; ++i) {
    const SlotStep& step = artifact.slot_steps[static_cast<std::size_t>(i) - 1];
    text += fmt::format("  const auto {} = {};  // {}\n", value_name(i),
                        expression_of(artifact, step, i == last), remark_of(artifact, step));
  }
  return text + fmt::format("  return {};\n}}\n\n", value_name(last));
}

// Without what stands at the head of the whole.
std::string text_of_part(const Artifact& part) {
  std::string text = to_cpp(part);
  if (const std::size_t at = text.find(includes); at != std::string::npos) {
    text.erase(at, includes.size());
  }
  return text;
}

}  // namespace

std::string slots_to_cpp(const Artifact& artifact, const std::string& claim,
                         const std::string& record) {
  std::string text = slots_head(artifact, "// ", "cpp", ".hpp") + std::string(includes);
  for (std::size_t i = 0; i < artifact.parts.size(); ++i) {
    text += fmt::format("{}{} of {}: {}\n", part_mark, i + 1, artifact.parts.size(),
                        comment_text(describe_part(artifact.parts[i])));
    text += text_of_part(artifact.parts[i]) + "\n";
  }
  text += whole_mark;
  text += fmt::format("\nnamespace {} {{\n\n", artifact.name);
  text +=
      fmt::format("// Of {}; absolute, of each slot.\n", comment_text(describe_slots(artifact)));
  text += claim;
  text += "static_assert(equiripple::is_ordered(claim));\n\n";
  text += constants(artifact);
  text += evaluate_text(artifact);
  text += fmt::format("}}  // namespace {}\n\n", artifact.name);
  return text + record;
}

std::vector<std::string> segments_of_cpp(const std::string& text) {
  const std::size_t whole = text.rfind("\n" + std::string(whole_mark));
  if (whole == std::string::npos) return {text};
  const std::string before = "\n" + std::string(part_mark);
  std::vector<std::string> segments;
  std::size_t begin = text.find(before);
  while (begin < whole && segments.size() <= most_parts) {
    const std::size_t end = std::min(text.find(before, begin + 1), whole);
    segments.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  segments.push_back(text.substr(whole));
  return segments;
}

}  // namespace equiripple
