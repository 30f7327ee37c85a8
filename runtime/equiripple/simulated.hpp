// Backend that does what CKKS would do, without cryptography: values in slots, levels, scales, and
// noise of the size that encryption, rescaling and key switching have. It refuses what libraries
// refuse, and counts.
//
// Noise: a polynomial with independent coefficients of variance V puts onto the real part of each
// slot an error of variance V N / 2, divided by the scale [CKKS17, section 3]. With a ternary
// secret and errors of standard deviation 3.2 the variances V are
//   encryption         3.2^2 (4 N / 3 + 1) + 1 / 12, or as a rescaling where the library encrypts
//                      under one modulus more and divides by it
//   rescaling          (1 + 2 N / 3) / 12, of three components (1 + 2 N / 3 + 4 N^2 / 9) / 12
//   relinearization    (level + 1) N 3.2^2 (q / P)^2 / 12 + (1 + 2 N / 3) / 12, with one digit a
//   prime
// What an operation adds is a function of how its operands came to be: the same in whatever order,
// and by whichever thread, operations are carried out. Two plans of the same operations draw the
// same numbers at every scale, which makes them easy to compare.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "runtime.hpp"
#include "threads.hpp"

namespace equiripple {

/// Whose habits are simulated.
enum class SimulatedLibrary {
  seal,     // encrypts under the key's modulus and divides by the special prime: less noise
  openfhe,  // adds noise in decryption, against key recovery [LM21]
  openfhe_extended,  // as both: what FLEXIBLEAUTOEXT encrypts is rescaled first
};

/// The parameters of a simulation.
struct SimulationParameters {
  /// Of level 0, 1, ...: a rescaling at level l divides by moduli[l]. moduli[0] is what is left in
  /// the end.
  std::vector<double> moduli{};
  int log2_ring = 15;        // log2 of the ring dimension N
  double special = 0x1p+60;  // the modulus of key switching
  SimulatedLibrary library = SimulatedLibrary::openfhe;
  bool noisy = true;       // false: values as exact as doubles are
  std::uint64_t seed = 1;  // of the noise
};

/// As a library chooses primes: the last of `base_bits` bits, above it `levels` near `scale`, no
/// two equal and none a power of two.
inline std::vector<double> simulated_moduli(int levels, double scale, int log2_ring,
                                            int base_bits = 60) {
  std::vector<double> moduli = {std::ldexp(1.0, base_bits)};
  const double step = std::ldexp(1.0, log2_ring + 1);  // primes are 1 modulo 2 N
  for (int i = 0; i < levels; ++i) {
    const double distance = step * (12.0 * (i / 2) + 7);  // about ln(2^40) / 2 steps apart
    if (distance > scale / 4) {
      throw evaluation_error("there are not " + std::to_string(levels) + " primes near 2^" +
                             detail::number_text(std::log2(scale)) + " for ring dimension 2^" +
                             std::to_string(log2_ring));
    }
    moduli.push_back(scale + (i % 2 == 0 ? -distance : distance) + 1);
  }
  return moduli;
}

namespace detail {

/// Numbers as from a normal distribution, the same on every platform: from splitmix64 [SLF14].
class NoiseStream {
 public:
  explicit NoiseStream(std::uint64_t seed) : state_(seed) {}

  /// A sum of twelve uniform numbers.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 6; ++i) {
      const std::uint64_t bits = next();
      sum += static_cast<double>(bits >> 32) * 0x1p-32 +
             static_cast<double>(bits & 0xffffffffU) * 0x1p-32;
    }
    return sum;
  }

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
  }

 private:
  std::uint64_t state_;
};

/// Of a value, a number that changes with each number that made it.
inline std::uint64_t origin_of(std::uint64_t operand, std::uint64_t other) {
  return NoiseStream(NoiseStream(operand).next() ^ other).next();
}
/// Likewise of a scalar, to 20 bits: how it is rounded does not count.
inline std::uint64_t origin_of(std::uint64_t operand, double scalar) {
  int exponent = 0;
  const double mantissa = std::frexp(scalar, &exponent);
  return origin_of(origin_of(operand, static_cast<std::uint64_t>(exponent)),
                   static_cast<std::uint64_t>(std::llround(mantissa * 0x1p+20)));
}

/// A number that several threads may raise.
class SharedCount {
 public:
  SharedCount(int count = 0) : count_(count) {}
  SharedCount(const SharedCount& other) : count_(other.count_.load()) {}
  SharedCount& operator=(const SharedCount& other) {
    count_ = other.count_.load();
    return *this;
  }
  operator int() const { return count_; }
  int operator++() { return ++count_; }

