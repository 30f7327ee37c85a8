// EvalBootstrap of OpenFHE as the refresh between stages.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/openfhe_fast.hpp>
#include <string>
#include <vector>

#include "argmax_bootstrapped.hpp"
#include "layernorm_bootstrapped.hpp"
#include "layernorm_bootstrapped_fixed.hpp"
#include "relu_bootstrapped.hpp"
#include "relu_input_bootstrapped.hpp"
#include "sign_bootstrapped.hpp"
#include "softmax_bootstrapped.hpp"
#include "softmax_bootstrapped_fixed.hpp"
#include "tests/runtime/encrypted_checks.hpp"

using namespace equiripple;

namespace {

using Element = lbcrypto::DCRTPoly;

constexpr std::uint32_t slots = 8;
constexpr int after = 9;  // levels that a refresh leaves
const std::vector<double> inputs = {-1, -0.5, -0.25, -0.05, 0.05, 0.25, 0.5, 1};

// A context that can bootstrap, without the keys for it.
struct Setting {
  explicit Setting(lbcrypto::ScalingTechnique technique, std::uint32_t log2_ring = 11) {
    const std::vector<std::uint32_t> level_budget = {1, 1};
    lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> parameters;
    parameters.SetSecretKeyDist(lbcrypto::UNIFORM_TERNARY);
    parameters.SetScalingModSize(50);
    parameters.SetFirstModSize(60);
    parameters.SetRingDim(1U << log2_ring);
    parameters.SetBatchSize(slots);
    parameters.SetSecurityLevel(lbcrypto::HEStd_NotSet);
    parameters.SetScalingTechnique(technique);
    parameters.SetMultiplicativeDepth(
        after + lbcrypto::FHECKKSRNS::GetBootstrapDepth(level_budget, lbcrypto::UNIFORM_TERNARY));
    context = lbcrypto::GenCryptoContext(parameters);
    for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE,
                               lbcrypto::ADVANCEDSHE, lbcrypto::FHE}) {
      context->Enable(feature);
    }
    context->EvalBootstrapSetup(level_budget, {0, 0}, slots);
    keys = context->KeyGen();
    context->EvalMultKeyGen(keys.secretKey);
  }

  openfhe_backend::Ciphertext encrypt(const std::vector<double>& values = inputs) const {
    return context->Encrypt(keys.publicKey,
                            context->MakeCKKSPackedPlaintext(values, 1, 0, nullptr, slots));
  }
  std::vector<double> decrypt(const openfhe_backend::Ciphertext& x) const {
    lbcrypto::Plaintext plaintext;
    context->Decrypt(keys.secretKey, x, &plaintext);
    plaintext->SetLength(slots);
    return plaintext->GetRealPackedValue();
  }

  lbcrypto::CryptoContext<Element> context;
  lbcrypto::KeyPair<Element> keys;
};

// Of two vectors side by side: slot 2 i + j is entry i of vector j.
openfhe_backend::Ciphertext sum_of_both(openfhe_backend::Ciphertext y) {
  for (const int step : {2, 4}) {
    const auto& context = y->GetCryptoContext();
    y = context->EvalAdd(y, context->EvalRotate(y, step));
  }
  return y;
}

// A function of four slots with real refreshes, against what it should be and its claim; in its
// scaling mode.
struct OfSlots {
  std::string name;
  lbcrypto::ScalingTechnique technique;
  SlotRefreshes refresh;
  int input_levels;
  double claimed;
};

template <class Evaluate>
void keeps_claim(const OfSlots& f, const std::vector<double>& values,
                 const std::vector<double>& expected, const Evaluate& evaluate) {
  const Setting setting(f.technique, 12);
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  setting.context->EvalRotateKeyGen(setting.keys.secretKey, {2, 4});
  openfhe_bootstrapping_backend he(setting.context, f.refresh.levels);
  const auto x = he.drop_to_level(setting.encrypt(values), f.input_levels + 1);
  const auto sum = [](auto&, const openfhe_backend::Ciphertext& y) { return sum_of_both(y); };
  const double error = test::largest_difference(setting.decrypt(evaluate(he, x, sum)), expected);
  MESSAGE(f.name << ": error 2^" << std::log2(error) << ", claimed 2^" << std::log2(f.claimed));
  CHECK(error <= f.claimed);
}

// Of the largest error of a refresh from level 1, log2.
double largest_refresh_error(const Setting& setting, const OpenFheBootstrap& how) {
  const openfhe_bootstrapping_backend he(setting.context, after - 1, 1, how);
  auto x = he.drop_to_level(setting.encrypt(), 1);
  he.set_scale(x, he.refresh_scale(1));
  return std::log2(test::largest_difference(setting.decrypt(he.refresh(x)), inputs));
}

}  // namespace

