// One loop over the nodes with complex balls; branch cuts make the result infinite.
#include "generator/proof/continuation.hpp"

#include "generator/function/enclose.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 64;  // chosen: bounds need no more

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

}  // namespace

std::optional<Continuation> Continuation::from(const Expression& expression, const Ball& piece) {
  Continuation continuation(expression);
  const std::vector<Node>& nodes = expression.nodes();
  continuation.signs_.assign(nodes.size(), 0);
  bool decides = false;
  for (const Node& node : nodes) {
    decides = decides || node.operation == Operation::abs || node.operation == Operation::sign;
  }
  if (!decides) return continuation;
  const std::vector<Ball> values = enclose_nodes(expression, piece, bits);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].operation != Operation::abs && nodes[i].operation != Operation::sign) continue;
    const Ball& argument = values[static_cast<std::size_t>(nodes[i].left)];
    if (!argument.is_positive() && !argument.is_negative()) return std::nullopt;
    continuation.signs_[i] = argument.is_positive() ? 1 : -1;
  }
  return continuation;
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
      case Operation::sqrt: acb_sqrt_analytic(y.get(), left, 1, bits); break;
      case Operation::abs:
        if (signs_[i] > 0) acb_set(y.get(), left);
        if (signs_[i] < 0) acb_neg(y.get(), left);
        break;
      case Operation::sign: acb_set_si(y.get(), signs_[i]); break;
      case Operation::sigmoid:
        acb_neg(y.get(), left);
        acb_exp(y.get(), y.get(), bits);
        acb_add_ui(y.get(), y.get(), 1, bits);
        acb_inv(y.get(), y.get(), bits);
        break;
      case Operation::softplus:
        acb_exp(y.get(), left, bits);
        acb_add_ui(y.get(), y.get(), 1, bits);
        acb_log_analytic(y.get(), y.get(), 1, bits);
        break;
    }
    if (!y.is_finite()) {
      acb_indeterminate(y.get());
      return y;
    }
    known.push_back(std::move(y));
  }
  return known.back();
}

}  // namespace equiripple
