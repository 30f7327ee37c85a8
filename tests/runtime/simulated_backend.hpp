// A backend that keeps levels and scales as SEAL does, and refuses what SEAL refuses; values are
// plain doubles. It counts every operation.
#pragma once

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace equiripple::test {

class SimulatedBackend {
 public:
  struct Ciphertext {
    double value = 0;
    int level = 0;
    double scale = 1;
    int components = 2;
  };
  struct Plaintext {
    double value;
    int level;
    double scale;
  };

  /// Moduli of `bits` bits: not powers of two, each another prime-like distance below.
  SimulatedBackend(int levels, int bits) {
    for (int i = 0; i <= levels; ++i) {
      moduli_.push_back(std::ldexp(1.0, bits) - 1234567.0 * (i + 1) - 89);
    }
  }

  /// These moduli, from level 0 up.
  explicit SimulatedBackend(std::vector<double> moduli) : moduli_(std::move(moduli)) {}

  Ciphertext encrypt(double value, double scale) const {
    return {value, static_cast<int>(moduli_.size()) - 1, scale, 2};
  }

  Plaintext encode(double value, int level, double scale) {
    if (!(scale >= 1)) throw std::logic_error("a scale below 1");
    ++encodings;
    return {value, level, scale};
  }
  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) {
    require(x.level == y.level, "multiply: levels differ");
    require(x.components == 2 && y.components == 2, "multiply: not relinearised");
    ++tensor_products;
    return {x.value * y.value, x.level, x.scale * y.scale, 3};
  }
  Ciphertext square(const Ciphertext& x) { return multiply(x, x); }
  Ciphertext relinearize(const Ciphertext& x) {
    require(x.components == 3, "relinearize: nothing to do");
    ++key_switches;
    return {x.value, x.level, x.scale, 2};
  }
  Ciphertext rescale(const Ciphertext& x) {
    require(x.level >= 1, "rescale: end of the modulus chain");
    ++rescalings;
    return {x.value, x.level - 1, x.scale / modulus_at(x.level), x.components};
  }
  Ciphertext multiply_plain(const Ciphertext& x, const Plaintext& c) {
    require(x.level == c.level, "multiply_plain: levels differ");
    require(std::abs(c.value * c.scale) >= 0.5, "multiply_plain: transparent");
    ++scalar_products;
    return {x.value * c.value, x.level, x.scale * c.scale, x.components};
  }
  Ciphertext add_plain(const Ciphertext& x, const Plaintext& c) {
    require(x.level == c.level, "add_plain: levels differ");
    require(x.scale == c.scale, "add_plain: scales differ");
    return {x.value + c.value, x.level, x.scale, x.components};
  }
  Ciphertext add(const Ciphertext& x, const Ciphertext& y) { return sum(x, y, 1); }
  Ciphertext sub(const Ciphertext& x, const Ciphertext& y) { return sum(x, y, -1); }
  Ciphertext negate(const Ciphertext& x) { return {-x.value, x.level, x.scale, x.components}; }
  Ciphertext multiply_integer(const Ciphertext& x, int k) {
    return {x.value * k, x.level, x.scale, x.components};
  }
  Ciphertext drop_to_level(const Ciphertext& x, int level) {
    require(level >= 0 && level <= x.level, "drop_to_level: no such level");
    return {x.value, level, x.scale, x.components};
  }
  int level(const Ciphertext& x) const { return x.level; }
  double scale(const Ciphertext& x) const { return x.scale; }
  // Another scale for the same bits is another value.
  void set_scale(Ciphertext& x, double scale) {
    x.value *= x.scale / scale;
    x.scale = scale;
  }
  double modulus_at(int level) const { return moduli_[static_cast<std::size_t>(level)]; }

  int encodings = 0;
  int tensor_products = 0;
  int key_switches = 0;
  int rescalings = 0;
  int scalar_products = 0;

 private:
  static void require(bool holds, const char* message) {
    if (!holds) throw std::logic_error(message);
  }
  Ciphertext sum(const Ciphertext& x, const Ciphertext& y, int sign) const {
    require(x.level == y.level, "add: levels differ");
    require(x.scale == y.scale, "add: scales differ");
    return {x.value + sign * y.value, x.level, x.scale, std::max(x.components, y.components)};
  }

  std::vector<double> moduli_;
};

}  // namespace equiripple::test
