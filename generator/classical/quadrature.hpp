// Integration by the double exponential rule [TM74]: points crowd at both ends of each piece, so
// that a root or a kink at an end costs nothing.
#pragma once

#include <vector>

#include "generator/domain.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

template <class T>
struct QuadratureNode {
  T x;
  T weight;
};

/// Nodes and weights on [lower, upper]: x = middle + half tanh(pi/2 sinh(t)) at t = k 2^-level, as
/// far as the weights are above the rung's last bits. The error falls as 2^(-c 2^level) where the
/// integrand is analytic between the ends and bounded at them.
template <class T>
std::vector<QuadratureNode<T>> double_exponential(const T& lower, const T& upper, int level) {
  const T half = (upper - lower) / 2;
  const T middle = (upper + lower) / 2;
  const T quarter_turn = real_pi<T>() / 2;
  const T step = scale_by_power_of_two(T(1), -level);
  std::vector<QuadratureNode<T>> nodes = {{middle, T(half * quarter_turn * step)}};
  for (long k = 1;; ++k) {
    const T t = step * k;
    const T growth = real_exp(t);
    const T u = quarter_turn * (growth - 1 / growth) / 2;
    const T shrink = real_exp(T(-2 * u));  // tanh(u) = 1 - 2 shrink / (1 + shrink)
    const T cosh_squared = (1 + shrink) * (1 + shrink) / (4 * shrink);
    const T weight = half * step * quarter_turn * (growth + 1 / growth) / 2 / cosh_squared;
    if (weight < half * unit_roundoff<T>()) return nodes;
    const T from_end = 2 * half * shrink / (1 + shrink);
    nodes.push_back({T(lower + from_end), weight});
    nodes.push_back({T(upper - from_end), weight});
  }
}

}  // namespace equiripple
