// The tables on standard output.
#include <fmt/format.h>

#include "emit/describe.hpp"
#include "tools/study/results.hpp"

namespace equiripple::study {
namespace {

std::string survey_text(double percent) {
  return percent > 0 ? fmt::format("{:.2f}", percent) : "-";
}

std::string plain_table(const StudyResults& results) {
  constexpr const char* line = "{:<34} {:>6} {:>9} {:>15} {:>15} {:>7}\n";
  std::string text =
      fmt::format(line, "activation", "levels", "error", "accuracy %", "at data's range", "survey");
  text += fmt::format(line, "ReLU, as trained", "-", "0", percent_text(relu_accuracy(results)), "-",
                      survey_text(relu_survey));
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const Method& method = results.methods[i];
    text += fmt::format(line, method.facts.title, method.levels,
                        fmt::format("{:.3g}", largest_error(method)),
                        percent_text(accuracy_of(results, i)),
                        method.facts.fitted ? percent_text(fitted_accuracy_of(results, i)) : "-",
                        survey_text(method.facts.survey));
  }
  return text;
}

std::string difference_text(const Difference& difference) {
  return fmt::format(
      "  image {}: {} on plain numbers (margin {:.3g}), {} on ciphertexts (margin {:.3g}), right "
      "is {}\n",
      difference.image, difference.plain_label, difference.plain_margin, difference.encrypted_label,
      difference.encrypted_margin, difference.right);
}

std::string encrypted_table(const StudyResults& results) {
  constexpr const char* line = "{:<34} {:>6} {:>10} {:>8} {:>7} {:>9} {:>9} {:>6} {:>10}\n";
  std::string text = fmt::format(line, "activation", "levels", "accuracy %", "plain %", "differ",
                                 "s/batch", "ms/image", "bits", "modulus");
  for (const EncryptedResult& result : results.encrypted) {
    text +=
        fmt::format(line, result.facts.title, result.levels, fmt::format("{:.2f}", result.accuracy),
                    fmt::format("{:.2f}", result.plain_accuracy), result.differences.size(),
                    fmt::format("{:.2f}", result.run_seconds),
                    fmt::format("{:.1f}", 1000 * result.run_seconds / result.batch),
                    fmt::format("{:.1f}", result.bits),
                    fmt::format("{:.0f}{}", result.modulus_bits, result.is_secure() ? "" : " (!)"));
  }
  for (const EncryptedResult& result : results.encrypted) {
    if (result.differences.empty()) continue;
    text += fmt::format("Labels that differ, {}:\n", result.facts.title);
    for (const Difference& difference : result.differences) text += difference_text(difference);
  }
  return text;
}

// What the columns say, and what is not secure.
std::string encrypted_remarks(const StudyResults& results) {
  const EncryptedResult& first = results.encrypted.front();
  std::string text = fmt::format(
      "A batch is {} images; keys and encryption are not in its time. bits: log2 of the largest "
      "score over\nthe largest error of a score. modulus: bits of all primes; 2^{} allows {} for "
      "128 "
      "bits of security.\n",
      first.batch, first.log2_ring, first.secure_modulus_bits);
  bool all_secure = true;
  for (const EncryptedResult& result : results.encrypted) all_secure &= result.is_secure();
  if (!all_secure) {
    text +=
        "(!) This ring is NOT SECURE for so large a modulus: it serves to measure; --ring takes a "
        "larger one.\n";
  }
  if (results.library == "simulated") {
    text +=
        "Simulated ciphertexts: noise and levels as in CKKS, no cryptography, times mean "
        "nothing.\n";
  }
  return text;
}

}  // namespace

std::string table_text(const StudyResults& results) {
  std::string text = fmt::format(
      "Accuracy on {} test images, trained on {} with ReLU, {} (mean +- standard deviation); "
      "range {}\n\n",
      results.test_images, results.training_images,
      plural(static_cast<int>(results.seeds.size()), "seed"), approximated_range());
  text += plain_table(results) + "\n" + range_text(results) + "\n";
  if (results.encrypted.empty()) return text;
  text += fmt::format("\nOn ciphertexts ({}), {} test images, ring dimension 2^{}, seed {}\n\n",
                      results.library, results.encrypted.front().images,
                      results.encrypted.front().log2_ring, results.seeds.front().seed);
  return text + encrypted_table(results) + "\n" + encrypted_remarks(results);
}

}  // namespace equiripple::study
