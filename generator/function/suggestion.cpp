// Levenshtein's distance, with two neighbours swapped as one edit.
#include "generator/function/suggestion.hpp"

#include <algorithm>

namespace equiripple {
namespace {

std::size_t edits(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 64;  // chosen: no word that is known is longer
  if (word.size() > longest) return {};
  const std::string* best = nullptr;
  std::size_t fewest = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string& one : known) {
    const std::size_t count = edits(word, one);
    if (count > fewest || (best != nullptr && count == fewest)) continue;
    best = &one;
    fewest = count;
  }
  return best == nullptr ? "" : "; did you mean '" + *best + "'?";
}

}  // namespace equiripple
