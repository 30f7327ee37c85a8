// The first part is exp, or the only one 1/sqrt(x) or max; all others are 1/x.
#include "emit/slots_structure.hpp"

#include <fmt/format.h>

namespace equiripple {
namespace {

Kind kind_of_part(Kind whole, std::size_t index) {
  if (whole == Kind::largest) return Kind::max;
  if (!is_of_powers(whole)) return Kind::rsqrt;
  return index == 0 ? Kind::exp : Kind::inverse;
}

}  // namespace

bool is_of_powers(Kind kind) { return kind == Kind::softmax || kind == Kind::argmax; }

bool is_of_places(Kind kind) { return kind == Kind::argmax || kind == Kind::largest; }

std::string name_of_part(const std::string& whole, Kind kind, std::size_t index) {
  const char* function = name_of(kind_of_part(kind, index));
  return is_of_powers(kind) && index > 0 ? fmt::format("{}_{}_{}", whole, function, index)
                                         : fmt::format("{}_{}", whole, function);
}

std::string defect_of_slots(const Artifact& artifact) {
  const std::size_t count = artifact.parts.size();
  if (is_of_powers(artifact.kind) ? count < 2 : count != 1) return "its parts are not as many";
  for (std::size_t i = 0; i < count; ++i) {
    const Artifact& part = artifact.parts[i];
    if (part.kind != kind_of_part(artifact.kind, i)) {
      return fmt::format("part {} is of kind {}, not {}", i + 1, name_of(part.kind),
                         name_of(kind_of_part(artifact.kind, i)));
    }
    if (part.name != name_of_part(artifact.name, artifact.kind, i)) {
      return fmt::format("part {} is not called {}", i + 1,
                         name_of_part(artifact.name, artifact.kind, i));
    }
    if (!part.plan) return fmt::format("part {} has no program", i + 1);
    if (part.plan->output_scale_factor != 1) {
      return fmt::format("part {} computes a multiple of its function", i + 1);
    }
  }
  for (const SlotStep& step : artifact.slot_steps) {
    if (has_part(step.operation) && step.part >= 0 && static_cast<std::size_t>(step.part) < count &&
        has_two_inputs(artifact.parts[static_cast<std::size_t>(step.part)].kind) !=
            takes_two(step.operation)) {
      return "a step gives a part as many values as it does not take";
    }
    if (!is_binary64(step.scale) || !is_binary64(step.offset) || step.scale <= 0) {
      return "a step has a scale that is no positive binary64 number, or an offset that is none";
    }
    if (!is_binary64(step.refresh.noise)) return "the noise of a refresh is no binary64 number";
  }
  return defect_of_slot_steps(artifact.slot_steps, count);
}

}  // namespace equiripple
