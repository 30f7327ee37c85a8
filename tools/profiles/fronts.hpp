// tools/docs/fronts.svg: what levels and key switches buy, by one polynomial and by compositions.
#pragma once

#include <string>

namespace equiripple {

/// Of ReLU and of sign: bits of the error against levels and against key switches, a curve for each
/// class, by the searches that choose degrees.
[[nodiscard]] std::string fronts_svg();

}  // namespace equiripple
