// Pieces of Chebyshev series, and the limits at both ends.
#include "generator/search/stage_curve.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <stdexcept>

#include "generator/chebyshev.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/search/stage_curve_table.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

constexpr double widest_piece = 4.4;     // of log(s / (1 - s)); chosen
constexpr std::size_t error_nodes = 16;  // of a piece; chosen: 2^-22 on that width, measured
constexpr std::size_t slope_nodes = 10;  // chosen: 2^-14; it weighs what is inside the gap alone
constexpr double narrow_width = 0.5;     // where limits are corrected; chosen
constexpr std::size_t narrow_nodes = 4;  // chosen
constexpr double table_unit = 0x1p-24;   // of logarithms; chosen below what the series resolve
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

// Of a row of the table: every piece's error and slope, then the factors of both limits.
constexpr std::size_t piece_numbers = error_nodes + slope_nodes;

std::span<const int> row_of(int degree) {
  const auto rows = tabled_stage_curves();
  const auto row = std::ranges::lower_bound(rows, degree, {}, &StageCurveRow::degree);
  return row != rows.end() && row->degree == degree ? row->numbers : std::span<const int>();
}

std::vector<double> read(std::span<const int> numbers, std::size_t from, std::size_t count) {
  std::vector<double> values;
  for (const int number : numbers.subspan(from, count)) values.push_back(number * table_unit);
  return values;
}

void write(const std::vector<double>& values, std::vector<int>& numbers) {
  for (const double value : values) {
    numbers.push_back(static_cast<int>(std::lround(value / table_unit)));
  }
}

}  // namespace

// For s -> 0, p is the odd polynomial for which p - 1 has a zero of order n + 1 = (d + 1) / 2 at 1
// ([CKK20], f_n): p'(x) = c (1 - x^2)^n with c = p'(0) = (2n + 1) binomial(2n, n) / 4^n, so that
// p - 1 is near c (-2)^n (x - 1)^(n + 1) / (n + 1); perturbed to the Chebyshev polynomial of that
// degree on [1 - s, 1 + s] this gives E = c s^(n + 1) / (n + 1).
StageCurve::StageCurve(int degree) : degree_(degree), order_((degree + 1) / 2) {
  if (degree < 3 || degree % 2 == 0) throw std::invalid_argument("StageCurve: degree");
  double slope = degree;
  for (int k = 1; k < order_; ++k) slope *= (2.0 * k - 1) / (2.0 * k);
  log_slope_ = std::log(slope);
  const double log_smallest = smallest_solved_log2 * std::numbers::ln2;
  const double log_spread = (log_smallest - log_slope_ + std::log(order_)) / order_;
  narrowest_ = logit_of_log(std::min(log_spread, -0.02)).value;
  const double range = widest_solved - narrowest_;
  pieces_.resize(static_cast<std::size_t>(std::ceil(range / widest_piece)));
  width_ = range / static_cast<double>(pieces_.size());
  for (std::size_t i = 0; i < narrow_nodes; ++i) {
    const double s = narrow_node(i).number();
    narrow_squares_.push_back(s * s);
  }
}

StageValues StageCurve::at(Logit spread) {
  if (spread.value < narrowest_) return narrow(spread);
  // On wide domains 1 - E and 1 / p'(0) are multiples of the gap ratio, which is near (1 - s) / 2.
  const double solved_at = std::min(spread.value, widest_solved);
  const double position = (solved_at - narrowest_) / width_;
  const std::size_t index = std::min(static_cast<std::size_t>(position), pieces_.size() - 1);
  const Piece& there = piece(index);
  const double y = 2 * (position - static_cast<double>(index)) - 1;
  const double beyond = spread.value - solved_at;
  return {.error = {value_of_series(there.error, y) + beyond},
          .log_slope = value_of_series(there.log_slope, y)};
}

std::vector<int> StageCurve::solved_numbers() const {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece piece = solved_piece(i);
    write(piece.error, numbers);
    write(piece.log_slope, numbers);
  }
  const NarrowFactors factors = solved_narrow();
  write(factors.error, numbers);
  write(factors.slope, numbers);
  return numbers;
}

