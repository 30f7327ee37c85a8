// Text inside SVG and HTML.
#pragma once

#include <string>

namespace equiripple {

/// With & < > " and ' as entities, and control characters that XML does not have as '?'.
[[nodiscard]] std::string escaped_markup(const std::string& text);

}  // namespace equiripple
