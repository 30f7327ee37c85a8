// Every primitive of the grammar on balls.
#include "generator/function/enclose.hpp"

#include "generator/function/taylor.hpp"

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

// exp(-|x|) of a ball on one side of 0: it neither overflows nor cancels.
Ball decay(const Ball& x, slong bits) {
  Ball y;
  arb_abs(y.get(), x.get());
  arb_neg(y.get(), y.get());
  arb_exp(y.get(), y.get(), bits);
  return y;
}

// 1 / (1 + exp(-x)), on one side of 0.
Ball sigmoid(const Ball& x, slong bits) {
  Ball y = decay(x, bits);
  Ball sum;
  arb_add_ui(sum.get(), y.get(), 1, bits);
  if (x.is_nonnegative()) arb_one(y.get());
  arb_div(y.get(), y.get(), sum.get(), bits);
  return y;
}

// log(1 + exp(x)), on one side of 0.
Ball softplus(const Ball& x, slong bits) {
  Ball y = decay(x, bits);
  arb_log1p(y.get(), y.get(), bits);
  if (x.is_nonnegative()) arb_add(y.get(), y.get(), x.get(), bits);
  return y;
}

// A function that rises, on a ball that may hold 0: between its values at the ends.
template <class Function>
Ball of_rising(const Function& function, const Ball& x, slong bits) {
  if (!x.is_finite() || x.is_negative() || x.is_nonnegative()) return function(x, bits);
  Ball lower;
  Ball upper;
  arb_get_lbound_arf(arb_midref(lower.get()), x.get(), bits);
  arb_get_ubound_arf(arb_midref(upper.get()), x.get(), bits);
  Ball y;
  arb_union(y.get(), function(lower, bits).get(), function(upper, bits).get(), bits);
  return y;
}

// Exact for a power of two: a ball that ends at a jump still does so.
Ball quotient(const Ball& dividend, const Ball& divisor, slong bits) {
  Ball y;
  const bool is_power_of_two = divisor.is_exact() && arf_bits(arb_midref(divisor.get())) == 1;
  if (!is_power_of_two) {
    arb_div(y.get(), dividend.get(), divisor.get(), bits);
    return y;
  }
  fmpz_t exponent;
  fmpz_init(exponent);
  arf_abs_bound_le_2exp_fmpz(exponent, arb_midref(divisor.get()));
  fmpz_neg(exponent, exponent);
  arb_mul_2exp_fmpz(y.get(), dividend.get(), exponent);
  fmpz_clear(exponent);
  if (divisor.is_negative()) arb_neg(y.get(), y.get());
  return y;
}

// It rises: between its values at the ends.
Ball erfinv(const Ball& x, slong bits) {
  Ball y;
  if (x.is_exact()) {
    arb_hypgeom_erfinv(y.get(), x.get(), bits);
    return y;
  }
  Ball upper;
  arb_get_lbound_arf(arb_midref(y.get()), x.get(), bits);
  arb_get_ubound_arf(arb_midref(upper.get()), x.get(), bits);
  arb_hypgeom_erfinv(y.get(), y.get(), bits);
  arb_hypgeom_erfinv(upper.get(), upper.get(), bits);
  arb_union(y.get(), y.get(), upper.get(), bits);
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
    case Operation::divide: return quotient(of(node.left), of(node.right), bits);
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
    case Operation::erfinv: return erfinv(of(node.left), bits);
    case Operation::sqrt: arb_sqrtpos(y.get(), left, bits); break;
    case Operation::abs: arb_abs(y.get(), left); break;
    case Operation::sign: arb_sgn(y.get(), left); break;
    case Operation::floor: arb_floor(y.get(), left, bits); break;
    case Operation::round: return nearest_integer(of(node.left), bits);
    case Operation::select:
      if (of(node.left).is_negative()) return of(node.right);
      if (of(node.left).is_nonnegative()) return of(node.third);
      arb_union(y.get(), right, of(node.third).get(), bits);
      break;
    case Operation::sigmoid: return of_rising(sigmoid, of(node.left), bits);
    case Operation::softplus: return of_rising(softplus, of(node.left), bits);
  }
  return y;
}

bool is_free_of_x(const std::vector<Node>& nodes, int index) {
  const Node& node = nodes[static_cast<std::size_t>(index)];
  if (node.operation == Operation::variable) return false;
  for (const int operand : {node.left, node.right, node.third}) {
    if (operand >= 0 && !is_free_of_x(nodes, operand)) return false;
  }
  return true;
}

// Does the node only rise, or only fall, wherever it is defined? As far as its form tells.
bool is_monotone(const std::vector<Node>& nodes, int index) {
  const Node& node = nodes[static_cast<std::size_t>(index)];
  switch (node.operation) {
    case Operation::variable: return true;
    case Operation::negate:
    case Operation::exp:
    case Operation::log:
    case Operation::atan:
    case Operation::sinh:
    case Operation::tanh:
    case Operation::erf:
    case Operation::erfc:
    case Operation::erfinv:
    case Operation::sqrt:
    case Operation::sigmoid:
    case Operation::softplus: return is_monotone(nodes, node.left);
    case Operation::power_integer:
      return node.exponent > 0 && node.exponent % 2 == 1 && is_monotone(nodes, node.left);
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
      return (is_free_of_x(nodes, node.right) && is_monotone(nodes, node.left)) ||
             (is_free_of_x(nodes, node.left) && is_monotone(nodes, node.right));
    default: return false;
  }
}

// Of an interval of many scales a ball knows the upper end, and of the lower one nothing: that of
// sinh on [10, 1000] reaches far below 0.
bool is_lost_in_its_radius(const Ball& ball) {
  constexpr slong large_log2 = 10;  // chosen: below, pieces are halved soon enough
  return ball.is_finite() && arb_rel_accuracy_bits(ball.get()) <= 1 &&
         mag_cmp_2exp_si(arb_radref(ball.get()), large_log2) > 0;
}

// The node between its values at the ends of x.
Ball between_ends(const Expression& expression, std::size_t index, const Ball& x, slong bits) {
  Ball lower;
  Ball upper;
  arb_get_lbound_arf(arb_midref(lower.get()), x.get(), bits);
  arb_get_ubound_arf(arb_midref(upper.get()), x.get(), bits);
  Ball both;
  arb_union(both.get(), enclose_nodes(expression, lower, bits)[index].get(),
            enclose_nodes(expression, upper, bits)[index].get(), bits);
  return both;
}

}  // namespace

std::vector<Ball> enclose_nodes(const Expression& expression, const Ball& x, slong bits) {
  const std::vector<Node>& nodes = expression.nodes();
  std::vector<Ball> known;
  known.reserve(nodes.size());
  for (const Node& node : nodes) {
    Ball y = enclose(node, x, known, bits);
    if (node.operation == Operation::divide && node.exponent > 0 && !y.is_finite()) {
      y = continued_value(nodes, known.size(), x, bits);
    }
    const bool may_gain = node.left >= 0 && !x.is_exact() && x.is_finite() &&
                          is_lost_in_its_radius(known[static_cast<std::size_t>(node.left)]) &&
                          is_monotone(nodes, static_cast<int>(known.size()));
    if (may_gain) {
      const Ball closer = between_ends(expression, known.size(), x, bits);
      Ball both;
      if (closer.is_finite() && arb_intersection(both.get(), y.get(), closer.get(), bits) != 0) {
        y = both;
      }
    }
    known.push_back(std::move(y));
  }
  return known;
}

}  // namespace equiripple
