// The emitter: first the command, then the claim, then the data, then the plan.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <equiripple/recording.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "emit/claim_data.hpp"
#include "emit/cost_remarks.hpp"
#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/instruction_text.hpp"
#include "emit/json.hpp"
#include "emit/makes.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/points.hpp"
#include "emit/refresh_text.hpp"
#include "emit/slots_cpp.hpp"
#include "emit/targets/head.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

std::string pair(const Interval& interval) {
  return fmt::format("{}, {}", hexfloat(interval.lower), hexfloat(interval.upper));
}

std::string intervals(const std::string& name, const Domain& domain) {
  std::string text = fmt::format(
      "inline constexpr std::array<std::array<double, 2>, {}> {} = {{{{\n", domain.size(), name);
  for (const Interval& interval : domain) text += fmt::format("    {{{{{}}}}},\n", pair(interval));
  return text + "}};\n";
}

std::string claim(const std::string& name, const ClaimRecord& record, const std::string& unit) {
  const ErrorEnclosure& e = record.error;
  return fmt::format(
      "inline constexpr equiripple::Claim {} = {{\n    {},  // lower\n"
      "    {},  // attained\n    {},  // upper\n    {},  // unit\n"
      "    equiripple::Claim::Metric::{},\n    equiripple::Claim::Evidence::{},\n}};\n",
      name, outward(e.lower, Rounding::down), outward(e.attained, Rounding::down),
      outward(e.upper, Rounding::up), unit, name_of(record.metric), name_of(e.evidence));
}

std::string coefficients(const std::string& name, const ChebyshevSeries& p) {
  std::string text =
      fmt::format("inline constexpr std::array<double, {}> {} = {{\n", p.coefficients.size(), name);
  const char* zero = p.parity == Parity::odd ? "exact zero (odd)" : "exact zero (even)";
  for (std::size_t k = 0; k < p.coefficients.size(); ++k) {
    const bool by_parity = p.parity != Parity::none &&
                           k % 2 == (p.parity == Parity::odd ? std::size_t{0} : std::size_t{1});
    const std::string note = by_parity ? fmt::format("T{}  {}", k, zero)
                                       : fmt::format("T{}  {}", k, decimal(p.coefficients[k]));
    text += fmt::format("    {:<26} // {}\n", hexfloat(p.coefficients[k]) + ",", note);
  }
  return text + "};\n";
}

std::string stage_text(const Artifact& artifact, std::size_t number) {
  const StageRecord& stage = artifact.stages[number - 1];
  std::string text = fmt::format("// Stage {}: degree {}, {} {}.\n", number,
                                 stage.polynomial.degree(), describe_stage_claim(artifact, stage),
                                 is_fit(artifact) ? "at the points" : "on its domain");
  text += coefficients(fmt::format("coefficients_{}", number), stage.polynomial);
  text += fmt::format("inline constexpr std::array<double, 2> basis_{} = {{{}}};\n", number,
                      pair(stage.polynomial.basis));
  text += intervals(fmt::format("domain_{}", number), stage.domain);
  text += intervals(fmt::format("range_{}", number), stage.range);
  text += claim(fmt::format("claim_{}", number), stage.claim, hexfloat(Rational(1)));
  if (stage.polynomial.parity != Parity::none) {
    text += fmt::format("static_assert(equiripple::every_second_is_zero(coefficients_{}, {}));\n",
                        number, stage.polynomial.parity == Parity::odd ? 0 : 1);
  }
  text += fmt::format(
      "static_assert(equiripple::ascends(domain_{0}) && "
      "equiripple::ascends(range_{0}));\n",
      number);
  text += fmt::format(
      "static_assert(basis_{0}[0] <= domain_{0}.front()[0] && "
      "domain_{0}.back()[1] <= basis_{0}[1]);\n",
      number);
  return text + fmt::format("static_assert(equiripple::is_ordered(claim_{}));\n\n", number);
}

std::string operation(const Instruction& step, const std::vector<Instruction>& program,
                      const std::string& cost) {
  const auto name = [&](int index) { return program[static_cast<std::size_t>(index)].name; };
  std::string arguments = name(step.left);
  if (step.right >= 0) arguments += ", " + name(step.right);
  for (const std::string& argument : arguments_of(step)) arguments += ", " + argument;
  return fmt::format("    const Value {} = he.{}({});{}{}\n", step.name, operation_name(step),
                     arguments, cost.empty() ? "" : "  // ", cost);
}

