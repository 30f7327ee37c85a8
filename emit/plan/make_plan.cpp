// Stages chained, the range normalised first; what is built on sign is part of the last stage.
#include "emit/plan/make_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "emit/plan/expand.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/stage_choice.hpp"

namespace equiripple {
namespace {

// A stage leaves factor * p + offset: divided by the half width of the next stage's basis, or
// turned into (1 + p) / 2.
struct Affine {
  Rational factor = 1;
  Rational offset = 0;
};

bool is_half_step(Kind kind) { return kind == Kind::step || kind == Kind::compare; }

// max(a, b) = (a + b) / 2 + (a - b) sign(a - b) / 2; relu(x) = x / 2 + x sign(x) / 2.
Affine output_of_stage(Kind kind, const std::vector<ChebyshevSeries>& stages, std::size_t i) {
  if (i + 1 < stages.size()) {
    return {.factor = 2 / (stages[i + 1].basis.upper - stages[i + 1].basis.lower)};
  }
  if (is_half_step(kind)) return {Rational(1, 2), Rational(1, 2)};
  if (kind == Kind::relu || kind == Kind::max) return {.factor = Rational(1, 2)};
  if (kind == Kind::min) return {.factor = Rational(-1, 2)};
  return {};
}

// Rounded: what follows makes up for the rounding of its own scalars, not for that.
std::vector<Rational> transformed(const Affine& affine, std::vector<Rational> coefficients) {
  for (Rational& c : coefficients) c *= affine.factor;
  coefficients.front() += affine.offset;
  return coefficients;
}

std::vector<StageTask> tasks_of(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                bool absorb) {
  std::vector<StageTask> tasks;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    StageTask& task = tasks.emplace_back();
    task.coefficients =
        transformed(output_of_stage(kind, stages, i), stages[i].coefficients);
    task.times_x = covers_gap(kind) && i + 1 == stages.size();
    task.x_is_above = i > 0;
    task.absorb = absorb;
    if (task.times_x && kind != Kind::abs) task.x_multiple = Rational(1, 2);
  }
  return tasks;
}

std::vector<Instruction> program_of(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                    const std::vector<StageTask>& tasks,
                                    const std::vector<StageChoice>& choices) {
  ProgramBuilder builder;
  const bool two = has_two_inputs(kind);
  const int a = builder.input(two ? "a" : "x");
  const int b = two ? builder.input("b") : a;
  const int x = two ? builder.subtract(a, b, "difference") : a;
  const bool halves_both = kind == Kind::max || kind == Kind::min;
  const int summand = halves_both ? builder.add(a, b, "both") : x;
  int value = builder.normalise(x, stages.front().basis, stages.size() == 1 ? "t1" : "s1_t1");
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string prefix = stages.size() == 1 ? "" : "s" + number + "_";
    if (i > 0) value = builder.stage(value, prefix + "t1");
    const std::string name = i + 1 == stages.size() ? "result" : "stage_" + number;
    value = write_stage(builder, tasks[i], choices[i],
                        {.variable = value,
                         .x = x,
                         .x_summand = summand,
                         .prefix = prefix,
                         .name = name});
  }
  return builder.take();
}

// One choice a stage, from the choices at its fewest levels and a few more.
class Selection {
 public:
  Selection(Kind kind, const std::vector<ChebyshevSeries>& stages, const PlanSettings& settings)
      : kind_(kind), stages_(stages), settings_(settings) {
    tasks_ = tasks_of(kind, stages, settings.absorb);
    const int spare = settings.objective == PlanObjective::levels ? 0 : most_spare;
    for (const StageTask& task : tasks_) {
      const int fewest = minimum_levels(task);
      std::vector<StageChoice>& choices = choices_.emplace_back();
      for (int levels = fewest; levels <= fewest + spare; ++levels) {
        auto choice = choose_stage(task, levels, settings.growth_limit);
        if (!choice) throw std::logic_error("make_plan: a stage has no program");
        if (choices.empty() || choice->costs.levels > choices.back().costs.levels) {
          choices.push_back(std::move(*choice));
        }
      }
    }
    chosen_.resize(tasks_.size());
  }

