// Numbers of 64 significant bits, the same on every processor, for iterations whose results are
// rounded to binary64 afterwards: what a last bit is must not depend on who computes.
#pragma once

#include <bit>
#include <cfloat>
#include <cmath>
#include <limits>
#include <type_traits>

namespace equiripple {

__extension__ using Bits128 = unsigned __int128;

/// Of a wider format of IEEE 754 (binary128), each result rounded to 64 bits, half to even. A
/// result that the wider format has rounded onto the middle between two is off by a bit, one in
/// 2^48.
template <class Wide>
class RoundedTo64 {
 public:
  constexpr RoundedTo64() = default;
  constexpr RoundedTo64(int value) : value_(value) {}            // NOLINT: converts as numbers do
  constexpr RoundedTo64(double value) : value_(value) {}         // NOLINT
  constexpr RoundedTo64(Wide value) : value_(rounded(value)) {}  // NOLINT

  constexpr explicit operator double() const { return static_cast<double>(value_); }
  constexpr Wide wide() const { return value_; }

  constexpr RoundedTo64 operator-() const { return of(-value_); }
  friend constexpr RoundedTo64 operator+(RoundedTo64 a, RoundedTo64 b) {
    return Wide(a.value_ + b.value_);
  }
  friend constexpr RoundedTo64 operator-(RoundedTo64 a, RoundedTo64 b) {
    return Wide(a.value_ - b.value_);
  }
  friend constexpr RoundedTo64 operator*(RoundedTo64 a, RoundedTo64 b) {
    return Wide(a.value_ * b.value_);
  }
  friend constexpr RoundedTo64 operator/(RoundedTo64 a, RoundedTo64 b) {
    return Wide(a.value_ / b.value_);
  }
  constexpr RoundedTo64& operator+=(RoundedTo64 b) { return *this = *this + b; }
  constexpr RoundedTo64& operator-=(RoundedTo64 b) { return *this = *this - b; }
  constexpr RoundedTo64& operator*=(RoundedTo64 b) { return *this = *this * b; }
  constexpr RoundedTo64& operator/=(RoundedTo64 b) { return *this = *this / b; }
  friend constexpr bool operator==(RoundedTo64 a, RoundedTo64 b) { return a.value_ == b.value_; }
  friend constexpr bool operator<(RoundedTo64 a, RoundedTo64 b) { return a.value_ < b.value_; }
  friend constexpr bool operator>(RoundedTo64 a, RoundedTo64 b) { return a.value_ > b.value_; }
  friend constexpr bool operator<=(RoundedTo64 a, RoundedTo64 b) { return a.value_ <= b.value_; }
  friend constexpr bool operator>=(RoundedTo64 a, RoundedTo64 b) { return a.value_ >= b.value_; }

  friend RoundedTo64 sqrt(RoundedTo64 a) { return Wide(std::sqrt(a.value_)); }
  friend RoundedTo64 log10(RoundedTo64 a) { return Wide(std::log10(a.value_)); }
  friend RoundedTo64 abs(RoundedTo64 a) { return a.value_ < 0 ? -a : a; }
  friend RoundedTo64 ldexp(RoundedTo64 a, int exponent) {
    return Wide(std::ldexp(a.value_, exponent));
  }

 private:
  static constexpr RoundedTo64 of(Wide value) {
    RoundedTo64 same;
    same.value_ = value;
    return same;
  }

  static constexpr Wide rounded(Wide value) {
    static_assert(sizeof(Wide) == sizeof(Bits128));
    constexpr int dropped = 113 - 64;
    constexpr Bits128 one = 1;
    if (!(value - value == 0)) return value;  // infinite, or no number
    Bits128 bits = std::bit_cast<Bits128>(value);
    bits += (one << (dropped - 1)) - 1 + ((bits >> dropped) & 1);
    return std::bit_cast<Wide>((bits >> dropped) << dropped);
  }

  Wide value_ = 0;
};

static_assert(LDBL_MANT_DIG == 64 || LDBL_MANT_DIG == 113,
              "scalars of plans need a long double of 64 bits or more");
using Extended = std::conditional_t<LDBL_MANT_DIG == 64, long double, RoundedTo64<long double>>;

}  // namespace equiripple

template <class Wide>
struct std::numeric_limits<equiripple::RoundedTo64<Wide>> {
  static constexpr bool is_specialized = true;
  static constexpr equiripple::RoundedTo64<Wide> epsilon() { return 0x1p-63; }
};
