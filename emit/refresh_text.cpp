#include "emit/refresh_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/points.hpp"

namespace equiripple {

Refusal about_refresh(const RefreshRequest& terms, const std::string& said) {
  return about("--refresh",
               fmt::format(": with refreshes that leave {} and add 2^{}, and an input of {}, {}",
                           plural(terms.levels, "level"), log2_text(terms.noise, 2, Rounding::up),
                           plural(terms.start, "level"), said));
}

std::string refreshed_places_text(const std::vector<Rational>& noise) {
  std::vector<int> places;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    if (noise[i] > 0) places.push_back(static_cast<int>(i) + 1);
  }
  return places.empty() ? std::string()
                        : fmt::format(", refreshed before stage {}", fmt::join(places, " and "));
}

std::string places_text(const Artifact& artifact) {
  const std::vector<Rational> noise = noise_of(artifact);
  if (is_corrected(artifact.kind)) return "of the start, before it is corrected";
  std::vector<std::string> stages;
  for (std::size_t i = 1; i < noise.size(); ++i) {
    if (noise[i] > 0) stages.push_back(fmt::format("stage {}", i + 1));
  }
  std::vector<std::string> places;
  if (!noise.empty() && noise.front() > 0) places.emplace_back("of the input");
  if (!stages.empty()) places.push_back(fmt::format("before {}", fmt::join(stages, " and ")));
  return fmt::format("{}", fmt::join(places, ", "));
}

std::string describe_refreshes(const Artifact& artifact) {
  const std::string asked = option_of(artifact, "refresh");
  if (asked.empty()) return {};
  const std::vector<Rational> noise = noise_of(artifact);
  if (noise.empty()) return fmt::format("none is needed ({})", asked);
  return fmt::format("{}, {} ({}): each adds at most 2^{} to a value in [-1, 1]",
                     std::ranges::count_if(noise, [](const Rational& n) { return n > 0; }),
                     places_text(artifact), asked,
                     log2_text(std::ranges::max(noise), 2, Rounding::up));
}

}  // namespace equiripple
