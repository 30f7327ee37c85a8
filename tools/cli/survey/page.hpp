// The survey as pictures: what a method costs against what it is off by, and its error over the
// range.
#pragma once

#include <string>

#include "emit/survey/survey.hpp"

namespace equiripple {

/// A page of its own, with every error curve.
[[nodiscard]] std::string survey_page(const Survey& survey);

/// The error curves alone, as SVG: methods of like kind in one chart.
[[nodiscard]] std::string survey_svg(const Survey& survey);

}  // namespace equiripple
