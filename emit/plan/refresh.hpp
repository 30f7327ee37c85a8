// Refreshes (bootstrapping) in a program: a stage's variable that is refreshed before it is used,
// or the input (of two their difference) before everything else.
//
// The first is the operation `stage` with the integer 1, so that all that knows stages knows it;
// files and emitted code call it `refresh`. The second is `refresh_input`. Its real part is taken
// afterwards, by a key switch that is counted with the others. Depths count on from stage to stage:
// what a refresh leaves is counted anew by whoever asks for levels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/plan/latency.hpp"

namespace equiripple {

struct RefreshRequest {
  int levels = 1;  // that a refresh leaves
  int start = 1;   // of the input
  int lowest = 0;  // the least level that can be refreshed
  Rational noise;  // at most this is added to the value, which is scaled to [-1, 1]; above 0, below
                   // 1/4, binary64. It may be complex: the real part is taken after the refresh
  double cost = 0;  // of a refresh, in the unit of the table of costs; at least 0
};

[[nodiscard]] inline bool is_refresh(const Instruction& step) {
  return step.operation == PlanOperation::refresh_input ||
         (step.operation == PlanOperation::stage && step.integer == 1);
}

/// As files and emitted code call the operation.
[[nodiscard]] const char* operation_name(const Instruction& step);

/// Sets the operation of this name; whether there is one.
[[nodiscard]] bool set_operation(Instruction& step, const std::string& name);

/// count(program), with the key switches that take real parts.
[[nodiscard]] PlanCosts counted(const std::vector<Instruction>& program);

/// The numbers of the stages whose variable is refreshed, of the first stage with the input;
/// ascending.
[[nodiscard]] std::vector<int> refreshed_stages(const std::vector<Instruction>& program);

/// The plan with the variables of these stages refreshed, by stage; of the first, the input.
[[nodiscard]] Plan with_refreshes(Plan plan, const std::vector<bool>& before);

/// Why what the program does with its input is not what with_refreshes makes of it: it is refreshed
/// once, with the half width of the first stage's basis, before anything else reads it. Empty where
/// all is well, or it is not refreshed.
[[nodiscard]] std::string defect_of_refreshed_input(const std::vector<Instruction>& program);

/// The time of the program with the levels that are really there, and of its refreshes.
[[nodiscard]] double refreshed_latency(const std::vector<Instruction>& program,
                                       const CostTable& costs, const RefreshRequest& refresh);

/// Why the levels do not suffice, as the runtime deals them out; empty where they do.
[[nodiscard]] std::string defect_of_levels(const std::vector<Instruction>& program,
                                           const RefreshRequest& refresh);

/// Levels that are left in the end, then. Only where there is no defect.
[[nodiscard]] int levels_left(const std::vector<Instruction>& program,
                              const RefreshRequest& refresh);

}  // namespace equiripple
