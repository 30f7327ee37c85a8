// How far roundings move the result of a plan on ciphertexts, to first order.
//
// A rescaling puts onto its value an error whose deviation, in units of the value's scale, is
// always the same; a scalar is rounded at a scale of its own. Derivatives of the result with
// respect to every value, one sweep backwards a point, say what of that reaches the result.
// Logarithms of scales are linear in those at which the variables of stages are read: a sum over
// the roundings is the noise of any choice of them.
#pragma once

#include <cstddef>
#include <equiripple/simulated.hpp>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"
#include "generator/domain.hpp"

namespace equiripple {

struct NoiseSize {  // log2 of the deviation of the result's noise
  double largest;   // at the point where it is largest
  double mean;      // in the mean square over the points
};

struct NoiseConditions {
  Metric metric = Metric::absolute;  // relative: noise is divided by the result
  /// With SEAL the range is read off the scale; OpenFHE encrypts at the working scale, with more
  /// noise.
  SimulatedLibrary library = SimulatedLibrary::seal;
};

class PlanNoise {
 public:
  /// Ring dimension 2^15 and moduli of 2^30: larger ones have more room, and move the noise of
  /// every choice alike.
  static constexpr int log2_working_scale = 30;
  static constexpr int log2_ring = 15;

  /// Inputs are points of `intervals`; of a plan of two inputs a - b is.
  PlanNoise(const Plan& plan, const Domain& intervals, const NoiseConditions& conditions);

  /// Of how many stages the plan may choose the scale of the variable.
  [[nodiscard]] std::size_t stages() const { return stages_; }

  /// `log2_scales`: of each such stage, as Operation::scalar says it.
  [[nodiscard]] NoiseSize size(const std::vector<double>& log2_scales) const;

  /// Whether the result's scale stays, no scale passes the moduli, and none falls so far that a
  /// smaller working scale would have no digits there.
  [[nodiscard]] bool is_sound(const std::vector<double>& log2_scales) const;

 private:
  // A scale, of a value or of an encoded scalar.
  struct Scale {
    double log2;  // where all stages have the usual one
    int level;
    std::vector<double> slopes;  // of log2, by stage

    double shift(const std::vector<double>& log2_scales) const;
  };
  struct Rounding {
    std::size_t record;
    bool is_encoding;             // at the scale of its scalar, not at that of its value
    std::vector<double> squares;  // of what reaches the result, by point, where shift() is 0
  };

  void add_roundings(const std::vector<detail::Record>& records, const std::vector<double>& inputs,
                     const NoiseConditions& conditions);

  std::size_t stages_ = 0;
  std::vector<Scale> scales_;     // by record
  std::vector<Scale> encodings_;  // by record; of what encodes nothing no matter
  std::vector<Rounding> roundings_;
};

}  // namespace equiripple
