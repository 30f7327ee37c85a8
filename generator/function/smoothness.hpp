// Is a function finite and continuous on a domain, and where does it have kinks?
//
// By ball arithmetic on ever smaller pieces: a piece on which every denominator, logarithm and
// root is for sure inside its own domain is done; a piece that stays undecided down to
// 2^-smallest_piece_bits of the domain holds a singularity, or one is too close to tell. What may
// be a jump is one unless the change of the function over the piece shrinks with the piece: the
// jumps of a product or of a difference may cancel, and so may a defect on the other side of the
// place where `if` changes its branch.
#pragma once

#include <vector>

#include "generator/domain.hpp"
#include "generator/function/examine.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

struct SmoothnessReport {
  FunctionDefect defect = FunctionDefect::none;
  Rational point;  // where the defect is (to 2^-smallest_piece_bits)
  std::vector<Rational>
      kinks;  // ascending: zeros of arguments of abs and of roots, cancelled jumps
};

inline constexpr int smallest_piece_bits = 140;  // chosen: beyond the 2^-100 of the coefficients

[[nodiscard]] SmoothnessReport check_smoothness(const Expression& function, const Domain& domain);

/// The intervals of the domain, cut at the kinks (ascending) that are inside.
[[nodiscard]] Domain cut_at(const std::vector<Rational>& kinks, const Domain& domain);

}  // namespace equiripple
