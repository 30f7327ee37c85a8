// Reduction of a lattice by the algorithm of Lenstra, Lenstra and Lovasz (FLINT's).
#pragma once

#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

using IntegerRows = std::vector<std::vector<Integer>>;

/// T, of determinant +-1, such that the rows of T times `basis` are short. The rows of `basis` are
/// independent and of one length.
[[nodiscard]] IntegerRows reducing_transform(const IntegerRows& basis);

}  // namespace equiripple
