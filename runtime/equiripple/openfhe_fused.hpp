// A key switch and the rescaling after it as one operation on ciphertexts of OpenFHE, with the
// library's digits and transforms.
//
// Hybrid key switching of c = (c0, c1, c2) makes e = (e0, e1) modulo Q P, P the product of the
// special primes, with e ~ P c2 s^2, and adds e / P to (c0, c1); rescaling divides by the last
// prime q of Q. Here P (c0, c1) + e is divided by P q at once:
//   r = (P c + e) mod P q, centred        of the towers of q and P alone, where P c is 0 in P's
//   (P c + e - r) / (P q)                 in every other tower, r brought there exactly
// One rounding instead of two, and the transforms of one. What the first rounding adds to the noise
// is a small multiple of a q-th of the second.
#pragma once

#include <openfhe.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace equiripple {
namespace detail {

/// For contexts with hybrid key switching. May be called by several threads at a time.
class OpenFheFusion {
 public:
  using Element = lbcrypto::DCRTPoly;
  using Ciphertext = lbcrypto::Ciphertext<Element>;
  using Parameters = lbcrypto::CryptoParametersCKKSRNS;

  explicit OpenFheFusion(const Parameters& parameters) {
    if (parameters.GetKeySwitchTechnique() != lbcrypto::HYBRID || !parameters.GetParamsP()) return;
    const std::size_t primes = parameters.GetElementParams()->GetParams().size();
    const std::size_t special = parameters.GetParamsP()->GetParams().size();
    if (special == 0 || special >= most_products) return;
    if (parameters.GetNumberOfQPartitions() > most_products) return;
    if (sizeof(Wide) < 16 || !has_tables(parameters, primes, special)) return;
    for (std::size_t last = 0; last < primes; ++last) {
      levels_.push_back(last == 0 ? Level{} : level_of(parameters, last));
    }
  }

  /// Whether the context is one that this class knows; otherwise it is not to be called.
  bool is_possible() const { return !levels_.empty(); }

  /// Of three components in evaluation form and two primes or more; x is changed, and becomes the
  /// result but for its scaling factor.
  void relinearize_and_rescale(Ciphertext& x) const {
    const auto& keys = lbcrypto::CryptoContextImpl<Element>::GetEvalMultKeyVector(x->GetKeyTag());
    divide_once(*x->GetCryptoContext(), x->GetElements(), keys.at(0)->GetBVector(),
                keys.at(0)->GetAVector());
    x->SetNoiseScaleDeg(x->GetNoiseScaleDeg() - 1);
    x->SetLevel(x->GetLevel() + 1);
  }

  /// The polynomials alone, by the two parts of a key.
  void divide_once(const lbcrypto::CryptoContextImpl<Element>& context,
                   std::vector<Element>& components, const std::vector<Element>& key0,
                   const std::vector<Element>& key1) const {
    const auto digits = context.GetScheme()->EvalKeySwitchPrecomputeCore(
        components.at(2), context.GetCryptoParameters());
    components.resize(2);
    divide(components[0], *digits, key0);
    divide(components[1], *digits, key1);
  }

 private:
  using Integer = lbcrypto::NativeInteger;
  using Tower = Element::PolyType;
  using Word = std::uint64_t;
  // The library's type of 128 bits, where there is one.
  using Wide =
      std::decay_t<decltype(std::declval<const Parameters&>().GetModqBarrettMu())>::value_type;

  // Of numbers below 2^61, as the library's primes are: so many and a number more have a sum below
  // 2^128 (proved: 64 (2^61 - 1)^2 = 2^128 - 2^68 + 64).
  static constexpr std::size_t most_products = 64;
  // Coefficients that are summed at a time: so many sums stay in registers or the first cache.
  static constexpr std::size_t block = 8;  // chosen; divides every ring dimension

  // A factor for one prime, with what the library multiplies faster by.
  struct Factor {
    Integer value;
    Integer precomputed;

    Factor() = default;
    Factor(const Integer& factor, const Integer& prime)
        : value(factor), precomputed(factor.PrepModMulConst(prime)) {}
    Integer times(const Integer& x, const Integer& prime) const {
      return x.ModMulFastConst(value, prime, precomputed);
    }
  };

  // Reduction of 128 bits modulo one prime, below 2^62. Of h 2^64 + l each word goes by itself: for
  // f below the prime, floor(h floor(2^64 f / prime) / 2^64) is at most h f / prime and less than 2
  // below it (proved, as h < 2^64).
  struct Reduction {
    Word prime = 0;
    Word high = 0;           // 2^64 modulo the prime
    Word high_quotient = 0;  // floor(2^64 high / prime)
    Word low_quotient = 0;   // floor(2^64 / prime)

