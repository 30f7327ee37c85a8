// The backend of plain numbers: what the encrypted evaluation computes, without encryption.
#pragma once

#include <limits>

#include "errors.hpp"
#include "threads.hpp"

namespace equiripple {

/// A number is computed in one thread, whatever threads() says.
class plain : public threaded {
 public:
  using Ciphertext = double;
  using Plaintext = double;
  static constexpr bool manages_scales = true;  // there are none
  static constexpr bool has_no_levels = true;   // but level() is checked against the plan

  /// `levels` are what level() answers: give it to test an application's level budget.
  explicit plain(int levels = std::numeric_limits<int>::max()) : levels_(levels) {}

  Plaintext encode(double value, int, double) const { return value; }
  double multiply(double x, double y) const { return x * y; }
  double square(double x) const { return x * x; }
  double relinearize(double x) const { return x; }
  double rescale(double x) const { return x; }
  double multiply_plain(double x, double c) const { return x * c; }
  double add_plain(double x, double c) const { return x + c; }
  double add(double x, double y) const { return x + y; }
  double sub(double x, double y) const { return x - y; }
  double negate(double x) const { return -x; }
  double multiply_integer(double x, int factor) const { return x * factor; }
  double drop_to_level(double x, int) const { return x; }
  int level(double) const { return levels_; }
  double scale(double) const { return 1; }
  void set_scale(double&, double) const {}
  double modulus_at(int) const { return 1; }

  /// Throws outside_range where x is not in [lower, upper] (NaN never is).
  void check_input(double x, double lower, double upper) const {
    if (!(x >= lower && x <= upper)) throw outside_range(x, lower, upper);
  }

 private:
  int levels_;
};

}  // namespace equiripple
