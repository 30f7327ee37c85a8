// Levels and scales of a whole plan, fixed before any ciphertext is touched.
//
// A plan is recorded once by running it on numbers of operations instead of ciphertexts. Each
// operation relates the scales of its operands and result; the input's scale, the output's scale
// and the scale at which a stage's variable is read are given, and the rest follows, upwards
// through products and downwards from sums to the scalars, whose encoding scale is free. So all
// addends meet with exactly equal scales.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace equiripple {
namespace detail {

enum class Step {
  input,
  normalise,  // the same ciphertext, read as half_width times larger
  multiply,
  multiply_scalar,
  rescale,
  drop,   // to a depth below the input
  add,    // or subtract
  unary,  // scale and level stay: relinearize, negate, add_scalar, multiply_integer
};

struct Record {
  Step step;
  std::size_t left;
  std::size_t right;
  double factor;        // of normalise: the half width, or the scalar that divides by it
  int depth;            // levels consumed since the input
  double scale = 0;     // 0: not known yet
  double encoding = 0;  // of multiply_scalar: the scalar's scale
};

/// Reading a ciphertext as `half_width` times larger leaves a scale of scale * half_width, which
/// must not exceed the working scale: repeated squaring would let it run away.
inline bool reads_freely(double scale, double half_width, double working_scale) {
  constexpr double slack = 1.0 / 16;  // chosen: primes differ from the nominal scale by far less
  return half_width == 1 || scale * half_width <= working_scale * (1 + slack);
}

/// Records a plan. Values are indices of records.
class Recorder {
 public:
  using Value = std::size_t;

  /// Where the input's scale does not allow to read it as `half_width` times larger, `spend_level`
  /// makes the first normalisation a scalar product.
  explicit Recorder(bool spend_level) : spend_level_(spend_level) {}

  Value input() { return push(Step::input, 0, 0, 0, 0); }
  Value normalise(Value x, double centre, double half_width) {
    if (centre != 0) x = add_scalar(x, -centre);
    if (spend_level_ && offset_ == 0) {
      x = multiply_scalar(x, 1 / half_width);
      records_.back().factor = 1 / half_width;
      x = rescale(x);
      offset_ = 1;
      half_width = 1;
    }
    return push(Step::normalise, x, x, half_width, depth(x));
  }
  Value stage(Value x) { return push(Step::normalise, x, x, 1, depth(x)); }
  Value multiply(Value x, Value y) {
    align(x, y);
    return push(Step::multiply, x, y, 0, depth(x));
  }
  Value square(Value x) { return multiply(x, x); }
  Value relinearize(Value x) { return unary(x); }
  Value rescale(Value x) { return push(Step::rescale, x, x, 0, depth(x) + 1); }
  Value multiply_scalar(Value x, double) { return push(Step::multiply_scalar, x, x, 0, depth(x)); }
  Value add_scalar(Value x, double) { return unary(x); }
  Value multiply_integer(Value x, int) { return unary(x); }
  Value negate(Value x) { return unary(x); }
  Value add(Value x, Value y) {
    align(x, y);
    return push(Step::add, x, y, 0, depth(x));
  }
  Value sub(Value x, Value y) { return add(x, y); }
  Value drop(Value x, int to_depth) { return push(Step::drop, x, x, 0, to_depth + offset_); }

  std::vector<Record> take() { return std::move(records_); }

 private:
  int depth(Value x) const { return records_[x].depth; }
  // A level spent on the range puts the variable below the input, where the plan has them together.
  void align(Value& x, Value& y) {
    if (depth(x) < depth(y)) x = push(Step::drop, x, x, 0, depth(y));
    if (depth(y) < depth(x)) y = push(Step::drop, y, y, 0, depth(x));
  }
  Value unary(Value x) { return push(Step::unary, x, x, 0, depth(x)); }
  Value push(Step step, Value left, Value right, double factor, int to_depth) {
    records_.push_back({step, left, right, factor, to_depth});
    return records_.size() - 1;
  }

  bool spend_level_;
  int offset_ = 0;  // levels spent before the plan's own depth 0
  std::vector<Record> records_;
};

/// The recorded plan with every level and scale.
struct Schedule {
  std::vector<Record> records;
  int input_level = 0;

  int level_of(std::size_t record) const { return input_level - records[record].depth; }
};

class Scheduler {
 public:
  /// `output_scale` 0: what follows from the inputs.
  template <class ModulusAt>
  static Schedule run(std::vector<Record> records, int level, double input_scale,
                      double output_scale, const ModulusAt& modulus_at) {
    Schedule schedule;
    schedule.records = std::move(records);
    schedule.input_level = level;
    Scheduler scheduler(schedule);
    auto& all = schedule.records;
    std::vector<double> modulus;
    for (int depth = 0; depth < level; ++depth) modulus.push_back(modulus_at(level - depth));
    scheduler.modulus_ = std::move(modulus);
    for (Record& record : all) {
      if (record.step == Step::input) record.scale = input_scale;
    }
    scheduler.propagate();
    if (all.back().scale == 0) all.back().scale = output_scale;
    scheduler.propagate();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].step != Step::normalise || all[i].scale != 0) continue;
      all[i].scale = scheduler.modulus_after(all[i].depth);
      scheduler.propagate();
    }
    for (std::size_t i = 0; i < all.size(); ++i) {  // nothing depends on what is left
      if (all[i].scale != 0) continue;
      all[i].scale = scheduler.modulus_after(all[i].depth);
      scheduler.propagate();
    }
    return schedule;
  }

 private:
  explicit Scheduler(Schedule& schedule) : records_(schedule.records) {}

  double modulus_after(int depth) const {
    const std::size_t index = static_cast<std::size_t>(depth);
    return index < modulus_.size() ? modulus_[index] : modulus_.empty() ? 1 : modulus_.back();
  }

  void set(double& scale, double value) {
    if (scale != 0) return;
    scale = value;
    changed_ = true;
  }

  // Each relation gives what is missing as soon as all but one of its scales are known.
  void relate(Record& record) {
    Record& left = records_[record.left];
    Record& right = records_[record.right];
    switch (record.step) {
      case Step::input: break;
      case Step::unary:
      case Step::drop: equal(record, left, 1); break;
      case Step::normalise: equal(record, left, record.factor); break;
      case Step::rescale: equal(record, left, 1 / modulus_after(left.depth)); break;
      case Step::add:
        equal(record, left, 1);
        equal(record, right, 1);
        break;
      case Step::multiply:
        if (left.scale != 0 && right.scale != 0) set(record.scale, left.scale * right.scale);
        if (record.scale != 0 && left.scale != 0) set(right.scale, record.scale / left.scale);
        if (record.scale != 0 && right.scale != 0) set(left.scale, record.scale / right.scale);
        break;
      case Step::multiply_scalar:
        if (record.scale != 0 && left.scale != 0) set(record.encoding, record.scale / left.scale);
        break;
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
  std::vector<double> modulus_;
  bool changed_ = false;
};

}  // namespace detail
}  // namespace equiripple
