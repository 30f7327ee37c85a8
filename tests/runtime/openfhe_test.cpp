// The adapter of OpenFHE, on OpenFHE.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/openfhe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "monic_d4.hpp"
#include "relu_vectors.hpp"
#include "tests/runtime/encrypted_checks.hpp"
#include "tests/runtime/readme_cells.hpp"

using namespace equiripple;

namespace {

using Element = lbcrypto::DCRTPoly;

class OpenFHE {
 public:
  using Backend = openfhe_backend;
  SimulatedLibrary simulated_as = SimulatedLibrary::openfhe;

  OpenFHE(lbcrypto::ScalingTechnique technique, int log2_ring, int log2_scale, int levels,
          bool has_keys = true)
      : log2_ring_(log2_ring), log2_scale_(log2_scale) {
    if (technique == lbcrypto::FLEXIBLEAUTOEXT) simulated_as = SimulatedLibrary::openfhe_extended;
    lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> parameters;
    parameters.SetMultiplicativeDepth(static_cast<std::uint32_t>(levels));
    parameters.SetScalingModSize(static_cast<std::uint32_t>(log2_scale));
    parameters.SetFirstModSize(60);
    parameters.SetRingDim(1U << log2_ring);
    parameters.SetBatchSize(1U << (log2_ring - 1));
    parameters.SetSecurityLevel(lbcrypto::HEStd_NotSet);
    parameters.SetScalingTechnique(technique);
    context_ = lbcrypto::GenCryptoContext(parameters);
    for (const auto feature :
         {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE, lbcrypto::ADVANCEDSHE})
      context_->Enable(feature);
    keys_ = context_->KeyGen();
    if (has_keys) context_->EvalMultKeyGen(keys_.secretKey);
    backend_.emplace(context_);
  }

  Backend& backend() { return *backend_; }
  const lbcrypto::CryptoContext<Element>& context() const { return context_; }
  const lbcrypto::KeyPair<Element>& keys() const { return keys_; }
  std::size_t slots() const { return std::size_t{1} << (log2_ring_ - 1); }
  int log2_ring() const { return log2_ring_; }
  int log2_scale() const { return log2_scale_; }

  Backend::Ciphertext encrypt(const std::vector<double>& values) {
    return context_->Encrypt(keys_.publicKey, context_->MakeCKKSPackedPlaintext(values));
  }
  std::vector<double> decrypt(const Backend::Ciphertext& x) {
    lbcrypto::Plaintext plaintext;
    context_->Decrypt(keys_.secretKey, x, &plaintext);
    plaintext->SetLength(slots());
    return plaintext->GetRealPackedValue();
  }

 private:
  int log2_ring_;
  int log2_scale_;
  lbcrypto::CryptoContext<Element> context_;
  lbcrypto::KeyPair<Element> keys_;
  std::optional<Backend> backend_;
};

constexpr int levels = 15;

OpenFHE& wide() {
  static OpenFHE library(lbcrypto::FIXEDMANUAL, 13, 50, levels);
  return library;
}

// Decrypt adds noise: what is compared is encrypted.
bool same_bits(const openfhe_backend::Ciphertext& x, const openfhe_backend::Ciphertext& y) {
  return x->GetElements() == y->GetElements() && x->GetScalingFactor() == y->GetScalingFactor() &&
         x->GetNoiseScaleDeg() == y->GetNoiseScaleDeg() && x->GetLevel() == y->GetLevel();
}

}  // namespace

TEST_CASE("OpenFHE: values and their precision, FIXEDMANUAL") { test::check_all_values(wide()); }

TEST_CASE("OpenFHE: values and their precision in the automatic modes") {
  for (const auto technique :
       {lbcrypto::FIXEDAUTO, lbcrypto::FLEXIBLEAUTO, lbcrypto::FLEXIBLEAUTOEXT}) {
    CAPTURE(technique);
    OpenFHE library(technique, 13, 50, levels);
    test::check_values<sign_d63::Plan>(library);
    test::check_values<relu_small::Plan>(library);
    test::check_values<relu_large::Plan>(library);
  }
}

TEST_CASE("OpenFHE: values and their precision at scale 2^40") {
  OpenFHE library(lbcrypto::FIXEDMANUAL, 12, 40, levels);
  test::check_all_values(library);
}

