// Names, and a comparison.
#include "emit/plan/continuation.hpp"

#include <algorithm>

namespace equiripple {
namespace {

// But for scales, which are chosen for the whole.
bool is_same(const Instruction& a, const Instruction& b) {
  const bool same_scalar = a.operation == PlanOperation::stage || a.scalar == b.scalar;
  return a.operation == b.operation && a.name == b.name && a.left == b.left && a.right == b.right &&
         same_scalar && a.integer == b.integer && a.centre == b.centre &&
         a.half_width == b.half_width && a.depth == b.depth;
}

}  // namespace

std::vector<Instruction> as_start(std::vector<Instruction> planned) {
  const std::string from = result_name;
  for (Instruction& step : planned) {
    if (step.name.starts_with(from)) step.name = start_name + step.name.substr(from.size());
  }
  return planned;
}

std::optional<std::vector<Instruction>::const_iterator> end_of_start(
    const std::vector<Instruction>& program) {
  const auto start = std::ranges::find(program, start_name, &Instruction::name);
  if (start == program.end()) return std::nullopt;
  return start + 1;
}

std::string first_difference(const std::vector<Instruction>& found,
                             const std::vector<Instruction>& right) {
  const std::size_t shared = std::min(found.size(), right.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (!is_same(found[i], right[i])) return found[i].name;
  }
  if (found.size() == right.size()) return {};
  return found.size() > shared ? found[shared].name : found.back().name;
}

}  // namespace equiripple
