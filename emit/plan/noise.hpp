// How far roundings move the result of a plan on ciphertexts, to first order.
//
// A rescaling puts onto its value an error whose deviation, in units of the value's scale, is
// always the same; a scalar is rounded at a scale of its own. Derivatives of the result with
// respect to every value, one sweep backwards a point, say what of that reaches the result.
// Logarithms of scales are linear in those at which the variables of stages are read, and in those
// of what multiplies where a plan doubles: a sum over the roundings is the noise of any choice.
#pragma once

#include <array>
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

/// Where a plan may shift scales: a stage, by what its scale is multiplied by, or a doubling, by
/// half of what it multiplies by.
struct ScaleMark {
  std::size_t step;  // of the program
  bool is_doubling;
};

/// In the program's order. Choices are logarithms, to base 2, in this order.
[[nodiscard]] std::vector<ScaleMark> scale_marks(const std::vector<Instruction>& program);

struct MarkShifts {
  std::size_t mark;  // in the order of scale_marks()
  std::vector<double> shifts;
};

class PlanNoise {
 public:
  /// Ring dimension 2^15 and moduli of 2^30: larger ones have more room, and move the noise of
  /// every choice alike.
  static constexpr int log2_working_scale = 30;
  static constexpr int log2_ring = 15;

  /// Inputs are points of `intervals`; of a plan of two inputs a - b is.
  PlanNoise(const Plan& plan, const Domain& intervals, const NoiseConditions& conditions);

  [[nodiscard]] NoiseSize size(const std::vector<double>& shifts) const;

  /// size().mean where these marks, of which there are two, are shifted by each of these, the
  /// others as in `shifts`: by row those of `first`. In a hundredth of the time.
  [[nodiscard]] std::vector<double> means(const std::vector<double>& shifts,
                                          const MarkShifts& first, const MarkShifts& second) const;

  /// Whether the result's scale stays, no scale passes the moduli, and none falls so far that a
  /// smaller working scale would have no digits there.
  [[nodiscard]] bool is_sound(const std::vector<double>& shifts) const;

 private:
  // Of log2 of a scale, by mark.
  using Slopes = std::vector<double>;

  // How far the scales of some values, or of scalars as they are encoded, may be shifted.
  struct Limits {
    Slopes slopes;
    double up;  // down it is the same for all

    bool operator==(const Limits& other) const = default;
  };
  struct Rounding {
    std::size_t record;
    bool is_encoding;  // at the scale of its scalar, not at that of its value
    Slopes slopes;
    std::vector<double> squares{};  // of what reaches the result, by point, without shifts
    double mean = 0;                // of them, but for the ends
  };

  void add_limits(const detail::Record& record, double scale, const Slopes& slopes);
  void add_squares(const std::vector<detail::Record>& records, const std::vector<double>& inputs,
                   const NoiseConditions& conditions);

  std::vector<bool> movable_;  // by mark: whether all relations between scales hold then
  Slopes result_;
  std::vector<Limits> limits_;
  std::vector<Rounding> roundings_;
};

/// PlanNoise::size().mean of a program at the usual scales, with SEAL and with OpenFHE.
using UsualNoise = std::array<double, 2>;
[[nodiscard]] UsualNoise usual_noise(std::vector<Instruction> program, const Domain& intervals,
                                     const Rational& output_scale_factor = 1);

/// Whether `found` is at most so many bits more than `usual`, with either library.
[[nodiscard]] bool is_as_precise(const UsualNoise& found, const UsualNoise& usual, double bits);

}  // namespace equiripple
