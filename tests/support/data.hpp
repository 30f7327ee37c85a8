// The reference numbers in tests/data, each file with its source.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace equiripple::test {

nlohmann::json data(const std::string& name);

/// The text of a file; fails the test where it cannot be read.
std::string content_of(const std::string& path);

/// The folder of the sources of the project.
std::string source_folder();

}  // namespace equiripple::test
