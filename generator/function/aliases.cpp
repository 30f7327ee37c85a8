// From C, Python, the papers on activations, and other languages' schools.
#include "generator/function/aliases.hpp"

#include <algorithm>
#include <array>

namespace equiripple {
namespace {

constexpr std::array all = {
    Alias{"ld", "log2(x)"},
    Alias{"lb", "log2(x)"},
    Alias{"lg", "log10(x)"},
    Alias{"log1p", "log(1 + x)"},
    Alias{"logsigmoid", "-softplus(-x)"},
    Alias{"log_sigmoid", "-softplus(-x)"},
    Alias{"exp10", "10^x"},
    Alias{"expm1", "exp(x) - 1"},
    Alias{"arctan", "atan(x)"},
    Alias{"arctg", "atan(x)"},
    Alias{"tg", "tan(x)"},
    Alias{"cot", "cos(x)/sin(x)"},
    Alias{"ctg", "cos(x)/sin(x)"},
    Alias{"sec", "1/cos(x)"},
    Alias{"csc", "1/sin(x)"},
    Alias{"arcsin", "asin(x)"},
    Alias{"arccos", "acos(x)"},
    Alias{"sh", "sinh(x)"},
    Alias{"ch", "cosh(x)"},
    Alias{"th", "tanh(x)"},
    Alias{"coth", "cosh(x)/sinh(x)"},
    Alias{"sech", "1/cosh(x)"},
    Alias{"csch", "1/sinh(x)"},
    Alias{"asinh", "log(x + sqrt(x^2 + 1))"},
    Alias{"arcsinh", "log(x + sqrt(x^2 + 1))"},
    Alias{"arsinh", "log(x + sqrt(x^2 + 1))"},
    Alias{"acosh", "log(x + sqrt(x^2 - 1))"},
    Alias{"arccosh", "log(x + sqrt(x^2 - 1))"},
    Alias{"arcosh", "log(x + sqrt(x^2 - 1))"},
    Alias{"atanh", "log((1 + x)/(1 - x))/2"},
    Alias{"arctanh", "log((1 + x)/(1 - x))/2"},
    Alias{"artanh", "log((1 + x)/(1 - x))/2"},
    Alias{"sgn", "sign(x)"},
    Alias{"signum", "sign(x)"},
    Alias{"fabs", "abs(x)"},
    Alias{"absolute", "abs(x)"},
    Alias{"root", "sqrt(x)"},
    Alias{"square", "x^2"},
    Alias{"sqr", "x^2"},
    Alias{"reciprocal", "inverse(x)"},
    Alias{"invsqrt", "rsqrt(x)"},
    Alias{"inv_sqrt", "rsqrt(x)"},
    Alias{"inversesqrt", "rsqrt(x)"},
    Alias{"frac", "x - floor(x)"},
    Alias{"logistic", "sigmoid(x)"},
    Alias{"expit", "sigmoid(x)"},
    Alias{"logit", "log(x/(1 - x))"},
    Alias{"swish", "silu(x)"},
    Alias{"hardtanh", "clip(x, -1, 1)"},
    Alias{"softsign", "x/(1 + abs(x))"},
    Alias{"tanhshrink", "x - tanh(x)"},
    Alias{"step", "heaviside(x)"},
    Alias{"normcdf", "erfc(-x/sqrt(2))/2"},
    Alias{"gaussian", "exp(-x^2)"},
    Alias{"erfcinv", "erfinv(1 - x)"},
    Alias{"probit", "sqrt(2)*erfinv(2*x - 1)"},
    Alias{"norminv", "sqrt(2)*erfinv(2*x - 1)"},
    Alias{"ndtri", "sqrt(2)*erfinv(2*x - 1)"},
    Alias{"rint", "round(x)"},
    Alias{"nearbyint", "round(x)"},
    Alias{"ceiling", "ceil(x)"},
    Alias{"trunc", "sign(x)*floor(abs(x))"},
    Alias{"leakyrelu", "leaky_relu(x)"},
    Alias{"celu", "elu(x)"},
    Alias{"hard_swish", "hardswish(x)"},
    Alias{"hard_sigmoid", "hardsigmoid(x)"},
    Alias{"hard_tanh", "clip(x, -1, 1)"},
    Alias{"clamp", "clip(x, -1, 1)"},
    Alias{"quick_gelu", "x*sigmoid(1.702*x)"},
};

}  // namespace

std::span<const Alias> aliases() { return all; }

const Alias* alias_of(std::string_view name) {
  const auto found = std::ranges::find(all, name, &Alias::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace equiripple
