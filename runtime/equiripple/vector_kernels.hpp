// What a key switch and a rescaling do with the residues of one prime, eight at a time.
//
// Sums of products are divided by a power of two, R: 2^52 for a prime below 2^51, 2^104 for others
// [Mon85]. Where the quotient by R is not wanted, a factor of the sum has R in it.
#pragma once

#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "vector_transform.hpp"

#ifdef EQUIRIPPLE_HAS_VECTORS

namespace equiripple {
namespace detail {
namespace vectors {

/// A source of a base conversion: residues of another prime, below `bound`, times a factor.
struct Term {
  Word factor = 0;
  Word next_factor = 0;  // for a narrow prime: of what of the source is above 52 bits
  bool is_wide = false;  // the source has more than 52 bits
};
struct Terms {
  std::vector<Term> terms;
  int halvings = 0;
};

/// For one prime, and polynomials of n coefficients; n is a multiple of 128.
class Kernels {
 public:
  Kernels(Word prime, std::size_t n) : prime_(prime), n_(n) {}
  virtual ~Kernels() = default;

  Word prime() const { return prime_; }
  /// R modulo the prime.
  virtual Word montgomery() const = 0;
  virtual Factor factor(Word value) const = 0;
  virtual Scaling scaling(Word factor) const = 0;
  /// Of sources by their bounds and factors modulo this prime.
  virtual Terms terms(const std::vector<std::pair<Word, Word>>& bounds_and_factors) const = 0;

  /// Values below `lazy` primes, of coefficients below the prime or as `convert` makes them.
  virtual void forward(const Word* from, Word* to) const = 0;
  /// Coefficients below the prime, scaled; of values below 2 primes.
  virtual void backward(const Word* from, Word* to, const Scaling& scaling) const = 0;
  /// The sum of the sources times their factors, / R; for `forward`.
  virtual void convert(const Terms& terms, const Word* const* sources, Word* to) const = 0;
  /// The sum of `count` products / R, of what `forward` makes and residues; for `backward`.
  virtual void inner_product(const Word* const* x, const Word* const* y, std::size_t count,
                             Word* to) const = 0;
  /// to += x f, for `backward`: of an inner product and residues.
  virtual void add_scaled(Word* to, const Word* x, Factor factor) const = 0;
  /// c = c f + (e - r) g, e the inner product, r what `forward` makes; c are residues.
  virtual void divide(const Word* const* x, const Word* const* y, std::size_t count, const Word* r,
                      Word* c, Factor f, Factor g) const = 0;
  /// c = (c - r) f
  virtual void divide(const Word* r, Word* c, Factor f) const = 0;
  /// x0 y0, x0 y1 + x1 y0, x1 y1
  virtual void multiply(const Word* x0, const Word* x1, const Word* y0, const Word* y1, Word* first,
                        Word* second, Word* third) const = 0;

 protected:
  const Word prime_;
  const std::size_t n_;
};

template <class Prime>
class KernelsOf final : public Kernels {
 public:
  KernelsOf(Word prime, Word root, std::size_t n)
      : Kernels(prime, n), transform_(prime, root, n), montgomery_(1) {
    for (int bits = 0; bits < Prime::log2_montgomery; bits += 4) {
      montgomery_ = product_modulo(montgomery_, 16, prime);
    }
    by_montgomery_ = factor(montgomery_);
  }

  Word montgomery() const override { return montgomery_; }
  Factor factor(Word value) const override {
    return {value, static_cast<Word>((Product(value) << Prime::quotient_bits) / prime_)};
  }
  Scaling scaling(Word value) const override {
    const Word by_n = product_modulo(value, inverse_modulo(n_, prime_), prime_);
    return {factor(by_n), factor(product_modulo(by_n, transform_.last_factor(), prime_))};
  }

