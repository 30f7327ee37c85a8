// The adapter of SEAL, on SEAL.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/seal.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "tests/runtime/encrypted_checks.hpp"
#include "tests/runtime/readme_cells.hpp"

using namespace equiripple;

namespace {

class Seal {
 public:
  using Backend = seal_backend;
  static constexpr SimulatedLibrary simulated_as = SimulatedLibrary::seal;

  Seal(int log2_ring, int log2_scale, int levels)
      : log2_ring_(log2_ring),
        log2_scale_(log2_scale),
        context_(parameters(log2_ring, log2_scale, levels), true, seal::sec_level_type::none),
        keys_(context_),
        encoder_(context_) {
    keys_.create_public_key(public_key_);
    keys_.create_relin_keys(relin_keys_);
    backend_.emplace(context_, relin_keys_);
  }

  Backend& backend() { return *backend_; }
  const seal::SEALContext& context() const { return context_; }
  const seal::RelinKeys& relin_keys() const { return relin_keys_; }
  std::size_t slots() const { return encoder_.slot_count(); }
  int log2_ring() const { return log2_ring_; }
  int log2_scale() const { return log2_scale_; }

  seal::Ciphertext encrypt(const std::vector<double>& values) { return encrypt(values, scale()); }
  seal::Ciphertext encrypt(const std::vector<double>& values, double scale) {
    seal::Plaintext plaintext;
    encoder_.encode(values, scale, plaintext);
    seal::Ciphertext x;
    seal::Encryptor(context_, public_key_).encrypt(plaintext, x);
    return x;
  }
  std::vector<double> decrypt(const seal::Ciphertext& x) {
    seal::Plaintext plaintext;
    seal::Decryptor(context_, keys_.secret_key()).decrypt(x, plaintext);
    std::vector<double> values;
    encoder_.decode(plaintext, values);
    return values;
  }
  double scale() const { return std::exp2(log2_scale_); }

 private:
  static seal::EncryptionParameters parameters(int log2_ring, int log2_scale, int levels) {
    seal::EncryptionParameters parameters(seal::scheme_type::ckks);
    const std::size_t ring = std::size_t{1} << log2_ring;
    parameters.set_poly_modulus_degree(ring);
    std::vector<int> bits(1, 60);
    bits.insert(bits.end(), static_cast<std::size_t>(levels), log2_scale);
    bits.push_back(60);
    parameters.set_coeff_modulus(seal::CoeffModulus::Create(ring, bits));
    return parameters;
  }

  int log2_ring_;
  int log2_scale_;
  seal::SEALContext context_;
  seal::KeyGenerator keys_;
  seal::CKKSEncoder encoder_;
  seal::PublicKey public_key_;
  seal::RelinKeys relin_keys_;
  std::optional<Backend> backend_;
};

constexpr int levels = 14;

Seal& wide() {
  static Seal library(13, 50, levels);
  return library;
}

bool same_bits(const seal::Ciphertext& x, const seal::Ciphertext& y) {
  return x.scale() == y.scale() && x.parms_id() == y.parms_id() && x.size() == y.size() &&
         std::equal(x.data(0), x.data(0) + x.dyn_array().size(), y.data(0));
}

}  // namespace

TEST_CASE("SEAL: values and their precision at scale 2^50") { test::check_all_values(wide()); }

TEST_CASE("SEAL: values and their precision at scale 2^40") {
  Seal library(13, 40, levels);
  test::check_all_values(library);
}

TEST_CASE("SEAL: the cells of the README") { test::check_readme(wide(), "SEAL"); }
TEST_CASE("SEAL: two inputs") { test::check_two_inputs(wide()); }
TEST_CASE("SEAL: prepared plans") { test::check_prepared(wide()); }
TEST_CASE("SEAL: a program from a text") { test::check_program(wide(), same_bits); }
TEST_CASE("SEAL: several threads") { test::check_threads(wide(), same_bits); }
TEST_CASE("SEAL: the level of the result") { test::check_output_level(wide()); }
TEST_CASE("SEAL: the guard") { test::check_guard(wide()); }
TEST_CASE("SEAL: starts and corrections") { test::check_all_corrected(wide()); }

TEST_CASE("SEAL: an input's scale holds the range, and the factor of absorption is read off") {
  Seal& library = wide();
  const auto inputs = test::spread(-50, 50, library.slots());
  const double scale = library.scale() / 50;
  const auto x = library.encrypt(inputs, scale);
  const auto y = relu_small::evaluate(library.backend(), x);
  CHECK(library.backend().level(y) == levels - relu_small::Plan::levels);
  CHECK(y.scale() == x.scale());
  const auto expected = test::clear_values<relu_small::Plan>(inputs);
  const test::Noise noise = test::plan_noise<relu_small::Plan>(library, levels, inputs, scale);
  CHECK(test::largest_difference(library.decrypt(y), expected) <= noise.upper());
  const auto z = relu_small::evaluate(library.backend(), x, 0x1p+45);
  CHECK(z.scale() == 0x1p+45);
  const test::Noise chosen = test::noise_of(
      library, levels, inputs, expected,
      [](simulated& he, const auto& twin) { return relu_small::evaluate(he, twin, 0x1p+45); },
      scale);
  CHECK(test::largest_difference(library.decrypt(z), expected) <= chosen.upper());

  const auto absorbed = relu_single::evaluate(library.backend(), x);
  CHECK(library.backend().level(absorbed) == levels - relu_single::Plan::levels);
  CHECK(test::largest_difference(library.decrypt(absorbed),
                                 test::clear_values<relu_single::Plan>(inputs)) <=
        test::plan_noise<relu_single::Plan>(library, levels, inputs, scale).upper());
}

