// Pieces of Chebyshev series, and the limits at both ends.
#include "generator/search/stage_errors.hpp"

#include <numbers>
#include <stdexcept>

#include "generator/chebyshev.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

constexpr double piece_width = 1.0;     // of log(s / (1 - s)); chosen
constexpr std::size_t piece_nodes = 8;  // chosen: 2^-22 on that width, measured
constexpr double narrow_width = 0.5;    // likewise, where limits are corrected; chosen
constexpr std::size_t narrow_nodes = 4;
constexpr double smallest_solved_log2 = -24;  // of E: the double rung resolves it to 2^-28
constexpr double widest_solved = 17;  // logit: 1 - s = 2^-24.5, where 1 - E is still resolved

double node(std::size_t i, std::size_t count) {
  const double angle = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
  return std::cos(std::numbers::pi * angle);
}

// The series through values at the nodes.
std::vector<double> interpolated(const std::vector<double>& values) {
  const std::size_t count = values.size();
  std::vector<double> coefficients(count, 0);
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      const double angle = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
      coefficients[k] += values[i] * std::cos(std::numbers::pi * angle * static_cast<double>(k));
    }
    coefficients[k] *= (k == 0 ? 1.0 : 2.0) / static_cast<double>(count);
  }
  return coefficients;
}

// Newton's, in place of the values.
std::vector<double> divided_differences(const std::vector<double>& points,
                                        std::vector<double> values) {
  for (std::size_t order = 1; order < points.size(); ++order) {
    for (std::size_t i = points.size(); i-- > order;) {
      values[i] = (values[i] - values[i - 1]) / (points[i] - points[i - order]);
    }
  }
  return values;
}

double newton_form(const std::vector<double>& points, const std::vector<double>& differences,
                   double x) {
  double value = 0;
  for (std::size_t i = points.size(); i-- > 0;) value = differences[i] + (x - points[i]) * value;
  return value;
}

Logit logit_of_log(double log_of_number) { return {-std::log(std::expm1(-log_of_number))}; }

}  // namespace

// s = (1 - gap) / (1 + gap), 1 - s = 2 gap / (1 + gap).
Logit spread_of_gap(double gap) { return {std::log1p(-gap) - std::log(2 * gap)}; }

std::optional<Logit> next_spread(Logit error, double margin) {
  const double left = error.complement() - margin;
  if (!(left > 0)) return std::nullopt;
  return Logit{std::log((error.number() + margin) / left)};
}

// On [1 - s, 1 + s] the best multiple of x is x itself.
StageErrors::Values StageErrors::at(int degree, Logit spread) {
  if (degree == 1) return {.error = spread};
  auto known = curves_.find(degree);
  if (known == curves_.end()) known = curves_.emplace(degree, Curve(degree)).first;
  return known->second.at(spread);
}

Logit StageErrors::spread_for(int degree, Logit error) {
  double low = -widest_logit;
  double high = widest_logit;
  constexpr int halvings = 40;  // chosen: 2^-30 of a logit
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    (at(degree, {middle}).error <= error ? low : high) = middle;
  }
  return {low};
}

// For s -> 0, p is the odd polynomial for which p - 1 has a zero of order n + 1 = (d + 1) / 2 at 1
// ([CKK20], f_n): p'(x) = c (1 - x^2)^n with c = p'(0) = (2n + 1) binomial(2n, n) / 4^n, so that
// p - 1 is near c (-2)^n (x - 1)^(n + 1) / (n + 1); perturbed to the Chebyshev polynomial of that
// degree on [1 - s, 1 + s] this gives E = c s^(n + 1) / (n + 1).
StageErrors::Curve::Curve(int degree) : degree_(degree), order_((degree + 1) / 2) {
  if (degree < 1 || degree % 2 == 0) throw std::invalid_argument("StageErrors: degree");
  double slope = degree;
  for (int k = 1; k < order_; ++k) slope *= (2.0 * k - 1) / (2.0 * k);
  log_slope_ = std::log(slope);
  const double log_smallest = smallest_solved_log2 * std::numbers::ln2;
  const double log_spread = (log_smallest - log_slope_ + std::log(order_)) / order_;
  narrowest_ = logit_of_log(std::min(log_spread, -0.02)).value;
}

