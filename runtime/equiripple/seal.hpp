// Backend of Microsoft SEAL 4 (CKKS).
//
//   seal::SEALContext context(parms);  ...  keygen.create_relin_keys(relin_keys);
//   equiripple::seal_backend he(context, relin_keys);
//   seal::Ciphertext y = relu::evaluate(he, x);
//
// Scalars never become plaintexts of the ring: one residue a prime multiplies or shifts every
// coefficient, which is what a constant does in evaluation form.
#pragma once

#include <seal/seal.h>
#include <seal/util/polyarithsmallmod.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "residues.hpp"
#include "runtime.hpp"
#include "seal_fused.hpp"
#include "threads.hpp"

namespace equiripple {

/// SEAL's operations as the runtime calls them. Levels are chain indices: rescalings that are left.
/// Operations may be called by several threads at a time.
class seal_backend : public threaded {
 public:
  using Ciphertext = ::seal::Ciphertext;

  /// The constant round(value * scale): one operand for each prime of a level.
  struct Plaintext {
    std::vector<::seal::util::MultiplyUIntModOperand> residues;
    double scale;
  };

  /// Context and keys must outlive the backend. Throws wrong_ciphertext where the scheme is not
  /// CKKS or the keys are not those of the context.
  seal_backend(const ::seal::SEALContext& context, const ::seal::RelinKeys& keys)
      : context_(checked(context)),
        keys_(checked(keys, context)),
        evaluator_(context),
        fusion_(context, keys) {
    for (auto data = context.first_context_data(); data; data = data->next_context_data()) {
      levels_.insert(levels_.begin(), data.get());
    }
  }
  // Temporaries would be gone before the first operation.
  seal_backend(const ::seal::SEALContext&&, const ::seal::RelinKeys&) = delete;
  seal_backend(const ::seal::SEALContext&, const ::seal::RelinKeys&&) = delete;
  seal_backend(const ::seal::SEALContext&&, const ::seal::RelinKeys&&) = delete;

  Plaintext encode(double value, int level, double scale) const {
    Plaintext result{{}, scale};
    for (const ::seal::Modulus& prime : parms(level).coeff_modulus()) {
      ::seal::util::MultiplyUIntModOperand operand;
      operand.set(detail::residue(value, scale, prime.value()), prime);
      result.residues.push_back(operand);
    }
    return result;
  }

  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) const {
    Ciphertext product = with_room_for_three(x);
    evaluator_.multiply_inplace(product, y);
    return product;
  }
  Ciphertext square(const Ciphertext& x) const {
    Ciphertext product = with_room_for_three(x);
    evaluator_.square_inplace(product);
    return product;
  }

  Ciphertext relinearize(Ciphertext x) const {
    evaluator_.relinearize_inplace(x, keys_);
    return x;
  }
  // As Evaluator::rescale_to_next, which copies the ciphertext twice on the way.
  Ciphertext rescale(Ciphertext x) const {
    const auto& data = *levels_.at(static_cast<std::size_t>(level(x)));
    const auto& next = *data.next_context_data();
    const std::size_t ring = x.poly_modulus_degree();
    const std::size_t words = next.parms().coeff_modulus().size() * ring;
    const double scale = x.scale() / modulus_at(level(x));
    for (std::size_t i = 0; i < x.size(); ++i) {
      data.rns_tool()->divide_and_round_q_last_ntt_inplace(::seal::util::RNSIter(x.data(i), ring),
                                                           data.small_ntt_tables(),
                                                           ::seal::MemoryManager::GetPool());
    }
    for (std::size_t i = 1; i < x.size(); ++i) std::copy_n(x.data(i), words, x.data() + i * words);
    x.resize(context_, next.parms_id(), x.size());
    x.scale() = scale;
    return x;
  }

  Ciphertext relinearize_and_rescale(const Ciphertext& x) const {
    if (level(x) >= static_cast<int>(detail::SealFusion::most_digits)) {
      return rescale(relinearize(x));
    }
    return fusion_.relinearize_and_rescale(x);
  }

  Ciphertext multiply_plain(Ciphertext x, const Plaintext& c) const {
    multiply_residues(x, c.residues);
    x.scale() *= c.scale;
    return x;
  }
  Ciphertext add_plain(Ciphertext x, const Plaintext& c) const {
    const auto& primes = parms(level(x)).coeff_modulus();
    const std::size_t size = x.poly_modulus_degree();
    for (std::size_t i = 0; i < primes.size(); ++i) {
      std::uint64_t* coefficients = x.data(0) + i * size;
      ::seal::util::add_poly_scalar_coeffmod(coefficients, size, c.residues[i].operand, primes[i],
                                             coefficients);
    }
    return x;
  }