TEST_CASE("OpenFHE: the cells of the README") { test::check_readme(wide(), "OpenFHE"); }
TEST_CASE("OpenFHE: two inputs") { test::check_two_inputs(wide()); }
TEST_CASE("OpenFHE: prepared plans") { test::check_prepared(wide()); }
TEST_CASE("OpenFHE: a program from a text") { test::check_program(wide(), same_bits); }
TEST_CASE("OpenFHE: the level of the result") {
  test::check_output_level(wide());
  OpenFHE automatic(lbcrypto::FLEXIBLEAUTO, 12, 50, levels);
  test::check_output_level(automatic);
}
TEST_CASE("OpenFHE: the guard") {
  test::check_guard(wide());
  // Fresh ciphertexts of this mode are rescaled first, as evaluate does.
  OpenFHE extended(lbcrypto::FLEXIBLEAUTOEXT, 12, 50, levels);
  test::check_guard(extended);
}
TEST_CASE("OpenFHE: starts and corrections") { test::check_all_corrected(wide()); }

// The library reads a result at its own scale: the factor of absorption cannot stay in it.
TEST_CASE("OpenFHE: an absorbed factor takes a scalar product") {
  auto& he = wide().backend();
  const auto inputs = test::spread(-50, 50, wide().slots());
  const auto x = wide().encrypt(inputs);
  const auto y = relu_single::evaluate(he, x);
  CHECK(he.level(y) == he.level(x) - relu_single::Plan::levels - 2);  // one more for the range
  CHECK(he.level(y) == he.level(x) - required_levels<relu_single::Plan>(he, x));
  // With a level more than the simulation, whose library reads factors: not more than twice its
  // noise.
  const test::Noise noise = test::plan_noise<relu_single::Plan>(wide(), levels, inputs);
  CHECK(test::largest_difference(
            wide().decrypt(y), test::clear_values<relu_single::Plan>(inputs)) <= 2 * noise.upper());
}

// A monic polynomial of degree 4 in two levels and that of its range: four times the result.
TEST_CASE("OpenFHE: a whole leading coefficient takes additions") {
  static_assert(monic_d4::Plan::output_scale_factor == 0.25);
  CHECK(monic_d4::Plan::levels == 2);
  for (const auto technique : {lbcrypto::FIXEDMANUAL, lbcrypto::FLEXIBLEAUTO}) {
    CAPTURE(technique);
    OpenFHE library(technique, 11, 50, 5);
    auto& he = library.backend();
    const auto inputs = test::spread(-2, 2, library.slots());
    const auto x = library.encrypt(inputs);
    const auto y = monic_d4::evaluate(he, x);
    CHECK(he.level(y) == he.level(x) - 3);
    CHECK(required_levels<monic_d4::Plan>(he, x) == 3);
    CHECK(test::largest_difference(library.decrypt(y),
                                   test::clear_values<monic_d4::Plan>(inputs)) <= 0x1p-24);
  }
}

// What the library computes next with a result comes out right, whichever its lazy state.
TEST_CASE("OpenFHE: the library goes on with a result, and takes its own for an input") {
  for (const auto technique :
       {lbcrypto::FIXEDAUTO, lbcrypto::FLEXIBLEAUTO, lbcrypto::FLEXIBLEAUTOEXT}) {
    CAPTURE(technique);
    OpenFHE library(technique, 12, 50, levels);
    auto& he = library.backend();
    const auto inputs = test::spread(-1, 1, library.slots());
    const auto x = library.encrypt(inputs);
    const auto squared = library.context()->EvalMult(x, x);
    CHECK(required_levels<sign_d63::Plan>(he, squared) > sign_d63::Plan::levels);
    const auto y = sign_d63::evaluate(he, squared);
    const auto z = library.context()->EvalAdd(library.context()->EvalMult(y, y), x);
    std::vector<double> expected;
    plain clear;
    for (const double value : inputs) {
      const double of_square = sign_d63::evaluate(clear, value * value);
      expected.push_back(of_square * of_square + value);
    }
    const test::Noise noise = test::noise_of(
        library, he.level(x), inputs, expected, [](simulated& twin, const auto& fresh) {
          const auto product = twin.relinearize(twin.square(fresh));
          const auto sign = sign_d63::evaluate(twin, product);
          auto sum = twin.rescale(twin.relinearize(twin.square(sign)));
          for (std::size_t i = 0; i < sum.values.size(); ++i) sum.values[i] += fresh.values[i];
          return sum;
        });
    CHECK(test::largest_difference(library.decrypt(z), expected) <= noise.upper());
  }
}

