// The exchange on one rung: from a first guess to a reference that levels the error to the
// precision that the rung can resolve.
//
// What grows with certainty is the level. The points of the next reference keep the alternation,
// none has less than the level and one has the largest error: the level of the next reference lies
// above that of this one [Rem34], whatever the gap between level and largest error does on the way.
// So no step is taken that lowers it by more than the rung's rounding. Where that spoils the
// exchange of all points, or a symmetry levels the error to 0, the largest error alone enters;
// where that leads nowhere either, the rung says so, and the next one goes on from there.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "generator/exchange/extrema.hpp"
#include "generator/exchange/levelled.hpp"
#include "generator/exchange/one_point.hpp"
#include "generator/exchange/outcome.hpp"
#include "generator/exchange/selection.hpp"

namespace equiripple {

inline constexpr int resolved_bits = 10;  // the level must exceed the noise by this; chosen
inline constexpr int search_gap_log2 =
    -20;                                   // largest / level - 1 that polishing starts from; chosen
inline constexpr int hand_over_log2 = -6;  // the same where extrema are simple: Newton's steps of
                                           // the polishing take over; chosen
inline constexpr int search_goal_log2 = -40;  // levelling, over the level; chosen
/// That refine an extremum where small differences of the level count. Chosen.
inline constexpr int fine_parabolas = 8;
/// Exchanges that the rung does not see raise the level: where few points bear nearly all of it,
/// as two at the ends of a tiny interval, the others raise it by less than it is known to.
inline constexpr int patience = 20;  // chosen: as many were seen

/// In double, where they are cheap: a short reference still sees what is narrow. Chosen.
inline constexpr std::size_t usual_samples = 1000;

/// None where the request has no features to look for.
inline std::size_t fewest_samples_of(const MinimaxRequest& request) {
  return request.feature_samples == 0 ? 0 : usual_samples;
}

struct SearchLimits {
  int most_exchanges = 0;
  bool eager = false;  // stop as soon as polishing is likely to do the rest
  int zero_log2 = 0;   // stop where the error of 0 is as near to the level; 0: it does not matter
  int gap_log2 = search_gap_log2;  // largest / level - 1 that is enough
  int goal_log2 = search_goal_log2;
  int parabolas = 2;                           // that refine an extremum
  std::size_t fewest_samples = usual_samples;  // in double
};

template <class T>
struct Search {
  SearchOutcome outcome = SearchOutcome::exchange_limit;
  std::vector<T> reference{};  // that levels the error; else the best that was reached
  bool resolved = false;       // a level above the noise was reached
  int exchanges = 0;
  double signal_bits = 0;            // log2 of the level over the size of the target, where found
  double level_log2 = 0;             // where found
  double needed_bits = 0;            // at least, where the rung's rounding stopped it
  std::vector<Ball> coefficients{};  // of the levelled polynomial, as it has them
  std::optional<T> error_of_zero{};  // where that is enough, and was asked for
  bool near_zero = false;            // the error of 0 is about the level, where found
};

template <class T>
bool is_resolved(const LevelledPolynomial<T>& polynomial) {
  return real_abs(polynomial.level()) > scale_by_power_of_two(polynomial.noise(), resolved_bits);
}

/// The extrema of a levelled polynomial's error, and the largest.
template <class T>
struct ErrorPeaks {
  std::vector<Extremum<T>> extrema;  // alternating
  Extremum<T> largest;
};

template <class T>
ErrorPeaks<T> peaks_of(const LevelledPolynomial<T>& polynomial, const Problem<T>& problem,
                       const std::vector<T>& reference, int parabolas,
                       std::size_t fewest_samples = usual_samples) {
  // On a high rung samples are dear, and in many segments their ends tell nearly all.
  int between = problem.segments().size() < reference.size() / 4 ? few_samples_between : 1;
  if constexpr (std::is_same_v<T, double>) {
    const std::size_t gaps = reference.size() + problem.segments().size();
    between = std::max(samples_between, static_cast<int>(fewest_samples / gaps));
  }
  const auto curve = [&](const T& x) { return polynomial.error(x); };
  ErrorPeaks<T> peaks{
      .extrema = alternating_extrema(curve, problem.segments(), reference, parabolas, between),
      .largest = {problem.segments().front().lower, 0}};
  for (const Extremum<T>& extremum : peaks.extrema) {
    const bool is_larger = !(real_abs(extremum.error) <= real_abs(peaks.largest.error));
    if (is_larger || !is_finite(extremum.error)) peaks.largest = extremum;
    if (!is_finite(extremum.error)) break;
  }
  return peaks;
}

/// The error of 0, the largest size of the weighted target, if that is at most `most`; looked for
/// between the points, which tell most that are larger.
template <class T>
std::optional<T> error_of_zero(const Problem<T>& problem, const std::vector<T>& points,
                               const T& most) {
  const auto curve = [&](const T& x) { return T(problem.weight(x) * problem.target(x)); };
  const auto is_below = [&](const T& x) { return real_abs(curve(x)) <= most; };
  if (!std::ranges::all_of(points, is_below)) return std::nullopt;
  T largest = 0;
  for (const Extremum<T>& extremum :
       alternating_extrema(curve, problem.segments(), points, unguided_steps)) {
    largest = std::max(largest, real_abs(extremum.error));
  }
  return largest <= most ? std::optional(largest) : std::nullopt;
}

template <class T>
class Exchange {
 public:
  Exchange(const Problem<T>& problem, std::vector<T> reference, const SearchLimits& limits)
      : problem_(problem),
        limits_(limits),
        goal_log2_(limits.goal_log2),
        reference_(std::move(reference)),
        polynomial_(problem, reference_, goal_log2_) {
    result_.reference = reference_;
  }