    Reduction() = default;
    explicit Reduction(Word modulus) : prime(modulus) {
      const Wide power = Wide(1) << 64;
      high = static_cast<Word>(power % prime);
      high_quotient = static_cast<Word>((Wide(high) << 64) / prime);
      low_quotient = static_cast<Word>(power / prime);
    }
    Word operator()(Wide x) const {
      const Word h = static_cast<Word>(x >> 64);
      const Word l = static_cast<Word>(x);
      Word rest = h * high - static_cast<Word>((Wide(h) * high_quotient) >> 64) * prime;
      rest += l - static_cast<Word>((Wide(l) * low_quotient) >> 64) * prime;  // below 4 primes
      rest -= rest >= 2 * prime ? 2 * prime : 0;
      return rest - (rest >= prime ? prime : 0);
    }
  };

  // What a division by S = P q needs, q the last prime of a level. The divided primes s are q and
  // those of P, in the order in which they end a polynomial modulo Q P. A number r modulo S is
  //   r = sum over s of y_s (S / s) - k S,   y_s = r (S / s)^-1 modulo s,
  // centred for k the integer nearest to the sum of the y_s / s.
  struct Divided {  // for a prime s
    Reduction reduction;
    Factor cofactor_inverse;  // (S / s)^-1
    double reciprocal = 0;    // 1 / s
  };
  struct Left {  // for a prime that is left
    Reduction reduction;
    std::vector<Word> cofactor;  // by s: S / s
    std::vector<Word> multiple;  // by k, up to the number of the s: -k S
    Factor by_q;                 // q^-1
    Factor by_both;              // (P q)^-1
  };
  struct Level {
    Factor special_in_q;  // P modulo q
    std::vector<Divided> divided;
    std::vector<Left> left;
  };

  static bool has_tables(const Parameters& parameters, std::size_t primes, std::size_t special) {
    return parameters.GetPModq().size() == primes && parameters.GetPInvModq().size() == primes &&
           parameters.GetPHatModq().size() == special &&
           parameters.GetPHatModq().front().size() == primes &&
           parameters.GetPHatInvModp().size() == special;
  }

  static Level level_of(const Parameters& parameters, std::size_t last) {
    const auto& all = parameters.GetElementParams()->GetParams();
    const auto& special = parameters.GetParamsP()->GetParams();
    const Integer q = all[last]->GetModulus();
    Level level;
    level.special_in_q = Factor(parameters.GetPModq()[last], q);
    const auto add_divided = [&](const Integer& s, const Integer& cofactor_inverse) {
      level.divided.push_back(
          {Reduction(s.ConvertToInt()), Factor(cofactor_inverse, s), 1 / s.ConvertToDouble()});
    };
    add_divided(q, parameters.GetPInvModq()[last]);
    for (std::size_t i = 0; i < special.size(); ++i) {
      const Integer s = special[i]->GetModulus();
      add_divided(s, parameters.GetPHatInvModp()[i].ModMul(q.Mod(s).ModInverse(s), s));
    }
    for (std::size_t tower = 0; tower < last; ++tower) {
      const Integer prime = all[tower]->GetModulus();
      const Integer q_here = q.Mod(prime);
      const Integer q_inverse = q_here.ModInverse(prime);
      Left left;
      left.reduction = Reduction(prime.ConvertToInt());
      left.by_q = Factor(q_inverse, prime);
      left.by_both = Factor(q_inverse.ModMul(parameters.GetPInvModq()[tower], prime), prime);
      left.cofactor.push_back(parameters.GetPModq()[tower].ConvertToInt());
      for (const std::vector<Integer>& of_special : parameters.GetPHatModq()) {
        left.cofactor.push_back(of_special[tower].ModMul(q_here, prime).ConvertToInt());
      }
      const Integer product = parameters.GetPModq()[tower].ModMul(q_here, prime);
      Integer multiple(0);
      for (std::size_t k = 0; k <= special.size() + 1; ++k) {
        left.multiple.push_back(multiple.ConvertToInt());
        multiple = multiple.ModSub(product, prime);
      }
      level.left.push_back(std::move(left));
    }
    return level;
  }

