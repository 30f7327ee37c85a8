// The search by curves; what it finds is composed, proved and planned until one keeps to the error.
#include "emit/make/refreshed.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/degree_choice.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/make/sign.hpp"
#include "emit/refresh_text.hpp"
#include "emit/result.hpp"
#include "generator/search/refresh_search.hpp"
#include "generator/search/relu_balance.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {
namespace {

// A choice with what the curves say of it.
struct Candidate {
  RefreshedComposition composition;
  double error = 1;  // of sign on the gap, or of ReLU divided by the range
  std::string text{};
};

// The levels of polynomials of these degrees, at least.
int fewest_levels(const std::vector<int>& degrees) {
  int levels = 0;
  for (const int degree : degrees) {
    levels += static_cast<int>(std::ceil(std::log2(degree + 1)));
  }
  return levels;
}

// The error of sign, or of ReLU, that the error of the function stands for.
double unit_of(Kind kind) { return to_double(Rational(1 / error_of_sign(kind))); }

class RefreshChoice {
 public:
  RefreshChoice(const SignRequest& request, const Identity& identity)
      : request_(request), terms_(*request.refresh), identity_(identity) {
    const PlanSettings& plan = request_.plan;
    search_ = {.times_x = covers_gap(request.kind),
               .start = terms_.start,
               .levels = terms_.levels,
               .lowest = terms_.lowest,
               .noise = to_double(terms_.noise, Rounding::up),
               .cost = cost_of_refresh(),
               .level_price = plan.level_price,
               .fewest_refreshes = plan.objective != PlanObjective::latency,
               .costs = planner_costs(plan)};
    if (request_.max_degree) search_.max_degree = *request_.max_degree;
  }

  // The cheapest of each number of refreshes, and of given degrees every place; with the input
  // refreshed as well, or not.
  std::string choices(bool input) {
    refresh_input(input);
    std::vector<Candidate> candidates = is_given() ? every_place() : searched(asked());
    constexpr std::size_t most = 12;  // lines; chosen
    std::string text;
    std::size_t lines = 0;
    for (const Candidate& one : candidates) {
      if (lines++ == most) break;
      text += fmt::format("  cost {:>10.1f}  {:>9}  {}\n", one.composition.cost + cost_of_input(),
                          accuracy_text(one.error), text_of(one.composition));
    }
    return text;
  }

  Outcome<Artifact> run() {
    const InPhase phase(Phase::choice);
    for (const bool input : {false, true}) {
      if (input && !can_refresh_input()) break;
      refresh_input(input);
      if (auto made = found()) return *std::move(made);
    }
    return nothing_found();
  }

 private:
  // Of ReLU and its kin x is a factor of the last stage as well. The gap is then no part of what is
  // asked for.
  bool can_refresh_input() const {
    return terms_.start >= terms_.lowest && !(is_relu() && request_.gap);
  }

  // From here on: the input is refreshed, so that it begins where others do after a refresh.
  void refresh_input(bool input) {
    request_.refreshed.assign(input ? 1 : 0, true);
    search_.start = input ? terms_.levels : terms_.start;
  }

  double cost_of_input() const {
    if (!refreshes_input(request_)) return 0;
    return cost_of_refresh();
  }

  // With the key switch that takes the real part.
  double cost_of_refresh() const {
    return terms_.cost + cost_at(request_.plan.costs.key_switch, terms_.levels);
  }

  bool is_given() const { return !request_.is_searched(); }

  std::optional<Outcome<Artifact>> found() {
    if (is_given()) return first_of(of_given_degrees());
    report_work("searching: compositions with refreshes");
    // The curves' errors of ReLU are too small by up to a quarter of a bit.
    for (const double tighter : {0.0, 0.1, 0.3}) {
      std::vector<Candidate> candidates = searched(asked() * std::exp2(-tighter));
      const bool is_last = !is_relu() || candidates.empty();
      constexpr std::size_t most_tried = 12;  // chosen: then all are at the edge of the error
      if (candidates.size() > most_tried) candidates.resize(most_tried);
      if (auto made = first_of(std::move(candidates))) return made;
      if (is_last) break;
    }
    return std::nullopt;
  }

  // Of sign on the gap, or of ReLU divided by the range; with what a refresh of the input adds.
  double asked() const {
    return to_double(*request_.error, Rounding::down) * unit_of(request_.kind);
  }

  // The input as a part of the range, noise included: b = 1 + (what is added).
  double reach() const {
    SignRequest of_range_one = request_;
    of_range_one.range = 1;
    return to_double(reach_of_input(of_range_one));
  }

