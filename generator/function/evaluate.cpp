// Evaluation on every rung.
#include "generator/function/evaluate.hpp"

#include <algorithm>
#include <limits>

#include "generator/function/taylor.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {
namespace {

// Arb is faster than MPFR, and as good where its ball says so: MPFR does what is
// left, as the places where Arb cannot follow the argument.
constexpr int arb_guard_bits = 16;  // chosen: the middle is as good as rounded to nearest

template <class T, class OnBall, class OnReal>
T by_arb(const T& x, OnBall on_ball, OnReal on_real) {
  if constexpr (!std::is_same_v<T, double>) {
    if (is_finite(x)) {
      Ball y;
      arf_set_mpfr(arb_midref(y.get()), x.backend().data());
      on_ball(y.get(), y.get(), bits_of<T> + arb_guard_bits);
      if (arb_rel_accuracy_bits(y.get()) > bits_of<T>) return middle_of<T>(y);
    }
  }
  return on_real(x);
}

template <class T>
T exp_of(const T& x) {
  return by_arb(x, arb_exp, real_exp<T>);
}

// 1 / (1 + exp(-x)) without overflow for large |x|.
template <class T>
T sigmoid(const T& x) {
  const T decay = exp_of(T(-real_abs(x)));
  const T large = T(1) / (T(1) + decay);
  return x < 0 ? T(decay * large) : large;
}

// log(1 + exp(x)) without overflow for large x.
template <class T>
T softplus(const T& x) {
  const T tail = by_arb(exp_of(T(-real_abs(x))), arb_log1p, real_log1p<T>);
  return x > 0 ? T(x + tail) : tail;
}

// MPFR has no inverse of erf: Arb at the precision of the rung.
template <class T>
T erfinv(const T& x) {
  if (!(real_abs(x) < 1)) {
    const T infinite = std::numeric_limits<T>::infinity();
    return x == 1 ? infinite : x == -1 ? T(-infinite) : std::numeric_limits<T>::quiet_NaN();
  }
  Ball y;
  if constexpr (std::is_same_v<T, double>) {
    arb_set_d(y.get(), x);
  } else {
    arf_set_mpfr(arb_midref(y.get()), x.backend().data());
  }
  arb_hypgeom_erfinv(y.get(), y.get(), bits_of<T> + arb_guard_bits);
  if constexpr (std::is_same_v<T, double>) {
    return arf_get_d(arb_midref(y.get()), ARF_RND_NEAR);
  } else {
    return middle_of<T>(y);
  }
}

}  // namespace

template <class T>
CompiledFunction<T>::CompiledFunction(const Expression& expression) {
  for (const Node& node : expression.nodes()) {
    steps_.push_back({node.operation, node.left, node.right, node.third, node.exponent});
    values_.emplace_back(0);
    if (node.operation == Operation::constant) values_.back() = from_rational<T>(node.value);
    if (node.operation == Operation::pi) values_.back() = real_pi<T>();
    if (node.operation == Operation::divide && node.exponent > 0) {
      series_.push_back(series_of(expression.nodes(), steps_.size() - 1));
      steps_.back().exponent = static_cast<long>(series_.size());
    }
  }
}

// As many terms as make its radius no smaller than what the quotient of the rounded parts can be
// trusted at, with the last of them below the rung's rounding.
template <class T>
auto CompiledFunction<T>::series_of(const std::vector<Node>& nodes, std::size_t index) -> Series {
  constexpr int terms = std::is_same_v<T, double> ? 24 : 48;  // chosen
  constexpr int last_terms = 8;                               // that tell how they fall off; chosen
  constexpr slong bits = 2 * bits_of<T> + 64;
  const Rational& at = nodes[index].value;
  const auto end = nodes.begin() + static_cast<std::ptrdiff_t>(index) + 1;
  const auto enclosed =
      taylor_series(Expression(std::vector<Node>(nodes.begin(), end), ""), at, terms, bits);
  Series series{.centre = from_rational<T>(at), .radius = 0, .coefficients = {}};
  if (enclosed.empty()) return series;
  double largest = -1e9;
  double radius_log2 = 0;
  for (int k = 0; k < terms; ++k) {
    const Ball& c = enclosed[static_cast<std::size_t>(k)];
    series.coefficients.push_back(from_rational<T>(to_rational(middle_of<Real<highest_bits>>(c))));
    const double size = log2_magnitude(c);
    if (k < terms - last_terms) {
      largest = std::max(largest, size);
    } else if (std::isfinite(size)) {
      radius_log2 = std::min(radius_log2, (largest - bits_of<T> - 2 - size) / k);
    }
  }
  series.radius = scale_by_power_of_two(T(1), static_cast<long>(std::floor(radius_log2)));
  return series;
}

