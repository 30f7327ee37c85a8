// Components and rescalings that are due, followed through the program.
#include "emit/plan/ciphertext_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/plan/interpret.hpp"
#include "emit/plan/refresh.hpp"

namespace equiripple {
namespace {

struct State {
  int components = 2;
  int due = 0;  // rescalings
  int depth = 0;

  bool is_plain() const { return components == 2 && due == 0; }
};

// The algebra (interpret.hpp) of what is left to do; keeps the first breach.
class Rules {
 public:
  using Value = State;

  static Value input(const Instruction& step) { return {.depth = step.depth}; }
  Value normalise(const Instruction& step, const Value& x) { return plain(step, x); }
  Value stage(const Instruction& step, const Value& x) { return plain(step, x); }

  Value product(const Instruction& step, const Value& x, const Value& y) {
    look_at_depths(step, x, y);
    require(x.is_plain() && y.is_plain(), step, "multiplies what is not relinearised and rescaled");
    return {.components = 3, .due = 1, .depth = step.depth};
  }

  Value multiple(const Instruction& step, const Value& x, const Rational&) {
    State made = x;
    made.depth = step.depth;
    if (step.operation == PlanOperation::multiply_integer) return made;
    static_cast<void>(plain(step, x));
    made.due = 1;
    return made;
  }

  static Value shifted(const Instruction& step, Value x) {
    x.depth = step.depth;
    return x;
  }

  Value sum(const Instruction& step, const Value& x, const Value& y, int) {
    look_at_depths(step, x, y);
    require(x.due == y.due, step, "adds values of other scales");
    return {.components = std::max(x.components, y.components), .due = x.due, .depth = step.depth};
  }

  Value same(const Instruction& step, const Value& x) {
    const bool takes_plain = step.operation == PlanOperation::drop || is_refresh(step);
    if (takes_plain) return plain(step, x);
    State made = x;
    made.depth = step.depth;
    if (step.operation == PlanOperation::relinearize) {
      require(x.components == 3, step, "has nothing to relinearise");
      made.components = 2;
    } else {
      require(x.components == 2 && x.due == 1, step, "has nothing to rescale");
      made.due = 0;
    }
    return made;
  }

  const std::string& breach() const { return breach_; }

 private:
  State plain(const Instruction& step, State x) {
    require(x.is_plain(), step, "takes what is not relinearised and rescaled");
    x.depth = step.depth;
    return x;
  }

  void look_at_depths(const Instruction& step, const State& x, const State& y) {
    require(x.depth == y.depth, step, "takes operands of different depths");
  }

  void require(bool holds, const Instruction& step, const char* breach) {
    if (!holds && breach_.empty()) breach_ = fmt::format("{} {}", step.name, breach);
  }

  std::string breach_;
};

}  // namespace

std::string breach_of_ciphertext_rules(const std::vector<Instruction>& program) {
  if (program.empty()) return {};
  Rules rules;
  const std::vector<State> states = interpreted(program, rules);
  if (!rules.breach().empty()) return rules.breach();
  if (states.back().is_plain()) return {};
  return fmt::format("{}, the result, is not relinearised and rescaled", program.back().name);
}

}  // namespace equiripple
