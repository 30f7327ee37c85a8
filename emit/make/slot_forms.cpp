// Made, looked at, weighed; what is said of those that were not taken.
#include "emit/make/slot_forms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/observer.hpp"
#include "emit/refresh_text.hpp"
#include "emit/slot_costs.hpp"

namespace equiripple {

SlotRefresh slot_refresh_of(const SlotsRequest& request) {
  if (!request.refresh) return {};
  const RefreshRequest& terms = *request.refresh;
  return {.noise = terms.noise, .lowest = terms.lowest, .levels = terms.levels};
}

std::vector<PlanObjective> slot_objectives(const SlotsRequest& request) {
  std::vector<PlanObjective> all = {request.plan.objective};
  if ((request.plan.max_levels || request.refresh) && all.front() != PlanObjective::levels) {
    all.push_back(PlanObjective::levels);
  }
  return all;
}

Artifact empty_slots(const SlotsRequest& request, const Identity& identity,
                     const SlotSteps& steps) {
  Artifact artifact{.name = identity.name, .kind = request.kind, .request = identity.request};
  artifact.slot_steps = steps;
  return artifact;
}

std::optional<Refusal> SlotForms::add(const std::string& text,
                                      const std::function<Outcome<Artifact>()>& work) {
  report_work("making " + text);
  SlotsForm form{.text = text};
  Outcome<Artifact> made = work();
  if (!made && !made.error().leaves_others()) return made.error();
  if (!made) {
    form.why = made.error().why;
  } else if (made->claim.error.upper > request_.error) {
    form.why = "reaches " + size_text(made->claim.error.upper);
    note_reached(made->claim.error.upper);
  } else {
    form.plan = whole_plan(*made);
    form.latency = whole_latency(*made, request_.plan.costs);
    form.refreshes = refreshes_of(made->slot_steps);
    if (request_.refresh) form.latency += form.refreshes * request_.refresh->cost;
    const PlanCosts& costs = form.plan.costs;
    form.is_within_budgets =
        costs.levels <= request_.plan.max_levels.value_or(costs.levels) &&
        costs.key_switches <= request_.max_key_switches.value_or(costs.key_switches);
    form.artifact = *std::move(made);
  }
  forms_.push_back(std::move(form));
  return std::nullopt;
}

void SlotForms::note_reached(const Rational& error) {
  if (!nearest_ || error < *nearest_) nearest_ = error;
}

// As of compositions: refreshes are what a budget of levels is about.
Cost SlotForms::cost(const SlotsForm& form) const {
  if (request_.refresh) {
    const bool by_latency = request_.plan.objective == PlanObjective::latency;
    return {by_latency ? 0 : static_cast<double>(form.refreshes),
            form.latency + request_.plan.level_price * form.plan.costs.levels, 0};
  }
  return cost_of(request_.plan, form.plan.costs.levels, form.plan.costs.key_switches, form.latency);
}

Outcome<SlotsChoice> SlotForms::best() const {
  const SlotsForm* best = nullptr;
  for (const SlotsForm& form : forms_) {
    if (form.is_within_budgets && (best == nullptr || cost(form) < cost(*best))) best = &form;
  }
  if (best == nullptr) return nothing_found();
  return SlotsChoice{.artifact = *best->artifact, .candidates = "  tried:\n" + lines(best)};
}

std::string SlotForms::line(const SlotsForm& form, bool is_best) const {
  constexpr std::size_t longest = 110;
  if (!form.artifact) return fmt::format("  {:<46} {}\n", form.text, form.why.substr(0, longest));
  const std::string text =
      form.text + (form.refreshes > 0 ? ", " + plural(form.refreshes, "refresh") : "");
  return fmt::format("  {:<46} {:<9}  {:<15}  latency {:<7.4g} {}\n", text,
                     plural(form.plan.costs.levels, "level"),
                     plural(form.plan.costs.key_switches, "key switch"), form.latency,
                     is_best                  ? "taken"
                     : form.is_within_budgets ? "costs as much or more"
                                              : "above the budget");
}

std::string SlotForms::lines(const SlotsForm* best) const {
  std::string text;
  for (const SlotsForm& form : forms_) text += line(form, &form == best);
  return text;
}

Refusal SlotForms::nothing_found() const {
  const SlotsForm* shallow = nullptr;
  const SlotsForm* cheap = nullptr;
  const auto fewer = [](const SlotsForm& form, const SlotsForm* best, int PlanCosts::*count) {
    return best == nullptr || form.plan.costs.*count < best->plan.costs.*count;
  };
  for (const SlotsForm& form : forms_) {
    if (!form.artifact) continue;
    if (fewer(form, shallow, &PlanCosts::levels)) shallow = &form;
    if (fewer(form, cheap, &PlanCosts::key_switches)) cheap = &form;
  }
  if (shallow != nullptr) {
    return about_error(
        fmt::format("none of the forms that were tried is within the budget; the fewest are {} "
                    "(with {}) and {} "
                    "(with {})",
                    plural(shallow->plan.costs.levels, "level"),
                    plural(shallow->plan.costs.key_switches, "key switch"),
                    plural(cheap->plan.costs.key_switches, "key switch"),
                    plural(cheap->plan.costs.levels, "level")));
  }
  if (nearest_) {
    return about_error(fmt::format("no form reaches it; of those tried the nearest leaves {}",
                                   size_text(*nearest_)));
  }
  return about_error(fmt::format(
      "no form reaches it; {}: {}", forms_.empty() ? std::string("none") : forms_.front().text,
      forms_.empty() ? std::string("there is none") : forms_.front().why));
}

Refusal SlotForms::about_error(const std::string& said) const {
  const std::string error = size_text(request_.error, Rounding::down);
  if (!request_.refresh) return about("--error", fmt::format(" {}: {}", error, said));
  return about_refresh(*request_.refresh, fmt::format("--error {}: {}", error, said));
}

}  // namespace equiripple
