// Reading whole files.
#pragma once

#include <optional>
#include <string>

namespace equiripple {

/// None where it cannot be read. Of a file that is too large, more than is allowed.
[[nodiscard]] std::optional<std::string> content_of_file(const std::string& path);

/// The content of a file. One that is not there, a directory or too large a file is a wrong
/// request; one that cannot be read fails with machine_failed.
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace equiripple
