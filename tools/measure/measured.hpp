// The time of each operation on a ciphertext with 1, 2, ... levels left, on a library; and what a
// library measures. One file a library: together they take a compiler more than a gigabyte.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace equiripple {

struct MeasureRequest {
  int log2_ring = 15;
  int log2_scale = 40;  // of the primes
  int levels = 15;      // to be measured
  int repeats = 5;      // of each operation
};

/// In milliseconds, the median of the repeats; the entries are those of 1, 2, ... levels.
struct Measured {
  std::vector<double> tensor_product{};
  std::vector<double> key_switch{};
  std::vector<double> rescaling{};
  std::vector<double> scalar_product{};
  std::vector<double> addition{};
};

/// Where the library was found when this was built.
[[nodiscard]] Measured measured_on_seal(const MeasureRequest& request);
[[nodiscard]] Measured measured_on_openfhe(const MeasureRequest& request);

template <class Run>
double median_milliseconds(int repeats, const Run& run) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    times.push_back(time.count());
  }
  std::ranges::sort(times);
  return std::round(times[times.size() / 2] * 1000) / 1000;
}

/// `fresh` has all levels. Every operation makes a new ciphertext, as a plan's do.
template <class Backend>
Measured measured(Backend& he, const typename Backend::Ciphertext& fresh,
                  const MeasureRequest& request) {
  Measured times;
  for (int level = 1; level <= request.levels; ++level) {
    const auto x = he.drop_to_level(fresh, level);
    const auto product = he.multiply(x, x);
    const auto scalar = he.encode(0.7, level, std::exp2(request.log2_scale));
    const auto time = [&](const auto& run) { return median_milliseconds(request.repeats, run); };
    times.tensor_product.push_back(time([&] { he.multiply(x, x); }));
    times.key_switch.push_back(time([&] { he.relinearize(product); }));
    times.rescaling.push_back(time([&] { he.rescale(x); }));
    times.scalar_product.push_back(time([&] { he.multiply_plain(x, scalar); }));
    times.addition.push_back(time([&] { he.add(x, x); }));
  }
  return times;
}

}  // namespace equiripple
