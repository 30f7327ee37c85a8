// Samples in double; the best polynomial at the points (generator/data) by bisection over degrees.
#include "generator/steps/folded.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "generator/data/fit.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

// All chosen: several points an arch of every degree that pays.
constexpr int core_points = 700;
constexpr int tail_points = 400;
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
    Solved found = at_degree(points, parity, enough);
    while (found.error > largest) {
      const double before = found.error;
      below = enough;
      width *= 2;
      enough = std::min(enough + width, request_.highest - (request_.highest - enough) % step);
      if (enough == below) return std::nullopt;
      found = at_degree(points, parity, enough);
      if (is_hopeless(before, found.error, enough, largest)) return std::nullopt;
    }
    while (enough - below > step) {
      const int middle = below + (enough - below) / (2 * step) * step;
      Solved solved = at_degree(points, parity, middle);
      if (solved.error <= largest) {
        enough = middle;
        found = std::move(solved);
      } else {
        below = middle;
      }
    }
    constexpr int most_refinements = 4;  // chosen: points and samples differ little
    for (int i = 0; i < most_refinements && found.polynomial; ++i) {
      if (keeps(*found.polynomial)) return found.polynomial;
      enough += std::max(step, enough / 16 * 2);  // of a parity, too
      if (enough > request_.highest) break;
      found = at_degree(points, parity, enough);
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

  struct Solved {
    std::optional<ChebyshevSeries> polynomial{};
    double error = std::numeric_limits<double>::infinity();  // at the points
  };

  Solved at_degree(const DataTable& points, Parity parity, int degree) const {
    const DataResult result =
        discrete_minimax({.table = points, .degree = degree, .parity = parity});
    if (!result.usable()) return {};
    ChebyshevSeries polynomial = rounded(result.polynomial, binary64_bits);
    const SeriesEvaluator<double> p(polynomial);
    Solved solved{.error = 0};
    for (const DataPoint& point : points.points) {
      solved.error = std::max(solved.error, std::abs(p(to_double(point.x)) - to_double(point.y)));
    }
    if (shows_odd_part_) {
      polynomial.parity = Parity::none;
      polynomial.coefficients.front() = Rational(offset());
    }
    solved.polynomial = std::move(polynomial);
    return solved;
  }

  // Whether the error, which a doubled degree took from `before` to `after`, falls as of a kink,
  // and will not have come down at the highest degree.
  bool is_hopeless(double before, double after, int degree, double largest) const {
    constexpr int settled = 31;    // chosen: lower degrees tell little
    constexpr double slow = 0.35;  // chosen: of a kink it is 1/2; where f is analytic, soon less
    if (degree < settled || !(after <= before)) return false;
    const double ratio = after / before;
    if (ratio < slow) return false;
    const double doublings = std::log2(static_cast<double>(request_.highest) / degree);
    return after * std::pow(ratio, doublings) > largest;
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
