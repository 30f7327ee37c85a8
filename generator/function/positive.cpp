// The subdivision behind point_not_positive.
#include "generator/function/positive.hpp"

#include <algorithm>

#include "generator/function/enclose.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/numbers/simplest.hpp"

namespace equiripple {
namespace {

constexpr slong ball_bits = 256;             // chosen: resolves the smallest pieces
constexpr std::size_t most_pieces = 40'000;  // chosen: about a second

Ball on(const Expression& function, const Rational& lower, const Rational& upper) {
  return enclose_nodes(function, ball_between(lower, upper, ball_bits), ball_bits).back();
}

NotPositive doubt_at(const Expression& function, const Rational& x) {
  const Ball value = on(function, x, x);
  const bool is_known = arb_is_nonpositive(value.get()) != 0;
  return {x, is_known ? PositivityDoubt::not_positive : PositivityDoubt::too_close};
}

// In a smallest piece, or beside it, where balls are as undecided.
NotPositive doubt_around(const Expression& function, const Interval& piece,
                         const Interval& interval) {
  const Rational width = piece.upper - piece.lower;
  const Rational x = simplest_between(std::max(interval.lower, Rational(piece.lower - width)),
                                      std::min(interval.upper, Rational(piece.upper + width)));
  if (!on(function, x, x).is_positive()) return doubt_at(function, x);
  return {(piece.lower + piece.upper) / 2, PositivityDoubt::too_close};
}

}  // namespace

std::optional<NotPositive> point_not_positive(const Expression& function, const Domain& domain) {
  const Interval whole = hull(domain);
  const Rational smallest = (whole.upper - whole.lower) * power_of_two(-smallest_piece_bits);
  std::size_t examined = 0;
  for (const Interval& interval : domain) {
    for (const Rational& end : {interval.lower, interval.upper}) {
      if (!on(function, end, end).is_positive()) return doubt_at(function, end);
    }
    std::vector<Interval> waiting{interval};
    while (!waiting.empty()) {
      const Interval piece = waiting.back();
      waiting.pop_back();
      const Rational middle = (piece.lower + piece.upper) / 2;
      if (on(function, piece.lower, piece.upper).is_positive()) continue;
      if (on(function, middle, middle).is_negative()) return doubt_at(function, middle);
      if (piece.upper - piece.lower <= smallest) return doubt_around(function, piece, interval);
      if (++examined > most_pieces) return NotPositive{middle, PositivityDoubt::undecided};
      waiting.push_back({middle, piece.upper});
      waiting.push_back({piece.lower, middle});
    }
  }
  return std::nullopt;
}

}  // namespace equiripple
