// Clenshaw's recurrence in mpfr with a bound of its rounding; where that leaves open which point is
// worst, in integers.
#include "generator/data/error.hpp"

#include <algorithm>
#include <stdexcept>

namespace equiripple {
namespace {

using Filter = Real<128>;  // 75 bits below the rounding of binary64 coefficients
using Fine = Real<1024>;   // for the few points of a reference

Rational on_basis(const ChebyshevSeries& p, const Rational& x) {
  Rational y = (2 * x - p.basis.lower - p.basis.upper) / (p.basis.upper - p.basis.lower);
  if (abs(y) > 1) throw std::invalid_argument("table_error: a point is outside the basis");
  return y;
}

// p(x) rounded, and by how much. With u = 2^-bits, S = sum |c_k| and n terms: an error e in step k
// of b_k = c_k + 2 y b_{k+1} - b_{k+2} acts as one in c_k, so it moves p by at most e. A step errs
// by at most 4 u (|c_k| + 2 |b_{k+1}| + |b_{k+2}|), where |b_k| <= n S' since |U_j| <= j + 1 and S'
// is S with these errors; together 16 n^2 u S', and S' <= 2 S as long as 16 n^2 u <= 1/2. Rounding
// y moves p by at most n^2 u S (Markov), rounding the c_k by u S. So 64 n^2 u S holds it all
// (proved).
template <class T>
class Rounded {
 public:
  explicit Rounded(const ChebyshevSeries& p) : p_(p), evaluate_(plain(p)) {
    const auto n = static_cast<long>(p.coefficients.size());
    if (n > longest) throw std::invalid_argument("table_error: the degree is too high");
    Rational sum = 0;
    for (const Rational& c : p.coefficients) sum += abs(c);
    constexpr long factor = 64;  // proved above
    radius_ = sum * factor * n * n * power_of_two(-bits_of<T>);
  }

  /// y - p(x), to radius().
  Rational residual(const DataPoint& point) const {
    const T y = from_rational<T>(on_basis(p_, point.x));
    return point.y - to_rational(evaluate_(y));
  }
  const Rational& radius() const { return radius_; }

 private:
  static constexpr long longest = 1L << 20;  // 16 n^2 u <= 1/2 on every rung but double; proved

  // The recurrence that the bound is about, whatever the parity, in y itself.
  static ChebyshevSeries plain(ChebyshevSeries p) {
    p.parity = Parity::none;
    p.basis = {-1, 1};
    return p;
  }

  ChebyshevSeries p_;
  SeriesEvaluator<T> evaluate_;
  Rational radius_;
};

// p(x) exactly: with y = a / d and c_k = C_k / L, the recurrence for B_k = L d^(n - k) b_k stays in
// integers, without a common divisor to search for.
class Exact {
 public:
  explicit Exact(const ChebyshevSeries& p) : p_(p) {
    for (const Rational& c : p.coefficients) denominator_ = lcm(denominator_, denominator(c));
    for (const Rational& c : p.coefficients) {
      scaled_.push_back(numerator(c) * (denominator_ / denominator(c)));
    }
    while (scaled_.size() > 1 && scaled_.back() == 0) scaled_.pop_back();
  }

  Rational residual(const DataPoint& point) const {
    const Rational y = on_basis(p_, point.x);
    const Integer a = numerator(y);
    const Integer d = denominator(y);
    const Integer square = d * d;
    Integer power = 1;  // d^(n - k)
    Integer b1 = 0;
    Integer b2 = 0;
    for (std::size_t k = scaled_.size(); k-- > 1;) {
      Integer b = scaled_[k] * power + 2 * a * b1 - square * b2;
      b2 = std::move(b1);
      b1 = std::move(b);
      power *= d;
    }
    return point.y - Rational(scaled_[0] * power + a * b1 - square * b2, denominator_ * power);
  }

  /// Limb operations that residual() takes, about.
  double cost(const DataPoint& point) const {
    constexpr double limb_bits = 64;
    const auto n = static_cast<double>(scaled_.size());
    return n * n * (1 + static_cast<double>(bits_in(on_basis(p_, point.x))) / limb_bits);
  }

 private:
  const ChebyshevSeries& p_;
  Integer denominator_ = 1;
  std::vector<Integer> scaled_;
};

}  // namespace

TableError table_error(const DataTable& table, const ChebyshevSeries& polynomial) {
  constexpr double most_exact_work = 1e10;  // chosen: seconds; only tables on the polynomial tie
  const Rounded<Filter> rounded(polynomial);
  std::vector<Rational> sizes;
  for (const DataPoint& point : table.points) sizes.push_back(abs(rounded.residual(point)));
  if (sizes.empty()) throw std::invalid_argument("table_error: the table is empty");
  const Rational open = *std::ranges::max_element(sizes) - 2 * rounded.radius();
  const Exact exact(polynomial);
  TableError error{0, 0};
  double work = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] < open) continue;  // certainly not the worst
    const DataPoint& point = table.points[i];
    work += exact.cost(point);
    if (work <= most_exact_work) {
      const Rational size = abs(exact.residual(point));
      error.attained = std::max(error.attained, size);
      error.upper = std::max(error.upper, size);
    } else {
      error.attained = std::max(error.attained, Rational(sizes[i] - rounded.radius()));
      error.upper = std::max(error.upper, Rational(sizes[i] + rounded.radius()));
    }
  }
  return error;
}

ErrorEnclosure proved_error(const DataTable& table, const ChebyshevSeries& polynomial,
                            const Rational& lower) {
  const TableError error = table_error(table, polynomial);
  return {.lower = lower,
          .attained = error.attained,
          .upper = error.upper,
          .evidence = Evidence::proved};
}

Rational root_mean_square(const DataTable& table, const ChebyshevSeries& polynomial) {
  constexpr int bits = 120;  // chosen: sums of decimals need not be exact
  const Rounded<Filter> rounded(polynomial);
  Rational sum = 0;
  for (const DataPoint& point : table.points) {
    const Rational size = abs(rounded.residual(point)) + rounded.radius();
    const Rational up = round_to_bits(size, bits, Rounding::up);
    sum += up * up;
  }
  const Filter mean = from_rational<Filter>(sum / static_cast<unsigned long>(table.points.size()));
  return to_rational(real_sqrt(mean)) * (1 + power_of_two(-bits));
}

Rational alternation_bound(const std::vector<DataPoint>& reference,
                           const ChebyshevSeries& polynomial) {
  if (reference.empty()) return 0;
  const Rounded<Fine> rounded(polynomial);
  Rational smallest = 0;
  bool negative = false;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const bool ordered = i == 0 || reference[i - 1].x < reference[i].x;
    const Rational residual = rounded.residual(reference[i]);
    const Rational size = abs(residual) - rounded.radius();
    if (!ordered || size <= 0 || (i > 0 && (residual < 0) == negative)) return 0;
    smallest = i == 0 ? size : std::min(smallest, size);
    negative = residual < 0;
  }
  return smallest;
}

}  // namespace equiripple
