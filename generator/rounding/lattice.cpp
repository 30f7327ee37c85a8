// Vectors of values at points: one for each coefficient moved by its spacing, and the target. The
// basis is reduced (LLL), the target brought near 0 by the nearest-plane method of Babai, and the
// remaining maximum lowered by steps along one or two of the reduced vectors.
#include "generator/rounding/lattice.hpp"

#include <algorithm>
#include <cmath>

#include "generator/exchange/problem.hpp"
#include "generator/numbers/lattice_reduction.hpp"

namespace equiripple {
namespace {

using T = Real<256>;
using Vector = std::vector<T>;

constexpr int integer_bits = 60;  // of the shortest lattice vector; chosen
constexpr long finest_log2 =
    -24;  // of the coarsest spacing: finer ones are as good as exact; chosen

T dot(const Vector& a, const Vector& b) {
  T sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

T largest(const Vector& v) {
  T size = 0;
  for (const T& x : v) size = std::max(size, real_abs(x));
  return size;
}

void add_multiple(Vector& v, const Vector& direction, const T& factor) {
  for (std::size_t i = 0; i < v.size(); ++i) v[i] += factor * direction[i];
}

// The reference and the middles between its points.
std::vector<T> sample_points(const MinimaxRequest& request, const MinimaxResult& solved) {
  const Problem<T> problem(request);
  std::vector<T> points;
  for (const Rational& x : solved.reference) {
    const T point = from_rational<T>(x);
    if (!points.empty()) {
      const T middle = (points.back() + point) / 2;
      const bool inside = std::ranges::any_of(problem.segments(), [&](const Segment<T>& segment) {
        return segment.lower <= middle && middle <= segment.upper;
      });
      if (inside) points.push_back(middle);
    }
    points.push_back(point);
  }
  return points;
}

struct Reduced {
  std::vector<Vector> vectors;
  IntegerRows combinations;  // of the steps, that make each vector
};

Reduced reduced_basis(const std::vector<Vector>& steps) {
  T shortest = largest(steps.front());
  for (const Vector& step : steps) shortest = std::min(shortest, largest(step));
  const T scale = scale_by_power_of_two(T(1), integer_bits) / shortest;
  IntegerRows rows;
  for (const Vector& step : steps) {
    rows.emplace_back();
    for (const T& value : step) rows.back().push_back(floor_of(to_rational(T(value * scale))));
  }
  Reduced reduced{.vectors = {}, .combinations = reducing_transform(rows)};
  for (const std::vector<Integer>& combination : reduced.combinations) {
    Vector vector(steps.front().size());
    for (std::size_t j = 0; j < steps.size(); ++j) {
      add_multiple(vector, steps[j], from_rational<T>(Rational(combination[j])));
    }
    reduced.vectors.push_back(std::move(vector));
  }
  return reduced;
}

// Moves `error` by lattice vectors; counts[i] says how often the i-th reduced vector was taken.
void nearest_plane(const Reduced& reduced, Vector& error, std::vector<Integer>& counts) {
  std::vector<Vector> orthogonal;
  for (const Vector& vector : reduced.vectors) {
    Vector rest = vector;
    for (const Vector& q : orthogonal) add_multiple(rest, q, T(-dot(rest, q) / dot(q, q)));
    orthogonal.push_back(std::move(rest));
  }
  for (std::size_t i = reduced.vectors.size(); i-- > 0;) {
    const T ratio = dot(error, orthogonal[i]) / dot(orthogonal[i], orthogonal[i]);
    const Integer times = floor_of(to_rational(ratio) + Rational(1, 2));
    counts[i] -= times;
    add_multiple(error, reduced.vectors[i], -from_rational<T>(Rational(times)));
  }
}

// The sum of high powers: close to the maximum, but with a slope everywhere.
double spread(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) {
    const double square = x * x;
    const double fourth = square * square;
    sum += fourth * fourth * fourth;
  }
  return sum;
}

// Steps along one reduced vector, or along two at once, as long as one of them helps. In double, on
// errors scaled to size 1: only the counts matter.
class Descent {
 public:
  Descent(const Reduced& reduced, const Vector& error) {
    const T scale = 1 / largest(error);
    for (const T& x : error) error_.push_back(convert<double>(T(x * scale)));
    for (const Vector& vector : reduced.vectors) {
      std::vector<double> move;
      for (const T& x : vector) move.push_back(convert<double>(T(x * scale)));
      std::vector<double> back;
      for (const double x : move) back.push_back(-x);
      moves_.push_back(std::move(move));
      moves_.push_back(std::move(back));  // move 2 i + 1 undoes move 2 i
    }
    best_ = spread(error_);
  }

