// The plan as data that the runtime runs without a compiler; its form is described in
// runtime/equiripple/program.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <equiripple/program.hpp>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/instruction_text.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

std::string step_text(const Instruction& step, const std::vector<Instruction>& program) {
  std::string text = fmt::format("step {} {}", step.name, operation_name(step));
  for (const int operand : {step.left, step.right}) {
    if (operand >= 0) text += " " + program[static_cast<std::size_t>(operand)].name;
  }
  for (const std::string& argument : arguments_of(step)) text += " " + argument;
  return text + "\n";
}

std::string_view version_of(const Plan& plan, bool refreshes) {
  if (refreshes) return detail::program_version_of_refreshes;
  const bool carries =
      std::ranges::any_of(plan.program, [](const Instruction& step) { return step.carried != 0; });
  return carries ? detail::program_version_of_carried : detail::program_version;
}

}  // namespace

// What the runtime would refuse is not written.
std::string obstacle_to_program(const Artifact& artifact) {
  if (!artifact.plan) return "plan: " + describe_missing_plan();
  try {
    static_cast<void>(Program::parse(to_program(artifact)));
  } catch (const malformed_program& refused) {
    return fmt::format("the runtime would refuse it: {}", refused.what());
  }
  return {};
}

std::string to_program(const Artifact& artifact) {
  const Plan& plan = *artifact.plan;
  const ErrorEnclosure& e = artifact.claim.error;
  const Interval range = hull(domain_of(artifact));
  std::string text = head_lines(artifact, "# ", "program", ".program");
  const std::vector<Rational> noise = noise_of(artifact);
  text += fmt::format("equiripple-program {}\n", version_of(plan, !noise.empty()));
  text += fmt::format("name {}\n", artifact.name);
  text += fmt::format("range {} {}\n", hexfloat(range.lower), hexfloat(range.upper));
  text += fmt::format("growth {}\n", hexfloat(plan.growth));
  text += fmt::format("output_scale_factor {}\n", hexfloat(plan.output_scale_factor));
  text += fmt::format("stages {}\n",
                      is_corrected(artifact.kind) || joined_form(artifact.steps) ? "1" : "all");
  if (!noise.empty()) {
    text += fmt::format("refresh_noise {}\n", hexfloat(std::ranges::max(noise)));
  }
  text +=
      fmt::format("claim {} {} {} {} {} {}\n", outward(e.lower, Rounding::down),
                  outward(e.attained, Rounding::down), outward(e.upper, Rounding::up),
                  claim_unit_text(artifact), name_of(artifact.claim.metric), name_of(e.evidence));
  for (const Instruction& step : plan.program) text += step_text(step, plan.program);
  return text + fmt::format("result {}\n", plan.program.back().name);
}

}  // namespace equiripple