  // Of the composition on that, where the input's noise comes on top.
  double whole_error(double error) const {
    if (!is_relu()) return error;
    return error * reach() + (reach() - 1) * unit_of(request_.kind);
  }
  double left_to_composition(double whole) const {
    if (!is_relu()) return whole;
    return (whole - (reach() - 1) * unit_of(request_.kind)) / reach();
  }

  // The first that can be had; or what is wrong whichever is taken.
  std::optional<Outcome<Artifact>> first_of(std::vector<Candidate> candidates) {
    for (Candidate& candidate : candidates) {
      if (!is_measured_to_do(candidate)) continue;
      Outcome<Artifact> made = composed(candidate.composition);
      if (made || !made.error().leaves_others()) return made;
      why_ = made.error().why;
    }
    return std::nullopt;
  }

  bool is_relu() const { return covers_gap(request_.kind); }

  MarginRule margin() const { return {.fixed = request_.margin}; }

  std::vector<Rational> noise_of(const RefreshedComposition& one) const {
    std::vector<Rational> noise = noise_before(decided(one));
    if (!noise.empty()) noise.front() = 0;  // it is in the reach of the input
    return noise;
  }

  double error_of(const RefreshedComposition& one) {
    if (!is_relu()) return one.error.number();
    if (request_.gap) {
      const double gap = to_double(gap_of_input(request_));
      const auto sides = estimated_sides(one.degrees, gap, to_double(margin().at(*request_.gap)),
                                         errors_, noise_of(one));
      return sides ? sides->error() : 1;
    }
    return estimated_balance(one.degrees, margin(), errors_, noise_of(one)).error;
  }

  RefreshSearchRequest on_gap(double gap, double largest_error) const {
    RefreshSearchRequest search = search_;
    search.gap = gap;
    search.margin = to_double(margin().at(Rational(gap)));
    search.largest_error = largest_error;
    return search;
  }

  std::vector<Candidate> with_errors(std::vector<RefreshedComposition> found) {
    std::vector<Candidate> candidates;
    for (RefreshedComposition& one : found) {
      const double error = whole_error(error_of(one));
      candidates.push_back({.composition = std::move(one), .error = error});
    }
    return candidates;
  }

  void sort(std::vector<Candidate>& candidates) const {
    std::ranges::stable_sort(candidates, {}, [&](const Candidate& one) {
      const int refreshes = search_.fewest_refreshes ? one.composition.refreshes : 0;
      return std::tuple(refreshes, one.composition.cost, one.error);
    });
  }

  // All places are tried; the gap hardly matters for their costs.
  std::vector<Candidate> every_place() {
    double gap = 0;
    if (request_.gap) {
      gap = to_double(gap_of_input(request_));
    } else {
      gap = to_double(estimated_balance(degrees_of(request_), margin(), errors_).gap);
    }
    if (gap <= 0) return {};
    RefreshSearchRequest search = on_gap(gap, 1);
    search.degrees = degrees_of(request_);
    constexpr std::size_t places = 512;  // chosen: of ten stages all
    search.kept = places;
    std::vector<Candidate> candidates = with_errors(refreshed_compositions(search, errors_));
    sort(candidates);
    return candidates;
  }

  std::vector<Candidate> of_given_degrees() {
    std::vector<Candidate> candidates = every_place();
    constexpr double slack = 1.25;  // chosen: what the curves say is off by far less
    if (request_.error && request_.published.empty()) {
      std::erase_if(candidates, [&](const Candidate& one) { return one.error > asked() * slack; });
    }
    return candidates;
  }

