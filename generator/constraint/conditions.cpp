// Mirrored conditions: p^(j)(-x) is (-1)^j p^(j)(x) for even p, the negative of that for odd p.
#include "generator/constraint/conditions.hpp"

#include <algorithm>
#include <map>

namespace equiripple {
namespace {

// Whether the derivative of this order of a polynomial of the parity is odd: then it is 0 at 0.
bool vanishes_at_zero(std::size_t order, Parity parity) {
  return (order % 2 == 0) == (parity == Parity::odd);
}

std::vector<Rational> mirrored(std::vector<Rational> values, Parity parity) {
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (vanishes_at_zero(j, parity)) values[j] = -values[j];
  }
  return values;
}

// Whether one list begins with the other.
bool agree(const std::vector<Rational>& a, const std::vector<Rational>& b) {
  return std::ranges::equal(
      a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin(),
      b.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())));
}

}  // namespace

std::optional<std::vector<PointCondition>> completed(const std::vector<PointCondition>& through,
                                                     Parity parity) {
  std::map<Rational, std::vector<Rational>> at;
  const auto add = [&](const Rational& x, const std::vector<Rational>& values) {
    std::vector<Rational>& known = at[x];
    if (!agree(known, values)) return false;
    if (values.size() > known.size()) known = values;
    return true;
  };
  for (const PointCondition& condition : through) {
    if (!add(condition.at, condition.values)) return std::nullopt;
    if (parity == Parity::none) continue;
    if (!add(-condition.at, mirrored(condition.values, parity))) return std::nullopt;
  }
  if (parity != Parity::none && at.contains(0)) {
    std::vector<Rational>& values = at[0];
    if (vanishes_at_zero(values.size(), parity)) values.push_back(0);
  }
  std::vector<PointCondition> all;
  for (const auto& [x, values] : at) all.push_back({x, values});
  return all;
}

bool suit(const Conditions& conditions, int degree, Parity parity) {
  if (parity == Parity::none) return true;
  if (conditions.leading && *conditions.leading != 0 &&
      (degree % 2 == 1) != (parity == Parity::odd)) {
    return false;
  }
  // The mirror image of a polynomial that keeps them keeps them, too.
  return std::ranges::all_of(conditions.through, [&](const PointCondition& condition) {
    const auto image = mirrored(condition.values, parity);
    return std::ranges::any_of(conditions.through, [&](const PointCondition& other) {
      return other.at == -condition.at && other.values == image;
    });
  });
}

int count_of(const std::vector<PointCondition>& through) {
  std::size_t count = 0;
  for (const PointCondition& condition : through) count += condition.values.size();
  return static_cast<int>(count);
}

}  // namespace equiripple
