// One function writes each iteration; the reader collects the scalars in the order in which it
// writes them, writes once more, and compares.
#include "emit/plan/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/plan/builder.hpp"
#include "emit/plan/continuation.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/plan/refresh.hpp"

namespace equiripple {
namespace {

// scalar times the input at the depth, or at 1 where that is less: the product takes the level
// above it.
int scaled_input(ProgramBuilder& builder, int input, const Rational& scalar, int depth,
                 const std::string& name) {
  const int x = builder.at_depth(input, std::max(depth - 1, 0));
  return builder.sum({.products = {}, .scaled = {{scalar, x}}, .constant = 0}, name);
}

int product(ProgramBuilder& builder, int x, int y, int integer, const std::string& name) {
  return builder.sum({.products = {{x, y, integer}}, .scaled = {}, .constant = 0}, name);
}

constexpr int first_input = 0;
constexpr int second_input = 1;  // where there are two

// As in goldschmidt.hpp, f being the residual. Of a/b the first iterate has a in it.
void write_inverse(ProgramBuilder& builder, int start, const GoldschmidtScalars& scalars,
                   bool divides) {
  if (scalars.offsets.empty()) {
    if (divides) static_cast<void>(builder.rescaled_product(first_input, start, result_name));
    return;
  }
  const int p = builder.stage(start, "start_fixed");
  const int x = scaled_input(builder, divides ? second_input : first_input, scalars.slope,
                             builder.depth(p), "x_scaled");
  int f = builder.rescaled_product(x, p, "residual_0_product");
  f = builder.add_scalar(f, scalars.offsets.front(), "residual_0_sum");
  f = builder.stage(f, "residual_0");
  int y = 0;
  if (divides) {
    const int a = scaled_input(builder, first_input, scalars.gain, builder.depth(p), "a_scaled");
    y = product(builder, a, p, 1, "iterate_0");
  } else {
    y = builder.sum({.products = {}, .scaled = {{scalars.gain, p}}, .constant = 0}, "iterate_0");
  }
  for (std::size_t k = 0; k < scalars.offsets.size(); ++k) {
    const bool last = k == scalars.shifts.size();
    const int factor = builder.add_scalar(f, scalars.offsets[k], fmt::format("factor_{}", k));
    y = product(builder, y, factor, 2, last ? result_name : fmt::format("iterate_{}", k + 1));
    if (last) return;
    f = product(builder, f, f, 2, fmt::format("residual_{}_square", k + 1));
    f = builder.add_scalar(f, scalars.shifts[k], fmt::format("residual_{}", k + 1));
  }
}

int write_root_step(ProgramBuilder& builder, int y, const RootStep& step, std::size_t k,
                    const std::string& name) {
  const int x = scaled_input(builder, first_input, step.cubic, builder.depth(y),
                             fmt::format("x_scaled_{}", k));
  const int left = builder.rescaled_product(x, y, fmt::format("x_times_{}", k));
  const int square = builder.rescaled_product(y, y, fmt::format("square_{}", k));
  return builder.sum({.products = {{left, square}}, .scaled = {{step.linear, y}}, .constant = 0},
                     name);
}

// x times the step.
int write_last_sqrt_step(ProgramBuilder& builder, int y, const RootStep& step, std::size_t k) {
  const int depth = builder.depth(y);
  const int x =
      scaled_input(builder, first_input, step.cubic, depth - 1, fmt::format("x_scaled_{}", k));
  const int x_square = builder.rescaled_product(x, 0, "x_square");
  const int left = builder.rescaled_product(x_square, y, fmt::format("x_times_{}", k));
  const int square = builder.rescaled_product(y, y, fmt::format("square_{}", k));
  const int linear = scaled_input(builder, first_input, step.linear, depth + 1, "x_linear");
  return builder.sum({.products = {{left, square}, {linear, y}}, .scaled = {}, .constant = 0},
                     result_name);
}

void write_root(ProgramBuilder& builder, int start, const std::vector<RootStep>& steps,
                bool times_x) {
  if (steps.empty() && times_x) {
    static_cast<void>(builder.rescaled_product(0, start, result_name));
  }
  int y = start;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const bool last = k + 1 == steps.size();
    y = builder.stage(y, k == 0 ? "start_fixed" : fmt::format("iterate_{}", k));
    const std::string name = last ? result_name : fmt::format("iterate_{}_value", k + 1);
    y = last && times_x ? write_last_sqrt_step(builder, y, steps[k], k)
                        : write_root_step(builder, y, steps[k], k, name);
  }
}

// The start's program is one to whose last value `start_name` is given.
std::vector<Instruction> continued(Kind kind, std::vector<Instruction> start,
                                   const CorrectionScalars& scalars) {
  ProgramBuilder builder(std::move(start));
  const int last = static_cast<int>(builder.program().size()) - 1;
  if (correction_map(kind) == CorrectionMap::inverse) {
    write_inverse(builder, last, scalars.inverse, kind == Kind::divide);
  } else {
    write_root(builder, last, scalars.root, kind == Kind::sqrt);
  }
  return builder.take();
}

bool has_continuation(Kind kind, int corrections) {
  return corrections > 0 || kind == Kind::sqrt || kind == Kind::divide;
}

// The program of a start in x is one in b where a is the first input.
std::vector<Instruction> of_second_input(std::vector<Instruction> start) {
  for (Instruction& step : start) {
    if (step.operation == PlanOperation::input) {
      step.name = "b";
      continue;
    }
    for (int* operand : {&step.left, &step.right}) {
      if (*operand >= 0) ++*operand;
    }
  }
  start.insert(start.begin(), Instruction{.operation = PlanOperation::input, .name = "a"});
  return start;
}

// And back; none where it does not begin with both.
std::optional<std::vector<Instruction>> of_one_input(std::vector<Instruction> start) {
  const bool has_both = start.size() > 2 && start[0].operation == PlanOperation::input &&
                        start[1].operation == PlanOperation::input && start[0].name == "a" &&
                        start[1].name == "b";
  if (!has_both) return std::nullopt;
  start.erase(start.begin());
  start.front().name = "x";
  for (Instruction& step : start) {
    if (step.operation == PlanOperation::input) continue;
    if (step.left == 0 || step.right == 0) return std::nullopt;  // reads a
    for (int* operand : {&step.left, &step.right}) {
      if (*operand > 0) --*operand;
    }
  }
  return start;
}

// In the order of write_inverse: slope, offset 0, gain, and then offset and shift in turn. Of
// write_root: cubic and linear in turn. None where their number is another.
std::optional<CorrectionScalars> scalars_from(CorrectionMap map, int corrections,
                                              const std::vector<Rational>& list) {
  CorrectionScalars scalars;
  const auto n = static_cast<std::size_t>(corrections);
  if (map == CorrectionMap::root) {
    if (list.size() != 2 * n) return std::nullopt;
    for (std::size_t k = 0; k < n; ++k) {
      scalars.root.push_back({.linear = list[2 * k + 1], .cubic = list[2 * k]});
    }
    return scalars;
  }
  if (list.size() != (n == 0 ? 0 : 2 * n + 2)) return std::nullopt;
  if (n == 0) return scalars;
  scalars.inverse = {.slope = list[0], .gain = list[2], .offsets = {}, .shifts = {}};
  for (std::size_t k = 3; k < list.size(); ++k) {
    (k % 2 == 1 ? scalars.inverse.offsets : scalars.inverse.shifts).push_back(list[k]);
  }
  return scalars;
}

// As the program of 1 / `by` times the start has them.
CorrectionScalars scaled_by(CorrectionScalars scalars, const Rational& by) {
  scalars.inverse.slope *= by;
  scalars.inverse.gain *= by;
  if (scalars.root.empty()) return scalars;
  scalars.root.front().linear *= by;
  scalars.root.front().cubic *= by * by * by;
  return scalars;
}

// The first scalars, which a scale has divided, as a program has them.
CorrectionScalars with_first_rounded(CorrectionScalars scalars) {
  const auto round = [](Rational& q) { q = Rational(to_double(q)); };
  round(scalars.inverse.slope);
  round(scalars.inverse.gain);
  if (scalars.root.empty()) return scalars;
  round(scalars.root.front().linear);
  round(scalars.root.front().cubic);
  return scalars;
}

// The value that is corrected is the variable of the second stage.
std::vector<Instruction> with_start_refreshed(std::vector<Instruction> program) {
  Plan plan;
  plan.program = std::move(program);
  return with_refreshes(std::move(plan), {false, true}).program;
}

}  // namespace

