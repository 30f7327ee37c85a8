// What a misspelt word was meant to be.
#pragma once

#include <string>
#include <vector>

namespace equiripple {

/// "; did you mean 'range'?": the known word that is the fewest edits away, if they are few; else
/// empty.
[[nodiscard]] std::string suggestion(const std::string& word,
                                     const std::vector<std::string>& known);

}  // namespace equiripple
