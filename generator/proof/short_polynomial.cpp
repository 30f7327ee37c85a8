// Roundings are bounded by u = 2^-53 times the number of operations on the longest way; every
// factor below is rounded up generously: the errors stay under 2^-36 of the largest value.
#include "generator/proof/short_polynomial.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "generator/numbers/real.hpp"

namespace equiripple {
namespace {

constexpr double roundoff = 0x1p-53;
// cos(i pi / (2 nodes)) for i below 4 nodes, correctly rounded.
std::vector<double> make_cosines(std::size_t nodes) {
  std::vector<double> table;
  const Real<128> step = real_pi<Real<128>>() / static_cast<unsigned>(2 * nodes);
  for (unsigned i = 0; i < 4 * nodes; ++i) {
    table.push_back(convert<double>(real_cos(Real<128>(step * i))));
  }
  return table;
}

template <std::size_t nodes>
const std::vector<double>& cosines_of() {
  static const std::vector<double> table = make_cosines(nodes);
  return table;
}

const std::vector<double>& cosines(std::size_t nodes) {
  switch (nodes) {
    case 8: return cosines_of<8>();
    case 16: return cosines_of<16>();
    case 32: return cosines_of<32>();
    case 64: return cosines_of<64>();
    case 128: return cosines_of<128>();
    case 256: return cosines_of<256>();
    case 512: return cosines_of<512>();
    default: throw std::invalid_argument("ShortPolynomial: a power of 2 from 8 to 512 values");
  }
}

}  // namespace

ShortPolynomial::ShortPolynomial(const std::vector<double>& values, double value_error,
                                 double remainder) {
  const std::size_t n = values.size();
  const std::vector<double>& cosine = cosines(n);
  const auto count = static_cast<double>(n);
  double largest = 0;
  for (const double v : values) largest = std::max(largest, std::abs(v));
  coefficients_.assign(n, 0);
  double size = 0;  // the sum of |coefficients|
  double moment = 0;
  for (std::size_t m = 0; m < n; ++m) {
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += values[j] * cosine[(m * (2 * j + 1)) % (4 * n)];
    coefficients_[m] = sum * (m == 0 ? 1 : 2) / count;
    const auto k = static_cast<double>(m);
    size += std::abs(coefficients_[m]);
    moment += std::abs(coefficients_[m]) * k * k * (k * k - 1) / 3;  // |T_m''| <= m^2 (m^2 - 1) / 3
  }
  derivative_.assign(n + 1, 0);
  for (std::size_t m = n; m-- > 1;) {
    const double above = m + 1 < derivative_.size() ? derivative_[m + 1] : 0;
    derivative_[m - 1] = above + 2 * static_cast<double>(m) * coefficients_[m];
  }
  derivative_[0] /= 2;
  // Each coefficient is off by at most 2 (n + 4) u times the largest value.
  const double transform = 2 * count * (count + 4) * roundoff * largest;
  // Clenshaw: the computed value is that of coefficients off by at most 8 n u times their sum.
  const double evaluation = 8 * count * count * roundoff * size;
  // Values off by value_error move the polynomial by at most the Lebesgue constant times that,
  // which is at most 1 + (2 / pi) log n < 1 + log2(n) / 2.
  const double lebesgue = 1 + std::log2(count) / 2;
  const double margin = 1 + 0x1p-40;  // for the roundings of these lines themselves
  error_ = (transform + evaluation + lebesgue * value_error + remainder) * margin;
  // The derivative's coefficients are sums of at most n terms 2 m a_m; |T_m'| <= m^2.
  derivative_error_ = (4 * count * count * count * count * roundoff * size) * margin;
  // What the transform's error and that of the values add to the second derivative is no part of
  // the curve: the bound is about the polynomial as computed.
  curvature_ = moment * margin;
}

double ShortPolynomial::extremum_near(double t) const {
  constexpr int steps = 6;           // chosen: each doubles the digits
  constexpr double apart = 0x1p-14;  // chosen: differences of slopes keep half their digits
  const auto slope = [&](double at) { return value_of_series(derivative_, at); };
  for (int i = 0; i < steps; ++i) {
    const double curvature = (slope(t + apart) - slope(t - apart)) / (2 * apart);
    if (curvature == 0) break;
    t = std::clamp(t - slope(t) / curvature, -1.0, 1.0);
  }
  return t;
}

// Taylor's formula at the centre, and the errors of both evaluations.
double ShortPolynomial::bound_around(double centre, double width) const {
  const double slope = std::abs(value_of_series(derivative_, centre)) + derivative_error_;
  const double sum = std::abs(value(centre)) + error_ + width * (slope + width * curvature_ / 2);
  return sum * (1 + 0x1p-50);
}

}  // namespace equiripple
