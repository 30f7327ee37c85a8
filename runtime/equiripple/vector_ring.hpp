// Key switch and rescaling as one division, rescaling alone, and products of polynomials modulo the
// primes of a chain: what openfhe_fused.hpp and OpenFHE do, to the same bits, on vectors.
//
// A polynomial is given by its towers, the residues modulo each prime in evaluation form.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "vector_kernels.hpp"
#include "word_pool.hpp"

#ifdef EQUIRIPPLE_HAS_VECTORS

namespace equiripple {
namespace detail {
namespace vectors {

/// The moduli of hybrid key switching: Q, whose last prime is the first to go, and P.
struct RingPrimes {
  struct Prime {
    Word prime = 0;  // odd, below 2^61
    Word root = 0;   // of order 2 n
  };
  std::size_t n = 0;  // a power of two, 128 or more
  std::vector<Prime> chain;
  std::vector<Prime> special;
  std::size_t digit = 1;  // primes of Q to a digit; the last digit has what is left
};

/// Operations may be called by several threads at a time.
class Ring {
 public:
  using Towers = std::vector<Word*>;
  using ConstTowers = std::vector<const Word*>;

  explicit Ring(const RingPrimes& primes)
      : n_(primes.n), chain_(primes.chain.size()), digit_(primes.digit) {
    for (const auto* part : {&primes.chain, &primes.special}) {
      for (const auto& prime : *part) {
        primes_.push_back(kernels_of(prime.prime, prime.root, n_));
      }
    }
    for (std::size_t first = 0; first < chain_; first += digit_) {
      for (std::size_t size = 1; size <= std::min(digit_, chain_ - first); ++size) {
        digits_.push_back(digit_of(first, size));
      }
    }
    for (std::size_t last = 0; last < chain_; ++last) {
      levels_.push_back(last == 0 ? Level{} : level_of(last));
    }
  }

  /// Of the whole chain.
  std::size_t digits() const { return (chain_ + digit_ - 1) / digit_; }

  /// (P c + e) / (P q) in the towers of c0 and c1 but the last, e the inner product of the digits
  /// of c2 with the two parts of a key, by digit and prime of Q P. Two towers or more.
  void relinearize_and_rescale(const Towers& c0, const Towers& c1, const ConstTowers& c2,
                               const std::vector<ConstTowers>& key0,
                               const std::vector<ConstTowers>& key1) const {
    const std::size_t last = c2.size() - 1;
    const std::size_t special = primes_.size() - chain_;
    const Division& division = levels_[last].both;
    const WordPool::Loan raised_loan(pool_, c2.size() * n_);
    const WordPool::Loan divided_loan(pool_, 2 * (special + 2) * n_);
    Word* const raised = raised_loan.data();
    for_each(c2.size(), [&](std::size_t i) {
      const Digit& digit = digit_at(i / digit_, c2.size());
      primes_[i]->backward(c2[i], raised + i * n_, digit.scalings[i % digit_]);
    });
    const auto divided = [&](std::size_t component, std::size_t s) {
      return divided_loan.data() + (component * (special + 2) + s) * n_;
    };
    // q's tower, those of P, and the multiples.
    for_each(special + 1, [&](std::size_t s) {
      const std::size_t at = s == 0 ? last : chain_ + s - 1;
      const Product product(*this, at, c2, raised);
      for (std::size_t component = 0; component < 2; ++component) {
        Word* const y = divided(component, s);
        const ConstTowers key = product.part_of(component == 0 ? key0 : key1);
        primes_[at]->inner_product(product.digits.data(), key.data(), key.size(), y);
        if (s == 0) {
          primes_[at]->add_scaled(y, (component == 0 ? c0 : c1)[last], division.special_in_last);
        }
        primes_[at]->backward(y, y, division.scalings[s]);
      }
    });
    ConstTowers sources[2];
    for (std::size_t component = 0; component < 2; ++component) {
      for (std::size_t s = 0; s < special + 2; ++s)
        sources[component].push_back(divided(component, s));
    }
    for_each(2, [&](std::size_t component) {
      round_sums(sources[component].data(), division.reciprocals.data(), special + 1, n_,
                 divided(component, special + 1));
    });
    for_each(last, [&](std::size_t at) {
      const Product product(*this, at, c2, raised);
      const WordPool::Loan remainder(pool_, n_);
      const Left& left = division.left[at];
      for (std::size_t component = 0; component < 2; ++component) {
        primes_[at]->convert(left.remainder, sources[component].data(), remainder.data());
        primes_[at]->forward(remainder.data(), remainder.data());
        const ConstTowers key = product.part_of(component == 0 ? key0 : key1);
        primes_[at]->divide(product.digits.data(), key.data(), key.size(), remainder.data(),
                            (component == 0 ? c0 : c1)[at], left.by_last, left.by_both);
      }
    });
  }

