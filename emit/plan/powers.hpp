// The Chebyshev powers T_k of one variable, made when first asked for.
#pragma once

#include <map>
#include <string>

#include "emit/plan/builder.hpp"

namespace equiripple {

/// ceil(log2(k)): levels below its variable at which T_k is there.
[[nodiscard]] int power_depth(int k);

class ChebyshevPowers {
 public:
  /// `variable` is T_1; `prefix` begins the names of the powers.
  ChebyshevPowers(ProgramBuilder& builder, int variable, std::string prefix);

  /// T_k, k >= 1, by T_{a+b} = 2 T_a T_b - T_{a-b} with a + b = k and the fewest new powers.
  int power(int k);

 private:
  int larger_half(int k) const;

  ProgramBuilder& builder_;
  std::string prefix_;
  std::map<int, int> values_;
};

}  // namespace equiripple
