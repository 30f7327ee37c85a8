// From a reference that is right to a few digits to one that is right to the rung.
//
// Each extremum takes one parabola through x - d, x, x + d a round, where the middle value is
// known from the levelling. The new place is off by about the square of the larger of d and the
// old place's error (in units of the spacing), and the level by its fourth power: three rounds
// give 2^-100. This is Newton's method with differences for derivatives. Where the error creeps up
// to a plateau, as 1 - exp(-x) does, each step is one scale of its length, and as many are needed.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "generator/exchange/levelled.hpp"
#include "generator/exchange/search.hpp"

namespace equiripple {

inline constexpr int first_step_log2 = -12;  // d over the spacing in the first round; chosen
inline constexpr int few_polishing = 10;     // rounds, whatever they gain; three are usual; chosen
inline constexpr int most_polishing = 200;   // where each gains a little; chosen: see below
inline constexpr double least_gain_bits = 0.5;  // of a round more than few; chosen
inline constexpr int gain_margin_bits = 10;     // for the constants in "about"; chosen
inline constexpr int goal_margin_bits = 30;     // of a levelling, beyond what is made of it; chosen
inline constexpr int flat_bits = 20;            // of noise in a plateau, over the roundoff; chosen
/// A peak as wide as its spacing falls by 2^-24 within the first step. One that falls by more than
/// this, of the level, is narrower: as where a step of the target is steep. Chosen.
inline constexpr int steep_log2 = -12;
inline constexpr int far_log2 = 8;           // of a parabola's top, over its points'; chosen
inline constexpr int narrowing_log2 = 4;     // of the steps at such a peak, at a time; chosen
inline constexpr int most_narrow_log2 = 64;  // spacings over peaks; chosen: the target is no step

template <class T>
struct Polished {
  std::vector<T> reference;
  LevelledPolynomial<T> polynomial;
  std::optional<T> error_of_zero{};  // where that is within the tolerance of the level
};

template <class T>
class Polisher {
 public:
  /// `start`: coefficients of a polynomial that is nearly levelled, if they are known.
  Polisher(const Problem<T>& problem, std::vector<T> reference, std::vector<Ball> start)
      : problem_(problem),
        reference_(std::move(reference)),
        narrow_log2_(reference_.size()),
        start_(std::move(start)) {}

  /// Empty where the extrema cannot be followed, or the rung's noise comes first.
  std::optional<Polished<T>> run(int tolerance_log2) {
    int step_log2 = first_step_log2;
    // Smaller steps tell no more, and see less of a flat maximum.
    const int last_step_log2 = (tolerance_log2 - gain_margin_bits) / 2;
    double before_log2 = 0;
    for (int round = 0; round < most_polishing; ++round) {
      // The heights of neighbours are compared with the level: their differences are about
      // 4^step_log2 of it, and the gap that is left after the round about 16^step_log2.
      const int goal_log2 = std::max(4 * step_log2 - goal_margin_bits,
                                     std::min(2 * step_log2, tolerance_log2) - goal_margin_bits);
      const LevelledPolynomial<T> polynomial(problem_, reference_, goal_log2, start_);
      start_ = polynomial.coefficients();
      if (!polynomial.is_finite() || !is_resolved(polynomial)) return std::nullopt;
      // Differences are about level * 4^step_log2 and must stand out of the noise.
      const double visible = log2_of(T(polynomial.noise() / real_abs(polynomial.level())));
      const int smallest_step = static_cast<int>(visible / 2) + resolved_bits;
      step_log2 = std::max(step_log2, std::min(smallest_step, first_step_log2));
      const std::optional<T> left = move_all(polynomial, step_log2);
      if (!left) return std::nullopt;
      const double left_log2 = *left > 0 ? log2_of(*left) : -2.0 * highest_bits;
      const double next_gap = std::max(left_log2, 4.0 * step_log2);
      if (next_gap <= tolerance_log2 - gain_margin_bits) {
        LevelledPolynomial<T> final_polynomial(problem_, reference_,
                                               tolerance_log2 - goal_margin_bits, start_);
        if (!is_resolved(final_polynomial)) return std::nullopt;
        return Polished<T>{reference_, std::move(final_polynomial)};
      }
      if (round >= few_polishing && left_log2 > before_log2 - least_gain_bits) return std::nullopt;
      before_log2 = left_log2;
      step_log2 = std::max(2 * step_log2, last_step_log2);
    }
    return std::nullopt;
  }

