// What a claim is measured in, for the data of every emitted form: bounds are multiples of a unit.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// The range where errors are divided by it, else 1: errors are at most claim.upper times this.
[[nodiscard]] Rational claim_unit(const Artifact& artifact);

/// The unit as a hex float.
[[nodiscard]] std::string claim_unit_text(const Artifact& artifact);

/// The upper bound as a hex float, rounded up.
[[nodiscard]] std::string claim_upper_text(const Artifact& artifact);

/// The claim's data in words, in lines after `mark`, by the names that a language gives them.
[[nodiscard]] std::string claim_lines(const std::string& mark, const std::string& at_most,
                                      const std::string& unit, const std::string& metric);

/// Levels that the program takes on an input at the working scale, whose range has to be brought
/// down by a scalar product. 0 where there is no program.
[[nodiscard]] int levels_at_working_scale(const Artifact& artifact);

}  // namespace equiripple
