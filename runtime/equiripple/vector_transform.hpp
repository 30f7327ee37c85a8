// Number-theoretic transforms modulo X^n + 1, eight residues at a time: the values at the odd
// powers of a root of order 2 n, in the bit-reversed order that OpenFHE and most libraries have.
//
// The butterflies of a transform form a binary tree: node 1 is of all n coefficients and node k has
// the children 2 k and 2 k + 1, halves of its part. The factor of a node is psi to the power of k's
// bits, the first left out, in reverse. Two levels of the tree are done at a time; parts that fit
// the first cache to their end; the last three levels within 64 residues, transposed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "vector_prime.hpp"

#ifdef EQUIRIPPLE_HAS_VECTORS

namespace equiripple {
namespace detail {
namespace vectors {

__extension__ using Product = unsigned __int128;

inline Word product_modulo(Word x, Word y, Word prime) {
  return static_cast<Word>(Product(x) * y % prime);
}
inline Word power_modulo(Word base, Word exponent, Word prime) {
  Word result = 1;
  for (; exponent != 0; exponent /= 2, base = product_modulo(base, base, prime)) {
    if (exponent % 2 == 1) result = product_modulo(result, base, prime);
  }
  return result;
}
inline Word inverse_modulo(Word x, Word prime) { return power_modulo(x % prime, prime - 2, prime); }

/// A factor modulo a prime, with the quotient that it is multiplied by with.
struct Factor {
  Word value = 0;
  Word quotient = 0;
};

/// How an inverse transform ends: every coefficient times n^-1 f.
struct Scaling {
  Factor factor;   // n^-1 f
  Factor by_root;  // n^-1 f and the factor of node 1
};

/// Rows to columns.
EQUIRIPPLE_VECTOR_INLINE void transpose(Vector (&v)[lanes]) {
  constexpr int even = 0x88;
  constexpr int odd = 0xdd;
  for (int half = 0; half < 2; ++half) {
    // Of each pair of rows, the even or the odd columns.
    Vector pairs[4];
    for (int i = 0; i < 4; ++i) pairs[i] = v[4 * half + i];
    v[4 * half] = _mm512_maskz_unpacklo_epi64(all_lanes, pairs[0], pairs[1]);
    v[4 * half + 1] = _mm512_maskz_unpackhi_epi64(all_lanes, pairs[0], pairs[1]);
    v[4 * half + 2] = _mm512_maskz_unpacklo_epi64(all_lanes, pairs[2], pairs[3]);
    v[4 * half + 3] = _mm512_maskz_unpackhi_epi64(all_lanes, pairs[2], pairs[3]);
  }
  Vector columns[lanes];
  for (int parity = 0; parity < 2; ++parity) {
    const Vector a = _mm512_maskz_shuffle_i64x2(all_lanes, v[parity], v[2 + parity], even);
    const Vector b = _mm512_maskz_shuffle_i64x2(all_lanes, v[parity], v[2 + parity], odd);
    const Vector c = _mm512_maskz_shuffle_i64x2(all_lanes, v[4 + parity], v[6 + parity], even);
    const Vector d = _mm512_maskz_shuffle_i64x2(all_lanes, v[4 + parity], v[6 + parity], odd);
    columns[parity] = _mm512_maskz_shuffle_i64x2(all_lanes, a, c, even);
    columns[2 + parity] = _mm512_maskz_shuffle_i64x2(all_lanes, b, d, even);
    columns[4 + parity] = _mm512_maskz_shuffle_i64x2(all_lanes, a, c, odd);
    columns[6 + parity] = _mm512_maskz_shuffle_i64x2(all_lanes, b, d, odd);
  }
  for (std::size_t i = 0; i < lanes; ++i) v[i] = columns[i];
}

/// Transforms for one prime of a kind.
template <class Prime>
class Transform {
 public:
  static constexpr std::size_t group = lanes * lanes;  // residues of which the last levels are