 private:
  std::atomic<int> count_;
};

}  // namespace detail

/// Operations may be called by several threads at a time.
class simulated : public threaded {
 public:
  struct Ciphertext {
    std::vector<double> values;  // of the slots
    int level = 0;
    double scale = 1;
    int components = 2;
    std::uint64_t origin = 0;  // by which the noise of what is made of it is drawn
    std::vector<double>
        imaginary{};  // of the slots, from a refresh on until the real part is taken
  };
  struct Plaintext {
    double value;
    int level;
    double scale;
  };
  /// Operations since construction.
  struct Counts {
    detail::SharedCount encodings;
    detail::SharedCount tensor_products;
    detail::SharedCount key_switches;
    detail::SharedCount rescalings;
    detail::SharedCount scalar_products;
    detail::SharedCount refreshes;
  };

  explicit simulated(SimulationParameters parameters) : parameters_(std::move(parameters)) {
    if (parameters_.moduli.empty()) throw evaluation_error("a simulation needs a modulus");
  }

  /// `levels` rescalings by moduli near `scale`.
  simulated(int levels, double scale, int log2_ring = 15)
      : simulated(SimulationParameters{simulated_moduli(levels, scale, log2_ring), log2_ring}) {}

  int top_level() const { return static_cast<int>(parameters_.moduli.size()) - 1; }

