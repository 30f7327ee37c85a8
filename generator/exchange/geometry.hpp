// Places on the working domain in double, however narrow its intervals are: a place is an offset
// from the lower end of an interval, and differences of ends are taken exactly.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "generator/exchange/problem.hpp"

namespace equiripple {

/// An interval of the working domain; its lower end is lower + lower_rest to twice double's bits.
struct Stretch {
  Interval exact;
  double lower = 0;
  double lower_rest = 0;
  double width = 0;
};

/// A point as the offset from the lower end of a stretch.
struct Place {
  std::size_t stretch;
  double offset;
};

/// The working domain, touching intervals merged, and distances in the variable u.
class Geometry {
 public:
  explicit Geometry(const MinimaxRequest& request) : parity_(request.parity) {
    for (const Interval& interval : working_domain(request.domain, parity_)) {
      if (!stretches_.empty() && stretches_.back().exact.upper == interval.lower) {
        stretches_.back().exact.upper = interval.upper;
      } else {
        stretches_.emplace_back().exact = interval;
      }
    }
    for (Stretch& stretch : stretches_) {
      stretch.lower = to_double(stretch.exact.lower);
      stretch.lower_rest = to_double(stretch.exact.lower - Rational(stretch.lower));
      stretch.width = to_double(stretch.exact.upper - stretch.exact.lower);
    }
  }

  const std::vector<Stretch>& stretches() const { return stretches_; }

  /// Places on every stretch, crowded to its ends: several for each of `count` points, whether
  /// these are spread over the stretches or along their length.
  std::vector<Place> grid(std::size_t count) const {
    constexpr double places_per_point = 4;  // chosen: the exchange mends a coarse start
    double width = 0;
    for (const Stretch& stretch : stretches_) width += stretch.width;
    std::vector<Place> places;
    for (std::size_t i = 0; i < stretches_.size(); ++i) {
      const double share =
          stretches_[i].width / width + 1.0 / static_cast<double>(stretches_.size());
      const double here = places_per_point * (1 + static_cast<double>(count) * share) + 1;
      const auto more = chebyshev_extrema(i, static_cast<std::size_t>(here));
      places.insert(places.end(), more.begin(), more.end());
    }
    return places;
  }

  /// `count` places from end to end, both included where count > 1.
  std::vector<Place> chebyshev_extrema(std::size_t stretch, std::size_t count) const {
    const double pi = real_pi<double>();
    const double width = stretches_[stretch].width;
    const double lower = stretches_[stretch].lower;
    const bool from_zero = parity_ == Parity::odd && stretches_[stretch].exact.lower == 0;
    std::vector<Place> places;
    for (std::size_t j = 0; j < count; ++j) {
      if (j + 1 == count) {
        places.push_back({stretch, width});
      } else if (from_zero) {  // x = b cos(pi k / (2 count - 1)), k = count - 1, ..., 0
        const auto k = static_cast<double>(count - 1 - j);
        places.push_back(
            {stretch, width * std::cos(pi * k / (2.0 * static_cast<double>(count) - 1))});
      } else {
        const double angle = pi * static_cast<double>(j) / (2.0 * static_cast<double>(count - 1));
        const double s = std::sin(angle);
        const double share = s * s;  // of the way from u(a) to u(b)
        if (parity_ == Parity::none) {
          places.push_back({stretch, width * share});
        } else {  // x - a = (u(b) - u(a)) share / (x + a)
          const double ends = width * (2 * lower + width);
          const double x = std::sqrt(lower * lower + ends * share);
          places.push_back({stretch, x + lower == 0 ? 0 : ends * share / (x + lower)});
        }
      }
    }
    return places;
  }

  /// |u(a) - u(b)|.
  double distance(const Place& a, const Place& b) const {
    const Stretch& of_a = stretches_[a.stretch];
    const Stretch& of_b = stretches_[b.stretch];
    const double difference =
        (of_a.lower - of_b.lower) + (of_a.lower_rest - of_b.lower_rest) + (a.offset - b.offset);
    if (parity_ == Parity::none) return std::abs(difference);
    return std::abs(difference) * (of_a.lower + a.offset + of_b.lower + b.offset);
  }

  Rational exact(const Place& place) const {
    const Stretch& stretch = stretches_[place.stretch];
    const Rational x = stretch.exact.lower + Rational(place.offset);
    return place.offset == stretch.width ? stretch.exact.upper : std::min(x, stretch.exact.upper);
  }

 private:
  Parity parity_;
  std::vector<Stretch> stretches_;
};

}  // namespace equiripple
