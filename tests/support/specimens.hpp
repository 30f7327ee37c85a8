// Small files of every kind, which between them have every option that a request records.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple::test {

struct Specimen {
  std::vector<std::string> words;  // of the command
  std::string function;            // what is approximated, an expression in x; of a and b at b = 0
  std::string weight = "1";        // of the error
  std::string json{};
  std::string header{};  // empty where it cannot be one
};

/// Made once.
const std::vector<Specimen>& specimens();

/// The largest error of tables and program over points of the domain, in the units of the claim, by
/// plain evaluation: no proof, and nothing of verify().
double sampled_error(const Artifact& artifact, const Specimen& specimen);

}  // namespace equiripple::test
