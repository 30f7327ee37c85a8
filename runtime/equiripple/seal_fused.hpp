// A key switch and the rescaling after it as one operation on ciphertexts of SEAL.
//
// Relinearizing c = (c0, c1, c2) makes e = (e0, e1) modulo Q P, P the special prime, with
// e ~ P c2 s^2, and adds e / P to (c0, c1); rescaling divides by the last prime q of Q. Here
// P (c0, c1) + e is divided by P q at once:
//   r = (P c + e) mod P q, centred        of the towers of q and P alone, where P c is 0 in P's
//     = low + P high                      low modulo P and high modulo q, both centred: exact
//   (P c + e - r) / (P q)                 in every other tower
// One rounding instead of two, and the transforms of one: 2 for every tower are saved. What the
// first rounding adds to the noise is a q-th of the second.
#pragma once

#include <seal/seal.h>
#include <seal/util/ntt.h>
#include <seal/util/polyarithsmallmod.h>
#include <seal/util/uintarithsmallmod.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace equiripple {
namespace detail {

/// Context and keys must be valid for each other and outlive it. May be called by several threads
/// at a time.
class SealFusion {
 public:
  using Ciphertext = ::seal::Ciphertext;

  SealFusion(const ::seal::SEALContext& context, const ::seal::RelinKeys& keys)
      : context_(context),
        key_(keys.key(2)),
        tables_(context.key_context_data()->small_ntt_tables()),
        primes_(context.key_context_data()->parms().coeff_modulus()),
        ring_(context.key_context_data()->parms().poly_modulus_degree()) {}

  /// Products of a transform, below 4 * 2^60, and of a key, below 2^60, are summed in 128 bits:
  /// 64 of them fit (proved). A ciphertext of more primes is not for this class.
  static constexpr std::size_t most_digits = 64;

  /// Of three components in evaluation form and two primes or more. Throws std::logic_error where
  /// SEAL is built to refuse results that are readable without a key.
  Ciphertext relinearize_and_rescale(const Ciphertext& x) const {
    const auto& data = *context_.get_context_data(x.parms_id());
    const std::size_t last = data.parms().coeff_modulus().size() - 1;
    Ciphertext result(context_, data.next_context_data()->parms_id(), 2);
    result.resize(2);
    const Words switched = key_switched(x, last + 1);
    for (std::size_t component = 0; component < 2; ++component) {
      divide(x.data(component), switched.get() + component * (last + 2) * ring_, last,
             result.data(component));
    }
    result.is_ntt_form() = true;
    result.scale() = x.scale() / static_cast<double>(primes_[last].value());
#ifdef SEAL_THROW_ON_TRANSPARENT_CIPHERTEXT
    if (result.is_transparent()) throw std::logic_error("result ciphertext is transparent");
#endif
    return result;
  }

 private:
  using Words = ::seal::util::Pointer<std::uint64_t>;
  using Operand = ::seal::util::MultiplyUIntModOperand;

  // Digits whose products are summed in one pass over the sums. One at a time costs 3 to 9 % more;
  // 2, 4 and 8 are alike.
  static constexpr std::size_t group = 4;  // measured (SEAL 4.4, rings 2^13, 2^14)

  static Words allocate(std::size_t words) {
    ::seal::MemoryPoolHandle pool = ::seal::MemoryManager::GetPool();
    return ::seal::util::allocate_uint(words, pool);
  }
  static Operand operand(std::uint64_t value, const ::seal::Modulus& prime) {
    Operand result;
    result.set(value % prime.value(), prime);
    return result;
  }
  Operand inverse(std::uint64_t value, const ::seal::Modulus& prime) const {
    std::uint64_t result = 0;
    if (!::seal::util::try_invert_uint_mod(value % prime.value(), prime, result)) {
      throw std::logic_error("two primes of the chain are equal");
    }
    return operand(result, prime);
  }
  // Of numbers below twice the prime.
  static std::uint64_t reduced_once(std::uint64_t x, std::uint64_t prime) {
    return x >= prime ? x - prime : x;
  }

