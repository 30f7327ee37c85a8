// OpenFHE halves c[0] of a series: it is doubled here, and nowhere else.
#include <fmt/format.h>

#include <stdexcept>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/result.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

std::string vector_text(const ChebyshevSeries& p, std::size_t number) {
  std::string text = fmt::format("inline const std::vector<double> coefficients_{} = {{\n", number);
  for (std::size_t k = 0; k < p.coefficients.size(); ++k) {
    const Rational c = k == 0 ? Rational(2 * p.coefficients[0]) : p.coefficients[k];
    text += fmt::format("    {:<26} // {}T{}\n", hexfloat(c) + ",", k == 0 ? "twice " : "", k);
  }
  return text + fmt::format(
                    "}};\ninline constexpr double lower_{0} = {1};\n"
                    "inline constexpr double upper_{0} = {2};\n\n",
                    number, hexfloat(p.basis.lower), hexfloat(p.basis.upper));
}

// Each step of the value before, v; of the first it is x.
std::string step_text(const Step& step) {
  switch (step.operation) {
    case StepOperation::polynomial:
      return fmt::format(
          "  {0} = cc->EvalChebyshevSeries({1}, coefficients_{2}, lower_{2}, upper_{2});\n",
          step.left == 0 ? "Ciphertext v" : "v", step.left == 0 ? "x" : "v", step.polynomial + 1);
    case StepOperation::square: return "  v = cc->EvalSquare(v);\n";
    case StepOperation::affine:
      return fmt::format("  v = cc->EvalAdd({}, {});\n",
                         step.scale == 2 ? std::string("cc->EvalAdd(v, v)")
                                         : fmt::format("cc->EvalMult(v, {})", hexfloat(step.scale)),
                         hexfloat(step.offset));
    case StepOperation::product:
    case StepOperation::sum:
    case StepOperation::refresh: break;
  }
  throw std::logic_error("to_openfhe: a step that no value of a function takes");
}

// Where pieces are joined every value has a name, the last one v.
std::string joined_text(const Steps& steps) {
  const auto name = [&](int value) {
    if (value == 0) return std::string("x");
    return value == static_cast<int>(steps.size()) ? std::string("v") : fmt::format("v{}", value);
  };
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const std::string left = name(step.left);
    text += fmt::format("  Ciphertext {} = ", name(static_cast<int>(i) + 1));
    text +=
        step.operation == StepOperation::polynomial
            ? fmt::format("cc->EvalChebyshevSeries({0}, coefficients_{1}, lower_{1}, upper_{1})",
                          left, step.polynomial + 1)
            : fmt::format("cc->{}({}, {})",
                          step.operation == StepOperation::product ? "EvalMult" : "EvalAdd", left,
                          name(step.right));
    text += ";\n";
  }
  return text;
}

// What is made of the value v of the last stage, for x or a and b.
std::string result_of(const Artifact& artifact) {
  const ResultForm form = result_form(artifact);
  std::string text = "v";
  if (form.is_halved && form.factor == ResultForm::Input::none) {
    text = "cc->EvalAdd(cc->EvalMult(v, 0.5), 0.5)";
  } else if (form.is_halved) {
    text = fmt::format("cc->EvalMult(cc->EvalMult({}, 0.5), cc->EvalAdd(v, 1.0))",
                       name_of(form.factor));
  } else if (form.factor != ResultForm::Input::none) {
    text = fmt::format("cc->EvalMult({}, v)", name_of(form.factor));
  }
  if (form.summand == ResultForm::Input::none) return text;
  return fmt::format("cc->{}({}, {})", form.sign < 0 ? "EvalSub" : "EvalAdd", name_of(form.summand),
                     text);
}

}  // namespace

std::string to_openfhe(const Artifact& artifact) {
  std::string text = head_lines(artifact, "// ", "openfhe", ".hpp");
  text +=
      "//\n// For OpenFHE's EvalChebyshevSeries, which halves the first coefficient: it is doubled "
      "here.\n"
      "#pragma once\n#include <vector>\n\n";
  text += fmt::format("namespace {} {{\n\n", artifact.name);
  text += claim_lines("// ", "error_at_most", "error_unit", "error_metric");
  text += fmt::format(
      "inline constexpr double error_at_most = {};\n"
      "inline constexpr double error_unit = {};\n"
      "inline constexpr const char* error_metric = \"{}\";\n"
      "inline constexpr const char* error_evidence = \"{}\";\n\n",
      claim_upper_text(artifact), claim_unit_text(artifact), name_of(artifact.claim.metric),
      name_of(artifact.claim.error.evidence));
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    text += vector_text(artifact.stages[i].polynomial, i + 1);
  }
  const bool two = has_two_inputs(artifact.kind);
  text += fmt::format(
      "/// cc is a CryptoContext<DCRTPoly>, {} of it.\n"
      "template <class Context, class Ciphertext>\n"
      "Ciphertext evaluate(const Context& cc, const Ciphertext& {}) {{\n{}",
      two ? "a and b are ciphertexts" : "x is a ciphertext", two ? "a, const Ciphertext& b" : "x",
      two ? "  const Ciphertext x = cc->EvalSub(a, b);\n" : "");
  const Steps steps = steps_of_value(artifact);
  if (joined_form(steps)) {
    text += joined_text(steps);
  } else {
    for (const Step& step : steps) text += step_text(step);
  }
  return text + fmt::format("  return {};\n}}\n\n}}  // namespace {}\n", result_of(artifact),
                            artifact.name);
}

}  // namespace equiripple
