// The ladder of static precisions, and exact rationals.
//
// The only file that names Boost's or MPFR's types. Everything else says `Real<Bits>` ("at least
// Bits"), `Rational`, or takes a template parameter. A `Real` lives on the stack, is never an
// expression template, and rounds to nearest: equal inputs give equal bits on every machine.
#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <boost/multiprecision/mpfr.hpp>
#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

namespace equiripple {

namespace detail {
// Boost counts decimal digits; these are the smallest counts that give at least Bits bits.
template <int Bits>
inline constexpr unsigned digits10_for = 0;
template <>
inline constexpr unsigned digits10_for<128> = 38;
template <>
inline constexpr unsigned digits10_for<256> = 77;
template <>
inline constexpr unsigned digits10_for<512> = 154;
template <>
inline constexpr unsigned digits10_for<1024> = 308;
template <>
inline constexpr unsigned digits10_for<2048> = 616;
template <>
inline constexpr unsigned digits10_for<4096> = 1233;
template <>
inline constexpr unsigned digits10_for<8192> = 2466;
}  // namespace detail

/// A binary floating-point number of at least Bits bits; Bits is one of 128, 256, ..., 8192.
template <int Bits>
using Real = boost::multiprecision::number<
    boost::multiprecision::mpfr_float_backend<detail::digits10_for<Bits>,
                                              boost::multiprecision::allocate_stack>,
    boost::multiprecision::et_off>;

using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int,  //
                                              boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational,
                                               boost::multiprecision::et_off>;

/// Significant bits of binary64: what coefficients and bounds are stored with, and the lowest rung,
/// which is for finding references and not for results.
inline constexpr int binary64_bits = 53;
/// The top of the ladder.
inline constexpr int highest_bits = 4096;
/// For the coefficients of a polynomial that the top of the ladder has found and cannot write down.
/// Chosen: between tiny intervals far apart values lose half the bits to what they are summed from.
inline constexpr int widest_bits = 8192;

/// Bits that a rung really carries.
template <class T>
inline constexpr int bits_of = std::numeric_limits<T>::digits;
template <>
inline constexpr int bits_of<double> = binary64_bits;

/// The argument of a generic lambda called by `on_rung`.
template <class T>
struct Rung {
  using type = T;
};

/// Calls visit(Rung<T>{}) with the lowest rung of at least `bits`; bits above the ladder's top
/// take the top.
template <class Visit>
decltype(auto) on_rung(int bits, Visit&& visit) {
  if (bits <= binary64_bits) return visit(Rung<double>{});
  if (bits <= 128) return visit(Rung<Real<128>>{});
  if (bits <= 256) return visit(Rung<Real<256>>{});
  if (bits <= 512) return visit(Rung<Real<512>>{});
  if (bits <= 1024) return visit(Rung<Real<1024>>{});
  if (bits <= 2048) return visit(Rung<Real<2048>>{});
  return visit(Rung<Real<4096>>{});
}

namespace detail {
template <class T, class OnDouble, class OnMpfr>
T apply(const T& x, OnDouble on_double, OnMpfr on_mpfr) {
  if constexpr (std::is_same_v<T, double>) {
    return on_double(x);
  } else {
    T y;
    on_mpfr(y.backend().data(), x.backend().data(), MPFR_RNDN);
    return y;
  }
}
}  // namespace detail

// Elementary functions on any rung, each correctly rounded on the MPFR rungs.

/// Beyond 2^this the circular functions are no number: reducing such an argument needs as many bits
/// of pi as its exponent says, which takes minutes at 2^29. Chosen: twice what a constant may have.
inline constexpr long largest_angle_log2 = 1 << 16;

namespace detail {
template <class T>
bool is_beyond_angles(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    return false;
  } else {
    return mpfr_regular_p(x.backend().data()) != 0 &&
           mpfr_get_exp(x.backend().data()) > largest_angle_log2;
  }
}
}  // namespace detail

