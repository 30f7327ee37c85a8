// The activations as PyTorch defines them (torch.nn: ELU, LeakyReLU, SELU, Mish, Hardswish,
// Hardsigmoid, ReLU6); the constants of SELU as in [KUMH17], to the digits that PyTorch has.
#include "generator/function/definitions.hpp"

#include <algorithm>
#include <array>

namespace equiripple {
namespace {

constexpr std::array all = {
    // Without the cancellation of x/2 (1 + erf(x / sqrt 2)) for x << 0.
    Definition{"gelu", "x", "1/2*x*erfc(-x/sqrt(2))", ""},
    Definition{"silu", "x", "x*sigmoid(x)", ""},
    Definition{"relu", "x", "1/2*(x + abs(x))", ""},
    Definition{"rsqrt", "x", "1/sqrt(x)", ""},
    Definition{"inverse", "x", "1/x", ""},
    Definition{"ceil", "x", "-floor(-x)", ""},
    Definition{"ln", "x", "log(x)", ""},
    Definition{"log2", "x", "log(x)/log(2)", ""},
    Definition{"log10", "x", "log(x)/log(10)", ""},
    Definition{"exp2", "x", "2^x", ""},
    Definition{"asin", "x", "2*atan(x/(1 + sqrt(1 - x^2)))", ""},
    Definition{"acos", "x", "pi/2 - asin(x)", ""},
    Definition{"cbrt", "x", "sign(x)*abs(x)^(1/3)", ""},
    Definition{"heaviside", "x", "if(x < 0, 0, 1)", ""},
    Definition{"elu", "xa", "if(x < 0, a*(exp(x) - 1), x)", "1"},
    Definition{"selu", "x",
               "1.0507009873554804934193349852946*"
               "if(x < 0, 1.6732632423543772848170429916717*(exp(x) - 1), x)",
               ""},
    Definition{"leaky_relu", "xa", "if(x < 0, a*x, x)", "0.01"},
    Definition{"relu6", "x", "clip(x, 0, 6)", ""},
    Definition{"hardsigmoid", "x", "if(x < -3, 0, if(x > 3, 1, x/6 + 1/2))", ""},
    Definition{"hardswish", "x", "if(x < -3, 0, if(x > 3, x, x*(x + 3)/6))", ""},
    Definition{"mish", "x", "x*tanh(softplus(x))", ""},
    Definition{"clip", "xab", "if(x < a, a, if(x > b, b, x))", ""},
    Definition{"max", "xy", "1/2*(x + y + abs(x - y))", ""},
    Definition{"min", "xy", "1/2*(x + y - abs(x - y))", ""},
    Definition{"pow", "xy", "x^y", ""},
};

constexpr Definition clip_of_odd = {"clip", "xab", "if(x^2 > b^2, b*sign(x), x)", ""};

}  // namespace

std::span<const Definition> definitions() { return all; }

const Definition* definition_of(std::string_view name) {
  const auto found = std::ranges::find(all, name, &Definition::name);
  return found == all.end() ? nullptr : &*found;
}

const Definition& symmetric_clip() { return clip_of_odd; }

}  // namespace equiripple
