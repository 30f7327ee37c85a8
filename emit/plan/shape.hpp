// The shape of a plan of one series: which products are made, before any coefficient is known.
//
// Powers are fixed: T_k of the stage's variable, or the product of two powers where the difference
// that T_{a+b} = 2 T_a T_b - T_{|a-b|} needs is not there. Links adapt to the coefficients: a link
// is
//
//   sum of (first + scalars * added powers) * second  +  scalars * operands  +  constant,
//
// where second is another link, or a scalar multiple of an operand plus multiples of lower ones.
// All products of a link are relinearised and rescaled once: a link, and a power, is one key
// switch. Link 0 is the result; the others form a tree below it.
//
// In an odd series links are odd, but for those of a chain in which everything adapts: even ones
// take the place of powers.
//
// Each degree of the series has one slot, the scalar that settles it: its term has that degree and
// no higher one in the result. Scalars are therefore found one after another from the top degree
// down, although links are used as operands again (scalars.hpp).
#pragma once

#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// Which degrees a series has, apart from its constant.
enum class SeriesClass : unsigned char {
  dense,
  odd,
  odd_times_x,  // the result is x * p: the odd powers carry the factor x
};

/// A power or a link: an index into powers, or powers.size() + an index into links.
using Operand = int;
inline constexpr Operand no_operand = -1;

struct ShapePower {
  int degree = 1;
  int depth = 0;  // levels below the variable
  Operand larger = no_operand;
  Operand smaller = no_operand;  // the same as larger for a square; none: the variable itself
  Operand difference =
      no_operand;        // of degree larger - smaller; none: the bare product, or a square
  bool times_x = false;  // of T_1: the product of x and the variable
};

struct ShapeProduct {
  Operand first = no_operand;
  std::vector<Operand> added{};  // to first, times scalars
  Operand second = no_operand;
  bool scaled = true;            // whether second has a scalar; not where it is a link below
  std::vector<Operand> lower{};  // added to second, times scalars
  bool doubled = false;          // second counts twice without a scalar, and begins there with one
};

struct ShapeLink {
  int degree = 0;
  int depth = 0;   // at most
  int offset = 0;  // of its degrees in the result: the degrees of the multipliers above it
  bool is_multiplier = false;  // even in an odd series
  std::vector<ShapeProduct> products{};
  std::vector<Operand> scaled{};
};

enum class SlotRole : unsigned char { scaled, second, lower, added, constant };

struct Slot {
  int degree = 0;  // in the result
  int link = 0;
  SlotRole role = SlotRole::scaled;
  int product = 0;   // of the link
  int position = 0;  // in its list
};

struct Shape {
  SeriesClass series_class = SeriesClass::dense;
  int degree = 0;
  std::vector<ShapePower>
      powers{};                    // [0] is the variable, [1] x times the variable where x is used
  std::vector<ShapeLink> links{};  // above before below
  std::vector<Slot> slots{};       // descending degrees
  /// The highest coefficient has no slot: x itself is to be multiplied by it beforehand.
  bool leading_in_x = false;

  int operands() const { return static_cast<int>(powers.size() + links.size()); }
  Operand operand_of_link(int link) const { return static_cast<int>(powers.size()) + link; }
  /// Whether a constant of link i is one of the scalars to be found; that of the result is known.
  bool has_constant(std::size_t i) const {
    return i > 0 && (series_class == SeriesClass::dense || links[i].is_multiplier);
  }
  bool is_link(Operand operand) const { return operand >= static_cast<int>(powers.size()); }
};

}  // namespace equiripple