template <class T>
T real_exp(const T& x) {
  return detail::apply(
      x, [](double v) { return std::exp(v); }, mpfr_exp);
}
template <class T>
T real_log(const T& x) {
  return detail::apply(
      x, [](double v) { return std::log(v); }, mpfr_log);
}
template <class T>
T real_log1p(const T& x) {
  return detail::apply(
      x, [](double v) { return std::log1p(v); }, mpfr_log1p);
}
template <class T>
T real_sin(const T& x) {
  if (detail::is_beyond_angles(x)) return std::numeric_limits<T>::quiet_NaN();
  return detail::apply(
      x, [](double v) { return std::sin(v); }, mpfr_sin);
}
template <class T>
T real_cos(const T& x) {
  if (detail::is_beyond_angles(x)) return std::numeric_limits<T>::quiet_NaN();
  return detail::apply(
      x, [](double v) { return std::cos(v); }, mpfr_cos);
}
template <class T>
T real_tan(const T& x) {
  if (detail::is_beyond_angles(x)) return std::numeric_limits<T>::quiet_NaN();
  return detail::apply(
      x, [](double v) { return std::tan(v); }, mpfr_tan);
}
template <class T>
T real_atan(const T& x) {
  return detail::apply(
      x, [](double v) { return std::atan(v); }, mpfr_atan);
}
template <class T>
T real_sinh(const T& x) {
  return detail::apply(
      x, [](double v) { return std::sinh(v); }, mpfr_sinh);
}
template <class T>
T real_cosh(const T& x) {
  return detail::apply(
      x, [](double v) { return std::cosh(v); }, mpfr_cosh);
}
template <class T>
T real_tanh(const T& x) {
  return detail::apply(
      x, [](double v) { return std::tanh(v); }, mpfr_tanh);
}
template <class T>
T real_sqrt(const T& x) {
  return detail::apply(
      x, [](double v) { return std::sqrt(v); }, mpfr_sqrt);
}
template <class T>
T real_floor(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    return std::floor(x);
  } else {
    T y;
    mpfr_floor(y.backend().data(), x.backend().data());
    return y;
  }
}
/// The nearest integer; of two, that further from 0.
template <class T>
T real_round(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    return std::round(x);
  } else {
    T y;
    mpfr_round(y.backend().data(), x.backend().data());
    return y;
  }
}
template <class T>
T real_abs(const T& x) {
  return x < 0 ? T(-x) : x;
}

/// x^y for x > 0, or x = 0 and y > 0.
template <class T>
T real_pow(const T& x, const T& y) {
  if constexpr (std::is_same_v<T, double>) {
    return std::pow(x, y);
  } else {
    T z;
    mpfr_pow(z.backend().data(), x.backend().data(), y.backend().data(), MPFR_RNDN);
    return z;
  }
}

/// x^n for any integer n (x not 0 where n < 0).
template <class T>
T real_pow(const T& x, long n) {
  if constexpr (std::is_same_v<T, double>) {
    return std::pow(x, static_cast<double>(n));
  } else {
    T z;
    mpfr_pow_si(z.backend().data(), x.backend().data(), n, MPFR_RNDN);
    return z;
  }
}

template <class T>
T real_pi() {
  if constexpr (std::is_same_v<T, double>) {
    Real<128> pi;
    mpfr_const_pi(pi.backend().data(), MPFR_RNDN);
    return mpfr_get_d(pi.backend().data(), MPFR_RNDN);
  } else {
    T pi;
    mpfr_const_pi(pi.backend().data(), MPFR_RNDN);
    return pi;
  }
}

/// x * 2^exponent, exact (unless the result leaves the exponent range of double).
template <class T>
T scale_by_power_of_two(const T& x, long exponent) {
  if constexpr (std::is_same_v<T, double>) {
    return std::ldexp(x, static_cast<int>(exponent));
  } else {
    T y;
    mpfr_mul_2si(y.backend().data(), x.backend().data(), exponent, MPFR_RNDN);
    return y;
  }
}

namespace detail {
// MPFR 4.2's erf aborts within 2^-1023 of sqrt(3), where its first partial sum 1 - x^2 / 3 vanishes
// and an exponent leaves double. There: Taylor's series from a point beside it, with
// erf^(n+1) = erf' g_n, g_{n+1} = -2 t g_n - 2 n g_{n-1}.
template <class T>
bool is_where_erf_aborts(const T& x) {
  if constexpr (bits_of<T> < 1000) {
    return false;
  } else {
    return real_abs(T(x * x - 3)) < scale_by_power_of_two(T(1), -990);
  }
}

template <class T>
T erf_minus_erf_beside(const T& x, const T& t) {
  T g = 1;
  T g_before = 0;
  T power = x - t;
  T sum = 0;
  constexpr int terms = 5;  // of at most 2^-980 each
  for (int n = 0; n < terms; ++n) {
    sum += g * power;
    const T g_next = -2 * t * g - 2 * n * g_before;
    g_before = g;
    g = g_next;
    power *= (x - t) / (n + 2);
  }
  return sum * 2 * real_exp(T(-t * t)) / real_sqrt(real_pi<T>());
}

template <class T>
T beside(const T& x) {
  return x + scale_by_power_of_two(T(1), -980);
}
}  // namespace detail

