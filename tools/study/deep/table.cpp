// The comparison as text and as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emit/describe.hpp"
#include "emit/json.hpp"
#include "tools/study/comparison.hpp"
#include "tools/study/deep/study.hpp"
#include "tools/study/results.hpp"

namespace equiripple::study {
namespace {

template <class Value>
Summary over_seeds(const DeepResults& results, const Value& value) {
  std::vector<double> values;
  for (const DeepSeed& seed : results.seeds) values.push_back(value(seed));
  return summary_of(values);
}

// "7,7 | 5": of the first seed, since ranges and with them choices differ.
std::string degrees_text(const DeepChoice& choice) {
  std::string text;
  for (const auto& layer : choice.layers) text += (text.empty() ? "" : " | ") + layer->degrees;
  return text;
}

// Of a row in all seeds, as "11" or "11-12".
std::string levels_text(const DeepResults& results, std::size_t row) {
  int least = results.seeds.front().rows[row].choice.levels;
  int most = least;
  for (const DeepSeed& seed : results.seeds) {
    least = std::min(least, seed.rows[row].choice.levels);
    most = std::max(most, seed.rows[row].choice.levels);
  }
  return least == most ? std::to_string(least) : fmt::format("{}-{}", least, most);
}

std::string plain_table(const DeepResults& results) {
  constexpr const char* line = "{:<38} {:<22} {:>6} {:>10} {:>15} {:>15}\n";
  std::string text = fmt::format(line, "choice", "degrees (first seed)", "levels", "sum w e",
                                 "accuracy %", "as ReLU %");
  text += fmt::format(
      line, "ReLU, as trained", "", "", "0",
      percent_text(over_seeds(results, [](const DeepSeed& seed) { return seed.relu_accuracy; })),
      "100");
  const std::vector<DeepRow>& rows = results.seeds.front().rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += fmt::format(
        line, rows[i].choice.name, degrees_text(rows[i].choice), levels_text(results, i),
        fmt::format(
            "{:.3g}",
            over_seeds(results, [&](const DeepSeed& seed) { return seed.rows[i].choice.error; })
                .mean),
        percent_text(
            over_seeds(results, [&](const DeepSeed& seed) { return seed.rows[i].accuracy; })),
        percent_text(
            over_seeds(results, [&](const DeepSeed& seed) { return seed.rows[i].agreement; })));
  }
  return text;
}

std::string uses_text(const DeepResults& results) {
  const DeepSeed& seed = results.seeds.front();
  std::string text = fmt::format("Seed {}: ranges of the activations", seed.seed);
  for (const ActivationUse& use : seed.uses) text += fmt::format(" {:.2f}", use.largest);
  text += ", weights of their errors";
  for (const ActivationUse& use : seed.uses) text += fmt::format(" {:.2f}", use.weight);
  std::int64_t beyond = 0;
  for (const DeepSeed& one : results.seeds) beyond += one.beyond;
  return text +
         fmt::format("; {} of the test images' values are beyond 1.1 times the range.\n", beyond);
}

std::string encrypted_table(const DeepResults& results) {
  constexpr const char* line = "{:<38} {:>6} {:>10} {:>8} {:>7} {:>9} {:>9} {:>6} {:>10}\n";
  const EncryptedResult& first = results.encrypted.front();
  std::string text = fmt::format(
      "\nOn ciphertexts ({}), {} test images in batches of {}, ring dimension 2^{}, seed {}\n\n",
      results.library, first.images, first.batch, first.log2_ring, results.seeds.front().seed);
  text += fmt::format(line, "choice", "levels", "accuracy %", "plain %", "differ", "s/batch",
                      "ms/image", "bits", "modulus");
  bool is_secure = true;
  for (std::size_t i = 0; i < results.encrypted.size(); ++i) {
    const EncryptedResult& result = results.encrypted[i];
    is_secure &= result.is_secure();
    text += fmt::format(
        line, results.seeds.front().rows[i].choice.name, result.levels,
        fmt::format("{:.2f}", result.accuracy), fmt::format("{:.2f}", result.plain_accuracy),
        result.differences.size(), fmt::format("{:.2f}", result.run_seconds),
        fmt::format("{:.1f}", 1000 * result.run_seconds / result.batch),
        fmt::format("{:.1f}", result.bits),
        fmt::format("{:.0f}{}", result.modulus_bits, result.is_secure() ? "" : " (!)"));
  }
  if (!is_secure) {
    text += "(!) This ring is NOT SECURE for so large a modulus: it serves to measure.\n";
  }
  if (results.library == "simulated") {
    text += "Simulated ciphertexts: noise and levels as in CKKS, times mean nothing.\n";
  }
  return text;
}

Json json_of(const DeepSeed& seed) {
  Json rows = Json::array();
  for (const DeepRow& row : seed.rows) {
    Json degrees = Json::array();
    for (const auto& layer : row.choice.layers) degrees.push_back(layer->degrees);
    rows.push_back({{"choice", row.choice.name},
                    {"degrees", degrees},
                    {"levels", row.choice.levels},
                    {"error", row.choice.error},
                    {"accuracy", row.accuracy},
                    {"agreement", row.agreement}});
  }
  Json uses = Json::array();
  for (const ActivationUse& use : seed.uses) {
    uses.push_back({{"largest", use.largest}, {"weight", use.weight}});
  }
  return {{"seed", seed.seed},
          {"relu_accuracy", seed.relu_accuracy},
          {"activations", uses},
          {"beyond", seed.beyond},
          {"choices", rows}};
}

}  // namespace

std::string table_text(const DeepResults& results) {
  std::string text = fmt::format(
      "Accuracy on {} test images, {} activations, trained on {} with ReLU, {} (mean +- standard "
      "deviation)\n\n",
      results.test_images, results.activations, results.training_images,
      plural(static_cast<int>(results.seeds.size()), "seed"));
  text += plain_table(results) + "\n" + uses_text(results);
  return results.encrypted.empty() ? text : text + encrypted_table(results);
}

std::string json_text(const DeepResults& results) {
  Json seeds = Json::array();
  for (const DeepSeed& seed : results.seeds) seeds.push_back(json_of(seed));
  Json encrypted = Json::array();
  for (std::size_t i = 0; i < results.encrypted.size(); ++i) {
    const EncryptedResult& result = results.encrypted[i];
    encrypted.push_back({{"choice", results.seeds.front().rows[i].choice.name},
                         {"images", result.images},
                         {"batch", result.batch},
                         {"levels", result.levels},
                         {"accuracy", result.accuracy},
                         {"plain_accuracy", result.plain_accuracy},
                         {"labels_that_differ", result.differences.size()},
                         {"seconds",
                          {{"keys", result.key_seconds},
                           {"encryption", result.encrypt_seconds},
                           {"batch", result.run_seconds}}},
                         {"bits", result.bits},
                         {"log2_ring", result.log2_ring},
                         {"modulus_bits", result.modulus_bits},
                         {"secure", result.is_secure()}});
  }
  const Json json = {{"activations", results.activations},
                     {"training_images", results.training_images},
                     {"test_images", results.test_images},
                     {"epochs", results.epochs},
                     {"seeds", seeds},
                     {"library", results.library},
                     {"encrypted", encrypted}};
  return json.dump(2) + "\n";
}

}  // namespace equiripple::study
