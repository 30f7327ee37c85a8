// The exchange of one point, which converges wherever the best polynomial is determined: the new
// reference keeps the alternation, so its level lies between the old one and the error that enters.
#pragma once

#include <algorithm>
#include <vector>

namespace equiripple {

/// Whether the error is positive at point `index` of `count`, where it is, or is not, at the last.
inline bool is_positive_at(std::size_t index, std::size_t count, bool positive_at_last) {
  return ((count - 1 - index) % 2 == 0) == positive_at_last;
}

/// The reference with `entering`, where the error has the sign given, in place of the neighbour of
/// that sign; at an end where there is none, of the point at the other end. Unchanged where it is
/// a point of the reference already.
template <class Point>
std::vector<Point> with_point(std::vector<Point> reference, const Point& entering, bool positive,
                              bool positive_at_last) {
  const auto after = std::ranges::lower_bound(reference, entering);
  if (after != reference.end() && *after == entering) return reference;
  const std::size_t count = reference.size();
  const auto k = static_cast<std::size_t>(after - reference.begin());
  const auto fits = [&](std::size_t i) {
    return is_positive_at(i, count, positive_at_last) == positive;
  };
  if (k > 0 && fits(k - 1)) {
    reference[k - 1] = entering;
  } else if (k < count && fits(k)) {
    reference[k] = entering;
  } else if (k == 0) {
    reference.pop_back();
    reference.insert(reference.begin(), entering);
  } else {
    reference.erase(reference.begin());
    reference.push_back(entering);
  }
  return reference;
}

}  // namespace equiripple
