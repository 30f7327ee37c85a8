// Alternatives of each function, of which the one is taken that adds least to what is there.
#include "emit/plan/shared_plan.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "emit/plan/compose.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/meaning.hpp"

namespace equiripple {
namespace {

// The program so far: copied to try what a function would add to it.
struct Draft {
  ProgramBuilder builder;
  KnownPowers powers{};
};

// What a value needs, it last: of other functions there may be more than its stage could have.
std::vector<Instruction> program_up_to(const std::vector<Instruction>& program, int result) {
  std::vector<int> places(program.size(), -1);
  places[static_cast<std::size_t>(result)] = 0;
  for (int i = result; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    if (places[at] < 0) continue;
    for (const int operand : {program[at].left, program[at].right}) {
      if (operand >= 0) places[static_cast<std::size_t>(operand)] = 0;
    }
  }
  std::vector<Instruction> needed;
  for (std::size_t i = 0; i < program.size(); ++i) {
    if (places[i] < 0) continue;
    places[i] = static_cast<int>(needed.size());
    Instruction& instruction = needed.emplace_back(program[i]);
    for (int* operand : {&instruction.left, &instruction.right}) {
      if (*operand >= 0) *operand = places[static_cast<std::size_t>(*operand)];
    }
  }
  return needed;
}

class SharedPlanner {
 public:
  SharedPlanner(const std::vector<ChebyshevSeries>& functions, const PlanSettings& settings)
      : functions_(functions), settings_(settings) {}

  SharedPlan run() {
    ProgramBuilder builder;
    const int variable = builder.normalise(builder.input("x"), functions_.front().basis, "t1");
    std::vector<SharedTask> tasks;
    for (const ChebyshevSeries& function : functions_) {
      const std::string name = "result_" + std::to_string(tasks.size() + 1);
      tasks.push_back({{.coefficients = function.coefficients, .absorb = false}, name});
    }
    SharedPlan plan;
    plan.results = write_shared(builder, variable, tasks, settings_.growth_limit);
    plan.program = builder.take();
    return finished(std::move(plan));
  }

 private:
  SharedPlan finished(SharedPlan plan) const {
    plan.costs = count(plan.program);
    plan.growth = expand(plan.program).growth;
    for (std::size_t i = 0; i < functions_.size(); ++i) {
      const Plan part{
          .program = program_up_to(plan.program, plan.results[i]), .costs = {}, .growth = {}};
      auto meaning = meaning_of(part, Kind::minimax, {functions_[i]});
      if (!meaning) throw std::logic_error("make_shared_plan: " + meaning.error().why);
      plan.computed.push_back(std::move(meaning->front()));
    }
    return plan;
  }

  const std::vector<ChebyshevSeries>& functions_;
  const PlanSettings& settings_;
};

// All terms that any of the members has.
StageTask joint_task(const std::vector<std::vector<StageTask>>& members, std::size_t stage) {
  StageTask joint = members.front()[stage];
  for (const std::vector<StageTask>& member : members) {
    const std::vector<Rational>& c = member[stage].coefficients;
    if (c.size() > joint.coefficients.size()) joint.coefficients.resize(c.size());
    for (std::size_t k = 0; k < c.size(); ++k) {
      if (joint.coefficients[k] == 0) joint.coefficients[k] = c[k];
    }
  }
  return joint;
}

// A choice for each member, all of one shape; none where no alternative suits all of them.
std::vector<StageChoice> family_choices(const std::vector<std::vector<StageTask>>& members,
                                        std::size_t stage, const Rational& growth_limit) {
  const StageTask joint = joint_task(members, stage);
  const int levels = minimum_levels(joint);
  for (const StageChoice& alternative : stage_alternatives(joint, levels, growth_limit)) {
    std::vector<StageChoice> choices;
    for (const std::vector<StageTask>& member : members) {
      StageTask task = member[stage];
      task.coefficients.resize(joint.coefficients.size());
      auto choice = same_shape_for(task, alternative, levels, growth_limit);
      if (!choice) break;
      choices.push_back(std::move(*choice));
    }
    if (choices.size() == members.size()) return choices;
  }
  return {};
}

}  // namespace

std::vector<int> write_shared(ProgramBuilder& builder, int variable,
                              const std::vector<SharedTask>& tasks, const Rational& growth_limit) {
  Draft draft{.builder = std::move(builder)};
  std::vector<std::size_t> order(tasks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(),
                           [&](std::size_t i) { return tasks[i].task.coefficients.size(); });
  std::vector<int> results(tasks.size());
  for (const std::size_t i : order) {
    const StageTask& task = tasks[i].task;
    const int levels = minimum_levels(task);
    auto alternatives = stage_alternatives(task, levels, growth_limit);
    if (alternatives.empty()) {
      alternatives.push_back(*choose_stage(task, levels, growth_limit));
    }
    std::optional<std::tuple<int, int, int>> least;
    Draft best;
    for (const StageChoice& choice : alternatives) {
      Draft tried = draft;
      const int value =
          write_stage(tried.builder, task, choice,
                      {.variable = variable, .name = tasks[i].name, .known = &tried.powers});
      const PlanCosts costs = count(tried.builder.program());
      const int deeper = tried.builder.depth(value) - tried.builder.depth(variable);
      const std::tuple cost{deeper > levels ? 1 : 0, costs.key_switches, costs.tensor_products};
      if (least && cost >= *least) continue;
      least = cost;
      best = std::move(tried);
      results[i] = value;
    }
    draft = std::move(best);
  }
  builder = std::move(draft.builder);
  return results;
}

std::optional<SharedPlan> make_shared_plan(const std::vector<ChebyshevSeries>& functions,
                                           const PlanSettings& settings) {
  if (functions.empty()) throw std::invalid_argument("make_shared_plan: no function");
  for (const ChebyshevSeries& function : functions) {
    if (function.basis.lower != functions.front().basis.lower ||
        function.basis.upper != functions.front().basis.upper) {
      throw std::invalid_argument("make_shared_plan: the functions have different bases");
    }
  }
  if (!std::ranges::all_of(functions, can_be_planned)) return std::nullopt;
  return SharedPlanner(functions, settings).run();
}

std::optional<std::vector<PlannedFunction>> make_plan_family(
    Kind kind, const std::vector<std::vector<ChebyshevSeries>>& members,
    const PlanSettings& settings) {
  if (members.empty() || members.front().empty()) {
    throw std::invalid_argument("make_plan_family: no stage");
  }
  std::vector<std::vector<StageTask>> tasks;
  for (const std::vector<ChebyshevSeries>& stages : members) {
    if (stages.size() != members.front().size()) {
      throw std::invalid_argument("make_plan_family: the members have different stages");
    }
    if (!std::ranges::all_of(stages, can_be_planned)) return std::nullopt;
    tasks.push_back(tasks_of(kind, stages, /*absorb=*/false));
  }
  std::vector<std::vector<StageChoice>> choices(members.size());
  for (std::size_t stage = 0; stage < members.front().size(); ++stage) {
    const auto found = family_choices(tasks, stage, settings.growth_limit);
    if (found.empty()) return std::nullopt;
    for (std::size_t m = 0; m < members.size(); ++m) choices[m].push_back(found[m]);
  }
  std::vector<PlannedFunction> family;
  for (std::size_t m = 0; m < members.size(); ++m) {
    family.push_back(planned(kind, members[m], program_of(kind, members[m], tasks[m], choices[m])));
  }
  return family;
}

}  // namespace equiripple
