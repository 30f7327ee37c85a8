// Names from elsewhere that the grammar does not have, and what to write in their place.
#pragma once

#include <span>
#include <string_view>

namespace equiripple {

struct Alias {
  const char* name;        // in small letters
  const char* expression;  // the same function of x
};

[[nodiscard]] std::span<const Alias> aliases();

/// That of the name, or none.
[[nodiscard]] const Alias* alias_of(std::string_view name);

}  // namespace equiripple
