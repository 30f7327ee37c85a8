// Functions of many slots: forms of parts, each made as a request of its own, and the whole proved
// from what is proved of them.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/make/slot_forms.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Of everything that was tried, the first choice by request.plan.objective that is proved to meet
/// the error within the budgets.
[[nodiscard]] Outcome<SlotsChoice> make_slots(const SlotsRequest& request,
                                              const Identity& identity);

}  // namespace equiripple
