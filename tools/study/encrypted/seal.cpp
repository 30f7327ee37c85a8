// The network on Microsoft SEAL.
#include <cmath>
#include <equiripple/seal.hpp>

#include "tools/study/deep/run.hpp"
#include "tools/study/encrypted/libraries.hpp"
#include "tools/study/encrypted/run.hpp"

namespace equiripple::study {
namespace {

::seal::EncryptionParameters parameters_for(const AdapterRequest& request) {
  ::seal::EncryptionParameters parameters(::seal::scheme_type::ckks);
  const std::size_t ring = std::size_t{1} << request.log2_ring;
  std::vector<int> bits(1, last_prime_bits);
  bits.insert(bits.end(), static_cast<std::size_t>(request.levels), prime_bits);
  bits.push_back(last_prime_bits);  // of key switching
  parameters.set_poly_modulus_degree(ring);
  parameters.set_coeff_modulus(::seal::CoeffModulus::Create(ring, bits));
  return parameters;
}

class Seal {
 public:
  using Backend = seal_backend;
  using Ciphertext = ::seal::Ciphertext;
  using Vector = ::seal::Plaintext;

  explicit Seal(const AdapterRequest& request)
      : context_(parameters_for(request), true, ::seal::sec_level_type::none),
        keys_(context_),
        encoder_(context_),
        evaluator_(context_),
        relin_keys_(new_relin_keys()),
        encryptor_(context_, new_public_key()),
        decryptor_(context_, keys_.secret_key()),
        backend_(context_, relin_keys_) {
    keys_.create_galois_keys(request.rotations, galois_keys_);
  }

  Backend& backend() { return backend_; }

  Ciphertext encrypt(const std::vector<double>& slots, double scale) {
    ::seal::Plaintext plaintext;
    encoder_.encode(slots, scale, plaintext);
    Ciphertext x;
    encryptor_.encrypt(plaintext, x);
    return x;
  }
  std::vector<double> decrypt(const Ciphertext& x) {
    ::seal::Plaintext plaintext;
    decryptor_.decrypt(x, plaintext);
    std::vector<double> slots;
    encoder_.decode(plaintext, slots);
    return slots;
  }

  Ciphertext multiply_small(const Ciphertext& x, const Backend::Plaintext& c) {
    return backend_.multiply_plain(x, c);
  }

  Vector encode_vector(const std::vector<double>& slots, int level, double scale) {
    auto data = context_.first_context_data();
    while (static_cast<int>(data->chain_index()) > level) data = data->next_context_data();
    ::seal::Plaintext plaintext;
    encoder_.encode(slots, data->parms_id(), scale, plaintext);
    return plaintext;
  }
  Ciphertext multiply_vector(const Ciphertext& x, const Vector& c) {
    Ciphertext product;
    evaluator_.multiply_plain(x, c, product);
    return product;
  }
  Ciphertext multiply_vector_to_rescale(const Ciphertext& x, const Vector& c) {
    return multiply_vector(x, c);
  }
  Ciphertext add_vector(const Ciphertext& x, const Vector& c) {
    Vector of_equal_scale = c;  // but for the rounding of doubles
    of_equal_scale.scale() = x.scale();
    Ciphertext sum;
    evaluator_.add_plain(x, of_equal_scale, sum);
    return sum;
  }
  Ciphertext rotate(const Ciphertext& x, int steps) {
    Ciphertext rotated;
    evaluator_.rotate_vector(x, steps, galois_keys_, rotated);
    return rotated;
  }

  double modulus_bits() const {
    double bits = 0;
    for (const auto& prime : context_.key_context_data()->parms().coeff_modulus()) {
      bits += std::log2(static_cast<double>(prime.value()));
    }
    return bits;
  }

 private:
  ::seal::RelinKeys new_relin_keys() {
    ::seal::RelinKeys made;
    keys_.create_relin_keys(made);
    return made;
  }
  ::seal::PublicKey new_public_key() {
    ::seal::PublicKey made;
    keys_.create_public_key(made);
    return made;
  }

  ::seal::SEALContext context_;
  ::seal::KeyGenerator keys_;
  ::seal::CKKSEncoder encoder_;
  ::seal::Evaluator evaluator_;
  ::seal::RelinKeys relin_keys_;
  ::seal::Encryptor encryptor_;
  ::seal::Decryptor decryptor_;
  ::seal::GaloisKeys galois_keys_;
  Backend backend_;
};

}  // namespace

std::vector<EncryptedResult> run_on_seal(const EncryptedRequest& request) {
  return run_methods<Seal>(request);
}

std::vector<EncryptedResult> run_deep_on_seal(const DeepEncryptedRequest& request) {
  return run_choices<Seal>(request);
}

}  // namespace equiripple::study
