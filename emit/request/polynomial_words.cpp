// The words of these options, checked.
#include "emit/request/polynomial_words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

CoefficientForm form_of(const GivenOptions& given) {
  constexpr int most_bits = 4000;  // chosen: within the highest precision
  CoefficientForm form;
  form.bits = whole_word("--coefficient-bits", given.one("coefficient-bits"), 1, most_bits);
  if (!given.has("coefficient-unit")) return form;
  if (form.bits != CoefficientForm{}.bits) {
    wrong_word("--coefficient-unit", " and --coefficient-bits: give one of them");
  }
  form.unit = number_word("--coefficient-unit", given.one("coefficient-unit"));
  const bool is_power_of_two =
      *form.unit > 0 && power_of_two(std::lround(log2_of(*form.unit))) == *form.unit;
  if (!is_power_of_two || abs(log2_of(*form.unit)) > most_bits) {
    wrong_word("--coefficient-unit",
               fmt::format(" '{}': must be a power of 2, as 2^-30", given.one("coefficient-unit")));
  }
  return form;
}

// 2^-30 as -30, rounded down.
int tightness_word(const std::string& word) {
  const Rational tightness = number_word("--tightness", word);
  if (tightness < power_of_two(highest_tightness_log2) || tightness > Rational(1, 2)) {
    wrong_word("--tightness",
               fmt::format(" '{}': must be from 2^{} to 1/2", word, highest_tightness_log2));
  }
  return static_cast<int>(std::floor(log2_of(tightness)));
}

}  // namespace

void apply(const GivenOptions& given, PolynomialRequest& request) {
  const bool has_degree = given.has("degree") || given.has("powers");
  if (!has_degree && !given.has("error") && !request.plan.max_levels) {
    wrong_word("--degree", " or --error is required, or a budget: --max-levels");
  }
  if (given.has("degree")) {
    request.degree = whole_word("--degree", given.one("degree"), 0, highest_degree);
  }
  if (given.has("error")) {
    request.error = number_word("--error", given.one("error"));
    if (*request.error <= 0) {
      wrong_word("--error", fmt::format(" '{}': must be above 0", given.one("error")));
    }
  }
  request.form = form_of(given);
  if (given.has("tightness")) request.tightness_log2 = tightness_word(given.one("tightness"));
}

}  // namespace equiripple
