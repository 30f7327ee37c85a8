// The plan, an operation a line, and what it needs of two packages; levels are checked before any
// work.
#include "emit/targets/python_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "emit/describe.hpp"
#include "emit/targets/arithmetic.hpp"
#include "emit/targets/head.hpp"

namespace equiripple {
namespace {

// Names that C++ has and Python does not.
std::string python_name(const std::string& name) {
  constexpr std::array<std::string_view, 24> reserved = {
      "and", "as",     "assert", "async",  "await", "def",   "del",     "elif",
      "he",  "except", "from",   "global", "in",    "is",    "lambda",  "nonlocal",
      "not", "or",     "pass",   "raise",  "with",  "yield", "finally", "import"};
  return std::ranges::find(reserved, name) == reserved.end() ? name : name + "_";
}

const char* method_of(Arithmetic operation) {
  switch (operation) {
    case Arithmetic::multiply: return "multiply";
    case Arithmetic::relinearize: return "relinearize";
    case Arithmetic::add: return "add";
    case Arithmetic::subtract: return "subtract";
    case Arithmetic::negate: return "negate";
    case Arithmetic::scale: return "scale";
    case Arithmetic::shift: return "shift";
  }
  return "";
}

std::string inputs_text(const ArithmeticPlan& plan) {
  std::string inputs;
  for (const std::string& input : plan.inputs) inputs += ", " + python_name(input);
  return inputs;
}

std::string function_text(const ArithmeticPlan& plan) {
  std::string text = fmt::format("def plan(he{}):\n", inputs_text(plan));
  for (const ArithmeticStep& step : plan.steps) {
    std::string right;
    if (!step.right.empty()) right = ", " + python_name(step.right);
    if (step.operation == Arithmetic::scale || step.operation == Arithmetic::shift) {
      right = ", " + exact_decimal(step.constant);
    }
    text += fmt::format("    {} = he.{}({}{})\n", python_name(step.name), method_of(step.operation),
                        python_name(step.left), right);
  }
  return text + fmt::format("    return {}\n", python_name(plan.result));
}

constexpr const char* openfhe_text = R"(

class OpenFHE:
    def __init__(self, cc, *inputs):
        technique = cc.GetScalingTechnique().name
        if technique not in ("FLEXIBLEAUTO", "FLEXIBLEAUTOEXT"):
            raise ValueError(f"{technique}: must be FLEXIBLEAUTO or FLEXIBLEAUTOEXT")
        fresh = 2 if technique == "FLEXIBLEAUTOEXT" else 1
        used = max(x.GetLevel() + x.GetNoiseScaleDeg() - fresh for x in inputs)
        left = cc.GetMultiplicativeDepth() - used
        if left < LEVELS:
            raise ValueError(f"the plan needs {LEVELS} levels, the ciphertext has {left} left")
        if any(x.NumberCiphertextElements() != 2 for x in inputs):
            raise ValueError("a ciphertext is not relinearized")
        self.multiply, self.relinearize = cc.EvalMultNoRelin, cc.Relinearize
        self.add, self.subtract, self.negate = cc.EvalAdd, cc.EvalSub, cc.EvalNegate
        self.scale, self.shift = cc.EvalMult, cc.EvalAdd


class DesiloFHE:
    def __init__(self, engine, key, *inputs):
        left = min(x.level for x in inputs)
        if left < LEVELS:
            raise ValueError(f"the plan needs {LEVELS} levels, the ciphertext has {left} left")
        if any(x.polynomial_count != 2 for x in inputs):
            raise ValueError("a ciphertext is not relinearized")
        self.negate, self.scale, self.shift = engine.negate, engine.multiply, engine.add
        self.relinearize = lambda x: engine.relinearize(x, key)
        self.multiply = self.of_equal_levels(engine, engine.multiply)
        self.add = self.of_equal_levels(engine, engine.add)
        self.subtract = self.of_equal_levels(engine, engine.subtract)

    @staticmethod
    def of_equal_levels(engine, operation):
        def at(x, level):
            return x if x.level == level else engine.level_down(x, level)

        return lambda x, y: operation(at(x, min(x.level, y.level)), at(y, min(x.level, y.level)))


)";

}  // namespace

std::string plan_to_python(const Plan& plan) {
  const ArithmeticPlan arithmetic = arithmetic_of(plan);
  const std::string inputs = inputs_text(arithmetic);
  return fmt::format(
             "\n\n# The plan on ciphertexts of the packages openfhe and desilofhe, which keep "
             "scales; "
             "{} and\n# {}. Nothing else is needed.\nLEVELS = {}\n",
             plural(arithmetic.levels, "level"), plural(plan.costs.key_switches, "key switch"),
             arithmetic.levels) +
         openfhe_text + function_text(arithmetic) +
         fmt::format(
             "\n\ndef evaluate_openfhe(cc{0}):\n"
             "    \"\"\"cc: a context with keys of EvalMultKeyGen; ValueError before any "
             "work.\"\"\"\n"
             "    return plan(OpenFHE(cc{0}){0})\n"
             "\n\ndef evaluate_desilofhe(engine, key{0}):\n"
             "    \"\"\"key: for relinearization; ciphertexts as engine.encrypt makes them.\"\"\"\n"
             "    return plan(DesiloFHE(engine, key{0}){0})\n",
             inputs);
}

}  // namespace equiripple
