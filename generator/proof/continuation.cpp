// One loop over the nodes with complex balls; branch cuts make the result infinite.
#include "generator/proof/continuation.hpp"

#include <algorithm>

#include "generator/function/enclose.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 64;            // chosen: bounds need no more
constexpr slong decision_bits = 192;  // chosen: short pieces beside a kink are on one side of it

// atan is analytic off the imaginary axis beyond +-i.
bool touches_cut_of_atan(acb_srcptr z) {
  if (arb_contains_zero(acb_realref(z)) == 0) return false;
  Ball size;
  arb_abs(size.get(), acb_imagref(z));
  Ball room;
  arb_set_ui(room.get(), 1);
  arb_sub(room.get(), room.get(), size.get(), bits);
  return !room.is_positive();
}

ComplexBall of_real(const Ball& x) {
  ComplexBall z;
  acb_set_arb(z.get(), x.get());
  return z;
}

// exp(z) where z is left of the imaginary axis for sure, else exp(-z): small on a wide box.
ComplexBall decay(acb_srcptr z, bool is_left) {
  ComplexBall y;
  acb_set(y.get(), z);
  if (!is_left) acb_neg(y.get(), y.get());
  acb_exp(y.get(), y.get(), bits);
  return y;
}

// 1 / (1 + exp(-z)) = exp(z) / (1 + exp(z)).
ComplexBall sigmoid(acb_srcptr z) {
  const bool is_left = arb_is_negative(acb_realref(z)) != 0;
  ComplexBall y = decay(z, is_left);
  ComplexBall sum;
  acb_add_ui(sum.get(), y.get(), 1, bits);
  if (!is_left) acb_one(y.get());
  acb_div(y.get(), y.get(), sum.get(), bits);
  return y;
}

// log(1 + exp(z)) = z + log(1 + exp(-z)), which on the right half is analytic as it stands.
ComplexBall softplus(acb_srcptr z) {
  const bool is_right = arb_is_positive(acb_realref(z)) != 0;
  ComplexBall y = decay(z, !is_right);
  acb_add_ui(y.get(), y.get(), 1, bits);
  acb_log_analytic(y.get(), y.get(), 1, bits);
  if (is_right) acb_add(y.get(), y.get(), z, bits);
  return y;
}

// The coefficients of erfinv about 0 are positive, and so are those of its derivative: what they
// are at |z| bounds them at z. From the middle of the real part the way to z is no longer than |z -
// m| and stays within the largest |z|, which is below 1.
ComplexBall erfinv(acb_srcptr z) {
  ComplexBall y;
  Ball largest;
  acb_get_mag(arb_radref(largest.get()), z);
  arb_get_ubound_arf(arb_midref(largest.get()), largest.get(), bits);
  mag_zero(arb_radref(largest.get()));
  Ball slope;  // sqrt(pi)/2 exp(erfinv(|z|)^2)
  arb_hypgeom_erfinv(slope.get(), largest.get(), bits);
  arb_sqr(slope.get(), slope.get(), bits);
  arb_exp(slope.get(), slope.get(), bits);
  Ball factor;
  arb_const_sqrt_pi(factor.get(), bits);
  arb_mul_2exp_si(factor.get(), factor.get(), -1);
  arb_mul(slope.get(), slope.get(), factor.get(), bits);
  if (!slope.is_finite()) {
    acb_indeterminate(y.get());
    return y;
  }
  Ball middle;
  arb_get_mid_arb(middle.get(), acb_realref(z));
  ComplexBall way;
  acb_sub_arb(way.get(), z, middle.get(), bits);
  Ball change;
  acb_abs(change.get(), way.get(), bits);
  arb_mul(change.get(), change.get(), slope.get(), bits);
  arb_hypgeom_erfinv(acb_realref(y.get()), middle.get(), bits);
  arb_add_error(acb_realref(y.get()), change.get());
  arb_add_error(acb_imagref(y.get()), change.get());
  return y;
}

