// Names, command lines, and the consistency of artifacts.
#include "emit/artifact.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <equiripple/recording.hpp>
#include <string_view>

#include "emit/makes.hpp"
#include "emit/plan/ciphertext_rules.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/plan/stepped.hpp"
#include "emit/points.hpp"
#include "emit/slots_structure.hpp"

namespace equiripple {
namespace {

constexpr std::array reserved_words = {
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
    "case", "catch", "char", "char8_t", "char16_t", "char32_t", "class", "compl", "concept",
    "const", "consteval", "constexpr", "constinit", "const_cast", "continue", "co_await",
    "co_return", "co_yield", "decltype", "default", "delete", "do", "double", "dynamic_cast",
    "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
    "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr",
    "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "requires", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast",
    "struct", "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef",
    "typeid", "typename", "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t",
    "while", "xor", "xor_eq",
    // names that every program has, and predefined macros of compilers in their GNU modes
    "std", "equiripple", "main", "linux", "unix", "i386", "NULL", "EOF", "errno", "assert",
    // functions that the C library puts into the global namespace: a namespace cannot share them
    "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "erf", "erfc", "exp", "exp2",
    "fabs", "floor", "fma", "fmax", "fmin", "gamma", "j0", "j1", "jn", "labs", "lgamma", "log",
    "log1p", "log2", "logb", "pow", "rint", "round", "signal", "sin", "sinh", "sqrt", "tan", "tanh",
    "tgamma", "trunc", "y0", "y1", "yn", "div", "exit", "free", "malloc", "random", "rand", "read",
    "write", "select", "time", "index", "remove", "rename", "system", "cbrt"};

constexpr std::size_t longest_name = 200;  // chosen: linkers and file systems agree

bool is_plain_word(std::string_view word) {
  return !word.empty() && word.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "+-.,/_=^:") == std::string_view::npos;
}

std::string shell_word(const std::string& word) {
  if (is_plain_word(word)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

bool is_size(const Rational& q) { return q >= 0 && std::isfinite(to_double(q, Rounding::up)); }

bool is_finite(const ClaimRecord& claim) {
  const ErrorEnclosure& e = claim.error;
  return is_size(e.lower) && is_size(e.attained) && is_size(e.upper);
}

bool is_ordered(const ClaimRecord& claim) {
  return claim.error.lower <= claim.error.attained && claim.error.attained <= claim.error.upper;
}

bool all_are(const std::vector<ClaimRecord>& claims, bool (*holds)(const ClaimRecord&)) {
  return std::ranges::all_of(claims, holds);
}

std::string defect_of_stage(const StageRecord& stage) {
  const ChebyshevSeries& p = stage.polynomial;
  if (p.coefficients.empty() || p.degree() > highest_degree) {
    return fmt::format("a stage has degree {}", p.degree());
  }
  if (!(p.basis.lower < p.basis.upper)) return "a stage's basis is empty";
  if (!is_binary64(p.basis.lower) || !is_binary64(p.basis.upper)) {
    return "a stage's basis is not binary64";
  }
  if (!is_finite(stage.claim)) return "an error is negative or not finite";
  for (const Rational& c : p.coefficients) {
    if (!std::isfinite(to_double(c))) return "coefficients exceed binary64";
  }
  for (const Domain& domain : {stage.domain, stage.range}) {
    for (std::size_t i = 0; i < domain.size(); ++i) {
      if (domain[i].lower > domain[i].upper || (i > 0 && domain[i].lower < domain[i - 1].upper)) {
        return "a stage's domain or range is not ascending";
      }
      if (!is_binary64(domain[i].lower) || !is_binary64(domain[i].upper)) {
        return "a stage's domain or range is not binary64";
      }
    }
  }
  if (stage.domain.empty()) return "a stage has no domain";
  if (stage.deviations) {
    const DeviationRecord& found = *stage.deviations;
    if (found.table.size() != found.program.size()) return "deviations are not as many";
    for (const auto& list : {found.table, found.program}) {
      if (!std::ranges::all_of(list, is_size)) return "a deviation is negative or not finite";
    }
  }
  return {};
}

std::string contradiction_in_stage(const StageRecord& stage) {
  const ChebyshevSeries& p = stage.polynomial;
  if (!is_ordered(stage.claim)) return "an error is not lower <= attained <= upper";
  if (stage.range.empty()) return "a stage has a domain and no range";
  const Interval whole = hull(stage.domain);
  if (whole.lower < p.basis.lower || whole.upper > p.basis.upper) {
    return "a stage's domain is not inside its basis";
  }
  if (p.parity == Parity::none) return {};
  if (p.basis.lower != -p.basis.upper) return "an odd or even stage has an asymmetric basis";
  const std::size_t first_zero = p.parity == Parity::odd ? 0 : 1;
  for (std::size_t k = first_zero; k < p.coefficients.size(); k += 2) {
    if (p.coefficients[k] != 0) return fmt::format("T{} must be 0 by parity", k);
  }
  return {};
}

std::string contradiction_in_costs(const Plan& plan) {
  const PlanCosts found = counted(plan.program);
  if (plan.costs == found) return {};
  return fmt::format(
      "the program takes {} levels, {} key switches, {} tensor products, {} scalar products and {} "
      "rescalings, not {}, {}, {}, {}, {}",
      found.levels, found.key_switches, found.tensor_products, found.scalar_products,
      found.rescalings, plan.costs.levels, plan.costs.key_switches, plan.costs.tensor_products,
      plan.costs.scalar_products, plan.costs.rescalings);
}

std::string contradiction_in_plan(const Plan& plan) {
  constexpr long widest_log2 = 64;  // chosen: no scale of a ciphertext is that far off
  const Rational& factor = plan.output_scale_factor;
  if (factor < power_of_two(-widest_log2) || factor > power_of_two(widest_log2)) {
    return "output_scale_factor must be positive, and between 2^-64 and 2^64";
  }
  if (std::string why = contradiction_in_costs(plan); !why.empty()) return why;
  return breach_of_ciphertext_rules(plan.program);
}

// The depth that follows from the operands' depths; a drop may state any that is not above them.
bool is_depth_sound(const Instruction& step, const std::vector<Instruction>& program) {
  int depth = 0;
  for (const int operand : {step.left, step.right}) {
    if (operand >= 0) depth = std::max(depth, program[static_cast<std::size_t>(operand)].depth);
  }
  if (step.operation == PlanOperation::rescale) ++depth;
  if (step.depth > deepest_program) return false;
  return step.operation == PlanOperation::drop ? step.depth >= depth : step.depth == depth;
}

std::string defect_of_program(const Plan& plan) {
  if (plan.program.empty()) return "the program is empty";
  if (!is_binary64(plan.growth) || !is_binary64(plan.output_scale_factor)) {
    return "growth or output_scale_factor is not binary64";
  }
  for (std::size_t i = 0; i < plan.program.size(); ++i) {
    const Instruction& step = plan.program[i];
    constexpr std::array taken = {"he", "Value", "Evaluator", "run", "Plan"};
    if (!is_identifier(step.name) ||
        std::ranges::find(taken, std::string_view(step.name)) != taken.end()) {
      return fmt::format("operation {} has no usable name", i + 1);
    }
    const int count = facts_of(step.operation).operands;
    for (const int operand : {step.left, step.right}) {
      if (operand >= static_cast<int>(i)) return fmt::format("{} reads a later value", step.name);
    }
    if ((step.left >= 0) != (count >= 1) || (step.right >= 0) != (count >= 2)) {
      return fmt::format("{} has the wrong number of operands", step.name);
    }
    if (!is_binary64(step.scalar) || !is_binary64(step.centre) || !is_binary64(step.half_width)) {
      return fmt::format("{} has a scalar that is no binary64 number", step.name);
    }
    if (step.operation == PlanOperation::stage &&
        abs(step.scalar) > Rational(detail::largest_log2_scale)) {
      return fmt::format("{} has a log2_scale outside [-8, 8]", step.name);
    }
    if (step.carried != 0 && step.operation != PlanOperation::multiply_integer) {
      return fmt::format("{} carries out no integer", step.name);
    }
    if (!detail::can_carry(step.integer, step.carried)) {
      return fmt::format("{} cannot be carried out as {} times its operand", step.name,
                         step.carried);
    }
    if (step.half_width <= 0) return fmt::format("{} has no half_width above 0", step.name);
    if (!is_depth_sound(step, plan.program)) return fmt::format("{} has a wrong depth", step.name);
    if (step.operation == PlanOperation::input && i > 0 &&
        plan.program[i - 1].operation != PlanOperation::input) {
      return fmt::format("the input {} stands after an operation", step.name);
    }
  }
  const auto carries = [](const Instruction& step) { return step.carried != 0; };
  if (std::ranges::any_of(plan.program, is_refresh) && std::ranges::any_of(plan.program, carries)) {
    return "it is refreshed, and carries out integers as others";
  }
  return {};
}

// Of one that has parts in place of stages.
std::string defect_of_many_slots(const Artifact& artifact) {
  if (!artifact.stages.empty() || artifact.plan) return "it has stages of its own";
  if (!is_finite(artifact.claim)) return "an error is negative or not finite";
  for (const Artifact& part : artifact.parts) {
    if (is_of_slots(part.kind)) return "a part has parts";
    if (std::string defect = defect_of(part); !defect.empty()) return part.name + ": " + defect;
  }
  return defect_of_slots(artifact);
}

}  // namespace

std::vector<ChebyshevSeries> polynomials_of(const Artifact& artifact) {
  std::vector<ChebyshevSeries> polynomials;
  for (const StageRecord& stage : artifact.stages) polynomials.push_back(stage.polynomial);
  return polynomials;
}

std::vector<Interval> ranges_of(const Artifact& artifact) {
  std::vector<Interval> ranges;
  for (const StageRecord& stage : artifact.stages) {
    ranges.push_back(stage.range.empty() ? Interval{0, 0} : hull(stage.range));
  }
  return ranges;
}

bool is_identifier(const std::string& name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto letter_or_digit = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  if (name.empty() || name.size() > longest_name || !letter(name.front())) return false;
  if (!std::ranges::all_of(name, letter_or_digit)) return false;
  const bool reserved = name.front() == '_' || name.find("__") != std::string::npos;
  return !reserved &&
         std::ranges::find(reserved_words, std::string_view(name)) == reserved_words.end();
}

std::string command_line(const RequestRecord& request) {
  std::string line = "equiripple " + request.command;
  for (const RequestOption& option : request.options) {
    if (is_point_record(option)) continue;
    if (option.values.empty()) line += " --" + option.name;  // a flag
    for (const std::string& value : option.values) {
      line += " --" + option.name + " " + shell_word(value);
    }
  }
  return line;
}

std::string defect_of(const Artifact& artifact) {
  if (!is_identifier(artifact.name)) return "the name is no identifier";
  if (is_of_slots(artifact.kind)) return defect_of_many_slots(artifact);
  if (artifact.stages.empty()) return "there is no stage";
  for (const StageRecord& stage : artifact.stages) {
    if (std::string defect = defect_of_stage(stage); !defect.empty()) return defect;
  }
  if (!is_finite(artifact.claim) || !all_are(artifact.objectives, is_finite)) {
    return "an error is negative or not finite";
  }
  if (artifact.outside &&
      !(is_binary64(artifact.outside->bound) && is_binary64(artifact.outside->reach.lower) &&
        is_binary64(artifact.outside->reach.upper) &&
        is_binary64(artifact.outside->side.value_or(0)))) {
    return "what is said of the outside is not binary64";
  }
  if (is_corrected(artifact.kind) && artifact.stages.size() != 1) {
    return "a start that is corrected is one stage";
  }
  if (is_corrected(artifact.kind) && !artifact.steps.empty() && noise_of(artifact).empty()) {
    return "a start has no steps but its refresh";
  }
  if (has_steps(artifact.kind) && !is_stepped(artifact)) return "the steps are missing";
  if (is_stepped(artifact) && !may_have_steps(artifact.request.command))
    return "its kind has no steps";
  if (!artifact.steps.empty()) {
    if (std::string defect = defect_of_steps(artifact.steps, artifact.stages.size());
        !defect.empty()) {
      return defect;
    }
  }
  if (!artifact.plan) return {};
  if (artifact.plan->inputs() != (has_two_inputs(artifact.kind) ? 2 : 1)) {
    return "the program has another number of inputs than its kind";
  }
  return defect_of_program(*artifact.plan);
}

Rational shift_of(const Artifact& artifact, std::size_t stage) {
  const std::vector<Rational> noise = noise_of(artifact);
  if (stage >= noise.size()) return 0;
  const Interval& basis = artifact.stages[stage].polynomial.basis;
  return noise[stage] * (basis.upper - basis.lower) / 2;
}

std::optional<Rational> refreshed_start_scale(const Artifact& artifact) {
  if (!is_corrected(artifact.kind) || noise_of(artifact).empty()) return std::nullopt;
  return start_scale(ranges_of(artifact).front());
}

Rational start_error_of(const Artifact& artifact) {
  const StageRecord& start = artifact.stages.front();
  const std::optional<Rational> scale = refreshed_start_scale(artifact);
  if (!scale) return start.claim.error.upper;
  return start.claim.error.upper + noise_of_start(correction_map(artifact.kind),
                                                  noise_of(artifact).back(), *scale,
                                                  hull(start.domain));
}

Domain domain_of(const Artifact& artifact) {
  const Domain& domain = artifact.stages.front().domain;
  const Rational shift = shift_of(artifact, 0);
  if (shift == 0) return domain;
  Domain left;
  for (const Interval& interval : domain) {
    left.push_back({Rational(to_double(interval.lower + shift, Rounding::up)),
                    Rational(to_double(interval.upper - shift, Rounding::down))});
  }
  return left;
}

bool is_stepped(const Artifact& artifact) {
  if (artifact.steps.empty()) return false;
  if (noise_of(artifact).empty() || has_steps(artifact.kind)) return true;
  // Else compositions of sign list their stages for the refreshes alone.
  const std::string& command = artifact.request.command;
  const auto is_threshold = [](const RequestOption& option) { return option.name == "threshold"; };
  const bool is_composition = kind_named(command) || command == both_of_two;
  return !is_composition || std::ranges::any_of(artifact.request.options, is_threshold);
}

namespace {

// Steps and program refresh the same stages, of compositions of sign.
std::string contradiction_in_refreshes(const Artifact& artifact) {
  const std::vector<Rational> noise = noise_of(artifact);
  std::vector<int> stages;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    if (noise[i] < 0 || noise[i] >= Rational(1, 4))
      return "the noise of a refresh is not in (0, 1/4)";
    if (noise[i] > 0) stages.push_back(static_cast<int>(i) + 1);
  }
  if (!noise.empty() && !artifact.plan) return "refreshes are in a program, and there is none";
  const bool is_start = is_corrected(artifact.kind);
  if (!noise.empty() && noise.size() != artifact.stages.size() + (is_start ? 1 : 0)) {
    return "the steps refresh what nothing reads";
  }
  if (is_start && !noise.empty()) {
    const Interval range = ranges_of(artifact).front();
    if (artifact.corrections == 0) return "a start is refreshed, and not corrected";
    if (noise.front() > 0) return "the input of a start is refreshed";
    if (range.lower == 0 && range.upper == 0) return "a start is refreshed, and is 0";
  }
  if (!artifact.plan) return {};
  if (std::string why = defect_of_refreshed_input(artifact.plan->program); !why.empty()) {
    return "the input: " + why;
  }
  if (shift_of(artifact, 0) > 0 && is_stepped(artifact)) return "the input of steps is refreshed";
  for (const Interval& interval : domain_of(artifact)) {
    if (interval.lower >= interval.upper)
      return "a refresh of the input leaves nothing of its domain";
  }
  if (refreshed_stages(artifact.plan->program) == stages) return {};
  return "the program refreshes other stages than the steps";
}

}  // namespace

std::string contradiction_in(const Artifact& artifact) {
  for (const Artifact& part : artifact.parts) {
    if (std::string why = contradiction_in(part); !why.empty()) return part.name + ": " + why;
  }
  if (!makes(artifact.request.command, artifact.kind)) {
    return fmt::format("the command '{}' does not make the kind {}", artifact.request.command,
                       name_of(artifact.kind));
  }
  for (const StageRecord& stage : artifact.stages) {
    if (std::string why = contradiction_in_stage(stage); !why.empty()) return why;
  }
  if (!is_ordered(artifact.claim) || !all_are(artifact.objectives, is_ordered))
    return "an error is not lower <= attained <= upper";
  if (is_corrected(artifact.kind) && !artifact.plan) {
    return "corrections stand in the program, and there is none";
  }
  if (std::string why = contradiction_in_refreshes(artifact); !why.empty()) return why;
  if (is_stepped(artifact)) {
    if (!artifact.plan) return "a function of steps has a program, and there is none";
    if (!can_be_planned(without_refreshes(artifact.steps)))
      return "its steps are none that programs take";
  }
  return artifact.plan ? contradiction_in_plan(*artifact.plan) : std::string();
}

}  // namespace equiripple
