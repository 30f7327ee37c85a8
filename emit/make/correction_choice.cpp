// The planner as the cost of a search over starts and corrections.
#include "emit/make/correction_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/refreshed_corrections.hpp"
#include "emit/make/within.hpp"
#include "emit/plan/corrections.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

CorrectionObjective objective_of(PlanObjective objective) {
  switch (objective) {
    case PlanObjective::levels: return CorrectionObjective::levels;
    case PlanObjective::key_switches: return CorrectionObjective::key_switches;
    case PlanObjective::latency: return CorrectionObjective::latency;
  }
  return CorrectionObjective::levels;
}

constexpr int default_start = 63;    // chosen: more corrections cost less than a higher degree
constexpr int highest_alone = 1023;  // chosen: ten levels, as what corrections take

// Of a start that is not corrected: where levels count, one polynomial may be the shallowest form.
int highest_start_alone(const CorrectionRequest& request) {
  const bool counts_levels =
      request.plan.objective == PlanObjective::levels || request.plan.max_levels;
  return request.max_degree.value_or(counts_levels ? highest_alone : default_start);
}

std::string choice_text(int degree, int corrections) {
  return fmt::format("degree {}, {}", degree, plural(corrections, "correction"));
}

std::string choice_text(const CorrectionChoice& choice) {
  return choice_text(choice.degree, choice.corrections);
}

}  // namespace

CorrectionPick::CorrectionPick(const CorrectionRequest& request, const Identity& identity)
    : request_(request), identity_(identity) {
  search_ = {.map = correction_map(request.kind),
             .start = request.start,
             .max_degree = request.max_degree.value_or(default_start),
             .max_degree_alone = highest_start_alone(request),
             .corrections = request.corrections,
             .degree = request.degree,
             .max_levels = request.plan.max_levels,
             .max_key_switches = request.max_key_switches,
             .objective = objective_of(request.plan.objective),
             .cost = [this](int degree, int corrections) { return cost(degree, corrections); }};
}

const std::optional<ChebyshevSeries>& CorrectionPick::start(int degree) {
  const auto [entry, is_new] = starts_.try_emplace(degree);
  if (is_new) {
    MinimaxRequest problem = request_.start;
    problem.degree = degree;
    const MinimaxResult solved = minimax(problem);
    if (solved.usable()) entry->second = rounded(solved.polynomial, binary64_bits);
  }
  return entry->second;
}

// Budgets bound the plan where it has a choice; whether they are kept is for the search to see.
std::optional<CorrectionCost> CorrectionPick::cost(int degree, int corrections) {
  const auto [entry, is_new] = costs_.try_emplace({degree, corrections});
  if (!is_new) return entry->second;
  report_work("planning " + choice_text(degree, corrections));
  const auto& series = start(degree);
  if (!series) return std::nullopt;
  PlanSettings settings = start_settings(request_, corrections);
  const int fewest = minimum_plan_levels(Kind::minimax, {*series}, settings.absorb);
  if (settings.max_levels) settings.max_levels = std::max(*settings.max_levels, fewest);
  const auto listed = levels_covered(settings.costs);
  if (listed && settings.objective == PlanObjective::latency) {
    const int needed = fewest + settings.costs.levels_after;
    if (needed > *listed) {
      unpriced_levels_ = unpriced_levels_ == 0 ? needed : std::min(unpriced_levels_, needed);
      return std::nullopt;
    }
    const int most = *listed - settings.costs.levels_after;
    settings.max_levels = std::min(settings.max_levels.value_or(most), most);
  }
  auto planned = make_plan(Kind::minimax, {*series}, settings);
  if (!planned && settings.max_levels) {
    settings.max_levels.reset();
    planned = make_plan(Kind::minimax, {*series}, settings);
  }
  if (!planned) return std::nullopt;
  const Rational any(1, 2);  // costs are the same for all scalars
  const Plan whole = with_corrections(request_.kind, planned->plan, corrections, any,
                                      hull(rounded_outward(request_.start.domain)));
  entry->second = CorrectionCost{.levels = whole.costs.levels,
                                 .key_switches = whole.costs.key_switches,
                                 .latency = latency_of(whole.program, request_.plan.costs)};
  return entry->second;
}