// The sign of the argument, 1 for 0 where a selection asks and either where |argument| does; or its
// floor or nearest integer.
Ball decision(Operation operation, const Ball& argument) {
  Ball decided;
  if (operation == Operation::floor) {
    arb_floor(decided.get(), argument.get(), bits);
    if (arb_is_int(decided.get()) != 0) return decided;
  } else if (operation == Operation::round) {
    decided = nearest_integer(argument, decision_bits);
    if (arb_is_int(decided.get()) != 0) return decided;
  } else if (argument.is_negative() ||
             (operation == Operation::abs && arb_is_nonpositive(argument.get()) != 0)) {
    arb_set_si(decided.get(), -1);
    return decided;
  } else if (argument.is_positive() ||
             (operation != Operation::sign && argument.is_nonnegative())) {
    arb_one(decided.get());
    return decided;
  }
  arb_indeterminate(decided.get());
  return decided;
}

}  // namespace

Continuation::Continuation(const Expression& expression, const Ball& piece)
    : expression_(&expression) {
  const std::vector<Node>& nodes = expression.nodes();
  if (std::ranges::none_of(nodes, decides)) return;
  const std::vector<Ball> values = enclose_nodes(expression, piece, decision_bits);
  for (const Node& node : nodes) {
    decisions_.push_back(decides(node)
                             ? decision(node.operation, values[static_cast<std::size_t>(node.left)])
                             : Ball());
  }
}

ComplexBall Continuation::operator()(const ComplexBall& box) const {
  std::vector<ComplexBall> known;
  const std::vector<Node>& nodes = expression_->nodes();
  known.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    const auto of = [&](int index) { return known[static_cast<std::size_t>(index)].get(); };
    const acb_srcptr left = node.left >= 0 ? of(node.left) : nullptr;
    const acb_srcptr right = node.right >= 0 ? of(node.right) : nullptr;
    ComplexBall y;
    switch (node.operation) {
      case Operation::constant: y = of_real(ball_of(node.value, bits)); break;
      case Operation::pi: acb_const_pi(y.get(), bits); break;
      case Operation::variable: y = box; break;
      case Operation::negate: acb_neg(y.get(), left); break;
      case Operation::add: acb_add(y.get(), left, right, bits); break;
      case Operation::subtract: acb_sub(y.get(), left, right, bits); break;
      case Operation::multiply: acb_mul(y.get(), left, right, bits); break;
      case Operation::divide: acb_div(y.get(), left, right, bits); break;
      case Operation::power_integer: acb_pow_si(y.get(), left, node.exponent, bits); break;
      case Operation::power: acb_pow_analytic(y.get(), left, right, 1, bits); break;
      case Operation::exp: acb_exp(y.get(), left, bits); break;
      case Operation::log: acb_log_analytic(y.get(), left, 1, bits); break;
      case Operation::sin: acb_sin(y.get(), left, bits); break;
      case Operation::cos: acb_cos(y.get(), left, bits); break;
      case Operation::tan: acb_tan(y.get(), left, bits); break;
      case Operation::atan:
        if (touches_cut_of_atan(left)) {
          acb_indeterminate(y.get());
        } else {
          acb_atan(y.get(), left, bits);
        }
        break;
      case Operation::sinh: acb_sinh(y.get(), left, bits); break;
      case Operation::cosh: acb_cosh(y.get(), left, bits); break;
      case Operation::tanh: acb_tanh(y.get(), left, bits); break;
      case Operation::erf: acb_hypgeom_erf(y.get(), left, bits); break;
      case Operation::erfc: acb_hypgeom_erfc(y.get(), left, bits); break;
      case Operation::erfinv: y = erfinv(left); break;
      case Operation::sqrt: acb_sqrt_analytic(y.get(), left, 1, bits); break;
      case Operation::abs: acb_mul_arb(y.get(), left, decisions_[i].get(), bits); break;
      case Operation::sign:
      case Operation::floor:
      case Operation::round: y = of_real(decisions_[i]); break;
      case Operation::select:
        if (!decisions_[i].is_finite()) {
          acb_indeterminate(y.get());
        } else {
          acb_set(y.get(), decisions_[i].is_negative() ? right : of(node.third));
        }
        break;
      case Operation::sigmoid: y = sigmoid(left); break;
      case Operation::softplus: y = softplus(left); break;
    }
    if (!y.is_finite()) acb_indeterminate(y.get());
    known.push_back(std::move(y));
  }
  return known.back();
}

}  // namespace equiripple
