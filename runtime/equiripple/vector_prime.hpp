// Residues of one prime, eight at a time, by AVX-512 and its products of 52 bits (IFMA).
//
// Functions carry the processor's features as an attribute: an application is compiled for any
// processor, and asks has_vectors() before it calls them. Elsewhere than on x86-64, and with other
// compilers than GCC and Clang, there is has_vectors() alone, which says no.
//
// Residues are reduced lazily [Har14]: below a small multiple of the prime, which each function
// says, and only at the end below the prime itself.
#pragma once

#include <cstddef>
#include <cstdint>

#include "word_pool.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define EQUIRIPPLE_HAS_VECTORS
#include <immintrin.h>
#define EQUIRIPPLE_VECTOR __attribute__((target("avx512f,avx512dq,avx512vl,avx512ifma")))
#define EQUIRIPPLE_VECTOR_INLINE \
  __attribute__((target("avx512f,avx512dq,avx512vl,avx512ifma"), always_inline)) inline
// Before a loop whose vectors are to stay in registers; of up to 8 turns.
#ifdef __clang__
#define EQUIRIPPLE_UNROLLED _Pragma("unroll")
#else
#define EQUIRIPPLE_UNROLLED _Pragma("GCC unroll 8")
#endif
#endif

namespace equiripple {
namespace detail {
namespace vectors {

/// Whether this processor, and the operating system, have what the functions below need.
inline bool has_vectors() {
#ifdef EQUIRIPPLE_HAS_VECTORS
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512ifma");
#else
  return false;
#endif
}

#ifdef EQUIRIPPLE_HAS_VECTORS

using Vector = __m512i;
constexpr std::size_t lanes = 8;
constexpr unsigned word_bits = 52;  // of a factor in a product of IFMA

EQUIRIPPLE_VECTOR_INLINE Vector load(const Word* from) { return _mm512_loadu_si512(from); }
EQUIRIPPLE_VECTOR_INLINE void store(Word* to, Vector x) { _mm512_storeu_si512(to, x); }
EQUIRIPPLE_VECTOR_INLINE Vector every(Word x) {
  return _mm512_set1_epi64(static_cast<long long>(x));
}
// With the mask of all lanes: the forms without one take, in GCC's own headers, a vector that is
// never set, of which -Wall warns.
constexpr __mmask8 all_lanes = 0xff;
EQUIRIPPLE_VECTOR_INLINE Vector smaller(Vector x, Vector y) {
  return _mm512_maskz_min_epu64(all_lanes, x, y);
}
template <unsigned bits>
EQUIRIPPLE_VECTOR_INLINE Vector shifted_right(Vector x) {
  return _mm512_maskz_srli_epi64(all_lanes, x, bits);
}
EQUIRIPPLE_VECTOR_INLINE Vector product_of_halves(Vector x, Vector y) {  // the low ones
  return _mm512_maskz_mul_epu32(all_lanes, x, y);
}
EQUIRIPPLE_VECTOR_INLINE Vector sum(Vector x, Vector y) { return _mm512_add_epi64(x, y); }
EQUIRIPPLE_VECTOR_INLINE Vector difference(Vector x, Vector y) { return _mm512_sub_epi64(x, y); }

/// x, less `multiple` where it is not below it.
EQUIRIPPLE_VECTOR_INLINE Vector below(Vector x, Vector multiple) {
  return smaller(x, difference(x, multiple));
}
/// A difference, and `multiple` where it is negative. The difference is between their negatives.
EQUIRIPPLE_VECTOR_INLINE Vector lifted(Vector x, Vector multiple) {
  return smaller(x, sum(x, multiple));
}
/// x + the low or the high 52 bits of the product of the low 52 bits of y and z.
EQUIRIPPLE_VECTOR_INLINE Vector add_low(Vector x, Vector y, Vector z) {
  return _mm512_madd52lo_epu64(x, y, z);
}
EQUIRIPPLE_VECTOR_INLINE Vector add_high(Vector x, Vector y, Vector z) {
  return _mm512_madd52hi_epu64(x, y, z);
}
EQUIRIPPLE_VECTOR_INLINE Vector zero() { return _mm512_setzero_si512(); }

/// The inverse of an odd number modulo 2^52, by Newton's iteration from 3 bits.
inline Word inverse_of_word(Word odd) {
  Word inverse = odd;
  for (int correct = 3; correct < 52; correct *= 2) inverse *= 2 - odd * inverse;
  return inverse & ((Word{1} << word_bits) - 1);
}

/// A prime q below 2^51, odd. A factor f is multiplied by with floor(2^52 f / q) beside it.
struct NarrowPrime {
  static constexpr int log2_bound = 51;
  static constexpr int quotient_bits = word_bits;  // of what is beside a factor
  static constexpr int log2_montgomery = word_bits;
  static constexpr Word lazy = 2;  // what forward() makes is below so many primes

