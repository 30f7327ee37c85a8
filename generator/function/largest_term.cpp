// Enclosures at three points.
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
    for (const Ball& term : enclose_nodes(expression, ball_of(x, bits), bits)) {
      if (term.is_finite()) largest = std::max(largest, log2_magnitude(term));
    }
  }
  return largest;
}

}  // namespace equiripple