template <class T>
T real_erf(const T& x) {
  if (detail::is_where_erf_aborts(x)) {
    const T t = detail::beside(x);
    return real_erf(t) + detail::erf_minus_erf_beside(x, t);
  }
  return detail::apply(
      x, [](double v) { return std::erf(v); }, mpfr_erf);
}
template <class T>
T real_erfc(const T& x) {
  if (detail::is_where_erf_aborts(x)) {
    const T t = detail::beside(x);
    return real_erfc(t) - detail::erf_minus_erf_beside(x, t);
  }
  return detail::apply(
      x, [](double v) { return std::erfc(v); }, mpfr_erfc);
}

/// 2^-(bits - 1) of the rung: the spacing of numbers just above 1.
template <class T>
T unit_roundoff() {
  return scale_by_power_of_two(T(1), 1 - bits_of<T>);
}

template <class T>
bool is_finite(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    return std::isfinite(x);
  } else {
    return mpfr_number_p(x.backend().data()) != 0;
  }
}

/// log2 |x| to a few digits, also where x is far outside the range of double; x is not 0.
template <class T>
double log2_of(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    return std::log2(std::abs(x));
  } else {
    long exponent = 0;
    const double mantissa = mpfr_get_d_2exp(&exponent, x.backend().data(), MPFR_RNDN);
    return std::log2(std::abs(mantissa)) + static_cast<double>(exponent);
  }
}

/// From one rung to another, rounded to nearest.
template <class To, class From>
To convert(const From& x) {
  if constexpr (std::is_same_v<To, From>) {
    return x;
  } else if constexpr (std::is_same_v<From, double>) {
    return To(x);
  } else if constexpr (std::is_same_v<To, double>) {
    return mpfr_get_d(x.backend().data(), MPFR_RNDN);
  } else {
    To y;
    mpfr_set(y.backend().data(), x.backend().data(), MPFR_RNDN);
    return y;
  }
}

/// The nearest number of the rung.
template <class T>
T from_rational(const Rational& q) {
  if constexpr (std::is_same_v<T, double>) {
    return convert<double>(from_rational<Real<4096>>(q));
  } else {
    T y;
    mpfr_set_q(y.backend().data(), q.backend().data(), MPFR_RNDN);
    return y;
  }
}

/// The number itself, exactly; x is finite.
template <class T>
Rational to_rational(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    return Rational(x);
  } else {
    if (x == 0) return 0;
    Integer mantissa;
    const long exponent = mpfr_get_z_2exp(mantissa.backend().data(), x.backend().data());
    Rational q(mantissa);
    if (exponent >= 0) {
      mpq_mul_2exp(q.backend().data(), q.backend().data(), static_cast<unsigned long>(exponent));
    } else {
      mpq_div_2exp(q.backend().data(), q.backend().data(), static_cast<unsigned long>(-exponent));
    }
    return q;
  }
}

/// 2^exponent as an exact rational.
inline Rational power_of_two(long exponent) {
  Rational q(1);
  if (exponent >= 0) {
    mpq_mul_2exp(q.backend().data(), q.backend().data(), static_cast<unsigned long>(exponent));
  } else {
    mpq_div_2exp(q.backend().data(), q.backend().data(), static_cast<unsigned long>(-exponent));
  }
  return q;
}

enum class Rounding { nearest, down, up };

/// q rounded to `bits` significant bits; the exponent is not limited. Ties go to even.
Rational round_to_bits(const Rational& q, int bits, Rounding rounding);

/// The double that `q` is, or the nearest one in the given direction (to zero or the smallest
/// subnormal below the range of double, to the largest finite number or infinity above it).
double to_double(const Rational& q, Rounding rounding = Rounding::nearest);

/// Whether q is a finite binary64 number.
bool is_binary64(const Rational& q);

/// The largest integer that is not above q.
Integer floor_of(const Rational& q);

/// Bits of the numerator and of the denominator together.
long bits_in(const Rational& q);

/// log2 |q| to a few digits; q is not 0.
double log2_of(const Rational& q);

}  // namespace equiripple
