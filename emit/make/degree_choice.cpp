// The loop of search and composition, and the sentences about what cannot be had.
#include "emit/make/degree_choice.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>
#include <tuple>
#include <utility>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/direct_costs.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/make/ranking.hpp"
#include "emit/make/sign.hpp"
#include "emit/make/within.hpp"
#include "emit/result.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

constexpr int ample_levels =
    60;  // chosen: what is best without a budget is looked for within these

// What stages with coefficients of 53 bits reach: 2^-52 or better, where that is asked for
// (measured). ReLU is proved in seconds up to 36 bits, in minutes beyond (measured).
Rational finest_error(Kind kind) { return power_of_two(covers_gap(kind) ? -36 : -52); }

// At smaller gaps the rounding of plans moves ranges by more than the default margin (measured).
constexpr long smallest_searched_gap_log2 = -36;

constexpr int default_stage_degree = 63;  // beyond it the planner has no table

Cost cost_of(const PlanSettings& settings, const ComposedChoice& choice) {
  const PlanCosts& costs = choice.artifact.plan->costs;
  return cost_of(settings, costs.levels, costs.key_switches, choice.latency);
}

// As a multiple of the range; 1 where it is not known.
double reach_of(const Artifact& artifact) {
  if (!artifact.outside) return 1;
  return to_double(
      Rational(artifact.outside->reach.upper / artifact.stages.front().domain.back().upper));
}

// Its plan costs less; by enough, where it alone is fragile.
bool is_better(const SignRequest& request, const ComposedChoice& one, const ComposedChoice& other) {
  const Cost cost = cost_of(request.plan, one);
  const Cost before = cost_of(request.plan, other);
  const bool gives_way = !request.any_reach && is_fragile(reach_of(one.artifact)) &&
                         !is_fragile(reach_of(other.artifact));
  if (gives_way && request.plan.objective == PlanObjective::latency) {
    return std::get<0>(cost) * worth_for_reach < std::get<0>(before);
  }
  return cost < before;
}

// The error of sign, or of ReLU, that the error of the function stands for.
Rational searched_error(Kind kind, const Rational& error) { return error / error_of_sign(kind); }

double function_error(Kind kind, double searched) {
  return searched / to_double(searched_error(kind, 1));
}

// One polynomial of the function itself, which an even degree says.
bool is_direct(Kind kind, const std::vector<int>& degrees) {
  return covers_gap(kind) && degrees.front() % 2 == 0;
}

// How far the error that a search found may be from the truth, relatively.
double accuracy_of(Kind kind, const FoundComposition& found) {
  constexpr double of_direct = 0x1p-18;  // of exchanges in double; measured to be better
  if (is_direct(kind, found.composition.degrees)) return of_direct;
  return covers_gap(kind) ? balance_accuracy : search_accuracy(found.error);
}

// An error of the row's own gap, between these.
FrontRow row_with(Kind kind, const Composition& one, const Rational& gap, const Rational& attained,
                  const Rational& upper) {
  return {.degrees = one.degrees,
          .levels = one.levels,
          .key_switches = one.key_switches,
          .latency = one.latency,
          .gap = gap,
          .claim = {rounded_outward(
                        ErrorEnclosure{.lower = attained, .attained = attained, .upper = upper}),
                    covers_gap(kind) ? Metric::relu : Metric::absolute},
          .stage_levels = one.stage_levels};
}

// Without those that another beats or equals in every respect; of equals the first stays.
std::vector<FrontRow> undominated(std::vector<FrontRow> rows, bool by_error) {
  const auto costs = [&](const FrontRow& row) {
    return std::array<double, 4>{static_cast<double>(row.levels),
                                 static_cast<double>(row.key_switches), row.latency,
                                 by_error ? to_double(row.claim.error.upper, Rounding::up) : 0.0};
  };
  std::ranges::stable_sort(rows, {}, costs);
  std::vector<FrontRow> kept;
  for (FrontRow& row : rows) {
    const auto beats = [&](const FrontRow& other) {
      return std::ranges::equal(costs(other), costs(row), std::less_equal<>());
    };
    if (std::ranges::none_of(kept, beats)) kept.push_back(std::move(row));
  }
  return kept;
}

}  // namespace

