// What reading a text gives: a value, or why there is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace equiripple {

inline constexpr std::size_t longest_quote = 60;  // characters of input in a message; chosen

template <class T>
struct ReadResult {
  std::optional<T> value;
  std::string error;  // names the field and what would be right; empty where there is a value
};

/// `message` as one line of printable characters: it may quote a file from anywhere.
[[nodiscard]] std::string printable(std::string message);

}  // namespace equiripple
