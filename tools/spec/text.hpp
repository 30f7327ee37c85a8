// What toml++ must not be given.
#pragma once

#include <string>

namespace equiripple {

/// Refuses, as a wrong request with the place in the file, keys of more dots than toml++ has stack
/// for, and characters beyond ASCII outside strings and comments, where TOML has none: on some of
/// them toml++ 3.3 runs into undefined behaviour.
void check_spec_text(const std::string& path, const std::string& text);

}  // namespace equiripple
