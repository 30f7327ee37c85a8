// Columns of names and operations, with running numbers of what is expensive.
#include "emit/plan_listing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "emit/cost_remarks.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/interpret.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/plan/stage_costs.hpp"

namespace equiripple {
namespace {

struct Line {
  int depth;
  std::string name;
  std::string operation;
  std::string cost;  // empty where it is next to nothing
};

// "x - 1" rather than "x + -1".
std::string shifted_by(const std::string& value, const Rational& scalar) {
  const bool negative = scalar < 0;
  return fmt::format("{} {} {}", value, negative ? "-" : "+",
                     decimal(negative ? Rational(-scalar) : scalar));
}

std::string normalised(const std::string& value, const Instruction& step) {
  const std::string shown =
      step.centre == 0 ? value : fmt::format("({})", shifted_by(value, -step.centre));
  return step.half_width == 1 ? shown : fmt::format("{} / {}", shown, decimal(step.half_width));
}

// The algebra (interpret.hpp) of names: each operation is a line about those of its operands.
class Lines {
 public:
  using Value = std::string;

  explicit Lines(const std::vector<Instruction>& program) : costs_(cost_remarks(program)) {}

  Value input(const Instruction& step) { return line(step, "input"); }
  Value normalise(const Instruction& step, const Value& x) {
    return line(step, normalised(x, step));
  }
  Value stage(const Instruction& step, const Value& x) {
    if (is_refresh(step)) return line(step, fmt::format("refresh({})", x));
    if (step.scalar == 0) return line(step, x);
    return line(step, fmt::format("{}, read at 2^{} of its scale", x, decimal(step.scalar)));
  }
  Value product(const Instruction& step, const Value& x, const Value& y) {
    return line(step, fmt::format("{} * {}", x, y));
  }
  Value multiple(const Instruction& step, const Value& x, const Rational& factor) {
    const std::string product = fmt::format("{} * {}", decimal(factor), x);
    if (step.carried == 0) return line(step, product);
    return line(step, fmt::format("{}, carried out as {} * {}", product, step.carried, x));
  }
  Value shifted(const Instruction& step, const Value& x) {
    return line(step, shifted_by(x, step.scalar));
  }
  Value sum(const Instruction& step, const Value& x, const Value& y, int sign) {
    return line(step, fmt::format("{} {} {}", x, sign > 0 ? "+" : "-", y));
  }
  Value same(const Instruction& step, const Value& x) {
    const char* name = is_refresh(step) ? "refresh" : facts_of(step.operation).name;
    return line(step, fmt::format("{}({})", name, x));
  }

  std::vector<Line> take() { return std::move(lines_); }

 private:
  Value line(const Instruction& step, std::string operation) {
    // Indented, because nothing is computed there.
    const char* indent = step.operation == PlanOperation::drop ? "  " : "";
    lines_.push_back({.depth = step.depth,
                      .name = indent + step.name,
                      .operation = std::move(operation),
                      .cost = costs_[lines_.size()]});
    return step.name;
  }

  std::vector<std::string> costs_;
  std::vector<Line> lines_;
};

std::vector<Line> lines_of(const std::vector<Instruction>& program) {
  Lines lines(program);
  static_cast<void>(interpreted(program, lines));
  return lines.take();
}

// The longest of a column, so far as it may be: one long line shall not push all others away.
int width_of(const std::vector<Line>& lines, std::string Line::*column) {
  constexpr std::size_t widest = 48;  // chosen: three columns in 120 characters
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, std::min((line.*column).size(), widest));
  return static_cast<int>(width);
}

std::string head_of_stage(const Artifact& artifact, std::size_t stage, const PlanCosts& costs) {
  const bool beyond = stage >= artifact.stages.size();
  const std::string name =
      beyond && is_corrected(artifact.kind)
          ? fmt::format("corrections, part {}", stage + 1 - artifact.stages.size())
          : fmt::format("stage {}", stage + 1);
  const std::string degree =
      beyond ? std::string()
             : fmt::format(" (degree {})", artifact.stages[stage].polynomial.degree());
  return fmt::format("\n-- {}{}: {}, {}, {}, {}\n", name, degree, plural(costs.levels, "level"),
                     plural(costs.key_switches, "key switch"),
                     plural(costs.tensor_products, "tensor product"),
                     plural(costs.scalar_products, "scalar product"));
}

std::string head_of(const Artifact& artifact, const Plan& plan) {
  std::string text = fmt::format("{}: {}\n  plan        {}\n", artifact.name,
                                 describe_function(artifact), describe_costs(plan));
  if (plan.output_scale_factor != 1) {
    text += fmt::format("  output      the last value is {} times the function\n",
                        decimal(plan.output_scale_factor));
  }
  return text +
         "  depth       levels consumed when the result is there; scalars in short, exactly with "
         "--json\n";
}

}  // namespace

std::string plan_listing(const Artifact& artifact) {
  if (is_of_slots(artifact.kind)) {
    std::string text;
    for (const Artifact& part : artifact.parts) text += plan_listing(part);
    return text;
  }
  if (!artifact.plan) {
    return fmt::format("{}: {}\n  plan        {}\n", artifact.name, describe_function(artifact),
                       describe_missing_plan());
  }
  const std::vector<Instruction>& program = artifact.plan->program;
  const std::vector<Line> lines = lines_of(program);
  const std::vector<int> stages = stages_of(program);
  const std::vector<PlanCosts> costs = costs_by_stage(program);
  const int names = width_of(lines, &Line::name);
  const int operations = width_of(lines, &Line::operation);
  std::string text = head_of(artifact, *artifact.plan) +
                     fmt::format("\n{:>5}  {:<{}}   {:<{}}  {}\n", "depth", "name", names,
                                 "operation", operations, "cost");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (stages[i] >= 0 && (i == 0 || stages[i] != stages[i - 1])) {
      const auto stage = static_cast<std::size_t>(stages[i]);
      text += head_of_stage(artifact, stage, costs[stage]);
    }
    std::string line = fmt::format("{:>5}  {:<{}} = {:<{}}  {}", lines[i].depth, lines[i].name,
                                   names, lines[i].operation, operations, lines[i].cost);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string describe_stage_scales(const Artifact& artifact) {
  const std::vector<Instruction>& program = artifact.plan->program;
  const std::vector<int> stages = stages_of(program);
  std::vector<std::string> shifted;
  std::vector<int> doublings;
  for (std::size_t i = 0; i < program.size(); ++i) {
    const Instruction& step = program[i];
    if (step.carried != 0) doublings.push_back(step.carried);
    if (step.operation != PlanOperation::stage || step.scalar == 0) continue;
    const std::string name =
        is_corrected(artifact.kind) ? step.name : fmt::format("stage {}", stages[i] + 1);
    shifted.push_back(fmt::format("{} at 2^{}", name, decimal(step.scalar)));
  }
  std::string text;
  if (!shifted.empty()) text += fmt::format("{} of the usual scale, ", fmt::join(shifted, ", "));
  if (!doublings.empty()) {
    text += fmt::format("doublings as products by {}, ", fmt::join(doublings, ", "));
  }
  return text.empty() ? text : text + "for less noise";
}

}  // namespace equiripple
