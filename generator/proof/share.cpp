// A scan says where; the proof of a bound is asked whether it is true there. A point that it finds
// to be false is scanned more closely.
#include "generator/proof/share.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "generator/function/evaluate.hpp"
#include "generator/proof/certify.hpp"

namespace equiripple {
namespace {

using Scanned = Real<128>;

constexpr long margin_log2 = -24;  // below the tolerance: what the proof of an end needs; measured

class Scan {
 public:
  Scan(const MinimaxRequest& request, const ChebyshevSeries& stored, const Rational& tolerance)
      : target_(request.target),
        weight_(request.weight),
        polynomial_(stored),
        limit_(from_rational<Scanned>(tolerance * (1 - power_of_two(margin_log2)))) {}

  // Crossings are between neighbouring points, ascending; each is found to the last bit of
  // binary64.
  Domain part_of(const std::vector<double>& points) const {
    Domain part;
    double begin = points.front();
    bool inside = keeps(begin);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const bool is_inside = keeps(points[i]);
      if (is_inside == inside) continue;
      const double end = last_inside(points[i - 1], points[i], inside);
      if (inside && begin < end) part.push_back({Rational(begin), Rational(end)});
      begin = end;
      inside = is_inside;
    }
    if (inside && begin < points.back()) part.push_back({Rational(begin), Rational(points.back())});
    return part;
  }

 private:
  bool keeps(double x) const {
    const Scanned at(x);
    const Scanned error = weight_(at) * (target_(at) - polynomial_(at));
    return is_finite(error) && real_abs(error) <= limit_;
  }

  // Of the two, one is inside.
  double last_inside(double left, double right, bool left_is_inside) const {
    for (;;) {
      const double middle = left + (right - left) / 2;
      if (middle <= left || middle >= right) return left_is_inside ? left : right;
      (keeps(middle) == left_is_inside ? left : right) = middle;
    }
  }

  CompiledFunction<Scanned> target_;
  CompiledFunction<Scanned> weight_;
  SeriesEvaluator<Scanned> polynomial_;
  Scanned limit_;
};

// As dense as the zeros of a Chebyshev polynomial of many times the degree.
std::vector<double> points_in(const Interval& interval, int degree) {
  constexpr int per_degree = 64;  // chosen: what is missed the proof finds
  const int count = per_degree * (degree + 4);
  const double lower = to_double(interval.lower);
  const double upper = to_double(interval.upper);
  std::vector<double> points = {lower};
  for (int i = 1; i < count; ++i) {
    const double t = static_cast<double>(i) / count;
    const double smooth = t * t * (3 - 2 * t);  // quadratic at both ends, as cos(theta) is
    const double x = lower + (upper - lower) * smooth;
    if (x > points.back() && x < upper) points.push_back(x);
  }
  points.push_back(upper);
  return points;
}

void look_near(std::vector<double>& points, double x) {
  const auto right = std::ranges::lower_bound(points, x);
  if (right == points.begin() || right == points.end()) return;
  const double before = *(right - 1);
  const double after = *right;
  std::vector<double> more = {x};
  for (double step = (after - before) / 4; step > std::abs(x) * 0x1p-40 && more.size() < 64;
       step /= 2) {
    for (const double near : {x - step, x + step}) {
      if (before < near && near < after) more.push_back(near);
    }
  }
  points.insert(points.end(), more.begin(), more.end());
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
}

std::optional<Domain> proved_part(const MinimaxRequest& request, const Interval& interval,
                                  const ChebyshevSeries& stored, const Rational& tolerance) {
  constexpr int most_rounds = 32;  // chosen: each adds one overlooked excursion
  const Scan scan(request, stored, tolerance);
  std::vector<double> points = points_in(interval, stored.degree());
  for (const Rational& kink : request.kinks) look_near(points, to_double(kink));
  for (int round = 0; round < most_rounds; ++round) {
    Domain part = scan.part_of(points);
    if (part.empty()) return part;
    MinimaxRequest there = request;
    there.domain = part;
    const Certificate proof = certify_limit(there, stored, tolerance);
    if (proof.holds) return part;
    if (proof.error.attained <= tolerance) return std::nullopt;
    look_near(points, to_double(proof.at));
  }
  return std::nullopt;
}

}  // namespace

std::optional<WithinTolerance> proved_within(const MinimaxRequest& request, const Measure& measure,
                                             const ChebyshevSeries& stored,
                                             const Rational& tolerance) {
  WithinTolerance within;
  for (const Interval& interval : request.domain) {
    const auto part = proved_part(request, interval, stored, tolerance);
    if (!part) return std::nullopt;
    within.part.insert(within.part.end(), part->begin(), part->end());
  }
  const auto share = proved_share_of(measure, within.part);
  if (!share) return std::nullopt;
  within.outside.upper = Rational(to_double(1 - *share, Rounding::up));
  within.outside.evidence = Evidence::proved;
  return within;
}

}  // namespace equiripple
