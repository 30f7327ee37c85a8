// Numbers over the seeds, and the record of a run as JSON.
#include "tools/study/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emit/json.hpp"

namespace equiripple::study {
namespace {

template <class Value>
Summary over_seeds(const StudyResults& results, const Value& value) {
  std::vector<double> values;
  for (const SeedResult& seed : results.seeds) values.push_back(value(seed));
  return summary_of(values);
}

Json json_of(const Summary& summary) {
  return {{"mean", summary.mean}, {"spread", summary.spread}};
}

Json json_of(const RangeUse& use) {
  return {{"largest", use.largest},
          {"values", use.values},
          {"beyond_range", use.beyond},
          {"beyond_largest_of_training", use.beyond_fit}};
}

Json json_of(const SeedResult& seed) {
  Json accuracies = Json::array();
  for (const MethodScore& score : seed.scores) accuracies.push_back(score.accuracy);
  return {{"seed", seed.seed},
          {"relu_accuracy", seed.relu_accuracy},
          {"accuracies", accuracies},
          {"training_inputs", json_of(seed.training)},
          {"test_inputs", json_of(seed.test)}};
}

Json json_of(const EncryptedResult& result) {
  Json differences = Json::array();
  for (const Difference& difference : result.differences) {
    differences.push_back({{"image", difference.image},
                           {"right", difference.right},
                           {"plain_label", difference.plain_label},
                           {"encrypted_label", difference.encrypted_label},
                           {"plain_margin", difference.plain_margin},
                           {"encrypted_margin", difference.encrypted_margin}});
  }
  return {{"method", result.facts.name},
          {"images", result.images},
          {"accuracy", result.accuracy},
          {"plain_accuracy", result.plain_accuracy},
          {"differences", differences},
          {"batch", result.batch},
          {"runs", result.runs},
          {"seconds",
           {{"keys", result.key_seconds},
            {"encryption", result.encrypt_seconds},
            {"batch", result.run_seconds},
            {"image", result.run_seconds / result.batch}}},
          {"levels", result.levels},
          {"bits", result.bits},
          {"log2_ring", result.log2_ring},
          {"modulus_bits", result.modulus_bits},
          {"modulus_bits_for_128_bits_of_security", result.secure_modulus_bits},
          {"secure", result.is_secure()}};
}

}  // namespace

Summary accuracy_of(const StudyResults& results, std::size_t method) {
  return over_seeds(results, [&](const SeedResult& seed) { return seed.scores[method].accuracy; });
}

Summary fitted_accuracy_of(const StudyResults& results, std::size_t method) {
  return over_seeds(results,
                    [&](const SeedResult& seed) { return seed.scores[method].fitted_accuracy; });
}

Summary relu_accuracy(const StudyResults& results) {
  return over_seeds(results, [](const SeedResult& seed) { return seed.relu_accuracy; });
}

std::string percent_text(const Summary& summary) {
  return summary.spread > 0 ? fmt::format("{:.2f} +- {:.2f}", summary.mean, summary.spread)
                            : fmt::format("{:.2f}", summary.mean);
}

std::string range_text(const StudyResults& results) {
  double training = 0;
  double test = 0;
  std::int64_t beyond = 0;
  std::int64_t beyond_fit = 0;
  for (const SeedResult& seed : results.seeds) {
    training = std::max(training, seed.training.largest);
    test = std::max(test, seed.test.largest);
    beyond += seed.training.beyond + seed.test.beyond;
    beyond_fit += seed.test.beyond_fit;
  }
  std::string text = fmt::format(
      "Inputs of the activation: at most {:.2f} on the training images, {:.2f} on the test "
      "images; ",
      training, test);
  text += beyond == 0 ? fmt::format("none is beyond the range {}.", approximated_range())
                      : fmt::format(
                            "{} are beyond the range {}: the polynomials are evaluated "
                            "there too, as on ciphertexts, where nobody sees it.",
                            beyond, approximated_range());
  if (beyond_fit > 0) {
    text += fmt::format(
        " {} of the test images are beyond the largest of the training images, evaluated alike.",
        beyond_fit);
  }
  return text;
}

std::string json_text(const StudyResults& results) {
  Json methods = Json::array();
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const Method& method = results.methods[i];
    Json row = {{"name", method.facts.name},
                {"title", method.facts.title},
                {"source", method.facts.source},
                {"command", method.facts.command},
                {"levels", method.levels},
                {"key_switches", method.key_switches},
                {"largest_error", largest_error(method)},
                {"accuracy", json_of(accuracy_of(results, i))}};
    if (method.facts.fitted) row["fitted_accuracy"] = json_of(fitted_accuracy_of(results, i));
    if (method.facts.survey > 0) row["survey_accuracy"] = method.facts.survey;
    methods.push_back(row);
  }
  Json seeds = Json::array();
  for (const SeedResult& seed : results.seeds) seeds.push_back(json_of(seed));
  Json encrypted = Json::array();
  for (const EncryptedResult& result : results.encrypted) encrypted.push_back(json_of(result));
  const Json json = {{"range", approximated_range()},
                     {"training_images", results.training_images},
                     {"test_images", results.test_images},
                     {"epochs", results.epochs},
                     {"relu_accuracy", json_of(relu_accuracy(results))},
                     {"methods", methods},
                     {"seeds", seeds},
                     {"library", results.library},
                     {"encrypted", encrypted}};
  return json.dump(2) + "\n";
}

}  // namespace equiripple::study