  // (e0, e1), each as towers of the `digits` primes of x and of P, reduced, in evaluation form. A
  // digit is the residue at one prime, as a number.
  Words key_switched(const Ciphertext& x, std::size_t digits) const {
    Words numbers = allocate(digits * ring_);
    std::copy_n(x.data(2), digits * ring_, numbers.get());
    for (std::size_t j = 0; j < digits; ++j) {
      ::seal::util::inverse_ntt_negacyclic_harvey(
          ::seal::util::CoeffIter(numbers.get() + j * ring_), tables_[j]);
    }
    Words switched = allocate(2 * (digits + 1) * ring_);
    Words transforms = allocate(group * ring_);
    Words sums = allocate(4 * ring_);  // two of 128 bits for each coefficient
    for (std::size_t tower = 0; tower <= digits; ++tower) {
      const std::size_t prime = tower < digits ? tower : primes_.size() - 1;
      std::fill_n(sums.get(), 4 * ring_, 0);
      for (std::size_t first = 0; first < digits; first += group) {
        const std::size_t count = std::min(group, digits - first);
        const std::uint64_t* digit[group] = {};
        const std::uint64_t* key0[group] = {};
        const std::uint64_t* key1[group] = {};
        for (std::size_t i = 0; i < count; ++i) {
          const std::size_t j = first + i;
          digit[i] = j == tower ? x.data(2) + j * ring_
                                : transformed(numbers.get() + j * ring_, j, prime,
                                              transforms.get() + i * ring_);
          key0[i] = key_[j].data().data(0) + prime * ring_;
          key1[i] = key_[j].data().data(1) + prime * ring_;
        }
        add_products(digit, key0, key1, count, sums.get());
      }
      std::uint64_t* e0 = switched.get() + tower * ring_;
      std::uint64_t* e1 = e0 + (digits + 1) * ring_;
      for (std::size_t i = 0; i < ring_; ++i) {
        e0[i] = ::seal::util::barrett_reduce_128(sums.get() + 4 * i, primes_[prime]);
        e1[i] = ::seal::util::barrett_reduce_128(sums.get() + 4 * i + 2, primes_[prime]);
      }
    }
    return switched;
  }

  // Numbers below prime j in evaluation form at another prime, below 4 times that.
  const std::uint64_t* transformed(const std::uint64_t* numbers, std::size_t j, std::size_t prime,
                                   std::uint64_t* result) const {
    if (primes_[j].value() <= primes_[prime].value()) {
      std::copy_n(numbers, ring_, result);
    } else {
      ::seal::util::modulo_poly_coeffs(numbers, ring_, primes_[prime], result);
    }
    ::seal::util::ntt_negacyclic_harvey_lazy(::seal::util::CoeffIter(result), tables_[prime]);
    return result;
  }

  void add_products(const std::uint64_t* const* digit, const std::uint64_t* const* key0,
                    const std::uint64_t* const* key1, std::size_t count,
                    std::uint64_t* sums) const {
    for (std::size_t i = 0; i < ring_; ++i) {
      unsigned long long sum0[2] = {sums[4 * i], sums[4 * i + 1]};
      unsigned long long sum1[2] = {sums[4 * i + 2], sums[4 * i + 3]};
      for (std::size_t g = 0; g < count; ++g) {
        unsigned long long product[2];
        ::seal::util::multiply_uint64(digit[g][i], key0[g][i], product);
        ::seal::util::add_uint128(product, sum0, sum0);
        ::seal::util::multiply_uint64(digit[g][i], key1[g][i], product);
        ::seal::util::add_uint128(product, sum1, sum1);
      }
      sums[4 * i] = sum0[0];
      sums[4 * i + 1] = sum0[1];
      sums[4 * i + 2] = sum1[0];
      sums[4 * i + 3] = sum1[1];
    }
  }

