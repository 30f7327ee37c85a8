#include "generator/function/evaluate.hpp"
#include "tests/support/near.hpp"

#include <doctest/doctest.h>

#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

// |f(x) - g(x)| relative to g, in units of the rung's roundoff.
template <class T>
double ulps_between(const char* f, const char* g, const T& x) {
  const T left = CompiledFunction<T>(test::function(f))(x);
  const T right = CompiledFunction<T>(test::function(g))(x);
  return convert<double>(T(real_abs(T(left - right)) / real_abs(right) / unit_roundoff<T>()));
}

// Identities whose two sides share no code in the evaluator.
constexpr std::pair<const char*, const char*> identities[] = {
    {"sigmoid(x)", "1 / (1 + exp(-x))"},
    {"softplus(x)", "log(1 + exp(x))"},
    {"silu(x)", "x / (1 + exp(-x))"},
    {"gelu(x)", "x/2 * (1 + erf(x / sqrt(2)))"},
    {"tanh(x)", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))"},
    {"cosh(x)", "(exp(x) + exp(-x)) / 2"},
    {"sinh(x)", "(exp(x) - exp(-x)) / 2"},
    {"tan(x)", "sin(x) / cos(x)"},
    {"erfc(x) + erf(x)", "1"},
    {"atan(tan(x/4))", "x/4"},
    {"sqrt(x)^2", "x"},
    {"rsqrt(x)", "x^(-1/2)"},
    {"inverse(x)", "x^-1"},
    {"log(exp(x))", "x"},
    {"1 + relu(x - 1)", "1 + max(0, x - 1)"},
    {"abs(x - 2)", "max(x, 2) - min(x, 2)"},
    {"exp(log(x) * 3/2)", "x^(3/2)"},
    {"pow(x, 3/2)", "x*sqrt(x)"},
    {"floor(-x)", "-1 - floor(x)"},
    {"mod(x, 1/2)", "x - floor(x + x)/2"},
    {"cos(mod(x, 2*pi))", "cos(x)"},
    {"if(x < 1, 1 - x, x - 1)", "abs(x - 1)"},
    {"if(x <= 5/4, 2, if(x > 2, x, 3))", "max(x, 2) + if(x > 5/4, 1, 0) - if(x > 2, 1, 0)"},
    {"if(x >= 1/3, exp(x), log(0*x))", "exp(x)"},
    {"mod(-x, 4)", "4 - mod(x, 4)"},
};

}  // namespace

TEST_CASE_TEMPLATE("identities hold on every rung", T, double, Real<128>, Real<256>, Real<512>,
                   Real<1024>, Real<2048>, Real<4096>) {
  for (const auto& [left, right] : identities) {
    CAPTURE(left);
    for (const char* point : {"1/3", "1.25", "2.75"}) {
      CHECK(ulps_between(left, right, from_rational<T>(test::number(point))) < 100);
    }
  }
}

TEST_CASE_TEMPLATE("mod is 0 at every multiple of an exact modulus", T, double, Real<128>,
                   Real<256>) {
  for (const std::string modulus : {"3", "7/5", "1/10", "-3/7"}) {
    CAPTURE(modulus);
    // In the denominator's multiples every step is exact.
    const CompiledFunction<T> f(test::function("mod(x, " + modulus + ")"));
    for (int k = -50; k <= 50; ++k) {
      const Rational x = test::number(modulus) * k;
      if (boost::multiprecision::denominator(x) != 1) continue;
      CHECK(real_abs(f(from_rational<T>(x))) <= 100 * unit_roundoff<T>());
    }
  }
}

TEST_CASE("functions keep their accuracy where the definition cancels or overflows") {
  using T = Real<256>;
  // gelu(-20) = -10 erfc(20 / sqrt 2), about -5.5e-88: the definition would lose 290 bits.
  const T gelu = CompiledFunction<T>(test::function("gelu(x)"))(-20);
  CHECK(convert<double>(gelu) == test::near(-5.5072481e-88, 1e-5));
  CHECK(CompiledFunction<double>(test::function("sigmoid(x)"))(-800) == 0);
  CHECK(CompiledFunction<double>(test::function("sigmoid(x)"))(800) == 1);
  CHECK(CompiledFunction<double>(test::function("softplus(x)"))(800) == 800);
}