DegreeChoice::DegreeChoice(const SignRequest& request, const Identity& identity)
    : request_(request),
      identity_(identity),
      search_([](int levels) {
        report_work(fmt::format("searching: compositions of {}", plural(levels, "level")));
      }),
      costs_(planner_costs(
          request.plan,
          [](int degree) { report_work(fmt::format("planning a stage of degree {}", degree)); })),
      direct_(direct_options(request.plan, request.kind,
                             request.max_degree.value_or(highest_searched_direct))) {
  if (request.plan.max_levels) return;  // a level more, to keep growth, may be one too many
  std::erase_if(direct_, [&](const StageOption& way) { return !keeps_growth(request.plan, way); });
}

DegreeChoice::Found DegreeChoice::searched(const CompositeSearchRequest& request) {
  const InPhase phase(Phase::choice);
  return search_.front(request, direct_);
}

int DegreeChoice::highest_stage_degree() const {
  return std::min(request_.max_degree.value_or(default_stage_degree), highest_searched_stage);
}

std::optional<Refusal> DegreeChoice::beyond_search() const {
  const Rational finest = finest_error(request_.kind);
  if (request_.error && searched_error(request_.kind, *request_.error) < finest) {
    const Rational best(function_error(request_.kind, to_double(finest)));
    return Refusal{fmt::format(
        "{}: the search goes down to {}{}", need(), size_text(best),
        covers_gap(request_.kind) ? "; more can be tried with --degrees, and takes minutes to prove"
                                  : ", about what coefficients of binary64 hold")};
  }
  if (covers_gap(request_.kind)) return std::nullopt;
  if (*request_.gap >= power_of_two(smallest_searched_gap_log2)) return std::nullopt;
  return about("--gap", fmt::format(" {}: compositions of smaller gaps than 2^{} are not proved; "
                                    "take that or a larger one",
                                    decimal(*request_.gap), smallest_searched_gap_log2));
}

CompositeSearchRequest DegreeChoice::search_request(bool by_latency, const Rational& share) const {
  const Rational finest(share * finest_error(request_.kind));
  CompositeSearchRequest search{.finest_error = to_double(finest),
                                .margin = {.fixed = request_.margin},
                                .max_degree = highest_stage_degree(),
                                .max_levels = request_.plan.max_levels,
                                .max_key_switches = request_.max_key_switches,
                                .by_latency = by_latency,
                                .costs = costs_};
  if (const auto listed = levels_covered(request_.plan.costs)) {
    const int priced = std::max(*listed - request_.plan.costs.levels_after, 0);
    if (priced < search.max_levels.value_or(most_searched_levels)) search.max_levels = priced;
  }
  if (!covers_gap(request_.kind)) search.gap = request_.gap;
  if (request_.error) search.error = share * searched_error(request_.kind, *request_.error);
  return search;
}

Outcome<ComposedChoice> DegreeChoice::composed(const FoundComposition& found) {
  const std::string degrees = degrees_text(found.composition.degrees);
  report_work(fmt::format("proving {}", degrees));
  SignRequest given = request_;
  given.degrees = found.composition.degrees;
  given.plan.max_levels = found.composition.levels;
  given.plan.stage_levels = found.composition.stage_levels;
  Outcome<Artifact> made = compose_sign(given, identity_);
  if (!made) return made.error();
  if (!made->plan) return Refusal{degrees + ": plan: " + describe_missing_plan()};
  const double latency = latency_of(made->plan->program, request_.plan.costs);
  return ComposedChoice{.artifact = *std::move(made), .degrees = given.degrees, .latency = latency};
}

// Where nothing that meets the error can be made, as coefficients of binary64 are off by more than
// the search knows, what is better by so much.
Outcome<ComposedChoice> DegreeChoice::best_found() {
  if (const auto beyond = beyond_search()) return *beyond;
  const InPhase phase(Phase::choice);
  const Rational shares[] = {Rational(3, 4), Rational(1, 2), Rational(1, 3)};  // chosen
  Outcome<ComposedChoice> best = best_of(Rational(1));
  for (const Rational& share : shares) {
    const bool may_gain = !best && request_.error && best.error().leaves_others() && !why_.empty();
    if (!may_gain) break;
    best = best_of(share);
  }
  return best;
}

