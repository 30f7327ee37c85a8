// A stage as a program, and what that is worth.
#include "emit/plan/stage_task.hpp"

#include <algorithm>
#include <cmath>

#include "emit/plan/expand.hpp"

namespace equiripple {
namespace {

// The coefficients times the factor, twice the leading one a whole number.
std::vector<Rational> squarable(std::vector<Rational> c, const Rational& factor) {
  for (Rational& value : c) value *= factor;
  Rational& leading = c[static_cast<std::size_t>(degree_of(c))];
  leading = Rational(floor_of(2 * leading + Rational(1, 2))) / 2;
  return c;
}

// T_2, T_4, ... up to the stride.
int power_of_stride(ProgramBuilder& builder, int stride, const StageInputs& inputs) {
  KnownPowers own;
  KnownPowers& known = inputs.known != nullptr ? *inputs.known : own;
  int value = inputs.variable;
  for (int degree = 2; degree <= stride; degree *= 2) {
    const auto found = known.find(degree);
    if (found == known.end()) {
      value = builder.sum({.products = {{value, value, 2}}, .scaled = {}, .constant = -1},
                          inputs.prefix + "t" + std::to_string(degree));
      known[degree] = value;
    } else {
      value = found->second;
    }
  }
  return value;
}

}  // namespace

int degree_of(const std::vector<Rational>& c) {
  int degree = static_cast<int>(c.size()) - 1;
  while (degree > 0 && c[static_cast<std::size_t>(degree)] == 0) --degree;
  return degree;
}

bool is_odd(const std::vector<Rational>& c, bool times_x) {
  for (std::size_t k = times_x ? 0 : 2; k < c.size(); k += 2) {
    if (c[k] != 0) return false;
  }
  return true;
}

std::optional<Rational> squaring_factor(const StageTask& task) {
  constexpr long widest_log2 = 20;  // chosen: what follows must still work at such a scale
  const int degree = degree_of(task.coefficients);
  if (!task.absorb || task.times_x || degree < 2 || (degree & (degree - 1)) != 0) {
    return std::nullopt;
  }
  const Rational leading = 2 * abs(task.coefficients[static_cast<std::size_t>(degree)]);
  if (leading < power_of_two(-widest_log2) || leading > power_of_two(widest_log2)) {
    return std::nullopt;
  }
  const Rational factor(to_double(1 / leading));
  return factor == 1 ? Rational(2) : factor;
}

int minimum_levels(const StageTask& task) {
  const int degree = degree_of(task.coefficients);
  if (squaring_factor(task)) return minimum_levels(degree) - 1;
  const bool folds = degree >= 3 && is_odd(task.coefficients, true) &&
                     (task.x_is_above || task.absorb || (degree & (degree + 1)) != 0);
  return minimum_levels(degree) + (task.times_x && !folds ? 1 : 0);
}

Rational size_of(const StageTask& task) {
  Rational upper = 0;
  Rational lower = 0;
  Rational middle = 0;
  Rational mean_square = 0;
  for (std::size_t k = 0; k < task.coefficients.size(); ++k) {
    const Rational& c = task.coefficients[k];
    upper += c;
    lower += k % 2 == 0 ? c : -c;
    middle += k % 2 == 1 ? Rational(0) : k % 4 == 0 ? c : -c;
    mean_square += k == 0 ? c * c : c * c / 2;  // in the measure of the Chebyshev polynomials
  }
  const Rational square = std::max({upper * upper, lower * lower, middle * middle, mean_square});
  Rational unit = 1;
  while (square >= 4 * unit * unit) unit *= 2;
  return std::max(Rational(1),
                  Rational(unit * Rational(std::sqrt(to_double(square / unit / unit)))));
}

Rational magnitudes_of(const StageTask& task) {
  Rational sum = 0;
  for (const Rational& c : task.coefficients) sum += abs(c);
  return sum;
}

Rational growth_allowed(const StageTask& task, const Rational& growth_limit) {
  constexpr int room = 4;  // chosen
  return std::max(Rational(growth_limit * size_of(task)), Rational(room * magnitudes_of(task)));
}

Trial trial_of(const StageTask& task, const StageChoice& choice) {
  ProgramBuilder builder;
  const int x = builder.input("x");
  const int above = task.times_x && task.x_is_above ? builder.rescaled_product(x, x, "above")
                                                    : x;  // only its depth matters
  const int variable = builder.normalise(above, {-1, 1}, "t1");
  static_cast<void>(write_stage(builder, task, choice,
                                {.variable = variable, .x = x, .x_summand = x, .name = "p"}));
  Trial trial{.program = builder.take(), .growth = {}};
  const Expansion expansion = expand(trial.program);
  trial.growth = expansion.growth;
  std::vector<Rational> wanted = task.coefficients;
  wanted.front() += task.times_x ? task.x_multiple : Rational(0);
  Dyadic distance = 0;
  Dyadic size = 0;
  const std::vector<Dyadic>& computed = expansion.values.back();
  for (std::size_t k = 0; k < std::max(wanted.size(), computed.size()); ++k) {
    const Dyadic c(k < wanted.size() ? Rational(wanted[k] * choice.output_scale_factor) : 0);
    distance += k < computed.size() ? abs(computed[k] - c) : abs(c);
    size += abs(c);
  }
  constexpr long rounding_log2 = -44;     // chosen: scalars are rounded to 2^-53
  constexpr long underflow_log2 = -1000;  // where scalars of 53 bits cannot follow
  const Dyadic allowed = size * Dyadic(trial.growth * power_of_two(rounding_log2)) +
                         Dyadic(power_of_two(underflow_log2));
  trial.holds = !(allowed < distance);
  trial.rounds_little = !(size * Dyadic(power_of_two(little_rounding_log2)) < distance);
  return trial;
}

PlanCosts costs_of(const StageTask& task, const std::vector<Instruction>& program) {
  PlanCosts costs = count(program);
  if (task.times_x && task.x_is_above) {  // the product that stands for what is above
    --costs.levels;
    --costs.key_switches;
    --costs.tensor_products;
    --costs.rescalings;
  }
  return costs;
}

int write_stage(ProgramBuilder& builder, const StageTask& task, const StageChoice& choice,
                const StageInputs& inputs) {
  const Rational& factor = choice.output_scale_factor;
  std::vector<ScaledTerm> added;
  if (task.x_multiple != 0) added.push_back({task.x_multiple * factor, inputs.x_summand});
  if (!choice.shape) {
    ChebyshevPowers powers(builder, inputs.variable, inputs.prefix);
    const std::string name = task.times_x ? inputs.name + "_factor" : inputs.name;
    const std::vector<Rational> c = choice.leading == LeadingTerm::squared
                                        ? squarable(task.coefficients, factor)
                                        : task.coefficients;
    const int baby = best_baby_degree(c, choice.leading);
    const int value = series_value(builder, powers, c, baby, name, choice.leading);
    if (!task.times_x) return value;
    return builder.sum({.products = {{inputs.x, value}}, .scaled = added, .constant = 0},
                       inputs.name);
  }
  int variable = inputs.variable;
  if (choice.stride > 1) variable = power_of_stride(builder, choice.stride, inputs);
  if (choice.linear) added.push_back({*choice.linear * factor, inputs.variable});
  const std::string prefix =
      choice.stride > 1 ? inputs.prefix + "t" + std::to_string(choice.stride) + "_" : inputs.prefix;
  return shape_value(builder, *choice.shape, choice.scalars,
                     {.variable = variable,
                      .x = inputs.x,
                      .added = added,
                      .prefix = prefix,
                      .name = inputs.name,
                      .stride = choice.stride,
                      .known = inputs.known,
                      .keep_zeros = choice.keep_zeros});
}

}  // namespace equiripple
