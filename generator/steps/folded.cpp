// Samples in double; the best polynomial at the points (generator/data) by bisection over degrees.
#include "generator/steps/folded.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "generator/data/fit.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

// All chosen: several points an arch of every degree that pays.
constexpr int core_points = 400;
constexpr int tail_points = 200;
constexpr int checked_points = 4000;
constexpr int steps_an_octave = 64;  // of the walk inwards

struct Values {
  double low;
  double high;

  void take(double y) {
    low = std::min(low, y);
    high = std::max(high, y);
  }
  double middle() const { return low + (high - low) / 2; }
};

class Folded {
 public:
  explicit Folded(const FoldRequest& request)
      : request_(request),
        f_(request.function.target),
        core_(to_double(request.core)),
        range_(to_double(request.function.range)),
        error_(to_double(request.function.error)) {
    for (const ChebyshevSeries& fold : request.folds) folds_.emplace_back(fold);
    right_ = tail(1);
    left_ = tail(-1);
    shows_odd_part_ = request.function.parity == Parity::none && is_odd_about_middle();
  }

  std::optional<ChebyshevSeries> best(int lowest) const {
    const Parity parity = parity_of_table();
    const DataTable points = table(parity);
    const double largest = error_ - std::max(right_.high - right_.low, left_.high - left_.low) / 2;
    int enough = std::max(lowest, parity == Parity::even ? 2 : 1);
    if (parity == Parity::odd && enough % 2 == 0) ++enough;
    if (parity == Parity::even && enough % 2 == 1) ++enough;
    const int step = parity == Parity::none ? 1 : 2;
    int below = enough - step;
    int width = step;
    std::optional<ChebyshevSeries> found;
    while (!(found = at_degree(points, parity, enough, largest))) {
      if (enough == request_.highest) return std::nullopt;
      below = enough;
      width *= 2;
      enough = std::min(enough + width, request_.highest - (request_.highest - enough) % step);
      if (enough == below) return std::nullopt;
    }
    while (enough - below > step) {
      const int middle = below + (enough - below) / (2 * step) * step;
      if (auto polynomial = at_degree(points, parity, middle, largest)) {
        enough = middle;
        found = std::move(polynomial);
      } else {
        below = middle;
      }
    }
    constexpr int most_refinements = 3;  // chosen: points and samples differ little
    for (int i = 0; i < most_refinements && found; ++i) {
      if (keeps(*found)) return found;
      enough += step;
      if (enough > request_.highest) break;
      found = at_degree(points, parity, enough, error_);
    }
    return std::nullopt;
  }

 private:
  Values tail(int side) const {
    const double end = f_(side * range_);
    Values values{end, end};
    for (int i = 0; i <= tail_points; ++i) {
      const double x = core_ * std::pow(range_ / core_, static_cast<double>(i) / tail_points);
      values.take(f_(side * std::min(x, range_)));
    }
    return values;
  }

  bool is_odd_about_middle() const {
    constexpr double noise = 0x1p-45;  // chosen: of sums of two values of double
    for (int i = 1; i <= core_points; ++i) {
      const double x = core_ * i / core_points;
      if (std::abs(f_(x) + f_(-x) - 2 * f_(0)) > noise * std::max(1.0, std::abs(f_(x)))) {
        return false;
      }
    }
    return true;
  }

  Parity parity_of_table() const {
    return shows_odd_part_ ? Parity::odd : request_.function.parity;
  }
  double offset() const { return shows_odd_part_ ? f_(0) : 0; }

  double folded(double x) const {
    for (const SeriesEvaluator<double>& fold : folds_) x = fold(x);
    return x;
  }

