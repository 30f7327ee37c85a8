// The asymmetric baby-step giant-step [Wan25] of one Chebyshev series, counted on CKKS.
//
// A degree below M is a number of `factors` digits, each a power of two wide: T_e is a product of
// powers, one of each digit's set, and lower degrees. Such products are neither relinearised nor
// rescaled: with f factors they have f + 1 components and the scale to the power f. The lower half
// of the digits and the upper half are multiplied out, and sums of scalar multiples of the first
// times the second give blocks of M degrees. A block is rescaled as often as it has factors,
// multiplied by T_{jM}, and the sum over j relinearised at once, with a key for each power of the
// secret.
//
// From the published text, not from a program; what that leaves open is taken for the method:
// blocks are not relinearised before the sum, digits may differ in width, inner sums have no more
// primes than they need. What [Wan25] does not have and CKKS asks for: a scalar product takes one
// more scale, in places a level. Odd series (odd powers alone in the lowest digit) and even ones
// (a series of T_2) are not treated there.
#pragma once

#include <optional>
#include <vector>

#include "generator/chebyshev.hpp"

namespace equiripple {

struct AsymmetricCosts {
  std::vector<int> digits{};  // binary digits that each factor takes, lowest first
  int levels = 0;
  int key_switches = 0;  // of one component each: k - 2 where k components become two
  int tensor_products = 0;
  int rescalings = 0;
  int scalar_products = 0;
  int components = 0;     // of the largest ciphertext
  int kept = 0;           // components of all products and powers that are kept for the blocks
  double transforms = 0;  // CostTable::transforms() for each component or pair of components
};

/// With these digits, each at least one wide; none where the highest degree has no more digits, or
/// where the parity is not the degree's.
[[nodiscard]] std::optional<AsymmetricCosts> asymmetric_costs(int degree, Parity parity,
                                                              const std::vector<int>& digits);

/// With so many factors, and the digits that take the fewest levels, of those the fewest key
/// switches, of those the fewest transforms.
[[nodiscard]] std::optional<AsymmetricCosts> asymmetric_costs(int degree, Parity parity,
                                                              int factors);

}  // namespace equiripple
