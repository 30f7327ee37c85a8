// The subdivision behind point_not_positive.
#include "generator/function/positive.hpp"

#include "generator/function/enclose.hpp"
#include "generator/function/smoothness.hpp"

namespace equiripple {
namespace {

constexpr slong ball_bits = 256;             // chosen: resolves the smallest pieces
constexpr std::size_t most_pieces = 40'000;  // chosen: about a second

Ball on(const Expression& function, const Rational& lower, const Rational& upper) {
  return enclose_nodes(function, ball_between(lower, upper, ball_bits), ball_bits).back();
}

}  // namespace

std::optional<Rational> point_not_positive(const Expression& function, const Domain& domain) {
  const Interval whole = hull(domain);
  const Rational smallest = (whole.upper - whole.lower) * power_of_two(-smallest_piece_bits);
  std::size_t examined = 0;
  for (const Interval& interval : domain) {
    for (const Rational& end : {interval.lower, interval.upper}) {
      if (!on(function, end, end).is_positive()) return end;
    }
    std::vector<Interval> waiting{interval};
    while (!waiting.empty()) {
      const Interval piece = waiting.back();
      waiting.pop_back();
      const Rational middle = (piece.lower + piece.upper) / 2;
      if (on(function, piece.lower, piece.upper).is_positive()) continue;
      const bool too_small = piece.upper - piece.lower <= smallest;
      if (too_small || ++examined > most_pieces || on(function, middle, middle).is_negative()) {
        return middle;
      }
      waiting.push_back({middle, piece.upper});
      waiting.push_back({piece.lower, middle});
    }
  }
  return std::nullopt;
}

}  // namespace equiripple