// The first that can be made, unless its plan takes more than was counted and another may take
// less.
Outcome<ComposedChoice> DegreeChoice::best_of(const Rational& share) {
  const PlanSettings& plan = request_.plan;
  constexpr std::size_t ties = 6;  // chosen: that many are measured in a moment
  CompositeSearchRequest search =
      search_request(request_.error && plan.objective == PlanObjective::latency, share);
  search.only_best = !search.error;
  search.ties = search.error ? ties : 0;
  if (search.by_latency) {
    by_key_switches_ = searched(search_request(/*by_latency=*/false, share));
    for (const FoundComposition& one : *by_key_switches_) search.known.push_back(one.composition);
  }
  Found candidates = searched(search);
  if (search.by_latency) by_latency_ = candidates;
  if (request_.error) candidates = ranked(request_, std::move(candidates));
  std::optional<ComposedChoice> best;
  for (const FoundComposition& candidate : candidates) {
    if (best && !request_.error) break;
    if (best && !(cost_of(plan, candidate) < cost_of(plan, *best))) continue;
    Outcome<ComposedChoice> choice = composed(candidate);
    if (!choice) {
      if (!choice.error().leaves_others()) return choice.error();
      why_ = choice.error().why;
    } else if (!best || is_better(request_, *choice, *best)) {
      best = *std::move(choice);
    }
  }
  if (best) return *std::move(best);
  return Refusal{why_};
}

Outcome<ComposedChoice> DegreeChoice::best() {
  Outcome<ComposedChoice> found = best_found();
  if (found || !found.error().leaves_others()) return found;
  return nothing_found();
}

// As `composed`, without plan and proof. None where it does not meet the error.
std::optional<FrontRow> DegreeChoice::row_of(const FoundComposition& found) {
  const bool direct = is_direct(request_.kind, found.composition.degrees);
  constexpr double rounds_off = 0x1p-40;  // chosen: smaller ones feel that coefficients are rounded
  if (!direct && found.error < rounds_off) return solved(found);
  const double accuracy = accuracy_of(request_.kind, found);
  const Rational size(function_error(request_.kind, found.error));
  FrontRow row =
      row_with(request_.kind, found.composition, direct ? Rational(0) : found.gap,
               Rational(size * Rational(1 - accuracy)), Rational(size * Rational(1 + accuracy)));
  if (!request_.error || row.claim.error.upper <= *request_.error) return row;
  return direct ? std::nullopt : solved(found);
}

// By exchanges.
std::optional<FrontRow> DegreeChoice::solved(const FoundComposition& found) {
  report_work("solving " + degrees_text(found.composition.degrees));
  SignRequest given = request_;
  given.degrees = found.composition.degrees;
  given.range = 1;  // errors are relative to it
  const ReluSign solution = solve_sign(given, Evidence::measured);
  if (solution.sign.status != CompositeStatus::complete) {
    why_ = degrees_text(given.degrees) + ": " + solution.sign.detail;
    return std::nullopt;
  }
  const ErrorEnclosure& searched =
      covers_gap(request_.kind) ? solution.error : solution.sign.error();
  const Rational factor = 1 / searched_error(request_.kind, 1);
  FrontRow row = row_with(request_.kind, found.composition, solution.gap,
                          Rational(searched.attained * factor), Rational(searched.upper * factor));
  if (request_.error && row.claim.error.upper > *request_.error) return std::nullopt;
  return row;
}

// Of the two fronts, by key switches and by latency, each has the other's cost as well.
Outcome<std::vector<FrontRow>> DegreeChoice::front() {
  if (const auto beyond = beyond_search()) return *beyond;
  std::vector<FrontRow> rows;
  std::set<std::pair<std::vector<int>, std::vector<int>>> seen;
  for (const bool by_latency : {false, true}) {
    for (const FoundComposition& one : searched(search_request(by_latency))) {
      if (!seen.emplace(one.composition.degrees, one.composition.stage_levels).second) continue;
      if (auto row = row_of(one)) rows.push_back(std::move(*row));
    }
  }
  if (rows.empty()) return nothing_found();
  return undominated(std::move(rows), !request_.error);
}

// Neither an error nor a budget of the request holds here.
DegreeChoice::Found DegreeChoice::without_budgets() {
  CompositeSearchRequest search = search_request(/*by_latency=*/false);
  search.max_levels.reset();
  search.max_key_switches.reset();
  return search.error ? searched(search) : Found();
}