 private:
  // Moves every point of the reference; what may be left to gain, over the level, or nothing when a
  // point is no maximum. A point that moved by s spacings is off by about s^2 afterwards, and the
  // gain, which goes with the square, falls by s^2. Where the error only creeps upwards it falls no
  // more than it did before.
  std::optional<T> move_all(const LevelledPolynomial<T>& polynomial, int step_log2) {
    std::vector<T> moved(reference_.size());
    std::vector<T> gains(reference_.size());
    T largest = 0;
    for (std::size_t i = 0; i < reference_.size(); ++i) {
      const std::optional<Extremum<T>> extremum = move(polynomial, i, step_log2);
      if (!extremum) return std::nullopt;
      moved[i] = extremum->x;
      gains[i] = extremum->error;
      T falls_by = (moved[i] - reference_[i]) / spacing_at(i);
      if (!gains_.empty() && gains_[i] > 0) {
        falls_by = std::max(real_abs(falls_by), std::min(T(1), T(gains[i] / gains_[i])));
      }
      largest = std::max(largest, T(gains[i] * falls_by * falls_by));
    }
    if (!std::ranges::is_sorted(moved)) return std::nullopt;
    reference_ = std::move(moved);
    gains_ = std::move(gains);
    return largest / real_abs(polynomial.level());
  }

  // The segments around x: two where x is a kink, or an end that two intervals share.
  std::vector<Segment<T>> segments_at(const T& x) const {
    std::vector<Segment<T>> found;
    const auto& segments = problem_.segments();
    auto segment = std::ranges::lower_bound(segments, x, {}, &Segment<T>::upper);
    for (; segment != segments.end() && segment->lower <= x; ++segment) found.push_back(*segment);
    return found;
  }

  // How wide the peak is, about.
  T spacing_at(std::size_t i) const {
    T spacing = -1;
    const auto consider = [&](const T& distance) {
      if (spacing < 0 || distance < spacing) spacing = distance;
    };
    if (i > 0) consider(reference_[i] - reference_[i - 1]);
    if (i + 1 < reference_.size()) consider(reference_[i + 1] - reference_[i]);
    for (const Segment<T>& segment : segments_at(reference_[i])) {
      if (spacing < 0 || segment.upper - segment.lower < spacing) {
        consider(segment.upper - segment.lower);
      }
    }
    return scale_by_power_of_two(spacing, -narrow_log2_[i]);
  }

  // The new place, and the gain there over the level.
  std::optional<Extremum<T>> move(const LevelledPolynomial<T>& polynomial, std::size_t i,
                                  int step_log2) {
    const T x = reference_[i];
    const T spacing = spacing_at(i);
    const T step = scale_by_power_of_two(spacing, step_log2);
    const int sign = polynomial.error_at(i) < 0 ? -1 : 1;
    const T level = real_abs(polynomial.level());
    const auto height = [&](const T& at) { return T(sign * polynomial.error(at)); };
    const auto around = segments_at(x);
    if (around.empty()) return std::nullopt;
    for (const Segment<T>& segment : around) {
      const bool at_lower = x - segment.lower < step;
      const bool at_upper = segment.upper - x < step;
      if (!at_lower && !at_upper) {
        const T before = height(x - step);
        const T after = height(x + step);
        const T fall = std::max(level, std::max(before, after)) - std::min(before, after);
        if (fall > scale_by_power_of_two(level, steep_log2) && narrow_log2_[i] < most_narrow_log2) {
          narrow_log2_[i] += narrowing_log2;
          return move(polynomial, i, step_log2);
        }
        const auto top = vertex(segment, x, step, before, level, after, spacing, level);
        if (top && real_abs(T(top->x - x)) <= scale_by_power_of_two(step, far_log2)) return top;
        return climbed(segment, height, x, after > before ? step : T(-step), level);
      }
      const T end = at_lower ? segment.lower : segment.upper;
      const T inward = at_lower ? step : T(-step);
      const T end_height = height(end);
      const T middle = height(end + inward);
      if (end_height >= middle) continue;
      const T inner = height(end + 2 * inward);
      return at_lower
                 ? vertex(segment, T(end + inward), step, end_height, middle, inner, spacing, level)
                 : vertex(segment, T(end + inward), step, inner, middle, end_height, spacing,
                          level);
    }
    // At an end, and lower everywhere beside it: the end itself.
    const Segment<T>& segment = around.front();
    const T end = x - segment.lower < step ? segment.lower : segment.upper;
    return Extremum<T>{end, T(height(end) - level)};
  }

