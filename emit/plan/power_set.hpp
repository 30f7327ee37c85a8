// An ascending set of powers, and how deep each further one would lie.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "emit/plan/coverage.hpp"

namespace equiripple {

inline constexpr int highest_searched_degree = 64;

class PowerSet {
 public:
  /// Of a series of the class and of that degree: nothing above is looked at.
  PowerSet(SeriesClass series_class, int highest)
      : series_class_(series_class), highest_(highest), powers_(first_powers(series_class)) {
    depth_of_sum_.fill(unreachable);
    depth_of_sum_[2] = 1;
  }

  const std::vector<Factor>& powers() const { return powers_; }

  /// As the product of two that are there; above every depth where there are none.
  int depth_of(int degree) const { return depth_of_sum_[static_cast<std::size_t>(degree)]; }

  /// Above all that are there.
  void push(int degree) {
    const bool odd = degree % 2 == 1;
    const int depth = depth_of(degree);
    powers_.push_back(power_factor(series_class_, degree, depth, /*times_x=*/odd));
    const bool with_x = series_class_ == SeriesClass::odd_times_x;
    for (const Factor& other : powers_) {
      if (other.degree + degree > highest_) continue;
      if (with_x && (other.value == other.multiplier || (odd && other.value))) continue;
      int& known = depth_of_sum_[static_cast<std::size_t>(other.degree + degree)];
      known = std::min(known, 1 + std::max(depth, other.depth));
    }
  }

 private:
  static constexpr int unreachable = 1000;

  SeriesClass series_class_;
  int highest_;
  std::vector<Factor> powers_;
  std::array<int, highest_searched_degree + 1> depth_of_sum_{};
};

}  // namespace equiripple
