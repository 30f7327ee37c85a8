// Artifacts for tests, made as the command line makes them.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple::test {

Artifact polynomial_artifact(const std::string& function, const std::string& domain, int degree);
Artifact sign_artifact(Kind kind, const std::vector<int>& degrees, const std::string& gap,
                       const std::string& range);

}  // namespace equiripple::test
