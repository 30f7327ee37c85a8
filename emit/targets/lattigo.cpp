// A Go package, as gofmt writes it: the plan, for the module in runtime/lattigo, and the stages as
// data, of which Lattigo's own polynomials are made in two lines.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "emit/claim_data.hpp"
#include "emit/cost_remarks.hpp"
#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/instruction_text.hpp"
#include "emit/result.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {
namespace {

// Names that C++ has and Go does not.
std::string package_name(const std::string& name) {
  constexpr std::array<std::string_view, 16> reserved = {
      "chan", "defer",   "fallthrough", "func",   "go",   "import", "interface", "map",
      "main", "package", "range",       "select", "type", "var",    "init",      "_"};
  return std::ranges::find(reserved, name) == reserved.end() ? name : name + "_";
}

std::string stage_text(const ChebyshevSeries& p) {
  std::string text = "\t{\n\t\tCoefficients: []float64{\n";
  for (const Rational& c : p.coefficients) text += "\t\t\t" + hexfloat(c) + ",\n";
  return text + fmt::format(
                    "\t\t}},\n\t\tInterval: [2]float64{{{}, {}}},\n"
                    "\t\tIsOdd:    {},\n\t\tIsEven:   {},\n\t}},\n",
                    hexfloat(p.basis.lower), hexfloat(p.basis.upper), p.parity != Parity::even,
                    p.parity != Parity::odd);
}

std::string use_of(const Artifact& artifact) {
  if (const int squares = squares_at_end(artifact.steps); squares > 0) {
    return fmt::format("The result is the last value, squared {}.", plural(squares, "time"));
  }
  if (const int doublings = doublings_at_end(artifact.steps); doublings > 0) {
    return fmt::format("The result is the last value v after {}: 2v^2 - 1.",
                       plural(doublings, "doubling"));
  }
  if (const auto form = modular_form(artifact.steps); form && form->doublings > 0) {
    return fmt::format("The second is of the value v of the first after {}: 2v^2 - 1.",
                       plural(form->doublings, "doubling"));
  }
  if (is_corrected(artifact.kind)) return "It is the start; the plan corrects it.";
  const ResultForm form = result_form(artifact);
  const std::string value = is_direct(artifact) ? "value" : "last value";
  const std::string formula = formula_of(form, {.value = "v", .times = "*", .half = "/2"});
  if (formula == "v") return fmt::format("The result is the {}.", value);
  return fmt::format(
      "{} is {} of the {} v.",
      form.summand == ResultForm::Input::none ? "The result" : "With x = a - b the result", formula,
      value);
}

// "t1" of the program is a variable of Go.
std::string go_name(const std::string& name) {
  constexpr std::array<std::string_view, 12> taken = {
      "he", "chan", "func", "go", "map", "range", "type", "select", "var", "len", "defer", "new"};
  return std::ranges::find(taken, name) == taken.end() ? name : name + "_";
}

// "Square", "MultiplyScalar"
std::string method_name(PlanOperation operation) {
  std::string name;
  bool begins = true;
  for (const char c : std::string_view(facts_of(operation).name)) {
    if (c == '_') {
      begins = true;
      continue;
    }
    name += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    begins = false;
  }
  return name;
}

std::string step_text(const Instruction& step, const std::vector<Instruction>& program) {
  std::string arguments;
  for (const int operand : {step.left, step.right}) {
    if (operand < 0) continue;
    if (!arguments.empty()) arguments += ", ";
    arguments += go_name(program[static_cast<std::size_t>(operand)].name);
  }
  std::vector<std::string> numbers = arguments_of(step);
  // The runtime of Go chooses what doublings are carried out as.
  if (step.operation == PlanOperation::multiply_integer) numbers.resize(1);
  for (const std::string& number : numbers) arguments += ", " + number;
  if (step.operation == PlanOperation::stage && step.scalar == 0) arguments += ", 0";
  return fmt::format("\t{} := he.{}({})\n", go_name(step.name), method_name(step.operation),
                     arguments);
}

// What the operations cost stands in a line above each: gofmt would align remarks behind them.
std::string run_text(const Plan& plan) {
  std::string inputs;
  std::string text;
  const std::vector<std::string> costs = cost_remarks(plan.program);
  for (std::size_t i = 0; i < plan.program.size(); ++i) {
    const Instruction& step = plan.program[i];
    if (step.operation == PlanOperation::input) {
      inputs += ", " + go_name(step.name);
      continue;
    }
    if (!costs[i].empty()) text += "\t// " + costs[i] + "\n";
    text += step_text(step, plan.program);
  }
  return fmt::format(
      "func run(he *lattigo.Recorder{} lattigo.Value) lattigo.Value {{\n{}\treturn {}\n}}\n",
      inputs, text, go_name(plan.program.back().name));
}

std::string plan_text(const Artifact& artifact) {
  const Plan& plan = *artifact.plan;
  const bool is_pair = plan.inputs() == 2;
  const Interval range = hull(artifact.stages.front().domain);
  const Interval& basis = artifact.stages.front().polynomial.basis;
  std::string text = fmt::format(
      "// Evaluate is the function {0}, {1} levels and {2} key switches; one level more where the\n"
      "// scale of the input does not hold the range (Plan.RequiredLevels). eval has a\n"
      "// relinearisation key. What cannot be computed is an error before the first operation.\n"
      "func Evaluate(eval *ckks.Evaluator, {3} *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {{\n"
      "\treturn Plan.{4}(eval, {3})\n"
      "}}\n\n",
      is_pair ? "of a and b" : "of x", plan.costs.levels, plan.costs.key_switches,
      is_pair ? "a, b" : "x", is_pair ? "EvaluatePair" : "Evaluate");
  text += fmt::format(
      "// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.\n"
      "var Plan = lattigo.{}(lattigo.Facts{{\n"
      "\tName:              \"{}\",\n"
      "\tLevels:            {},\n"
      "\tLower:             {},\n"
      "\tUpper:             {},\n"
      "\tHalfWidth:         {},\n"
      "\tOutputScaleFactor: {},\n",
      is_pair ? "RecordPair" : "Record", artifact.name, plan.costs.levels, hexfloat(range.lower),
      hexfloat(range.upper), hexfloat((basis.upper - basis.lower) / 2),
      hexfloat(plan.output_scale_factor));
  if (is_corrected(artifact.kind)) {
    text += "\tStages:            1, // what corrections make may be outside [-1, 1]\n";
  }
  return text + "}, run)\n\n" + run_text(plan);
}

constexpr const char* imports =
    "import (\n"
    "\t\"equiripple/lattigo\"\n"
    "\t\"github.com/tuneinsight/lattigo/v6/core/rlwe\"\n"
    "\t\"github.com/tuneinsight/lattigo/v6/schemes/ckks\"\n"
    ")\n\n";

}  // namespace

