// The sample application: ReLU by the generated header, on plain numbers in place of ciphertexts.
// With an encryption library only the backend changes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <equiripple/plain.hpp>

#include "relu.hpp"

int main() {
  equiripple::plain he;
  const double range = relu::Plan::upper;
  const double bound = relu::claim.upper * range;
  bool within = true;
  std::printf("%12s %14s %14s %12s %12s\n", "input", "ReLU", "approximation", "error", "bound");
  for (int i = -10; i <= 10; ++i) {
    const double x = range * i * std::abs(i) / 100;  // denser near 0, where ReLU bends
    const double exact = std::max(x, 0.0);
    const double approximation = relu::evaluate(he, x);
    const double error = std::abs(approximation - exact);
    within = within && error <= bound;
    std::printf("%12.5g %14.8g %14.8g %12.3g %12.3g\n", x, exact, approximation, error, bound);
  }
  std::printf("\n%d levels, %d key switches, %d tensor products, %d scalar products; growth %.3g\n",
              relu::Plan::levels, relu::Plan::key_switches, relu::Plan::tensor_products,
              relu::Plan::scalar_products, relu::Plan::growth);
  std::printf("every error is %s the bound\n", within ? "within" : "NOT within");
  return within ? 0 : 1;
}
