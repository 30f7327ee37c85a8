// A bracket on the curves, then a secant on what is measured.
#include "generator/search/relu_balance.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numbers>

#include "generator/exchange/coarse.hpp"
#include "generator/search/rising_root.hpp"
#include "generator/sign/composite.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

constexpr double hopeless = 1;               // above every error of interest
constexpr double largest_gap_log2 = -0.015;  // chosen: gaps stay below 1

using RealFunction = std::function<double(double)>;

// The stages in double; where double does not resolve one, by its coefficients.
std::optional<ReluSides> measured_sides(const std::vector<int>& degrees, const Rational& gap,
                                        const Rational& margin,
                                        const std::vector<Rational>& noise) {
  std::vector<RealFunction> stages;
  std::vector<double> shifts;
  Rational lower = gap;
  Rational upper = 1;
  double error = 1;
  for (const int degree : degrees) {
    if (lower <= 0) return std::nullopt;
    const MinimaxRequest problem = sign_problem(lower, upper, degree);
    Rational exact_error;
    if (const auto solved = CoarseMinimax::solve(problem)) {
      exact_error = Rational(solved->error());
      stages.emplace_back(*solved);
    } else {
      const MinimaxResult result = minimax(problem);
      if (!result.usable()) return std::nullopt;
      exact_error = result.error.upper;
      stages.emplace_back(SeriesEvaluator<double>(result.polynomial));
    }
    error = to_double(exact_error);
    lower = 1 - exact_error - margin;
    upper = 1 + exact_error + margin;
    shifts.push_back(0);
    if (stages.size() < noise.size()) {
      const Rational shift = widening_of(noise[stages.size()], upper);
      lower -= shift;
      upper += shift;
      shifts.back() = to_double(shift);
    }
  }
  constexpr int samples = 64;  // of the gap; chosen: the parabola is then good to 2^-14
  std::vector<double> curve;
  for (int i = 0; i <= samples; ++i) {
    const double x = to_double(gap) * i / samples;
    double y = x;
    for (std::size_t k = 0; k < stages.size(); ++k) y = stages[k](y) - shifts[k];
    curve.push_back(x * std::abs(y - 1) / 2);
  }
  const auto top = std::max_element(curve.begin() + 1, curve.end() - 1);
  const double before = *(top - 1);
  const double after = *(top + 1);
  const double bend = 2 * *top - before - after;
  const double step = (after - before) / 2;
  const double peak = bend > 0 ? *top + step * step / (2 * bend) : *top;
  return ReluSides{.log_outside = std::log(error / 2), .log_inside = std::log(peak)};
}

}  // namespace

std::optional<ReluSides> estimated_sides(const std::vector<int>& degrees, double gap, double margin,
                                         StageErrors& errors, const std::vector<Rational>& noise) {
  std::optional<Logit> spread = spread_of_gap(gap);
  double log_slope = std::log(2 / (1 + gap));
  Logit error;
  double moved = 0;  // what noise takes from the last value, along the tangent
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    if (!spread) return std::nullopt;
    const StageErrors::Values stage = errors.at(degrees[i], *spread);
    log_slope += stage.log_slope;
    moved *= std::exp(stage.log_slope);
    error = stage.error;
    double widening = 0;
    if (i + 1 < noise.size()) {
      const double n = to_double(noise[i + 1]);
      widening = n * (1 + error.number() + margin) / (1 - n);
    }
    moved += widening;
    spread = next_spread(error, margin + widening);
  }
  constexpr double eighth = 1.0 / 8;
  return ReluSides{.log_outside = error.log() - std::numbers::ln2,
                   .log_inside = std::log(eighth) - log_slope + 2 * std::log1p(moved)};
}

Rational MarginRule::at(const Rational& gap) const { return fixed ? *fixed : default_margin(gap); }

ReluBalance estimated_balance(const std::vector<int>& degrees, const MarginRule& margin,
                              StageErrors& errors, const std::vector<Rational>& noise) {
  double gap = std::exp2(largest_gap_log2);
  double error = hopeless;
  const auto lack = [&](double gap_log2) {  // of error outside; that falls with the gap
    const double there = std::exp2(gap_log2);
    const auto sides =
        estimated_sides(degrees, there, to_double(margin.at(Rational(there))), errors, noise);
    if (!sides) return -std::numeric_limits<double>::infinity();
    if (sides->error() <= error) {
      gap = there;
      error = sides->error();
    }
    return -sides->excess();
  };
  constexpr double tolerance = 0x1p-18;  // of an octave; chosen
  static_cast<void>(rising_root(lack, smallest_gap_log2, largest_gap_log2, tolerance));
  return {.gap = Rational(gap), .error = error};
}

ReluBalance measured_balance(const std::vector<int>& degrees, const MarginRule& margin,
                             const ReluBalance& estimate, const std::vector<Rational>& noise) {
  constexpr int most_steps = 8;
  constexpr double balanced = balance_accuracy / 2;  // of the ratio of the sides
  constexpr double first_step = 0.01;  // of log gap: the estimate's gap is a little too large
  ReluBalance best{.gap = estimate.gap, .error = hopeless};
  double log_gap = std::log(to_double(estimate.gap));
  double previous_log_gap = 0;
  double previous_excess = 0;
  for (int step = 0; step < most_steps; ++step) {
    const double largest = largest_gap_log2 * std::numbers::ln2;
    log_gap = std::min(log_gap, largest);
    const Rational gap(std::exp(log_gap));
    const auto sides = measured_sides(degrees, gap, margin.at(gap), noise);
    if (!sides) return best;
    if (sides->error() < best.error) best = {gap, sides->error()};
    const double excess = sides->excess();
    if (std::abs(excess) < balanced || (log_gap == largest && excess > 0)) break;
    double next = log_gap + (excess > 0 ? first_step : -first_step);
    if (step > 0 && excess != previous_excess) {
      next = log_gap - excess * (log_gap - previous_log_gap) / (excess - previous_excess);
      next = std::clamp(next, log_gap - std::numbers::ln2, log_gap + std::numbers::ln2);
    }
    previous_log_gap = log_gap;
    previous_excess = excess;
    log_gap = next;
  }
  return best;
}

}  // namespace equiripple