  Ciphertext add(Ciphertext x, const Ciphertext& y) const {
    evaluator_.add_inplace(x, y);
    return x;
  }
  Ciphertext sub(Ciphertext x, const Ciphertext& y) const {
    evaluator_.sub_inplace(x, y);
    return x;
  }
  Ciphertext negate(Ciphertext x) const {
    evaluator_.negate_inplace(x);
    return x;
  }
  Ciphertext multiply_integer(Ciphertext x, int factor) const {
    multiply_residues(x, encode(factor, level(x), 1).residues);
    return x;
  }

  Ciphertext drop_to_level(const Ciphertext& x, int to_level) const {
    const auto& target = *levels_.at(static_cast<std::size_t>(to_level));
    Ciphertext result(context_, target.parms_id(), x.size());
    result.resize(x.size());
    const std::size_t words = target.parms().coeff_modulus().size() * x.poly_modulus_degree();
    for (std::size_t i = 0; i < x.size(); ++i) std::copy_n(x.data(i), words, result.data(i));
    result.is_ntt_form() = x.is_ntt_form();
    result.scale() = x.scale();
    return result;
  }

  int level(const Ciphertext& x) const {
    return static_cast<int>(context_.get_context_data(x.parms_id())->chain_index());
  }
  int top_level() const { return static_cast<int>(levels_.size()) - 1; }
  double scale(const Ciphertext& x) const { return x.scale(); }
  double modulus_at(int level) const {
    return static_cast<double>(parms(level).coeff_modulus().back().value());
  }
  double modulus_bits(int level) const {
    double bits = 0;
    for (const auto& prime : parms(level).coeff_modulus()) {
      bits += std::log2(static_cast<double>(prime.value()));
    }
    return bits;
  }
  void set_scale(Ciphertext& x, double scale) const { x.scale() = scale; }

  void check(const Ciphertext& x) const {
    if (!context_.get_context_data(x.parms_id())) {
      throw wrong_ciphertext("the ciphertext belongs to another SEALContext, or is empty");
    }
    if (x.size() != 2) {
      throw wrong_ciphertext("the ciphertext has " + std::to_string(x.size()) +
                             " components, not 2: relinearize it first");
    }
    if (!x.is_ntt_form()) throw wrong_ciphertext("the ciphertext is not in NTT form");
    if (!::seal::is_metadata_valid_for(x, context_) || !::seal::is_buffer_valid(x)) {
      throw wrong_ciphertext("the ciphertext is at the level of the keys, or is damaged");
    }
    if (x.is_transparent()) {
      throw wrong_ciphertext("the ciphertext is transparent: whoever has it can read it");
    }
  }
  /// SEAL refuses sums that need no key to be read, above all x - x.
  void check(const Ciphertext& a, const Ciphertext& b) const {
    const std::size_t words =
        a.poly_modulus_degree() * std::min(a.coeff_modulus_size(), b.coeff_modulus_size());
    if (std::equal(a.data(1), a.data(1) + words, b.data(1))) {
      throw wrong_ciphertext(
          "the two ciphertexts are one, or differ by a constant: their difference would be "
          "transparent");
    }
  }

 private:
  static const ::seal::SEALContext& checked(const ::seal::SEALContext& context) {
    if (!context.parameters_set() ||
        context.key_context_data()->parms().scheme() != ::seal::scheme_type::ckks) {
      throw wrong_ciphertext("the SEALContext holds no valid parameters of CKKS");
    }
    if (!context.using_keyswitching()) {
      throw wrong_ciphertext("the SEALContext has a single prime: it cannot relinearize");
    }
    return context;
  }

  static const ::seal::RelinKeys& checked(const ::seal::RelinKeys& keys,
                                          const ::seal::SEALContext& context) {
    if (!::seal::is_metadata_valid_for(keys, context) || !::seal::is_buffer_valid(keys) ||
        !keys.has_key(2)) {
      throw wrong_ciphertext("the relinearization keys are missing, or are not of this context");
    }
    return keys;
  }

  const ::seal::EncryptionParameters& parms(int level) const {
    return levels_.at(static_cast<std::size_t>(level))->parms();
  }

  // A copy that a product can grow in without moving.
  Ciphertext with_room_for_three(const Ciphertext& x) const {
    Ciphertext copy(context_, x.parms_id(), 3);
    copy = x;
    return copy;
  }

  void multiply_residues(Ciphertext& x,
                         const std::vector<::seal::util::MultiplyUIntModOperand>& residues) const {
    const auto& primes = parms(level(x)).coeff_modulus();
    const std::size_t size = x.poly_modulus_degree();
    for (std::size_t component = 0; component < x.size(); ++component) {
      for (std::size_t i = 0; i < primes.size(); ++i) {
        std::uint64_t* coefficients = x.data(component) + i * size;
        ::seal::util::multiply_poly_scalar_coeffmod(coefficients, size, residues[i], primes[i],
                                                    coefficients);
      }
    }
  }

  const ::seal::SEALContext& context_;
  const ::seal::RelinKeys& keys_;
  ::seal::Evaluator evaluator_;
  detail::SealFusion fusion_;
  std::vector<const ::seal::SEALContext::ContextData*> levels_;  // by chain index
};

}  // namespace equiripple
