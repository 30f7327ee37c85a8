// One function writes what follows the start; the reader writes it again, and compares.
#include "emit/plan/stepped.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emit/plan/builder.hpp"
#include "emit/plan/continuation.hpp"
#include "emit/plan/ending.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/joined.hpp"
#include "emit/plan/meaning.hpp"
#include "generator/iteration/enclosure.hpp"
#include "generator/steps/folded.hpp"

namespace equiripple {
namespace {

bool is_product(const Step& step) {
  return step.operation == StepOperation::square || step.operation == StepOperation::product;
}

bool is_half_step(const Step& step) {
  const Rational half(1, 2);
  return step.operation == StepOperation::affine && step.scale == half && step.offset == half;
}

// The steps that are the planner's: a chain, and (1 + v) / 2 of its last value, or x times these.
std::size_t start_length(const Steps& steps) {
  if (use_of_last(steps)) return steps.size();
  const std::size_t chain = chain_length(steps);
  const bool halves = chain < steps.size() && is_half_step(steps[chain]) &&
                      steps[chain].left == static_cast<int>(chain);
  return halves ? chain + 1 : chain;
}

// Whether the last step is a polynomial of what products have made.
bool has_ending(const Steps& steps) {
  const std::size_t last = steps.size() - 1;
  return start_length(steps) < last && steps[last].operation == StepOperation::polynomial &&
         steps[last].left == static_cast<int>(last);
}

// Without it.
Steps begun_steps(const Steps& steps) {
  return has_ending(steps) ? Steps(steps.begin(), steps.end() - 1) : steps;
}

// A map that goes into the product before it.
bool is_folded(const Steps& steps, std::size_t i) {
  constexpr int largest = 1 << 10;  // chosen: what multiplies noise by as much is no plan
  const Step& step = steps[i];
  return step.operation == StepOperation::affine && i > 0 && is_product(steps[i - 1]) &&
         step.left == static_cast<int>(i) && step.scale == floor_of(step.scale) &&
         abs(step.scale) <= Rational(largest) && step.scale != 0;
}

// The program whose last value is the start, continued up to the polynomial at the end.
std::vector<Instruction> continued(const Steps& steps, std::vector<Instruction> start) {
  const std::size_t begin = start_length(steps);
  const std::size_t behind = begun_steps(steps).size();
  ProgramBuilder builder(std::move(start));
  std::vector<int> values(steps.size() + 1, -1);
  values[0] = 0;
  values[begin] = static_cast<int>(builder.program().size()) - 1;
  for (std::size_t i = begin; i < behind; ++i) {
    const Step& step = steps[i];
    const bool folds = i + 1 < behind && is_folded(steps, i + 1);
    const std::size_t end = folds ? i + 2 : i + 1;
    const std::string name =
        end == steps.size() ? std::string(result_name) : fmt::format("value_{}", end);
    const int left = values[static_cast<std::size_t>(step.left)];
    const int right = step.operation == StepOperation::square
                          ? left
                          : values[static_cast<std::size_t>(step.right)];
    const Rational scale = folds ? steps[i + 1].scale : Rational(1);
    values[end] = builder.sum({.products = {{left, right, static_cast<int>(to_double(scale))}},
                               .scaled = {},
                               .constant = folds ? steps[i + 1].offset : Rational(0)},
                              name);
    if (folds) ++i;
  }
  return builder.take();
}

bool has_continuation(const Steps& steps) { return start_length(steps) < steps.size(); }

// Where the values are, and the sizes that sums come from.
struct BoundMap {
  const std::vector<Interval>& ranges;

