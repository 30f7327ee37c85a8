// The programs of the parts on numbers, an operation a line, and what joins them.
#include <fmt/format.h>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/interpret.hpp"
#include "emit/slots_text.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

std::string hex(const Rational& q) { return fmt::format("float.fromhex(\"{}\")", hexfloat(q)); }

// The algebra (interpret.hpp) of names: a line for each operation. On numbers nothing is rescaled
// or relinearized, and no scale is another.
class Lines {
 public:
  using Value = std::string;

  static Value input(const Instruction& step) { return step.name; }
  Value normalise(const Instruction& step, const Value& x) {
    return line(step, fmt::format("({} - {}) / {}", x, hex(step.centre), hex(step.half_width)));
  }
  Value stage(const Instruction& step, const Value& x) { return line(step, x); }
  Value product(const Instruction& step, const Value& x, const Value& y) {
    return line(step, x + " * " + y);
  }
  Value multiple(const Instruction& step, const Value& x, const Rational& factor) {
    const bool is_integer = step.operation == PlanOperation::multiply_integer;
    return line(step, x + " * " + (is_integer ? std::to_string(step.integer) : hex(factor)));
  }
  Value shifted(const Instruction& step, const Value& x) {
    return line(step, x + " + " + hex(step.scalar));
  }
  Value sum(const Instruction& step, const Value& x, const Value& y, int sign) {
    return line(step, x + (sign > 0 ? " + " : " - ") + y);
  }
  Value same(const Instruction& step, const Value& x) { return line(step, x); }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Value line(const Instruction& step, const std::string& value) {
    text_ += fmt::format("    {} = {}\n", step.name, value);
    return step.name;
  }

  std::string text_;
};

std::string part_text(const Artifact& part) {
  const std::vector<Instruction>& program = part.plan->program;
  Lines lines;
  const std::string result = interpreted(program, lines).back();
  return fmt::format("# {}\ndef {}({}):\n{}    return {}\n\n\n", comment_text(describe_part(part)),
                     part.name, has_two_inputs(part.kind) ? "a, b" : program.front().name,
                     lines.text(), result);
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
    case SlotOperation::refresh: return left;
    case SlotOperation::rotate: return fmt::format("{0}[{1}:] + {0}[:{1}]", left, step.by);
    case SlotOperation::pair:
      return fmt::format("[{} * {}(a, b) for a, b in zip({}, {})]", scale,
                         artifact.parts[static_cast<std::size_t>(step.part)].name, left, right);
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