  /// `root` has order 2 n modulo the prime; n is a power of two, 128 or more.
  Transform(Word prime, Word root, std::size_t n)
      : prime_(prime),
        n_(n),
        ahead_(table(prime, root, n)),
        back_(table(prime, inverse_modulo(root, prime), n)) {}

  Word prime() const { return prime_; }

  /// From coefficients below the prime to values, below `Prime::lazy` primes. `from` may be `to`.
  EQUIRIPPLE_VECTOR void forward(const Word* from, Word* to) const {
    const Prime prime(prime_);
    if (has_single_level()) {
      halve(prime, from, to);
      descend(prime, to, to, n_ / 2, 2);
      descend(prime, to + n_ / 2, to + n_ / 2, n_ / 2, 3);
    } else {
      descend(prime, from, to, n_, 1);
    }
  }

  /// The factor of node 1 of the inverse.
  Word last_factor() const { return back_.nodes[2]; }

  /// The inverse, scaled, below the prime; of values below twice it. `from` may be `to`.
  EQUIRIPPLE_VECTOR void backward(const Word* from, Word* to, const Scaling& scaling) const {
    const Prime prime(prime_);
    if (has_single_level()) {
      ascend(prime, from, to, n_ / 2, 2, nullptr);
      ascend(prime, from + n_ / 2, to + n_ / 2, n_ / 2, 3, nullptr);
      join(prime, to, scaling);
    } else {
      ascend(prime, from, to, n_, 1, &scaling);
    }
  }

  /// floor(2^bits f / q), what is beside a factor.
  static Word quotient(Word factor, Word prime) {
    return static_cast<Word>((Product(factor) << Prime::quotient_bits) / prime);
  }

 private:
  // Parts of so many residues stay in the first cache to their end.
  static constexpr std::size_t cached = 4096;  // chosen: 32 KiB

  // Factors, each followed by its quotient: of the nodes above the last three levels one after
  // another; and of those levels, by group, vectors of 1 + 2 + 4 nodes of each of 8 parts.
  struct Table {
    Words nodes, groups;
  };
  static constexpr std::size_t group_vectors = 14;

  static Table table(Word prime, Word root, std::size_t n) {
    Words all = words(2 * n);
    std::size_t log2_n = 0;
    while ((std::size_t{1} << log2_n) < n) ++log2_n;
    Word power = 1;
    for (std::size_t i = 0; i < n; ++i, power = product_modulo(power, root, prime)) {
      std::size_t node = 0;
      for (std::size_t bit = 0; bit < log2_n; ++bit) node |= (i >> bit & 1) << (log2_n - 1 - bit);
      all[2 * node] = power;
      all[2 * node + 1] = quotient(power, prime);
    }
    Words groups = words(n / group * group_vectors * lanes);
    Word* next = groups.get();
    for (std::size_t first = n / lanes; first < n / lanes * 2; first += lanes) {
      for (std::size_t level = 1; level <= 4; level *= 2) {
        for (std::size_t of_part = 0; of_part < level; ++of_part) {
          for (std::size_t word = 0; word < 2; ++word) {
            for (std::size_t part = 0; part < lanes; ++part) {
              *next++ = all[2 * (level * (first + part) + of_part) + word];
            }
          }
        }
      }
    }
    Words nodes = words(2 * (n / lanes));
    std::copy(all.get(), all.get() + 2 * (n / lanes), nodes.get());
    return {std::move(nodes), std::move(groups)};
  }

  // Levels before the last three, an odd number of them.
  bool has_single_level() const {
    std::size_t length = n_;
    while (length > lanes) length /= 4;
    return length < lanes;
  }

  EQUIRIPPLE_VECTOR_INLINE static Vector factor_of(const Table& table, std::size_t node) {
    return every(table.nodes[2 * node]);
  }
  EQUIRIPPLE_VECTOR_INLINE static Vector quotient_of(const Table& table, std::size_t node) {
    return every(table.nodes[2 * node + 1]);
  }