  // Of ReLU the gap is free: what costs least for sign on each of a set of gaps is looked at in
  // full.
  std::vector<Candidate> searched(double whole) {
    constexpr std::size_t kept = 8;  // chosen: of equals another may be proved
    const double error = left_to_composition(whole);
    if (error <= 0) return {};
    if (!is_relu()) {
      const double gap = to_double(gap_of_input(request_));
      if (gap <= 0) return {};
      RefreshSearchRequest search = on_gap(gap, error);
      search.kept = kept;
      return with_errors(refreshed_compositions(search, errors_));
    }
    constexpr double widest_log2 = 6;  // of the gap above the error; chosen: inside, it is an
                                       // eighth of 1 / slope, which is a quarter of the gap or less
    constexpr double narrowest_log2 = -1;
    constexpr double step = 0.5;
    std::vector<Candidate> all;
    std::map<std::pair<std::vector<int>, std::vector<bool>>, bool> seen;
    double largest_cost = 0;
    for (double log2 = widest_log2; log2 >= narrowest_log2; log2 -= step) {
      const double gap = error * std::exp2(log2);
      if (gap >= 0.9) continue;
      RefreshSearchRequest search = on_gap(gap, std::min(2 * error, 0.99));
      search.kept = kept;
      search.largest_cost = largest_cost;
      for (RefreshedComposition& one : refreshed_compositions(search, errors_)) {
        if (!seen.emplace(std::pair(one.degrees, one.refreshed), true).second) continue;
        const double found = error_of(one);
        constexpr double tangent = 1.0;  // the estimate is below the error
        if (found > error * tangent) continue;
        if (largest_cost == 0 || one.cost < largest_cost) largest_cost = one.cost;
        all.push_back({.composition = std::move(one), .error = whole_error(found)});
      }
    }
    sort(all);
    return all;
  }

  SignRequest decided(const RefreshedComposition& one) const {
    SignRequest given = request_;
    given.refreshed = one.refreshed;
    given.refreshed.front() = refreshes_input(request_);
    if (!given.published.empty()) return given;
    given.degrees = one.degrees;
    given.plan.stage_levels = one.stage_levels;
    return given;
  }

  // Solved in full, without a proof.
  double measured_error(const RefreshedComposition& one) const {
    SignRequest given = decided(one);
    given.range = 1;  // errors are relative to it
    const ReluSign solution = solve_sign(given, Evidence::measured);
    if (solution.sign.status != CompositeStatus::complete) return 1;
    const ErrorEnclosure& error = is_relu() ? solution.error : solution.sign.error();
    return whole_error(to_double(error.upper, Rounding::up));
  }

  bool is_measured_to_do(Candidate& candidate) {
    report_work(fmt::format("proving {}", text_of(candidate.composition)));
    candidate.error = measured_error(candidate.composition);
    note(candidate);
    return !request_.error || candidate.error <= asked();
  }

  Outcome<Artifact> composed(const RefreshedComposition& one) const {
    Outcome<Artifact> made = compose_sign(decided(one), identity_);
    if (!made) return made;
    if (!made->plan) return Refusal{"there is no plan: " + describe_missing_plan()};
    const std::string why = defect_of_levels(made->plan->program, terms_);
    if (!why.empty()) return Refusal{text_of(one) + ": " + why};
    return made;
  }

  void note(const Candidate& candidate) {
    if (nearest_ && candidate.error >= nearest_->error) return;
    nearest_ = candidate;
    nearest_->text = text_of(candidate.composition);
  }

  std::string text_of(const RefreshedComposition& one) const {
    std::vector<int> stages;
    for (std::size_t i = 0; i < one.refreshed.size(); ++i) {
      if (one.refreshed[i]) stages.push_back(static_cast<int>(i) + 1);
    }
    const std::string degrees =
        fmt::format("degrees {}{}", fmt::join(one.degrees, ","),
                    refreshes_input(request_) ? ", the input refreshed" : "");
    return stages.empty()
               ? degrees
               : fmt::format("{}, refreshed before stage {}", degrees, fmt::join(stages, " and "));
  }

  std::string accuracy_text(double error) const {
    const double of_function = error / unit_of(request_.kind);
    if (!is_relu()) return size_text(Rational(of_function));
    return log2_text(1 / Rational(of_function), 2, Rounding::down) + " bits";
  }

  std::string accuracy_of(double error) const {
    return accuracy_text(error) + (is_relu() ? " are" : " is");
  }

  void look_for_nearest() {
    for (const bool input : {false, true}) {
      if (input && !can_refresh_input()) break;
      refresh_input(input);
      look_for_nearest_here();
    }
  }

  // The nearest error that is found, by steps of half a bit.
  void look_for_nearest_here() {
    if (is_given()) {
      for (const Candidate& one : every_place()) note_measured(one);
      return;
    }
    constexpr double per_bit = 4;  // the nearest error is sought by quarters of bits
    int none = 0;
    int some = static_cast<int>(per_bit * std::log2(0.25 / asked())) + 1;
    std::vector<Candidate> found;
    while (some - none > 1) {
      const int middle = (none + some) / 2;
      std::vector<Candidate> there = searched(asked() * std::exp2(middle / per_bit));
      (there.empty() ? none : some) = middle;
      if (!there.empty()) found = std::move(there);
    }
    std::ranges::stable_sort(found, {}, &Candidate::error);
    constexpr std::size_t most_measured = 3;  // chosen
    if (found.size() > most_measured) found.resize(most_measured);
    for (const Candidate& one : found) note_measured(one);
  }