std::string plan_text(const Artifact& artifact) {
  const Plan& plan = *artifact.plan;
  const Interval range = hull(domain_of(artifact));
  const Interval& basis = artifact.stages.front().polynomial.basis;
  std::string inputs;
  for (const Instruction& step : plan.program) {
    if (step.operation == PlanOperation::input) inputs += ", const Value& " + step.name;
  }
  std::string text = "// The straight-line program for ciphertexts, and what it costs.\n";
  text += "struct Plan {\n";
  text += fmt::format("  static constexpr const char* name = \"{}\";\n", artifact.name);
  text += fmt::format("  static constexpr int inputs = {};\n", plan.inputs());
  text += fmt::format("  static constexpr int levels = {};\n", plan.costs.levels);
  text += fmt::format("  static constexpr int key_switches = {};\n", plan.costs.key_switches);
  text += fmt::format("  static constexpr int tensor_products = {};\n", plan.costs.tensor_products);
  text += fmt::format("  static constexpr int scalar_products = {};\n", plan.costs.scalar_products);
  text += fmt::format("  static constexpr int rescalings = {};\n", plan.costs.rescalings);
  text += fmt::format("  static constexpr double growth = {};\n", hexfloat(plan.growth));
  text += fmt::format("  static constexpr double output_scale_factor = {};\n",
                      hexfloat(plan.output_scale_factor));
  text += fmt::format("  static constexpr double lower = {};\n", hexfloat(range.lower));
  text += fmt::format("  static constexpr double upper = {};\n", hexfloat(range.upper));
  text += fmt::format("  static constexpr double half_width = {};\n",
                      hexfloat((basis.upper - basis.lower) / 2));
  if (plan.is_of_second()) {
    text += "  static constexpr bool range_of_second = true;  // lower and upper are of b\n";
  }
  if (is_corrected(artifact.kind)) {
    text += "  static constexpr int stages = 1;  // what corrections make may be outside [-1, 1]\n";
  }
  if (joined_form(artifact.steps)) {
    text += "  static constexpr int stages = 1;  // of several joints: none is refreshed alone\n";
  }
  if (const std::vector<Rational> noise = noise_of(artifact); !noise.empty()) {
    text += fmt::format("  static constexpr int refreshes = {};  // {}\n",
                        refreshed_stages(plan.program).size(), places_text(artifact));
    text += fmt::format("  static constexpr double refresh_noise = {};\n",
                        hexfloat(std::ranges::max(noise)));
  }
  text += "\n";
  text += "  template <class Evaluator, class Value>\n";
  text += fmt::format("  static Value run(Evaluator& he{}) {{\n", inputs);
  const std::vector<std::string> costs = cost_remarks(plan.program);
  for (std::size_t i = 0; i < plan.program.size(); ++i) {
    const Instruction& step = plan.program[i];
    if (step.operation != PlanOperation::input) text += operation(step, plan.program, costs[i]);
  }
  return text + fmt::format("    return {};\n  }}\n}};\n\n", plan.program.back().name);
}

std::string required_levels_text(const Artifact& artifact) {
  const int levels = artifact.plan->costs.levels;
  const int more = levels_at_working_scale(artifact);
  const Interval& basis = artifact.stages.front().polynomial.basis;
  const bool divides = detail::takes_level(to_double(artifact.plan->output_scale_factor),
                                           to_double((basis.upper - basis.lower) / 2));
  const std::string counts =
      more == levels
          ? fmt::format("{}", levels)
          : fmt::format("{}, or {} where the scale times the range is above it", levels, more);
  return fmt::format(
      "/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by\n"
      "/// working_scale: {}.\n"
      "constexpr int required_levels(double input_scale, double working_scale) {{\n"
      "  return equiripple::required_levels<Plan>(input_scale, working_scale);\n"
      "}}\n"
      "/// The fewest levels that this ciphertext must have, all counted{}.\n"
      "template <class Backend>\n"
      "int required_levels(Backend& he, const typename Backend::Ciphertext& x) {{\n"
      "  return equiripple::required_levels<Plan>(he, x);\n"
      "}}\n\n",
      counts,
      divides ? ": one more where the library\n/// reads results at a scale of its own" : "");
}