  Interval polynomial(std::size_t index, const Interval&) const { return ranges[index]; }
  Interval square(const Interval& x) const { return square_of(x); }
  Interval product(const Interval& x, const Interval& y) const { return times(x, y); }
  Interval sum(const Interval& x, const Interval& y) const {
    return {x.lower + y.lower, x.upper + y.upper};
  }
  Interval affine(const Step& step, const Interval& x) const {
    return plus(times(x, step.scale), step.offset);
  }
};

Rational size_of(const Interval& x) { return farthest_from(0, x); }

// Inputs count as 1, as everywhere in growth.
Rational growth_of(const Steps& steps, const std::vector<Instruction>& start,
                   const std::vector<Interval>& ranges) {
  Rational growth = expand(start).growth;
  const std::size_t begin = start_length(steps);
  if (begin == steps.size()) return growth;
  const auto bounds = values_of(steps, Interval{-1, 1}, BoundMap{ranges});
  for (std::size_t i = begin; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const Rational sum =
        step.operation == StepOperation::affine
            ? abs(step.scale) * size_of(bounds[static_cast<std::size_t>(step.left)]) +
                  abs(step.offset)
            : size_of(bounds[i + 1]);
    growth = std::max({growth, size_of(bounds[begin]), sum});
  }
  return round_to_bits(growth, binary64_bits, Rounding::up);
}

// The polynomials at the beginning and the one at the end.
struct Parts {
  std::vector<ChebyshevSeries> start;
  std::optional<ChebyshevSeries> ending{};
};

Parts parts_of(const Steps& steps, const std::vector<ChebyshevSeries>& polynomials) {
  Parts parts{.start = polynomials};
  if (!has_ending(steps)) return parts;
  parts.ending = std::move(parts.start.back());
  parts.start.pop_back();
  return parts;
}

bool is_on_unit_basis(const ChebyshevSeries& p) {
  return p.basis.lower == -1 && p.basis.upper == 1;
}

// For one part, of which the others take so many levels, and so many of them after it.
PlanSettings part_settings(PlanSettings settings, int others, int after) {
  if (settings.max_levels) settings.max_levels = *settings.max_levels - others;
  settings.costs.levels_after += after;
  settings.absorb = false;
  return settings;
}

Expected<SteppedMeaning> meaning_of_joined(const Plan& plan, const JoinedForm& form,
                                           const std::vector<ChebyshevSeries>& stored) {
  if (plan.output_scale_factor != 1) return Defect{"output_scale_factor is not 1"};
  auto found = joined_meaning(plan.program, form, stored);
  if (!found) return found.error();
  return SteppedMeaning{.polynomials = *std::move(found), .growth = expand(plan.program).growth};
}

// Takes the programs apart and reads the polynomials.
struct MeaningReader {
  Kind kind;
  const Steps& steps;
  const Parts parts;
  const std::vector<Interval>& ranges;

  Expected<SteppedMeaning> read(const Plan& plan) const {
    if (!has_continuation(steps)) return read_start(plan);
    if (plan.output_scale_factor != 1) return Defect{"output_scale_factor is not 1"};
    Plan begun = plan;
    std::optional<TwoParts> two;
    if (parts.ending) {
      const int stage = static_cast<int>(parts.start.size()) + 1;
      two = without_ending(plan.program, stage);
      if (!two) return Defect{fmt::format("no value is the variable of stage {} alone", stage)};
      begun.program = two->begun;
    }
    const auto end = end_of_start(begun.program);
    if (!end) return Defect{"no value is called start, after which the steps begin"};
    Plan start = plan;
    start.program.assign(begun.program.cbegin(), *end);
    const std::string where = first_difference(begun.program, continued(steps, start.program));
    if (!where.empty()) return Defect{where + ": is not what the steps do there"};
    Expected<SteppedMeaning> meaning = read_start(start);
    return two && meaning ? with_ending_read(*std::move(meaning), two->planned) : meaning;
  }

  Expected<SteppedMeaning> read_start(const Plan& start) const {
    auto found = meaning_of(start, kind_of_start(kind, steps), parts.start);
    if (!found) return found.error();
    return SteppedMeaning{.polynomials = *std::move(found),
                          .growth = growth_of(steps, start.program, ranges)};
  }

