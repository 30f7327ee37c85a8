// The fused key switch and rescaling on SEAL, against SEAL's own two operations.
//
// Both divide the same numbers by P q, P the special prime and q the last one. SEAL rounds to
// multiples of 1 / q first, so that its quotient and ours lie on different sides of a half only
// within 1 / (2 q) of it. So coefficients differ by at most 1 (proved), and for uniformly random
// ciphertexts with a probability of at most 1 / q each.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <equiripple/seal.hpp>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

struct Library {
  Library(int log2_ring, const std::vector<int>& bits)
      : context(parameters(log2_ring, bits), true, seal::sec_level_type::none),
        keys(context),
        evaluator(context) {
    keys.create_relin_keys(relin_keys);
  }

  static seal::EncryptionParameters parameters(int log2_ring, const std::vector<int>& bits) {
    seal::EncryptionParameters parameters(seal::scheme_type::ckks);
    const std::size_t ring = std::size_t{1} << log2_ring;
    parameters.set_poly_modulus_degree(ring);
    parameters.set_coeff_modulus(seal::CoeffModulus::Create(ring, bits));
    return parameters;
  }

  seal::SEALContext context;
  seal::KeyGenerator keys;
  seal::Evaluator evaluator;
  seal::RelinKeys relin_keys;
};

using Data = std::shared_ptr<const seal::SEALContext::ContextData>;

// Three components of residues that `draw(prime)` gives.
template <class Draw>
seal::Ciphertext ciphertext_of(const seal::SEALContext& context, const Data& data,
                               const Draw& draw) {
  seal::Ciphertext x(context, data->parms_id(), 3);
  x.resize(3);
  const auto& primes = data->parms().coeff_modulus();
  const std::size_t ring = x.poly_modulus_degree();
  for (std::size_t i = 0; i < 3 * primes.size() * ring; ++i) {
    x.data()[i] = draw(primes[i / ring % primes.size()].value());
  }
  x.is_ntt_form() = true;
  x.scale() = 0x1p+20;
  return x;
}

// How many coefficients differ by 1; those that differ by more fail.
int ties_between(const Library& library, seal::Ciphertext x, seal::Ciphertext y) {
  REQUIRE(x.parms_id() == y.parms_id());
  REQUIRE(x.size() == 2);
  REQUIRE(y.size() == 2);
  CHECK(x.scale() == y.scale());
  library.evaluator.transform_from_ntt_inplace(x);
  library.evaluator.transform_from_ntt_inplace(y);
  const auto& primes = library.context.get_context_data(x.parms_id())->parms().coeff_modulus();
  const std::size_t ring = x.poly_modulus_degree();
  int ties = 0;
  int wrong = 0;
  for (std::size_t component = 0; component < 2; ++component) {
    for (std::size_t i = 0; i < ring; ++i) {
      // -1, 0, 1, or another number; the same in every tower
      const auto difference = [&](std::size_t tower) {
        const std::size_t at = (component * primes.size() + tower) * ring + i;
        const std::int64_t residue =
            static_cast<std::int64_t>(x.data()[at]) - static_cast<std::int64_t>(y.data()[at]);
        const auto prime = static_cast<std::int64_t>(primes[tower].value());
        return residue > 1 ? residue - prime : residue < -1 ? residue + prime : residue;
      };
      const std::int64_t first = difference(0);
      if (first != 0) ++ties;
      if (std::abs(first) > 1) ++wrong;
      for (std::size_t tower = 1; tower < primes.size(); ++tower) {
        if (difference(tower) != first) ++wrong;
      }
    }
  }
  CHECK(wrong == 0);
  return ties;
}

seal::Ciphertext by_seal(const Library& library, const seal::Ciphertext& x) {
  seal::Ciphertext y;
  library.evaluator.relinearize(x, library.relin_keys, y);
  library.evaluator.rescale_to_next_inplace(y);
  return y;
}

// A tie has probability 2^-29 or less, so that more than 4 among 2^15 coefficients have one below
// (2^15)^5 / 5! 2^-145 < 2^-76.
constexpr int most_ties = 4;

}  // namespace

TEST_CASE("SEAL: fused, every coefficient is SEAL's but for ties") {
  CAPTURE(test::seed());
  std::mt19937_64 random(test::seed());
  // The special prime last: as large as the others, larger, smaller.
  const std::vector<std::vector<int>> chains = {
      {60, 30, 30, 30, 60}, {60, 40, 40, 60},     {60, 50, 50, 50, 50, 50, 50, 50, 50, 60},
      {60, 60, 60, 60, 60}, {50, 50, 50, 50},     {30, 60, 45, 30, 55, 40},
      {60, 50, 40, 30},     {40, 40, 40, 40, 60}, {30, 30, 30}};
  for (const std::vector<int>& bits : chains) {
    std::string chain;
    for (const int size : bits) chain += " " + std::to_string(size);
    CAPTURE(chain);
    for (const int log2_ring : {12, 13, 14}) {
      CAPTURE(log2_ring);
      const Library library(log2_ring, bits);
      const seal_backend he(library.context, library.relin_keys);
      for (auto data = library.context.first_context_data(); data->next_context_data();
           data = data->next_context_data()) {
        CAPTURE(data->chain_index());
        for (int kind = 0; kind < 3; ++kind) {
          CAPTURE(kind);
          const auto x = ciphertext_of(library.context, data, [&](std::uint64_t prime) {
            if (kind == 0) return random() % prime;
            return kind == 1 ? prime - 1 : random() % 2;  // the largest; small ones
          });
          const seal::Ciphertext before = x;
          const int ties =
              ties_between(library, he.relinearize_and_rescale(x), by_seal(library, x));
          if (kind == 0) CHECK(ties <= most_ties);
          CHECK(x.parms_id() == before.parms_id());
          CHECK(std::equal(x.data(), x.data() + x.dyn_array().size(), before.data()));
        }
      }
    }
  }
}

