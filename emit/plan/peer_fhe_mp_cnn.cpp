// FHE-MP-CNN: odd T_1 ... T_{2^l - 1} and T_2, T_4, ..., T_{2^{m-1}}; the best of all l and m
// [LLNK20].
#include "emit/plan/peer_models.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace equiripple {
namespace {

constexpr int unreachable = 10'000;  // more products than any division takes

// Products of the best division of an odd series, every part within its depth.
int odd_divisions(int degree, int depth, int l, int m) {
  const auto at = [](int odd) { return static_cast<std::size_t>(odd / 2); };
  std::vector<int> above(at(degree) + 1, unreachable);
  above[at(1)] = 0;
  for (int j = 2; j <= depth; ++j) {
    std::vector<int> here(above.size(), unreachable);
    for (int i = 1; i <= degree; i += 2) {
      int& best = here[at(i)];
      if (i < (1 << l) && i <= (1 << (j - 1))) best = 0;
      for (int k = 1; k < m && (1 << k) < i && k < j && best > 0; ++k) {
        best = std::min(best, above[at(i - (1 << k))] + here[at((1 << k) - 1)] + 1);
      }
    }
    above = std::move(here);
  }
  return above[at(degree)];
}

}  // namespace

PeerCosts fhe_mp_cnn_costs(int degree) {
  const int depth = ceil_log2(degree);
  int products = unreachable;
  for (int l = 1; (1 << l) - 1 <= degree; ++l) {
    for (int m = 1; (1 << (m - 1)) < degree; ++m) {
      const int powers = (1 << (l - 1)) - 1 + m - 1;
      products = std::min(products, odd_divisions(degree, depth, l, m) + powers);
    }
  }
  return {.levels = bit_length(degree),
          .key_switches = products,
          .tensor_products = products,
          .rescalings = std::nullopt,
          .scalar_products = (degree + 1) / 2};  // dividing an odd series keeps their number
}

}  // namespace equiripple
