// Headers of functions of many slots: the headers of the parts one after another, then the template
// that joins them.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple {

/// `claim` and `record` are the code of the claim and the comment with the record.
[[nodiscard]] std::string slots_to_cpp(const Artifact& artifact, const std::string& claim,
                                       const std::string& record);

/// The texts of the parts, and last that of the whole; of a header without parts the whole alone.
[[nodiscard]] std::vector<std::string> segments_of_cpp(const std::string& text);

}  // namespace equiripple
