// softmax, LayerNorm, argmax, the largest, and the smaller and larger of two, of encrypted vectors
// with Microsoft SEAL: error against claim, and time.
//
//   slots_seal         in ring 2^15, at 128 bits of security; argmax and the largest have more
//   levels holds slots_seal 12      in ring 2^12, without: to try
#include <cstdlib>
#include <equiripple/seal.hpp>
#include <memory>

#include "functions.hpp"

namespace {

constexpr int scale_bits = 50;

class Seal {
 public:
  Seal(int log2_ring, bool is_secure, int levels)
      : context_(parameters(std::size_t{1} << log2_ring, levels), true,
                 is_secure ? seal::sec_level_type::tc128 : seal::sec_level_type::none),
        keygen_(context_),
        encoder_(context_),
        evaluator_(context_) {
    keygen_.create_public_key(public_key_);
    keygen_.create_relin_keys(relin_keys_);
    backend_ = std::make_unique<equiripple::seal_backend>(context_, relin_keys_);
  }

  const char* name() const { return "SEAL"; }
  std::size_t slots() const { return encoder_.slot_count(); }
  equiripple::seal_backend& backend() { return *backend_; }
  void make_rotations(const std::vector<int>& steps) {
    keygen_.create_galois_keys(steps, rotation_keys_);
  }

  seal::Ciphertext encrypt(const Vector& values, double half_width) const {
    seal::Plaintext plain;
    seal::Ciphertext x;
    encoder_.encode(values, std::exp2(scale_bits) / half_width,
                    plain);  // the scale holds the range
    seal::Encryptor(context_, public_key_).encrypt(plain, x);
    return x;
  }
  Vector decrypt(const seal::Ciphertext& x) const {
    seal::Plaintext plain;
    Vector values;
    seal::Decryptor(context_, keygen_.secret_key()).decrypt(x, plain);
    encoder_.decode(plain, values);
    return values;
  }

  seal::Ciphertext rotated(const seal::Ciphertext& x, int step) const {
    seal::Ciphertext result;
    evaluator_.rotate_vector(x, step, rotation_keys_, result);
    return result;
  }
  seal::Ciphertext sum(const seal::Ciphertext& x, const seal::Ciphertext& y) const {
    seal::Ciphertext result;
    evaluator_.add(x, y, result);
    return result;
  }
  // At the scale of x: the mask has that of the prime that the rescaling divides by.
  seal::Ciphertext masked(const seal::Ciphertext& x, const Vector& mask) const {
    const auto& primes = context_.get_context_data(x.parms_id())->parms().coeff_modulus();
    seal::Plaintext plain;
    encoder_.encode(mask, x.parms_id(), static_cast<double>(primes.back().value()), plain);
    seal::Ciphertext result;
    evaluator_.multiply_plain(x, plain, result);
    evaluator_.rescale_to_next_inplace(result);
    result.scale() = x.scale();
    return result;
  }

 private:
  static seal::EncryptionParameters parameters(std::size_t ring, int levels) {
    seal::EncryptionParameters parms(seal::scheme_type::ckks);
    std::vector<int> primes(1, 60);  // the last that is left
    primes.insert(primes.end(), static_cast<std::size_t>(levels), scale_bits);
    primes.push_back(60);  // of key switching
    parms.set_poly_modulus_degree(ring);
    parms.set_coeff_modulus(seal::CoeffModulus::Create(ring, primes));
    return parms;
  }

  seal::SEALContext context_;
  seal::KeyGenerator keygen_;
  seal::CKKSEncoder encoder_;
  seal::Evaluator evaluator_;
  seal::PublicKey public_key_;
  seal::RelinKeys relin_keys_;
  seal::GaloisKeys rotation_keys_;
  std::unique_ptr<equiripple::seal_backend> backend_;
};

}  // namespace

int main(int count, char** words) {
  const bool is_secure = count < 2;
  const int log2_ring = is_secure ? 15 : std::atoi(words[1]);
  Seal library(log2_ring, is_secure, levels_of_all(true));
  if (!run_all(library) || !run_swap(library)) return 1;
  if (is_secure) return 0;
  Seal deep(log2_ring, false, levels_of_deep(true));
  return run_deep(deep) ? 0 : 1;
}
