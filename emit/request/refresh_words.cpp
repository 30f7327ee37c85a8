#include "emit/request/refresh_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"
#include "generator/numbers/power.hpp"

namespace equiripple {
namespace {

constexpr int most_levels = 400;  // chosen: as of searches

const std::set<std::string> known_keys = {"levels", "noise", "deviation", "probability",
                                          "cost",   "start", "lowest"};

// "levels=10,noise=2^-9.3": each key once.
std::map<std::string, std::string> parts_of(const std::string& flag, const std::string& word) {
  const std::string rule =
      "must be as 'levels=10,noise=2^-9.3,cost=800', with ',start=N' and ',lowest=N' where wanted, "
      "and deviation=S,probability=P in place of noise";
  std::map<std::string, std::string> parts;
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find(',', begin), word.size());
    const std::string part = word.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t sign = part.find('=');
    const std::string key = tidy(part.substr(0, sign));
    if (sign == std::string::npos || !known_keys.contains(key)) {
      wrong_word(flag, fmt::format(" {}: {}", shown(part), rule));
    }
    if (!parts.emplace(key, part.substr(sign + 1)).second) {
      wrong_word(flag, fmt::format(" {}: {} stands twice", shown(part), key));
    }
  }
  for (const char* key : {"levels", "cost"}) {
    if (!parts.contains(key)) {
      wrong_word(flag, fmt::format(" {}: has no {}; {}", shown(word), key, rule));
    }
  }
  if (parts.contains("noise") == parts.contains("deviation") ||
      parts.contains("probability") != parts.contains("deviation")) {
    wrong_word(flag,
               fmt::format(" {}: give noise, or deviation and probability; {}", shown(word), rule));
  }
  return parts;
}

// Any number, or 2^X for a decimal X; not below it.
Rational bound_word(const std::string& flag, const std::string& word) {
  const std::string text = tidy(word);
  if (!text.starts_with("2^") || text.find_first_of("*/+(x") != std::string::npos) {
    return number_word(flag, text);
  }
  const Rational exponent = number_word(flag, text.substr(2));
  constexpr int steepest = 400;  // chosen: as ends of domains
  if (abs(exponent) > steepest) {
    wrong_word(flag, fmt::format(" {}: is beyond 2^400 or 2^-400", shown(word)));
  }
  const Rational below = power_of_two_below(exponent);
  constexpr int rounding_log2 = -100;  // of what is below by less than 2^-120
  return floor_of(exponent) == exponent ? below : below * (1 + power_of_two(rounding_log2));
}

// A normal number of deviation s exceeds s sqrt(2 ln(2 / P)) in size with a probability below P:
// the bound 2 exp(-t^2 / 2).
Rational bound_of_deviation(const std::string& flag,
                            const std::map<std::string, std::string>& parts) {
  const Rational deviation = bound_word(flag + " deviation", parts.at("deviation"));
  const Rational probability = bound_word(flag + " probability", parts.at("probability"));
  if (deviation <= 0) wrong_word(flag, " deviation: must be above 0");
  if (probability <= 0 || probability >= 1) {
    wrong_word(flag, " probability: must be above 0 and below 1");
  }
  constexpr double rounding = 1 + 0x1p-40;  // chosen: far above that of the logarithm
  const double factor = std::sqrt(2 * std::log(2 / to_double(probability, Rounding::down)));
  return deviation * Rational(factor * rounding);
}

}  // namespace

std::string why_not_refreshed(const std::string& command) {
  const auto is_among = [&](std::initializer_list<const char*> names) {
    return std::ranges::find(names, command) != names.end();
  };
  if (is_among({"minimax", "fit", "approximate"})) {
    return "one polynomial has no stages between which it could be refreshed; activation looks for "
           "folds";
  }
  if (command == "mod1") return "it is a part of what refreshes";
  return {};
}

RefreshRequest refresh_word(const std::string& flag, const std::string& word) {
  const auto parts = parts_of(flag, word);
  RefreshRequest refresh;
  refresh.levels = whole_word(flag + " levels", parts.at("levels"), 1, most_levels);
  refresh.start = refresh.levels;
  if (parts.contains("start")) {
    refresh.start = whole_word(flag + " start", parts.at("start"), 0, most_levels);
  }
  if (parts.contains("lowest")) {
    refresh.lowest = whole_word(flag + " lowest", parts.at("lowest"), 0, refresh.levels);
  }
  const Rational noise = parts.contains("noise") ? bound_word(flag + " noise", parts.at("noise"))
                                                 : bound_of_deviation(flag, parts);
  if (noise <= 0 || noise >= Rational(1, 4)) {
    wrong_word(flag, fmt::format(" {}: a refresh of a value in [-1, 1] adds more than 0, and less "
                                 "than 1/4",
                                 shown(word)));
  }
  refresh.noise = Rational(to_double(noise, Rounding::up));
  const Rational cost = number_word(flag + " cost", parts.at("cost"));
  if (cost < 0 || cost > power_of_two(100)) {
    wrong_word(flag,
               fmt::format(" {}: the cost must be at least 0 and at most 2^100", shown(word)));
  }
  refresh.cost = to_double(cost);
  return refresh;
}

}  // namespace equiripple
