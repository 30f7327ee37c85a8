// Evaluation on every rung.
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

// 1 / (1 + exp(-x)) without overflow for large |x|.
template <class T>
T sigmoid(const T& x) {
  const T decay = real_exp(T(-real_abs(x)));
  const T large = T(1) / (T(1) + decay);
  return x < 0 ? T(decay * large) : large;
}

// log(1 + exp(x)) without overflow for large x.
template <class T>
T softplus(const T& x) {
  const T tail = real_log1p(real_exp(T(-real_abs(x))));
  return x > 0 ? T(x + tail) : tail;
}

}  // namespace

template <class T>
CompiledFunction<T>::CompiledFunction(const Expression& expression) {
  for (const Node& node : expression.nodes()) {
    steps_.push_back({node.operation, node.left, node.right, node.third, node.exponent});
    values_.emplace_back(0);
    if (node.operation == Operation::constant) values_.back() = from_rational<T>(node.value);
    if (node.operation == Operation::pi) values_.back() = real_pi<T>();
  }
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
      case Operation::divide: y = of(step.left) / of(step.right); break;
      case Operation::power_integer: y = real_pow(of(step.left), step.exponent); break;
      case Operation::power: y = real_pow(of(step.left), of(step.right)); break;
      case Operation::exp: y = real_exp(of(step.left)); break;
      case Operation::log: y = real_log(of(step.left)); break;
      case Operation::sin: y = real_sin(of(step.left)); break;
      case Operation::cos: y = real_cos(of(step.left)); break;
      case Operation::tan: y = real_tan(of(step.left)); break;
      case Operation::atan: y = real_atan(of(step.left)); break;
      case Operation::sinh: y = real_sinh(of(step.left)); break;
      case Operation::cosh: y = real_cosh(of(step.left)); break;
      case Operation::tanh: y = real_tanh(of(step.left)); break;
      case Operation::erf: y = real_erf(of(step.left)); break;
      case Operation::erfc: y = real_erfc(of(step.left)); break;
      case Operation::sqrt: y = real_sqrt(of(step.left)); break;
      case Operation::abs: y = real_abs(of(step.left)); break;
      case Operation::sign: y = of(step.left) > 0 ? 1 : of(step.left) < 0 ? -1 : 0; break;
      case Operation::floor: y = real_floor(of(step.left)); break;
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

}  // namespace equiripple
