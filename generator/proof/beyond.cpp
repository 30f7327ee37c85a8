// Branch and bound in z >= 1, where each T_k grows, and so do its derivatives.
#include "generator/proof/beyond.hpp"

#include <algorithm>
#include <queue>

#include "generator/numbers/ball.hpp"
#include "generator/proof/certify.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 192;          // chosen: terms that cancel may be 2^100 times the value
constexpr long accuracy_log2 = -12;  // of the magnitude; chosen
constexpr std::size_t most_terms = 20'000;  // in all pieces; chosen: 40 ms, then no proof
constexpr std::size_t fewest_pieces = 64;   // that are tried all the same; chosen
constexpr int mirrored = -1;

// sum c_k T_k(z) for z >= 1, or for z <= -1 as sum (-1)^k c_k T_k(-z): with w = z + sqrt(z^2 - 1)
// T_k(z) is (w^k + w^-k) / 2. (Clenshaw's recurrence lets the radii of balls grow as (1 + sqrt
// 2)^k.)
class Beyond {
 public:
  Beyond(const ChebyshevSeries& polynomial, int side) {
    for (std::size_t k = 0; k < polynomial.coefficients.size(); ++k) {
      const bool turns = side == mirrored && k % 2 == 1;
      const Rational& c = polynomial.coefficients[k];
      coefficients_.push_back(ball_of(turns ? Rational(-c) : c, bits));
      Ball size;
      arb_abs(size.get(), coefficients_.back().get());
      arb_mul_ui(size.get(), size.get(), static_cast<ulong>(k), bits);
      steepness_.push_back(size);
      arb_mul_ui(size.get(), size.get(), static_cast<ulong>(k), bits);
      steepness_at_end_.push_back(std::move(size));
    }
  }

  std::size_t terms() const { return coefficients_.size(); }

  Ball value(const Ball& z) const {
    const Ball w = w_of(z);
    Ball reciprocal;
    arb_inv(reciprocal.get(), w.get(), bits);
    Ball sum = horner(coefficients_, w);
    arb_add(sum.get(), sum.get(), horner(coefficients_, reciprocal).get(), bits);
    arb_mul_2exp_si(sum.get(), sum.get(), -1);
    return sum;
  }

  // At least |dp/dz| from 1 to z: T_k' is k U_{k-1}, and U_{k-1} at most k w^(k-1), and at most
  // w^k / (w - 1/w).
  Rational slope(const Ball& z) const {
    const Ball w = w_of(z);
    const Rational near = upper_end(horner(steepness_at_end_, w));
    Ball difference;
    arb_inv(difference.get(), w.get(), bits);
    arb_sub(difference.get(), w.get(), difference.get(), bits);
    Ball far = horner(steepness_, w);
    arb_div(far.get(), far.get(), difference.get(), bits);
    return far.is_finite() ? std::min(near, upper_end(far)) : near;
  }

 private:
  static Ball w_of(const Ball& z) {
    Ball w;
    arb_sqr(w.get(), z.get(), bits);
    arb_sub_ui(w.get(), w.get(), 1, bits);
    arb_sqrtpos(w.get(), w.get(), bits);
    arb_add(w.get(), w.get(), z.get(), bits);
    return w;
  }

  static Ball horner(const std::vector<Ball>& coefficients, const Ball& at) {
    Ball sum;
    for (std::size_t k = coefficients.size(); k-- > 0;) {
      arb_mul(sum.get(), sum.get(), at.get(), bits);
      arb_add(sum.get(), sum.get(), coefficients[k].get(), bits);
    }
    return sum;
  }

  std::vector<Ball> coefficients_;
  std::vector<Ball> steepness_;         // |c_k| k
  std::vector<Ball> steepness_at_end_;  // |c_k| k^2
};

// The largest value of sign * p on 1 <= z <= end.
class Largest {
 public:
  Largest(const Beyond& p, int sign) : p_(p), sign_(sign) {}

  /// Bounded from above, by `enough` or sharply; empty where that takes too many pieces.
  std::optional<Rational> run(const Rational& end, const std::optional<Rational>& enough) {
    see(value_at(1));
    see(value_at(end));
    add(1, end);
    const std::size_t most_pieces = std::max(most_terms / p_.terms(), fewest_pieces);
    for (std::size_t pieces = 1; is_finite_ && pieces < most_pieces; ++pieces) {
      const Part part = parts_.top();
      if (enough && part.most <= *enough) return *enough;
      if (part.most <= reached_ + size_ * power_of_two(accuracy_log2)) return part.most;
      parts_.pop();
      const Rational middle = (part.lower + part.upper) / 2;
      add(part.lower, middle);
      add(middle, part.upper);
    }
    return std::nullopt;
  }

