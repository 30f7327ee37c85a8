// Stages chained, the range normalised first, the function built on sign last.
#include "emit/plan/make_plan.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "emit/plan/expand.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/plan/series.hpp"

namespace equiripple {
namespace {

// A stage leaves factor * p + offset: divided by the half width of the next stage's basis, or
// turned into (1 + p) / 2.
struct Affine {
  Rational factor = 1;
  Rational offset = 0;
};

Affine output_of_stage(Kind kind, const std::vector<ChebyshevSeries>& stages, std::size_t i) {
  if (i + 1 < stages.size()) {
    return {.factor = 2 / (stages[i + 1].basis.upper - stages[i + 1].basis.lower)};
  }
  const bool is_step = kind == Kind::step || kind == Kind::compare || kind == Kind::relu ||
                       kind == Kind::max || kind == Kind::min;
  return is_step ? Affine{Rational(1, 2), Rational(1, 2)} : Affine{};
}

std::vector<Rational> transformed(const Affine& affine, std::vector<Rational> coefficients) {
  for (Rational& c : coefficients) c *= affine.factor;
  coefficients.front() += affine.offset;
  return coefficients;
}

}  // namespace

std::optional<PlannedFunction> make_plan(Kind kind, const std::vector<ChebyshevSeries>& stages) {
  if (stages.empty()) throw std::invalid_argument("make_plan: no stage");
  if (std::ranges::any_of(stages, [](const ChebyshevSeries& stage) {
        return stage.degree() > highest_planned_degree ||
               !std::ranges::all_of(stage.coefficients, is_binary64);
      })) {
    return std::nullopt;
  }
  ProgramBuilder builder;
  const int a = builder.input(has_two_inputs(kind) ? "a" : "x");
  const int b = has_two_inputs(kind) ? builder.input("b") : a;
  const int x = has_two_inputs(kind) ? builder.subtract(a, b, "difference") : a;
  int value = builder.normalise(x, stages.front().basis, stages.size() == 1 ? "t1" : "s1_t1");
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string prefix = stages.size() == 1 ? "" : "s" + number + "_";
    if (i > 0) value = builder.stage(value, prefix + "t1");
    ChebyshevPowers powers(builder, value, prefix);
    const auto scaled = transformed(output_of_stage(kind, stages, i), stages[i].coefficients);
    value = series_value(builder, powers, scaled, best_baby_degree(scaled), "stage_" + number);
  }
  if (covers_gap(kind)) {
    value = builder.rescaled_product(x, value, "product");
    if (kind == Kind::max) value = builder.add(b, value, "maximum");
    if (kind == Kind::min) value = builder.subtract(a, value, "minimum");
  }
  PlannedFunction planned;
  planned.plan.program = builder.take();
  planned.plan.costs = count(planned.plan.program);
  planned.plan.growth = expand(planned.plan.program).growth;
  ProgramMeaning meaning = meaning_of(planned.plan, kind, stages);
  if (!meaning.stages) throw std::logic_error("make_plan: " + meaning.defect);
  planned.computed = std::move(*meaning.stages);
  return planned;
}

}  // namespace equiripple
