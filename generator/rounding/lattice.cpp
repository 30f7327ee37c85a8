// Vectors of values at points: one for each coefficient moved by its spacing, and the target. The
// basis is reduced (LLL), the target brought near 0 by the nearest-plane method of Babai, and the
// remaining maximum lowered by single steps along the reduced vectors.
#include "generator/rounding/lattice.hpp"

#include <flint/fmpz_lll.h>

#include <algorithm>
#include <cmath>

#include "generator/exchange/problem.hpp"

namespace equiripple {
namespace {

using T = Real<256>;
using Vector = std::vector<T>;

constexpr int integer_bits = 60;  // of the shortest lattice vector; chosen
constexpr long finest_log2 =
    -24;  // of the coarsest spacing: finer ones are as good as exact; chosen
constexpr int most_improvements = 2000;

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

// Rows of integers with what they are made of: row = sum transform[j] * step[j].
class Lattice {
 public:
  Lattice(const std::vector<Vector>& steps, const T& scale) : steps_(steps) {
    const auto rows = static_cast<slong>(steps.size());
    const auto columns = static_cast<slong>(steps.front().size());
    fmpz_mat_init(basis_, rows, columns);
    fmpz_mat_init(transform_, rows, rows);
    fmpz_mat_one(transform_);
    for (slong i = 0; i < rows; ++i) {
      for (slong j = 0; j < columns; ++j) {
        const T value = steps[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] * scale;
        const Integer whole = floor_of(to_rational(value));
        fmpz_set_mpz(fmpz_mat_entry(basis_, i, j), whole.backend().data());
      }
    }
  }
  Lattice(const Lattice&) = delete;
  Lattice& operator=(const Lattice&) = delete;
  ~Lattice() {
    fmpz_mat_clear(basis_);
    fmpz_mat_clear(transform_);
  }

  void reduce() {
    fmpz_lll_t parameters;
    fmpz_lll_context_init_default(parameters);
    fmpz_lll(basis_, transform_, parameters);
  }

  // How the i-th reduced vector is made of steps.
  std::vector<Integer> combination(std::size_t i) const {
    std::vector<Integer> factors(steps_.size());
    for (std::size_t j = 0; j < steps_.size(); ++j) {
      fmpz_get_mpz(factors[j].backend().data(),
                   fmpz_mat_entry(transform_, static_cast<slong>(i), static_cast<slong>(j)));
    }
    return factors;
  }

 private:
  const std::vector<Vector>& steps_;
  fmpz_mat_t basis_;
  fmpz_mat_t transform_;
};

struct Reduced {
  std::vector<Vector> vectors;
  std::vector<std::vector<Integer>> combinations;
};

Reduced reduced_basis(const std::vector<Vector>& steps) {
  T shortest = largest(steps.front());
  for (const Vector& step : steps) shortest = std::min(shortest, largest(step));
  Lattice lattice(steps, scale_by_power_of_two(T(1), integer_bits) / shortest);
  lattice.reduce();
  Reduced reduced;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    reduced.combinations.push_back(lattice.combination(i));
    Vector vector(steps.front().size());
    for (std::size_t j = 0; j < steps.size(); ++j) {
      add_multiple(vector, steps[j], from_rational<T>(Rational(reduced.combinations[i][j])));
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

void lower_maximum(const Reduced& reduced, Vector& error, std::vector<Integer>& counts) {
  T best = largest(error);
  for (int round = 0, since_better = 0; round < most_improvements; ++round) {
    const std::size_t i = static_cast<std::size_t>(round) % (2 * reduced.vectors.size());
    const int step = i % 2 == 0 ? 1 : -1;
    add_multiple(error, reduced.vectors[i / 2], T(step));
    const T size = largest(error);
    if (size < best) {
      best = size;
      counts[i / 2] += step;
      since_better = 0;
    } else {
      add_multiple(error, reduced.vectors[i / 2], T(-step));
      if (++since_better > static_cast<int>(2 * reduced.vectors.size())) return;
    }
  }
}

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
  lower_maximum(reduced, error, counts);
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