  // Of P and what is wanted there; for a parity one half is enough.
  DataTable table(Parity parity) const {
    std::vector<std::pair<double, double>> points;
    add_side(points, 1);
    if (parity == Parity::none) {
      add_side(points, -1);
      points.emplace_back(0, f_(0));
    } else {
      if (parity == Parity::even) points.emplace_back(0, f_(0));
      // The other end tells the basis.
      const double end = -to_double(request_.reach);
      points.emplace_back(end,
                          parity == Parity::odd ? 2 * offset() - right_.middle() : right_.middle());
    }
    std::ranges::sort(points);
    DataTable table;
    for (const auto& [y, value] : points) {
      const Rational place(y);
      if (!table.points.empty() && table.points.back().x >= place) continue;
      table.points.push_back({place, Rational(value - offset())});
    }
    return table;
  }

  void add_side(std::vector<std::pair<double, double>>& points, int side) const {
    for (int i = 1; i <= core_points; ++i) {
      const double x = side * core_ * i / core_points;
      points.emplace_back(folded(x), f_(x));
    }
    const double from = std::abs(folded(core_));
    const double to = to_double(request_.reach);
    const double value = (side > 0 ? right_ : left_).middle();
    for (int i = 1; i <= tail_points; ++i) {
      const double part = (1 - std::cos(std::numbers::pi * i / tail_points)) / 2;
      points.emplace_back(side * (i == tail_points ? to : from + (to - from) * part), value);
    }
  }

  // Where its error at the points is at most `largest`.
  std::optional<ChebyshevSeries> at_degree(const DataTable& points, Parity parity, int degree,
                                           double largest) const {
    const DataResult solved =
        discrete_minimax({.table = points, .degree = degree, .parity = parity});
    if (!solved.usable()) return std::nullopt;
    ChebyshevSeries polynomial = rounded(solved.polynomial, binary64_bits);
    const SeriesEvaluator<double> p(polynomial);
    for (const DataPoint& point : points.points) {
      if (std::abs(p(to_double(point.x)) - to_double(point.y)) > largest) return std::nullopt;
    }
    if (shows_odd_part_) {
      polynomial.parity = Parity::none;
      polynomial.coefficients.front() = Rational(offset());
    }
    return polynomial;
  }

  bool keeps(const ChebyshevSeries& last) const {
    const SeriesEvaluator<double> q(last);
    const auto is_near = [&](double x) { return std::abs(q(folded(x)) - f_(x)) <= error_; };
    for (int i = 0; i <= checked_points; ++i) {
      const double part = static_cast<double>(i) / checked_points;
      const double outside = core_ + (range_ - core_) * part;
      for (const double x : {core_ * part, -core_ * part, outside, -outside}) {
        if (!is_near(x)) return false;
      }
    }
    return true;
  }

  const FoldRequest& request_;
  CompiledFunction<double> f_;
  double core_;
  double range_;
  double error_;
  std::vector<SeriesEvaluator<double>> folds_{};
  Values right_{};
  Values left_{};
  bool shows_odd_part_ = false;  // f - f(0) is odd, as far as samples tell
};

}  // namespace

std::optional<Rational> core_of(const FlatFunction& function, const Rational& tolerance) {
  const CompiledFunction<double> f(function.target);
  const double range = to_double(function.range);
  const double near = to_double(tolerance);
  const double right = f(range);
  const double left = f(-range);
  const auto is_flat = [&](double x) {
    return std::abs(f(x) - right) <= near && std::abs(f(-x) - left) <= near;
  };
  double flat = range;
  const double step = std::exp2(-1.0 / steps_an_octave);
  constexpr int most_octaves = 60;  // chosen: then it is a constant
  int left_over = most_octaves * steps_an_octave;
  while (left_over > 0 && is_flat(flat * step)) {
    flat *= step;
    --left_over;
  }
  if (left_over == 0 || flat > range / 4) return std::nullopt;
  double steep = flat * step;
  constexpr int halvings = 30;  // chosen: to far below a sample's distance
  for (int i = 0; i < halvings; ++i) {
    const double middle = (flat + steep) / 2;
    (is_flat(middle) ? flat : steep) = middle;
  }
  return Rational(flat);
}

std::optional<ChebyshevSeries> last_after_folds(const FoldRequest& request, int lowest) {
  return Folded(request).best(lowest);
}

}  // namespace equiripple
