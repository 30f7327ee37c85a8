// The scale of every value of a plan, fixed before any ciphertext is touched.
//
// Each operation relates the scales of its operands and result; the input's scale, the output's
// scale and the scale at which a stage's variable is read are given, and the rest follows, upwards
// through products and downwards from sums to the scalars, whose encoding scale is free. So all
// addends meet with exactly equal scale.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "levels.hpp"

namespace equiripple {
namespace detail {

/// Reading a ciphertext as `half_width` times larger leaves a scale of scale * half_width, which
/// must not exceed the working scale: repeated squaring would let it run away.
constexpr bool reads_freely(double scale, double half_width, double working_scale) {
  constexpr double slack = 1.0 / 16;  // chosen: primes differ from the nominal scale by far less
  return half_width == 1 || scale * half_width <= working_scale * (1 + slack);
}

/// What a ciphertext is multiplied by before it is read as 1 / half_width times its value: below 1
/// the half width makes the scale smaller, and each squaring would double how far.
inline int enlargement(double scale, double half_width, double working_scale) {
  constexpr double slack = 1.0 / 16;      // as above
  constexpr double most = 1024.0 * 1024;  // chosen: beyond, inputs have few digits anyway
  const double room = std::min(1.0, working_scale / scale) * (1 + slack) / half_width;
  return room < 2 ? 1 : static_cast<int>(std::min(room, most));
}

struct ScaleRequest {
  double input_scale = 0;
  double output_scale = 0;       // 0: what follows from the inputs
  std::vector<double> moduli{};  // what a rescaling at level 0, 1, ... divides by
};

class Scheduler {
 public:
  /// Scales that records have already (around a refresh) are kept.
  static void run(std::vector<Record>& records, const ScaleRequest& request) {
    Scheduler scheduler(records, request.moduli);
    for (Record& record : records) {
      if (record.step == Step::input) record.scale = request.input_scale;
    }
    scheduler.propagate();
    if (records.back().scale == 0) records.back().scale = request.output_scale;
    scheduler.propagate();
    for (const bool variables_only : {true, false}) {  // nothing depends on what is left then
      for (Record& record : records) {
        const bool is_variable = record.step == Step::stage || record.step == Step::normalise;
        if (record.scale != 0 || (variables_only && !is_variable)) continue;
        record.scale = scheduler.modulus_at(record.level);
        scheduler.propagate();
      }
    }
  }

 private:
  Scheduler(std::vector<Record>& records, const std::vector<double>& moduli)
      : records_(records), moduli_(moduli) {}

  // At the last level, where nothing is rescaled, that of the level above.
  double modulus_at(int level) const {
    const std::size_t index = static_cast<std::size_t>(level > 0 ? level : 1);
    return index < moduli_.size() ? moduli_[index] : 1;
  }

  void set(double& scale, double value) {
    if (scale != 0 || value == 0) return;  // 0 is what is left where another scale overflows
    scale = value;
    changed_ = true;
  }

  // Each relation gives what is missing as soon as all but one of its scales are known.
  void relate(Record& record) {
    Record& left = records_[record.left];
    Record& right = records_[record.right];
    switch (record.step) {
      case Step::input:
      case Step::refresh: break;
      case Step::normalise: equal(record, left, record.scalar); break;
      case Step::rescale: equal(record, left, 1 / modulus_at(left.level)); break;
      case Step::multiply:
      case Step::square:
        if (left.scale != 0 && right.scale != 0) set(record.scale, left.scale * right.scale);
        if (record.scale != 0 && left.scale != 0) set(right.scale, record.scale / left.scale);
        if (record.scale != 0 && right.scale != 0) set(left.scale, record.scale / right.scale);
        break;
      case Step::multiply_scalar:
        if (record.scale != 0 && left.scale != 0) set(record.encoding, record.scale / left.scale);
        break;
      default: equal(record, left, 1); equal(record, right, 1);
    }
  }

  void equal(Record& record, Record& operand, double ratio) {
    if (operand.scale != 0) set(record.scale, operand.scale * ratio);
    if (record.scale != 0) set(operand.scale, record.scale / ratio);
  }

  void propagate() {
    do {
      changed_ = false;
      for (Record& record : records_) relate(record);
      for (std::size_t i = records_.size(); i-- > 0;) relate(records_[i]);
    } while (changed_);
  }

  std::vector<Record>& records_;
  const std::vector<double>& moduli_;
  bool changed_ = false;
};

}  // namespace detail
}  // namespace equiripple
