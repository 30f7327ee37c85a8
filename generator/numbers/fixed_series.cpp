// The errors of a step, in units of the last bit: 1 for the coefficient that is cut, 1 for the
// product, 2 for z, of which a step takes as many limbs as its numbers have: they are below half of
// what the limbs hold. That is 4; 8 are allowed for, and the scale is less than twice the sum.
// [proved]
#include "generator/numbers/fixed_series.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace equiripple {
namespace {

using Limb = mp_limb_t;

constexpr int limb_bits = 64;
static_assert(GMP_NUMB_BITS == limb_bits);
constexpr int step_error_bits = 4;  // of 8 units, and of the scale over the sum

bool is_negative(const Limb* number, std::size_t limbs) {
  return static_cast<mp_limb_signed_t>(number[limbs - 1]) < 0;
}

// The integer in two's complement; what does not fit is lost above.
void put(const fmpz_t integer, Limb* number, std::size_t limbs) {
  fmpz_t size;
  fmpz_init(size);
  fmpz_abs(size, integer);
  fmpz_get_ui_array(number, static_cast<slong>(limbs), size);
  fmpz_clear(size);
  if (fmpz_sgn(integer) < 0) mpn_neg(number, number, static_cast<mp_size_t>(limbs));
}

// number 2^exponent
Ball ball_of_limbs(std::vector<Limb> number, long exponent) {
  const auto size = static_cast<mp_size_t>(number.size());
  const bool negative = is_negative(number.data(), number.size());
  if (negative) mpn_neg(number.data(), number.data(), size);
  fmpz_t integer;
  fmpz_init(integer);
  fmpz_set_ui_array(integer, number.data(), size);
  if (negative) fmpz_neg(integer, integer);
  Ball ball;
  arf_set_fmpz(arb_midref(ball.get()), integer);
  fmpz_clear(integer);
  arb_mul_2exp_si(ball.get(), ball.get(), exponent);
  return ball;
}

// Where the recurrence is: b_{j+1} and b_{j+2}.
struct State {
  std::vector<Limb> first;
  std::vector<Limb> second;
  std::size_t limbs = 1;  // that count

  void grow_to(std::size_t more) {
    for (std::vector<Limb>* number : {&first, &second}) {
      const Limb sign = is_negative(number->data(), limbs) ? ~Limb{0} : Limb{0};
      for (std::size_t i = limbs; i < more; ++i) (*number)[i] = sign;
    }
    limbs = more;
  }
};

// z, and how to step through the coefficients from the highest on.
struct Steps {
  const Limb* coefficient;  // the first of them
  std::ptrdiff_t stride;    // limbs from one to the one before it
  std::size_t count;
  const Limb* size_of_z;  // |z| with one bit before the point, as many limbs as the numbers
  bool negative_z;
};

void run(State& state, const Steps& steps) {
  const std::size_t limbs = state.limbs;
  const auto size = static_cast<mp_size_t>(limbs);
  std::vector<Limb> product(2 * limbs);
  std::vector<Limb> b(state.first.size());
  const Limb* coefficient = steps.coefficient;
  for (std::size_t k = 0; k < steps.count; ++k) {
    const bool negative = is_negative(state.first.data(), limbs);
    std::copy_n(state.first.begin(), limbs, b.begin());
    if (negative) mpn_neg(b.data(), b.data(), size);
    mpn_mul_n(product.data(), b.data(), steps.size_of_z, size);
    mpn_lshift(product.data() + limbs - 1, product.data() + limbs - 1, size + 1, 2);
    std::copy_n(product.begin() + size, limbs, b.begin());
    if (negative != steps.negative_z) mpn_neg(b.data(), b.data(), size);
    mpn_add_n(b.data(), b.data(), coefficient, size);
    mpn_sub_n(b.data(), b.data(), state.second.data(), size);
    std::swap(state.second, state.first);
    std::swap(state.first, b);
    coefficient -= steps.stride;
  }
}

}  // namespace