std::string evaluate_text(const Artifact& artifact) {
  const bool two = has_two_inputs(artifact.kind);
  const std::string type = "const typename Backend::Ciphertext&";
  const std::string parameters =
      two ? fmt::format("{0} a,\n    {0} b", type) : fmt::format("{} x", type);
  const bool absorbs = artifact.plan->output_scale_factor != 1;
  return fmt::format(
      "/// {}. The result has scale {}.\n"
      "template <class Backend>\n"
      "typename Backend::Ciphertext evaluate(\n"
      "    Backend& he, {},\n"
      "    double output_scale = 0) {{\n"
      "  return equiripple::evaluate<Plan>(he, {}, output_scale);\n"
      "}}\n\n"
      "/// Scales fixed and scalars encoded once, for many inputs at this level and scale:\n"
      "/// prepare(he, level, scale).evaluate({}).\n"
      "template <class Backend>\n"
      "equiripple::Prepared<Backend, Plan::inputs> prepare(\n"
      "    Backend& he, int level, double scale, double output_scale = 0) {{\n"
      "  return equiripple::prepare<Plan>(he, level, scale, output_scale);\n"
      "}}\n\n",
      comment_text(describe_function(artifact)),
      absorbs ? "that follows from the input's: read it off the result"
              : "output_scale (0: the input's)",
      parameters, two ? "a, b" : "x", two ? "a, b" : "x");
}

std::string both_text() {
  return "/// min(a, b) and max(a, b), as .smaller and .larger: both within the claim, for the "
         "levels\n"
         "/// and key switches of evaluate.\n"
         "template <class Backend>\n"
         "equiripple::Ordered<typename Backend::Ciphertext> compare_and_swap(\n"
         "    Backend& he, const typename Backend::Ciphertext& a,\n"
         "    const typename Backend::Ciphertext& b) {\n"
         "  return equiripple::compare_and_swap<Plan>(he, a, b);\n"
         "}\n\n";
}

// The artifact without what stands in the code.
std::string record_text(const Artifact& artifact) {
  Json json = to_json(artifact);
  for (Json& stage : json["stages"]) {
    for (const char* table : {"basis", "coefficients", "domain", "range"}) stage.erase(table);
    for (const char* end : {"lower", "attained", "upper", "log2_upper"}) stage["error"].erase(end);
  }
  for (const char* end : {"lower", "attained", "upper", "log2_upper"}) json["error"].erase(end);
  json.erase("plan");
  json.erase("parts");  // which stand before it, each with its own record
  std::string text = std::string(record_mark) + "\n";
  const std::string lines = json.dump(2, ' ', /*ensure_ascii=*/true);
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    text += "// " + lines.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return text;
}

}  // namespace

std::string obstacle_to_cpp(const Artifact& artifact) {
  if (is_of_slots(artifact.kind)) return {};  // each part has a program
  for (const StageRecord& stage : artifact.stages) {
    if (!std::ranges::all_of(stage.polynomial.coefficients, is_binary64)) {
      return "a C++ header carries coefficients of at most 53 bits";
    }
  }
  if (!artifact.plan) return "a C++ header needs a plan, and there is none";
  return {};
}

std::string to_cpp(const Artifact& artifact) {
  if (const std::string why = obstacle_to_cpp(artifact); !why.empty()) {
    throw std::invalid_argument(why);
  }
  if (is_of_slots(artifact.kind)) {
    const std::string unit = claim_unit_text(artifact);
    return slots_to_cpp(artifact, claim("claim", artifact.claim, unit), record_text(artifact));
  }
  std::string text = head_lines(artifact, "// ", "cpp", ".hpp");
  text += "#pragma once\n#include <equiripple/runtime.hpp>\n\n";
  text += fmt::format("namespace {} {{\n\n", artifact.name);
  text += fmt::format(
      "static_assert(equiripple::format_version == {},\n"
      "              \"this header needs another equiripple runtime\");\n\n",
      artifact_version);
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    text += stage_text(artifact, i + 1);
  }
  text += fmt::format("// Of {}; {}.\n", comment_text(describe_function(artifact)),
                      describe_metric(artifact));
  text += claim("claim", artifact.claim, claim_unit_text(artifact));
  text += "static_assert(equiripple::is_ordered(claim));\n\n";
  text += plan_text(artifact);
  text += required_levels_text(artifact);
  text += evaluate_text(artifact);
  if (artifact.request.command == both_of_two) text += both_text();
  text += fmt::format("}}  // namespace {}\n\n", artifact.name);
  return text + record_text(artifact);
}

}  // namespace equiripple