StageErrors::Values StageErrors::Curve::at(Logit spread) {
  if (spread.value < narrowest_) return narrow(spread);
  // On wide domains 1 - E and 1 / p'(0) are multiples of the gap ratio, which is near (1 - s) / 2.
  const double solved_at = std::min(spread.value, widest_solved);
  const double position = (solved_at - narrowest_) / piece_width;
  const long index = static_cast<long>(position);
  const Piece& there = piece(index);
  const double y = 2 * (position - static_cast<double>(index)) - 1;
  const double beyond = spread.value - solved_at;
  return {.error = {value_of_series(there.error, y) + beyond},
          .log_slope = value_of_series(there.log_slope, y)};
}

StageErrors::Values StageErrors::Curve::solved(Logit spread) const {
  const auto solution = CoarseMinimax::solve(
      sign_problem(Rational(spread.complement()), Rational(1 + spread.number()), degree_));
  if (!solution) throw std::logic_error("StageErrors: the double rung does not resolve a stage");
  const double error = solution->error();
  constexpr double near_zero = 0x1p-40;  // of the gap: there p is its tangent at 0
  const double x = spread.complement() * near_zero;
  return {.error = {std::log(error / (1 - error))}, .log_slope = std::log((*solution)(x) / x)};
}

const StageErrors::Curve::Piece& StageErrors::Curve::piece(long index) {
  const auto known = pieces_.find(index);
  if (known != pieces_.end()) return known->second;
  std::vector<double> errors;
  std::vector<double> slopes;
  for (std::size_t i = 0; i < piece_nodes; ++i) {
    const double along = (node(i, piece_nodes) + 1) / 2 + static_cast<double>(index);
    const Values values = solved({narrowest_ + piece_width * along});
    errors.push_back(values.error.value);
    slopes.push_back(values.log_slope);
  }
  return pieces_.emplace(index, Piece{interpolated(errors), interpolated(slopes)}).first->second;
}

StageErrors::Values StageErrors::Curve::narrow_limit(Logit spread) const {
  const double log_error = log_slope_ - std::log(order_) + order_ * spread.log();
  return {.error = {log_error}, .log_slope = log_slope_};
}

// Both corrections to the limits are nearly multiples of log(1 - s^2), with factors that change
// slowly in s^2: those are interpolated from a few solved spreads, down to s = 0.
StageErrors::Values StageErrors::Curve::narrow(Logit spread) {
  if (!narrow_) {
    NarrowFit fit;
    for (std::size_t i = 0; i < narrow_nodes; ++i) {
      const Logit at{narrowest_ + narrow_width / 2 * (1 - node(i, narrow_nodes))};
      const Values values = solved(at);
      const Values limit = narrow_limit(at);
      const double square = at.number() * at.number();
      fit.squares.push_back(square);
      fit.error_factors.push_back((values.error.log() - limit.error.value) / std::log1p(-square));
      fit.slope_factors.push_back((values.log_slope - limit.log_slope) / std::log1p(-square));
    }
    fit.error_factors = divided_differences(fit.squares, fit.error_factors);
    fit.slope_factors = divided_differences(fit.squares, fit.slope_factors);
    narrow_ = std::move(fit);
  }
  const double square = spread.number() * spread.number();
  const auto corrected = [&](double limit, const std::vector<double>& factors) {
    return limit + std::log1p(-square) * newton_form(narrow_->squares, factors, square);
  };
  const Values limit = narrow_limit(spread);
  return {.error = logit_of_log(corrected(limit.error.value, narrow_->error_factors)),
          .log_slope = corrected(limit.log_slope, narrow_->slope_factors)};
}

}  // namespace equiripple
