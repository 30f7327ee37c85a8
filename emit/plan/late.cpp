// Depths are the largest numbers that keep all conditions between operations: lowered from where
// the result is, until none is broken.
#include "emit/plan/late.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "emit/plan/interpret.hpp"

namespace equiripple {
namespace {

// Two components and no rescaling due, so that it can be dropped.
struct Form {
  bool is_plain = true;
};

// The algebra (interpret.hpp) of forms.
struct Forms {
  using Value = Form;

  static Value input(const Instruction&) { return {}; }
  static Value normalise(const Instruction&, const Value&) { return {}; }
  static Value stage(const Instruction&, const Value&) { return {}; }
  static Value product(const Instruction&, const Value&, const Value&) { return {false}; }
  static Value multiple(const Instruction& step, const Value& x, const Rational&) {
    return {step.operation == PlanOperation::multiply_integer && x.is_plain};
  }
  static Value shifted(const Instruction&, const Value& x) { return x; }
  static Value sum(const Instruction&, const Value& x, const Value&, int) { return x; }
  static Value same(const Instruction& step, const Value&) {
    return {step.operation != PlanOperation::relinearize};
  }
};

class Lateness {
 public:
  explicit Lateness(const std::vector<Instruction>& program)
      : program_(program), depths_(program.size()) {
    Forms forms;
    forms_ = interpreted(program, forms);
  }

  std::vector<Instruction> run() {
    begin();
    while (lower()) {
    }
    return rewritten();
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  static bool is_rescaling(const Instruction& step) {
    return step.operation == PlanOperation::rescale;
  }

  static bool begins_stage(const Instruction& step) {
    return step.operation == PlanOperation::stage || step.operation == PlanOperation::refresh_input;
  }

  // The value itself, where it is a copy further down.
  int source(int value) const {
    while (program_[at(value)].operation == PlanOperation::drop) value = program_[at(value)].left;
    return value;
  }

  // Sums of inputs cost nothing, and no one looks for them elsewhere.
  bool stays(const Instruction& step) const {
    const auto is_input = [&](int value) {
      return program_[at(value)].operation == PlanOperation::input;
    };
    if (step.left < 0 || step.operation == PlanOperation::normalise || begins_stage(step)) {
      return true;
    }
    return facts_of(step.operation).expense == Expense::addition && step.right >= 0 &&
           is_input(step.left) && is_input(step.right);
  }

  void begin() {
    int latest = program_.back().depth;
    for (std::size_t i = program_.size(); i-- > 0;) {
      const Instruction& step = program_[i];
      depths_[i] = stays(step) ? step.depth : std::max(step.depth, latest);
      if (begins_stage(step)) latest = std::min(latest, step.depth);
    }
  }

  // Whether a depth was too great.
  bool lower() {
    bool lowered = false;
    const auto to = [&](int& depth, int most) {
      if (depth <= most) return;
      depth = most;
      lowered = true;
    };
    for (std::size_t i = program_.size(); i-- > 0;) {
      const Instruction& step = program_[i];
      if (step.operation == PlanOperation::drop) continue;
      for (const int operand : {step.left, step.right}) {
        if (operand < 0) continue;
        const int spent = is_rescaling(step) ? 1 : 0;
        int& own = depths_[at(source(operand))];
        to(own, depths_[i] - spent);
        if (!forms_[at(operand)].is_plain) to(depths_[i], own + spent);
      }
    }
    return lowered;
  }

  std::vector<Instruction> rewritten() {
    for (std::size_t i = 0; i < program_.size(); ++i) {
      Instruction step = program_[i];
      if (step.operation == PlanOperation::drop) continue;
      step.depth = depths_[i];
      const int read_at = step.depth - (is_rescaling(step) ? 1 : 0);
      for (int* operand : {&step.left, &step.right}) {
        if (*operand >= 0) *operand = copy_at(source(*operand), read_at);
      }
      places_[static_cast<int>(i)] = static_cast<int>(made_.size());
      made_.push_back(std::move(step));
    }
    return std::move(made_);
  }

  int copy_at(int value, int depth) {
    const int place = places_.at(value);
    if (depths_[at(value)] == depth) return place;
    const auto [copy, is_new] = copies_.try_emplace({value, depth}, static_cast<int>(made_.size()));
    if (is_new) {
      made_.push_back({.operation = PlanOperation::drop,
                       .name = program_[at(value)].name + "_at_" + std::to_string(depth),
                       .left = place,
                       .depth = depth});
    }
    return copy->second;
  }

  const std::vector<Instruction>& program_;
  std::vector<int> depths_;  // by value; of drops no matter
  std::vector<Form> forms_;
  std::vector<Instruction> made_;
  std::map<int, int> places_;                  // in made_, by value
  std::map<std::pair<int, int>, int> copies_;  // in made_, by value and depth
};

}  // namespace

std::vector<Instruction> computed_late(const std::vector<Instruction>& program) {
  return Lateness(program).run();
}

}  // namespace equiripple
