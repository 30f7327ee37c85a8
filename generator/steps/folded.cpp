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

// Beyond the core on one side: the value that is taken for all of it, and how far that is off.
struct Tail {
  double value = 0;
  double off = 0;  // weighted
};

// What the last polynomial should be at y, an argument of it.
struct Wanted {
  double y;
  double value;
  double weight;
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
    times_x_ = request.function.times_x;
    middle_ = times_x_ ? (value_at(core_) + value_at(-core_)) / 2 : f_(0);
    constexpr double noise = 0x1p-40;  // chosen: above what a quotient of double is off
    if (times_x_ && std::abs(middle_ - 0.5) < noise) middle_ = 0.5;
    right_ = tail(1);
    left_ = tail(-1);
    shows_odd_part_ = request.function.parity == Parity::none && is_odd_about_middle();
  }

  std::optional<LastPolynomial> best(int lowest) const {
    const Parity parity = parity_of_table();
    const DataRequest points = table(parity);
    const double largest = error_ - std::max(right_.off, left_.off);
    if (largest <= 0) return std::nullopt;
    int enough = std::max(lowest, parity == Parity::even ? 2 : 1);
    if (parity == Parity::odd && enough % 2 == 0) ++enough;
    if (parity == Parity::even && enough % 2 == 1) ++enough;
    const int step = parity == Parity::none ? 1 : 2;
    int below = enough - step;
    int width = step;
    Solved found = at_degree(points, enough);
    while (found.error > largest) {
      const double before = found.error;
      below = enough;
      width *= 2;
      enough = std::min(enough + width, request_.highest - (request_.highest - enough) % step);
      if (enough == below) return std::nullopt;
      found = at_degree(points, enough);
      if (is_hopeless(before, found.error, enough, largest)) return std::nullopt;
    }
    while (enough - below > step) {
      const int middle = below + (enough - below) / (2 * step) * step;
      Solved solved = at_degree(points, middle);
      if (solved.error <= largest) {
        enough = middle;
        found = std::move(solved);
      } else {
        below = middle;
      }
    }
    constexpr int most_refinements = 4;  // chosen: points and samples differ little
    for (int i = 0; i < most_refinements && found.last; ++i) {
      if (keeps(*found.last)) return found.last;
      enough += std::max(step, enough / 16 * 2);  // of a parity, too
      if (enough > request_.highest) break;
      found = at_degree(points, enough);
    }
    return std::nullopt;
  }

 private:
  // Of what is flat.
  double value_at(double x) const { return times_x_ ? f_(x) / x : f_(x); }
  double weight_at(double x) const { return times_x_ ? std::abs(x) : 1; }

  Tail tail(int side) const {
    std::vector<double> places;
    for (int i = 0; i <= tail_points; ++i) {
      const double x = core_ * std::pow(range_ / core_, static_cast<double>(i) / tail_points);
      places.push_back(side * std::min(x, range_));
    }
    places.push_back(side * range_);
    Tail tail{.value = value_at(side * range_)};
    if (!times_x_) {
      double low = tail.value;
      double high = tail.value;
      for (const double x : places) {
        low = std::min(low, f_(x));
        high = std::max(high, f_(x));
      }
      tail.value = low + (high - low) / 2;
    }
    for (const double x : places) {
      tail.off = std::max(tail.off, weight_at(x) * std::abs(value_at(x) - tail.value));
    }
    return tail;
  }

  bool is_odd_about_middle() const {
    constexpr double noise = 0x1p-45;  // chosen: of sums of two values of double
    for (int i = 1; i <= core_points; ++i) {
      const double x = core_ * i / core_points;
      const double sum = value_at(x) + value_at(-x);
      if (std::abs(sum - 2 * middle_) > noise * std::max(1.0, std::abs(value_at(x)))) {
        return false;
      }
    }
    return true;
  }

  // f / x is odd where f is even.
  Parity parity_of_table() const {
    if (shows_odd_part_) return Parity::odd;
    const Parity parity = request_.function.parity;
    if (!times_x_ || parity == Parity::none) return parity;
    return parity == Parity::odd ? Parity::even : Parity::odd;
  }
  double offset() const { return shows_odd_part_ ? middle_ : 0; }

  double folded(double x) const {
    for (const SeriesEvaluator<double>& fold : folds_) x = fold(x);
    return x;
  }

  // Of P and what is wanted there; for a parity one half is enough.
  DataRequest table(Parity parity) const {
    std::vector<Wanted> points;
    add_side(points, 1);
    if (parity == Parity::none) {
      add_side(points, -1);
      if (!times_x_) points.push_back({0, f_(0), 1});
    } else {
      if (parity == Parity::even && !times_x_) points.push_back({0, f_(0), 1});
      // The other end tells the basis.
      const double end = -to_double(request_.reach);
      points.push_back({end, parity == Parity::odd ? 2 * offset() - right_.value : right_.value,
                        weight_at(range_)});
    }
    std::ranges::sort(points, {}, &Wanted::y);
    DataRequest table;
    table.parity = parity;
    for (const auto& [y, value, weight] : points) {
      const Rational place(y);
      if (!table.table.points.empty() && table.table.points.back().x >= place) continue;
      table.table.points.push_back({place, Rational(value - offset())});
      if (times_x_) table.weights.emplace_back(weight);
    }
    if (parity != Parity::none && times_x_) leave_mirrored_out(table);
    return table;
  }

  // The other end is there for the basis alone where its mirror image is.
  static void leave_mirrored_out(DataRequest& table) {
    auto& points = table.table.points;
    if (points.back().x != -points.front().x) return;
    points.pop_back();
    table.weights.pop_back();
  }

  void add_side(std::vector<Wanted>& points, int side) const {
    for (int i = 1; i <= core_points; ++i) {
      const double x = side * core_ * i / core_points;
      points.push_back({folded(x), value_at(x), weight_at(x)});
    }
    const double from = std::abs(folded(core_));
    const double to = to_double(request_.reach);
    const double value = (side > 0 ? right_ : left_).value;
    for (int i = 1; i <= tail_points; ++i) {
      const double part = (1 - std::cos(std::numbers::pi * i / tail_points)) / 2;
      points.push_back(
          {side * (i == tail_points ? to : from + (to - from) * part), value, weight_at(range_)});
    }
  }

  struct Solved {
    std::optional<LastPolynomial> last{};
    double error = std::numeric_limits<double>::infinity();  // at the points, weighted
  };

  Solved at_degree(DataRequest points, int degree) const {
    points.degree = degree;
    const DataResult result = discrete_minimax(points);
    if (!result.usable()) return {};
    ChebyshevSeries polynomial = rounded(result.polynomial, binary64_bits);
    const SeriesEvaluator<double> p(polynomial);
    Solved solved{.error = 0};
    for (std::size_t i = 0; i < points.table.points.size(); ++i) {
      const DataPoint& point = points.table.points[i];
      const double weight = points.weights.empty() ? 1 : to_double(points.weights[i]);
      const double off = std::abs(p(to_double(point.x)) - to_double(point.y));
      solved.error = std::max(solved.error, weight * off);
    }
    solved.last = used(std::move(polynomial));
    return solved;
  }

  // With the value about which it is odd.
  LastPolynomial used(ChebyshevSeries polynomial) const {
    if (shows_odd_part_ && times_x_ && middle_ == 0.5) {
      for (Rational& c : polynomial.coefficients) c *= 2;
      return {std::move(polynomial), LastUse::halved_times_x};
    }
    if (shows_odd_part_) {
      polynomial.parity = Parity::none;
      polynomial.coefficients.front() = Rational(offset());
    }
    return {std::move(polynomial), times_x_ ? LastUse::times_x : LastUse::value};
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

  bool keeps(const LastPolynomial& last) const {
    const SeriesEvaluator<double> q(last.series);
    const auto result = [&](double x) {
      const double v = q(folded(x));
      if (last.use == LastUse::value) return v;
      return x * (last.use == LastUse::times_x ? v : (1 + v) / 2);
    };
    const auto is_near = [&](double x) { return std::abs(result(x) - f_(x)) <= error_; };
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
  bool times_x_ = false;
  double middle_ = 0;  // of what is flat: at 0
  Tail right_{};
  Tail left_{};
  bool shows_odd_part_ = false;  // less the middle it is odd, as far as samples tell
};

}  // namespace

