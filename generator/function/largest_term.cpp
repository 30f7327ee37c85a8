// Enclosures at three points: the radius of a value says what the roundings on the way to it come
// to.
#include "generator/function/largest_term.hpp"

#include <algorithm>
#include <limits>

#include "generator/function/enclose.hpp"

namespace equiripple {

double largest_term_log2(const Expression& expression, const Domain& domain) {
  constexpr slong bits = 128;
  const Interval& middle = domain[domain.size() / 2];
  double largest = -std::numeric_limits<double>::infinity();
  for (const Rational& x :
       {domain.front().lower, Rational((middle.lower + middle.upper) / 2), domain.back().upper}) {
    const Ball value = enclose_nodes(expression, ball_of(x, bits), bits).back();
    if (!value.is_finite()) continue;
    Ball radius;
    arb_get_rad_arb(radius.get(), value.get());
    largest = std::max(
        {largest, log2_magnitude(value), log2_magnitude(radius) + static_cast<double>(bits)});
  }
  return largest;
}

}  // namespace equiripple