// ReLU of 13 levels on ciphertexts that have fewer, by EvalBootstrap between its stages.
TEST_CASE("OpenFHE: EvalBootstrap as the refresh between stages") {
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  OpenFheBootstrap any;
  any.refreshes_any_plan = true;
  openfhe_bootstrapping_backend he(setting.context, after - 1, 1, any);
  const openfhe_bootstrapping_backend by_plan(setting.context, after - 1);
  CHECK_THROWS_WITH_AS(relu_large::prepare(by_plan, 10, by_plan.prescribed_scale(10)),
                       doctest::Contains("it was made for no refresh"), not_enough_levels);
  const auto fresh = setting.encrypt();
  CHECK_THROWS_WITH_AS(relu_large::evaluate(he, he.drop_to_level(fresh, 10)),
                       doctest::Contains("EvalBootstrapKeyGen"), wrong_ciphertext);
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);

  const auto expected = test::clear_values<relu_large::Plan>(inputs);
  // From 8 levels the second stage would arrive at level 0, which EvalBootstrap does not take.
  for (const auto& [levels_left, refreshes] : {std::pair{10, 1}, {8, 2}}) {
    const auto x = he.drop_to_level(fresh, levels_left);
    const auto prepared = relu_large::prepare(he, levels_left, he.scale(x));
    CHECK(prepared.refreshes() == refreshes);
    const auto decrypted = setting.decrypt(prepared.evaluate(x));
    // Of the deviation of EvalBootstrap; measured, root mean square of 384 slots.
    constexpr double bootstrap_log2 = -13.7;
    const test::Noise noise = test::simulated_noise(
        expected,
        [&](std::uint64_t seed) {
          SimulationParameters twin;
          twin.moduli = simulated_moduli(10, 0x1p+50, 11);
          twin.log2_ring = 11;
          twin.seed = seed;
          return bootstrapping_simulated(twin, after - 1, bootstrap_log2, 1);
        },
        [&, level = levels_left](bootstrapping_simulated& twin) {
          const auto y = twin.drop_to_level(twin.encrypt(inputs, twin.modulus_at(10)), level);
          return twin.decrypt(relu_large::evaluate(twin, y), expected);
        });
    const double error = test::largest_difference(decrypted, expected);
    MESSAGE(levels_left << " levels: 2^" << std::log2(error) << ", allowed 2^"
                        << std::log2(noise.upper()));
    CHECK(error <= noise.upper());
  }
  CHECK_THROWS_AS(openfhe_bootstrapping_backend(setting.context, 0), wrong_level);
  CHECK_THROWS_AS(openfhe_bootstrapping_backend(setting.context, he.top_level() + 1), wrong_level);
}

// ReLU of 13 levels that says itself where it is refreshed, and counts what that adds: the
// deviation of EvalBootstrap here is below 2^-13 (below); 2^-10 is more than ten of them.
TEST_CASE("OpenFHE: a header with refreshes keeps its claim with EvalBootstrap") {
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  openfhe_bootstrapping_backend he(setting.context, after - 1);
  const auto x = he.drop_to_level(setting.encrypt(), after - 1);
  const auto prepared = relu_bootstrapped::prepare(he, after - 1, he.scale(x));
  CHECK(prepared.refreshes() == relu_bootstrapped::Plan::refreshes);
  const std::vector<double> decrypted = setting.decrypt(prepared.evaluate(x));
  double largest = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    largest = std::max(largest, std::abs(decrypted[i] - std::max(inputs[i], 0.0)));
  }
  MESSAGE("error 2^" << std::log2(largest) << ", claimed 2^"
                     << std::log2(relu_bootstrapped::claim.bound()));
  CHECK(largest <= relu_bootstrapped::claim.bound());
}

// x is refreshed at the beginning, as it has a level left and needs more.
TEST_CASE("OpenFHE: ReLU of an input with one level keeps its claim with EvalBootstrap") {
  using Plan = relu_input_bootstrapped::Plan;
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  const openfhe_bootstrapping_backend he(setting.context, after - 1);
  for (const int start : {1, 2}) {
    const auto x = he.drop_to_level(setting.encrypt(), start);
    const auto prepare = [&] { return relu_input_bootstrapped::prepare(he, start, he.scale(x)); };
    if (start == 1) {  // the range, with noise, is above 1: a level brings x into [-1, 1]
      CHECK_THROWS_AS(prepare(), not_enough_levels);
      continue;
    }
    const auto prepared = prepare();
    CHECK(prepared.refreshes() == Plan::refreshes);
    const std::vector<double> decrypted = setting.decrypt(prepared.evaluate(x));
    double largest = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      largest = std::max(largest, std::abs(decrypted[i] - std::max(inputs[i], 0.0)));
    }
    MESSAGE("error 2^" << std::log2(largest) << ", claimed 2^"
                       << std::log2(relu_input_bootstrapped::claim.bound()));
    CHECK(largest <= relu_input_bootstrapped::claim.bound());
  }
}

