// A backend of many plain numbers: what the encrypted evaluation computes in all slots at a time,
// without encryption. The network's activations are evaluated with it, by the emitted headers.
#pragma once

#include <Eigen/Core>
#include <limits>

namespace equiripple::study {

struct ArrayBackend {
  using Ciphertext = Eigen::ArrayXd;
  using Plaintext = double;
  static constexpr bool manages_scales = true;  // there are none
  static constexpr bool has_no_levels = true;

  Plaintext encode(double value, int, double) const { return value; }
  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) const { return x * y; }
  Ciphertext square(const Ciphertext& x) const { return x * x; }
  Ciphertext relinearize(const Ciphertext& x) const { return x; }
  Ciphertext rescale(const Ciphertext& x) const { return x; }
  Ciphertext multiply_plain(const Ciphertext& x, Plaintext c) const { return x * c; }
  Ciphertext add_plain(const Ciphertext& x, Plaintext c) const { return x + c; }
  Ciphertext add(const Ciphertext& x, const Ciphertext& y) const { return x + y; }
  Ciphertext sub(const Ciphertext& x, const Ciphertext& y) const { return x - y; }
  Ciphertext negate(const Ciphertext& x) const { return -x; }
  Ciphertext multiply_integer(const Ciphertext& x, int factor) const { return x * factor; }
  int level(const Ciphertext&) const { return std::numeric_limits<int>::max(); }
};

}  // namespace equiripple::study
