// First what is a polynomial in x, then stage by stage each joint, then the sum.
#include "emit/plan/joined.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "emit/plan/builder.hpp"
#include "emit/plan/compose.hpp"
#include "emit/plan/continuation.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/late.hpp"
#include "emit/plan/shared_plan.hpp"

namespace equiripple {
namespace {

// A stage that another follows leaves its value divided by the reach of that.
StageTask task_of(const JoinedForm& form, const std::vector<ChebyshevSeries>& polynomials,
                  std::size_t i, const JoinedPlace& place) {
  StageTask task{.coefficients = polynomials[i].coefficients, .absorb = false};
  if (place.joint == static_cast<int>(form.stages.size())) return task;
  const int stages = form.stages[static_cast<std::size_t>(place.joint)];
  if (place.stage + 1 < stages) {
    for (Rational& c : task.coefficients) c /= polynomials[i + 1].basis.upper;
  }
  task.times_x = place.stage + 1 == stages;
  return task;
}

class JoinedPlanner {
 public:
  JoinedPlanner(const JoinedForm& form, const std::vector<ChebyshevSeries>& polynomials,
                const PlanSettings& settings)
      : form_(form), polynomials_(polynomials), settings_(settings), places_(places_of(form)) {}

  // None where a stage has no plan.
  std::optional<std::vector<Instruction>> run() {
    const int x = builder_.input("x");
    const int variable = builder_.normalise(x, polynomials_.front().basis, "t1");
    write_polynomials_of(variable);
    for (std::size_t j = 0; j < form_.stages.size(); ++j) {
      if (!write_joint(static_cast<int>(j))) return std::nullopt;
    }
    std::vector<Instruction> program = computed_late(switched_once(with_sum()));
    program.back().name = result_name;
    return program;
  }

 private:
  std::string name_of(const JoinedPlace& place) const {
    const auto joint = static_cast<std::size_t>(place.joint);
    if (joint == form_.stages.size()) return "mean";
    const std::string number = std::to_string(place.joint + 1);
    if (place.stage == form_.stages[joint]) return "factor_" + number;
    return fmt::format("joint_{}_stage_{}", number, place.stage + 1);
  }

  void write_polynomials_of(int variable) {
    std::vector<SharedTask> tasks;
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (!reads_input(form_, places_[i]) || polynomials_[i].degree() == 0) continue;
      tasks.push_back({task_of(form_, polynomials_, i, places_[i]), name_of(places_[i])});
      indices.push_back(i);
    }
    const auto values = write_shared(builder_, variable, tasks, settings_.growth_limit);
    of_input_.assign(places_.size(), -1);
    for (std::size_t k = 0; k < indices.size(); ++k) of_input_[indices[k]] = values[k];
  }

  bool write_joint(int joint) {
    const int stages = form_.stages[static_cast<std::size_t>(joint)];
    const std::size_t first = index_of(form_, {joint, 0});
    const int factor = of_input_[first + static_cast<std::size_t>(stages)];
    int value = of_input_[first];
    for (int stage = 1; stage < stages; ++stage) {
      const std::size_t i = first + static_cast<std::size_t>(stage);
      const std::string prefix = fmt::format("j{}s{}_", joint + 1, stage + 1);
      StageTask task = task_of(form_, polynomials_, i, places_[i]);
      if (task.times_x) {
        value = builder_.at_depth(value, std::max(builder_.depth(value), builder_.depth(factor)));
        task.x_is_above = builder_.depth(factor) < builder_.depth(value);
      }
      const int variable = builder_.stage(value, prefix + "t1");
      const auto choice = choose_stage(task, minimum_levels(task), settings_.growth_limit);
      if (!choice) return false;
      value = write_stage(builder_, task, *choice,
                          {.variable = variable,
                           .x = factor,
                           .x_summand = factor,
                           .prefix = prefix,
                           .name = name_of(places_[i])});
    }
    joints_.push_back(value);
    return true;
  }

  // Those that end at one depth stand together, so that they can be switched at once.
  std::vector<Instruction> with_sum() {
    std::ranges::stable_sort(joints_, {}, [&](int joint) { return builder_.depth(joint); });
    int sum = of_input_.back();
    int number = 0;
    const auto added = [&](int x, int y) {
      return builder_.add(x, y, fmt::format("joined_{}", ++number));
    };
    for (std::size_t i = 0; i < joints_.size();) {
      int group = joints_[i++];
      while (i < joints_.size() && builder_.depth(joints_[i]) == builder_.depth(group)) {
        group = added(group, joints_[i++]);
      }
      sum = sum < 0 ? group : added(group, sum);
    }
    const ChebyshevSeries& mean = polynomials_.back();
    if (mean.degree() == 0 && mean.coefficients.front() != 0) {
      static_cast<void>(builder_.add_scalar(sum, mean.coefficients.front(), "shifted"));
    }
    return builder_.take();
  }

  // Whether the value is a sum of products, relinearised and rescaled, that only `user` reads.
  static bool is_switched_for(const std::vector<Instruction>& program, int value, int user) {
    const auto at = [&](int i) -> const Instruction& {
      return program[static_cast<std::size_t>(i)];
    };
    if (at(value).operation != PlanOperation::rescale ||
        at(at(value).left).operation != PlanOperation::relinearize) {
      return false;
    }
    for (int i = 0; i < static_cast<int>(program.size()); ++i) {
      if (i != user && (at(i).left == value || at(i).right == value)) return false;
    }
    return true;
  }

