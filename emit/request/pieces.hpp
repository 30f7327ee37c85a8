// A function that is given piece by piece: each piece is a request of its own.
#pragma once

#include <vector>

#include "emit/artifact.hpp"

namespace equiripple {

/// The words with --domain and --coefficients in the place of one --piece '[a,b]: LIST' each, in
/// ascending order; the words themselves where there is no --piece. Fails with wrong_request.
[[nodiscard]] std::vector<RequestRecord> pieces_of(const RequestRecord& words);

}  // namespace equiripple