template <class T>
T CompiledFunction<T>::operator()(const T& x) const {
  const auto of = [&](int index) -> const T& { return values_[static_cast<std::size_t>(index)]; };
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    T& y = values_[i];
    switch (step.operation) {
      case Operation::constant:
      case Operation::pi: break;
      case Operation::variable: y = x; break;
      case Operation::negate: y = -of(step.left); break;
      case Operation::add: y = of(step.left) + of(step.right); break;
      case Operation::subtract: y = of(step.left) - of(step.right); break;
      case Operation::multiply: y = of(step.left) * of(step.right); break;
      case Operation::divide: {
        if (step.exponent > 0) {
          const Series& series = series_[static_cast<std::size_t>(step.exponent) - 1];
          const T t = x - series.centre;
          if (real_abs(t) <= series.radius) {
            y = 0;
            for (std::size_t k = series.coefficients.size(); k-- > 0;) {
              y = y * t + series.coefficients[k];
            }
            break;
          }
        }
        y = of(step.left) / of(step.right);
        break;
      }
      case Operation::power_integer: y = real_pow(of(step.left), step.exponent); break;
      case Operation::power: y = real_pow(of(step.left), of(step.right)); break;
      case Operation::exp: y = by_arb(of(step.left), arb_exp, real_exp<T>); break;
      case Operation::log: y = by_arb(of(step.left), arb_log, real_log<T>); break;
      case Operation::sin: y = by_arb(of(step.left), arb_sin, real_sin<T>); break;
      case Operation::cos: y = by_arb(of(step.left), arb_cos, real_cos<T>); break;
      case Operation::tan: y = by_arb(of(step.left), arb_tan, real_tan<T>); break;
      case Operation::atan: y = by_arb(of(step.left), arb_atan, real_atan<T>); break;
      case Operation::sinh: y = by_arb(of(step.left), arb_sinh, real_sinh<T>); break;
      case Operation::cosh: y = by_arb(of(step.left), arb_cosh, real_cosh<T>); break;
      case Operation::tanh: y = by_arb(of(step.left), arb_tanh, real_tanh<T>); break;
      case Operation::erf: y = by_arb(of(step.left), arb_hypgeom_erf, real_erf<T>); break;
      case Operation::erfc: y = by_arb(of(step.left), arb_hypgeom_erfc, real_erfc<T>); break;
      case Operation::erfinv: y = erfinv(of(step.left)); break;
      case Operation::sqrt: y = real_sqrt(of(step.left)); break;
      case Operation::abs: y = real_abs(of(step.left)); break;
      case Operation::sign: y = of(step.left) > 0 ? 1 : of(step.left) < 0 ? -1 : 0; break;
      case Operation::floor: y = real_floor(of(step.left)); break;
      case Operation::round: y = real_round(of(step.left)); break;
      case Operation::select: {
        const T& condition = of(step.left);
        const bool is_number = condition < 0 || condition >= 0;
        y = !is_number ? condition : condition < 0 ? of(step.right) : of(step.third);
        break;
      }
      case Operation::sigmoid: y = sigmoid(of(step.left)); break;
      case Operation::softplus: y = softplus(of(step.left)); break;
    }
  }
  return values_.back();
}

template class CompiledFunction<double>;
template class CompiledFunction<Real<128>>;
template class CompiledFunction<Real<256>>;
template class CompiledFunction<Real<512>>;
template class CompiledFunction<Real<1024>>;
template class CompiledFunction<Real<2048>>;
template class CompiledFunction<Real<4096>>;
template class CompiledFunction<Real<widest_bits>>;

}  // namespace equiripple
