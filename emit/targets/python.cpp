// numpy's objects are evaluated as they stand; lists are for libraries that want lists.
#include <fmt/format.h>

#include <stdexcept>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/makes.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/result.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/python_plan.hpp"
#include "emit/targets/targets.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

constexpr int highest_power = 31;  // of lists in powers of x: beyond, binary64 loses the polynomial

std::string hex(const Rational& q) { return fmt::format("float.fromhex(\"{}\")", hexfloat(q)); }

std::string list(const std::vector<Rational>& values, const std::string& indent) {
  std::string text = "[\n";
  for (const Rational& value : values) text += indent + "    " + hex(value) + ",\n";
  return text + indent + "]";
}

std::vector<Rational> rounded_powers(const ChebyshevSeries& series) {
  std::vector<Rational> powers = to_powers(series);
  for (Rational& c : powers) c = Rational(to_double(c));
  return powers;
}

// The iteration of goldschmidt.hpp, or of newton_root.hpp, in `value`.
std::string corrections_text(const Artifact& artifact) {
  const CorrectionScalars scalars =
      corrected_meaning(*artifact.plan, artifact.kind, artifact.corrections,
                        artifact.stages.front().polynomial, refreshed_start_scale(artifact))
          ->scalars;
  std::string text;
  if (const GoldschmidtScalars& inverse = scalars.inverse; !inverse.offsets.empty()) {
    text += fmt::format("    residual = {} + {} * x * value\n", hex(inverse.offsets.front()),
                        hex(inverse.slope));
    text += fmt::format("    value = {} * value{}\n", hex(inverse.gain),
                        artifact.kind == Kind::divide ? " * a" : "");
    for (std::size_t k = 0; k < inverse.offsets.size(); ++k) {
      if (k > 0) {
        text += fmt::format("    residual = 2 * residual * residual + {}\n",
                            hex(inverse.shifts[k - 1]));
      }
      text += fmt::format("    value = 2 * value * (residual + {})\n", hex(inverse.offsets[k]));
    }
  }
  for (const RootStep& step : scalars.root) {
    text += fmt::format("    value = {} * value + {} * x * value**3\n", hex(step.linear),
                        hex(step.cubic));
  }
  return text;
}

std::string step_text(const Step& step) {
  switch (step.operation) {
    case StepOperation::polynomial:
      return fmt::format("    value = STAGES[{}](value)\n", step.polynomial);
    case StepOperation::square: return "    value = value * value\n";
    case StepOperation::affine:
      return fmt::format("    value = {} * value + {}\n", hex(step.scale), hex(step.offset));
    case StepOperation::product:
    case StepOperation::sum:
    case StepOperation::refresh: break;
  }
  throw std::logic_error("to_python: a step that no value of a function takes");
}

// Where pieces are joined: the numbers of values are those of the steps.
std::string joined_text(const Steps& steps) {
  std::string text = "    values = [value]\n";
  for (const Step& step : steps) {
    const std::string left = fmt::format("values[{}]", step.left);
    const std::string made =
        step.operation == StepOperation::polynomial
            ? fmt::format("STAGES[{}]({})", step.polynomial, left)
            : fmt::format("{} {} values[{}]", left,
                          step.operation == StepOperation::product ? "*" : "+", step.right);
    text += fmt::format("    values.append({})\n", made);
  }
  return text + "    value = values[-1]\n";
}

std::string steps_text(const Artifact& artifact) {
  const Steps steps = steps_of_value(artifact);
  if (steps == chain_of(artifact.stages.size())) {
    return "    for stage in STAGES:\n        value = stage(value)\n";
  }
  if (joined_form(steps)) return joined_text(steps);
  std::string text;
  for (const Step& step : steps) text += step_text(step);
  return text;
}

}  // namespace

std::string to_python(const Artifact& artifact) {
  if (is_of_slots(artifact.kind)) return slots_to_python(artifact);
  std::string text = head_lines(artifact, "# ", "python", ".py");
  text += "from numpy.polynomial import Chebyshev\n\n";
  text += claim_lines("# ", "ERROR_AT_MOST", "ERROR_UNIT", "ERROR_METRIC");
  text += fmt::format(
      "ERROR_AT_MOST = {}\nERROR_UNIT = {}\nERROR_METRIC = \"{}\"\nERROR_EVIDENCE = \"{}\"\n\n",
      hex(Rational(to_double(artifact.claim.error.upper, Rounding::up))), hex(claim_unit(artifact)),
      name_of(artifact.claim.metric), name_of(artifact.claim.error.evidence));
  text +=
      is_corrected(artifact.kind) ? "# What `evaluate` corrects.\n" : "# One after the other.\n";
  text += "STAGES = [\n";
  for (const StageRecord& stage : artifact.stages) {
    const ChebyshevSeries& p = stage.polynomial;
    text += fmt::format("    Chebyshev({},\n              domain=[{}, {}]),\n",
                        list(p.coefficients, "    "), hex(p.basis.lower), hex(p.basis.upper));
  }
  text +=
      "]\n\n# For OpenFHE-Python: cc.EvalChebyshevSeries(x, *OPENFHE[0]), which halves the first\n"
      "# coefficient: it is doubled here.\n"
      "OPENFHE = [\n"
      "    ([2 * float(p.coef[0])] + [float(c) for c in p.coef[1:]], float(p.domain[0]), "
      "float(p.domain[1]))\n"
      "    for p in STAGES\n]\n\n";
  text += fmt::format(
      "# For TenSEAL: x.polyval(POWERS[0]), coefficients of 1, x, x^2, ...; None above degree {}. "
      "The\n"
      "# error is proved for STAGES; powers lose accuracy where the domain is wide.\n"
      "POWERS = [\n",
      highest_power);
  for (const StageRecord& stage : artifact.stages) {
    text += "    " +
            (stage.polynomial.degree() > highest_power
                 ? std::string("None")
                 : list(rounded_powers(stage.polynomial), "    ")) +
            ",\n";
  }
  const bool two = has_two_inputs(artifact.kind);
  text += fmt::format("]\n\n\ndef evaluate({}):\n{}    value = x\n", two ? "a, b" : "x",
                      artifact.kind == Kind::divide ? "    x = b\n"
                      : two                         ? "    x = a - b\n"
                                                    : "");
  text += steps_text(artifact);
  if (is_corrected(artifact.kind)) text += corrections_text(artifact);
  text += fmt::format("    return {}\n", formula_of(result_form(artifact)));
  if (artifact.request.command == both_of_two) {
    text +=
        "\n\ndef compare_and_swap(a, b):\n    \"\"\"The smaller and the larger.\"\"\"\n"
        "    larger = evaluate(a, b)\n    return a + b - larger, larger\n";
  }
  return artifact.plan && noise_of(artifact).empty() ? text + plan_to_python(*artifact.plan) : text;
}

}  // namespace equiripple
