#include "generator/numbers/dyadic.hpp"

namespace equiripple {

Dyadic::Dyadic(const Rational& q) : Dyadic() {
  fmpq_t fraction;
  fmpq_init(fraction);
  fmpq_set_mpq(fraction, q.backend().data());
  arf_fmpz_div_fmpz(value_, fmpq_numref(fraction), fmpq_denref(fraction), quotient_bits,
                    ARF_RND_NEAR);
  const bool is_dyadic =
      fmpz_val2(fmpq_denref(fraction)) + 1 == static_cast<ulong>(fmpz_bits(fmpq_denref(fraction)));
  if (is_dyadic) {  // whatever its length
    arf_set_fmpz(value_, fmpq_numref(fraction));
    arf_mul_2exp_si(value_, value_, -static_cast<slong>(fmpz_val2(fmpq_denref(fraction))));
  }
  fmpq_clear(fraction);
}

Rational to_rational(const Dyadic& x) {
  fmpq_t fraction;
  fmpq_init(fraction);
  arf_get_fmpq(fraction, x.value_);
  Rational q;
  fmpq_get_mpq(q.backend().data(), fraction);
  fmpq_clear(fraction);
  return q;
}

double quotient(const Dyadic& x, const Dyadic& y) {
  // Binary64's subnormal numbers have fewer bits: twice rounded, but far below any scalar.
  Dyadic z;
  arf_div(z.value_, x.value_, y.value_, binary64_bits, ARF_RND_NEAR);
  return arf_get_d(z.value_, ARF_RND_NEAR);
}

}  // namespace equiripple