// In the fixed modes EvalBootstrap leaves a deviation of 2^-9.5: 2^-5.2 is nineteen of them.
TEST_CASE("OpenFHE: a sign with a refresh keeps its claim in FIXEDMANUAL and FLEXIBLEAUTO") {
  using Plan = sign_bootstrapped::Plan;
  REQUIRE(Plan::refreshes >= 1);
  for (const auto technique : {lbcrypto::FIXEDMANUAL, lbcrypto::FLEXIBLEAUTO}) {
    CAPTURE(technique);
    const Setting setting(technique, 12);
    setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
    const openfhe_bootstrapping_backend he(setting.context, after - 1);
    constexpr int start = 4;  // as the request has it
    const auto x = he.drop_to_level(setting.encrypt(), start);
    const auto prepared = sign_bootstrapped::prepare(he, start, he.scale(x));
    CHECK(prepared.refreshes() == Plan::refreshes);
    const std::vector<double> decrypted = setting.decrypt(prepared.evaluate(x));
    double largest = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (std::abs(inputs[i]) < sign_bootstrapped::domain_1[1][0]) continue;
      largest = std::max(largest, std::abs(decrypted[i] - (inputs[i] > 0 ? 1 : -1)));
    }
    MESSAGE("error 2^" << std::log2(largest) << ", claimed 2^"
                       << std::log2(sign_bootstrapped::claim.bound()));
    CHECK(largest <= sign_bootstrapped::claim.bound() * 1.1);  // and the noise of the last stage
  }
}

// The deviation in FLEXIBLEAUTO is below 2^-13; 2^-10 is more than ten of them.
TEST_CASE("OpenFHE: an argmax that is refreshed keeps its claim with EvalBootstrap") {
  namespace f = argmax_bootstrapped;
  REQUIRE(f::refreshes >= 2);
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  openfhe_bootstrapping_backend he(setting.context, f::refresh.levels);
  const std::vector<double> values = {0.5, -1, -0.5, 0, -1, 1, 0, -0.25};
  const auto fresh = setting.encrypt(values);
  // The input is read as larger than its scale says, by a level.
  const auto x = he.drop_to_level(fresh, f::input_levels + 1);
  const auto sum = [](auto&, const openfhe_backend::Ciphertext& y) { return sum_of_both(y); };
  CHECK_THROWS_AS(f::evaluate(he, x, sum), wrong_ciphertext);  // no keys for EvalBootstrap
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  setting.context->EvalRotateKeyGen(setting.keys.secretKey, {2, 4});
  openfhe_bootstrapping_backend shallow(setting.context, f::refresh.levels - 1);
  CHECK_THROWS_WITH_AS(f::evaluate(shallow, x, sum), doctest::Contains("refreshes that leave"),
                       evaluation_error);
  const std::vector<double> decrypted = setting.decrypt(f::evaluate(he, x, sum));
  const std::vector<double> expected = {1, 0, 0, 0, 0, 1, 0, 0};
  const double error = test::largest_difference(decrypted, expected);
  MESSAGE("error 2^" << std::log2(error) << ", claimed 2^" << std::log2(f::claim.bound()));
  CHECK(error <= f::claim.bound());
}

