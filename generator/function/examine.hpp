// What the nodes of an expression ask of their arguments, answered on one piece of the domain.
#pragma once

#include "generator/domain.hpp"
#include "generator/function/enclose.hpp"

namespace equiripple {

inline constexpr slong examination_bits = 512;  // chosen: resolves the smallest pieces

enum class FunctionDefect {
  none,
  pole,                    // a division by zero
  outside_log,             // log of zero or of a negative number
  outside_root,            // square root of a negative number
  outside_erfinv,          // erfinv of a number that is not between -1 and 1
  outside_power,           // a power with a fractional exponent of a negative number
  jump,                    // of sign, floor or round, or between the branches of a choice
  not_finite,              // a value that no number of the ladder can hold
  too_many_singularities,  // a hundred kinks or more, and no end of them
  undecided,               // not known: the function varies too fast there
};

enum class Verdict { fine, undecided, broken };

/// What a node asks, and how the piece answers.
struct Finding {
  Verdict verdict = Verdict::fine;
  FunctionDefect defect = FunctionDefect::none;  // the defect that stays if undecided to the end
};

/// The node of a piece that decides, and what is found there.
struct Guard {
  Finding finding;
  int node = -1;          // -1 where every node is fine
  bool in_doubt = false;  // in a branch that may not be selected; `node` is what selects
};

/// The first node that is not fine decides: what depends on it cannot be judged. A defect goes
/// before a kink; what is not selected anywhere on the piece is not asked.
[[nodiscard]] Guard examine(const Expression& function, const Interval& piece);

/// Every value of the function on the piece; not finite where `examine` finds a defect.
[[nodiscard]] Ball enclose_on(const Expression& function, const Interval& piece);

/// What a node with one argument is taken of.
[[nodiscard]] Ball argument_of(const Expression& function, int node, const Rational& x);

/// Falls to 0 where x comes to a singularity of the node; not negative.
[[nodiscard]] Ball distance_to_singularity(const Expression& function, int node, const Rational& x);

}  // namespace equiripple