  Vector prime, twice, negative, inverse, mask;

  EQUIRIPPLE_VECTOR_INLINE explicit NarrowPrime(Word q)
      : prime(every(q)),
        twice(every(2 * q)),
        negative(every((Word{1} << word_bits) - q)),
        inverse(every(inverse_of_word(q))),
        mask(every((Word{1} << word_bits) - 1)) {}

  /// x f below 2 q, of any x below 2^52. [Har14, with words of 52 bits]
  EQUIRIPPLE_VECTOR_INLINE Vector times(Vector x, Vector factor, Vector quotient) const {
    const Vector multiple = add_high(zero(), x, quotient);
    const Vector low = add_low(zero(), x, factor);
    return _mm512_and_si512(add_low(low, multiple, negative), mask);
  }
  /// x + f y, x - f y; of numbers below 2 q, such numbers.
  EQUIRIPPLE_VECTOR_INLINE void forward(Vector& x, Vector& y, Vector factor,
                                        Vector quotient) const {
    const Vector product = times(y, factor, quotient);
    y = lifted(difference(x, product), twice);
    x = below(sum(x, product), twice);
  }
  /// x + y, f (x - y); of numbers below 2 q, such numbers.
  EQUIRIPPLE_VECTOR_INLINE void backward(Vector& x, Vector& y, Vector factor,
                                         Vector quotient) const {
    const Vector rest = lifted(difference(x, y), twice);
    x = below(sum(x, y), twice);
    y = times(rest, factor, quotient);
  }
  /// Below q, of what is below 4 q.
  EQUIRIPPLE_VECTOR_INLINE Vector reduced(Vector x) const { return below(below(x, twice), prime); }
  /// f (x - y) below 2 q, of numbers below 2 q.
  EQUIRIPPLE_VECTOR_INLINE Vector times_difference(Vector x, Vector y, Vector factor,
                                                   Vector quotient) const {
    return times(lifted(difference(x, y), twice), factor, quotient);
  }

  /// Below 2 q, of numbers below 2 q.
  EQUIRIPPLE_VECTOR_INLINE Vector sum_for_backward(Vector x, Vector y) const {
    return below(sum(x, y), twice);
  }

  /// A sum of products, in two words of 52 bits and carries.
  struct Sum {
    Vector low, high;
    EQUIRIPPLE_VECTOR_INLINE Sum() : low(zero()), high(zero()) {}
    EQUIRIPPLE_VECTOR_INLINE void add(Vector x, Vector y) {  // of numbers below 2^52
      low = add_low(low, x, y);
      high = add_high(high, x, y);
    }
    // x f, given f and 2^52 f; of x below 2^52, and of any x.
    EQUIRIPPLE_VECTOR_INLINE void add_narrow(Vector x, Vector factor, Vector) { add(x, factor); }
    EQUIRIPPLE_VECTOR_INLINE void add_wide(Vector x, Vector factor, Vector next_factor) {
      add(x, factor);
      add(shifted_right<word_bits>(x), next_factor);
    }
  };
  /// What add_narrow() and add_wide() want beside f.
  EQUIRIPPLE_VECTOR_INLINE static Vector next_factor(Word, Word times_word) {
    return every(times_word);
  }
  /// The sum / 2^52 modulo q [Mon85]: a number below 2 q, of a sum below
  /// (2^(`halvings` + 1) - 1) 2^52 q.
  EQUIRIPPLE_VECTOR_INLINE Vector value(const Sum& s, int halvings) const {
    const Vector multiple = add_low(zero(), s.low, inverse);
    const Vector carried = sum(s.high, shifted_right<word_bits>(s.low));
    Vector result = sum(carried, difference(prime, add_high(zero(), multiple, prime)));
    for (int k = halvings; k >= 1; --k) {
      result = below(result, _mm512_maskz_sll_epi64(all_lanes, prime, _mm_cvtsi32_si128(k)));
    }
    return result;
  }
};

/// A prime q below 2^61, odd. A factor f is multiplied by with floor(2^64 f / q) beside it.
struct WidePrime {
  static constexpr int log2_bound = 61;
  static constexpr int quotient_bits = 64;
  static constexpr int log2_montgomery = 2 * word_bits;
  static constexpr Word lazy = 8;

  Vector prime, twice, four, prime_high, inverse;

  EQUIRIPPLE_VECTOR_INLINE explicit WidePrime(Word q)
      : prime(every(q)),
        twice(every(2 * q)),
        four(every(4 * q)),
        prime_high(every(q >> word_bits)),
        inverse(every(inverse_of_word(q))) {}

