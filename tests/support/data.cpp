// Reading files relative to the sources.
#include "tests/support/data.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace equiripple::test {

std::string source_folder() { return EQUIRIPPLE_SOURCE_DIR; }

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "cannot read " << path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

nlohmann::json data(const std::string& name) {
  return nlohmann::json::parse(content_of(source_folder() + "/tests/data/" + name));
}

}  // namespace equiripple::test
