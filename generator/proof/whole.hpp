// A function of several polynomials, proved as a whole.
#pragma once

#include <string>

#include "generator/proof/certify.hpp"
#include "generator/proof/sup_norm.hpp"

namespace equiripple {

/// What its supremum norm says of the error; lower = attained, since no better bound is known.
/// `what` stands in the detail where it does not hold: "the composition", "the steps together".
[[nodiscard]] Certificate certificate_of_whole(const SupNorm& norm, const std::string& what);

}  // namespace equiripple
