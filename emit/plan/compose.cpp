// Stages chained, the range normalised first; what is built on sign is part of the last stage.
#include "emit/plan/compose.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "emit/direct.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/late.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/result.hpp"

namespace equiripple {
namespace {

// A stage leaves factor * p + offset: divided by the half width of the next stage's basis, or
// turned into (1 + p) / 2.
struct Affine {
  Rational factor = 1;
  Rational offset = 0;
};

// max(a, b) = (a + b) / 2 + (a - b) sign(a - b) / 2; relu(x) = x / 2 + x sign(x) / 2.
Affine output_of_stage(Kind kind, const std::vector<ChebyshevSeries>& stages, std::size_t i) {
  if (i + 1 < stages.size()) {
    const Interval& next = stages[i + 1].basis;
    const Rational half_width = (next.upper - next.lower) / 2;
    return {.factor = 1 / half_width, .offset = -(next.lower + next.upper) / 2 / half_width};
  }
  const ResultForm form = result_form(kind);
  const Rational size = form.is_halved ? Rational(1, 2) : Rational(1);
  const bool adds_half = form.is_halved && form.factor == ResultForm::Input::none;
  return {.factor = form.sign * size, .offset = adds_half ? size : Rational(0)};
}

std::vector<Rational> transformed(const Affine& affine, std::vector<Rational> coefficients) {
  for (Rational& c : coefficients) c *= affine.factor;
  coefficients.front() += affine.offset;
  return coefficients;
}

bool is_of_sign(Kind kind) {
  return covers_gap(kind) || kind == Kind::sign || kind == Kind::step || kind == Kind::compare;
}

// x / 2 of a direct polynomial is added at the end: its program is that of the even rest.
StageTask direct_task(Kind kind, const ChebyshevSeries& stage, bool absorb) {
  StageTask task{.coefficients = stage.coefficients, .absorb = absorb};
  task.coefficients[1] = 0;
  for (Rational& c : task.coefficients) c *= result_form(kind).sign;
  return task;
}

// Shapes have a place for x / 2 in their last sum, Paterson-Stockmeyer has none.
int write_direct(ProgramBuilder& builder, StageTask task, const StageChoice& choice,
                 StageInputs inputs) {
  const Rational half(1, 2);
  if (choice.shape) {
    task.x_multiple = half;
    return write_stage(builder, task, choice, inputs);
  }
  const std::string name = std::exchange(inputs.name, "even_part");
  const int even = write_stage(builder, task, choice, inputs);
  const int odd = builder.sum({.products = {},
                               .scaled = {{half * choice.output_scale_factor, inputs.x_summand}},
                               .constant = 0},
                              "half");
  return builder.add(even, odd, name);
}

}  // namespace

std::vector<StageTask> tasks_of(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                bool absorb) {
  if (is_direct(kind, stages)) return {direct_task(kind, stages.front(), absorb)};
  std::vector<StageTask> tasks;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    StageTask& task = tasks.emplace_back();
    task.coefficients = transformed(output_of_stage(kind, stages, i), stages[i].coefficients);
    task.times_x = covers_gap(kind) && i + 1 == stages.size();
    task.x_is_above = i > 0;
    task.absorb = absorb && i + 1 == stages.size();
    task.is_of_sign = is_of_sign(kind);
    if (task.times_x && result_form(kind).is_halved) task.x_multiple = Rational(1, 2);
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
  const ResultForm form = result_form(kind);
  const bool halves_both = form.summand != ResultForm::Input::none;
  const bool adds_half = is_direct(kind, stages) && form.is_halved;
  const int summand = halves_both ? builder.add(a, b, "both") : x;
  int value = builder.normalise(x, stages.front().basis, stages.size() == 1 ? "t1" : "s1_t1");
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string prefix = stages.size() == 1 ? "" : "s" + number + "_";
    if (i > 0) value = builder.stage(value, prefix + "t1");
    const std::string name = i + 1 == stages.size() ? "result" : "stage_" + number;
    const StageInputs inputs{
        .variable = value, .x = x, .x_summand = summand, .prefix = prefix, .name = name};
    value = adds_half ? write_direct(builder, tasks[i], choices[i], inputs)
                      : write_stage(builder, tasks[i], choices[i], inputs);
  }
  return computed_late(builder.take());
}

bool can_be_planned(const ChebyshevSeries& stage) {
  constexpr long largest_log2 = 1000;  // chosen: multiples of them are binary64 as well
  return stage.degree() <= highest_planned_degree &&
         std::ranges::all_of(stage.coefficients, [](const Rational& c) {
           return is_binary64(c) && abs(c) <= power_of_two(largest_log2);
         });
}

PlannedFunction planned(Kind kind, const std::vector<ChebyshevSeries>& stages,
                        std::vector<Instruction> program, const Rational& output_scale_factor) {
  PlannedFunction planned;
  planned.plan.program = std::move(program);
  planned.plan.costs = count(planned.plan.program);
  planned.plan.growth = expand(planned.plan.program).growth;
  planned.plan.output_scale_factor = output_scale_factor;
  auto meaning = meaning_of(planned.plan, kind, stages);
  if (!meaning) throw std::logic_error("make_plan: " + meaning.error().why);
  planned.computed = *std::move(meaning);
  return planned;
}

}  // namespace equiripple
