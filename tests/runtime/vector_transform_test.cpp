// Residues of one prime on vectors, against arithmetic with whole numbers: for every size of prime
// and for the largest and least residues.
#include <doctest/doctest.h>

#include <cstdint>
#include <equiripple/vector_kernels.hpp>
#include <iostream>
#include <vector>

#include "tests/support/random.hpp"

using namespace equiripple;

#ifdef EQUIRIPPLE_HAS_VECTORS

namespace {

namespace vectors = detail::vectors;
using vectors::product_modulo;
using vectors::Word;

bool is_skipped() {
  if (vectors::has_vectors()) return false;
  std::cout << "SKIPPED: the processor has no AVX-512 with IFMA\n";
  return true;
}

// By Miller and Rabin, to bases that decide every number below 2^64.
bool is_prime(Word n) {
  if (n % 2 == 0) return n == 2;
  for (const Word base : {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37}) {
    if (n % base == 0) return n == base;
    Word odd = n - 1;
    while (odd % 2 == 0) odd /= 2;
    Word power = vectors::power_modulo(base, odd, n);
    bool passes = power == 1;
    for (; odd != n - 1; odd *= 2, power = product_modulo(power, power, n)) {
      passes = passes || power == n - 1;
    }
    if (!passes) return false;
  }
  return true;
}

// The largest prime of so many bits that is 1 modulo 2 n; or the least.
Word prime_of(int bits, Word n, bool largest) {
  Word prime = ((Word{1} << (largest ? bits : bits - 1)) / (2 * n)) * 2 * n + 1;
  if (largest && prime >> bits != 0) prime -= 2 * n;
  while (!is_prime(prime)) prime += largest ? Word{0} - 2 * n : 2 * n;
  return prime;
}

Word root_of(Word prime, Word n) {
  for (Word base = 2;; ++base) {
    const Word root = vectors::power_modulo(base, (prime - 1) / (2 * n), prime);
    if (vectors::power_modulo(root, n, prime) == prime - 1) return root;
  }
}

std::vector<Word> residues(test::Random& random, Word prime, std::size_t n, int kind) {
  std::vector<Word> result(n);
  for (Word& x : result) {
    x = kind == 0 ? random() % prime : (kind == 1 ? prime - 1 : prime - 1 - random() % 2);
  }
  return result;
}

// The values at psi^(2 k + 1), k in bit-reversed order, by Horner's rule.
std::vector<Word> values(const std::vector<Word>& x, Word root, Word prime) {
  std::vector<Word> result(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::size_t reversed = 0;
    for (std::size_t bit = 1; bit < x.size(); bit *= 2) reversed = 2 * reversed + (i & bit) / bit;
    const Word point = vectors::power_modulo(root, 2 * reversed + 1, prime);
    Word value = 0;
    for (std::size_t k = x.size(); k-- > 0;) {
      value = (product_modulo(value, point, prime) + x[k]) % prime;
    }
    result[i] = value;
  }
  return result;
}

template <class Check>
void for_each_prime(Word n, const Check& check) {
  for (const int bits : {20, 30, 40, 49, 50, 51, 52, 53, 59, 60, 61}) {
    for (const bool largest : {true, false}) {
      const Word prime = prime_of(bits, n, largest);
      CAPTURE(prime);
      check(prime, root_of(prime, n));
    }
  }
}

}  // namespace

TEST_CASE("vectors: a transform gives the values at the odd powers, and its inverse goes back") {
  if (is_skipped()) return;
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (const std::size_t n : {128, 256, 512}) {
    CAPTURE(n);
    for_each_prime(n, [&](Word prime, Word root) {
      const auto kernels = vectors::kernels_of(prime, root, n);
      for (int kind = 0; kind < 3; ++kind) {
        const std::vector<Word> x = residues(random, prime, n, kind);
        const std::vector<Word> expected = values(x, root, prime);
        std::vector<Word> y(n);
        kernels->forward(x.data(), y.data());
        for (Word& value : y) value %= prime;
        CHECK(y == expected);
        const Word factor = random() % prime;
        kernels->backward(y.data(), y.data(), kernels->scaling(factor));
        std::vector<Word> scaled = x;
        for (Word& value : scaled) value = product_modulo(value, factor, prime);
        CHECK(y == scaled);
      }
    });
  }
}

// Parts beyond the first cache: sizes that the rule of Horner takes too long for.
TEST_CASE("vectors: long transforms multiply polynomials as numbers") {
  if (is_skipped()) return;
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (const std::size_t n : {4096, 8192, 16384, 65536}) {
    CAPTURE(n);
    for_each_prime(n, [&](Word prime, Word root) {
      if (prime < Word{1} << 29) return;
      const auto kernels = vectors::kernels_of(prime, root, n);
      std::vector<Word> x = residues(random, prime, n, 0);
      // Times X^shift, in the values; X^n is -1.
      const std::size_t shift = random() % n;
      std::vector<Word> power(n);
      power[shift] = 1;
      std::vector<Word> expected(n);
      for (std::size_t i = 0; i < n; ++i) {
        const bool wraps = i + shift >= n;
        expected[(i + shift) % n] = wraps && x[i] != 0 ? prime - x[i] : x[i];
      }
      kernels->forward(x.data(), x.data());
      kernels->forward(power.data(), power.data());
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = product_modulo(x[i] % prime, power[i] % prime, prime);
      }
      kernels->backward(x.data(), x.data(), kernels->scaling(1));
      CHECK(x == expected);
    });
  }
}

