// The direct form of |x|, ReLU, max and min: one polynomial of the function itself, in place of a
// sign that x is multiplied by.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple {

/// Whether the stages are that: one, about 0, for |x| even, and for the others of a - b or x, which
/// is x / 2 plus an even polynomial; max is b + p(a - b), min is a - p(a - b).
[[nodiscard]] bool is_direct(Kind kind, const std::vector<ChebyshevSeries>& stages);
[[nodiscard]] bool is_direct(const Artifact& artifact);

/// What the result is of the value of the last stage: as of the kind, but where steps end in
/// another way. x (1 + v) / 2 is that of relu.
[[nodiscard]] Kind kind_of_result(const Artifact& artifact);

/// The kind in files: what is made of the stages. Of a direct |x| or ReLU nothing is: minimax, and
/// the command says which it is.
[[nodiscard]] Kind kind_in_file(const Artifact& artifact);
[[nodiscard]] Kind kind_of_file(Kind written, const std::string& command);

}  // namespace equiripple
