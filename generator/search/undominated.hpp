// What no other beats: none has as few levels, as little of the cost that counts, and, where there
// is no error to meet, as small an error. Of those that are equal in all of it the first stays.
#pragma once

#include <vector>

#include "generator/search/composite_search.hpp"

namespace equiripple {

/// In levels, and in latency or key switches.
[[nodiscard]] inline bool costs_no_more(const Composition& a, const Composition& b,
                                        bool by_latency) {
  if (a.levels > b.levels) return false;
  return by_latency ? a.latency <= b.latency : a.key_switches <= b.key_switches;
}

/// Whether b is not needed beside a.
[[nodiscard]] inline bool beats(const FoundComposition& a, const FoundComposition& b,
                                const CompositeSearchRequest& request) {
  const bool is_as_good = request.error || a.error <= b.error;
  return is_as_good && costs_no_more(a.composition, b.composition, request.by_latency);
}

/// Their places, ascending.
[[nodiscard]] inline std::vector<std::size_t> undominated(
    const std::vector<FoundComposition>& found, const CompositeSearchRequest& request) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < found.size(); ++i) {
    bool beaten = false;
    for (std::size_t j = 0; j < found.size() && !beaten; ++j) {
      beaten = i != j && beats(found[j], found[i], request) &&
               (j < i || !beats(found[i], found[j], request));
    }
    if (!beaten) kept.push_back(i);
  }
  return kept;
}

}  // namespace equiripple