  EQUIRIPPLE_VECTOR void halve(const Prime& prime, const Word* from, Word* to) const {
    const Vector factor = factor_of(ahead_, 1);
    const Vector quotient = quotient_of(ahead_, 1);
    for (std::size_t i = 0; i < n_ / 2; i += lanes) {
      Vector x = load(from + i);
      Vector y = load(from + n_ / 2 + i);
      prime.forward(x, y, factor, quotient);
      store(to + i, x);
      store(to + n_ / 2 + i, y);
    }
  }

  // A part, `length` long, from the node on.
  EQUIRIPPLE_VECTOR void descend(const Prime& prime, const Word* from, Word* to, std::size_t length,
                                 std::size_t node) const {
    if (length > cached) {
      quarter(prime, from, to, length, node);
      const std::size_t next = length / 4;
      for (std::size_t i = 0; i < 4; ++i) {
        descend(prime, to + i * next, to + i * next, next, 4 * node + i);
      }
      return;
    }
    std::size_t part = length;
    for (std::size_t parts = 1; part > lanes; part /= 4, parts *= 4) {
      for (std::size_t i = 0; i < parts; ++i) {
        quarter(prime, (parts == 1 ? from : to) + i * part, to + i * part, part, parts * node + i);
      }
    }
    // The first group of the part, by where the node is in its level.
    std::size_t level = 1;
    while (2 * level <= node) level *= 2;
    const Word* factors =
        ahead_.groups.get() + (node - level) * (length / group) * group_vectors * lanes;
    for (std::size_t i = 0; i < length; i += group, factors += group_vectors * lanes) {
      finish(prime, to + i, factors);
    }
  }

  EQUIRIPPLE_VECTOR void quarter(const Prime& prime, const Word* from, Word* to, std::size_t length,
                                 std::size_t node) const {
    const std::size_t next = length / 4;
    const Vector factor = factor_of(ahead_, node);
    const Vector quotient = quotient_of(ahead_, node);
    const Vector left = factor_of(ahead_, 2 * node);
    const Vector left_quotient = quotient_of(ahead_, 2 * node);
    const Vector right = factor_of(ahead_, 2 * node + 1);
    const Vector right_quotient = quotient_of(ahead_, 2 * node + 1);
    for (std::size_t i = 0; i < next; i += lanes) {
      Vector a = load(from + i);
      Vector b = load(from + next + i);
      Vector c = load(from + 2 * next + i);
      Vector d = load(from + 3 * next + i);
      prime.forward(a, c, factor, quotient);
      prime.forward(b, d, factor, quotient);
      prime.forward(a, b, left, left_quotient);
      prime.forward(c, d, right, right_quotient);
      store(to + i, a);
      store(to + next + i, b);
      store(to + 2 * next + i, c);
      store(to + 3 * next + i, d);
    }
  }

  EQUIRIPPLE_VECTOR_INLINE static void finish(const Prime& prime, Word* x, const Word* factors) {
    Vector v[lanes];
    for (std::size_t i = 0; i < lanes; ++i) v[i] = load(x + i * lanes);
    transpose(v);
    for (std::size_t distance = 4; distance >= 1; distance /= 2) {
      for (std::size_t first = 0; first < lanes; first += 2 * distance, factors += 2 * lanes) {
        const Vector factor = load(factors);
        const Vector quotient = load(factors + lanes);
        for (std::size_t i = first; i < first + distance; ++i) {
          prime.forward(v[i], v[i + distance], factor, quotient);
        }
      }
    }
    transpose(v);
    for (std::size_t i = 0; i < lanes; ++i) store(x + i * lanes, v[i]);
  }

