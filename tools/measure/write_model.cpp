// Writes a table of costs for --minimise latency --model, measured on a library on this machine:
//
//   equiripple-measure seal|openfhe [--ring 15] [--scale 40] [--levels 15] [--repeats 5] >
//   model.json
//
// The time of each operation on a ciphertext with 1, 2, ... levels left, in milliseconds: the
// median of the repeats.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#ifdef EQUIRIPPLE_HAS_OPENFHE
#include <equiripple/openfhe.hpp>
#endif
#ifdef EQUIRIPPLE_HAS_SEAL
#include <equiripple/seal.hpp>
#endif

#include "tools/measure/one_thread.hpp"

namespace {

struct Parameters {
  std::string library;
  int log2_ring = 15;
  int log2_scale = 40;
  int levels = 15;
  int repeats = 5;
};

template <class Run>
double median_milliseconds(int repeats, const Run& run) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    times.push_back(time.count());
  }
  std::ranges::sort(times);
  return std::round(times[times.size() / 2] * 1000) / 1000;
}

/// `fresh` has all levels. Every operation makes a new ciphertext, as a plan's do.
template <class Backend>
nlohmann::ordered_json measured(Backend& he, const typename Backend::Ciphertext& fresh,
                                const Parameters& parameters) {
  std::vector<double> tensor_product;
  std::vector<double> key_switch;
  std::vector<double> rescaling;
  std::vector<double> scalar_product;
  std::vector<double> addition;
  for (int level = 1; level <= parameters.levels; ++level) {
    const auto x = he.drop_to_level(fresh, level);
    const auto product = he.multiply(x, x);
    const auto scalar = he.encode(0.7, level, std::exp2(parameters.log2_scale));
    const auto time = [&](const auto& run) { return median_milliseconds(parameters.repeats, run); };
    tensor_product.push_back(time([&] { he.multiply(x, x); }));
    key_switch.push_back(time([&] { he.relinearize(product); }));
    rescaling.push_back(time([&] { he.rescale(x); }));
    scalar_product.push_back(time([&] { he.multiply_plain(x, scalar); }));
    addition.push_back(time([&] { he.add(x, x); }));
  }
  return {{"what", fmt::format("milliseconds with {}, ring 2^{}, {} primes of {} bits, one core",
                               parameters.library, parameters.log2_ring, parameters.levels,
                               parameters.log2_scale)},
          {"tensor_product", tensor_product},
          {"key_switch", key_switch},
          {"rescaling", rescaling},
          {"scalar_product", scalar_product},
          {"addition", addition}};
}

#ifdef EQUIRIPPLE_HAS_SEAL
nlohmann::ordered_json on_seal(const Parameters& parameters) {
  seal::EncryptionParameters choice(seal::scheme_type::ckks);
  const std::size_t ring = std::size_t{1} << parameters.log2_ring;
  std::vector<int> primes(1, 60);
  primes.insert(primes.end(), static_cast<std::size_t>(parameters.levels), parameters.log2_scale);
  primes.push_back(60);
  choice.set_poly_modulus_degree(ring);
  choice.set_coeff_modulus(seal::CoeffModulus::Create(ring, primes));
  const seal::SEALContext context(choice, true, seal::sec_level_type::none);
  seal::KeyGenerator keys(context);
  seal::PublicKey public_key;
  seal::RelinKeys relin_keys;
  keys.create_public_key(public_key);
  keys.create_relin_keys(relin_keys);
  seal::Plaintext plaintext;
  seal::Ciphertext x;
  seal::CKKSEncoder(context).encode(0.5, std::exp2(parameters.log2_scale), plaintext);
  seal::Encryptor(context, public_key).encrypt(plaintext, x);
  equiripple::seal_backend he(context, relin_keys);
  return measured(he, x, parameters);
}
#endif

#ifdef EQUIRIPPLE_HAS_OPENFHE
nlohmann::ordered_json on_openfhe(const Parameters& parameters) {
  equiripple::use_one_thread();
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> choice;
  choice.SetMultiplicativeDepth(static_cast<std::uint32_t>(parameters.levels));
  choice.SetScalingModSize(static_cast<std::uint32_t>(parameters.log2_scale));
  choice.SetFirstModSize(60);
  choice.SetRingDim(1U << parameters.log2_ring);
  choice.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  choice.SetScalingTechnique(lbcrypto::FIXEDMANUAL);
  const auto context = lbcrypto::GenCryptoContext(choice);
  for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE}) {
    context->Enable(feature);
  }
  const auto keys = context->KeyGen();
  context->EvalMultKeyGen(keys.secretKey);
  const auto x =
      context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(std::vector<double>{0.5}));
  equiripple::openfhe_backend he(context);
  return measured(he, x, parameters);
}
#endif

nlohmann::ordered_json model_of(const Parameters& parameters) {
#ifdef EQUIRIPPLE_HAS_SEAL
  if (parameters.library == "seal") return on_seal(parameters);
#endif
#ifdef EQUIRIPPLE_HAS_OPENFHE
  if (parameters.library == "openfhe") return on_openfhe(parameters);
#endif
  return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  Parameters parameters;
  CLI::App app("Measures a table of costs for --minimise latency --model");
  app.add_option("LIBRARY", parameters.library, "seal or openfhe")
      ->check(CLI::IsMember({"seal", "openfhe"}))
      ->required();
  app.add_option("--ring", parameters.log2_ring, "log2 of the ring dimension")
      ->check(CLI::Range(12, 17));
  app.add_option("--scale", parameters.log2_scale, "bits of the primes")->check(CLI::Range(30, 55));
  app.add_option("--levels", parameters.levels, "to be measured")->check(CLI::Range(1, 60));
  app.add_option("--repeats", parameters.repeats, "of each operation")->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  const nlohmann::ordered_json model = model_of(parameters);
  if (model.is_null()) {
    fmt::print(stderr, "this build did not find {}\n", parameters.library);
    return 3;
  }
  fmt::print("{}\n", model.dump(2));
  return 0;
}
