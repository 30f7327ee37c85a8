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
                                     const std::vector<Rational>& shifts) {
  Rational noise = 0;
  Rational slope = 1;  // of what comes after
  for (std::size_t i = polynomials.size(); i-- > 0;) {
    const auto first_shifted =
        std::ranges::find_if(shifts, [](const Rational& shift) { return shift > 0; });
    if (static_cast<std::ptrdiff_t>(i) < first_shifted - shifts.begin()) break;
    const auto range = proved_range(derivative_of(polynomials[i]), {domains[i]});
    if (!range) return std::nullopt;
    slope *= std::max(abs(range->lower), abs(range->upper));
    noise += shifts[i] * slope;
  }
  return noise;
}

}  // namespace equiripple