TEST_CASE("OpenFHE: operands that cannot be computed with") {
  auto& he = wide().backend();
  const auto x = wide().encrypt(test::spread(-1, 1, wide().slots()));
  const auto refuses = [&](const openfhe_backend::Ciphertext& operand, const char* why) {
    CAPTURE(why);
    CHECK_THROWS_WITH_AS(sign_chain::evaluate(he, operand), doctest::Contains(why),
                         wrong_ciphertext);
  };
  refuses(nullptr, "null pointer");
  refuses(he.multiply(x, x), "3 components");
  OpenFHE other(lbcrypto::FIXEDMANUAL, 12, 40, 3);
  refuses(other.encrypt({0.5}), "another CryptoContext");
  const auto coefficients = x->Clone();
  for (Element& component : coefficients->GetElements()) component.SetFormat(Format::COEFFICIENT);
  refuses(coefficients, "evaluation form");
  const auto cut = x->Clone();  // fewer primes than its level says
  for (Element& component : cut->GetElements()) component.DropLastElement();
  refuses(cut, "primes");
  const auto integers = x->Clone();
  integers->SetEncodingType(lbcrypto::PACKED_ENCODING);
  refuses(integers, "not of CKKS");
  CHECK_THROWS_AS(sign_chain::prepare(he, 99, he.prescribed_scale(0)), wrong_level);
  CHECK_THROWS_AS(sign_chain::evaluate(he, he.drop_to_level(x, 3)), not_enough_levels);

  OpenFHE without_keys(lbcrypto::FIXEDMANUAL, 11, 41, 3, false);
  CHECK_THROWS_WITH_AS(exp_d12::evaluate(without_keys.backend(), without_keys.encrypt({0.5})),
                       doctest::Contains("EvalMultKeyGen"), wrong_ciphertext);
}

TEST_CASE("OpenFHE: composite scaling is refused before any work") {
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> parameters;
  parameters.SetMultiplicativeDepth(4);
  parameters.SetScalingModSize(50);
  parameters.SetFirstModSize(60);
  parameters.SetRingDim(1U << 11);
  parameters.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  parameters.SetScalingTechnique(lbcrypto::COMPOSITESCALINGAUTO);
  parameters.SetRegisterWordSize(32);
  const auto context = lbcrypto::GenCryptoContext(parameters);
  CHECK_THROWS_WITH_AS(openfhe_backend{context}, doctest::Contains("another scaling technique"),
                       wrong_ciphertext);
}

// The library's own EvalAdd and EvalMult refuse the first; values of the second would be mixed up.
TEST_CASE("OpenFHE: two ciphertexts that cannot be computed with together") {
  OpenFHE library(lbcrypto::FIXEDMANUAL, 11, 50, max_chain::Plan::levels + 1);
  auto& he = library.backend();
  const auto values = test::spread(-1, 1, library.slots());
  const auto x = library.encrypt(values);
  const auto y = library.encrypt(values);
  CHECK_NOTHROW(max_chain::evaluate(he, x, y));
  const auto other_keys = library.context()->KeyGen();
  library.context()->EvalMultKeyGen(other_keys.secretKey);
  const auto foreign = library.context()->Encrypt(
      other_keys.publicKey, library.context()->MakeCKKSPackedPlaintext(values));
  CHECK_THROWS_AS(library.context()->EvalSub(x, foreign), lbcrypto::OpenFHEException);
  const auto sparse = library.context()->Encrypt(
      library.keys().publicKey,
      library.context()->MakeCKKSPackedPlaintext(std::vector<double>(8, 0.5), 1, 0, nullptr, 8));
  const auto prepared = max_chain::prepare(he, he.level(x), he.scale(x));
  for (const auto& [wrong, why] : {std::pair{foreign, "different keys"}, {sparse, "slots"}}) {
    CHECK_THROWS_WITH_AS(max_chain::evaluate(he, x, wrong), doctest::Contains(why),
                         wrong_ciphertext);
    CHECK_THROWS_WITH_AS(max_chain::evaluate(he, wrong, x), doctest::Contains(why),
                         wrong_ciphertext);
    CHECK_THROWS_WITH_AS(prepared.evaluate(x, wrong), doctest::Contains(why), wrong_ciphertext);
  }
}

