// equiripple's plans, on the library's functions and on vectors, against EvalChebyshevSeries, stage
// after stage, on OpenFHE.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <equiripple/openfhe_fast.hpp>
#include <equiripple/plain.hpp>
#include <memory>
#include <type_traits>
#include <utility>

#include "contest.hpp"
#include "separate.hpp"
#include "series_costs.hpp"
#include "subject.hpp"
#include "tools/measure/one_thread.hpp"
#include "ways.hpp"

namespace equiripple::bench {
namespace {

using Element = lbcrypto::DCRTPoly;
using Ciphertext = lbcrypto::Ciphertext<Element>;

struct Setting {
  lbcrypto::CryptoContext<Element> context;
  lbcrypto::KeyPair<Element> keys;
  bool rescales_by_hand = false;
  std::vector<double> inputs;
};

Setting setting_of(lbcrypto::ScalingTechnique technique, const Parameters& parameters) {
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> choice;
  choice.SetMultiplicativeDepth(static_cast<std::uint32_t>(parameters.levels));
  choice.SetScalingModSize(static_cast<std::uint32_t>(parameters.log2_scale));
  choice.SetFirstModSize(60);
  choice.SetRingDim(1U << parameters.log2_ring);
  choice.SetBatchSize(1U << (parameters.log2_ring - 1));
  choice.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  choice.SetScalingTechnique(technique);
  Setting setting;
  setting.context = lbcrypto::GenCryptoContext(choice);
  for (const auto feature :
       {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE, lbcrypto::ADVANCEDSHE}) {
    setting.context->Enable(feature);
  }
  setting.keys = setting.context->KeyGen();
  setting.context->EvalMultKeyGen(setting.keys.secretKey);
  setting.rescales_by_hand = technique == lbcrypto::FIXEDMANUAL;
  const std::size_t slots = std::size_t{1} << (parameters.log2_ring - 1);
  for (std::size_t i = 0; i < slots; ++i) {
    setting.inputs.push_back(
        std::min(1.0, -1 + 2 * static_cast<double>(i) / static_cast<double>(slots - 1)));
  }
  return setting;
}

Ciphertext by_chebyshev_series(const Setting& setting, const Subject& subject,
                               const Ciphertext& x) {
  Ciphertext y = x;
  const auto settle = [&] {
    if (setting.rescales_by_hand && y->GetNoiseScaleDeg() > 1) setting.context->RescaleInPlace(y);
  };
  for (std::vector<double> stage : subject.stages) {
    stage[0] *= 2;  // the library halves it
    y = setting.context->EvalChebyshevSeries(y, stage, -1, 1);
    settle();
  }
  if (subject.times_x) {
    y = setting.context->EvalMult(y, x);
    settle();
  }
  return y;
}

double log2_error(const Setting& setting, const Ciphertext& y,
                  const std::vector<double>& expected) {
  lbcrypto::Plaintext plaintext;
  setting.context->Decrypt(setting.keys.secretKey, y, &plaintext);
  plaintext->SetLength(expected.size());
  const std::vector<double> values = plaintext->GetRealPackedValue();
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(values[i] - expected[i]));
  }
  return std::log2(largest);
}

// What is consumed; a product that the library has not rescaled yet counts as rescaled.
int levels_between(const Ciphertext& x, const Ciphertext& y) {
  const auto height = [](const Ciphertext& z) {
    return static_cast<int>(z->GetElements()[0].GetNumOfElements()) -
           static_cast<int>(z->GetNoiseScaleDeg());
  };
  return height(x) - height(y);
}

// The inputs, encrypted with so many levels left.
Ciphertext encrypted(const Setting& setting, int levels) {
  const std::size_t all = setting.context->GetElementParams()->GetParams().size() - 1;
  const auto used = static_cast<std::uint32_t>(all) - static_cast<std::uint32_t>(levels);
  return setting.context->Encrypt(
      setting.keys.publicKey, setting.context->MakeCKKSPackedPlaintext(setting.inputs, 1, used));
}

struct Backends {
  openfhe_backend he;
  openfhe_fast_backend fast;
  Separate<openfhe_backend> separate;
};

