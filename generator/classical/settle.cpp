// Zeros and parity of a series that is known to so many bits.
#include "generator/classical/settle.hpp"

namespace equiripple {
namespace {

bool vanishes_from(const ChebyshevSeries& series, std::size_t first) {
  for (std::size_t k = first; k < series.coefficients.size(); k += 2) {
    if (series.coefficients[k] != 0) return false;
  }
  return true;
}

}  // namespace

ClassicalResult settled(ChebyshevSeries series) {
  Rational sum = 0;
  for (const Rational& c : series.coefficients) sum += abs(c);
  const Rational least = sum * power_of_two(determined_log2);
  for (Rational& c : series.coefficients) {
    if (abs(c) < least) c = 0;
  }
  while (series.coefficients.size() > 1 && series.coefficients.back() == 0) {
    series.coefficients.pop_back();
  }
  if (series.basis.lower == -series.basis.upper) {
    if (vanishes_from(series, 1)) {
      series.parity = Parity::even;
    } else if (vanishes_from(series, 0)) {
      series.parity = Parity::odd;
    }
  }
  return {.status = ClassicalStatus::determined,
          .polynomial = std::move(series),
          .detail = "the coefficients are determined"};
}

}  // namespace equiripple