std::string to_lattigo(const Artifact& artifact) {
  const std::string package = package_name(artifact.name);
  std::string text = head_lines(artifact, "// ", "lattigo", ".go");
  text += fmt::format(
      "\n// Package {0} is a function for ciphertexts of Lattigo{2}\n"
      "//\n"
      "// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:\n"
      "//\n"
      "//\tpoly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)\n"
      "//\tpoly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven\n"
      "//\n"
      "// one stage after the other; the change of interval is the caller's. {1}\n"
      "package {0}\n\n",
      package, use_of(artifact),
      artifact.plan ? ": Evaluate runs its plan."
                    : "; it has no plan, as its degree is too high for one.");
  if (artifact.plan) text += imports;
  text +=
      "// Stage is one polynomial. Lattigo's flags: IsOdd is false where there are no odd powers,\n"
      "// IsEven where there are no even ones.\n"
      "type Stage struct {\n"
      "\tCoefficients []float64\n"
      "\tInterval     [2]float64\n"
      "\tIsOdd        bool\n"
      "\tIsEven       bool\n"
      "}\n\n";
  text += claim_lines("// ", "ErrorAtMost", "ErrorUnit", "ErrorMetric");
  text += fmt::format(
      "const (\n"
      "\tErrorAtMost   = {}\n"
      "\tErrorUnit     = {}\n"
      "\tErrorMetric   = \"{}\"\n"
      "\tErrorEvidence = \"{}\"\n"
      ")\n\n",
      claim_upper_text(artifact), claim_unit_text(artifact), name_of(artifact.claim.metric),
      name_of(artifact.claim.error.evidence));
  text += "// Stages are evaluated in this order.\nvar Stages = []Stage{\n";
  for (const StageRecord& stage : artifact.stages) text += stage_text(stage.polynomial);
  text += "}\n";
  return artifact.plan ? text + "\n" + plan_text(artifact) : text;
}

}  // namespace equiripple
