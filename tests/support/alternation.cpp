// The check, in plain loops.
#include "tests/support/alternation.hpp"

#include <algorithm>

#include "generator/function/evaluate.hpp"

namespace equiripple::test {
namespace {

// Free coefficients of a class, and the alternations that its best polynomial must show; for a
// parity, those right of 0.
std::size_t needed_points(int degree, Parity parity) {
  if (parity == Parity::none) return static_cast<std::size_t>(degree) + 2;
  if (parity == Parity::even) return static_cast<std::size_t>(degree / 2) + 2;
  return static_cast<std::size_t>((degree + 1) / 2) + 1;
}

template <class Wide>
AlternationCheck check_on(const MinimaxRequest& request, const MinimaxResult& result, int bits) {
  const CompiledFunction<Wide> target(request.target);
  const CompiledFunction<Wide> weight(request.weight);
  const SeriesEvaluator<Wide> p(result.polynomial);
  const auto error = [&](const Wide& x) { return Wide(weight(x) * (target(x) - p(x))); };
  const auto& points = result.reference;
  if (points.size() < needed_points(request.degree, request.parity)) {
    return {false, "too few points"};
  }
  const Wide size = real_abs(error(from_rational<Wide>(points.front())));
  const Wide tolerance = scale_by_power_of_two(size, -bits);
  int previous = 0;
  for (const Rational& point : points) {
    bool inside = false;
    for (const Interval& interval : request.domain) {
      inside = inside || (interval.lower <= point && point <= interval.upper);
    }
    // An end point of the domain may have been rounded to the rung.
    const Interval whole = hull(request.domain);
    const Rational near = (whole.upper - whole.lower) * power_of_two(-120);
    for (const Interval& interval : request.domain) {
      inside = inside || abs(interval.lower - point) < near || abs(interval.upper - point) < near;
    }
    if (!inside) return {false, "a point is outside the domain"};
    const Wide e = error(from_rational<Wide>(point));
    const int sign = e > 0 ? 1 : -1;
    if (sign == previous) return {false, "two neighbours have one sign"};
    if (real_abs(Wide(real_abs(e) - size)) > tolerance) return {false, "the sizes differ"};
    previous = sign;
  }
  constexpr int samples = 40;
  const Wide limit = size + scale_by_power_of_two(size, -bits / 2);
  for (const Interval& interval : request.domain) {
    if (request.parity != Parity::none && interval.upper <= 0) continue;
    std::vector<Rational> knots{interval.lower};
    for (const Rational& point : points) {
      if (point > knots.back() && point < interval.upper) knots.push_back(point);
    }
    knots.push_back(interval.upper);
    for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
      for (int k = 0; k <= samples; ++k) {
        const Rational x = knots[i] + (knots[i + 1] - knots[i]) * k / samples;
        if (real_abs(error(from_rational<Wide>(x))) > limit) {
          return {false, "the error is larger between the points"};
        }
      }
    }
  }
  return {true, {}};
}

}  // namespace

AlternationCheck check_alternation(const MinimaxRequest& request, const MinimaxResult& result,
                                   int bits) {
  constexpr int usual_bits = 512;
  return on_rung(std::max(usual_bits, 2 * result.precision_bits),
                 [&]<class T>(Rung<T>) { return check_on<T>(request, result, bits); });
}

}  // namespace equiripple::test