  void run(std::vector<Integer>& counts) {
    constexpr int most_sweeps = 60;  // chosen: a sweep costs moves^2 points
    bool better = true;
    for (int sweep = 0; sweep < most_sweeps && better; ++sweep) {
      better = false;
      for (std::size_t i = 0; i < moves_.size(); ++i) {
        better = take(i, counts) || better;
        for (std::size_t j = i + 1; j < moves_.size(); ++j) {
          if (j / 2 != i / 2) better = take_both(i, j, counts) || better;
        }
      }
    }
  }

 private:
  bool take(std::size_t i, std::vector<Integer>& counts) {
    add(i);
    if (improves()) {
      counts[i / 2] += i % 2 == 0 ? 1 : -1;
      return true;
    }
    add(i ^ 1U);
    return false;
  }

  bool take_both(std::size_t i, std::size_t j, std::vector<Integer>& counts) {
    add(i);
    if (take(j, counts)) {
      counts[i / 2] += i % 2 == 0 ? 1 : -1;
      return true;
    }
    add(i ^ 1U);
    return false;
  }

  void add(std::size_t i) {
    for (std::size_t k = 0; k < error_.size(); ++k) error_[k] += moves_[i][k];
  }

  bool improves() {
    constexpr double enough = 1e-9;  // above the rounding of the sums
    const double now = spread(error_);
    if (!(now < best_ * (1 - enough))) return false;
    best_ = now;
    return true;
  }

  std::vector<double> error_;
  std::vector<std::vector<double>> moves_;
  double best_ = 0;
};

}  // namespace

std::optional<ChebyshevSeries> lattice_rounding(const MinimaxRequest& request,
                                                const MinimaxResult& solved,
                                                const CoefficientForm& form) {
  const ChebyshevSeries& best = solved.polynomial;
  if (best.degree() > highest_lattice_degree || solved.reference.empty()) return std::nullopt;
  const Problem<T> problem(request);
  ChebyshevSeries series = rounded(best, form);
  const auto points = sample_points(request, solved);
  const auto values_of = [&](const ChebyshevSeries& p) {
    const SeriesEvaluator<T> evaluator(p);
    Vector values;
    for (const T& x : points) values.push_back(problem.weight(x) * evaluator(x));
    return values;
  };
  Rational coarsest = 0;
  for (const Rational& c : series.coefficients) coarsest = std::max(coarsest, spacing_at(c, form));
  if (coarsest == 0) return std::nullopt;
  std::vector<std::size_t> places;
  std::vector<Rational> spacings;
  std::vector<Vector> steps;
  for (std::size_t k = 0; k < series.coefficients.size(); ++k) {
    const Rational spacing = spacing_at(series.coefficients[k], form);
    if (best.coefficients[k] == 0 || spacing < coarsest * power_of_two(finest_log2)) continue;
    ChebyshevSeries unit{.basis = series.basis, .coefficients = {}, .parity = series.parity};
    unit.coefficients.resize(k + 1);
    unit.coefficients[k] = spacing;
    places.push_back(k);
    spacings.push_back(spacing);
    steps.push_back(values_of(unit));
  }
  if (steps.empty() || steps.size() > points.size()) return std::nullopt;
  const Reduced reduced = reduced_basis(steps);
  Vector error;  // of the rounded polynomial against the target
  const Vector stored = values_of(series);
  for (std::size_t i = 0; i < points.size(); ++i) {
    error.push_back(stored[i] - problem.weight(points[i]) * problem.target(points[i]));
  }
  std::vector<Integer> counts(steps.size());
  nearest_plane(reduced, error, counts);
  Descent(reduced, error).run(counts);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t j = 0; j < places.size(); ++j) {
      series.coefficients[places[j]] +=
          Rational(counts[i] * reduced.combinations[i][j]) * spacings[j];
    }
  }
  if (series.coefficients != rounded(series, form).coefficients) return std::nullopt;
  return series;
}

}  // namespace equiripple