  /// x f below 4 q, of any x: the quotient is that of [Har14] or up to 2 less, as the product of
  /// the low halves and the carry from the middle ones are left out.
  EQUIRIPPLE_VECTOR_INLINE Vector times(Vector x, Vector factor, Vector quotient) const {
    const Vector x_high = shifted_right<32>(x);
    const Vector quotient_high = shifted_right<32>(quotient);
    const Vector first = shifted_right<32>(product_of_halves(x_high, quotient));
    const Vector second = shifted_right<32>(product_of_halves(x, quotient_high));
    const Vector multiple = sum(product_of_halves(x_high, quotient_high), sum(first, second));
    return difference(_mm512_mullo_epi64(x, factor), _mm512_mullo_epi64(multiple, prime));
  }
  /// x + f y, x - f y; of numbers below 8 q, such numbers.
  EQUIRIPPLE_VECTOR_INLINE void forward(Vector& x, Vector& y, Vector factor,
                                        Vector quotient) const {
    const Vector product = times(y, factor, quotient);
    x = below(x, four);
    y = difference(sum(x, four), product);
    x = sum(x, product);
  }
  /// x + y, f (x - y); of numbers below 4 q, such numbers.
  EQUIRIPPLE_VECTOR_INLINE void backward(Vector& x, Vector& y, Vector factor,
                                         Vector quotient) const {
    const Vector rest = sum(difference(x, y), four);
    x = below(sum(x, y), four);
    y = times(rest, factor, quotient);
  }
  /// Below q, of what is below 8 q.
  EQUIRIPPLE_VECTOR_INLINE Vector reduced(Vector x) const {
    return below(below(below(x, four), twice), prime);
  }
  /// f (x - y) below 4 q, of x below 4 q and y below 8 q.
  EQUIRIPPLE_VECTOR_INLINE Vector times_difference(Vector x, Vector y, Vector factor,
                                                   Vector quotient) const {
    return times(sum(difference(x, below(y, four)), four), factor, quotient);
  }

  /// Below 4 q, of numbers below 4 q.
  EQUIRIPPLE_VECTOR_INLINE Vector sum_for_backward(Vector x, Vector y) const {
    return below(sum(x, y), four);
  }

  /// A sum of products, in three words of 52 bits and carries.
  struct Sum {
    Vector low, middle, high;
    EQUIRIPPLE_VECTOR_INLINE Sum() : low(zero()), middle(zero()), high(zero()) {}
    EQUIRIPPLE_VECTOR_INLINE void add(Vector x, Vector y) {
      add_wide(x, y, shifted_right<word_bits>(y));
    }
    // x f, given f and what of it is above 52 bits; of x below 2^52, and of any x.
    EQUIRIPPLE_VECTOR_INLINE void add_narrow(Vector x, Vector factor, Vector factor_high) {
      low = add_low(low, x, factor);
      middle = add_high(middle, x, factor);
      middle = add_low(middle, x, factor_high);
      high = add_high(high, x, factor_high);
    }
    EQUIRIPPLE_VECTOR_INLINE void add_wide(Vector x, Vector factor, Vector factor_high) {
      const Vector x_high = shifted_right<word_bits>(x);
      add_narrow(x, factor, factor_high);
      middle = add_low(middle, x_high, factor);
      high = add_high(high, x_high, factor);
      high = add_low(high, x_high, factor_high);
    }
  };
  EQUIRIPPLE_VECTOR_INLINE static Vector next_factor(Word factor, Word) {
    return every(factor >> word_bits);
  }
  /// The sum / 2^104 modulo q, in two steps of [Mon85]: a number below 3 q, of a sum below 2^132.
  EQUIRIPPLE_VECTOR_INLINE Vector value(const Sum& s, int) const {
    const Vector multiple = add_low(zero(), s.low, inverse);
    const Vector taken = add_low(add_high(zero(), multiple, prime), multiple, prime_high);
    const Vector carried = sum(s.middle, shifted_right<word_bits>(s.low));
    const Vector low = difference(carried, taken);  // negative perhaps
    const Vector high = sum(difference(s.high, add_high(zero(), multiple, prime_high)),
                            _mm512_maskz_srai_epi64(all_lanes, low, word_bits));
    const Vector next = add_low(zero(), low, inverse);
    const Vector taken_low = add_low(add_high(zero(), next, prime), next, prime_high);
    const Vector taken_high =
        _mm512_maskz_slli_epi64(all_lanes, add_high(zero(), next, prime_high), word_bits);
    return sum(difference(high, sum(taken_low, taken_high)), twice);
  }
};

#endif

}  // namespace vectors
}  // namespace detail
}  // namespace equiripple
