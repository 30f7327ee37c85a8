// Text from anywhere, as a terminal can show it.
#pragma once

#include <string>

namespace equiripple {

/// With '?' for each control character but the end of a line, and for each byte that is no UTF-8.
[[nodiscard]] std::string legible(const std::string& text);

}  // namespace equiripple
