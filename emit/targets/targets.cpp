// The table of forms.
#include "emit/targets/targets.hpp"

#include <algorithm>

#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/json.hpp"
#include "emit/plan/corrections.hpp"

namespace equiripple {
namespace {

std::string nothing(const Artifact&) { return {}; }

constexpr const char* refreshes_elsewhere =
    "ciphertexts are refreshed between stages, as only cpp, seal, program and json say; python, "
    "csv "
    "and latex have the polynomials";

// Tables of stages: what follows a start in a program they do not have.
std::string obstacle_to_tables(const Artifact& artifact) {
  if (is_of_slots(artifact.kind)) {
    return "a function of many slots is parts and what joins them, which only cpp, seal, python "
           "and json carry";
  }
  if (!is_corrected(artifact.kind)) return {};
  return "corrections after the start are a program, which only cpp, seal, lattigo, python, "
         "mlir, program and json carry";
}

std::string obstacle_to_doubles(const Artifact& artifact) {
  for (const StageRecord& stage : artifact.stages) {
    if (!std::ranges::all_of(stage.polynomial.coefficients, is_binary64)) {
      return "the form carries coefficients of at most 53 bits; csv, latex and json carry all";
    }
  }
  return {};
}

std::string obstacle_to_binary64(const Artifact& artifact) {
  if (std::string why = obstacle_to_tables(artifact); !why.empty()) return why;
  return obstacle_to_doubles(artifact);
}

// The corrections are written from the scalars of the program.
std::string obstacle_to_python(const Artifact& artifact) {
  if (!is_corrected(artifact.kind)) return obstacle_to_doubles(artifact);
  if (!artifact.plan) return "plan: " + describe_missing_plan();
  const auto meaning =
      corrected_meaning(*artifact.plan, artifact.kind, artifact.corrections,
                        artifact.stages.front().polynomial, refreshed_start_scale(artifact));
  if (!meaning) return "the program does not compute the function: " + meaning.error().why;
  return obstacle_to_doubles(artifact);
}

std::string obstacle_to_stages_in_a_row(const Artifact& artifact) {
  if (!noise_of(artifact).empty()) return refreshes_elsewhere;
  return obstacle_to_binary64(artifact);
}

std::string obstacle_to_plan_or_stages(const Artifact& artifact) {
  if (!noise_of(artifact).empty()) return refreshes_elsewhere;
  if (is_of_slots(artifact.kind)) return obstacle_to_tables(artifact);
  if (!artifact.plan && is_corrected(artifact.kind)) return "plan: " + describe_missing_plan();
  return obstacle_to_doubles(artifact);
}

}  // namespace

const std::vector<EmitTarget>& emit_targets() {
  static const std::vector<EmitTarget> targets = {
      {"cpp", ".hpp", "a C++ header for the runtime", obstacle_to_cpp, to_cpp},
      {"program", ".program", "the plan as data for the runtime, which needs no compiler",
       obstacle_to_program, to_program},
      {"openfhe", ".hpp", "vectors for OpenFHE's EvalChebyshevSeries", obstacle_to_stages_in_a_row,
       to_openfhe},
      {"seal", ".hpp", "the header of cpp, which SEAL evaluates by equiripple/seal.hpp",
       obstacle_to_cpp, to_cpp},
      {"lattigo", ".go", "a Go package for Lattigo: the plan, and the stages as data",
       obstacle_to_plan_or_stages, to_lattigo},
      {"python", ".py", "numpy's Chebyshev objects; for ciphertexts in Python the plan, and lists",
       obstacle_to_python, to_python},
      {"mlir", ".mlir", "for HEIR: the plan as a function, the stages as its polynomials",
       obstacle_to_plan_or_stages, to_mlir},
      {"csv", ".csv", "a line for each coefficient", obstacle_to_tables, to_csv},
      {"latex", ".tex", "a table for a paper", obstacle_to_tables, to_latex},
      {"json", ".json", "the artifact", nothing, to_json_text},
  };
  return targets;
}

const EmitTarget* emit_target_named(const std::string& name) {
  const auto& targets = emit_targets();
  const auto found =
      std::ranges::find_if(targets, [&](const EmitTarget& target) { return target.name == name; });
  return found == targets.end() ? nullptr : &*found;
}

}  // namespace equiripple
