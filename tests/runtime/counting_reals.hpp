// The backend of plain numbers in 256 bits, so that what is left is the plan's own doing; it counts
// every operation.
#pragma once

#include <limits>

#include "emit/plan/program.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple::test {

class CountingReals {
 public:
  using Ciphertext = Real<256>;
  using Plaintext = double;  // scalars are exact
  static constexpr bool manages_scales = true;
  static constexpr bool has_no_levels = true;

  Plaintext encode(double value, int, double) { return value; }
  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) {
    ++costs.tensor_products;
    return x * y;
  }
  Ciphertext square(const Ciphertext& x) { return multiply(x, x); }
  Ciphertext relinearize(const Ciphertext& x) {
    ++costs.key_switches;
    return x;
  }
  Ciphertext rescale(const Ciphertext& x) {
    ++costs.rescalings;
    return x;
  }
  Ciphertext multiply_plain(const Ciphertext& x, Plaintext c) {
    ++costs.scalar_products;
    return x * c;
  }
  Ciphertext add_plain(const Ciphertext& x, Plaintext c) { return x + c; }
  Ciphertext add(const Ciphertext& x, const Ciphertext& y) { return x + y; }
  Ciphertext sub(const Ciphertext& x, const Ciphertext& y) { return x - y; }
  Ciphertext negate(const Ciphertext& x) { return -x; }
  Ciphertext multiply_integer(const Ciphertext& x, int k) { return x * k; }
  int level(const Ciphertext&) { return std::numeric_limits<int>::max(); }

  PlanCosts costs;  // all but the levels
};

}  // namespace equiripple::test