// In FIXEDMANUAL the deviation is 2^-9.5; 2^-6 is eleven of them.
TEST_CASE(
    "OpenFHE: softmax and layernorm that are refreshed keep their claims with EvalBootstrap") {
  const std::vector<double> values = {1, -1, -1, 0.5, 0, 1, -0.5, 0};
  std::vector<double> shares(slots);
  std::vector<double> normal(slots);
  constexpr double size = 0.6;  // a variance of 0.36, in [1/4, 1]
  std::vector<double> scaled(slots);
  for (std::size_t j = 0; j < 2; ++j) {
    double total = 0;
    double mean = 0;
    double squares = 0;
    for (std::size_t i = j; i < slots; i += 2) total += std::exp(values[i]);
    for (std::size_t i = j; i < slots; i += 2) mean += values[i] / 4;
    for (std::size_t i = j; i < slots; i += 2) squares += std::pow(values[i] - mean, 2) / 4;
    for (std::size_t i = j; i < slots; i += 2) {
      shares[i] = std::exp(values[i]) / total;
      normal[i] = (values[i] - mean) / std::sqrt(squares);
      scaled[i] = size * (values[i] - mean) / std::sqrt(squares);
    }
  }
  {
    namespace f = softmax_bootstrapped;
    REQUIRE(f::refreshes >= 1);
    keeps_claim({"softmax, FLEXIBLEAUTO", lbcrypto::FLEXIBLEAUTO, f::refresh, f::input_levels,
                 f::claim.bound()},
                values, shares,
                [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  }
  {
    namespace f = softmax_bootstrapped_fixed;
    REQUIRE(f::refreshes >= 1);
    keeps_claim({"softmax, FIXEDMANUAL", lbcrypto::FIXEDMANUAL, f::refresh, f::input_levels,
                 f::claim.bound()},
                values, shares,
                [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  }
  {
    namespace f = layernorm_bootstrapped;
    REQUIRE(f::refreshes >= 1);
    keeps_claim({"layernorm, FLEXIBLEAUTO", lbcrypto::FLEXIBLEAUTO, f::refresh, f::input_levels,
                 f::claim.bound()},
                scaled, normal,
                [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  }
  {
    namespace f = layernorm_bootstrapped_fixed;
    REQUIRE(f::refreshes >= 1);
    keeps_claim({"layernorm, FIXEDMANUAL", lbcrypto::FIXEDMANUAL, f::refresh, f::input_levels,
                 f::claim.bound()},
                scaled, normal,
                [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  }
}

// An iteration keeps some 12 bits of the largest error here; the second adds eight.
TEST_CASE("OpenFHE: two iterations of EvalBootstrap keep the bits that they are told to") {
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  constexpr int precision = 8;
  const double once = largest_refresh_error(setting, {});
  const double twice = largest_refresh_error(setting, {2, precision});
  MESSAGE("2^" << once << ", with two iterations 2^" << twice);
  CHECK(once > -16);
  CHECK(twice < once - precision + 3);
  CHECK(twice > once - precision - 3);
}

TEST_CASE("OpenFHE on vectors: a plan with refreshes ends with the same bits") {
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  openfhe_bootstrapping_backend he(setting.context, after - 1);
  openfhe_fast_bootstrapping_backend fast(setting.context, after - 1);
  CHECK(fast.is_fast() == detail::vectors::has_vectors());
  const auto x = he.drop_to_level(setting.encrypt(), 6);
  const auto expected = relu_bootstrapped::evaluate(he, x);
  const auto result = relu_bootstrapped::evaluate(fast, x);
  CHECK(result->GetElements() == expected->GetElements());
  CHECK(result->GetScalingFactor() == expected->GetScalingFactor());
}

TEST_CASE("OpenFHE: iterations that EvalBootstrap does not have are refused") {
  const Setting setting(lbcrypto::FLEXIBLEAUTO);
  const auto made = [&](const OpenFheBootstrap& how) {
    openfhe_bootstrapping_backend(setting.context, after - 1, 1, how);
  };
  for (const OpenFheBootstrap& wrong :
       {OpenFheBootstrap{0, 0}, OpenFheBootstrap{3, 8}, OpenFheBootstrap{2, 0},
        OpenFheBootstrap{2, 31}, OpenFheBootstrap{1, 8}, OpenFheBootstrap{-1, 0}}) {
    CAPTURE(wrong.iterations);
    CAPTURE(wrong.precision);
    CHECK_THROWS_AS(made(wrong), evaluation_error);
  }
  CHECK_NOTHROW(made({2, 30}));
}

TEST_CASE("OpenFHE: FIXEDAUTO is refused for bootstrapping, unless its loss is accepted") {
  const Setting setting(lbcrypto::FIXEDAUTO);
  CHECK_THROWS_WITH_AS(openfhe_bootstrapping_backend(setting.context, after - 1),
                       doctest::Contains("FIXEDAUTO"), wrong_ciphertext);
  CHECK_NOTHROW(openfhe_backend(setting.context));
  setting.context->EvalBootstrapKeyGen(setting.keys.secretKey, slots);
  OpenFheBootstrap accepting;
  accepting.accepts_fixed_auto = true;
  const double error = largest_refresh_error(setting, accepting);
  MESSAGE("2^" << error);
  CHECK(error > -12);  // of 2^-12.9 in FLEXIBLEAUTO; where this fails, FIXEDAUTO is as good
  CHECK(error < -5);
}