  /// c / q, q the prime of the last tower, in the others. Two towers or more.
  void rescale(const Towers& c) const {
    const std::size_t last = c.size() - 1;
    const Level& level = levels_[last];
    const WordPool::Loan loan(pool_, 2 * n_);
    const ConstTowers sources{loan.data(), loan.data() + n_};
    primes_[last]->backward(c[last], loan.data(), level.unscaled);
    are_above(loan.data(), primes_[last]->prime() / 2, n_, loan.data() + n_);
    for_each(last, [&](std::size_t at) {
      const WordPool::Loan remainder(pool_, n_);
      primes_[at]->convert(level.remainders[at], sources.data(), remainder.data());
      primes_[at]->forward(remainder.data(), remainder.data());
      primes_[at]->divide(remainder.data(), c[at], level.both.left[at].by_last);
    });
  }

  /// The three components of (x0 + x1 s) (y0 + y1 s).
  void multiply(const ConstTowers& x0, const ConstTowers& x1, const ConstTowers& y0,
                const ConstTowers& y1, const Towers& first, const Towers& second,
                const Towers& third) const {
    for_each(x0.size(), [&](std::size_t at) {
      primes_[at]->multiply(x0[at], x1[at], y0[at], y1[at], first[at], second[at], third[at]);
    });
  }

 private:
  // A digit: y = x (D / d)^-1 modulo each of its primes d, D their product, and by prime of Q P the
  // cofactors D / d that bring the sum over d of y (D / d) there.
  struct Digit {
    std::vector<Scaling> scalings;
    std::vector<Terms> raised;
  };
  struct Left {  // for a prime that is left
    Terms remainder;
    Factor by_last;  // q^-1
    Factor by_both;  // R (P q)^-1
  };
  // By S = P q. The divided primes s are q and those of P; see openfhe_fused.hpp.
  struct Division {
    Factor special_in_last;           // P / R modulo q
    std::vector<Scaling> scalings;    // by s: R (S / s)^-1
    std::vector<double> reciprocals;  // by s
    std::vector<Left> left;
  };
  struct Level {
    Division both;
    Scaling unscaled;               // of the last prime
    std::vector<Terms> remainders;  // by prime that is left: of a rescaling alone
  };

  // What the inner product with a key is of, for one prime: the digits of c2 in its tower.
  struct Product {
    Product(const Ring& ring, std::size_t at, const ConstTowers& c2, const Word* raised)
        : count((c2.size() + ring.digit_ - 1) / ring.digit_),
          tower(at),
          loan(ring.pool_, count * ring.n_) {
      for (std::size_t j = 0; j < count; ++j) {
        const std::size_t first = j * ring.digit_;
        if (at < c2.size() && at / ring.digit_ == j) {
          digits.push_back(c2[at]);
          continue;
        }
        Word* const to = loan.data() + j * ring.n_;
        const Digit& digit = ring.digit_at(j, c2.size());
        ConstTowers sources;
        for (std::size_t i = 0; i < digit.scalings.size(); ++i) {
          sources.push_back(raised + (first + i) * ring.n_);
        }
        ring.primes_[at]->convert(digit.raised[at], sources.data(), to);
        ring.primes_[at]->forward(to, to);
        digits.push_back(to);
      }
    }
    ConstTowers part_of(const std::vector<ConstTowers>& key) const {
      ConstTowers result;
      for (std::size_t j = 0; j < count; ++j) result.push_back(key[j][tower]);
      return result;
    }
    std::size_t count;
    std::size_t tower;
    WordPool::Loan loan;
    ConstTowers digits;
  };

