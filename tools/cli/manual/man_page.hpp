// The manual page, from the same declarations as --help.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace equiripple {

/// equiripple(1) in the macros of man(7).
[[nodiscard]] std::string man_page(const CLI::App& app);

}  // namespace equiripple
