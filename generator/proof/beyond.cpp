// Branch and bound in z >= 1: by Taylor's sum about the middle of a piece, or for high degrees by
// the tangent and what the curve may leave it, as each T_k grows there, and so do its derivatives.
#include "generator/proof/beyond.hpp"

#include <algorithm>
#include <queue>
#include <span>

#include "generator/numbers/ball.hpp"
#include "generator/numbers/ball_series.hpp"
#include "generator/proof/certify.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 192;          // chosen: terms that cancel may be 2^100 times the value
constexpr long accuracy_log2 = -12;  // of the magnitude; chosen
constexpr std::size_t most_terms = 20'000;  // in all pieces; chosen: 40 ms, then no proof
constexpr std::size_t fewest_pieces = 64;   // that are tried all the same; chosen
constexpr std::size_t most_shifted = 128;   // terms; chosen: a shift takes a millisecond
constexpr int mirrored = -1;

// On a piece, about its middle.
struct Local {
  Ball value;         // in the middle
  Rational rise = 0;  // at most as far from it elsewhere
  bool is_monotone = false;
};

// sum c_k T_k(z) for z >= 1 (for z <= -1 it is sum (-1)^k c_k T_k(-z)): with w = z + sqrt(z^2 - 1)
// T_k(z) is (w^k + w^-k) / 2. (Clenshaw's recurrence lets the radii of balls grow as (1 + sqrt
// 2)^k.)
class Beyond {
 public:
  /// `end`: the largest z that is asked for.
  Beyond(const std::vector<Rational>& coefficients, const Rational& end) {
    for (const Rational& c : coefficients) coefficients_.push_back(ball_of(c, bits));
    if (terms() <= most_shifted) set_powers(coefficients, end);
    if (shift_bits_ == 0) set_tangents(coefficients);
  }

  std::size_t terms() const { return coefficients_.size(); }

  Ball value(const Ball& z) const {
    const Ball w = w_of(z);
    Ball sum = horner(coefficients_, w);
    arb_add(sum.get(), sum.get(), horner(coefficients_, reciprocal(w)).get(), bits);
    arb_mul_2exp_si(sum.get(), sum.get(), -1);
    return sum;
  }

  // z > 1.
  Local local(const Rational& middle, const Rational& half_width) const {
    return shift_bits_ > 0 ? shifted(middle, half_width) : tangent(middle, half_width);
  }

 private:
  // The shift loses what the largest sums of terms have above their value.
  void set_powers(const std::vector<Rational>& coefficients, const Rational& end) {
    const std::vector<Rational> powers =
        to_powers({.basis = {-1, 1}, .coefficients = coefficients});
    Rational size = 0;
    for (std::size_t k = powers.size(); k-- > 0;) size = size * end + abs(powers[k]);
    if (size == 0) return;
    shift_bits_ = bits + std::max(0L, static_cast<long>(log2_of(size))) +
                  static_cast<long>(powers.size());  // the binomials of the shift
    for (std::size_t k = 0; k < powers.size(); ++k) {
      powers_.set(static_cast<slong>(k), ball_of(powers[k], shift_bits_));
    }
  }

  void set_tangents(const std::vector<Rational>& coefficients) {
    for (std::size_t k = 0; k < coefficients.size(); ++k) {
      const Rational square(Integer(k) * Integer(k));
      const Rational bend = abs(coefficients[k]) * square;
      slopes_.push_back(ball_of(coefficients[k] * k, bits));
      bends_.push_back(ball_of(bend, bits));
      bends_at_end_.push_back(ball_of(bend * (square - 1) / 3, bits));
    }
  }

  // By all derivatives in the middle.
  Local shifted(const Rational& middle, const Rational& half_width) const {
    BallSeries about;
    arb_poly_taylor_shift(about.get(), powers_.get(), ball_of(middle, shift_bits_).get(),
                          shift_bits_);
    const Ball h = ball_of(half_width, bits);
    Ball rise;  // of the value
    Ball bend;  // of the slope
    for (slong k = about.length() - 1; k >= 1; --k) {
      Ball size = about.coefficient(k);
      arb_abs(size.get(), size.get());
      arb_add(rise.get(), rise.get(), size.get(), bits);
      arb_mul(rise.get(), rise.get(), h.get(), bits);
      if (k == 1) break;
      arb_mul_si(size.get(), size.get(), k, bits);
      arb_add(bend.get(), bend.get(), size.get(), bits);
      arb_mul(bend.get(), bend.get(), h.get(), bits);
    }
    Local local{.value = about.coefficient(0)};
    if (!rise.is_finite() || !local.value.is_finite()) {
      arb_indeterminate(local.value.get());
      return local;
    }
    local.rise = upper_end(rise);
    Ball slope = about.coefficient(1);
    arb_abs(slope.get(), slope.get());
    local.is_monotone = lower_end(slope) >= upper_end(bend);
    return local;
  }

