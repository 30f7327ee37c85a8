// A folded table on one rung: what the levelled polynomial needs to know of its target.
#pragma once

#include <algorithm>
#include <vector>

#include "generator/data/fold.hpp"
#include "generator/exchange/levelled.hpp"

namespace equiripple {

template <class T>
class TableProblem {
 public:
  explicit TableProblem(const FoldedTable& table) : parity_(table.parity) {
    for (const FoldedPoint& point : table.points) {
      places_.push_back(from_rational<T>(point.u));
      values_.push_back(from_rational<T>(point.value));
      weights_.push_back(from_rational<T>(point.weight));
    }
  }

  const std::vector<T>& places() const { return places_; }
  const std::vector<T>& values() const { return values_; }

  /// Whether the rung holds the points apart.
  bool is_ascending() const {
    const auto reached = [this](const T& a, const T& b) { return map(a) >= map(b); };
    return std::ranges::adjacent_find(places_, reached) == places_.end();
  }

  T map(const T& u) const { return parity_ == Parity::none ? u : T(u * u); }
  T factor(const T& u) const { return parity_ == Parity::odd ? u : T(1); }
  /// The index of one of the places.
  std::size_t index_of(const T& place) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(places_, place) - places_.begin());
  }
  /// At one of the places.
  T target(const T& place) const { return values_[index_of(place)]; }
  T weight(const T& place) const { return weights_[index_of(place)]; }
  const std::vector<T>& weights() const { return weights_; }

 private:
  Parity parity_;
  std::vector<T> places_;
  std::vector<T> values_;
  std::vector<T> weights_;
};

}  // namespace equiripple