TEST_CASE("vectors: sums of products are what whole numbers give, up to the largest") {
  if (is_skipped()) return;
  constexpr std::size_t n = 128;
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for_each_prime(n, [&](Word prime, Word root) {
    const auto kernels = vectors::kernels_of(prime, root, n);
    const Word power = kernels->montgomery();
    const Word inverse = vectors::inverse_modulo(power, prime);
    for (const std::size_t count : {1, 2, 3, 7, 64}) {
      CAPTURE(count);
      for (int kind = 0; kind < 2; ++kind) {
        // Conversions: of primes of any size.
        std::vector<std::pair<Word, Word>> factors;
        std::vector<std::vector<Word>> sources;
        std::vector<const Word*> pointers;
        for (std::size_t s = 0; s < count; ++s) {
          const Word bound = Word{1} << (s % 2 == 0 ? 61 - s % 5 : 52 - s % 7);
          factors.emplace_back(bound, kind == 0 ? random() % prime : prime - 1);
          sources.push_back(residues(random, bound, n, kind));
        }
        for (const auto& source : sources) pointers.push_back(source.data());
        std::vector<Word> converted(n);
        kernels->convert(kernels->terms(factors), pointers.data(), converted.data());
        std::vector<Word> expected(n);
        for (std::size_t i = 0; i < n; ++i) {
          Word sum = 0;
          for (std::size_t s = 0; s < count; ++s) {
            sum = (sum + product_modulo(sources[s][i] % prime, factors[s].second, prime)) % prime;
          }
          expected[i] = product_modulo(sum, inverse, prime);
        }
        int wrong = 0;
        for (std::size_t i = 0; i < n; ++i) {
          if (converted[i] % prime != expected[i] || converted[i] >= 3 * prime) ++wrong;
        }
        CHECK(wrong == 0);

        // Inner products: of what a transform leaves, 2 or 8 primes, and of residues.
        const Word lazy = prime < Word{1} << 51 ? 2 * prime : 8 * prime - 1;
        std::vector<std::vector<Word>> left;
        std::vector<std::vector<Word>> right;
        std::vector<const Word*> x;
        std::vector<const Word*> y;
        for (std::size_t s = 0; s < count; ++s) {
          left.push_back(residues(random, lazy, n, kind));
          right.push_back(residues(random, prime, n, kind));
        }
        for (std::size_t s = 0; s < count; ++s) {
          x.push_back(left[s].data());
          y.push_back(right[s].data());
        }
        const Word f = random() % prime;
        const Word g = random() % prime;
        const std::vector<Word> r = residues(random, lazy, n, kind);
        const std::vector<Word> c = residues(random, prime, n, kind);
        std::vector<Word> divided = c;
        kernels->inner_product(x.data(), y.data(), count, converted.data());
        kernels->divide(x.data(), y.data(), count, r.data(), divided.data(), kernels->factor(f),
                        kernels->factor(g));
        for (std::size_t i = 0; i < n; ++i) {
          Word sum = 0;
          for (std::size_t s = 0; s < count; ++s) {
            sum = (sum + product_modulo(x[s][i] % prime, y[s][i], prime)) % prime;
          }
          sum = product_modulo(sum, inverse, prime);
          if (converted[i] % prime != sum || converted[i] >= 3 * prime) ++wrong;
          const Word rest = (sum + prime - r[i] % prime) % prime;
          if (divided[i] !=
              (product_modulo(c[i], f, prime) + product_modulo(rest, g, prime)) % prime) {
            ++wrong;
          }
        }
        CHECK(wrong == 0);
      }
    }
  });
}

TEST_CASE("vectors: the nearest integers of sums, and what is above a half") {
  if (is_skipped()) return;
  constexpr std::size_t n = 128;
  test::Random random(test::seed());
  CAPTURE(test::seed());
  const std::vector<double> reciprocals = {0x1p-60, 0x1p-50, 0x1.8p-60};
  std::vector<std::vector<Word>> y;
  std::vector<const Word*> pointers;
  for (const int bits : {60, 50, 59}) y.push_back(residues(random, Word{1} << bits, n, 0));
  for (const auto& row : y) pointers.push_back(row.data());
  std::vector<Word> rounded(n);
  vectors::round_sums(pointers.data(), reciprocals.data(), y.size(), n, rounded.data());
  std::vector<Word> above(n);
  const Word half = Word{1} << 59;
  vectors::are_above(y[0].data(), half, n, above.data());
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.5;
    for (std::size_t s = 0; s < y.size(); ++s) sum += static_cast<double>(y[s][i]) * reciprocals[s];
    CHECK(rounded[i] == static_cast<Word>(sum));
    CHECK(above[i] == (y[0][i] > half ? 1 : 0));
  }
  CHECK(vectors::inverse_of_word(3) * 3 % (Word{1} << 52) == 1);
}

#else

TEST_CASE("vectors: none for this processor and compiler") {
  CHECK(!detail::vectors::has_vectors());
  std::cout << "SKIPPED: not compiled for x86-64 by GCC or Clang\n";
}

#endif
