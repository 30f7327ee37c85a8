// A plan as data: run once on numbers of operations instead of ciphertexts.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace equiripple {
namespace detail {

/// A stage's variable is read at 2^d times the scale of its level, T_k of it has 2^(k d) times
/// that: beyond this size of d already T_7 is as far off as a scale has bits.
inline constexpr double largest_log2_scale = 8;  // chosen

enum class Step {
  input,
  normalise,  // the same ciphertext, read as half_width times larger
  stage,      // the variable of the next stage, at a scale of its own
  refresh,    // bootstrapping
  multiply,
  square,
  relinearize,
  rescale,
  multiply_scalar,
  add_scalar,
  multiply_integer,
  negate,
  add,
  sub,
  drop,
};

inline bool has_two_operands(Step step) {
  return step == Step::multiply || step == Step::add || step == Step::sub;
}

/// What the plan's line says.
struct Operation {
  Step step;
  std::size_t left = 0;
  std::size_t right = 0;
  double scalar = 0;  // of multiply_scalar and add_scalar; of normalise: the half width; of stage:
                      // log2 of its scale above the usual one; of refresh: above 0, so many times
                      // the value is what is read afterwards
  int integer = 0;  // of multiply_integer; of drop: the plan's depth; of refresh: 1 where the plan
                    // asks for it, and for the real part
  int carried = 0;  // of multiply_integer: what it multiplies by, the scale making up for it; 0 for
                    // integer
};

/// What is read as a multiplication by another integer is multiplied by one of these.
inline constexpr int largest_carried = 64;  // chosen: far above what planners choose

/// Whether a product with `integer` may be carried out as one with `carried`: the scale that makes
/// up for it is above 0.
constexpr bool can_carry(int integer, int carried) {
  return carried == 0 || (integer > 0 && carried > 0 && carried <= largest_carried);
}

/// Of multiply_integer, how many times the scale of its operand it has.
constexpr double scale_ratio(const Operation& operation) {
  return operation.carried == 0 ? 1 : static_cast<double>(operation.carried) / operation.integer;
}

/// Takes the place of an evaluator. Values are indices of operations.
class Recorder {
 public:
  using Value = std::size_t;

  Value input() { return push({Step::input}); }
  Value normalise(Value x, double centre, double half_width) {
    if (centre != 0) x = add_scalar(x, -centre);
    return push({Step::normalise, x, x, half_width});
  }
  /// An input within half_width of the centre, as it is when it has been refreshed.
  Value refresh_input(Value x, double centre, double half_width) {
    const Value variable = normalise(x, centre, half_width);
    const Value value = push({Step::refresh, variable, variable, half_width, /*integer=*/1});
    return centre == 0 ? value : add_scalar(value, centre);
  }
  Value stage(Value x, double log2_scale = 0) { return push({Step::stage, x, x, log2_scale}); }
  /// The variable of the next stage, refreshed.
  Value refresh(Value x) {
    const Value variable = stage(x);
    return push({Step::refresh, variable, variable, 0, /*integer=*/1});
  }
  Value multiply(Value x, Value y) { return push({Step::multiply, x, y}); }
  Value square(Value x) { return push({Step::square, x, x}); }
  Value relinearize(Value x) { return push({Step::relinearize, x, x}); }
  Value rescale(Value x) { return push({Step::rescale, x, x}); }
  Value multiply_scalar(Value x, double c) { return push({Step::multiply_scalar, x, x, c}); }
  Value add_scalar(Value x, double c) { return push({Step::add_scalar, x, x, c}); }
  /// k x; where `carried` is not 0 as that many times x, at carried / k times the scale.
  Value multiply_integer(Value x, int k, int carried = 0) {
    return push({Step::multiply_integer, x, x, 0, k, carried});
  }
  Value negate(Value x) { return push({Step::negate, x, x}); }
  Value add(Value x, Value y) { return push({Step::add, x, y}); }
  Value sub(Value x, Value y) { return push({Step::sub, x, y}); }
  Value drop(Value x, int depth) { return push({Step::drop, x, x, 0, depth}); }

  std::vector<Operation> take() { return std::move(operations_); }

 private:
  Value push(Operation operation) {
    operations_.push_back(operation);
    return operations_.size() - 1;
  }

