// A backend of many plain numbers: what the encrypted evaluation computes in all slots at a time,
// without encryption. The network's activations are evaluated with it, by the emitted headers.
//
// The numbers are taken in blocks of fixed size, which live on the stack and stay in the cache
// through a long polynomial: allocating every intermediate value took five times as long.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <equiripple/runtime.hpp>
#include <limits>

namespace equiripple::study {

struct ArrayBackend {
  static constexpr Eigen::Index block = 256;  // chosen
  using Ciphertext = Eigen::Array<double, block, 1>;
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

/// A plan on every number of x.
template <class Plan>
Eigen::ArrayXd evaluate_all(const Eigen::ArrayXd& x) {
  ArrayBackend backend;
  Eigen::ArrayXd y(x.size());
  ArrayBackend::Ciphertext block = ArrayBackend::Ciphertext::Zero();
  for (Eigen::Index first = 0; first < x.size(); first += ArrayBackend::block) {
    const Eigen::Index count = std::min(ArrayBackend::block, x.size() - first);
    block.head(count) = x.segment(first, count);
    y.segment(first, count) = evaluate<Plan>(backend, block).head(count);
  }
  return y;
}

}  // namespace equiripple::study