// FIXEDMANUAL decrypts at the nominal scale whatever a ciphertext says; FLEXIBLEAUTO adds as if it
// had the scale of its level.
TEST_CASE("OpenFHE: a scale of the result that the library would not read is refused") {
  for (const auto technique : {lbcrypto::FIXEDMANUAL, lbcrypto::FLEXIBLEAUTO}) {
    CAPTURE(technique);
    OpenFHE library(technique, 11, 50, sigmoid_d31::Plan::levels + 1);
    auto& he = library.backend();
    const auto x = library.encrypt(test::spread(-8, 8, library.slots()));
    CHECK_THROWS_WITH_AS(sigmoid_d31::evaluate(he, x, std::exp2(45)),
                         doctest::Contains("reads a result"), wrong_scale);
    CHECK_THROWS_AS(sigmoid_d31::prepare(he, he.level(x), he.scale(x), std::exp2(45)), wrong_scale);
    const int left = he.level(x) - required_levels<sigmoid_d31::Plan>(he, x);
    CHECK_NOTHROW(sigmoid_d31::evaluate(he, x, he.prescribed_scale(left)));
  }
}

TEST_CASE("OpenFHE: contexts that cannot be computed with") {
  CHECK_THROWS_AS(openfhe_backend(nullptr), wrong_ciphertext);
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> complex;
  complex.SetMultiplicativeDepth(2);
  complex.SetScalingModSize(40);
  complex.SetRingDim(1U << 10);
  complex.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  complex.SetCKKSDataType(lbcrypto::COMPLEX);
  CHECK_THROWS_WITH_AS(openfhe_backend(lbcrypto::GenCryptoContext(complex)),
                       doctest::Contains("complex slots"), wrong_ciphertext);
  lbcrypto::CCParams<lbcrypto::CryptoContextBGVRNS> integers;
  integers.SetPlaintextModulus(65537);
  integers.SetMultiplicativeDepth(1);
  CHECK_THROWS_WITH_AS(openfhe_backend(lbcrypto::GenCryptoContext(integers)),
                       doctest::Contains("CKKS"), wrong_ciphertext);
}

TEST_CASE("OpenFHE: several threads make the bits of one") {
  for (const auto technique : {lbcrypto::FIXEDMANUAL, lbcrypto::FLEXIBLEAUTO}) {
    CAPTURE(technique);
    OpenFHE library(technique, 11, 50, levels);
    test::check_threads(library, same_bits);
  }
}

#ifdef _OPENMP
// The library's loops say by themselves how many threads they want.
TEST_CASE("OpenFHE: the library keeps to one thread where it is told, and only there") {
  const auto threads_of_a_region = [] {
    int threads = 0;
#pragma omp parallel num_threads(2)
    {
#pragma omp single
      threads = omp_get_num_threads();
    }
    return threads;
  };
  auto& he = wide().backend();
  REQUIRE(threads_of_a_region() == 2);
  {
    const auto scope = he.in_one_thread();
    CHECK(threads_of_a_region() == 1);
    CHECK(he.library_threads() == 1);
  }
  CHECK(threads_of_a_region() == 2);
  CHECK(he.library_threads() == omp_get_max_threads());
}
#endif

// emit --target openfhe: by EvalChebyshevSeries itself, c[0] doubled because it halves it.
TEST_CASE("OpenFHE: the emitted vectors are ReLU in OpenFHE's own evaluator") {
  OpenFHE library(lbcrypto::FLEXIBLEAUTO, 12, 50, 12);
  std::vector<double> values;
  for (std::size_t i = 0; i < library.slots(); ++i) {
    values.push_back(100 * static_cast<double>(i) / static_cast<double>(library.slots() - 1) - 50);
  }
  const auto result =
      library.decrypt(relu_vectors::evaluate(library.context(), library.encrypt(values)));
  // Its evaluator takes its own way to the same polynomials: up to 3 bits more noise than ours.
  const test::Noise noise = test::plan_noise<relu_small::Plan>(library, 12, values);
  const double bound = relu_vectors::error_at_most * relu_vectors::error_unit + 8 * noise.upper();
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(result[i] - std::max(values[i], 0.0)));
  }
  CHECK(largest <= bound);
  CHECK(largest >= bound / 2);  // the error of these degrees, not of another function
}
