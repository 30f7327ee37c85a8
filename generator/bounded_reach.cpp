// Steps that grow with the distance, then bisection of the first one that leaves the bound.
#include "generator/bounded_reach.hpp"

#include <algorithm>
#include <functional>

namespace equiripple {
namespace {

using T = Real<128>;

constexpr long first_step_log2 = -40;  // of the width of the range; chosen
constexpr int steps_per_doubling = 16;
constexpr int doublings = 60;  // then it is as good as bounded everywhere (a constant)
constexpr int bisections = 12;

class Walk {
 public:
  Walk(const std::vector<ChebyshevSeries>& stages, std::function<bool(const T&)> allows)
      : allows_(std::move(allows)) {
    for (const ChebyshevSeries& stage : stages) stages_.emplace_back(stage);
  }

  // From `end`, in the direction and units of `width`.
  T furthest(const T& end, const T& width) const {
    const T growth = real_exp(T(real_log(T(2)) / steps_per_doubling));
    T inside = 0;
    T step = scale_by_power_of_two(T(1), first_step_log2);
    for (int i = 0; i < doublings * steps_per_doubling; ++i) {
      if (!is_allowed(end + step * width)) return end + between(inside, step, end, width) * width;
      inside = step;
      step *= growth;
    }
    return end + inside * width;
  }

 private:
  T between(T inside, T outside, const T& end, const T& width) const {
    for (int i = 0; i < bisections; ++i) {
      const T middle = (inside + outside) / 2;
      (is_allowed(end + middle * width) ? inside : outside) = middle;
    }
    return inside;
  }

  bool is_allowed(T x) const {
    for (const SeriesEvaluator<T>& stage : stages_) x = stage(x);
    return is_finite(x) && allows_(x);
  }

  std::vector<SeriesEvaluator<T>> stages_;
  std::function<bool(const T&)> allows_;  // of the value
};

}  // namespace

Interval bounded_reach(const std::vector<ChebyshevSeries>& stages, const Domain& domain,
                       const Rational& bound) {
  const Interval range = hull(domain);
  const T most = from_rational<T>(bound);
  const Walk walk(stages, [&](const T& value) { return real_abs(value) <= most; });
  const T width = from_rational<T>(range.upper - range.lower);
  const T upper = walk.furthest(from_rational<T>(range.upper), width);
  const bool mirrored = stages.front().parity != Parity::none && range.lower == -range.upper;
  const T lower = mirrored ? T(-upper) : walk.furthest(from_rational<T>(range.lower), T(-width));
  return {round_to_bits(to_rational(lower), binary64_bits, Rounding::up),
          round_to_bits(to_rational(upper), binary64_bits, Rounding::down)};
}

Rational side_reach(const std::vector<ChebyshevSeries>& stages, const Domain& domain) {
  const Walk walk(stages, [](const T& value) { return real_abs(T(value - 1)) <= T(1) / 2; });
  const Interval range = hull(domain);
  const T upper = walk.furthest(from_rational<T>(range.upper), from_rational<T>(range.upper));
  return round_to_bits(to_rational(upper), binary64_bits, Rounding::down);
}

}  // namespace equiripple
