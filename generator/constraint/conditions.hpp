// What a polynomial must be at points, whatever the function is there.
#pragma once

#include <optional>
#include <vector>

#include "generator/function/expression.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

/// The value and the first derivatives at one point, exactly.
struct PointCondition {
  Rational at;
  std::vector<Rational> values;  // p(at), p'(at), p''(at), ...; at least one
};

struct Conditions {
  std::vector<PointCondition> through{};  // each point once, in any order
  std::optional<Rational> leading{};      // the coefficient of x^degree
  std::vector<int> absent{};              // ascending: powers that have no coefficient, in classes
                                          // that are Haar spaces without them

  bool empty() const { return through.empty() && !leading && absent.empty(); }
};

/// The conditions with all that follow from them for a polynomial of the parity, points ascending:
/// those at -x, and of the derivatives at 0 that the parity rules out. Empty where no polynomial of
/// the parity keeps them.
[[nodiscard]] std::optional<std::vector<PointCondition>> completed(
    const std::vector<PointCondition>& through, Parity parity);

/// Whether every polynomial that keeps the conditions has its mirror image in the same class, so
/// that the best one of a function of this parity may have it.
[[nodiscard]] bool suit(const Conditions& conditions, int degree, Parity parity);

/// How many numbers are given.
[[nodiscard]] int count_of(const std::vector<PointCondition>& through);

}  // namespace equiripple
