// The largest of many slots: rounds of one max, by what is asked for and by the fewest levels.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/make/slot_forms.hpp"
#include "emit/make/slot_parts.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// The first choice by request.plan.objective that is proved to meet the error within the budgets.
[[nodiscard]] Outcome<SlotsChoice> make_tournament(const SlotsRequest& request,
                                                   const Identity& identity, SlotParts& parts);

}  // namespace equiripple
