// Enclosures of target and weight by Arb; the polynomial by its own bounds.
#include "generator/proof/error_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "generator/function/enclose.hpp"
#include "generator/proof/continuation.hpp"

namespace equiripple {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double log2_e_bound = 1.443;  // above log2(e); proved
constexpr slong range_bits = 192;
constexpr slong bound_bits = 64;

Ball last_of(std::vector<Ball> values) { return std::move(values.back()); }

// Theta within radius of the centre, and further into the plane: the box around the Bernstein
// ellipse whose semi-axes add up to rho times the radius.
ComplexBall box_around(const Piece& piece, double rho) {
  const Ball radius = exact_ball<256>(piece.radius());
  const auto widened = [&](double factor) {
    arf_t scale;
    arf_init(scale);
    arf_set_d(scale, factor * (1 + 0x1p-40));
    Ball reach;
    arb_mul_arf(reach.get(), radius.get(), scale, bound_bits);
    arf_clear(scale);
    return reach;
  };
  ComplexBall box;
  arb_set(acb_realref(box.get()), exact_ball<256>(piece.centre()).get());
  arb_add_error(acb_realref(box.get()), widened((rho + 1 / rho) / 2).get());
  arb_add_error(acb_imagref(box.get()), widened((rho - 1 / rho) / 2).get());
  return box;
}

Ball ball_on(const Piece& piece) {
  Ball theta = exact_ball<256>(piece.centre());
  arb_add_error(theta.get(), exact_ball<256>(piece.radius()).get());
  return theta;
}

}  // namespace

ErrorCurve::ErrorCurve(const Expression& target, const Expression& weight,
                       const ChebyshevSeries& stored, const Domain& domain)
    : target_(target),
      weight_(weight),
      unweighted_(weight.is_one()),
      constant_(weight.is_one() && target.is_constant()),
      polynomial_(stored) {
  for (const Interval& interval : domain) {
    domain_.push_back({ball_of(interval.lower, range_bits), ball_of(interval.upper, range_bits)});
  }
}

// weight (f - p) where p has the values given.
Ball ErrorCurve::error(const Ball& x, const Ball& p, slong bits) const {
  Ball e = last_of(enclose_nodes(target_, x, bits));
  arb_sub(e.get(), e.get(), p.get(), bits);
  if (!unweighted_) {
    arb_mul(e.get(), e.get(), last_of(enclose_nodes(weight_, x, bits)).get(), bits);
  }
  return e;
}

// What lies beside the interval that holds the middle is left out, where its ends are exact.
Ball ErrorCurve::arguments_of(const Piece& piece) const {
  const Ball x = polynomial_.argument(ball_on(piece), range_bits);
  const auto interval = std::ranges::find_if(domain_, [&](const Ends& ends) {
    return arf_cmp(arb_midref(x.get()), arb_midref(ends.upper.get())) <= 0;
  });
  return interval == domain_.end() ? x : cut(x, interval->lower, interval->upper);
}

Ball ErrorCurve::value(const Ball& theta, slong bits) const {
  Ball y;
  arb_cos(y.get(), theta.get(), bits);
  return error(polynomial_.argument(theta, bits), polynomial_.value(y, bits), bits);
}

Ball ErrorCurve::value_at(const Rational& x, slong bits) const {
  const Ball argument = ball_of(x, bits);
  return error(argument, polynomial_.value(polynomial_.mapped(argument, bits), bits), bits);
}

Ball ErrorCurve::range(const Piece& piece) const {
  const Ball x = arguments_of(piece);
  // p(centre) and the slope in theta; no more than the sum of the coefficients.
  Ball middle;
  arb_cos(middle.get(), exact_ball<256>(piece.centre()).get(), range_bits);
  Ball p = polynomial_.value(middle, range_bits);
  Ball reach = exact_ball<256>(piece.radius());
  arb_mul(reach.get(), reach.get(), polynomial_.slope().get(), bound_bits);
  arb_add_error(p.get(), reach.get());
  Ball largest;
  arb_add_error(largest.get(), polynomial_.norm().get());
  Ball both;
  if (arb_intersection(both.get(), p.get(), largest.get(), range_bits) != 0) p = both;
  return error(x, p, range_bits);
}

double ErrorCurve::remainder_log2(const Piece& piece, int nodes, double wanted_log2) const {
  const double radius = convert<double>(piece.radius()) * (1 + 0x1p-50);
  const double n = polynomial_.degree();
  // log2 of the bound of p where the imaginary part is at most (rho - 1 / rho) / 2 radii.
  const auto bound_of_p = [&](double rho) {
    return polynomial_.log2_norm() +
           log2_e_bound * n * radius * (rho - 1 / rho) / 2 * (1 + 0x1p-40);
  };
  // The bound S e^(n radius rho / 2) rho^-nodes is smallest at rho = 2 nodes / (n radius).
  constexpr double largest_rho = 0x1p40;
  const double best_rho = std::clamp(2 * nodes / std::max(n * radius, 0x1p-60), 2.0, largest_rho);
  const double error_of_p = polynomial_.log2_norm() == -infinite
                                ? -infinite
                                : interpolation_error_log2(bound_of_p(best_rho), best_rho, nodes);
  if (!(error_of_p <= wanted_log2 - 1)) return infinite;
  if (constant_) return error_of_p;
  const Ball x = arguments_of(piece);
  const Continuation f(target_, x);
  const Continuation w(weight_, x);
  constexpr double widest_strip = 64;  // of Im theta; chosen: cosh of more serves no function
  double best = infinite;
  for (double rho = 8; rho <= largest_rho && radius * rho <= 2 * widest_strip; rho *= 4) {
    const ComplexBall box = box_around(piece, rho);
    const ComplexBall z = polynomial_.argument(box, range_bits);  // near 0, beside a hole
    const auto size_of = [&](const Continuation& continuation) {
      Ball size;
      acb_abs(size.get(), continuation(z).get(), bound_bits);
      return log2_magnitude(size);
    };
    const double weight = unweighted_ ? 0 : size_of(w);
    const double both = weight + std::max(size_of(f), unweighted_ ? -infinite : bound_of_p(rho));
    if (!(both < infinite)) break;
    const double sum = unweighted_ ? both : both + 1;
    best = std::min(best, interpolation_error_log2(sum, rho, nodes));
    if (best <= wanted_log2 - 1) break;
  }
  if (!(best < infinite)) return infinite;
  return std::max(best, unweighted_ ? error_of_p : -infinite) + 1;
}

Rational ErrorCurve::argument(const Parameter& theta) const {
  const Ball x = polynomial_.argument(exact_ball<256>(theta), range_bits);
  return (lower_end(x) + upper_end(x)) / 2;
}

// Rounded outward: ends have 256 bits, which the parameter holds.
Piece ErrorCurve::piece_of(const Interval& interval) const {
  Ball low = polynomial_.mapped(ball_of(interval.upper, range_bits), range_bits);
  Ball high = polynomial_.mapped(ball_of(interval.lower, range_bits), range_bits);
  Rational lower = 0;
  if (upper_end(low) < 1) {
    arb_acos(low.get(), low.get(), range_bits);
    lower = lower_end(low);
  }
  if (lower_end(high) > -1) {
    arb_acos(high.get(), high.get(), range_bits);
  } else {
    arb_const_pi(high.get(), range_bits);
  }
  return {from_rational<Parameter>(lower), from_rational<Parameter>(upper_end(high))};
}

}  // namespace equiripple
