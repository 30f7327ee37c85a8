#include "emit/request/ckks_words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"
#include "generator/numbers/power.hpp"

namespace equiripple {
namespace {

int log2_of_scale(const std::string& flag, const std::string& word) {
  const Rational scale = number_word(flag, word);
  for (int bits = 20; bits <= 60; ++bits) {
    if (scale == power_of_two(bits)) return bits;
  }
  wrong_word(flag, fmt::format(" scale={}: must be a power of two from 2^20 to 2^60", shown(word)));
}

}  // namespace

CkksParameters ckks_word(const std::string& flag, const std::string& word) {
  CkksParameters parameters;
  bool has_scale = false;
  const std::string rule =
      "must be as 'logN=15,scale=2^40', with ',library=seal' or ',library=openfhe' where wanted";
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find(',', begin), word.size());
    const std::string part = word.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t sign = part.find('=');
    const std::string key = part.substr(0, sign);
    const std::string value = sign == std::string::npos ? "" : part.substr(sign + 1);
    if (key == "logN") {
      parameters.log2_ring = whole_word(flag + " logN", value, 10, 17);
    } else if (key == "scale") {
      parameters.log2_scale = log2_of_scale(flag, value);
      has_scale = true;
    } else if (key == "library" && value == "seal") {
      parameters.library = SimulatedLibrary::seal;
    } else if (key == "library" && value == "openfhe") {
      parameters.library = SimulatedLibrary::openfhe;
    } else {
      wrong_word(flag, fmt::format(" {}: {}", shown(part), rule));
    }
  }
  if (!has_scale) wrong_word(flag, fmt::format(" {}: has no scale; {}", shown(word), rule));
  return parameters;
}

Rational noise_margin(const CkksParameters& parameters) {
  const double ring = std::exp2(parameters.log2_ring);
  const double deviation = std::sqrt(ring / 2 * (1 + 2 * ring / 3) / 12);
  const int log2_noise = static_cast<int>(std::ceil(std::log2(6 * 32 * deviation)));
  return power_of_two(log2_noise - parameters.log2_scale);
}

}  // namespace equiripple