  // One component: (P c + e) / (P q) in place of c, e the inner product of the digits, modulo Q P,
  // and of a key.
  void divide(Element& c, const std::vector<Element>& digits,
              const std::vector<Element>& key) const {
    const std::size_t last = c.GetNumOfElements() - 1;
    const Level& level = levels_[last];
    // The y_s, in coefficient form.
    std::vector<Tower> divided(level.divided.size());
    const int divided_count = static_cast<int>(divided.size());
#ifdef _OPENMP
#pragma omp parallel for
#endif
    for (int i = 0; i < divided_count; ++i) {
      const auto s = static_cast<std::size_t>(i);
      const std::size_t key_tower = s == 0 ? last : levels_.size() + s - 1;
      Tower& y = divided[s];
      y = inner_product(digits, last + s, key, key_tower, level.divided[s].reduction);
      if (s == 0) add_product(y, c.GetAllElements()[last], level.special_in_q);
      y.SetFormat(Format::COEFFICIENT);
      multiply(y, level.divided[s].cofactor_inverse);
    }
    const std::vector<std::uint8_t> multiples = multiples_of(level, divided);
    c.DropLastElement();
    auto& result = c.GetAllElements();
    const int count = static_cast<int>(last);
#ifdef _OPENMP
#pragma omp parallel for
#endif
    for (int i = 0; i < count; ++i) {
      const auto tower = static_cast<std::size_t>(i);
      const Left& left = level.left[tower];
      const Tower e = inner_product(digits, tower, key, tower, left.reduction);
      Tower remainder(result[tower].GetParams(), Format::COEFFICIENT, true);
      bring(divided, multiples, left, remainder);
      remainder.SetFormat(Format::EVALUATION);
      subtract_and_divide(result[tower], e, remainder, left);
    }
  }

  // A tower of the sum of the digits' products with the key's parts.
  static Tower inner_product(const std::vector<Element>& digits, std::size_t tower,
                             const std::vector<Element>& key, std::size_t key_tower,
                             const Reduction& reduction) {
    Tower result(digits[0].GetAllElements()[tower].GetParams(), Format::EVALUATION, true);
    for (std::uint32_t first = 0; first < result.GetLength(); first += block) {
      Wide sums[block] = {};
      for (std::size_t j = 0; j < digits.size(); ++j) {
        const Integer* digit = &digits[j].GetAllElements()[tower][first];
        const Integer* part = &key[j].GetAllElements()[key_tower][first];
        for (std::size_t i = 0; i < block; ++i) {
          sums[i] += Wide(digit[i].ConvertToInt()) * part[i].ConvertToInt();
        }
      }
      Integer* results = &result[first];
      for (std::size_t i = 0; i < block; ++i) results[i] = Integer(reduction(sums[i]));
    }
    return result;
  }

  // x += y factor
  static void add_product(Tower& x, const Tower& y, const Factor& factor) {
    const Integer prime = x.GetModulus();
    for (std::uint32_t i = 0; i < x.GetLength(); ++i) {
      x[i].ModAddFastEq(factor.times(y[i], prime), prime);
    }
  }

  static void multiply(Tower& x, const Factor& factor) {
    const Integer prime = x.GetModulus();
    for (std::uint32_t i = 0; i < x.GetLength(); ++i) x[i] = factor.times(x[i], prime);
  }

  // The k: sums of the y_s / s, rounded. Of doubles, so within 2^-45: what lies so close to a half
  // may go to either side, which makes a tie of the division.
  static std::vector<std::uint8_t> multiples_of(const Level& level,
                                                const std::vector<Tower>& divided) {
    std::vector<double> sums(divided[0].GetLength(), 0.5);
    for (std::size_t s = 0; s < divided.size(); ++s) {
      const double reciprocal = level.divided[s].reciprocal;
      const Integer* y = &divided[s][0];
      for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i] += static_cast<double>(y[i].ConvertToInt()) * reciprocal;
      }
    }
    return {sums.begin(), sums.end()};
  }

  // The remainder modulo a prime that is left.
  static void bring(const std::vector<Tower>& divided, const std::vector<std::uint8_t>& multiples,
                    const Left& left, Tower& remainder) {
    for (std::uint32_t first = 0; first < remainder.GetLength(); first += block) {
      Wide sums[block];
      for (std::size_t i = 0; i < block; ++i) sums[i] = left.multiple[multiples[first + i]];
      for (std::size_t s = 0; s < divided.size(); ++s) {
        const Integer* y = &divided[s][first];
        const Word cofactor = left.cofactor[s];
        for (std::size_t i = 0; i < block; ++i) sums[i] += Wide(y[i].ConvertToInt()) * cofactor;
      }
      Integer* results = &remainder[first];
      for (std::size_t i = 0; i < block; ++i) results[i] = Integer(left.reduction(sums[i]));
    }
  }

  // c = c / q + (e - r) / (P q)
  static void subtract_and_divide(Tower& c, const Tower& e, const Tower& r, const Left& left) {
    const Integer prime = c.GetModulus();
    for (std::uint32_t i = 0; i < c.GetLength(); ++i) {
      const Integer rest = left.by_both.times(e[i].ModSubFast(r[i], prime), prime);
      c[i] = left.by_q.times(c[i], prime).ModAddFast(rest, prime);
    }
  }

  std::vector<Level> levels_;  // by the index of the last prime; the first is not used
};

}  // namespace detail
}  // namespace equiripple