  Search<T> run() {
    for (result_.exchanges = 1; result_.exchanges <= limits_.most_exchanges; ++result_.exchanges) {
      if (const auto outcome = step()) {
        result_.outcome = *outcome;
        return result_;
      }
    }
    result_.outcome = SearchOutcome::exchange_limit;
    return result_;
  }

 private:
  static constexpr int most_unresolved = 8;  // in a row, without a level above the noise; chosen
  static constexpr int clear_bits = 4;       // of an error, over its rounding; chosen

  // One exchange, or the same polynomial levelled finer; the outcome, where the search ends.
  std::optional<SearchOutcome> step() {
    if (!polynomial_.is_finite()) return SearchOutcome::not_finite;
    const bool resolved = is_resolved(polynomial_);
    const int parabolas = strict_ ? std::max(limits_.parabolas, fine_parabolas) : limits_.parabolas;
    auto peaks = peaks_of(polynomial_, problem_, reference_, resolved ? parabolas : 0,
                          limits_.fewest_samples);
    const T largest = real_abs(peaks.largest.error);
    if (!is_finite(largest)) return SearchOutcome::not_finite;
    if (!resolved) return step_from_nothing(peaks.largest);
    unresolved_ = 0;
    const T level = real_abs(polynomial_.level());
    const T gap = largest - level;
    // The largest error may be rounding alone, where a polynomial through the points is wild.
    const T rounding = polynomial_.noise_at(peaks.largest.x);
    if (largest <= scale_by_power_of_two(rounding, clear_bits) &&
        gap > scale_by_power_of_two(level, hand_over_log2)) {
      const double lost_bits = log2_of(rounding) - log2_of(level) + resolved_bits;
      if (level_finer(static_cast<int>(lost_bits) + resolved_bits)) return std::nullopt;
      result_.needed_bits = bits_of<T> + lost_bits;
      return SearchOutcome::stalled;
    }
    result_.resolved = true;
    result_.reference = reference_;
    const bool simple = peaks.extrema.size() == reference_.size();
    const std::vector<T> next = next_reference(peaks.extrema, level);
    if (limits_.zero_log2 < 0) {
      // No polynomial of the class has less.
      const T least = level - polynomial_.noise() - polynomial_.unlevelled();
      const T most = least + scale_by_power_of_two(level, limits_.zero_log2);
      result_.error_of_zero = error_of_zero(problem_, reference_, most);
    }
    if (result_.error_of_zero) {
      take_what_was_found(level);
      return SearchOutcome::found;
    }
    if (gap <= enough(level, simple)) {
      if (!next.empty()) result_.reference = next;
      take_what_was_found(level);
      return SearchOutcome::found;
    }
    if (smallest_gap_ < 0 || gap < smallest_gap_) {
      smallest_gap_ = gap;
      flat_ = 0;
    }
    if (++flat_ <= patience) {
      if (!next.empty() && leads_to(next)) return std::nullopt;
      if (leads_to(with_largest(peaks.largest))) return std::nullopt;
    }
    flat_ = 0;
    if (level_finer(-goal_log2_) || be_strict(level)) return std::nullopt;
    return SearchOutcome::stalled;
  }

  // A symmetry levels the error to 0, or the rung does not see it: the largest error tells, and
  // with it in the reference the level is above 0.
  std::optional<SearchOutcome> step_from_nothing(const Extremum<T>& largest) {
    const T floor = scale_by_power_of_two(polynomial_.noise(), resolved_bits);
    if (real_abs(largest.error) <= floor || ++unresolved_ > most_unresolved) {
      return SearchOutcome::unresolved;
    }
    if (!take(with_largest(largest))) return SearchOutcome::stalled;
    return std::nullopt;
  }

