// OpenFHE: degree < k (2^m - 1) as a tree of 2^m - 1 sums of T_0, ..., T_{k-1} [CCS19].
#include "emit/plan/peer_models.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace equiripple {
namespace {

// ComputeDegreesPS: m by the degree, as tabulated there.
constexpr std::array<std::pair<int, int>, 13> openfhe_doublings = {{{2, 1},
                                                                    {11, 2},
                                                                    {13, 3},
                                                                    {17, 2},
                                                                    {55, 3},
                                                                    {59, 4},
                                                                    {76, 3},
                                                                    {239, 4},
                                                                    {247, 5},
                                                                    {284, 4},
                                                                    {991, 5},
                                                                    {1007, 6},
                                                                    {1083, 5}}};

constexpr int openfhe_linear_below = 5;  // no division under this degree

// All T_k; coefficients that are zero are skipped.
PeerCosts openfhe_linear(int degree, Parity parity) {
  const int scalars = parity == Parity::none ? degree : (degree + 1) / 2;
  return {.levels = ceil_log2(degree) + 1,
          .key_switches = degree - 1,
          .tensor_products = degree - 1,
          .rescalings = degree,
          .scalar_products = scalars};
}

}  // namespace

PeerCosts openfhe_costs(int degree, Parity parity) {
  if (degree < openfhe_linear_below) return openfhe_linear(degree, parity);
  const int m = std::ranges::find_if(openfhe_doublings, [&](const auto& row) {
                  return degree <= row.first;
                })->second;
  const int k = degree / ((1 << m) - 1) + 1;
  // T_2 ... T_k; T_{2^i k} and T_{(2^i - 1) k}; one product a division.
  const int products = (k - 1) + 2 * (m - 1) + (1 << (m - 1)) - 1;
  // A sum is rescaled by itself where a T of positive index is in it. In pairs (k = 2) that is T_1,
  // which even series lack. Of other series with a parity, division fills every sum, not every
  // coefficient.
  const int sums = k == 2 && parity == Parity::even ? 0 : (degree - 1) / k + 1;
  PeerCosts costs{.levels = ceil_log2(k) + m,
                  .key_switches = products,
                  .tensor_products = products,
                  .rescalings = products + sums,
                  .scalar_products = std::nullopt};
  if (parity == Parity::none) costs.scalar_products = degree - degree / k;
  return costs;
}

}  // namespace equiripple
