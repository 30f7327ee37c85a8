// Text from anywhere, as a terminal can show it.
#pragma once

#include <cstddef>
#include <string>

namespace equiripple {

/// With '?' for each control character but the end of a line, and for each byte that is no UTF-8.
[[nodiscard]] std::string legible(const std::string& text);

/// As one line of printable ASCII, with '?' for all else: names of files, and what messages quote.
[[nodiscard]] std::string printable(std::string text);

inline constexpr std::size_t longest_quote = 60;  // characters of input in a message; chosen

}  // namespace equiripple
