// Functions that are spelt out in others: what each name stands for.
#pragma once

#include <span>
#include <string_view>

namespace equiripple {

struct Definition {
  std::string_view name;
  std::string_view parameters;      // one letter each: x, then a, b or y
  std::string_view expression;      // of them, in the grammar, with earlier definitions
  std::string_view last_otherwise;  // the last parameter where it is left out; empty: it may not be
};

[[nodiscard]] std::span<const Definition> definitions();

/// That of the name, or none.
[[nodiscard]] const Definition* definition_of(std::string_view name);

/// clip(x, -b, b), as a form that shows that it is odd.
[[nodiscard]] const Definition& symmetric_clip();

}  // namespace equiripple