  // Empty where rounding hides the alternation.
  std::vector<T> next_reference(std::vector<Extremum<T>>& extrema, const T& level) const {
    std::vector<T> next;
    if (extrema.size() < reference_.size()) return next;
    keep_best(extrema, reference_.size(), level, [&](const T& x) { return problem_.map(x); });
    for (const Extremum<T>& extremum : extrema) next.push_back(extremum.x);
    return next;
  }

  std::vector<T> with_largest(const Extremum<T>& largest) const {
    return with_point(reference_, largest.x, largest.error > 0, polynomial_.level() >= 0);
  }

  T enough(const T& level, bool simple) const {
    const int gap_log2 =
        limits_.eager && simple ? std::max(hand_over_log2, limits_.gap_log2) : limits_.gap_log2;
    return std::max(scale_by_power_of_two(level, gap_log2),
                    scale_by_power_of_two(polynomial_.noise(), 4));
  }

  LevelledPolynomial<T> levelled(const std::vector<T>& points) const {
    return LevelledPolynomial<T>(problem_, points, goal_log2_, polynomial_.coefficients());
  }

  // Takes the points, whatever their level.
  bool take(const std::vector<T>& points) { return take(points, levelled(points)); }

  bool take(const std::vector<T>& points, LevelledPolynomial<T> polynomial) {
    if (!polynomial.is_finite()) return false;
    polynomial_ = std::move(polynomial);
    reference_ = points;
    return true;
  }

  // Takes the points unless they lower the level by more than it is known to.
  bool leads_to(const std::vector<T>& points) {
    const T level = real_abs(polynomial_.level());
    LevelledPolynomial<T> polynomial = levelled(points);
    const T asked_for = scale_by_power_of_two(level, goal_log2_);
    const T had = std::max(polynomial_.unlevelled(), polynomial.unlevelled());
    const T rounding = std::max(scale_by_power_of_two(level, resolved_bits - bits_of<T>),
                                scale_by_power_of_two(polynomial_.noise(), 2));
    const T known_to = std::max(rounding, strict_ ? had : asked_for);
    const T rise = real_abs(polynomial.level()) - level;
    if (!(rise >= -known_to)) return false;
    if (rise > known_to) flat_ = 0;
    return take(points, std::move(polynomial));
  }

  // Where the rung can do more than it was asked for.
  bool level_finer(int by_bits) {
    const bool can = !std::is_same_v<T, double> && goal_log2_ > -bits_of<T> &&
                     polynomial_.unlevelled() > polynomial_.noise();
    if (!can) return false;
    goal_log2_ = std::max(goal_log2_ - std::max(by_bits, resolved_bits), -bits_of<T>);
    polynomial_ = levelled(reference_);
    return true;
  }

  void take_what_was_found(const T& level) {
    result_.level_log2 = log2_of(level);
    result_.signal_bits = log2_of(level) - log2_of(polynomial_.noise()) - bits_of<T>;
    result_.coefficients = polynomial_.coefficients();
    result_.near_zero = is_near_zero(level);
  }

  bool is_near_zero(const T& level) const {
    const T most = level + scale_by_power_of_two(level, search_gap_log2);
    return error_of_zero(problem_, reference_, most).has_value();
  }

  // Steps that lower the level a little, by less than it was asked to be known to, are the quicker
  // way, but may go round in circles where it is known better. What little the best polynomial
  // gains over 0 a low rung does not resolve: there each step would gain next to nothing.
  bool be_strict(const T& level) {
    if (strict_ || std::is_same_v<T, double>) return false;
    if (bits_of<T> < -2 * limits_.zero_log2 && is_near_zero(level)) return false;
    strict_ = true;
    return true;
  }

  const Problem<T>& problem_;
  SearchLimits limits_;
  int goal_log2_;
  std::vector<T> reference_;
  LevelledPolynomial<T> polynomial_;
  Search<T> result_;
  int unresolved_ = 0;
  int flat_ = 0;  // exchanges without a higher level or a smaller gap
  T smallest_gap_ = -1;
  bool strict_ = false;  // no step may lower the level by what is seen
};

/// `reference` has problem.points() ascending points.
template <class T>
Search<T> search(const Problem<T>& problem, std::vector<T> reference, const SearchLimits& limits) {
  return Exchange<T>(problem, std::move(reference), limits).run();
}

}  // namespace equiripple