CorrectionMap correction_map(Kind kind) {
  return kind == Kind::inverse || kind == Kind::divide ? CorrectionMap::inverse
                                                       : CorrectionMap::root;
}

const char* start_function(Kind kind) {
  return function_of(correction_map(kind) == CorrectionMap::inverse ? Kind::inverse : Kind::rsqrt);
}

Rational start_scale(const Interval& range) {
  constexpr int bits = 10;             // chosen: a thousandth of the room is left
  constexpr long rounding_log2 = -20;  // chosen: far above what a program's scalars are rounded by
  const Rational largest = std::max(abs(range.lower), abs(range.upper));
  return round_to_bits((1 - power_of_two(rounding_log2)) / largest, bits, Rounding::down);
}

ChebyshevSeries multiple_of(ChebyshevSeries series, const Rational& factor) {
  for (Rational& c : series.coefficients) c *= factor;
  return series;
}

// x p moves by x N / c; sqrt(x) p likewise.
Rational noise_of_start(CorrectionMap map, const Rational& noise, const Rational& scale,
                        const Interval& domain) {
  const Rational largest = std::max(abs(domain.lower), abs(domain.upper));
  return noise / scale * (map == CorrectionMap::inverse ? largest : square_root_of(largest).upper);
}

Plan with_corrections(Kind kind, const Plan& start, int corrections, const Rational& start_error,
                      const Interval& domain, const std::optional<Rational>& scale) {
  const CorrectionMap map = correction_map(kind);
  CorrectedMeaning parts;
  parts.scalars = correction_scalars(map, start_error, corrections);
  parts.start_program = start.program;
  CorrectionScalars written = parts.scalars;
  if (scale) {
    written = with_first_rounded(scaled_by(parts.scalars, 1 / *scale));
    parts.scalars = scaled_by(written, *scale);
  }
  Plan plan = start;
  if (has_continuation(kind, corrections)) {
    std::vector<Instruction> begin = as_start(start.program);
    if (kind == Kind::divide) begin = of_second_input(std::move(begin));
    plan.program = continued(kind, std::move(begin), written);
  }
  if (scale) plan.program = with_start_refreshed(std::move(plan.program));
  plan.costs = counted(plan.program);
  plan.growth = growth_with_corrections(kind, parts, start_error, domain);
  return plan;
}

