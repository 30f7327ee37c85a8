// What is emitted for Lattigo, as far as it needs no Lattigo.
#pragma once

#include <string>

namespace equiripple::test {

/// The package without its plan and what that imports: stages and claim as data.
inline std::string data_of_go(const std::string& package) {
  std::string text = package.substr(0, package.find("\n// Evaluate is"));
  const std::size_t imports = text.find("import (\n");
  if (imports != std::string::npos) text.erase(imports, text.find(")\n\n", imports) + 3 - imports);
  return text;
}

}  // namespace equiripple::test
