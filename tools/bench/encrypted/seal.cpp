// equiripple's plans against the schedule of the literature, on SEAL.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/seal.hpp>
#include <memory>
#include <type_traits>
#include <utility>

#include "contest.hpp"
#include "literature.hpp"
#include "separate.hpp"
#include "subject.hpp"
#include "ways.hpp"

namespace equiripple::bench {
namespace {

seal::EncryptionParameters choice_of(const Parameters& parameters) {
  seal::EncryptionParameters choice(seal::scheme_type::ckks);
  const std::size_t ring = std::size_t{1} << parameters.log2_ring;
  choice.set_poly_modulus_degree(ring);
  std::vector<int> bits(1, 60);
  bits.insert(bits.end(), static_cast<std::size_t>(parameters.levels), parameters.log2_scale);
  bits.push_back(60);
  choice.set_coeff_modulus(seal::CoeffModulus::Create(ring, bits));
  return choice;
}

struct Setting {
  explicit Setting(const Parameters& parameters)
      : context(choice_of(parameters), true, seal::sec_level_type::none),
        keys(context),
        encoder(context),
        scale(std::exp2(parameters.log2_scale)) {
    seal::PublicKey public_key;
    keys.create_public_key(public_key);
    keys.create_relin_keys(relin_keys);
    for (std::size_t i = 0; i < encoder.slot_count(); ++i) {
      inputs.push_back(std::min(
          1.0, -1 + 2 * static_cast<double>(i) / static_cast<double>(encoder.slot_count() - 1)));
    }
    seal::Plaintext plaintext;
    encoder.encode(inputs, scale, plaintext);
    seal::Encryptor(context, public_key).encrypt(plaintext, x);
  }

  std::size_t level(const seal::Ciphertext& y) const {
    return context.get_context_data(y.parms_id())->chain_index();
  }

  seal::SEALContext context;
  seal::KeyGenerator keys;
  seal::CKKSEncoder encoder;
  double scale;
  seal::RelinKeys relin_keys;
  std::vector<double> inputs;
  seal::Ciphertext x;
};

seal::Ciphertext by_literature(LiteratureSchedule& schedule, const seal::Ciphertext& x,
                               const Subject& subject) {
  seal::Ciphertext y = x;
  for (const std::vector<double>& stage : subject.stages) y = schedule.series(y, stage);
  return subject.times_x ? schedule.product(y, x) : y;
}

double log2_error(const Setting& setting, const seal::Ciphertext& y,
                  const std::vector<double>& expected) {
  seal::Plaintext plaintext;
  seal::Decryptor(setting.context, setting.keys.secret_key()).decrypt(y, plaintext);
  std::vector<double> values;
  seal::CKKSEncoder(setting.context).decode(plaintext, values);
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(values[i] - expected[i]));
  }
  return std::log2(largest);
}

struct Backends {
  seal_backend he;
  Separate<seal_backend> separate;
};

template <class Plan>
std::vector<Contestant> contestants(const Setting& setting, Backends& backends,
                                    const Subject& subject, bool against_separate, int ours,
                                    int theirs) {
  plain clear;
  std::vector<double> expected;
  for (const double x : setting.inputs) expected.push_back(evaluate<Plan>(clear, x));
  const auto contestant = [&](std::string name, int key_switches, int level, auto make) {
    const seal::Ciphertext x = backends.he.drop_to_level(setting.x, level);
    auto result = std::make_shared<seal::Ciphertext>();
    return Contestant{
        std::move(name),
        [=] { *result = make(x); },
        [=, &setting] { return log2_error(setting, *result, expected); },
        [=, &setting] { return static_cast<int>(setting.level(x) - setting.level(*result)); },
        level,
        key_switches};
  };
  const auto ours_with = [&](std::string name, auto& he, int level) {
    const auto prepared = std::make_shared<Prepared<std::decay_t<decltype(he)>>>(
        prepare<Plan>(he, level, setting.scale));
    return contestant(std::move(name), Plan::key_switches, level,
                      [=](const seal::Ciphertext& x) { return prepared->evaluate(x); });
  };
  if (against_separate) {
    return {ours_with("fused", backends.he, ours),
            ours_with("separate", backends.separate, theirs)};
  }
  const auto schedule = std::make_shared<LiteratureSchedule>(setting.context, setting.relin_keys,
                                                             setting.encoder, setting.scale);
  static_cast<void>(by_literature(*schedule, setting.x, subject));
  const int key_switches = schedule->key_switches;
  return {ours_with("equiripple", backends.he, ours),
          contestant("literature", key_switches, theirs, [=](const seal::Ciphertext& x) {
            return by_literature(*schedule, x, subject);
          })};
}

}  // namespace

std::vector<Score> seal_scores(const Parameters& parameters) {
  std::vector<Score> scores;
  const Setting setting(parameters);
  Backends backends{{setting.context, setting.relin_keys}, {setting.context, setting.relin_keys}};
  for_each_subject([&](const Subject& subject, auto plan) {
    add_scores(scores, "SEAL", subject.name, parameters, [&](int ours, int theirs) {
      return contestants<decltype(plan)>(setting, backends, subject, parameters.separate, ours,
                                         theirs);
    });
  });
  return scores;
}

void seal_ways(const Parameters& parameters, int inputs) {
  using Plan = relu_15_15_27::Plan;
  const Setting setting(parameters);
  seal_backend he(setting.context, setting.relin_keys);
  const auto ready = prepare<Plan>(he, Plan::levels, setting.scale);
  const std::vector<seal::Ciphertext> all(static_cast<std::size_t>(inputs),
                                          he.drop_to_level(setting.x, Plan::levels));
  const auto many = [&](int threads) {
    return [&he, &ready, &all, threads] {
      he.threads(threads);
      static_cast<void>(ready.evaluate_all(all));
    };
  };
  const auto one = [&](int threads) {
    return [&ready, &all, threads] { static_cast<void>(ready.evaluate_in(threads, all[0])); };
  };
  time_ways("SEAL, ReLU {15,15,27}",
            {{"one input, one thread", one(1)},
             {"one input, threads(2)", one(2)},
             {fmt::format("{} inputs, one thread", inputs), many(1)},
             {fmt::format("{} inputs, evaluate_all, threads(2)", inputs), many(2)},
             {fmt::format("from {} levels, one thread", parameters.levels),
              [&] {
                he.threads(1);
                static_cast<void>(evaluate<Plan>(he, setting.x));
              }},
             {"the same, at_output_level",
              [&] {
                he.threads(1);
                static_cast<void>(evaluate<Plan>(he, at_output_level<Plan>(he, setting.x, 0)));
              }}},
            parameters.repeats);
}

}  // namespace equiripple::bench