std::optional<FoundComposition> DegreeChoice::best_within_budgets() {
  CompositeSearchRequest search = search_request(/*by_latency=*/false);
  search.error.reset();
  if (!search.max_levels && !search.max_key_switches) search.max_levels = ample_levels;
  search.only_best = true;
  Found found = searched(search);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::string DegreeChoice::need() const {
  if (!request_.error) return "the budget";
  const std::string accuracy = request_.bits
                                   ? decimal(*request_.bits, 6, Rounding::down) + " bits"
                                   : "error " + size_text(*request_.error, Rounding::down);
  if (!covers_gap(request_.kind)) return accuracy + " at gap " + decimal(*request_.gap);
  return accuracy + (request_.bits ? "" : " of the range");
}

// An even degree is of the function itself.
std::string DegreeChoice::degrees_text(const std::vector<int>& degrees) const {
  if (degrees.size() > 1) return fmt::format("degrees {}", fmt::join(degrees, ","));
  return fmt::format("{}degree {}", is_direct(request_.kind, degrees) ? "direct, " : "",
                     degrees.front());
}

// What is searched.
std::string DegreeChoice::class_text() const {
  return fmt::format("compositions of degrees up to {} and one polynomial of degree up to {}",
                     highest_stage_degree(), request_.max_degree.value_or(highest_searched_direct));
}

std::string DegreeChoice::accuracy_text(const FoundComposition& found) const {
  const double error = function_error(request_.kind, found.error);
  const std::string degrees = degrees_text(found.composition.degrees);
  if (covers_gap(request_.kind)) {
    return fmt::format("{} bits ({})", log2_text(1 / Rational(error), 2, Rounding::down), degrees);
  }
  return fmt::format("{} ({})", size_text(Rational(error)), degrees);
}

std::string DegreeChoice::budget_text() const {
  const auto& levels = request_.plan.max_levels;
  const auto& key_switches = request_.max_key_switches;
  std::string text;
  if (levels) text = "with " + plural(*levels, "level");
  if (key_switches) {
    text +=
        fmt::format("{} {}", text.empty() ? "with" : " and", plural(*key_switches, "key switch"));
  }
  return text.empty() ? "with " + class_text() : text;
}

std::string DegreeChoice::obstacle() {
  const auto best = best_within_budgets();
  const std::string at_best =
      best ? fmt::format("{} the best is {}", budget_text(), accuracy_text(*best))
           : fmt::format(
                 "{} there is neither a composition nor one polynomial of the function: degree 3 "
                 "takes 2 levels and 2 key switches",
                 budget_text());
  if (!request_.error) return at_best;
  const Found found = without_budgets();
  if (found.empty()) {
    return fmt::format("{} cannot be reached by {}: {}", need(), class_text(), at_best);
  }
  const Composition& shallow = found.front().composition;
  const Composition& cheap = found.back().composition;
  const bool too_deep = shallow.levels > request_.plan.max_levels.value_or(shallow.levels);
  const bool too_dear = cheap.key_switches > request_.max_key_switches.value_or(cheap.key_switches);
  std::string needed;
  if (too_deep) needed = plural(shallow.levels, "level");
  if (too_dear) {
    needed += (too_deep ? " and " : "") + plural(cheap.key_switches, "key switch");
  }
  if (needed.empty()) {
    needed = fmt::format("more: {} with {}, or {} with {}", plural(shallow.levels, "level"),
                         plural(shallow.key_switches, "key switch"), plural(cheap.levels, "level"),
                         plural(cheap.key_switches, "key switch"));
  }
  return fmt::format("{} need{} {}; {}; searched are {}", need(), request_.bits ? "" : "s", needed,
                     at_best, class_text());
}

Refusal DegreeChoice::nothing_found() {
  if (const auto beyond = beyond_search()) return *beyond;
  if (!why_.empty()) {
    return {fmt::format("{}: what was found cannot be had: {}", need(), why_)};
  }
  const auto listed = levels_covered(request_.plan.costs);
  const Found found = without_budgets();
  if (listed && !found.empty()) {
    const int needed = found.front().composition.levels + request_.plan.costs.levels_after;
    if (needed > *listed) {
      return model_too_short(*listed, need() + (request_.bits ? " take" : " takes"), needed);
    }
  }
  std::string why = obstacle();
  if (const std::vector<int> undecided = search_.undecided(); !undecided.empty()) {
    why += fmt::format("; not decided: one polynomial of degree {}", fmt::join(undecided, ", "));
  }
  return {std::move(why)};
}

// Of the two fronts, by what is minimised: the best with a level less, and with a key switch less.
std::string DegreeChoice::neighbours(const ComposedChoice& choice) {
  if (!request_.error) return {};
  const PlanCosts& own = choice.artifact.plan->costs;
  if (!by_key_switches_) by_key_switches_ = searched(search_request(/*by_latency=*/false));
  Found found = *by_key_switches_;
  if (!by_latency_) by_latency_ = searched(search_request(/*by_latency=*/true));
  found.insert(found.end(), by_latency_->begin(), by_latency_->end());
  // With fewer key switches: for each number of levels the least latency, not the least of both.
  CompositeSearchRequest fewer = search_request(/*by_latency=*/true);
  fewer.max_key_switches = own.key_switches - 1;
  const Found with_fewer = fewer.max_key_switches > 0 ? searched(fewer) : Found();
  found.insert(found.end(), with_fewer.begin(), with_fewer.end());
  const auto line = [&](const char* what, const auto& is_less) {
    std::optional<FoundComposition> best;
    for (const FoundComposition& one : found) {
      // The table's costs of the same degrees and levels are not those of the plan that is there.
      const bool is_other =
          one.composition.degrees != choice.degrees || one.composition.levels != own.levels;
      if (!is_other || !is_less(one.composition)) continue;
      if (!best || cost_of(request_.plan, one) < cost_of(request_.plan, *best)) best = one;
    }
    if (!best) return fmt::format("  {}  none\n", what);
    const Composition& one = best->composition;
    return fmt::format("  {}  {}, {}, {:.2f} times the latency: {}\n", what,
                       plural(one.levels, "level"), plural(one.key_switches, "key switch"),
                       one.latency / choice.latency, degrees_text(one.degrees));
  };
  return line("a level less     ",
              [&](const Composition& one) { return one.levels < own.levels; }) +
         line("a key switch less",
              [&](const Composition& one) { return one.key_switches < own.key_switches; });
}

// One level, or one key switch, less or more.
Outcome<Explanation> DegreeChoice::explanation() {
  if (const auto beyond = beyond_search()) return *beyond;
  const auto line = [&](const FoundComposition& one) {
    return fmt::format("  {:>3} levels  {:>3} key switches  {}\n", one.composition.levels,
                       one.composition.key_switches, accuracy_text(one));
  };
  CompositeSearchRequest search = search_request(/*by_latency=*/false);
  const Found found = searched(search);
  Explanation explanation{.text = {}, .feasible = !found.empty()};
  std::string& text = explanation.text;
  if (!explanation.feasible) {
    text = obstacle() + "\n";
    const Found nearest = without_budgets();
    if (!nearest.empty()) text += need() + " can be had with\n";
    for (const FoundComposition& one : nearest) text += line(one);
    return explanation;
  }
  if (!request_.error) {
    text = fmt::format("the choices {}, none beaten:\n", budget_text());
    for (const FoundComposition& one : found) text += line(one);
    return explanation;
  }
  text = need() + " can be had with\n";
  for (const FoundComposition& one : found) text += line(one);
  const auto best_with = [&](int levels, std::optional<int> key_switches) -> std::string {
    if (levels < 1 || key_switches == 0) return "nothing";
    CompositeSearchRequest less = search;
    less.error.reset();
    less.max_levels = levels;
    less.max_key_switches = key_switches;
    less.only_best = true;
    const Found reached = searched(less);
    return reached.empty() ? "nothing" : "at most " + accuracy_text(reached.front());
  };
  const Composition& first = found.front().composition;
  const auto& key_switches = request_.max_key_switches;
  text += fmt::format("fewer levels: with {}{} {}\n", plural(first.levels - 1, "level"),
                      key_switches ? " and " + plural(*key_switches, "key switch") : std::string(),
                      best_with(first.levels - 1, key_switches));
  text += fmt::format("fewer key switches: with {} and {} {}\n", plural(first.levels, "level"),
                      plural(first.key_switches - 1, "key switch"),
                      best_with(first.levels, first.key_switches - 1));
  return explanation;
}

}  // namespace equiripple