// The check above must see a coefficient that is off.
TEST_CASE("SEAL: the comparison of coefficients sees an error of 2 in one of them") {
  const Library library(12, {60, 40, 40, 60});
  std::mt19937_64 random(test::seed());
  const auto x = ciphertext_of(library.context, library.context.first_context_data(),
                               [&](std::uint64_t prime) { return random() % prime; });
  seal::Ciphertext y = by_seal(library, x);
  CHECK(ties_between(library, y, y) == 0);
  seal::Ciphertext z = y;
  library.evaluator.transform_from_ntt_inplace(z);
  const auto& primes = library.context.get_context_data(z.parms_id())->parms().coeff_modulus();
  for (std::size_t tower = 0; tower < primes.size(); ++tower) {
    std::uint64_t& residue = z.data(1)[tower * z.poly_modulus_degree() + 7];
    residue = (residue + 1) % primes[tower].value();
  }
  library.evaluator.transform_to_ntt_inplace(z);
  CHECK(ties_between(library, z, y) == 1);
}

TEST_CASE("SEAL: fused, the noise is that of two operations") {
  constexpr int log2_ring = 12;
  constexpr int ciphertexts = 20;
  Library library(log2_ring, {60, 40, 40, 60});
  const seal_backend he(library.context, library.relin_keys);
  seal::PublicKey public_key;
  library.keys.create_public_key(public_key);
  seal::Encryptor encryptor(library.context, public_key);
  seal::Decryptor decryptor(library.context, library.keys.secret_key());
  seal::CKKSEncoder encoder(library.context);
  std::mt19937_64 random(test::seed());
  CAPTURE(test::seed());
  double squares[2] = {0, 0};
  for (int i = 0; i < ciphertexts; ++i) {
    std::vector<double> values(encoder.slot_count());
    for (double& value : values) value = static_cast<double>(random() % 2001) / 1000 - 1;
    seal::Plaintext plaintext;
    encoder.encode(values, 0x1p+40, plaintext);
    seal::Ciphertext x;
    encryptor.encrypt(plaintext, x);
    const seal::Ciphertext square = he.square(x);
    int which = 0;
    for (const auto& y : {he.relinearize_and_rescale(square), by_seal(library, square)}) {
      seal::Plaintext decrypted;
      decryptor.decrypt(y, decrypted);
      std::vector<double> results;
      encoder.decode(decrypted, results);
      for (std::size_t k = 0; k < results.size(); ++k) {
        const double error = results[k] - values[k] * values[k];
        squares[which] += error * error;
      }
      ++which;
    }
  }
  const double bits = std::log2(squares[0] / squares[1]) / 2;
  MESSAGE("rms of the noise, fused against separate: " << bits << " bits");
  // Measured: 0 to all digits, as the ciphertexts are equal but for ties. A tie, of probability
  // 2^-39 in 20 * 2^13 coefficients, could change it.
  CHECK(std::abs(bits) <= 0.01);
}

TEST_CASE("SEAL: fused, threads side by side give equal bits") {
  const Library library(13, {60, 50, 50, 50, 60});
  const seal_backend he(library.context, library.relin_keys);
  std::mt19937_64 random(test::seed());
  const auto x = ciphertext_of(library.context, library.context.first_context_data(),
                               [&](std::uint64_t prime) { return random() % prime; });
  const seal::Ciphertext expected = he.relinearize_and_rescale(x);
  std::vector<seal::Ciphertext> results(4);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] { result = he.relinearize_and_rescale(x); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) {
    CHECK(
        std::equal(expected.data(), expected.data() + expected.dyn_array().size(), result.data()));
  }
}

TEST_CASE("SEAL: fused, a result that is readable without a key is refused as SEAL refuses it") {
  const Library library(12, {60, 40, 60});
  const seal_backend he(library.context, library.relin_keys);
  auto x = ciphertext_of(library.context, library.context.first_context_data(),
                         [](std::uint64_t) { return std::uint64_t{1}; });
  std::fill_n(x.data(1), 2 * x.poly_modulus_degree() * x.coeff_modulus_size(), 0);
  CHECK_THROWS_AS(by_seal(library, x), std::logic_error);
  CHECK_THROWS_AS(he.relinearize_and_rescale(x), std::logic_error);
}
