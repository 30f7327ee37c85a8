// The plan as a function of a row of slots, for HEIR's pipelines: they place relinearisations,
// rescalings and levels by themselves, where the plan has them.
#include "emit/targets/mlir_plan.hpp"

#include <fmt/format.h>

#include "emit/describe.hpp"
#include "emit/targets/head.hpp"

namespace equiripple {
namespace {

constexpr int slots = 1024;  // chosen: stands once in a file, for people to change

class PlanText {
 public:
  explicit PlanText(const Plan& plan) : plan_(plan), names_(plan.program.size()) {}

  std::string function(const std::string& name) {
    std::string inputs;
    for (std::size_t i = 0; i < plan_.program.size(); ++i) {
      const Instruction& step = plan_.program[i];
      if (step.operation != PlanOperation::input) {
        names_[i] = result_of(step);
        continue;
      }
      names_[i] = "%" + step.name;
      if (!inputs.empty()) inputs += ", ";
      inputs += names_[i] + ": !slots {secret.secret}";
    }
    std::string result = names_.back();
    if (plan_.output_scale_factor != 1) {
      result = with_constant("mulf", "%result.whole", result, 1 / plan_.output_scale_factor);
    }
    return fmt::format("func.func @{}({}) -> !slots {{\n{}  return {} : !slots\n}}\n", name, inputs,
                       body_, result);
  }

 private:
  std::string binary(const char* operation, const std::string& name, const std::string& left,
                     const std::string& right) {
    body_ += fmt::format("  {} = arith.{} {}, {} : !slots\n", name, operation, left, right);
    return name;
  }

  // In binary64, as numbers of the program are.
  std::string with_constant(const char* operation, const std::string& name, const std::string& left,
                            const Rational& constant) {
    body_ += fmt::format("  {}.by = arith.constant dense<{}> : !slots\n", name,
                         exact_decimal(Rational(to_double(constant))));
    return binary(operation, name, left, name + ".by");
  }

  // The doublings of powers take no level.
  std::string multiple(const std::string& name, const std::string& x, int integer) {
    if (integer == 0) return binary("subf", name, x, x);
    if (integer == 2) return binary("addf", name, x, x);
    return with_constant("mulf", name, x, integer);
  }

  std::string normalised(const std::string& name, std::string x, const Instruction& step) {
    if (step.centre != 0) x = with_constant("addf", name + ".moved", x, -step.centre);
    return step.half_width == 1 ? x : with_constant("mulf", name, x, 1 / step.half_width);
  }

  std::string result_of(const Instruction& step) {
    const std::string name = "%" + step.name;
    const std::string& left = names_[static_cast<std::size_t>(step.left)];
    const auto right = [&] { return names_[static_cast<std::size_t>(step.right)]; };
    switch (step.operation) {
      case PlanOperation::multiply: return binary("mulf", name, left, right());
      case PlanOperation::square: return binary("mulf", name, left, left);
      case PlanOperation::add: return binary("addf", name, left, right());
      case PlanOperation::subtract: return binary("subf", name, left, right());
      case PlanOperation::multiply_scalar: return with_constant("mulf", name, left, step.scalar);
      case PlanOperation::add_scalar: return with_constant("addf", name, left, step.scalar);
      case PlanOperation::multiply_integer: return multiple(name, left, step.integer);
      case PlanOperation::normalise: return normalised(name, left, step);
      default: return left;  // what HEIR places, and what numbers do not see
    }
  }

  const Plan& plan_;
  std::vector<std::string> names_;
  std::string body_;
};

// As HEIR reads no ciphertext at another scale than its own.
int levels_of(const Plan& plan) {
  bool has_range = false;
  for (const Instruction& step : plan.program) {
    has_range = has_range || (step.operation == PlanOperation::normalise && step.half_width != 1);
  }
  return plan.costs.levels + int{has_range} + int{plan.output_scale_factor != 1};
}

}  // namespace

std::string plan_to_mlir(const Plan& plan, const std::string& name) {
  return fmt::format(
             "\n// The plan: {} and {}, of which HEIR relinearises each; {} where it keeps a sum "
             "of\n"
             "// products. To C++ for OpenFHE:\n"
             "//   heir-opt --annotate-module='backend=openfhe scheme=CKKS'\n"
             "//     --mlir-to-ckks='min-slot-count={} first-mod-bits=60 scaling-mod-bits=50'\n"
             "//     --scheme-to-openfhe='entry-function={}' FILE | heir-translate "
             "--emit-openfhe-pke\n"
             "!slots = tensor<{}xf64>\n",
             plural(levels_of(plan), "level"), plural(plan.costs.tensor_products, "product"),
             plan.costs.key_switches, slots, name, slots) +
         PlanText(plan).function(name);
}

}  // namespace equiripple
