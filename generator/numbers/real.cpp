// Roundings of exact rationals, done on integers so that they are right at every exponent.
#include "generator/numbers/real.hpp"

#include <stdexcept>

namespace equiripple {
namespace {

mpfr_rnd_t mpfr_rounding(Rounding rounding) {
  switch (rounding) {
    case Rounding::down: return MPFR_RNDD;
    case Rounding::up: return MPFR_RNDU;
    case Rounding::nearest: break;
  }
  return MPFR_RNDN;
}

// A number of run-time precision, for the one place that needs it: rounding to a given width.
struct Scratch {
  explicit Scratch(int bits) { mpfr_init2(value, bits); }
  ~Scratch() { mpfr_clear(value); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  mpfr_t value;
};

}  // namespace

Rational round_to_bits(const Rational& q, int bits, Rounding rounding) {
  if (bits < 1) throw std::invalid_argument("round_to_bits: at least 1 bit");
  if (q == 0) return 0;
  Scratch rounded(bits);
  mpfr_set_q(rounded.value, q.backend().data(), mpfr_rounding(rounding));
  Integer mantissa;
  const long exponent = mpfr_get_z_2exp(mantissa.backend().data(), rounded.value);
  return Rational(mantissa) * power_of_two(exponent);
}

double to_double(const Rational& q, Rounding rounding) {
  // Enough bits that the second rounding sees the direction of the first: the target's width plus
  // a sticky tail would do; a directed first rounding at more than twice the width is simpler.
  constexpr int wide_bits = 2200;  // chosen: covers 2^-1074 to 2^1024 exactly
  Scratch wide(wide_bits);
  mpfr_set_q(wide.value, q.backend().data(), mpfr_rounding(rounding));
  return mpfr_get_d(wide.value, mpfr_rounding(rounding));
}

bool is_binary64(const Rational& q) {
  const double value = to_double(q);
  return std::isfinite(value) && Rational(value) == q;
}

Integer floor_of(const Rational& q) {
  Integer floor;
  mpz_fdiv_q(floor.backend().data(), mpq_numref(q.backend().data()),
             mpq_denref(q.backend().data()));
  return floor;
}

long bits_in(const Rational& q) {
  return static_cast<long>(mpz_sizeinbase(mpq_numref(q.backend().data()), 2) +
                           mpz_sizeinbase(mpq_denref(q.backend().data()), 2));
}

double log2_of(const Rational& q) { return log2_of(from_rational<Real<128>>(q)); }

}  // namespace equiripple
