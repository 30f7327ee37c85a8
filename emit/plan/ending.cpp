// In the program alone the input is normalised; behind others the value is read as a stage.
#include "emit/plan/ending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "emit/plan/continuation.hpp"

namespace equiripple {
namespace {

constexpr int variable = 1;  // of the program alone; 0 is the input

bool is_operand(int operand) { return operand >= 0; }

std::array<int*, 2> operands_of(Instruction& instruction) {
  return {&instruction.left, &instruction.right};
}

}  // namespace

std::string ending_prefix(int stage) { return fmt::format("s{}_", stage); }

std::vector<Instruction> with_ending(std::vector<Instruction> begun,
                                     const std::vector<Instruction>& planned, int stage) {
  const int value = static_cast<int>(begun.size()) - 1;
  const int depth = begun.back().depth;
  for (std::size_t i = variable; i < planned.size(); ++i) {
    Instruction instruction = planned[i];
    if (!instruction.name.starts_with(result_name)) {
      instruction.name = ending_prefix(stage) + instruction.name;
    }
    instruction.depth += depth;
    if (i == variable) {
      begun.push_back({.operation = PlanOperation::stage,
                       .name = instruction.name,
                       .left = value,
                       .depth = instruction.depth});
      continue;
    }
    for (int* operand : operands_of(instruction)) {
      if (*operand == 0) throw std::logic_error("with_ending: the input itself is read");
      if (is_operand(*operand)) *operand += value;
    }
    begun.push_back(std::move(instruction));
  }
  return begun;
}

std::optional<TwoParts> without_ending(const std::vector<Instruction>& program, int stage) {
  const auto begin = std::ranges::find_if(program, [&](const Instruction& instruction) {
    return instruction.operation == PlanOperation::stage &&
           instruction.name.starts_with(ending_prefix(stage));
  });
  if (begin == program.end() || begin->left + 1 != begin - program.begin()) return std::nullopt;
  const int value = begin->left;
  const int depth = begin->depth;
  TwoParts parts{.begun = {program.begin(), begin}, .planned = {}};
  parts.planned.push_back({.operation = PlanOperation::input, .name = "x"});
  parts.planned.push_back(
      {.operation = PlanOperation::normalise, .name = "t1", .left = 0, .half_width = 1});
  for (auto next = begin + 1; next != program.end(); ++next) {
    Instruction instruction = *next;
    instruction.depth -= depth;
    for (int* operand : operands_of(instruction)) {
      if (!is_operand(*operand)) continue;
      if (*operand <= value) return std::nullopt;
      *operand -= value;
    }
    parts.planned.push_back(std::move(instruction));
  }
  return parts;
}

}  // namespace equiripple