  Terms terms(const std::vector<std::pair<Word, Word>>& bounds_and_factors) const override {
    Terms result;
    const Word limit = Word{1} << word_bits;
    double sum = 0;
    for (const auto& [bound, factor] : bounds_and_factors) {
      const bool is_wide = bound > limit;
      result.terms.push_back({factor, product_modulo(factor, limit % prime_, prime_), is_wide});
      sum += is_wide ? 1.01 : static_cast<double>(bound) / static_cast<double>(limit);
    }
    result.halvings = halvings_for(sum);
    return result;
  }

  void forward(const Word* from, Word* to) const override { transform_.forward(from, to); }
  void backward(const Word* from, Word* to, const Scaling& scaling) const override {
    transform_.backward(from, to, scaling);
  }

  EQUIRIPPLE_VECTOR void convert(const Terms& terms, const Word* const* sources,
                                 Word* to) const override {
    const Prime prime(prime_);
    for (std::size_t i = 0; i < n_; i += together * lanes) {
      typename Prime::Sum sums[together];
      for (std::size_t s = 0; s < terms.terms.size(); ++s) {
        const Term& term = terms.terms[s];
        const Word* source = sources[s] + i;
        const Vector factor = every(term.factor);
        const Vector next_factor = prime.next_factor(term.factor, term.next_factor);
        if (term.is_wide) {
          EQUIRIPPLE_UNROLLED for (std::size_t v = 0; v < together; ++v) {
            sums[v].add_wide(load(source + v * lanes), factor, next_factor);
          }
        } else {
          EQUIRIPPLE_UNROLLED for (std::size_t v = 0; v < together; ++v) {
            sums[v].add_narrow(load(source + v * lanes), factor, next_factor);
          }
        }
      }
      EQUIRIPPLE_UNROLLED for (std::size_t v = 0; v < together; ++v) {
        store(to + i + v * lanes, prime.value(sums[v], terms.halvings));
      }
    }
  }

  EQUIRIPPLE_VECTOR void inner_product(const Word* const* x, const Word* const* y,
                                       std::size_t count, Word* to) const override {
    const Prime prime(prime_);
    const int halvings = halvings_for_products(count);
    for (std::size_t i = 0; i < n_; i += lanes) {
      store(to + i, prime.value(products(x, y, count, i), halvings));
    }
  }

  EQUIRIPPLE_VECTOR void add_scaled(Word* to, const Word* x, Factor factor) const override {
    const Prime prime(prime_);
    const Vector value = every(factor.value);
    const Vector quotient = every(factor.quotient);
    for (std::size_t i = 0; i < n_; i += lanes) {
      store(to + i,
            prime.sum_for_backward(load(to + i), prime.times(load(x + i), value, quotient)));
    }
  }

  EQUIRIPPLE_VECTOR void divide(const Word* const* x, const Word* const* y, std::size_t count,
                                const Word* r, Word* c, Factor f, Factor g) const override {
    const Prime prime(prime_);
    const int halvings = halvings_for_products(count);
    const Vector f_value = every(f.value);
    const Vector f_quotient = every(f.quotient);
    const Vector g_value = every(g.value);
    const Vector g_quotient = every(g.quotient);
    for (std::size_t i = 0; i < n_; i += lanes) {
      const Vector e = prime.value(products(x, y, count, i), halvings);
      const Vector rest = prime.times_difference(e, load(r + i), g_value, g_quotient);
      store(c + i, prime.reduced(sum(prime.times(load(c + i), f_value, f_quotient), rest)));
    }
  }

  EQUIRIPPLE_VECTOR void divide(const Word* r, Word* c, Factor f) const override {
    const Prime prime(prime_);
    const Vector value = every(f.value);
    const Vector quotient = every(f.quotient);
    for (std::size_t i = 0; i < n_; i += lanes) {
      store(c + i,
            prime.reduced(prime.times_difference(load(c + i), load(r + i), value, quotient)));
    }
  }

