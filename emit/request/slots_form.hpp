// The form of a function of many slots, read off its parts and steps (emit/slots_structure).
#pragma once

#include "emit/artifact.hpp"
#include "emit/request/requests.hpp"
#include "generator/slots/normalised_powers.hpp"
#include "generator/slots/tournament.hpp"
#include "generator/slots/unit_variance.hpp"

namespace equiripple {

/// Scale and offset as the steps say. The squarings are as many as the parts tell.
[[nodiscard]] NormalisedPowers powers_in(const SlotsRequest& request, const Artifact& artifact);
[[nodiscard]] UnitVariance unit_variance_in(const SlotsRequest& request, const Artifact& artifact);

/// The rounds and their refreshes; scale and factor as the steps say.
[[nodiscard]] Tournament tournament_in(const SlotsRequest& request, const Artifact& artifact);

/// The program of a part that takes two, in intervals.
[[nodiscard]] PairFunction pair_function_of(const Artifact& part);

/// The function that a part's tables and its program's corrections are; of a part that was made or
/// verified, else throws std::logic_error.
[[nodiscard]] SlotFunction slot_function_of(const Artifact& part);

}  // namespace equiripple