  // Uphill from x, where a parabola does not see the top: the error may rise steadily to where a
  // step of the target ends it.
  template <class Height>
  static std::optional<Extremum<T>> climbed(const Segment<T>& segment, const Height& height,
                                            const T& x, T step, const T& level) {
    constexpr int parabolas = 8;  // chosen
    Extremum<T> before{x, level};
    Extremum<T> top{T(x + step), height(T(x + step))};
    if (!(top.error > level)) return std::nullopt;
    while (top.x != segment.lower && top.x != segment.upper) {
      step *= 2;
      const T at = std::clamp(T(top.x + step), segment.lower, segment.upper);
      const Extremum<T> after{at, height(at)};
      if (!(after.error > top.error)) {
        top = before.x < after.x ? refine(height, before, top, after, parabolas)
                                 : refine(height, after, top, before, parabolas);
        break;
      }
      before = top;
      top = after;
    }
    return Extremum<T>{top.x, T(top.error - level)};
  }

  static std::optional<Extremum<T>> vertex(const Segment<T>& segment, const T& x, const T& step,
                                           const T& left, const T& middle, const T& right,
                                           const T& spacing, const T& level) {
    const T curvature = 2 * middle - left - right;
    const T flat = scale_by_power_of_two(level, flat_bits - bits_of<T>);
    if (real_abs(curvature) <= flat && real_abs(T(right - left)) <= flat) {
      return Extremum<T>{x, T(middle - level)};  // a plateau: any of its points
    }
    if (curvature <= 0) return std::nullopt;
    T shift = step * (right - left) / (2 * curvature);
    const T limit = spacing / 2;
    if (real_abs(shift) > limit) shift = shift < 0 ? T(-limit) : limit;
    const T gain = (right - left) * (right - left) / (8 * curvature);
    return Extremum<T>{std::clamp(T(x + shift), segment.lower, segment.upper),
                       T(middle - level + gain)};
  }

  const Problem<T>& problem_;
  std::vector<T> reference_;
  std::vector<T> gains_;          // of the round before
  std::vector<int> narrow_log2_;  // by which peaks are narrower than their surroundings
  std::vector<Ball> start_;
};

/// Is there a larger error beside the reference? Of two peaks of one sign the higher was taken, and
/// of more that alternate than a reference needs some: polishing may have changed which they are,
/// or shown a difference that the search did not see. Within the tolerance, of the level, there is
/// none.
template <class T>
bool misses_peak(const Polished<T>& polished, const Problem<T>& problem, int tolerance_log2) {
  constexpr int parabolas = 2;
  const LevelledPolynomial<T>& polynomial = polished.polynomial;
  const auto peaks = peaks_of(polynomial, problem, polished.reference, parabolas);
  const T level = real_abs(polynomial.level());
  const T excess = real_abs(peaks.largest.error) - level;
  return excess > scale_by_power_of_two(level, tolerance_log2) &&
         excess > scale_by_power_of_two(polynomial.noise(), resolved_bits);
}

/// The same by exchanges alone, where extrema are too flat or too sharp for differences.
template <class T>
std::optional<Polished<T>> exchanged_to_tolerance(const Problem<T>& problem,
                                                  std::vector<T> reference, int tolerance_log2) {
  constexpr int most_exchanges = 300;  // chosen: few, but where the best error is all but constant
  const int goal_log2 = tolerance_log2 - goal_margin_bits;
  const Search<T> found = search(problem, std::move(reference),
                                 {.most_exchanges = most_exchanges,
                                  .zero_log2 = tolerance_log2,
                                  .gap_log2 = tolerance_log2,
                                  .goal_log2 = goal_log2,
                                  .parabolas = fine_parabolas});
  if (found.outcome != SearchOutcome::found) return std::nullopt;
  LevelledPolynomial<T> polynomial(problem, found.reference, goal_log2, found.coefficients);
  if (!is_resolved(polynomial)) return std::nullopt;
  return Polished<T>{found.reference, std::move(polynomial), found.error_of_zero};
}

}  // namespace equiripple
