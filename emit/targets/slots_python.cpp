// The programs of the parts on numbers, an operation a line, and what joins them.
#include <fmt/format.h>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/slots_text.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

std::string hex(const Rational& q) { return fmt::format("float.fromhex(\"{}\")", hexfloat(q)); }

// On numbers nothing is rescaled or relinearized, and no scale is another.
std::string operation_text(const Instruction& step, const std::vector<Instruction>& program) {
  const auto name = [&](int index) { return program[static_cast<std::size_t>(index)].name; };
  const std::string left = step.left >= 0 ? name(step.left) : std::string();
  const std::string right = step.right >= 0 ? name(step.right) : std::string();
  switch (step.operation) {
    case PlanOperation::normalise:
      return fmt::format("({} - {}) / {}", left, hex(step.centre), hex(step.half_width));
    case PlanOperation::multiply: return left + " * " + right;
    case PlanOperation::square: return left + " * " + left;
    case PlanOperation::multiply_scalar: return left + " * " + hex(step.scalar);
    case PlanOperation::add_scalar: return left + " + " + hex(step.scalar);
    case PlanOperation::multiply_integer: return fmt::format("{} * {}", left, step.integer);
    case PlanOperation::subtract: return left + " - " + right;
    case PlanOperation::add: return left + " + " + right;
    default: return left;
  }
}

std::string part_text(const Artifact& part) {
  const std::vector<Instruction>& program = part.plan->program;
  std::string text = fmt::format("# {}\ndef {}({}):\n", comment_text(describe_part(part)),
                                 part.name, program.front().name);
  for (const Instruction& step : program) {
    if (step.operation == PlanOperation::input) continue;
    text += fmt::format("    {} = {}\n", step.name, operation_text(step, program));
  }
  return text + fmt::format("    return {}\n\n\n", program.back().name);
}

std::string value_name(int index) { return index == 0 ? "x" : fmt::format("v{}", index); }

// Lists of slots; a sum is one number, in every slot.
std::string step_text(const Artifact& artifact, const SlotStep& step) {
  const std::string left = value_name(step.left);
  const std::string right = value_name(step.right);
  const std::string scale = hex(step.scale);
  switch (step.operation) {
    case SlotOperation::read:
      return fmt::format("[{} * a + {} for a in {}]", scale, hex(step.offset), left);
    case SlotOperation::scale: return fmt::format("[{} * a for a in {}]", scale, left);
    case SlotOperation::centre:
      return fmt::format("[{} * a - b for a, b in zip({}, {})]", scale, left, right);
    case SlotOperation::part:
      return fmt::format("[{}(a) for a in {}]",
                         artifact.parts[static_cast<std::size_t>(step.part)].name, left);
    case SlotOperation::sum: return fmt::format("[math.fsum({0})] * len({0})", left);
    case SlotOperation::square: return fmt::format("[a * a for a in {}]", left);
    case SlotOperation::product:
      return fmt::format("[{} * a * b for a, b in zip({}, {})]", scale, left, right);
  }
  return {};
}

}  // namespace

std::string slots_to_python(const Artifact& artifact) {
  std::string length = option_of(artifact, "length");
  if (length.empty()) length = option_of(artifact, "slots");
  std::string text = slots_head(artifact, "# ", "python", ".py");
  text += "import math\n\n";
  text += claim_lines("# ", "ERROR_AT_MOST", "ERROR_UNIT", "ERROR_METRIC");
  text += fmt::format(
      "ERROR_AT_MOST = {}\nERROR_UNIT = 1.0\nERROR_METRIC = \"{}\"\nERROR_EVIDENCE = "
      "\"{}\"\n\nLENGTH = {}\n\n\n",
      hex(Rational(to_double(artifact.claim.error.upper, Rounding::up))),
      name_of(artifact.claim.metric), name_of(artifact.claim.error.evidence), length);
  for (const Artifact& part : artifact.parts) text += part_text(part);
  text += "def evaluate(x):\n";
  text += "    \"\"\"Of LENGTH numbers: a list of as many.\"\"\"\n    x = list(x)\n";
  text += "    if len(x) != LENGTH:\n";
  text += "        raise ValueError(f\"evaluate takes {LENGTH} numbers, not {len(x)}\")\n";
  for (std::size_t i = 0; i < artifact.slot_steps.size(); ++i) {
    text += fmt::format("    {} = {}\n", value_name(static_cast<int>(i) + 1),
                        step_text(artifact, artifact.slot_steps[i]));
  }
  return text +
         fmt::format("    return {}\n", value_name(static_cast<int>(artifact.slot_steps.size())));
}

}  // namespace equiripple
