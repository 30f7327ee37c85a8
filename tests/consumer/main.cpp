// Ends with 0 where what is computed keeps the claims of the headers.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <equiripple/simulated.hpp>

#include "relu_small.hpp"
#include "wave.hpp"

double square(double x);

template <class Plan, class Evaluate, class Exact>
double largest_error(const std::vector<double>& values, Evaluate evaluate, Exact exact) {
  const double scale = std::exp2(40);
  equiripple::simulated he(Plan::levels, scale, /*log2_ring=*/15);
  const auto y = evaluate(he, he.encrypt(values, scale / Plan::half_width));
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(y.values[i] - exact(values[i])));
  }
  return largest;
}

int main() {
  const double relu = largest_error<relu_small::Plan>(
      {-50, -20, -1, 0, 1, 20, 50},
      [](auto& he, const auto& x) { return relu_small::evaluate(he, x); },
      [](double x) { return std::max(x, 0.0); });
  const double wave = largest_error<wave::Plan>(
      {-1, -0.5, 0, 0.25, 1}, [](auto& he, const auto& x) { return wave::evaluate(he, x); },
      [](double x) { return std::cos(x); });
  const double fit = std::abs(square(1.5) - 2.25);
  std::printf("relu %.3g, wave %.3g, fit %.3g\n", relu, wave, fit);
  const double noise = 1e-4;
  return relu <= relu_small::claim.bound() + 50 * noise && wave <= ::wave::claim.bound() + noise &&
                 fit <= 1e-9
             ? 0
             : 1;
}
