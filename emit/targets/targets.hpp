// The forms that an artifact is written in, for other libraries, languages and papers.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple {

struct EmitTarget {
  const char* name;     // of --target
  const char* ending;   // of its files, with the dot
  const char* purpose;  // for the help
  /// Why this artifact cannot take the form; empty if it can.
  std::string (*obstacle)(const Artifact&);
  /// The whole file; only without an obstacle.
  std::string (*text)(const Artifact&);
};

[[nodiscard]] const std::vector<EmitTarget>& emit_targets();

/// None where there is no such target.
[[nodiscard]] const EmitTarget* emit_target_named(const std::string& name);

[[nodiscard]] std::string obstacle_to_program(const Artifact& artifact);

// One file each.
[[nodiscard]] std::string to_openfhe(const Artifact& artifact);
[[nodiscard]] std::string to_lattigo(const Artifact& artifact);
[[nodiscard]] std::string to_python(const Artifact& artifact);
[[nodiscard]] std::string slots_to_python(const Artifact& artifact);  // of many slots
[[nodiscard]] std::string to_mlir(const Artifact& artifact);
[[nodiscard]] std::string to_program(const Artifact& artifact);
[[nodiscard]] std::string to_csv(const Artifact& artifact);
[[nodiscard]] std::string to_latex(const Artifact& artifact);

}  // namespace equiripple