  Ciphertext encrypt(std::vector<double> values, double scale) {
    const double n = ring_dimension();
    Ciphertext x{std::move(values), top_level(), scale, 2, static_cast<std::uint64_t>(++draws_)};
    const bool divides = parameters_.library != SimulatedLibrary::openfhe;
    disturb(x, divides ? rounding_of_two(n) : error_variance * (4 * n / 3 + 1) + rounding_variance);
    return x;
  }
  /// `exact` are the values without noise: what OpenFHE adds is sqrt(2) times the noise that is
  /// there, in the mean over the slots.
  std::vector<double> decrypt(const Ciphertext& x, const std::vector<double>& exact) {
    std::vector<double> values = x.values;
    if (parameters_.library == SimulatedLibrary::seal || !parameters_.noisy) return values;
    double squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      squares += (values[i] - exact.at(i)) * (values[i] - exact.at(i));
    }
    const double deviation = std::sqrt(2 * squares / static_cast<double>(values.size()));
    detail::NoiseStream noise =
        noise_of(detail::origin_of(x.origin, static_cast<std::uint64_t>(++draws_)));
    for (double& value : values) value += deviation * noise.normal();
    return values;
  }

  Plaintext encode(double value, int level, double scale) {
    require(scale >= 1, "encode: a scale below 1");
    ++counts.encodings;
    return {parameters_.noisy ? std::nearbyint(value * scale) / scale : value, level, scale};
  }
  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) {
    require(x.level == y.level, "multiply: levels differ");
    require(x.components == 2 && y.components == 2, "multiply: not relinearised");
    require(x.imaginary.empty() && y.imaginary.empty(), "multiply: an imaginary part is left");
    ++counts.tensor_products;
    Ciphertext product{x.values, x.level, x.scale * y.scale, 3,
                       detail::origin_of(x.origin, y.origin)};
    for (std::size_t i = 0; i < product.values.size(); ++i) product.values[i] *= y.values.at(i);
    return product;
  }
  Ciphertext square(const Ciphertext& x) { return multiply(x, x); }
  Ciphertext relinearize(Ciphertext x) {
    require(x.components == 3, "relinearize: nothing to do");
    ++counts.key_switches;
    x.components = 2;
    disturb(x, variance_of_key_switch(x.level));
    return x;
  }
  Ciphertext rescale(Ciphertext x) {
    require(x.level >= 1, "rescale: end of the modulus chain");
    ++counts.rescalings;
    x.scale /= modulus_at(x.level);
    x.level -= 1;
    const double n = ring_dimension();
    disturb(x, x.components == 2 ? rounding_of_two(n)
                                 : rounding_of_two(n) + 4 * n * n / 9 * rounding_variance);
    return x;
  }
  Ciphertext multiply_plain(Ciphertext x, const Plaintext& c) {
    require(x.level == c.level, "multiply_plain: levels differ");
    require(std::abs(c.value * c.scale) >= 0.5, "multiply_plain: transparent");
    ++counts.scalar_products;
    x.origin = detail::origin_of(x.origin, c.value);
    for (double& value : x.values) value *= c.value;
    x.scale *= c.scale;
    return x;
  }
  Ciphertext add_plain(Ciphertext x, const Plaintext& c) {
    require(x.level == c.level, "add_plain: levels differ");
    require(x.scale == c.scale, "add_plain: scales differ");
    x.origin = detail::origin_of(x.origin, c.value);
    for (double& value : x.values) value += c.value;
    return x;
  }
  Ciphertext add(Ciphertext x, const Ciphertext& y) { return sum(std::move(x), y, 1); }
  Ciphertext sub(Ciphertext x, const Ciphertext& y) { return sum(std::move(x), y, -1); }
  Ciphertext negate(Ciphertext x) { return multiply_integer(std::move(x), -1); }
  Ciphertext multiply_integer(Ciphertext x, int factor) {
    x.origin = detail::origin_of(x.origin, static_cast<std::uint64_t>(factor));
    for (double& value : x.values) value *= factor;
    return x;
  }
  Ciphertext drop_to_level(Ciphertext x, int to_level) {
    require(to_level >= 0 && to_level <= x.level, "drop_to_level: no such level");
    x.level = to_level;
    return x;
  }
  int level(const Ciphertext& x) const { return x.level; }
  double scale(const Ciphertext& x) const { return x.scale; }
  double modulus_at(int level) const {
    return parameters_.moduli.at(static_cast<std::size_t>(level));
  }
  double modulus_bits(int level) const {
    double bits = 0;
    for (int at = 0; at <= level; ++at) bits += std::log2(modulus_at(at));
    return bits;
  }
  // Another scale for the same integers is another value.
  void set_scale(Ciphertext& x, double scale) const {
    if (x.scale == scale) return;
    for (double& value : x.values) value *= x.scale / scale;
    x.scale = scale;
  }
  void check(const Ciphertext& x) const {
    if (x.components != 2) {
      throw wrong_ciphertext("the ciphertext has " + std::to_string(x.components) +
                             " components, not 2: relinearize it first");
    }
    if (x.level < 0 || x.level > top_level()) {
      throw wrong_ciphertext("the ciphertext is at level " + std::to_string(x.level) +
                             ", outside the chain of moduli");
    }
  }
  void check(const Ciphertext& a, const Ciphertext& b) const {
    if (a.values.size() != b.values.size()) {
      throw wrong_ciphertext("the two ciphertexts are packed in " +
                             std::to_string(a.values.size()) + " and in " +
                             std::to_string(b.values.size()) + " slots");
    }
  }

  Counts counts;

 protected:
  /// Adds to every slot the error of a polynomial whose coefficients have this variance.
  void disturb(Ciphertext& x, double coefficient_variance) {
    x.origin = detail::origin_of(x.origin, static_cast<std::uint64_t>(4 * x.level + x.components));
    if (!parameters_.noisy) return;
    const double deviation = std::sqrt(coefficient_variance * ring_dimension() / 2) / x.scale;
    detail::NoiseStream noise = noise_of(x.origin);
    for (double& value : x.values) value += deviation * noise.normal();
  }
  detail::NoiseStream noise_of(std::uint64_t origin) const {
    return detail::NoiseStream(detail::origin_of(origin, parameters_.seed));
  }

  double variance_of_key_switch(int level) const {
    const double n = ring_dimension();
    const double ratio = parameters_.moduli.back() / parameters_.special;
    return (level + 1) * n * error_variance * ratio * ratio * rounding_variance +
           rounding_of_two(n);
  }

  static void require(bool holds, const char* message) {
    if (!holds) throw evaluation_error(message);
  }

 private:
  static constexpr double error_variance = 3.2 * 3.2;  // of the homomorphic encryption standard
  static constexpr double rounding_variance = 1.0 / 12;

  double ring_dimension() const { return std::ldexp(1.0, parameters_.log2_ring); }
  static double rounding_of_two(double n) { return (1 + 2 * n / 3) * rounding_variance; }

  Ciphertext sum(Ciphertext x, const Ciphertext& y, int sign) const {
    require(x.level == y.level, "add: levels differ");
    require(x.scale == y.scale, "add: scales differ");
    for (std::size_t i = 0; i < x.values.size(); ++i) x.values[i] += sign * y.values.at(i);
    x.components = std::max(x.components, y.components);
    x.origin =
        detail::origin_of(detail::origin_of(x.origin, y.origin), static_cast<std::uint64_t>(sign));
    return x;
  }

  SimulationParameters parameters_;
  detail::SharedCount draws_;  // of encryptions and decryptions
};

