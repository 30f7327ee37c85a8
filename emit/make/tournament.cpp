// The error in equal parts to the rounds, less what refreshes add, which are as few as levels
// allow.
#include "emit/make/tournament.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/slots_form.hpp"
#include "emit/slot_costs.hpp"
#include "generator/slots/refresh_room.hpp"

namespace equiripple {
namespace {

const char* text_of(PlanObjective objective) {
  switch (objective) {
    case PlanObjective::levels: return "the fewest levels";
    case PlanObjective::key_switches: return "the fewest key switches";
    case PlanObjective::latency: break;
  }
  return "the least latency";
}

class TournamentMaker {
 public:
  TournamentMaker(const SlotsRequest& request, const Identity& identity, SlotParts& parts)
      : request_(request), identity_(identity), parts_(parts), forms_(request) {}

  Outcome<SlotsChoice> run() {
    for (const PlanObjective objective : slot_objectives(request_)) {
      auto refusal =
          forms_.add(fmt::format("{} of max, {}", plural(rounds(), "round"), text_of(objective)),
                     [&] { return made_for(objective); });
      if (refusal) return *refusal;
    }
    return forms_.best();
  }

 private:
  int rounds() const { return static_cast<int>(rotations_of_rounds(request_.length).size()); }

  // Two slots differ by 2 R and what they are off, which is below the error asked for.
  Tournament empty_form() const {
    constexpr int bits =
        10;  // chosen: a thousandth of max's range is left, and the factor is short
    Tournament form{
        .length = request_.length, .range = request_.range, .refresh = slot_refresh_of(request_)};
    form.factor =
        round_to_bits(Rational(2 * (request_.range + request_.error)), bits, Rounding::up);
    form.scale = round_to_bits(Rational(1 / form.factor), binary64_bits, Rounding::down);
    return form;
  }

  // More refreshes leave less of the error to max, which may then take more levels.
  Outcome<Artifact> made_for(PlanObjective objective) {
    for (int refreshes = 0;;) {
      Outcome<Artifact> made = made_with(objective, refreshes);
      if (!made) return made;
      const int taken = refreshes_of(made->slot_steps);
      if (taken <= refreshes) return made;
      refreshes = taken;
    }
  }

  // Of at most so many refreshes; where there are more the claim is without meaning.
  Outcome<Artifact> made_with(PlanObjective objective, int refreshes) {
    Tournament form = empty_form();
    form.refreshed.assign(static_cast<std::size_t>(refreshes), true);
    const std::optional<Rational> of_refreshes = tournament_bound(form, 0);
    const Rational little = power_of_two(-60) * request_.range;
    if (!of_refreshes || *of_refreshes + little >= request_.error) {
      if (of_refreshes) forms_.note_reached(*of_refreshes);
      return Refusal{"refreshes leave as much of the error, or more"};
    }
    const Rational error =
        (request_.error - *of_refreshes - little) / (form.factor * Rational(rounds()));
    constexpr int levels_of_round = 8;  // about
    Outcome<Artifact> max = parts_.made({.kind = Kind::max,
                                         .domain = {-1, 1},
                                         .error = error,
                                         .objective = objective,
                                         .levels_after = (rounds() - 1) * levels_of_round / 2},
                                        0);
    if (!max) return max.error();
    Outcome<Artifact> placed = with_refreshes(form, *max);
    if (!placed || refreshes_of(placed->slot_steps) > refreshes) return placed;
    form = tournament_in(request_, *placed);
    const auto proved = certify_tournament(form, max->claim.error.upper, pair_function_of(*max));
    if (!proved) return Refusal{"slots may differ by more than what max is made for"};
    placed->claim = {*proved, Metric::absolute};
    return placed;
  }

  // Before each round that lacks levels.
  Outcome<Artifact> with_refreshes(Tournament form, const Artifact& max) const {
    form.refreshed.assign(static_cast<std::size_t>(rounds()), false);
    for (;;) {
      Artifact artifact = empty_slots(request_, identity_, steps_of(form));
      artifact.parts = {max};
      if (!request_.refresh) return artifact;
      const auto lacking = levels_left(artifact, request_.refresh->start).lacking;
      if (!lacking) return artifact;
      auto round = static_cast<std::size_t>(std::count_if(
          artifact.slot_steps.begin(),
          artifact.slot_steps.begin() + static_cast<std::ptrdiff_t>(*lacking),
          [](const SlotStep& step) { return step.operation == SlotOperation::pair; }));
      // What is refreshed has too few levels even for that: an earlier round.
      if (artifact.slot_steps[*lacking].operation == SlotOperation::refresh) {
        form.refreshed[round] = false;
        while (round > 0 && form.refreshed[--round]) {
        }
      }
      if (form.refreshed[round]) {
        return Refusal{
            fmt::format("a round takes {}, more than there are where it begins refreshed",
                        plural(max.plan->costs.levels, "level"))};
      }
      form.refreshed[round] = true;
    }
  }

  const SlotsRequest& request_;
  const Identity& identity_;
  SlotParts& parts_;
  SlotForms forms_;
};

}  // namespace

Outcome<SlotsChoice> make_tournament(const SlotsRequest& request, const Identity& identity,
                                     SlotParts& parts) {
  return TournamentMaker(request, identity, parts).run();
}

}  // namespace equiripple
