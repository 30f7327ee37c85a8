// The scale of every value of a plan, fixed before any ciphertext is touched.
//
// Each operation relates the scales of its operands and result; the input's scale, the output's
// scale and the scale at which a stage's variable is read are given, and the rest follows, upwards
// through products and downwards from sums to the scalars, whose encoding scale is free. So all
// addends meet with exactly equal scale.
//
// A plan may read a stage's variable at 2^d times the scale of its level: T_k then has 2^(k d)
// times the scale that it had, and where d is below 0 the small values that meet it in a product
// have as much more, whose rounding does most harm. Where it doubles a value it may multiply by
// another small integer m, read as by 2: what comes has m/2 times the scale, and what it meets in
// products as much less. The planner chooses both.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "levels.hpp"
#include "schedule_check.hpp"

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
    // Two factors that are both free share what is given: each has the scale of its level where it
    // is read, rescaled. On what is left then nothing depends.
    for (const Free which : {Free::variables, Free::rescaled, Free::all}) {
      for (Record& record : records) {
        if (record.scale == 0 && is_among(record.step, which)) scheduler.choose(record);
      }
    }
  }

  /// Whether every relation holds, as far as a run asks.
  static bool is_consistent(std::vector<Record>& records, const ScaleRequest& request) {
    const Scheduler scheduler(records, request.moduli);
    return std::all_of(records.begin(), records.end(), [&](const Record& record) {
      return std::abs(scheduler.contradiction(record)) <= scale_agreement;
    });
  }

 private:
  enum class Free : unsigned char { variables, rescaled, all };

  static bool is_among(Step step, Free which) {
    switch (which) {
      case Free::variables: return step == Step::stage || step == Step::normalise;
      case Free::rescaled: return step == Step::rescale;
      default: return true;
    }
  }

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

  // That of its level (of a stage times 2^d), unless a value meets a product of itself: then what
  // is given is given to a power of the scale, and relations, which are linear in the logarithms,
  // say which scale it is.
  void choose(Record& record) {
    const std::vector<Record> before = records_;
    const auto attempt = [&](double scale) {
      std::copy(before.begin(), before.end(), records_.begin());
      record.scale = scale;
      propagate();
    };
    const double usual =
        modulus_at(record.level) * (record.step == Step::stage ? std::exp2(record.scalar) : 1);
    attempt(usual);
    const auto broken = std::find_if(records_.begin(), records_.end(), [&](const Record& other) {
      // In log2; half of what a run accepts, so that no drift between primes is taken for rounding.
      constexpr double rounding = scale_agreement / 2;
      return std::abs(contradiction(other)) > rounding;
    });
    if (broken == records_.end()) return;
    const double at_usual = contradiction(*broken);
    attempt(2 * usual);
    const double slope = std::round(contradiction(*broken) - at_usual);  // a number of factors
    attempt(slope == 0 ? usual : usual * std::exp2(-at_usual / slope));
  }

  // log2 of the factor by which the record's relation fails; 0 where a scale is not known.
  double contradiction(const Record& record) const {
    const Record& left = records_[record.left];
    const Record& right = records_[record.right];
    const auto off = [&](double expected) {
      return expected == 0 || record.scale == 0 ? 0.0 : std::log2(record.scale / expected);
    };
    const auto smaller_size = [](double a, double b) { return std::abs(a) < std::abs(b); };
    switch (record.step) {
      case Step::input:
      case Step::refresh:
      case Step::multiply_scalar: return 0;
      case Step::normalise: return off(left.scale * record.scalar);
      case Step::rescale: return off(left.scale / modulus_at(left.level));
      case Step::multiply_integer: return off(left.scale * scale_ratio(record));
      case Step::multiply:
      case Step::square: return off(left.scale * right.scale);
      default: return std::max(off(left.scale), off(right.scale), smaller_size);
    }
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
      case Step::multiply_integer: equal(record, left, scale_ratio(record)); break;
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
