#include "emit/refresh_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/points.hpp"

namespace equiripple {

std::string places_text(const Artifact& artifact) {
  const std::vector<Rational> noise = noise_of(artifact);
  std::vector<std::string> stages;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    if (noise[i] > 0) stages.push_back(fmt::format("stage {}", i + 1));
  }
  return stages.empty() ? std::string() : fmt::format("before {}", fmt::join(stages, " and "));
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
