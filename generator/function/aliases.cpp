// From C, Python, the papers on activations, and other languages' schools.
#include "generator/function/aliases.hpp"

#include <algorithm>
#include <array>

namespace equiripple {
namespace {

constexpr std::array all = {
    Alias{"ln", "log(x)"},
    Alias{"log2", "log(x)/log(2)"},
    Alias{"ld", "log(x)/log(2)"},
    Alias{"lb", "log(x)/log(2)"},
    Alias{"log10", "log(x)/log(10)"},
    Alias{"lg", "log(x)/log(10)"},
    Alias{"log1p", "log(1 + x)"},
    Alias{"logsigmoid", "-softplus(-x)"},
    Alias{"log_sigmoid", "-softplus(-x)"},
    Alias{"exp2", "2^x"},
    Alias{"exp10", "10^x"},
    Alias{"expm1", "exp(x) - 1"},
    Alias{"arctan", "atan(x)"},
    Alias{"arctg", "atan(x)"},
    Alias{"tg", "tan(x)"},
    Alias{"cot", "cos(x)/sin(x)"},
    Alias{"ctg", "cos(x)/sin(x)"},
    Alias{"sec", "1/cos(x)"},
    Alias{"csc", "1/sin(x)"},
    Alias{"asin", "2*atan(x/(1 + sqrt(1 - x^2)))"},
    Alias{"arcsin", "2*atan(x/(1 + sqrt(1 - x^2)))"},
    Alias{"acos", "pi/2 - 2*atan(x/(1 + sqrt(1 - x^2)))"},
    Alias{"arccos", "pi/2 - 2*atan(x/(1 + sqrt(1 - x^2)))"},
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
    Alias{"cbrt", "x^(1/3)"},
    Alias{"reciprocal", "inverse(x)"},
    Alias{"invsqrt", "rsqrt(x)"},
    Alias{"inv_sqrt", "rsqrt(x)"},
    Alias{"inversesqrt", "rsqrt(x)"},
    Alias{"ceil", "-floor(-x)"},
    Alias{"round", "floor(x + 1/2)"},
    Alias{"frac", "x - floor(x)"},
    Alias{"logistic", "sigmoid(x)"},
    Alias{"expit", "sigmoid(x)"},
    Alias{"logit", "log(x/(1 - x))"},
    Alias{"swish", "silu(x)"},
    Alias{"mish", "x*tanh(softplus(x))"},
    Alias{"elu", "if(x < 0, exp(x) - 1, x)"},
    Alias{"relu6", "min(max(x, 0), 6)"},
    Alias{"hardtanh", "min(max(x, -1), 1)"},
    Alias{"softsign", "x/(1 + abs(x))"},
    Alias{"tanhshrink", "x - tanh(x)"},
    Alias{"heaviside", "if(x < 0, 0, 1)"},
    Alias{"step", "if(x < 0, 0, 1)"},
    Alias{"normcdf", "erfc(-x/sqrt(2))/2"},
    Alias{"gaussian", "exp(-x^2)"},
};

}  // namespace

std::span<const Alias> aliases() { return all; }

const Alias* alias_of(std::string_view name) {
  const auto found = std::ranges::find(all, name, &Alias::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace equiripple
