// Names and rules.
#include "generator/slots/slot_steps.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace equiripple {
namespace {

constexpr std::array<std::pair<SlotOperation, const char*>, 10> operations = {{
    {SlotOperation::read, "read"},
    {SlotOperation::scale, "scale"},
    {SlotOperation::centre, "centre"},
    {SlotOperation::part, "part"},
    {SlotOperation::sum, "sum"},
    {SlotOperation::square, "square"},
    {SlotOperation::product, "product"},
    {SlotOperation::refresh, "refresh"},
    {SlotOperation::rotate, "rotate"},
    {SlotOperation::pair, "pair"},
}};

}  // namespace

const char* name_of(SlotOperation operation) {
  for (const auto& [known, name] : operations) {
    if (known == operation) return name;
  }
  return "";
}

std::optional<SlotOperation> slot_operation(const std::string& name) {
  for (const auto& [operation, known] : operations) {
    if (name == known) return operation;
  }
  return std::nullopt;
}

bool takes_two(SlotOperation operation) {
  return operation == SlotOperation::centre || operation == SlotOperation::product ||
         operation == SlotOperation::pair;
}

bool has_part(SlotOperation operation) {
  return operation == SlotOperation::part || operation == SlotOperation::pair;
}

bool has_scale(SlotOperation operation) {
  return takes_two(operation) || operation == SlotOperation::read ||
         operation == SlotOperation::scale;
}

std::string defect_of_slot_steps(const SlotSteps& steps, std::size_t count) {
  if (steps.empty()) return "the steps are missing";
  if (steps.size() > most_slot_steps) return "there are too many steps";
  std::size_t used = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const SlotStep& step = steps[i];
    const int last = static_cast<int>(i);
    if (step.left < 0 || step.left > last || step.right < 0 || step.right > last) {
      return "a step reads a later value";
    }
    if (step.operation == SlotOperation::rotate && (step.by < 1 || step.by >= most_slots)) {
      return "a rotation is by no number of slots";
    }
    if (!has_part(step.operation)) continue;
    const bool is_next = step.part >= 0 && static_cast<std::size_t>(step.part) == used;
    const bool is_again = step.operation == SlotOperation::pair && used > 0 && step.part >= 0 &&
                          static_cast<std::size_t>(step.part) == used - 1;
    if (!is_next && !is_again) return "the parts are not used one after another";
    if (is_next) ++used;
  }
  return used == count ? std::string() : "a part is not used";
}

int sums_of(const SlotSteps& steps) {
  return static_cast<int>(std::ranges::count(steps, SlotOperation::sum, &SlotStep::operation));
}

int rotations_of(const SlotSteps& steps) {
  return static_cast<int>(std::ranges::count(steps, SlotOperation::rotate, &SlotStep::operation));
}

int refreshes_of(const SlotSteps& steps) {
  return static_cast<int>(std::ranges::count(steps, SlotOperation::refresh, &SlotStep::operation));
}

std::optional<SlotRefresh> refresh_of(const SlotSteps& steps) {
  const auto first = std::ranges::find(steps, SlotOperation::refresh, &SlotStep::operation);
  return first == steps.end() ? std::nullopt : std::optional(first->refresh);
}

}  // namespace equiripple