  void note_measured(Candidate candidate) {
    candidate.error = measured_error(candidate.composition);
    if (candidate.error < 1) note(candidate);
  }

  std::string of_input() const {
    if (can_refresh_input()) return {};
    return is_relu() && request_.gap
               ? "; with --gap x, which is a factor of the last stage, is not refreshed"
               : "; the input has too few levels to be refreshed itself";
  }

  Refusal nothing_found() {
    if (!nearest_) look_for_nearest();
    if (!nearest_ && is_given()) {
      const std::vector<int> degrees = degrees_of(request_);
      return about_refresh(
          terms_, fmt::format("degrees {} do not fit, wherever they are refreshed: they take {} or "
                              "more, one of them "
                              "{}{}",
                              fmt::join(degrees, ","), plural(fewest_levels(degrees), "level"),
                              fewest_levels({std::ranges::max(degrees)}), of_input()));
    }
    if (!request_.error) return about_refresh(terms_, "nothing can be had: " + why_);
    const std::string need = request_.bits ? decimal(*request_.bits, 6, Rounding::down) + " bits"
                                           : "error " + size_text(*request_.error, Rounding::down);
    if (!nearest_) {
      return about_refresh(
          terms_, fmt::format("no composition of degrees up to {} has {}, nor any error of use{}",
                              search_.max_degree, need, of_input()));
    }
    return about_refresh(
        terms_, fmt::format("{} cannot be had: of what was searched {} left{} ({}){}", need,
                            accuracy_of(nearest_->error),
                            is_given() ? " at most" : ", to a quarter of a bit", nearest_->text,
                            why_.empty() ? of_input() : "; " + why_));
  }

  SignRequest request_;  // with what is decided of the input
  RefreshRequest terms_;
  const Identity& identity_;
  RefreshSearchRequest search_;
  StageErrors errors_;
  std::optional<Candidate> nearest_;  // of the least error
  std::string why_;                   // the last choice could not be composed
};

// Without a refresh, in the levels of the input; nothing where they do not suffice.
std::optional<Outcome<Artifact>> unrefreshed(const SignRequest& request, const Identity& identity) {
  const RefreshRequest& terms = *request.refresh;
  SignRequest plain = request;
  plain.refresh.reset();
  plain.plan.max_levels = std::min(request.plan.max_levels.value_or(terms.start), terms.start);
  if (request.is_searched()) {
    if (terms.start < 1) return std::nullopt;
    Outcome<ComposedChoice> found = DegreeChoice(plain, identity).best_found();
    if (found) return std::move(found->artifact);
    if (found.error().leaves_others()) return std::nullopt;
    return found.error();
  }
  if (fewest_levels(degrees_of(request)) > terms.start) return std::nullopt;
  return make_sign(plain, identity);
}

}  // namespace

std::string describe_refresh_choices(const SignRequest& request, const Artifact& artifact) {
  if (equiripple::noise_of(artifact).empty()) return {};
  const double cost =
      refreshed_latency(artifact.plan->program, request.plan.costs, *request.refresh) +
      request.plan.level_price * artifact.plan->costs.levels;
  const std::size_t count = refreshed_stages(artifact.plan->program).size();
  const Identity identity{.name = artifact.name, .request = artifact.request};
  return fmt::format(
             "  {} ({}): cost {:.1f} in all, {:.1f} of it for refreshes; {} left at the end\n"
             "  choices of the search, the cheapest first, by its table of stages:\n",
             plural(static_cast<int>(count), "refresh"), places_text(artifact), cost,
             static_cast<double>(count) * request.refresh->cost,
             plural(levels_left(artifact.plan->program, *request.refresh), "level")) +
         RefreshChoice(request, identity).choices(shift_of(artifact, 0) > 0);
}

Outcome<Artifact> make_refreshed(const SignRequest& request, const Identity& identity) {
  if (request.is_searched() && !request.error) {
    return about("--refresh",
                 fmt::format(": {} is missing: give it, or --degrees",
                             covers_gap(request.kind) ? "--bits" : "--error"),
                 Status::wrong_request);
  }
  if (auto made = unrefreshed(request, identity)) return *std::move(made);
  return RefreshChoice(request, identity).run();
}

}  // namespace equiripple