  // Towers side by side in the library's threads.
  template <class Operation>
  static void for_each(std::size_t count, const Operation& operation) {
    const int towers = static_cast<int>(count);
#ifdef _OPENMP
#pragma omp parallel for
#endif
    for (int i = 0; i < towers; ++i) operation(static_cast<std::size_t>(i));
  }

  const Digit& digit_at(std::size_t j, std::size_t towers) const {
    const std::size_t first = j * digit_;
    return digits_[first + std::min(digit_, towers - first) - 1];
  }

  // Of the primes with these indices but one, modulo a prime.
  Word product_of(const std::vector<std::size_t>& indices, std::size_t but, Word prime) const {
    Word result = 1;
    for (const std::size_t i : indices) {
      if (i != but) result = product_modulo(result, primes_[i]->prime() % prime, prime);
    }
    return result;
  }
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  Digit digit_of(std::size_t first, std::size_t size) const {
    std::vector<std::size_t> all;
    for (std::size_t i = first; i < first + size; ++i) all.push_back(i);
    Digit digit;
    for (const std::size_t i : all) {
      const Word prime = primes_[i]->prime();
      digit.scalings.push_back(
          primes_[i]->scaling(inverse_modulo(product_of(all, i, prime), prime)));
    }
    for (const auto& to : primes_) {
      std::vector<std::pair<Word, Word>> factors;
      for (const std::size_t i : all) {
        const Word cofactor = product_of(all, i, to->prime());
        factors.emplace_back(primes_[i]->prime(),
                             product_modulo(cofactor, to->montgomery(), to->prime()));
      }
      digit.raised.push_back(to->terms(factors));
    }
    return digit;
  }

  Level level_of(std::size_t last) const {
    std::vector<std::size_t> special;
    for (std::size_t i = chain_; i < primes_.size(); ++i) special.push_back(i);
    std::vector<std::size_t> divided{last};
    divided.insert(divided.end(), special.begin(), special.end());
    const Word q = primes_[last]->prime();
    Level level;
    level.unscaled = primes_[last]->scaling(1);
    Division& both = level.both;
    both.special_in_last = primes_[last]->factor(product_modulo(
        product_of(special, none, q), inverse_modulo(primes_[last]->montgomery(), q), q));
    for (const std::size_t s : divided) {
      const Word prime = primes_[s]->prime();
      both.scalings.push_back(primes_[s]->scaling(product_modulo(
          inverse_modulo(product_of(divided, s, prime), prime), primes_[s]->montgomery(), prime)));
      both.reciprocals.push_back(1 / static_cast<double>(prime));
    }
    for (std::size_t i = 0; i < last; ++i) {
      const Kernels& to = *primes_[i];
      const Word prime = to.prime();
      std::vector<std::pair<Word, Word>> cofactors;
      for (const std::size_t s : divided) {
        cofactors.emplace_back(primes_[s]->prime(), product_of(divided, s, prime));
      }
      // The multiples, which are 0 to the number of the divided primes.
      const Word all = product_of(divided, none, prime);
      cofactors.emplace_back(divided.size() + 1, prime - all);
      const Word by_last = inverse_modulo(q, prime);
      both.left.push_back(
          {to.terms(cofactors), to.factor(by_last),
           to.factor(product_modulo(inverse_modulo(all, prime), to.montgomery(), prime))});
      const Word last_here = product_modulo(q % prime, to.montgomery(), prime);
      level.remainders.push_back(to.terms({{q, to.montgomery()}, {2, prime - last_here}}));
    }
    return level;
  }

  std::size_t n_;
  std::size_t chain_;  // primes of Q
  std::size_t digit_;
  std::vector<std::unique_ptr<Kernels>> primes_;
  std::vector<Digit> digits_;  // by first prime and size, at first + size - 1
  std::vector<Level> levels_;  // by the index of the last prime; the first is not used
  mutable WordPool pool_;
};

}  // namespace vectors
}  // namespace detail
}  // namespace equiripple

#endif
