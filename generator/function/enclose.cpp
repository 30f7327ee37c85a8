// Every primitive of the grammar on balls.
#include "generator/function/enclose.hpp"

namespace equiripple {
namespace {

// Roots take the part of the base that is not negative: b^y grows with b, so that it lies between 0
// and the power of the largest base.
Ball power(const Ball& base, const Ball& exponent, slong bits) {
  Ball y;
  const bool touches_zero = base.is_finite() && base.contains_zero() && !base.is_negative();
  if (!touches_zero || !exponent.is_positive()) {
    arb_pow(y.get(), base.get(), exponent.get(), bits);
    return y;
  }
  Ball largest;
  arb_get_ubound_arf(arb_midref(largest.get()), base.get(), bits);
  if (largest.contains_zero()) return y;
  arb_pow(largest.get(), largest.get(), exponent.get(), bits);
  arb_union(y.get(), y.get(), largest.get(), bits);
  arb_nonnegative_part(y.get(), y.get());
  return y;
}

Ball enclose(const Node& node, const Ball& x, const std::vector<Ball>& known, slong bits) {
  Ball y;
  const auto of = [&](int index) -> const Ball& { return known[static_cast<std::size_t>(index)]; };
  const auto left = node.left >= 0 ? of(node.left).get() : nullptr;
  const auto right = node.right >= 0 ? of(node.right).get() : nullptr;
  switch (node.operation) {
    case Operation::constant: return ball_between(node.value, node.value, bits);
    case Operation::pi: arb_const_pi(y.get(), bits); break;
    case Operation::variable: return x;
    case Operation::negate: arb_neg(y.get(), left); break;
    case Operation::add: arb_add(y.get(), left, right, bits); break;
    case Operation::subtract: arb_sub(y.get(), left, right, bits); break;
    case Operation::multiply: arb_mul(y.get(), left, right, bits); break;
    case Operation::divide: arb_div(y.get(), left, right, bits); break;
    case Operation::power_integer: {
      fmpz_t exponent;
      fmpz_init_set_si(exponent, node.exponent);
      arb_pow_fmpz(y.get(), left, exponent, bits);
      fmpz_clear(exponent);
      if (node.exponent > 0 && node.exponent % 2 == 0) arb_nonnegative_part(y.get(), y.get());
      break;
    }
    case Operation::power: return power(of(node.left), of(node.right), bits);
    case Operation::exp: arb_exp(y.get(), left, bits); break;
    case Operation::log: arb_log(y.get(), left, bits); break;
    case Operation::sin: arb_sin(y.get(), left, bits); break;
    case Operation::cos: arb_cos(y.get(), left, bits); break;
    case Operation::tan: arb_tan(y.get(), left, bits); break;
    case Operation::atan: arb_atan(y.get(), left, bits); break;
    case Operation::sinh: arb_sinh(y.get(), left, bits); break;
    case Operation::cosh: arb_cosh(y.get(), left, bits); break;
    case Operation::tanh: arb_tanh(y.get(), left, bits); break;
    case Operation::erf: arb_hypgeom_erf(y.get(), left, bits); break;
    case Operation::erfc: arb_hypgeom_erfc(y.get(), left, bits); break;
    case Operation::sqrt: arb_sqrtpos(y.get(), left, bits); break;
    case Operation::abs: arb_abs(y.get(), left); break;
    case Operation::sign: arb_sgn(y.get(), left); break;
    case Operation::floor: arb_floor(y.get(), left, bits); break;
    case Operation::select:
      if (of(node.left).is_negative()) return of(node.right);
      if (of(node.left).is_nonnegative()) return of(node.third);
      arb_union(y.get(), right, of(node.third).get(), bits);
      break;
    case Operation::sigmoid:
      arb_neg(y.get(), left);
      arb_exp(y.get(), y.get(), bits);
      arb_add_ui(y.get(), y.get(), 1, bits);
      arb_inv(y.get(), y.get(), bits);
      break;
    case Operation::softplus:
      arb_exp(y.get(), left, bits);
      arb_log1p(y.get(), y.get(), bits);
      break;
  }
  return y;
}

}  // namespace

std::vector<Ball> enclose_nodes(const Expression& expression, const Ball& x, slong bits) {
  std::vector<Ball> known;
  known.reserve(expression.nodes().size());
  for (const Node& node : expression.nodes()) known.push_back(enclose(node, x, known, bits));
  return known;
}

}  // namespace equiripple