PlanCosts costs_with_corrections(Kind kind, const std::vector<Instruction>& start,
                                 int corrections) {
  const Rational any(1, 2);
  return count(
      has_continuation(kind, corrections)
          ? continued(kind, start, correction_scalars(correction_map(kind), any, corrections))
          : start);
}

Expected<CorrectedMeaning> corrected_meaning(const Plan& plan, Kind kind, int corrections,
                                             const ChebyshevSeries& stored,
                                             const std::optional<Rational>& scale) {
  if (plan.output_scale_factor != 1) return Defect{"output_scale_factor is not 1"};
  const std::vector<Instruction>& program = plan.program;
  auto end = program.end();
  if (has_continuation(kind, corrections)) {
    const auto start = end_of_start(program);
    if (!start) return Defect{"no value is called start, after which the corrections begin"};
    end = *start;
  }
  CorrectedMeaning meaning;
  meaning.start_program.assign(program.begin(), end);
  std::vector<Rational> list;
  for (auto step = end; step != program.end(); ++step) {
    const bool scalar = step->operation == PlanOperation::multiply_scalar ||
                        step->operation == PlanOperation::add_scalar;
    if (scalar) list.push_back(step->scalar);
  }
  const auto scalars = scalars_from(correction_map(kind), corrections, list);
  if (!scalars) {
    return Defect{fmt::format(
        "what follows the start has {} scalars, not those of {}", list.size(),
        corrections == 1 ? "1 correction" : fmt::format("{} corrections", corrections))};
  }
  meaning.scalars = *scalars;
  if (has_continuation(kind, corrections)) {
    std::vector<Instruction> right = continued(kind, meaning.start_program, meaning.scalars);
    if (scale) right = with_start_refreshed(std::move(right));
    const std::string where = first_difference(program, right);
    if (!where.empty()) return Defect{where + ": is not what the corrections do there"};
  }
  if (scale) meaning.scalars = scaled_by(std::move(meaning.scalars), *scale);
  if (kind == Kind::divide) {
    auto alone = of_one_input(std::move(meaning.start_program));
    if (!alone) return Defect{"its inputs are not a and b"};
    meaning.start_program = std::move(*alone);
  }
  Plan start;
  start.program = meaning.start_program;
  auto read = meaning_of(start, Kind::minimax, {stored});
  if (!read) return read.error();
  meaning.start =
      scale ? multiple_of(std::move(read->front()), 1 / *scale) : std::move(read->front());
  return meaning;
}

Rational growth_with_corrections(Kind kind, const CorrectedMeaning& meaning,
                                 const Rational& start_error, const Interval& domain) {
  const Rational own =
      correction_growth(correction_map(kind), meaning.scalars, start_error, domain);
  return round_to_bits(std::max(expand(meaning.start_program).growth, own), binary64_bits,
                       Rounding::up);
}

}  // namespace equiripple
