// How far an encrypted result may be from the exact one, and how probably a right one is farther:
// the only tolerances of the tests on encryption libraries.
//
// The noise of a slot is a sum of thousands of independent terms, so close to normal. Its deviation
// is that of the simulated backend, slot by slot, since a polynomial amplifies noise differently at
// each value: the root mean square over `runs` seeds and over neighbouring slots. A library's
// deviation is taken to be within `model_factor` of it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <equiripple/simulated.hpp>
#include <vector>

namespace equiripple::test {

/// Of one comparison: that a right result fails it. A run of a test binary makes fewer than 1000
/// comparisons, so that it fails with a probability below 1e-9 where nothing is wrong.
inline constexpr double failure_probability = 1e-12;  // chosen

/// Measured on SEAL and OpenFHE: the largest error of 4096 slots was 0.7 to 1.7 times 4 deviations
/// of the noisiest, and 4 are to be expected.
inline constexpr double model_factor = 2;

class Noise {
 public:
  explicit Noise(std::vector<double> deviations) : deviations_(std::move(deviations)) {}

  /// An upper bound of the probability that some slot is off by more.
  double probability_above(double error) const {
    double sum = 0;
    for (const double deviation : deviations_) {
      sum += std::erfc(error / (model_factor * deviation * std::sqrt(2)));
    }
    return sum;
  }
  /// The probability that no slot is off by as much, of a library with as little noise as the model
  /// factor lets it have.
  double probability_below(double error) const {
    double log_probability = 0;
    for (const double deviation : deviations_) {
      log_probability += std::log(std::erf(error * model_factor / (deviation * std::sqrt(2))));
    }
    return std::exp(log_probability);
  }

  /// The largest error lies between these but for failure_probability at either end.
  double upper() const {
    return bisected([&](double error) { return probability_above(error) > failure_probability; });
  }
  double lower() const {
    return bisected([&](double error) { return probability_below(error) < failure_probability; });
  }

  /// Of errors divided by these, slot by slot.
  Noise relative_to(const std::vector<double>& units) const {
    std::vector<double> deviations = deviations_;
    for (std::size_t i = 0; i < deviations.size(); ++i) deviations[i] /= std::abs(units.at(i));
    return Noise(std::move(deviations));
  }

 private:
  // Where the condition, which holds below, ends to hold; within 2^-20 of it.
  template <class Condition>
  double bisected(const Condition& holds) const {
    double low = 0;
    double high = 64 * model_factor * *std::max_element(deviations_.begin(), deviations_.end());
    for (int i = 0; i < 30; ++i) {
      const double middle = (low + high) / 2;
      (holds(middle) ? low : high) = middle;
    }
    return high;
  }

  std::vector<double> deviations_;
};

/// Of what `compute(backend, x)` makes of the inputs on a simulated backend, against `expected`.
/// `make(seed)` makes the backend.
template <class Make, class Compute>
Noise simulated_noise(const std::vector<double>& expected, const Make& make,
                      const Compute& compute) {
  constexpr std::uint64_t runs = 4;      // chosen: with the neighbours 68 samples of a deviation,
  constexpr std::size_t neighbours = 8;  // on either side; 9 % off, far within the model factor
  std::vector<double> squares(expected.size());
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    auto he = make(seed);
    const std::vector<double> values = compute(he);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      squares[i] += (values.at(i) - expected[i]) * (values.at(i) - expected[i]);
    }
  }
  std::vector<double> deviations;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::size_t first = i < neighbours ? 0 : i - neighbours;
    const std::size_t last = std::min(expected.size(), i + neighbours + 1);
    double sum = 0;
    for (std::size_t k = first; k < last; ++k) sum += squares[k];
    deviations.push_back(std::sqrt(sum / static_cast<double>((last - first) * runs)));
  }
  return Noise(std::move(deviations));
}

}  // namespace equiripple::test