 private:
  struct Part {
    Rational lower;
    Rational upper;
    Rational most;  // of the values on it

    friend bool operator<(const Part& a, const Part& b) { return a.most < b.most; }
  };

  Ball value_at(const Rational& z) const {
    Ball value = p_.value(ball_of(z, bits));
    if (sign_ < 0) arb_neg(value.get(), value.get());
    return value;
  }

  void see(const Ball& value) {
    is_finite_ = is_finite_ && value.is_finite();
    if (!is_finite_) return;
    const Rational least = lower_end(value);
    reached_ = is_first_ ? least : std::max(reached_, least);
    is_first_ = false;
    size_ = std::max({size_, Rational(abs(least)), Rational(abs(upper_end(value)))});
  }

  void add(const Rational& lower, const Rational& upper) {
    const Ball middle = value_at((lower + upper) / 2);
    see(middle);
    if (!is_finite_) return;
    const Rational rise = p_.slope(ball_of(upper, bits)) * (upper - lower) / 2;
    parts_.push({lower, upper, Rational(upper_end(middle) + rise)});
  }

  const Beyond& p_;
  int sign_;
  std::priority_queue<Part> parts_;
  Rational reached_;  // is a value
  Rational size_ = 0;
  bool is_first_ = true;
  bool is_finite_ = true;
};

// `enough`: of the magnitude, where no sharper bound is needed.
std::optional<Interval> values_beyond(const ChebyshevSeries& polynomial, int side,
                                      const Rational& end, const std::optional<Rational>& enough) {
  const Beyond p(polynomial, side);
  const auto upper = Largest(p, 1).run(end, enough);
  if (!upper) return std::nullopt;
  const auto lower = Largest(p, -1).run(end, enough);
  if (!lower) return std::nullopt;
  return Interval{-*lower, *upper};
}

std::optional<Interval> values_inside(const ChebyshevSeries& polynomial, const Interval& inside,
                                      const std::optional<Rational>& enough) {
  if (!enough) return proved_range(polynomial, {inside});
  const Interval values{-*enough, *enough};
  if (!certify_range(polynomial, {inside}, values).holds) return std::nullopt;
  return values;
}

std::optional<Interval> values_on(const ChebyshevSeries& polynomial, const Interval& arguments,
                                  const std::optional<Rational>& enough) {
  const Interval& basis = polynomial.basis;
  const Rational centre = (basis.lower + basis.upper) / 2;
  const Rational half_width = (basis.upper - basis.lower) / 2;
  std::vector<std::optional<Interval>> parts;
  const Interval inside{std::max(arguments.lower, basis.lower),
                        std::min(arguments.upper, basis.upper)};
  if (inside.lower < inside.upper) parts.push_back(values_inside(polynomial, inside, enough));
  if (arguments.upper > basis.upper) {
    const Rational end = (arguments.upper - centre) / half_width;
    parts.push_back(values_beyond(polynomial, 1, end, enough));
  }
  if (arguments.lower < basis.lower) {
    const Rational end = (centre - arguments.lower) / half_width;
    parts.push_back(values_beyond(polynomial, mirrored, end, enough));
  }
  std::optional<Interval> values;
  for (const std::optional<Interval>& part : parts) {
    if (!part) return std::nullopt;
    values = values ? Interval{std::min(values->lower, part->lower),
                               std::max(values->upper, part->upper)}
                    : *part;
  }
  return values;
}

// Of all stages but the last sharply.
std::optional<Interval> values_of(const std::vector<ChebyshevSeries>& stages,
                                  const Interval& arguments,
                                  const std::optional<Rational>& enough) {
  std::optional<Interval> values = arguments;
  for (std::size_t i = 0; i < stages.size() && values; ++i) {
    const bool last = i + 1 == stages.size();
    values = values_on(stages[i], *values, last ? enough : std::nullopt);
  }
  return values;
}

}  // namespace

std::optional<Interval> proved_values(const ChebyshevSeries& polynomial,
                                      const Interval& arguments) {
  const auto values = values_on(polynomial, arguments, std::nullopt);
  if (!values) return std::nullopt;
  return Interval{Rational(to_double(values->lower, Rounding::down)),
                  Rational(to_double(values->upper, Rounding::up))};
}

bool stays_bounded(const std::vector<ChebyshevSeries>& stages, const Interval& reach,
                   const Rational& bound) {
  const auto values = values_of(stages, reach, bound);
  return values && -bound <= values->lower && values->upper <= bound;
}

bool keeps_side(const std::vector<ChebyshevSeries>& stages, const Interval& arguments) {
  const auto values = values_of(stages, arguments, std::nullopt);
  return values && Rational(1, 2) <= values->lower && values->upper <= Rational(3, 2);
}

}  // namespace equiripple
