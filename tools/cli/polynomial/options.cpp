// The words of these options, checked.
#include "tools/cli/polynomial/options.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

CoefficientForm form_of(const PolynomialOptions& options, const OutputOptions& output) {
  constexpr int most_bits = 4000;  // chosen: within the highest precision
  CoefficientForm form;
  form.bits = whole_word("--coefficient-bits", options.coefficient_bits, 1, most_bits);
  const bool header = extension_of(output.path) == ".hpp";
  if (header && form.bits > CoefficientForm{}.bits) {
    wrong_request(
        fmt::format("--coefficient-bits '{}': a C++ header carries at most 53 bits; write "
                    "an artifact (.json)",
                    options.coefficient_bits));
  }
  if (options.coefficient_unit.empty()) return form;
  if (form.bits != CoefficientForm{}.bits) {
    wrong_request("--coefficient-unit and --coefficient-bits: give one of them");
  }
  form.unit = number_word("--coefficient-unit", options.coefficient_unit);
  const bool is_power_of_two =
      *form.unit > 0 && power_of_two(std::lround(log2_of(*form.unit))) == *form.unit;
  if (!is_power_of_two || abs(log2_of(*form.unit)) > most_bits) {
    wrong_request(fmt::format("--coefficient-unit '{}': must be a power of 2, as 2^-30",
                              options.coefficient_unit));
  }
  return form;
}

// 2^-30 as -30, rounded down.
int tightness_word(const std::string& word) {
  const Rational tightness = number_word("--tightness", word);
  if (tightness < power_of_two(highest_tightness_log2) || tightness > Rational(1, 2)) {
    wrong_request(
        fmt::format("--tightness '{}': must be from 2^{} to 1/2", word, highest_tightness_log2));
  }
  return static_cast<int>(std::floor(log2_of(tightness)));
}

}  // namespace

void add_polynomial_options(const Command& command, PolynomialOptions& options) {
  command
      .add_option("--degree", options.degree,
                  "the highest power, 0 to 4095; default: the smallest for --error, or else the "
                  "highest within --max-levels")
      .type_name("N");
  command
      .add_option("--error", options.error,
                  "the error that must be met; without --degree the smallest degree is found")
      .type_name("NUMBER");
  command
      .add_option("--coefficient-bits", options.coefficient_bits,
                  "significant bits that coefficients are stored with: 53 is binary64, 24 float; "
                  "more than 53 only in artifacts")
      .type_name("BITS")
      .shows_default();
  command
      .add_option("--coefficient-unit", options.coefficient_unit,
                  "store coefficients as multiples of this power of 2, as CKKS encodes at a scale")
      .type_name("2^-K");
  command
      .add_option("--tightness", options.tightness,
                  "how far the proved bound may exceed what is attained, relatively; default 2^-10")
      .type_name("NUMBER");
}

void apply(const PolynomialOptions& options, const OutputOptions& output,
           PolynomialRequest& request) {
  if (options.degree.empty() && options.error.empty() && !request.plan.max_levels) {
    wrong_request("--degree or --error is required, or a budget: --max-levels");
  }
  if (!options.degree.empty()) {
    request.degree = whole_word("--degree", options.degree, 0, highest_degree);
  }
  if (!options.error.empty()) {
    request.error = number_word("--error", options.error);
    if (*request.error <= 0) {
      wrong_request(fmt::format("--error '{}': must be above 0", options.error));
    }
  }
  request.form = form_of(options, output);
  if (!options.tightness.empty()) request.tightness_log2 = tightness_word(options.tightness);
}

void record(const PolynomialOptions& options, RequestRecord& request) {
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) request.options.push_back({flag, {tidy(word)}});
  };
  keep("degree", options.degree);
  keep("error", options.error);
  if (options.coefficient_bits != PolynomialOptions{}.coefficient_bits) {
    keep("coefficient-bits", options.coefficient_bits);
  }
  keep("coefficient-unit", options.coefficient_unit);
  keep("tightness", options.tightness);
}

}  // namespace equiripple
