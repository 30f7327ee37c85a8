// What holds for every file that the study is given for images or labels.
#pragma once

#include <string>
#include <vector>

namespace equiripple::test {

/// Well-formed files, compressed ones among them, to begin from.
[[nodiscard]] std::vector<std::string> idx_corpus();

/// Read as images and as labels: refused in a legible line, or as large as it says.
[[nodiscard]] std::string broken_by_idx(const std::string& content);

}  // namespace equiripple::test