FixedSeries::FixedSeries(const std::vector<Ball>& coefficients, slong most_bits)
    : count_(coefficients.size()) {
  constexpr slong bits_of_sum = 64;
  Ball sum;
  for (const Ball& c : coefficients) {
    Ball size;
    arb_abs(size.get(), c.get());
    arb_add(sum.get(), sum.get(), size.get(), bits_of_sum);
  }
  if (arb_is_zero(sum.get()) != 0) {
    count_ = 0;
    return;
  }
  scale_log2_ = static_cast<long>(std::ceil(log2_magnitude(sum)));
  head_bits_ = static_cast<int>(std::bit_width(count_)) + 2;
  limbs_ = limbs_for(most_bits);
  const slong fraction = static_cast<slong>(limbs_) * limb_bits - head_bits_;
  integers_.resize(count_ * limbs_);
  sizes_log2_.resize(count_);
  // |U_k| <= k + 1: b_j is at most the sum of (k - j + 1) |c_k|.
  constexpr double lost = 0x1p-1000;  // where a double has no smaller number
  double terms = lost;
  double size = lost;
  fmpz_t integer;
  fmpz_init(integer);
  for (std::size_t j = count_; j-- > 0;) {
    arf_get_fmpz_fixed_si(integer, arb_midref(coefficients[j].get()), scale_log2_ - fraction);
    put(integer, &integers_[j * limbs_], limbs_);
    const bool is_zero = arb_is_zero(coefficients[j].get()) != 0;
    const double log2_c =
        is_zero ? 0 : log2_magnitude(coefficients[j]) - static_cast<double>(scale_log2_);
    constexpr double rounded_up = 1 + 0x1p-40;
    terms = (terms + (is_zero ? 0 : std::exp2(log2_c))) * rounded_up;
    size = (size + terms) * rounded_up;
    sizes_log2_[j] = std::log2(size);
  }
  fmpz_clear(integer);
}

std::size_t FixedSeries::limbs_for(slong bits) const {
  return static_cast<std::size_t>((bits + step_error_bits + head_bits_ + limb_bits - 1) /
                                  limb_bits);
}

FixedSeries FixedSeries::padded_to(std::size_t limbs) const {
  FixedSeries padded = *this;
  padded.limbs_ = limbs;
  padded.integers_.assign(count_ * limbs, 0);
  for (std::size_t j = 0; j < count_; ++j) {
    std::copy_n(integers_.begin() + static_cast<std::ptrdiff_t>(j * limbs_), limbs_,
                padded.integers_.begin() + static_cast<std::ptrdiff_t>(j * limbs + limbs - limbs_));
  }
  return padded;
}

FixedSeries::Sums FixedSeries::operator()(const Ball& z, slong bits) const {
  if (!z.is_finite() || arf_cmpabs_2exp_si(arb_midref(z.get()), 0) > 0) {
    throw std::domain_error("FixedSeries: |z| must be at most 1");
  }
  if (count_ == 0) return {};
  const std::size_t limbs = limbs_for(bits);
  if (limbs > limbs_) return padded_to(limbs)(z, bits);
  const std::size_t dropped = limbs_ - limbs;
  const double fraction = static_cast<double>(limbs * limb_bits) - head_bits_;
  std::vector<Limb> size_of_z(limbs);
  fmpz_t integer;
  fmpz_init(integer);
  arf_get_fmpz_fixed_si(integer, arb_midref(z.get()), 1 - static_cast<slong>(limbs) * limb_bits);
  const bool negative = fmpz_sgn(integer) < 0;
  fmpz_abs(integer, integer);
  put(integer, size_of_z.data(), limbs);
  fmpz_clear(integer);
  // What the steps' own errors add: 8 units each, times as much as a coefficient.
  const double errors_log2 =
      step_error_bits - fraction + 2 * std::log2(static_cast<double>(count_ + 1));
  const auto needed = [&](std::size_t j) {
    constexpr double margin = 3;  // the sum of two bounds, the sign, half of what the limbs hold
    const double top = std::max(sizes_log2_[j], errors_log2) + fraction + margin;
    const auto whole = static_cast<std::size_t>(std::max(top, 1.0)) / limb_bits + 1;
    return std::min(whole, limbs);
  };
  State state{.first = std::vector<Limb>(limbs), .second = std::vector<Limb>(limbs)};
  for (std::size_t j = count_; j > 0;) {
    state.grow_to(std::max(state.limbs, needed(j - 1)));
    std::size_t next = j - 1;
    while (next > 0 && needed(next - 1) <= state.limbs) --next;
    run(state, {.coefficient = &integers_[(j - 1) * limbs_ + dropped],
                .stride = static_cast<std::ptrdiff_t>(limbs_),
                .count = j - next,
                .size_of_z = size_of_z.data() + (limbs - state.limbs),
                .negative_z = negative});
    j = next;
  }
  state.grow_to(limbs);
  const long unit_log2 = scale_log2_ - static_cast<long>(fraction);
  return {.first = ball_of_limbs(std::move(state.first), unit_log2),
          .second = ball_of_limbs(std::move(state.second), unit_log2)};
}

}  // namespace equiripple
