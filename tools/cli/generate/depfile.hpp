// What a build system reads to know which files were read.
#pragma once

#include <string>
#include <vector>

namespace equiripple {

/// "target: input input", as Make and Ninja read it.
[[nodiscard]] std::string depfile_text(const std::string& target,
                                       const std::vector<std::string>& inputs);

}  // namespace equiripple
