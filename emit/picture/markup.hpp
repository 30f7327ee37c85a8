// Text inside SVG and HTML.
#pragma once

#include <string>

namespace equiripple {

/// With & < > " and ' as entities, and control characters that XML does not have as '?'.
[[nodiscard]] std::string escaped_markup(const std::string& text);

/// The start of an svg element of the class "chart" and `classes`, with a label for who cannot see
/// it; `data` are further attributes.
[[nodiscard]] std::string open_svg(double width, double height, const std::string& label,
                                   const std::string& classes = {}, const std::string& data = {});

}  // namespace equiripple