  Local tangent(const Rational& middle, const Rational& half_width) const {
    Local local{.value = value(ball_of(middle, bits))};
    Ball slope_there = slope(ball_of(middle, bits));
    if (!slope_there.is_finite()) {
      arb_indeterminate(local.value.get());
      return local;
    }
    arb_abs(slope_there.get(), slope_there.get());
    const Rational turn = bend(ball_of(middle + half_width, bits)) * half_width;  // of the slope
    local.rise = (upper_end(slope_there) + turn / 2) * half_width;
    local.is_monotone = lower_end(slope_there) >= turn;
    return local;
  }

  // dp/dz, for z > 1: T_k' is k U_{k-1} = k (w^k - w^-k) / (w - 1/w).
  Ball slope(const Ball& z) const {
    const Ball w = w_of(z);
    const Ball v = reciprocal(w);
    Ball difference = horner(slopes_, w);
    arb_sub(difference.get(), difference.get(), horner(slopes_, v).get(), bits);
    Ball spread;
    arb_sub(spread.get(), w.get(), v.get(), bits);
    arb_div(difference.get(), difference.get(), spread.get(), bits);
    return difference;
  }

  // At least |d2p/dz2| from 1 to z. T_k'' is a Gegenbauer polynomial, in cos(theta) a sum of
  // cosines with positive factors [Sze75, 4.9.19], so that it is at most
  // T_k''(1) w^k = k^2 (k^2 - 1) / 3 w^k; and with z = cosh(t) it is below k^2 w^k / sinh(t)^2.
  Rational bend(const Ball& z) const {
    const Ball w = w_of(z);
    const Rational near = upper_end(horner(bends_at_end_, w));
    Ball sine;
    arb_sub(sine.get(), w.get(), reciprocal(w).get(), bits);
    arb_mul_2exp_si(sine.get(), sine.get(), -1);
    arb_sqr(sine.get(), sine.get(), bits);
    Ball far = horner(bends_, w);
    arb_div(far.get(), far.get(), sine.get(), bits);
    return far.is_finite() ? std::min(near, upper_end(far)) : near;
  }

  static Ball w_of(const Ball& z) {
    Ball w;
    arb_sqr(w.get(), z.get(), bits);
    arb_sub_ui(w.get(), w.get(), 1, bits);
    arb_sqrtpos(w.get(), w.get(), bits);
    arb_add(w.get(), w.get(), z.get(), bits);
    return w;
  }

  static Ball reciprocal(const Ball& w) {
    Ball inverse;
    arb_inv(inverse.get(), w.get(), bits);
    return inverse;
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
  std::vector<Ball> slopes_;        // c_k k
  std::vector<Ball> bends_;         // |c_k| k^2
  std::vector<Ball> bends_at_end_;  // |c_k| k^2 (k^2 - 1) / 3
  BallSeries powers_;
  slong shift_bits_ = 0;  // 0: not by Taylor's sum
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
    Local local = p_.local((lower + upper) / 2, (upper - lower) / 2);
    if (sign_ < 0) arb_neg(local.value.get(), local.value.get());
    see(local.value);
    if (!is_finite_) return;
    Rational most = upper_end(local.value) + local.rise;
    if (local.is_monotone) {
      most = std::max(upper_end(value_at(lower)), upper_end(value_at(upper)));
    }
    parts_.push({lower, upper, most});
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
  std::vector<Rational> coefficients = polynomial.coefficients;
  if (side == mirrored) {
    for (std::size_t k = 1; k < coefficients.size(); k += 2) coefficients[k] = -coefficients[k];
  }
  const Beyond p(coefficients, end);
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

// Whether the last stages leave `allowed` where they start from an end of the arguments, by more
// than rounding: whatever encloses their values on the arguments does, too. Where enclosures have
// grown beyond what is true, later ones grow to thousands of digits; that is seen here first.
bool ends_leave(std::span<const ChebyshevSeries> stages, const Interval& arguments,
                const Interval& allowed) {
  using T = Real<128>;
  const Rational width = allowed.upper - allowed.lower;
  const T lower = from_rational<T>(allowed.lower - width);
  const T upper = from_rational<T>(allowed.upper + width);
  for (const Rational& end : {arguments.lower, arguments.upper}) {
    T value = from_rational<T>(end);
    for (const ChebyshevSeries& stage : stages) value = SeriesEvaluator<T>(stage)(value);
    if (!is_finite(value) || value < lower || upper < value) return true;
  }
  return false;
}

// Whether the values are within `allowed`: enclosed sharply of all stages but the last, and of that
// one no sharper than `enough`.
bool stays_within(const std::vector<ChebyshevSeries>& stages, const Interval& arguments,
                  const Interval& allowed, const std::optional<Rational>& enough) {
  Interval values = arguments;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    if (ends_leave(std::span(stages).subspan(i), values, allowed)) return false;
    const bool last = i + 1 == stages.size();
    const auto next = values_on(stages[i], values, last ? enough : std::nullopt);
    if (!next) return false;
    values = *next;
  }
  return allowed.lower <= values.lower && values.upper <= allowed.upper;
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
  return stays_within(stages, reach, {-bound, bound}, bound);
}

bool keeps_side(const std::vector<ChebyshevSeries>& stages, const Interval& arguments) {
  return stays_within(stages, arguments, {Rational(1, 2), Rational(3, 2)}, std::nullopt);
}

}  // namespace equiripple