/// With bootstrapping as the refresh between stages.
class bootstrapping_simulated : public simulated {
 public:
  /// `error_log2`: of the standard deviation of what a refresh adds to a slot; `lowest_level`: the
  /// least that a refresh takes. Throws wrong_level where there are no such levels.
  bootstrapping_simulated(SimulationParameters parameters, int refreshed_level, double error_log2,
                          int lowest_level = 0)
      : simulated(std::move(parameters)),
        refreshed_level_(refreshed_level),
        lowest_level_(lowest_level),
        deviation_(std::exp2(error_log2)) {
    for (const int given : {refreshed_level, lowest_level}) {
      if (given < 0 || given > top_level()) {
        throw wrong_level("a refresh neither takes nor leaves", given, top_level());
      }
    }
  }

  Ciphertext refresh(Ciphertext x) {
    require(x.level >= lowest_level_, "refresh: at too low a level");
    for (const double value : x.values) {
      require(std::abs(value) <= 1.25, "refresh: a value far outside [-1, 1]");
    }
    ++counts.refreshes;
    x.level = refreshed_level_;
    set_scale(x, refresh_scale(refreshed_level_));
    x.origin = detail::origin_of(x.origin, static_cast<std::uint64_t>(refreshed_level_));
    detail::NoiseStream noise = noise_of(x.origin);
    for (double& value : x.values) value += deviation_ * noise.normal();
    return x;
  }
  int refreshed_level() const { return refreshed_level_; }
  int lowest_refreshable_level() const { return lowest_level_; }
  double refresh_scale(int) const { return modulus_at(top_level()); }
  bool refreshes_any_plan() const { return true; }

 private:
  int refreshed_level_;
  int lowest_level_;
  double deviation_;
};

/// With bootstrapping where the plan says so, which adds complex noise up to a bound: to half of
/// the slots that of a point of the circle, to the others the bound itself, to the real part, in
/// the direction of 0 or away from it.
class refreshing_simulated : public simulated {
 public:
  /// `noise`: the bound, 0 or more. Throws as bootstrapping_simulated.
  refreshing_simulated(SimulationParameters parameters, int refreshed_level, double noise,
                       int lowest_level = 0)
      : simulated(std::move(parameters)),
        refreshed_level_(refreshed_level),
        lowest_level_(lowest_level),
        noise_(noise) {
    for (const int given : {refreshed_level, lowest_level}) {
      if (given < 0 || given > top_level()) {
        throw wrong_level("a refresh neither takes nor leaves", given, top_level());
      }
    }
  }

  Ciphertext refresh(Ciphertext x) {
    require(x.level >= lowest_level_, "refresh: at too low a level");
    require(x.imaginary.empty(), "refresh: an imaginary part is left");
    ++counts.refreshes;
    x.level = refreshed_level_;
    set_scale(x, refresh_scale(refreshed_level_));
    x.origin = detail::origin_of(x.origin, static_cast<std::uint64_t>(refreshed_level_));
    detail::NoiseStream stream = noise_of(x.origin);
    x.imaginary.assign(x.values.size(), 0.0);
    for (std::size_t i = 0; i < x.values.size(); ++i) {
      require(std::abs(x.values[i]) <= 1, "refresh: a value outside [-1, 1]");
      const double a = stream.normal();
      const double b = stream.normal();
      const double size = std::hypot(a, b);
      const bool on_circle = i % 2 == 0 && size > 0;
      x.values[i] += noise_ * (on_circle ? a / size : std::copysign(1.0, a));
      x.imaginary[i] = on_circle ? noise_ * b / size : 0.0;
    }
    return x;
  }
  Ciphertext refresh_real(Ciphertext x) {
    x = refresh(std::move(x));
    ++counts.key_switches;
    x.imaginary.clear();
    disturb(x, variance_of_key_switch(x.level));
    return x;
  }
  int refreshed_level() const { return refreshed_level_; }
  int lowest_refreshable_level() const { return lowest_level_; }
  double refresh_scale(int) const { return modulus_at(top_level()); }
  double refresh_noise() const { return noise_; }

 private:
  int refreshed_level_;
  int lowest_level_;
  double noise_;
};

}  // namespace equiripple
