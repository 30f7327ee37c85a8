// Order, symmetry and outward rounding of domains; all comparisons are exact.
#include "generator/domain.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace equiripple {

DomainCheck check(const Domain& domain) {
  if (domain.empty()) return {DomainDefect::empty, 0};
  const Rational largest = power_of_two(largest_end_log2);
  for (std::size_t i = 0; i < domain.size(); ++i) {
    if (domain[i].lower == domain[i].upper) return {DomainDefect::no_length, i};
    if (domain[i].lower > domain[i].upper) return {DomainDefect::reversed, i};
    if (domain[i].lower < -largest || domain[i].upper > largest) {
      return {DomainDefect::too_large, i};
    }
    if (i > 0 && domain[i].lower < domain[i - 1].upper) return {DomainDefect::overlapping, i};
  }
  return {};
}

bool is_symmetric(const Domain& domain) {
  for (std::size_t i = 0; i < domain.size(); ++i) {
    const Interval& mirror = domain[domain.size() - 1 - i];
    if (domain[i].lower != -mirror.upper || domain[i].upper != -mirror.lower) return false;
  }
  return true;
}

// Neighbours that touch, or come to overlap, share the binary64 number nearest to where they meet:
// together they still hold the domain, and a symmetric one stays symmetric.
Domain rounded_outward(const Domain& domain) {
  Domain rounded;
  Rational exact_upper;  // of the neighbour before
  for (const Interval& interval : domain) {
    Interval outer{Rational(to_double(interval.lower, Rounding::down)),
                   Rational(to_double(interval.upper, Rounding::up))};
    if (!rounded.empty() && outer.lower < rounded.back().upper) {
      const Rational shared(to_double(Rational((exact_upper + interval.lower) / 2)));
      rounded.back().upper = shared;
      outer.lower = shared;
    }
    exact_upper = interval.upper;
    rounded.push_back(std::move(outer));
  }
  // Where two shared ends are one, what was between them is in the neighbours.
  std::erase_if(rounded, [](const Interval& i) { return i.lower == i.upper; });
  return rounded;
}

Interval basis_for(const Domain& domain) {
  const Interval whole = hull(rounded_outward(domain));
  if (whole.lower == -whole.upper) return whole;
  constexpr long grid_bits = 40;  // chosen: leaves 12 bits for sum and difference
  const Rational size = std::max(abs(whole.lower), abs(whole.upper));
  const long exponent = static_cast<long>(std::ceil(log2_of(size)));
  const Rational step = power_of_two(exponent - grid_bits);
  return {Rational(floor_of(whole.lower / step)) * step,
          Rational(-floor_of(-whole.upper / step)) * step};
}

Interval hull(const Domain& domain) {
  if (domain.empty()) throw std::invalid_argument("hull: the domain is empty");
  return {domain.front().lower, domain.back().upper};
}

}  // namespace equiripple
