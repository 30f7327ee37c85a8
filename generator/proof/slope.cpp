// Slopes by the proof of ranges.
#include "generator/proof/slope.hpp"

#include <algorithm>

#include "generator/proof/certify.hpp"

namespace equiripple {

// T_k' = k U_(k-1): d_(k-1) = d_(k+1) + 2 k c_k, and d_0 is half of that.
ChebyshevSeries derivative_of(const ChebyshevSeries& p) {
  const auto n = static_cast<std::size_t>(p.degree());
  std::vector<Rational> d(n + 2, Rational(0));
  for (std::size_t k = n; k >= 1; --k) {
    d[k - 1] = (k + 1 <= n ? d[k + 1] : Rational(0)) +
               2 * Rational(static_cast<long>(k)) * p.coefficients[k];
  }
  d[0] /= 2;
  d.resize(std::max<std::size_t>(n, 1));
  const Rational half_width = (p.basis.upper - p.basis.lower) / 2;
  for (Rational& c : d) c /= half_width;
  Parity parity = Parity::none;
  if (p.parity != Parity::none) parity = p.parity == Parity::odd ? Parity::even : Parity::odd;
  return {.basis = p.basis, .coefficients = std::move(d), .parity = parity};
}

std::optional<Rational> noise_at_end(const std::vector<ChebyshevSeries>& polynomials,
                                     const std::vector<Interval>& domains,
                                     const std::vector<Rational>& noise) {
  const auto first_moved =
      std::ranges::find_if(noise, [](const Rational& moves) { return moves > 0; });
  const auto first = static_cast<std::size_t>(first_moved - noise.begin());
  Rational sum = 0;
  if (first_moved == noise.end()) return sum;
  Rational slope = 1;  // of what comes after
  for (std::size_t i = polynomials.size(); i-- > first;) {
    const auto range = proved_range(derivative_of(polynomials[i]), {domains[i]});
    if (!range) return std::nullopt;
    slope *= std::max(abs(range->lower), abs(range->upper));
    const Interval& basis = polynomials[i].basis;
    sum += noise[i] * (basis.upper - basis.lower) / 2 * slope;
  }
  return sum;
}

std::optional<Rational> relative_noise_of_powers(const std::vector<ChebyshevSeries>& polynomials,
                                                 const std::vector<Interval>& ranges,
                                                 const std::vector<Rational>& errors,
                                                 const std::vector<Rational>& noise) {
  constexpr int bits = 64;  // kept of a bound
  const auto up = [](const Rational& q) { return round_to_bits(q, bits, Rounding::up); };
  Rational moved = 0;  // of the value, relative to it
  for (std::size_t i = 1; i < polynomials.size(); ++i) {
    const Rational& least = ranges[i - 1].lower;
    const Rational& least_after = ranges[i].lower;
    if (least <= 0 || least_after <= 0) return std::nullopt;
    const Interval& basis = polynomials[i].basis;
    moved += noise[i] * (basis.upper - basis.lower) / 2 / least;
    if (moved == 0) continue;
    Rational power = 1;
    for (int k = 0; k < polynomials[i].degree(); ++k) power = up(power * (1 + moved));
    const Rational error = errors[i] / least_after;  // of both values, with and without noise
    moved = up((power - 1) * (1 + error) + 2 * error);
  }
  return moved;
}

}  // namespace equiripple