// What would make SEAL throw midway is refused before, in terms of the function.
TEST_CASE("SEAL: operands that cannot be computed with") {
  Seal& library = wide();
  auto& he = library.backend();
  const auto x = library.encrypt(test::spread(-1, 1, library.slots()));
  const auto refuses = [&](const seal::Ciphertext& operand, const char* why) {
    CAPTURE(why);
    CHECK_THROWS_WITH_AS(sign_chain::evaluate(he, operand), doctest::Contains(why),
                         wrong_ciphertext);
  };
  refuses(he.multiply(x, x), "3 components");
  refuses(seal::Ciphertext(), "another SEALContext, or is empty");
  Seal other(12, 40, 2);
  refuses(other.encrypt({0.5}), "another SEALContext");
  seal::Ciphertext coefficients = x;
  seal::Evaluator(library.context()).transform_from_ntt_inplace(coefficients);
  refuses(coefficients, "NTT form");
  // As after a subtraction of a ciphertext from itself, or of one made without a key.
  seal::Ciphertext readable = x;
  std::fill_n(readable.data(1), readable.poly_modulus_degree() * readable.coeff_modulus_size(), 0);
  refuses(readable, "transparent");
  seal::Ciphertext of_keys = x;
  of_keys.parms_id() = library.context().key_parms_id();
  refuses(of_keys, "level of the keys");
  CHECK_THROWS_AS(sign_chain::prepare(he, 99, library.scale()), wrong_level);

  try {
    static_cast<void>(sign_chain::evaluate(he, he.drop_to_level(x, 3)));
    FAIL("no exception");
  } catch (const not_enough_levels& error) {
    CHECK(error.needed == sign_chain::Plan::levels);
    CHECK(error.left == 3);
  }
  seal::Ciphertext faint = x;
  faint.scale() = 0x1p+12;
  CHECK_THROWS_AS(sign_chain::evaluate(he, faint), wrong_scale);
  // At the last level 60 bits are left: a result of 2^60 does not fit.
  CHECK_THROWS_WITH_AS(
      sign_chain::evaluate(he, he.drop_to_level(x, sign_chain::Plan::levels), 0x1p+60),
      doctest::Contains("room"), wrong_scale);
}

// SEAL itself throws std::logic_error, in the middle.
TEST_CASE("SEAL: a maximum of a ciphertext and itself has a transparent difference") {
  Seal& library = wide();
  auto& he = library.backend();
  const auto x = library.encrypt(test::spread(-1, 1, library.slots()));
  const auto y = library.encrypt(test::spread(-1, 1, library.slots()));
  CHECK_NOTHROW(max_chain::evaluate(he, x, y));
  for (const auto& same : {x, he.drop_to_level(x, he.level(x) - 1)}) {
    CHECK_THROWS_WITH_AS(max_chain::evaluate(he, x, same), doctest::Contains("transparent"),
                         wrong_ciphertext);
  }
}

// Both must outlive the backend.
static_assert(
    std::is_constructible_v<seal_backend, const seal::SEALContext&, const seal::RelinKeys&>);
static_assert(!std::is_constructible_v<seal_backend, seal::SEALContext, const seal::RelinKeys&>);
static_assert(!std::is_constructible_v<seal_backend, const seal::SEALContext&, seal::RelinKeys>);
static_assert(!std::is_constructible_v<seal_backend, seal::SEALContext, seal::RelinKeys>);

TEST_CASE("SEAL: contexts and keys that cannot be computed with") {
  Seal& library = wide();
  const seal::RelinKeys none;
  CHECK_THROWS_WITH_AS(seal_backend(library.context(), none),
                       doctest::Contains("relinearization keys"), wrong_ciphertext);
  Seal other(12, 40, 2);
  seal::RelinKeys foreign;
  seal::KeyGenerator(other.context()).create_relin_keys(foreign);
  CHECK_THROWS_AS(seal_backend(library.context(), foreign), wrong_ciphertext);
  seal::EncryptionParameters integers(seal::scheme_type::bfv);
  integers.set_poly_modulus_degree(4096);
  integers.set_coeff_modulus(seal::CoeffModulus::BFVDefault(4096));
  integers.set_plain_modulus(seal::PlainModulus::Batching(4096, 20));
  const seal::SEALContext bfv(integers);
  CHECK_THROWS_WITH_AS(seal_backend(bfv, none), doctest::Contains("CKKS"), wrong_ciphertext);
}

namespace {

// As much user code does: a rescaling divides the scale by the nominal size of the prime.
struct Nominal : seal_backend {
  using seal_backend::seal_backend;
  Ciphertext rescale(const Ciphertext& x) const {
    Ciphertext result = seal_backend::rescale(x);
    result.scale() = x.scale() / modulus_at(0);
    return result;
  }
  Ciphertext relinearize_and_rescale(const Ciphertext& x) const { return rescale(relinearize(x)); }
  double modulus_at(int) const { return 0x1p+50; }
};

}  // namespace

TEST_CASE("SEAL: exact scales keep what nominal ones lose, at least 2 bits") {
  Seal& library = wide();
  Nominal nominal(library.context(), library.relin_keys());
  const auto inputs =
      test::spread(relu_small::Plan::lower, relu_small::Plan::upper, library.slots());
  const auto x = library.encrypt(inputs);
  const auto expected = test::clear_values<relu_small::Plan>(inputs);
  const auto error = [&](auto& he) {
    return test::largest_difference(library.decrypt(relu_small::evaluate(he, x)), expected);
  };
  const test::Noise noise = test::plan_noise<relu_small::Plan>(library, levels, inputs);
  const double lost = error(nominal);
  CHECK(noise.probability_above(lost / 4) <= test::failure_probability);
  CHECK(error(library.backend()) <= lost / 4);
}
