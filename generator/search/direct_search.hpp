// The degrees of direct polynomials: of sign on its gap by one odd polynomial, of ReLU by x / 2 and
// half of an even one for |x|.
//
// The error falls with the degree, so that among degrees that cost the same only the highest counts
// and the least degree for an error is found by bisection, each step an exchange in double.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "generator/search/composite_search.hpp"

namespace equiripple {

inline constexpr int highest_searched_direct = 4095;  // the highest that the planner takes

class DirectSearch {
 public:
  explicit DirectSearch(CompositeSearch::Progress progress = {}) : progress_(std::move(progress)) {}

  /// As CompositeSearch::front, over these ways to evaluate one polynomial: of odd degrees where
  /// the request has a gap, of even ones where it has none. Of equal costs the highest degree.
  [[nodiscard]] std::vector<FoundComposition> front(const CompositeSearchRequest& request,
                                                    const std::vector<StageOption>& options);

  /// Of sign on the gap, or of ReLU divided by the range: the minimax error of the degree, good to
  /// about 2^-20; of sign above degree 1023, below 2^-40, by its asymptotics, to 2^-15. None where
  /// the exchange gave up.
  [[nodiscard]] std::optional<double> error(const std::optional<Rational>& gap, int degree);

  /// Degrees that could not be decided, ascending: they count as missing the error.
  [[nodiscard]] std::vector<int> undecided() const;

 private:
  std::optional<double> extrapolated_sign_error(const Rational& gap, int degree);

  std::map<std::pair<Rational, int>, std::optional<double>> errors_;  // by gap, 0 for ReLU
  CompositeSearch::Progress progress_;
};

/// Compositions and direct polynomials together.
class DegreesSearch {
 public:
  explicit DegreesSearch(const CompositeSearch::Progress& progress = {})
      : compositions_(progress), direct_(progress) {}

  /// The undominated of both classes, ascending levels; with request.ties all that either names.
  [[nodiscard]] std::vector<FoundComposition> front(const CompositeSearchRequest& request,
                                                    const std::vector<StageOption>& direct);

  [[nodiscard]] std::vector<int> undecided() const { return direct_.undecided(); }

 private:
  CompositeSearch compositions_;
  DirectSearch direct_;
};

}  // namespace equiripple