Outcome<Artifact> CorrectionPick::composed(int degree, int corrections) {
  const std::string what = choice_text(degree, corrections);
  report_work("proving " + what);
  Outcome<Artifact> made = compose_corrected(request_, degree, corrections, identity_);
  if (!made) return made;
  const PlanCosts& costs = made->plan->costs;
  const CorrectionCost taken{.levels = costs.levels, .key_switches = costs.key_switches};
  const Rational& reached = made->claim.error.upper;
  if (!is_within_budgets(search_, taken)) {
    return Refusal{fmt::format("{}: takes {} and {}", what, plural(taken.levels, "level"),
                               plural(taken.key_switches, "key switch"))};
  }
  if (request_.error && reached > *request_.error) {
    return Refusal{fmt::format("{}: reaches {}, not {}", what, size_text(reached),
                               size_text(*request_.error, Rounding::down))};
  }
  return made;
}

// Where rounding passes the error, one degree more may still make room.
Outcome<Artifact> CorrectionPick::best() {
  if (!request_.error) {
    const auto choice = most_accurate(search_);
    if (!choice) return refusal({}, std::nullopt);
    Outcome<Artifact> made = composed(choice->degree, choice->corrections);
    if (!made) return refusal({*choice}, made.error());
    return made;
  }
  const std::vector<CorrectionChoice> found = corrections_for(search_, *request_.error);
  const auto is_affordable = [&](int degree, int corrections) {
    const auto taken = cost(degree, corrections);
    return taken && is_within_budgets(search_, *taken);
  };
  std::optional<Refusal> last;
  for (const CorrectionChoice& choice : ranked(search_, found)) {
    const bool has_more = !request_.degree && choice.degree < search_.highest(choice.corrections);
    for (int degree = choice.degree; degree <= choice.degree + (has_more ? 1 : 0); ++degree) {
      if (degree > choice.degree && !is_affordable(degree, choice.corrections)) break;
      Outcome<Artifact> made = composed(degree, choice.corrections);
      if (made) return made;
      last = made.error();
      if (!last->leaves_others()) return *last;
    }
  }
  return refusal(found, last);
}

std::string CorrectionPick::need() const {
  if (!request_.error) return "the budget";
  const Interval domain = hull(request_.start.domain);
  return fmt::format("error {} on [{}, {}]", size_text(*request_.error, Rounding::down),
                     decimal(domain.lower), decimal(domain.upper));
}

std::string CorrectionPick::budget_text() const {
  const auto& levels = request_.plan.max_levels;
  const auto& key_switches = request_.max_key_switches;
  std::string text;
  if (levels) text = "with " + plural(*levels, "level");
  if (key_switches) {
    text +=
        fmt::format("{} {}", text.empty() ? "with" : " and", plural(*key_switches, "key switch"));
  }
  if (text.empty()) text = fmt::format("with a start of degree {}", search_.max_degree);
  return text;
}