Steps steps_after_folds(LastUse use, std::size_t polynomials) {
  Steps steps = chain_of(polynomials);
  if (use == LastUse::value) return steps;
  const Rational half(1, 2);
  if (use == LastUse::halved_times_x) steps = with_affine(std::move(steps), half, half);
  const int last = static_cast<int>(steps.size());
  steps.push_back({.operation = StepOperation::product, .left = 0, .right = last});
  return steps;
}

std::optional<LastUse> use_of_last(const Steps& steps) {
  const std::size_t polynomials = chain_length(steps);
  if (polynomials == 0) return std::nullopt;
  for (const LastUse use : {LastUse::value, LastUse::halved_times_x, LastUse::times_x}) {
    if (steps == steps_after_folds(use, polynomials)) return use;
  }
  return std::nullopt;
}

std::optional<Rational> core_of(const FlatFunction& function, const Rational& tolerance) {
  const CompiledFunction<double> f(function.target);
  const double range = to_double(function.range);
  const double near = to_double(tolerance);
  const double right = f(range);
  const double left = f(-range);
  if (function.times_x && std::abs(f(0)) > near) return std::nullopt;
  const auto is_flat = [&](double x) {
    const double share = function.times_x ? x / range : 1;
    return std::abs(f(x) - share * right) <= near && std::abs(f(-x) - share * left) <= near;
  };
  // Of x times a value between two slopes the error is below this where |x| is.
  const double slope = std::max(std::abs(right - left), std::abs(right + left)) / range;
  const double harmless = function.times_x && right != -left ? near / std::max(slope, 0x1p-60) : 0;
  double flat = range;
  const double step = std::exp2(-1.0 / steps_an_octave);
  constexpr int most_octaves = 60;  // chosen: then it is a constant
  int left_over = most_octaves * steps_an_octave;
  while (left_over > 0 && flat > harmless && is_flat(flat * step)) {
    flat *= step;
    --left_over;
  }
  if (left_over == 0 || flat > range / 4) return std::nullopt;
  if (flat <= harmless) return Rational(flat);
  double steep = flat * step;
  constexpr int halvings = 30;  // chosen: to far below a sample's distance
  for (int i = 0; i < halvings; ++i) {
    const double middle = (flat + steep) / 2;
    (is_flat(middle) ? flat : steep) = middle;
  }
  return Rational(flat);
}

std::optional<LastPolynomial> last_after_folds(const FoldRequest& request, int lowest) {
  return Folded(request).best(lowest);
}

}  // namespace equiripple