  // a + b of two switched values as one value that is switched: until there is no such sum.
  static std::vector<Instruction> switched_once(std::vector<Instruction> program) {
    for (std::size_t i = 0; i < program.size(); ++i) {
      const Instruction sum = program[i];
      const int user = static_cast<int>(i);
      if (sum.operation != PlanOperation::add || sum.left == sum.right ||
          !is_switched_for(program, sum.left, user) || !is_switched_for(program, sum.right, user)) {
        continue;
      }
      const auto before_switching = [&](int value) {
        const int switched = program[static_cast<std::size_t>(value)].left;
        return program[static_cast<std::size_t>(switched)].left;
      };
      const int depth = sum.depth - 1;
      const Instruction terms{.operation = PlanOperation::add,
                              .name = sum.name + "_sum",
                              .left = before_switching(sum.left),
                              .right = before_switching(sum.right),
                              .depth = depth};
      const Instruction switched{.operation = PlanOperation::relinearize,
                                 .name = sum.name + "_switched",
                                 .left = user,
                                 .depth = depth};
      const Instruction rescaled{.operation = PlanOperation::rescale,
                                 .name = sum.name,
                                 .left = user + 1,
                                 .depth = sum.depth};
      for (std::size_t later = i + 1; later < program.size(); ++later) {
        for (int* operand : {&program[later].left, &program[later].right}) {
          if (*operand >= user) *operand += 2;
        }
      }
      program[i] = terms;
      program.insert(program.begin() + user + 1, {switched, rescaled});
      return switched_once(without_unused(std::move(program)));
    }
    return program;
  }

  static std::vector<Instruction> without_unused(std::vector<Instruction> program) {
    std::vector<bool> is_read(program.size(), false);
    is_read.back() = true;
    for (std::size_t i = program.size(); i-- > 0;) {
      if (!is_read[i]) continue;
      for (const int operand : {program[i].left, program[i].right}) {
        if (operand >= 0) is_read[static_cast<std::size_t>(operand)] = true;
      }
    }
    std::vector<int> places(program.size());
    std::vector<Instruction> left;
    for (std::size_t i = 0; i < program.size(); ++i) {
      if (!is_read[i]) continue;
      places[i] = static_cast<int>(left.size());
      for (int* operand : {&program[i].left, &program[i].right}) {
        if (*operand >= 0) *operand = places[static_cast<std::size_t>(*operand)];
      }
      left.push_back(std::move(program[i]));
    }
    return left;
  }

  const JoinedForm& form_;
  const std::vector<ChebyshevSeries>& polynomials_;
  const PlanSettings& settings_;
  std::vector<JoinedPlace> places_;
  ProgramBuilder builder_{};
  std::vector<int> of_input_{};  // by polynomial: its value, of those in x; -1 of a number
  std::vector<int> joints_{};
};

bool have_one_basis(const JoinedForm& form, const std::vector<ChebyshevSeries>& polynomials) {
  const Interval& basis = polynomials.front().basis;
  const std::vector<JoinedPlace> places = places_of(form);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Interval& own = polynomials[i].basis;
    const bool fits = reads_input(form, places[i])
                          ? own.lower == basis.lower && own.upper == basis.upper
                          : own.lower == -own.upper;
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::optional<PlannedFunction> plan_joined(const JoinedForm& form,
                                           const std::vector<ChebyshevSeries>& polynomials,
                                           const PlanSettings& settings) {
  if (!have_one_basis(form, polynomials)) {
    throw std::invalid_argument("plan_joined: the polynomials have different bases");
  }
  if (!std::ranges::all_of(polynomials,
                           [](const ChebyshevSeries& p) { return can_be_planned(p); })) {
    return std::nullopt;
  }
  auto program = JoinedPlanner(form, polynomials, settings).run();
  if (!program) return std::nullopt;
  PlannedFunction planned;
  planned.plan.program = *std::move(program);
  planned.plan.costs = count(planned.plan.program);
  planned.plan.growth = expand(planned.plan.program).growth;
  auto meaning = joined_meaning(planned.plan.program, form, polynomials);
  if (!meaning) throw std::logic_error("plan_joined: " + meaning.error().why);
  planned.computed = *std::move(meaning);
  return planned;
}

int joined_levels(const JoinedForm& form, const std::vector<ChebyshevSeries>& polynomials) {
  int most = 0;
  for (std::size_t j = 0; j < form.stages.size(); ++j) {
    const int stages = form.stages[j];
    const auto task = [&](int stage) {
      const JoinedPlace place{static_cast<int>(j), stage};
      return task_of(form, polynomials, index_of(form, place), place);
    };
    const int factor = minimum_levels(task(stages));
    int before = 0;
    for (int stage = 0; stage + 1 < stages; ++stage) before += minimum_levels(task(stage));
    StageTask last = task(stages - 1);
    last.x_is_above = factor < before;
    most = std::max(most, std::max(before, factor) + minimum_levels(last));
  }
  return most;
}

}  // namespace equiripple