std::string CorrectionPick::obstacle(const std::vector<CorrectionChoice>& choices) const {
  CorrectionSearch search = search_;
  const bool has_budget = search.max_levels || search.max_key_switches;
  if (!has_budget) search.max_levels = 2 * most_corrections;
  const auto best = most_accurate(search);
  const std::string at_best =
      best ? fmt::format("{} the best is {} ({})", has_budget ? budget_text() : "of all",
                         size_text(best->error), choice_text(*best))
           : fmt::format("{} there is nothing: {} takes {}", budget_text(),
                         choice_text(request_.degree.value_or(1), request_.corrections.value_or(0)),
                         request_.kind == Kind::sqrt ? "2 levels and 1 key switch" : "1 level");
  if (!request_.error) return at_best;
  if (choices.empty()) {
    const std::string degrees = request_.degree
                                    ? fmt::format("a start of degree {}", *request_.degree)
                                    : fmt::format("starts of degrees up to {}", search_.max_degree);
    const std::string corrections = request_.corrections
                                        ? plural(*request_.corrections, "correction")
                                        : fmt::format("up to {} corrections", most_corrections);
    return fmt::format("{} cannot be reached by {} and {}: {}", need(), degrees, corrections,
                       at_best);
  }
  const auto shallow =
      std::ranges::min_element(choices, {}, [](const auto& c) { return c.cost.levels; });
  const auto cheap =
      std::ranges::min_element(choices, {}, [](const auto& c) { return c.cost.key_switches; });
  const int levels = shallow->cost.levels;
  const int key_switches = cheap->cost.key_switches;
  const bool too_deep = levels > request_.plan.max_levels.value_or(levels);
  const bool too_dear = key_switches > request_.max_key_switches.value_or(key_switches);
  std::string needed;
  if (too_deep) needed = plural(levels, "level");
  if (too_dear) needed += (too_deep ? " and " : "") + plural(key_switches, "key switch");
  if (needed.empty()) {
    needed = fmt::format("more: {} with {}, or {} with {}", plural(levels, "level"),
                         plural(shallow->cost.key_switches, "key switch"),
                         plural(cheap->cost.levels, "level"), plural(key_switches, "key switch"));
  }
  // One polynomial of the root itself is none of these forms.
  const char* form = request_.kind == Kind::sqrt ? " as x times 1/sqrt(x)" : "";
  return fmt::format("{} needs {}{}; {}", need(), needed, form, at_best);
}

Refusal CorrectionPick::refusal(const std::vector<CorrectionChoice>& choices,
                                const std::optional<Refusal>& last) const {
  if (choices.empty() && unpriced_levels_ > 0) {
    return model_too_short(*levels_covered(request_.plan.costs), need() + " takes",
                           unpriced_levels_);
  }
  if (last && !last->leaves_others()) return *last;
  if (last) return {fmt::format("{}: what was found cannot be had: {}", need(), last->why)};
  return {obstacle(choices)};
}

namespace {

Outcome<Artifact> make_without_refresh(const CorrectionRequest& request, const Identity& identity) {
  if (!request.degree || !request.corrections) return CorrectionPick(request, identity).best();
  Outcome<Artifact> made =
      compose_corrected(request, *request.degree, *request.corrections, identity);
  if (!made) return made;
  const PlanCosts& costs = made->plan->costs;
  const std::string what = choice_text(*request.degree, *request.corrections);
  const BudgetedCount budgets[] = {
      {"--max-levels", request.plan.max_levels, costs.levels, "level"},
      {"--max-key-switches", request.max_key_switches, costs.key_switches, "key switch"}};
  for (const BudgetedCount& one : budgets) {
    if (one.is_kept()) continue;
    return about(one.flag,
                 fmt::format(" {}: {} take {}", *one.most, what, plural(one.taken, one.noun)));
  }
  const Rational& reached = made->claim.error.upper;
  if (request.error && reached > *request.error) {
    return Refusal{fmt::format("{} reach {}, not {}", what, size_text(reached),
                               size_text(*request.error, Rounding::down))};
  }
  return made;
}

}  // namespace

Outcome<Artifact> make_corrected(const CorrectionRequest& request, const Identity& identity) {
  if (!request.refresh) return make_without_refresh(request, identity);
  if (request.refresh->start >= 1) {
    const int start = request.refresh->start;
    CorrectionRequest plain = request;
    plain.refresh.reset();
    plain.plan.max_levels = std::min(request.plan.max_levels.value_or(start), start);
    Outcome<Artifact> made = make_without_refresh(plain, identity);
    if (made || !made.error().leaves_others()) return made;
  }
  return make_refreshed_corrections(request, identity);
}

}  // namespace equiripple
