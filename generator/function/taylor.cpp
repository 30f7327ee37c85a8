// One loop over the nodes with Arb's truncated power series.
#include "generator/function/taylor.hpp"

#include <utility>

#include "generator/numbers/ball_series.hpp"

namespace equiripple {
namespace {

BallSeries constant(const Ball& c) {
  BallSeries s;
  s.set(0, c);
  return s;
}

BallSeries undefined() {
  Ball c;
  arb_indeterminate(c.get());
  return constant(c);
}

// -1 or 1, 0 where that is not for sure.
int sign_of(const BallSeries& s) {
  const Ball c = s.coefficient(0);
  return c.is_positive() ? 1 : c.is_negative() ? -1 : 0;
}

// Constant in a neighbourhood, unless the argument is an integer.
BallSeries floor_of(const BallSeries& s, slong bits) {
  const Ball c = s.coefficient(0);
  Ball floor;
  arb_floor(floor.get(), c.get(), bits);
  const bool settled = arb_is_int(floor.get()) != 0 && arb_contains_int(c.get()) == 0;
  return settled ? constant(floor) : undefined();
}

// Constant in a neighbourhood, unless the argument is a half.
BallSeries round_of(const BallSeries& s, slong bits) {
  BallSeries moved = s;
  Ball c = s.coefficient(0);
  Ball half;
  arb_set_d(half.get(), 0.5);
  arb_add(c.get(), c.get(), half.get(), bits);
  moved.set(0, c);
  return floor_of(moved, bits);
}

// With y' = sqrt(pi)/2 g s' and g = exp(y^2), term by term: q = y^2 and k g_k = sum j q_j g_(k-j).
BallSeries erfinv_of(const BallSeries& s, slong terms, slong bits) {
  Ball first;
  arb_hypgeom_erfinv(first.get(), s.coefficient(0).get(), bits);
  if (!first.is_finite()) return undefined();
  Ball factor;
  arb_const_sqrt_pi(factor.get(), bits);
  arb_mul_2exp_si(factor.get(), factor.get(), -1);
  const auto count = static_cast<std::size_t>(terms);
  std::vector<Ball> inner;
  for (slong k = 0; k < terms; ++k) inner.push_back(s.coefficient(k));
  std::vector<Ball> y{first};
  std::vector<Ball> q;
  std::vector<Ball> g;
  for (std::size_t k = 0; k + 1 < count; ++k) {
    Ball square;
    for (std::size_t i = 0; i <= k; ++i) {
      arb_addmul(square.get(), y[i].get(), y[k - i].get(), bits);
    }
    q.push_back(square);
    Ball power;
    if (k == 0) {
      arb_exp(power.get(), square.get(), bits);
    } else {
      for (std::size_t j = 1; j <= k; ++j) {
        Ball slope;
        arb_mul_ui(slope.get(), q[j].get(), j, bits);
        arb_addmul(power.get(), slope.get(), g[k - j].get(), bits);
      }
      arb_div_ui(power.get(), power.get(), k, bits);
    }
    g.push_back(power);
    Ball next;
    for (std::size_t i = 0; i <= k; ++i) {
      Ball slope;
      arb_mul_ui(slope.get(), inner[k + 1 - i].get(), k + 1 - i, bits);
      arb_addmul(next.get(), slope.get(), g[i].get(), bits);
    }
    arb_mul(next.get(), next.get(), factor.get(), bits);
    arb_div_ui(next.get(), next.get(), k + 1, bits);
    y.push_back(next);
  }
  BallSeries series;
  for (std::size_t k = 0; k < y.size(); ++k) series.set(static_cast<slong>(k), y[k]);
  return series;
}

BallSeries logarithm(const BallSeries& s, slong terms, slong bits) {
  if (sign_of(s) <= 0) return undefined();
  BallSeries y;
  arb_poly_log_series(y.get(), s.get(), terms, bits);
  return y;
}

BallSeries one_plus_exp(const BallSeries& s, slong terms, slong bits) {
  BallSeries y;
  arb_poly_exp_series(y.get(), s.get(), terms, bits);
  BallSeries one;
  arb_poly_one(one.get());
  arb_poly_add(y.get(), y.get(), one.get(), bits);
  return y;
}

// Without the coefficients that are 0 where it is continued; see removable.hpp.
BallSeries continued(const Node& node, const BallSeries& x, const BallSeries& left,
                     const BallSeries& right, slong terms, slong bits) {
  const Ball centre = x.coefficient(0);
  const Ball at = ball_of(node.value, bits);
  if (node.exponent == 0 || arb_overlaps(centre.get(), at.get()) == 0) return undefined();
  BallSeries dividend;
  BallSeries divisor;
  arb_poly_shift_right(dividend.get(), left.get(), node.exponent);
  arb_poly_shift_right(divisor.get(), right.get(), node.exponent);
  if (sign_of(divisor) == 0) return undefined();
  BallSeries y;
  arb_poly_div_series(y.get(), dividend.get(), divisor.get(), terms, bits);
  return y;
}

// Each continued quotient leaves as many coefficients at the end undetermined.
slong lost_terms(const std::vector<Node>& nodes, std::size_t count) {
  slong lost = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (nodes[i].operation == Operation::divide) lost += nodes[i].exponent;
  }
  return lost;
}

BallSeries expand(const Node& node, const BallSeries& x, const std::vector<BallSeries>& known,
                  slong terms, slong bits) {
  const auto of = [&](int index) -> const BallSeries& {
    return known[static_cast<std::size_t>(index)];
  };
  const auto left = node.left >= 0 ? of(node.left).get() : nullptr;
  const auto right = node.right >= 0 ? of(node.right).get() : nullptr;
  BallSeries y;
  switch (node.operation) {
    case Operation::constant: return constant(ball_of(node.value, bits));
    case Operation::pi: {
      Ball pi;
      arb_const_pi(pi.get(), bits);
      return constant(pi);
    }
    case Operation::variable: return x;
    case Operation::negate: arb_poly_neg(y.get(), left); break;
    case Operation::add: arb_poly_add(y.get(), left, right, bits); break;
    case Operation::subtract: arb_poly_sub(y.get(), left, right, bits); break;
    case Operation::multiply: arb_poly_mullow(y.get(), left, right, terms, bits); break;
    case Operation::divide:
      if (sign_of(of(node.right)) == 0) {
        return continued(node, x, of(node.left), of(node.right), terms, bits);
      }
      arb_poly_div_series(y.get(), left, right, terms, bits);
      break;
    case Operation::power_integer: {
      const auto exponent = static_cast<ulong>(node.exponent < 0 ? -node.exponent : node.exponent);
      arb_poly_pow_ui_trunc_binexp(y.get(), left, exponent, terms, bits);
      if (node.exponent >= 0) break;
      if (sign_of(of(node.left)) == 0) return undefined();
      BallSeries power = std::move(y);
      arb_poly_inv_series(y.get(), power.get(), terms, bits);
      break;
    }
    case Operation::power: {
      BallSeries exponent = logarithm(of(node.left), terms, bits);
      arb_poly_mullow(exponent.get(), exponent.get(), right, terms, bits);
      arb_poly_exp_series(y.get(), exponent.get(), terms, bits);
      break;
    }
    case Operation::exp: arb_poly_exp_series(y.get(), left, terms, bits); break;
    case Operation::log: return logarithm(of(node.left), terms, bits);
    case Operation::sin: arb_poly_sin_series(y.get(), left, terms, bits); break;
    case Operation::cos: arb_poly_cos_series(y.get(), left, terms, bits); break;
    case Operation::tan: arb_poly_tan_series(y.get(), left, terms, bits); break;
    case Operation::atan: arb_poly_atan_series(y.get(), left, terms, bits); break;
    case Operation::sinh: arb_poly_sinh_series(y.get(), left, terms, bits); break;
    case Operation::cosh: arb_poly_cosh_series(y.get(), left, terms, bits); break;
    case Operation::tanh: {
      BallSeries cosh;
      arb_poly_sinh_cosh_series(y.get(), cosh.get(), left, terms, bits);
      arb_poly_div_series(y.get(), y.get(), cosh.get(), terms, bits);
      break;
    }
    case Operation::erf: arb_hypgeom_erf_series(y.get(), left, terms, bits); break;
    case Operation::erfc: arb_hypgeom_erfc_series(y.get(), left, terms, bits); break;
    case Operation::erfinv: return erfinv_of(of(node.left), terms, bits);
    case Operation::sqrt:
      if (sign_of(of(node.left)) <= 0) return undefined();
      arb_poly_sqrt_series(y.get(), left, terms, bits);
      break;
    case Operation::abs:
      if (sign_of(of(node.left)) == 0) return undefined();
      if (sign_of(of(node.left)) > 0) return of(node.left);
      arb_poly_neg(y.get(), left);
      break;
    case Operation::sign: {
      if (sign_of(of(node.left)) == 0) return undefined();
      Ball sign;
      arb_set_si(sign.get(), sign_of(of(node.left)));
      return constant(sign);
    }
    case Operation::floor: return floor_of(of(node.left), bits);
    case Operation::round: return round_of(of(node.left), bits);
    case Operation::select:
      if (sign_of(of(node.left)) == 0) return undefined();
      return sign_of(of(node.left)) < 0 ? of(node.right) : of(node.third);
    case Operation::sigmoid: {
      BallSeries negated;
      arb_poly_neg(negated.get(), left);
      arb_poly_inv_series(y.get(), one_plus_exp(negated, terms, bits).get(), terms, bits);
      break;
    }
    case Operation::softplus:
      return logarithm(one_plus_exp(of(node.left), terms, bits), terms, bits);
  }
  return y;
}

}  // namespace

