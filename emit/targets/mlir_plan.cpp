// The plan as a function of a row of slots, for HEIR's pipelines: they place relinearisations,
// rescalings and levels by themselves, where the plan has them.
#include "emit/targets/mlir_plan.hpp"

#include <fmt/format.h>

#include <map>

#include "emit/describe.hpp"
#include "emit/targets/arithmetic.hpp"
#include "emit/targets/head.hpp"

namespace equiripple {
namespace {

constexpr int slots = 1024;  // chosen: stands once in a file, for people to change

const char* operation_name(Arithmetic operation) {
  switch (operation) {
    case Arithmetic::multiply:
    case Arithmetic::scale: return "mulf";
    case Arithmetic::subtract: return "subf";
    default: return "addf";
  }
}

std::string function_text(const ArithmeticPlan& plan, const std::string& name) {
  std::string inputs;
  for (const std::string& input : plan.inputs) {
    inputs += fmt::format("{}%{}: !slots {{secret.secret}}", inputs.empty() ? "" : ", ", input);
  }
  std::map<std::string, std::string> relinearised;  // HEIR does that; the value is the product's
  const auto value = [&](const std::string& of) {
    const auto found = relinearised.find(of);
    return "%" + (found == relinearised.end() ? of : found->second);
  };
  std::string body;
  for (const ArithmeticStep& step : plan.steps) {
    if (step.operation == Arithmetic::relinearize) {
      relinearised[step.name] = value(step.left).substr(1);
      continue;
    }
    if (step.operation == Arithmetic::negate) {
      body += fmt::format("  %{} = arith.negf {} : !slots\n", step.name, value(step.left));
      continue;
    }
    std::string right = "%" + step.name + ".by";
    if (step.right.empty()) {
      body += fmt::format("  {} = arith.constant dense<{}> : !slots\n", right,
                          exact_decimal(step.constant));
    } else {
      right = value(step.right);
    }
    body += fmt::format("  %{} = arith.{} {}, {} : !slots\n", step.name,
                        operation_name(step.operation), value(step.left), right);
  }
  return fmt::format("func.func @{}({}) -> !slots {{\n{}  return {} : !slots\n}}\n", name, inputs,
                     body, value(plan.result));
}

}  // namespace

std::string plan_to_mlir(const Plan& plan, const std::string& name) {
  const ArithmeticPlan arithmetic = arithmetic_of(plan);
  return fmt::format(
             "\n// The plan: {} and {}, each of which HEIR relinearises. To C++ for OpenFHE:\n"
             "//   heir-opt --annotate-module='backend=openfhe scheme=CKKS'\n"
             "//     --mlir-to-ckks='min-slot-count={} first-mod-bits=60 scaling-mod-bits=50'\n"
             "//     --scheme-to-openfhe='entry-function={}' FILE | heir-translate "
             "--emit-openfhe-pke\n"
             "!slots = tensor<{}xf64>\n",
             plural(arithmetic.levels, "level"), plural(plan.costs.tensor_products, "product"),
             slots, name, slots) +
         function_text(arithmetic, name);
}

}  // namespace equiripple
