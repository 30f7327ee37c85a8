// The simulated backend without noise, on one slot.
#pragma once

#include <cmath>
#include <equiripple/simulated.hpp>
#include <utility>
#include <vector>

namespace equiripple::test {

/// All that a simulated backend has done so far.
inline int work_of(const simulated& he) {
  const simulated::Counts& counts = he.counts;
  return counts.encodings + counts.tensor_products + counts.key_switches + counts.rescalings +
         counts.scalar_products + counts.refreshes;
}

class ExactSimulation : public simulated {
 public:
  /// Moduli of `bits` bits above a larger one: not powers of two, each another prime-like distance
  /// below.
  ExactSimulation(int levels, int bits) : ExactSimulation(below(levels, bits)) {}

  /// These moduli, from level 0 up.
  explicit ExactSimulation(std::vector<double> moduli) : simulated(exact(std::move(moduli))) {}

  Ciphertext encrypt(double value, double scale) { return simulated::encrypt({value}, scale); }

 private:
  static std::vector<double> below(int levels, int bits) {
    std::vector<double> moduli = {0x1p+60};
    for (int i = 1; i <= levels; ++i) {
      moduli.push_back(std::ldexp(1.0, bits) - 1234567.0 * (i + 1) - 89);
    }
    return moduli;
  }
  static SimulationParameters exact(std::vector<double> moduli) {
    SimulationParameters parameters;
    parameters.moduli = std::move(moduli);
    parameters.noisy = false;
    return parameters;
  }
};

}  // namespace equiripple::test