  std::vector<Instruction> run() {
    Cost best = cost();
    while (true) {  // the single change that gains most, as long as there is one
      std::pair<std::size_t, std::size_t> change{0, chosen_[0]};
      Cost gained = best;
      for (std::size_t i = 0; i < tasks_.size(); ++i) {
        const std::size_t before = chosen_[i];
        for (std::size_t k = 0; k < choices_[i].size(); ++k) {
          chosen_[i] = k;
          if (!is_allowed()) continue;
          if (const Cost found = cost(); found < gained) {
            gained = found;
            change = {i, k};
          }
        }
        chosen_[i] = before;
      }
      if (!(gained < best)) return program();
      best = gained;
      chosen_[change.first] = change.second;
    }
  }

  Rational output_scale_factor() const {
    return choices_.back()[chosen_.back()].output_scale_factor;
  }

 private:
  static constexpr int most_spare = 2;  // levels of a stage beyond its fewest; chosen
  using Cost = std::tuple<double, int, int>;

  int levels() const {
    int sum = 0;
    for (std::size_t i = 0; i < tasks_.size(); ++i) sum += choices_[i][chosen_[i]].costs.levels;
    return sum;
  }

  bool is_allowed() const { return !settings_.max_levels || levels() <= *settings_.max_levels; }

  Cost cost() const {
    PlanCosts sum;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const PlanCosts& one = choices_[i][chosen_[i]].costs;
      sum.key_switches += one.key_switches;
      sum.tensor_products += one.tensor_products;
    }
    const double first = settings_.objective == PlanObjective::latency
                             ? latency_of(program(), settings_.costs)
                             : sum.key_switches;
    return {first, levels(), sum.tensor_products};
  }

  std::vector<Instruction> program() const {
    std::vector<StageChoice> selected;
    for (std::size_t i = 0; i < tasks_.size(); ++i) selected.push_back(choices_[i][chosen_[i]]);
    return program_of(kind_, stages_, tasks_, selected);
  }

  Kind kind_;
  const std::vector<ChebyshevSeries>& stages_;
  const PlanSettings& settings_;
  std::vector<StageTask> tasks_;
  std::vector<std::vector<StageChoice>> choices_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

std::optional<PlannedFunction> make_plan(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                         const PlanSettings& settings) {
  if (stages.empty()) throw std::invalid_argument("make_plan: no stage");
  if (std::ranges::any_of(stages, [](const ChebyshevSeries& stage) {
        return stage.degree() > highest_planned_degree ||
               !std::ranges::all_of(stage.coefficients, is_binary64);
      })) {
    return std::nullopt;
  }
  const int fewest = minimum_plan_levels(kind, stages, settings.absorb);
  if (settings.max_levels && *settings.max_levels < fewest) {
    throw std::invalid_argument(fmt::format("make_plan: {} levels are needed", fewest));
  }
  Selection selection(kind, stages, settings);
  PlannedFunction planned;
  planned.plan.program = selection.run();
  planned.plan.costs = count(planned.plan.program);
  planned.plan.growth = expand(planned.plan.program).growth;
  planned.plan.output_scale_factor = selection.output_scale_factor();
  ProgramMeaning meaning = meaning_of(planned.plan, kind, stages);
  if (!meaning.stages) throw std::logic_error("make_plan: " + meaning.defect);
  planned.computed = std::move(*meaning.stages);
  return planned;
}

int minimum_plan_levels(Kind kind, const std::vector<ChebyshevSeries>& stages, bool absorb) {
  int sum = 0;
  for (const StageTask& task : tasks_of(kind, stages, absorb)) sum += minimum_levels(task);
  return sum;
}

}  // namespace equiripple
