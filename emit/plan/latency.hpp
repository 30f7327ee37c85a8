// The time of a plan by a table of what each operation costs at each level.
#pragma once

#include <optional>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// Costs in any unit, of operations on a ciphertext with 1, 2, ... levels left. A single number is
/// the cost at every level.
struct CostTable {
  std::vector<double> tensor_product{};
  std::vector<double> key_switch{};
  std::vector<double> rescaling{};
  std::vector<double> scalar_product{};
  std::vector<double> addition{};
  int levels_after = 0;  // that are left when the plan is done

  /// Number-theoretic transforms of one prime as SEAL 4 makes them, one digit a prime: with n
  /// primes a key switch takes n (n + 1), a rescaling 2 n; a pointwise product counts as a tenth
  /// (chosen).
  static CostTable transforms();
};

/// Of a list of costs, at so many levels left.
[[nodiscard]] double cost_at(const std::vector<double>& costs, int levels_left);

/// How many levels the lists cover, levels_after included: the length of the shortest; none where
/// each is a single number.
[[nodiscard]] std::optional<int> levels_covered(const CostTable& costs);

[[nodiscard]] double latency_of(const std::vector<Instruction>& program, const CostTable& costs);

}  // namespace equiripple