  // The same upwards.
  EQUIRIPPLE_VECTOR void ascend(const Prime& prime, const Word* from, Word* to, std::size_t length,
                                std::size_t node, const Scaling* scaling) const {
    if (length > cached) {
      const std::size_t next = length / 4;
      for (std::size_t i = 0; i < 4; ++i) {
        ascend(prime, from + i * next, to + i * next, next, 4 * node + i, nullptr);
      }
      unite(prime, to, length, node, scaling);
      return;
    }
    std::size_t level = 1;
    while (2 * level <= node) level *= 2;
    const Word* factors =
        back_.groups.get() + (node - level) * (length / group) * group_vectors * lanes;
    for (std::size_t i = 0; i < length; i += group, factors += group_vectors * lanes) {
      begin(prime, from + i, to + i, factors);
    }
    std::size_t part = 4 * lanes;
    for (std::size_t parts = length / part; parts >= 1; part *= 4, parts /= 4) {
      for (std::size_t i = 0; i < parts; ++i) {
        unite(prime, to + i * part, part, parts * node + i, scaling);
      }
    }
  }

  EQUIRIPPLE_VECTOR_INLINE static void begin(const Prime& prime, const Word* from, Word* to,
                                             const Word* factors) {
    Vector v[lanes];
    for (std::size_t i = 0; i < lanes; ++i) v[i] = load(from + i * lanes);
    transpose(v);
    for (std::size_t distance = 1; distance <= 4; distance *= 2) {
      // The levels follow one another downwards: 1, 2, 4 factors.
      const Word* of_level = factors + (lanes / (2 * distance) - 1) * 2 * lanes;
      for (std::size_t first = 0; first < lanes; first += 2 * distance, of_level += 2 * lanes) {
        const Vector factor = load(of_level);
        const Vector quotient = load(of_level + lanes);
        for (std::size_t i = first; i < first + distance; ++i) {
          prime.backward(v[i], v[i + distance], factor, quotient);
        }
      }
    }
    transpose(v);
    for (std::size_t i = 0; i < lanes; ++i) store(to + i * lanes, v[i]);
  }

  // With a scaling, which is node 1's, to numbers below the prime.
  EQUIRIPPLE_VECTOR void unite(const Prime& prime, Word* x, std::size_t length, std::size_t node,
                               const Scaling* scaling) const {
    const std::size_t next = length / 4;
    const bool is_last = scaling != nullptr && node == 1;
    const Vector factor = is_last ? every(scaling->by_root.value) : factor_of(back_, node);
    const Vector quotient = is_last ? every(scaling->by_root.quotient) : quotient_of(back_, node);
    const Vector left = factor_of(back_, 2 * node);
    const Vector left_quotient = quotient_of(back_, 2 * node);
    const Vector right = factor_of(back_, 2 * node + 1);
    const Vector right_quotient = quotient_of(back_, 2 * node + 1);
    for (std::size_t i = 0; i < next; i += lanes) {
      Vector a = load(x + i);
      Vector b = load(x + next + i);
      Vector c = load(x + 2 * next + i);
      Vector d = load(x + 3 * next + i);
      prime.backward(a, b, left, left_quotient);
      prime.backward(c, d, right, right_quotient);
      prime.backward(a, c, factor, quotient);
      prime.backward(b, d, factor, quotient);
      if (is_last) {
        a = prime.reduced(
            prime.times(a, every(scaling->factor.value), every(scaling->factor.quotient)));
        b = prime.reduced(
            prime.times(b, every(scaling->factor.value), every(scaling->factor.quotient)));
        c = prime.reduced(c);
        d = prime.reduced(d);
      }
      store(x + i, a);
      store(x + next + i, b);
      store(x + 2 * next + i, c);
      store(x + 3 * next + i, d);
    }
  }

  EQUIRIPPLE_VECTOR void join(const Prime& prime, Word* x, const Scaling& scaling) const {
    for (std::size_t i = 0; i < n_ / 2; i += lanes) {
      Vector a = load(x + i);
      Vector b = load(x + n_ / 2 + i);
      prime.backward(a, b, every(scaling.by_root.value), every(scaling.by_root.quotient));
      a = prime.times(a, every(scaling.factor.value), every(scaling.factor.quotient));
      store(x + i, prime.reduced(a));
      store(x + n_ / 2 + i, prime.reduced(b));
    }
  }

  Word prime_;
  std::size_t n_;
  Table ahead_, back_;
};

}  // namespace vectors
}  // namespace detail
}  // namespace equiripple

#endif
