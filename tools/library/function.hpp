// What a function of the library holds.
#pragma once

#include <equiripple/program.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "tools/library/equiripple/make.hpp"

namespace equiripple::library {

/// Computed once, when the function is made or read.
struct Function::Data {
  explicit Data(Artifact artifact);

  Artifact artifact;
  std::string kind;
  std::string description;
  std::string command;
  std::string json;
  std::string program_text;        // empty without a plan
  std::optional<Program> program;  // the same, read
  int inputs = 1;
  Error error;
  std::vector<Stage> stages;
  std::optional<Costs> costs;
};

[[nodiscard]] Function function_of(Artifact artifact);
[[nodiscard]] const Artifact& artifact_of(const Function& function);

}  // namespace equiripple::library
