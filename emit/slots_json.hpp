// The steps of functions of many slots as JSON.
#pragma once

#include "emit/json.hpp"
#include "generator/slots/slot_steps.hpp"

namespace equiripple {

[[nodiscard]] Json to_json(const SlotSteps& steps);

/// `list` is a list of objects.
[[nodiscard]] Expected<SlotSteps> slot_steps_from_json(const Json& list);

}  // namespace equiripple
