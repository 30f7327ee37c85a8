// Every primitive of the grammar on balls.
#include "generator/function/enclose.hpp"

namespace equiripple {
namespace {

Ball enclose(const Node& node, const Ball& x, const std::vector<Ball>& known, slong bits) {
  Ball y;
  const auto of = [&](int index) { return known[static_cast<std::size_t>(index)].get(); };
  const auto left = node.left >= 0 ? of(node.left) : nullptr;
  const auto right = node.right >= 0 ? of(node.right) : nullptr;
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
      break;
    }
    case Operation::power: arb_pow(y.get(), left, right, bits); break;
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