template <class Plan>
std::vector<Contestant> contestants(const Setting& setting, Backends& backends,
                                    const Subject& subject, bool against_separate, int ours,
                                    int theirs) {
  plain clear;
  std::vector<double> expected;
  for (const double x : setting.inputs) expected.push_back(evaluate<Plan>(clear, x));
  const auto contestant = [&](std::string name, int key_switches, int level, auto make) {
    const auto x = std::make_shared<Ciphertext>(encrypted(setting, level));
    auto result = std::make_shared<Ciphertext>();
    return Contestant{std::move(name),
                      [=] { *result = make(*x); },
                      [=, &setting] { return log2_error(setting, *result, expected); },
                      [=] { return levels_between(*x, *result); },
                      level,
                      key_switches,
                      [=, &setting] { *x = encrypted(setting, level); }};
  };
  const auto ours_with = [&](std::string name, auto& he, int level) {
    const auto prepared = std::make_shared<Prepared<std::decay_t<decltype(he)>>>(
        prepare<Plan>(he, level, he.prescribed_scale(level)));
    return contestant(std::move(name), Plan::key_switches, level,
                      [=](const Ciphertext& x) { return prepared->evaluate(x); });
  };
  if (against_separate) {
    return {ours_with("fused", backends.he, ours),
            ours_with("separate", backends.separate, theirs)};
  }
  std::vector<Contestant> result;
  if (backends.fast.is_fast()) {
    result.push_back(ours_with("equiripple, openfhe_fast", backends.fast, ours));
  }
  result.push_back(ours_with("equiripple", backends.he, ours));
  result.push_back(contestant(
      "EvalChebyshevSeries", key_switches_of_series(subject), theirs,
      [=, &setting](const Ciphertext& x) { return by_chebyshev_series(setting, subject, x); }));
  return result;
}

}  // namespace

std::vector<Score> openfhe_scores(const Parameters& parameters) {
  use_one_thread();
  std::vector<Score> scores;
  for (const auto& [technique, name] :
       {std::pair{lbcrypto::FIXEDMANUAL, "OpenFHE FIXEDMANUAL"},
        std::pair{lbcrypto::FLEXIBLEAUTO, "OpenFHE FLEXIBLEAUTO"}}) {
    const Setting setting = setting_of(technique, parameters);
    Backends backends{openfhe_backend(setting.context), openfhe_fast_backend(setting.context),
                      Separate<openfhe_backend>(setting.context)};
    const std::string why_not = backends.fast.why_not_fast();
    if (!why_not.empty()) fmt::print(stderr, "{}: no vectors, as {}\n", name, why_not);
    for_each_subject([&](const Subject& subject, auto plan) {
      add_scores(scores, name, subject.name, parameters, [&](int ours, int theirs) {
        return contestants<decltype(plan)>(setting, backends, subject, parameters.separate, ours,
                                           theirs);
      });
    });
    lbcrypto::CryptoContextFactory<Element>::ReleaseAllContexts();
  }
  return scores;
}

// OpenMP as its environment says.
void openfhe_ways(const Parameters& parameters, int inputs) {
  using Plan = relu_15_15_27::Plan;
  const Setting setting = setting_of(lbcrypto::FIXEDMANUAL, parameters);
  openfhe_backend he(setting.context);
  const auto ready = prepare<Plan>(he, Plan::levels, he.prescribed_scale(Plan::levels));
  std::vector<Ciphertext> all;
  for (int i = 0; i < inputs; ++i) all.push_back(encrypted(setting, Plan::levels));
  const Ciphertext higher = encrypted(setting, parameters.levels);
  const auto alone = [&](const auto& run) {
    const auto scope = he.in_one_thread();
    run();
  };
  const auto each = [&] {
    for (const Ciphertext& x : all) static_cast<void>(ready.evaluate(x));
  };
  const auto by_threads = [&](int threads) {
    return [&ready, &all, threads] { static_cast<void>(ready.evaluate_in(threads, all[0])); };
  };
  time_ways("OpenFHE FIXEDMANUAL, ReLU {15,15,27}",
            {{"one input, OpenMP's default", by_threads(1)},
             {"one input, one thread", [&] { alone(by_threads(1)); }},
             {"one input, threads(2)", by_threads(2)},
             {fmt::format("{} inputs, OpenMP's default", inputs), each},
             {fmt::format("{} inputs, one thread", inputs), [&] { alone(each); }},
             {fmt::format("{} inputs, evaluate_all", inputs),
              [&] { static_cast<void>(ready.evaluate_all(all)); }},
             {fmt::format("from {} levels, one thread", parameters.levels),
              [&] { alone([&] { static_cast<void>(evaluate<Plan>(he, higher)); }); }},
             {"the same, at_output_level",
              [&] {
                alone([&] {
                  static_cast<void>(evaluate<Plan>(he, at_output_level<Plan>(he, higher, 0)));
                });
              }}},
            parameters.repeats);
}

}  // namespace equiripple::bench