  // One component: (P c + e) / (P q) for q the prime `last`; the towers of e at q and P are used
  // up.
  void divide(const std::uint64_t* c, std::uint64_t* e, std::size_t last,
              std::uint64_t* result) const {
    const ::seal::Modulus& special = primes_.back();
    const ::seal::Modulus& q = primes_[last];
    const std::uint64_t half_special = special.value() / 2;
    const std::uint64_t half_q = q.value() / 2;
    std::uint64_t* at_q = e + last * ring_;
    std::uint64_t* at_special = at_q + ring_;
    const Operand special_in_q = operand(special.value(), q);
    for (std::size_t i = 0; i < ring_; ++i) {
      at_q[i] = ::seal::util::multiply_add_uint_mod(c[last * ring_ + i], special_in_q, at_q[i], q);
    }
    ::seal::util::inverse_ntt_negacyclic_harvey(::seal::util::CoeffIter(at_q), tables_[last]);
    ::seal::util::inverse_ntt_negacyclic_harvey(::seal::util::CoeffIter(at_special),
                                                tables_[primes_.size() - 1]);
    // As low + half_special, below P, and high + half_q, below q: no signs.
    const Operand special_inverse = inverse(special.value(), q);
    const std::uint64_t half_special_in_q = half_special % q.value();
    for (std::size_t i = 0; i < ring_; ++i) {
      const std::uint64_t low = reduced_once(at_special[i] + half_special, special.value());
      const std::uint64_t rest = at_q[i] + half_special_in_q + q.value() -
                                 ::seal::util::barrett_reduce_64(low, q);  // below 3 q
      at_special[i] = low;
      at_q[i] = reduced_once(::seal::util::multiply_uint_mod(rest, special_inverse, q) + half_q,
                             q.value());
    }
    Words remainder = allocate(ring_);
    for (std::size_t tower = 0; tower < last; ++tower) {
      const ::seal::Modulus& prime = primes_[tower];
      const Operand special_here = operand(special.value(), prime);
      const std::uint64_t offset = ::seal::util::multiply_add_uint_mod(
          half_q, special_here, half_special % prime.value(), prime);
      // Below (1 + 2 + 1) times the prime, which the transform takes.
      for (std::size_t i = 0; i < ring_; ++i) {
        remainder[i] = ::seal::util::barrett_reduce_64(at_special[i], prime) +
                       ::seal::util::multiply_uint_mod_lazy(at_q[i], special_here, prime) +
                       (prime.value() - offset);
      }
      ::seal::util::ntt_negacyclic_harvey_lazy(::seal::util::CoeffIter(remainder.get()),
                                               tables_[tower]);
      const Operand by_q = inverse(q.value(), prime);
      const Operand by_both = operand(
          ::seal::util::multiply_uint_mod(inverse(special.value(), prime).operand, by_q, prime),
          prime);
      const std::uint64_t four_primes = 4 * prime.value();
      const std::uint64_t* c_here = c + tower * ring_;
      const std::uint64_t* e_here = e + tower * ring_;
      std::uint64_t* result_here = result + tower * ring_;
      for (std::size_t i = 0; i < ring_; ++i) {
        const std::uint64_t sum = ::seal::util::multiply_uint_mod_lazy(
                                      e_here[i] + four_primes - remainder[i], by_both, prime) +
                                  ::seal::util::multiply_uint_mod_lazy(c_here[i], by_q, prime);
        result_here[i] = reduced_once(reduced_once(sum, 2 * prime.value()), prime.value());
      }
    }
  }

  const ::seal::SEALContext& context_;
  const std::vector<::seal::PublicKey>& key_;   // a digit each
  const ::seal::util::NTTTables* tables_;       // by prime
  const std::vector<::seal::Modulus>& primes_;  // the special one last
  std::size_t ring_;
};

}  // namespace detail
}  // namespace equiripple