StageValues StageCurve::solved(Logit spread) const {
  const auto solution = CoarseMinimax::solve(
      sign_problem(Rational(spread.complement()), Rational(1 + spread.number()), degree_));
  if (!solution) throw std::logic_error("StageCurve: the double rung does not resolve a stage");
  const double error = solution->error();
  constexpr double near_zero = 0x1p-40;  // of the gap: there p is its tangent at 0
  const double x = spread.complement() * near_zero;
  return {.error = {std::log(error / (1 - error))}, .log_slope = std::log((*solution)(x) / x)};
}

StageCurve::Piece StageCurve::solved_piece(std::size_t index) const {
  const auto at_node = [&](std::size_t i, std::size_t count) {
    const double along = (node(i, count) + 1) / 2 + static_cast<double>(index);
    return solved({narrowest_ + width_ * along});
  };
  std::vector<double> errors;
  for (std::size_t i = 0; i < error_nodes; ++i) {
    errors.push_back(at_node(i, error_nodes).error.value);
  }
  std::vector<double> slopes;
  for (std::size_t i = 0; i < slope_nodes; ++i) {
    slopes.push_back(at_node(i, slope_nodes).log_slope);
  }
  return {interpolated(errors), interpolated(slopes)};
}

const StageCurve::Piece& StageCurve::piece(std::size_t index) {
  std::optional<Piece>& known = pieces_[index];
  if (known) return *known;
  const auto row = row_of(degree_);
  const std::size_t from = index * piece_numbers;
  if (row.empty()) {
    known = solved_piece(index);
  } else {
    known = Piece{read(row, from, error_nodes), read(row, from + error_nodes, slope_nodes)};
  }
  return *known;
}

StageValues StageCurve::narrow_limit(Logit spread) const {
  const double log_error = log_slope_ - std::log(order_) + order_ * spread.log();
  return {.error = {log_error}, .log_slope = log_slope_};
}

Logit StageCurve::narrow_node(std::size_t i) const {
  return {narrowest_ + narrow_width / 2 * (1 - node(i, narrow_nodes))};
}

// Both corrections to the limits are nearly multiples of log(1 - s^2), with factors that change
// slowly in s^2: those are interpolated from a few solved spreads, down to s = 0.
StageCurve::NarrowFactors StageCurve::solved_narrow() const {
  NarrowFactors factors;
  for (std::size_t i = 0; i < narrow_nodes; ++i) {
    const StageValues values = solved(narrow_node(i));
    const StageValues limit = narrow_limit(narrow_node(i));
    const double unit = std::log1p(-narrow_squares_[i]);
    factors.error.push_back((values.error.log() - limit.error.value) / unit);
    factors.slope.push_back((values.log_slope - limit.log_slope) / unit);
  }
  return factors;
}

const StageCurve::NarrowFactors& StageCurve::narrow_differences() {
  if (narrow_) return *narrow_;
  const auto row = row_of(degree_);
  const std::size_t from = pieces_.size() * piece_numbers;
  const NarrowFactors factors = row.empty()
                                    ? solved_narrow()
                                    : NarrowFactors{read(row, from, narrow_nodes),
                                                    read(row, from + narrow_nodes, narrow_nodes)};
  narrow_ = NarrowFactors{divided_differences(narrow_squares_, factors.error),
                          divided_differences(narrow_squares_, factors.slope)};
  return *narrow_;
}

StageValues StageCurve::narrow(Logit spread) {
  const NarrowFactors& differences = narrow_differences();
  const double square = spread.number() * spread.number();
  const auto corrected = [&](double limit, const std::vector<double>& factors) {
    return limit + std::log1p(-square) * newton_form(narrow_squares_, factors, square);
  };
  const StageValues limit = narrow_limit(spread);
  return {.error = logit_of_log(corrected(limit.error.value, differences.error)),
          .log_slope = corrected(limit.log_slope, differences.slope)};
}

}  // namespace equiripple