  Expected<SteppedMeaning> with_ending_read(SteppedMeaning meaning,
                                            const std::vector<Instruction>& program) const {
    if (!is_on_unit_basis(*parts.ending)) {
      return Defect{"the last polynomial is not on [-1, 1]"};
    }
    auto found =
        meaning_of({.program = program, .costs = {}, .growth = {}}, Kind::minimax, {*parts.ending});
    if (!found) return found.error();
    meaning.polynomials.push_back(std::move(found->front()));
    meaning.growth = std::max(meaning.growth, expand(program).growth);
    return meaning;
  }
};

}  // namespace

bool can_be_planned(const Steps& steps) {
  if (joined_form(steps)) return true;
  const std::size_t begin = start_length(steps);
  if (begin == 0) return false;
  for (std::size_t i = begin; i < begun_steps(steps).size(); ++i) {
    if (!is_product(steps[i]) && !(i > begin && is_folded(steps, i))) return false;
    // A product into which a map is folded has no value of its own.
    const auto is_there = [&](int value) {
      const auto v = static_cast<std::size_t>(value);
      if (v == 0 || v == begin) return true;
      return v > begin && (v == i || !is_folded(steps, v));
    };
    if (!is_there(steps[i].left)) return false;
    if (steps[i].operation == StepOperation::product && !is_there(steps[i].right)) return false;
  }
  return true;
}

int levels_after_start(const Steps& steps) {
  const std::size_t begin = start_length(steps);
  std::vector<int> depths(steps.size() + 1, 0);
  for (std::size_t i = begin; i < steps.size(); ++i) {
    const Step& step = steps[i];
    int depth = depths[static_cast<std::size_t>(step.left)];
    if (step.operation == StepOperation::product) {
      depth = std::max(depth, depths[static_cast<std::size_t>(step.right)]);
    }
    depths[i + 1] = depth + (is_product(step) ? 1 : 0);
  }
  return depths.back();
}

int minimum_stepped_levels(Kind kind, const Steps& steps,
                           const std::vector<ChebyshevSeries>& polynomials,
                           const PlanSettings& settings) {
  if (const auto form = joined_form(steps)) return joined_levels(*form, polynomials);
  const bool absorbs = settings.absorb && !has_continuation(steps);
  int levels = levels_after_start(steps);
  auto rest = polynomials;
  if (has_ending(steps)) {
    levels += minimum_plan_levels(Kind::minimax, {rest.back()}, false);
    rest.pop_back();
  }
  return levels + minimum_plan_levels(kind_of_start(kind, steps), rest, absorbs);
}

Kind kind_of_start(Kind kind, const Steps& steps) {
  const LastUse use = use_of_last(steps).value_or(LastUse::value);
  if (use != LastUse::value) return use == LastUse::times_x ? Kind::abs : Kind::relu;
  if (start_length(steps) == chain_length(steps)) return Kind::minimax;
  return has_two_inputs(kind) ? Kind::compare : Kind::step;
}

std::optional<PlannedFunction> plan_steps(Kind kind, const Steps& steps,
                                          const std::vector<ChebyshevSeries>& polynomials,
                                          const std::vector<Interval>& ranges,
                                          const PlanSettings& settings) {
  if (!can_be_planned(steps)) throw std::invalid_argument("plan_steps: steps without a program");
  if (const auto form = joined_form(steps)) return plan_joined(*form, polynomials, settings);
  const Kind start_kind = kind_of_start(kind, steps);
  if (!has_continuation(steps)) return make_plan(start_kind, polynomials, settings);
  const Parts parts = parts_of(steps, polynomials);
  int after = levels_after_start(steps);
  std::optional<PlannedFunction> ending;
  if (parts.ending) {
    if (!is_on_unit_basis(*parts.ending)) {
      throw std::invalid_argument("plan_steps: the last polynomial is not on [-1, 1]");
    }
    const int others = after + minimum_plan_levels(start_kind, parts.start, false);
    ending = make_plan(Kind::minimax, {*parts.ending}, part_settings(settings, others, 0));
    if (!ending) return std::nullopt;
    after += ending->plan.costs.levels;
  }
  auto planned = make_plan(start_kind, parts.start, part_settings(settings, after, after));
  if (!planned) return std::nullopt;
  Plan& plan = planned->plan;
  plan.growth = growth_of(steps, plan.program, ranges);
  plan.program = continued(steps, as_start(std::move(plan.program)));
  if (ending) {
    plan.growth = std::max(plan.growth, ending->plan.growth);
    plan.program = with_ending(std::move(plan.program), ending->plan.program,
                               static_cast<int>(polynomials.size()));
    planned->computed.push_back(std::move(ending->computed.front()));
  }
  plan.costs = count(plan.program);
  return planned;
}

Expected<SteppedMeaning> stepped_meaning(const Plan& plan, Kind kind, const Steps& steps,
                                         const std::vector<ChebyshevSeries>& stored,
                                         const std::vector<Interval>& ranges) {
  if (const auto form = joined_form(steps)) return meaning_of_joined(plan, *form, stored);
  const MeaningReader reader{
      .kind = kind, .steps = steps, .parts = parts_of(steps, stored), .ranges = ranges};
  return reader.read(plan);
}

}  // namespace equiripple
