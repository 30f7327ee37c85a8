// ReLU by the generated header on simulated ciphertexts: levels, scales and noise as CKKS has them,
// without cryptography. With a library only the backend changes: seal.cpp, openfhe.cpp.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <equiripple/simulated.hpp>
#include <vector>

#include "relu.hpp"

int main() {
  const double scale = std::exp2(40);
  equiripple::simulated he(relu::Plan::levels, scale, /*log2_ring=*/15);

  std::vector<double> values;
  for (int i = -10; i <= 10; ++i) values.push_back(relu::Plan::upper * i * std::abs(i) / 100);
  const auto x = he.encrypt(values, scale / relu::Plan::half_width);
  const auto y = relu::evaluate(he, x);

  const double bound = relu::claim.bound();  // of the polynomial
  double largest = 0;
  std::printf("%12s %14s %14s %12s\n", "input", "ReLU", "on ciphertexts", "error");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double exact = std::max(values[i], 0.0);
    const double error = std::abs(y.values[i] - exact);
    largest = std::max(largest, error);
    std::printf("%12.5g %14.8g %14.8g %12.3g\n", values[i], exact, y.values[i], error);
  }
  std::printf("\nlargest error %.3g; the polynomial's bound is %.3g, the rest is noise\n", largest,
              bound);
  std::printf("%d levels, %d key switches, %d tensor products\n", relu::Plan::levels,
              relu::Plan::key_switches, relu::Plan::tensor_products);
  return largest <= 1.1 * bound + 1e-4 * relu::Plan::upper ? 0 : 1;
}