  std::vector<Operation> operations_;
};

/// The operations of `Plan`, its inputs first; the last is the result.
template <class Plan>
std::vector<Operation> record() {
  static_assert(Plan::inputs == 1 || Plan::inputs == 2, "a plan takes one input or two");
  Recorder recorder;
  if constexpr (Plan::inputs == 1) {
    Plan::run(recorder, recorder.input());
  } else {
    const Recorder::Value a = recorder.input();
    const Recorder::Value b = recorder.input();
    Plan::run(recorder, a, b);
  }
  return recorder.take();
}

/// What the runtime must know of a plan besides its operations.
struct PlanFacts {
  std::string name;
  int levels;
  double half_width;
  double output_scale_factor;
  /// So many stages have a variable that belongs into [-1, 1], which may be refreshed and guarded.
  /// What comes after them (corrections) begins a stage only where a scale is free.
  std::size_t stages = std::numeric_limits<std::size_t>::max();
  /// Of each refresh that the plan itself asks for: what it may add to a variable in [-1, 1].
  double refresh_noise = 0;
};

/// Where the plan refreshes its input: the half width with which it does; else 0.
inline double refreshed_half_width(const std::vector<Operation>& operations) {
  for (const Operation& operation : operations) {
    if (operation.step == Step::refresh && operation.scalar > 0) return operation.scalar;
  }
  return 0;
}

inline bool refreshes_itself(const std::vector<Operation>& operations) {
  for (const Operation& operation : operations) {
    if (operation.step == Step::refresh) return true;
  }
  return false;
}

/// Of plans that refresh at places of their own.
template <class Plan, class = void>
struct PlannedRefreshes {
  static constexpr int count = 0;
  static constexpr double noise = 0;
};
template <class Plan>
struct PlannedRefreshes<Plan, std::void_t<decltype(Plan::refreshes)>> {
  static constexpr int count = Plan::refreshes;
  static constexpr double noise = Plan::refresh_noise;
};

template <class Plan, class = void>
struct BoundedStages {
  static std::size_t count() { return std::numeric_limits<std::size_t>::max(); }
};
template <class Plan>
struct BoundedStages<Plan, std::void_t<decltype(Plan::stages)>> {
  static std::size_t count() { return static_cast<std::size_t>(Plan::stages); }
};

template <class Plan>
PlanFacts facts_of() {
  return {Plan::name,
          Plan::levels,
          Plan::half_width,
          Plan::output_scale_factor,
          BoundedStages<Plan>::count(),
          PlannedRefreshes<Plan>::noise};
}

struct Recording {
  PlanFacts facts;
  std::vector<Operation> operations;
};

template <class Plan>
Recording recording_of(const Plan&) {
  return {facts_of<Plan>(), record<Plan>()};
}

/// Whether the variable is the second of two inputs, as b is in a/b; else it is x, or a - b.
inline bool is_of_second(const std::vector<Operation>& operations) {
  for (const Operation& operation : operations) {
    if (operation.step != Step::normalise) continue;
    std::size_t variable = operation.left;
    while (operations[variable].step == Step::add_scalar) variable = operations[variable].left;
    return operations[variable].step == Step::input && variable == 1;
  }
  return false;
}

/// n where a factor is n, to rounding: additions bring it about, and no level is spent. Else 0.
inline int whole_factor(double factor) {
  constexpr double largest = 0x1p20;    // chosen: a leading coefficient in a scale is no larger
  constexpr double rounding = 0x1p-50;  // of a reciprocal's reciprocal
  if (!(factor >= 1 && factor <= largest)) return 0;
  const double whole = std::round(factor);
  return std::abs(factor - whole) <= rounding * whole ? static_cast<int>(whole) : 0;
}

/// Whether a library that reads results at a scale of its own needs a scalar product, and a level,
/// to take a factor out of the result. Additions do where it is one over a whole number; but some
/// scalar product must bring about the scale, and that of a range above 1 is sure to be there.
inline bool takes_level(double output_scale_factor, double half_width) {
  if (output_scale_factor == 1) return false;
  return half_width <= 1 || whole_factor(1 / output_scale_factor) == 0;
}

/// Takes the factor out of the result: by additions, or at the cost of a level.
inline void divide_result(Recording& plan) {
  const std::size_t result = plan.operations.size() - 1;
  const double factor = 1 / plan.facts.output_scale_factor;
  if (!takes_level(plan.facts.output_scale_factor, plan.facts.half_width)) {
    plan.operations.push_back({Step::multiply_integer, result, result, 0, whole_factor(factor)});
    plan.facts.output_scale_factor = 1;
    return;
  }
  plan.operations.push_back({Step::multiply_scalar, result, result, factor});
  plan.operations.push_back({Step::rescale, result + 1, result + 1});
  plan.facts.output_scale_factor = 1;
  plan.facts.levels += 1;
}

}  // namespace detail
}  // namespace equiripple
