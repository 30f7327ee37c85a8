// Rounding, conversion and evaluation of Chebyshev series.
#include "generator/chebyshev.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace equiripple {
namespace {

Rational sum_of_sizes(const ChebyshevSeries& series) {
  Rational sum = 0;
  for (const Rational& c : series.coefficients) sum += abs(c);
  return sum;
}

}  // namespace

ChebyshevSeries rounded(ChebyshevSeries series, int bits) {
  for (Rational& c : series.coefficients) {
    if (bits != binary64_bits) {
      c = round_to_bits(c, bits, Rounding::nearest);
      continue;
    }
    const double value = to_double(c);
    if (!std::isfinite(value)) throw std::overflow_error("a coefficient exceeds binary64");
    c = Rational(value);
  }
  return series;
}

Rational coefficient_distance(const ChebyshevSeries& a, const ChebyshevSeries& b) {
  const auto coefficient = [](const ChebyshevSeries& series, std::size_t k) {
    return k < series.coefficients.size() ? series.coefficients[k] : Rational(0);
  };
  Rational sum = 0;
  for (std::size_t k = 0; k < std::max(a.coefficients.size(), b.coefficients.size()); ++k) {
    sum += abs(coefficient(a, k) - coefficient(b, k));
  }
  return sum;
}

bool agree_to(const ChebyshevSeries& a, const ChebyshevSeries& b, long log2) {
  return coefficient_distance(a, b) <= sum_of_sizes(b) * power_of_two(log2);
}

ChebyshevSeries without_undetermined(ChebyshevSeries series, long log2) {
  const Rational threshold = sum_of_sizes(series) * power_of_two(log2);
  for (Rational& c : series.coefficients) {
    if (abs(c) <= threshold) c = 0;
  }
  while (series.coefficients.size() > 1 && series.coefficients.back() == 0) {
    series.coefficients.pop_back();
  }
  return series;
}

ChebyshevSeries with_seen_parity(ChebyshevSeries series) {
  const auto vanish = [&](std::size_t first) {
    for (std::size_t k = first; k < series.coefficients.size(); k += 2) {
      if (series.coefficients[k] != 0) return false;
    }
    return true;
  };
  if (series.basis.lower != -series.basis.upper) return series;
  if (vanish(1)) {
    series.parity = Parity::even;
  } else if (vanish(0)) {
    series.parity = Parity::odd;
  }
  return series;
}

// T_{k+1} = 2 y T_k - T_{k-1}, in powers of x, y = slope x + offset.
std::vector<Rational> to_powers(const ChebyshevSeries& series) {
  const Interval& basis = series.basis;
  const Rational slope = 2 / (basis.upper - basis.lower);
  const Rational offset = -(basis.upper + basis.lower) / 2 * slope;
  std::vector<Rational> sum(series.coefficients.size(), 0);
  std::vector<Rational> before;
  std::vector<Rational> current = {1};
  for (std::size_t k = 0; k < sum.size(); ++k) {
    for (std::size_t i = 0; i < current.size(); ++i) sum[i] += series.coefficients[k] * current[i];
    const int factor = k == 0 ? 1 : 2;
    std::vector<Rational> next(current.size() + 1, 0);
    for (std::size_t i = 0; i < current.size(); ++i) {
      next[i] += factor * offset * current[i];
      next[i + 1] += factor * slope * current[i];
    }
    for (std::size_t i = 0; i < before.size(); ++i) next[i] -= before[i];
    before = std::move(current);
    current = std::move(next);
  }
  return sum;
}

ChebyshevSeries from_powers(const std::vector<Rational>& coefficients, const Interval& basis) {
  // Horner's scheme in x = centre + half_width y, on series in T_k(y):
  // y T_0 = T_1, y T_k = (T_{k+1} + T_{k-1}) / 2.
  const Rational centre = (basis.lower + basis.upper) / 2;
  const Rational half_width = (basis.upper - basis.lower) / 2;
  std::vector<Rational> sum{0};
  for (std::size_t i = coefficients.size(); i-- > 0;) {
    std::vector<Rational> next(sum.size() + 1);
    for (std::size_t k = 0; k < sum.size(); ++k) {
      if (sum[k] == 0) continue;
      next[k] += centre * sum[k];
      const Rational moved = half_width * sum[k];
      if (k == 0) {
        next[1] += moved;
      } else {
        next[k + 1] += moved / 2;
        next[k - 1] += moved / 2;
      }
    }
    next[0] += coefficients[i];
    while (next.size() > 1 && next.back() == 0) next.pop_back();
    sum = std::move(next);
  }
  return with_seen_parity({.basis = basis, .coefficients = std::move(sum)});
}

double value_of_series(const std::vector<double>& c, double y) {
  double b1 = 0;
  double b2 = 0;
  for (std::size_t k = c.size(); k-- > 1;) {
    const double b = c[k] + 2 * y * b1 - b2;
    b2 = b1;
    b1 = b;
  }
  return c[0] + y * b1 - b2;
}

template <class T>
SeriesEvaluator<T>::SeriesEvaluator(const ChebyshevSeries& series)
    : centre_(from_rational<T>((series.basis.lower + series.basis.upper) / 2)),
      reciprocal_half_width_(from_rational<T>(2 / (series.basis.upper - series.basis.lower))),
      parity_(series.parity) {
  if (series.coefficients.empty()) throw std::invalid_argument("series without coefficients");
  const std::size_t first = parity_ == Parity::odd ? 1 : 0;
  const std::size_t step = parity_ == Parity::none ? 1 : 2;
  for (std::size_t k = first; k < series.coefficients.size(); k += step) {
    coefficients_.push_back(from_rational<T>(series.coefficients[k]));
  }
}

template class SeriesEvaluator<double>;
template class SeriesEvaluator<Real<128>>;
template class SeriesEvaluator<Real<256>>;
template class SeriesEvaluator<Real<512>>;
template class SeriesEvaluator<Real<1024>>;
template class SeriesEvaluator<Real<2048>>;
template class SeriesEvaluator<Real<4096>>;
template class SeriesEvaluator<Real<widest_bits>>;

}  // namespace equiripple