  EQUIRIPPLE_VECTOR void multiply(const Word* x0, const Word* x1, const Word* y0, const Word* y1,
                                  Word* first, Word* second, Word* third) const override {
    const Prime prime(prime_);
    const Vector value = every(by_montgomery_.value);
    const Vector quotient = every(by_montgomery_.quotient);
    const int halvings = halvings_for_products(2);
    for (std::size_t i = 0; i < n_; i += lanes) {
      const Vector a0 = load(x0 + i);
      const Vector a1 = load(x1 + i);
      const Vector b0 = load(y0 + i);
      const Vector b1 = load(y1 + i);
      typename Prime::Sum sums[3];
      sums[0].add(a0, b0);
      sums[1].add(a0, b1);
      sums[1].add(a1, b0);
      sums[2].add(a1, b1);
      Word* const to[3] = {first, second, third};
      EQUIRIPPLE_UNROLLED for (std::size_t k = 0; k < 3; ++k) {
        const Vector by_power = prime.value(sums[k], halvings);
        store(to[k] + i, prime.reduced(prime.times(by_power, value, quotient)));
      }
    }
  }

 private:
  // Sums that are made side by side: 8 chains of products or 12, each a product
  // long, keep two units busy that take 4 cycles.
  static constexpr std::size_t together = 4;  // chosen

  // For NarrowPrime::value, of a sum of so many times 2^52 primes.
  static int halvings_for(double sum) {
    int halvings = 0;
    while (std::ldexp(1, halvings + 1) - 1.001 < sum) ++halvings;
    return halvings;
  }
  int halvings_for_products(std::size_t count) const {
    return halvings_for(static_cast<double>(count) * static_cast<double>(Prime::lazy * prime_) /
                        static_cast<double>(Word{1} << word_bits));
  }

  EQUIRIPPLE_VECTOR_INLINE static typename Prime::Sum products(const Word* const* x,
                                                               const Word* const* y,
                                                               std::size_t count, std::size_t i) {
    typename Prime::Sum result;
    for (std::size_t j = 0; j < count; ++j) result.add(load(x[j] + i), load(y[j] + i));
    return result;
  }

  Transform<Prime> transform_;
  Word montgomery_;
  Factor by_montgomery_;
};

/// `root` has order 2 n modulo the prime, which is odd and below 2^61.
inline std::unique_ptr<Kernels> kernels_of(Word prime, Word root, std::size_t n) {
  if (prime < Word{1} << NarrowPrime::log2_bound) {
    return std::make_unique<KernelsOf<NarrowPrime>>(prime, root, n);
  }
  return std::make_unique<KernelsOf<WidePrime>>(prime, root, n);
}

/// The integers nearest to the sums over s of y_s r_s. Of doubles: where a sum is within 2^-45 of a
/// half the other neighbour perhaps.
EQUIRIPPLE_VECTOR inline void round_sums(const Word* const* y, const double* r, std::size_t count,
                                         std::size_t n, Word* to) {
  // Rounded after each operation: a compiler that contracts would give other bits.
  constexpr int rounding = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
  for (std::size_t i = 0; i < n; i += lanes) {
    __m512d result = _mm512_set1_pd(0.5);
    for (std::size_t s = 0; s < count; ++s) {
      const __m512d value = _mm512_maskz_cvtepu64_pd(all_lanes, load(y[s] + i));
      result = _mm512_maskz_add_round_pd(
          all_lanes, result,
          _mm512_maskz_mul_round_pd(all_lanes, value, _mm512_set1_pd(r[s]), rounding), rounding);
    }
    store(to + i, _mm512_maskz_cvttpd_epu64(all_lanes, result));
  }
}

/// 1 where x is above `half`, else 0.
EQUIRIPPLE_VECTOR inline void are_above(const Word* x, Word half, std::size_t n, Word* to) {
  for (std::size_t i = 0; i < n; i += lanes) {
    const __mmask8 above = _mm512_cmpgt_epu64_mask(load(x + i), every(half));
    store(to + i, _mm512_maskz_set1_epi64(above, 1));
  }
}

}  // namespace vectors
}  // namespace detail
}  // namespace equiripple

#endif