std::vector<Ball> taylor_series(const Expression& expression, const Rational& centre, int terms,
                                slong bits) {
  BallSeries x = constant(ball_of(centre, bits));
  arb_poly_set_coeff_si(x.get(), 1, 1);
  const std::vector<Node>& nodes = expression.nodes();
  const slong all_terms = terms + lost_terms(nodes, nodes.size());
  std::vector<BallSeries> known;
  known.reserve(nodes.size());
  for (const Node& node : nodes) known.push_back(expand(node, x, known, all_terms, bits));
  std::vector<Ball> coefficients;
  for (int k = 0; k < terms; ++k) {
    coefficients.push_back(known.back().coefficient(k));
    if (!coefficients.back().is_finite()) return {};
  }
  return coefficients;
}

Ball continued_value(const std::vector<Node>& nodes, std::size_t index, const Ball& x, slong bits) {
  BallSeries variable = constant(x);
  arb_poly_set_coeff_si(variable.get(), 1, 1);
  const slong terms = 1 + lost_terms(nodes, index + 1);
  std::vector<BallSeries> known;
  for (std::size_t i = 0; i <= index; ++i) {
    known.push_back(expand(nodes[i], variable, known, terms, bits));
  }
  return known.back().coefficient(0);
}

}  // namespace equiripple
