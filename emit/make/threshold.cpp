// The first polynomial is minimax for 1 and -1 on the intervals themselves; for what it leaves the
// search over degrees of sign has the rest. Of all pairs the few that promise most are planned.
#include "emit/make/threshold.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <tuple>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/one_polynomial.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/ranking.hpp"
#include "emit/refresh_text.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/search/refresh_search.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {
namespace {

constexpr int highest_first = 63;        // of a first polynomial; chosen: planned in seconds
constexpr std::size_t most_planned = 8;  // of the pairs; chosen: estimates rank them well

// What is asked of the stages, which make 1 and -1.
Rational error_of_sign(const SteppedRequest& request) {
  return request.kind == Kind::sign ? request.error : Rational(2 * request.error);
}

Steps steps_of(const SteppedRequest& request, std::size_t stages) {
  const Rational half(1, 2);
  return request.kind == Kind::sign ? chain_of(stages) : with_affine(chain_of(stages), half, half);
}

MinimaxRequest first_problem(const SteppedRequest& request, int degree) {
  MinimaxRequest problem = problem_of_stage(request, steps_of(request, 1), 0).problem;
  problem.degree = degree;
  return problem;
}

// A first polynomial and stages of sign; `noise` of the refresh before each, or none at all.
struct Chain {
  std::vector<int> degrees;
  std::vector<Rational> noise{};
  std::vector<int> stage_levels{};
};

std::string form_text(const Chain& chain) {
  const std::vector<int>& degrees = chain.degrees;
  if (degrees.size() == 1) return fmt::format("one polynomial, degree {}", degrees.front());
  return fmt::format("degree {}, then sign {}{}", degrees.front(),
                     fmt::join(degrees.begin() + 1, degrees.end(), ","),
                     refreshed_places_text(chain.noise));
}

// Of sign on what a first polynomial with this error leaves.
Outcome<CompositeRequest> rest_of(const Chain& chain, const Interval& positive, Evidence evidence) {
  const Rational gap = positive.lower / positive.upper;
  const Rational margin = default_margin(gap);
  Rational lower = positive.lower - margin;
  Rational upper = positive.upper + margin;
  CompositeRequest rest{.degrees = std::vector<int>(chain.degrees.begin() + 1, chain.degrees.end()),
                        .gap = 0,
                        .margin = margin,
                        .evidence = evidence};
  if (!chain.noise.empty()) {
    const Rational widening = widening_of(chain.noise[1], upper);
    lower -= widening;
    upper += widening;
    if (lower <= 0) {
      return Refusal{"the first refresh leaves nothing that tells the values apart"};
    }
    rest.noise.assign(chain.noise.begin() + 1, chain.noise.end());
    rest.noise.front() = 0;  // it is in the domain already
  }
  rest.gap = lower / upper;
  rest.range = upper;
  return rest;
}

// What is left of a gap is 1 - error: where another stage follows, it must not be lost in the
// proof.
Outcome<SteppedStage> first_stage(const SteppedRequest& request, int degree, bool is_last) {
  const int tightness = is_last ? default_tightness_log2 : highest_tightness_log2;
  Outcome<Proven> solved = solve_and_prove(
      {.problem = first_problem(request, degree), .form = {}, .tightness_log2 = tightness});
  if (!solved) return solved.error();
  const auto proven = std::make_shared<const Proven>(*std::move(solved));
  const Rational& error = proven->error.upper;
  Domain range;
  if (error < 1) {
    range = rounded_outward(Domain{{-1 - error, -1 + error}, {1 - error, 1 + error}});
  } else {
    range = rounded_outward(Domain{{-1 - error, 1 + error}});
  }
  return SteppedStage{.record = {.polynomial = proven->stored,
                                 .domain = proven->problem.domain,
                                 .range = range,
                                 .claim = {proven->error, Metric::absolute},
                                 .rounding = proven->rounding},
                      .error_of_program = [proven, tightness](const ChebyshevSeries& computed) {
                        return error_of_program(*proven, computed, tightness);
                      }};
}

SteppedStage later_stage(const SignStage& stage) {
  return {.record = {.polynomial = stage.polynomial,
                     .domain = stage.domain,
                     .range = stage.range,
                     .claim = {stage.error, Metric::absolute}},
          .error_of_program = [stage](const ChebyshevSeries& computed) {
            return Rational(stage.error.upper + coefficient_distance(stage.polynomial, computed));
          }};
}

Outcome<std::vector<SteppedStage>> proved(const SteppedRequest& request, const Chain& chain) {
  const std::vector<int>& degrees = chain.degrees;
  const Outcome<SteppedStage> first = first_stage(request, degrees.front(), degrees.size() == 1);
  if (!first) return first.error();
  std::vector<SteppedStage> stages{*first};
  if (degrees.size() == 1) return stages;
  const Domain& range = first->record.range;
  if (range.size() != 2) return Refusal{"the first polynomial does not tell the values apart"};
  const Outcome<CompositeRequest> rest = rest_of(chain, range.back(), Evidence::proved);
  if (!rest) return rest.error();
  const CompositeSign sign = composite_sign(*rest);
  if (sign.status != CompositeStatus::complete) {
    return Refusal{fmt::format("stage {}: {}", sign.stages.size() + 2, sign.detail)};
  }
  for (const SignStage& stage : sign.stages) stages.push_back(later_stage(stage));
  return stages;
}

std::optional<StepForm> form_of(const SteppedRequest& request, const Chain& chain) {
  const std::vector<int>& degrees = chain.degrees;
  const MinimaxResult first = minimax(first_problem(request, degrees.front()));
  if (!first.usable()) return std::nullopt;
  StepForm form{.text = form_text(chain),
                .steps = steps_of(request, degrees.size()),
                .noise = chain.noise,
                .stage_levels = chain.stage_levels};
  form.polynomials.push_back(rounded(first.polynomial, binary64_bits));
  const Rational& error = first.error.upper;
  form.ranges.push_back({-1 - error, 1 + error});
  if (degrees.size() > 1) {
    if (error >= 1) return std::nullopt;
    const Outcome<CompositeRequest> rest =
        rest_of(chain, {1 - error, 1 + error}, Evidence::measured);
    if (!rest) return std::nullopt;
    const CompositeSign sign = composite_sign(*rest);
    if (sign.status != CompositeStatus::complete) return std::nullopt;
    for (const SignStage& stage : sign.stages) {
      form.polynomials.push_back(stage.polynomial);
      form.ranges.push_back(hull(stage.range));
    }
  }
  const int step = request.parity == Parity::none ? 1 : 2;
  form.proved = [=] { return proved(request, chain); };
  form.finer = [=] {
    Chain finer = chain;
    finer.degrees.front() += step;
    return form_of(request, finer);
  };
  return form;
}

StepForm direct_form(const SteppedRequest& request) {
  return smallest_form(request, first_problem(request, 0), error_of_sign(request),
                       highest_direct_degree(request),
                       [&](int degree) { return form_of(request, {.degrees = {degree}}); });
}

// A first polynomial by itself.
struct First {
  int degree = 0;
  double error = 1;
  PlanCosts costs{};
  std::vector<Instruction> program{};
};

class Pairs {
 public:
  explicit Pairs(const SteppedRequest& request)
      : request_(request), costs_(planner_costs(request.plan)), search_([](int levels) {
          report_work(fmt::format("searching: compositions of {}", plural(levels, "level")));
        }) {}

  std::vector<std::vector<int>> best() {
    const InPhase phase(Phase::choice);
    for (const First& first : firsts()) add(first);
    std::ranges::stable_sort(pairs_, {}, &Pair::cost);
    const bool any_fits = std::ranges::any_of(pairs_, &Pair::fits);
    std::vector<std::vector<int>> all;
    for (Pair& pair : pairs_) {
      // Of none that fits the first say what would do.
      constexpr std::size_t most_shown = 2;
      if (all.size() == (any_fits ? most_planned : most_shown)) break;
      if (any_fits && !pair.fits) continue;
      const bool is_there = std::ranges::find(all, pair.degrees) != all.end();
      if (!is_there) all.push_back(std::move(pair.degrees));
    }
    return all;
  }

  // Each of them worth something after the one before.
  std::vector<First> firsts() const {
    const int most = std::min(request_.max_degree.value_or(highest_first), highest_first);
    std::vector<First> all;
    for (const int degree : degrees()) {
      if (degree > most) break;
      if (auto first = first_of(degree, all.empty() ? 1 : all.back().error)) {
        all.push_back(std::move(*first));
      }
    }
    return all;
  }

 private:
  struct Pair {
    std::vector<int> degrees;
    Cost cost;
    bool fits = false;  // into the budgets
  };

  // Those at which a polynomial of the class takes more levels or products: between them a lower
  // degree costs as much.
  std::vector<int> degrees() const {
    if (request_.parity == Parity::even) return {2, 4, 6, 8, 10, 14, 18, 22, 30, 38, 46, 52, 62};
    return {1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 19, 23, 27, 31};
  }

  // None where it tells no more than a lower degree did, or has no plan.
  std::optional<First> first_of(int degree, double before) const {
    constexpr double useful = 1 - 0x1p-20;  // chosen: a smaller gap costs more than a degree
    const MinimaxRequest problem = first_problem(request_, degree);
    const auto coarse = CoarseMinimax::solve(problem);
    if (!coarse || coarse->error() >= std::min(useful, before)) return std::nullopt;
    const MinimaxResult solved = minimax(problem);
    if (!solved.usable()) return std::nullopt;
    report_work(fmt::format("planning a first polynomial of degree {}", degree));
    PlanSettings settings = request_.plan;
    settings.max_levels.reset();
    settings.absorb = false;
    const auto planned =
        make_plan(Kind::minimax, {rounded(solved.polynomial, binary64_bits)}, settings);
    if (!planned) return std::nullopt;
    return First{.degree = degree,
                 .error = coarse->error(),
                 .costs = planned->plan.costs,
                 .program = planned->plan.program};
  }

  void add(const First& first) {
    const Rational gap((1 - first.error) / (1 + first.error));
    CompositeSearchRequest search{.gap = gap,
                                  .error = error_of_sign(request_),
                                  .finest_error = 0x1p-52,
                                  .max_degree = highest_first,
                                  .by_latency = request_.plan.objective == PlanObjective::latency,
                                  .costs = costs_};
    if (*search.error >= Rational(first.error)) return;  // one polynomial does
    for (const FoundComposition& found : search_.front(search)) {
      const Composition& rest = found.composition;
      CostTable table = request_.plan.costs;
      table.levels_after += rest.levels;
      Pair pair{.degrees = {first.degree},
                .cost = cost_of(request_.plan, first.costs.levels + rest.levels,
                                first.costs.key_switches + rest.key_switches,
                                latency_of(first.program, table) + rest.latency)};
      pair.degrees.insert(pair.degrees.end(), rest.degrees.begin(), rest.degrees.end());
      const int levels = first.costs.levels + rest.levels;
      const int key_switches = first.costs.key_switches + rest.key_switches;
      pair.fits = levels <= request_.plan.max_levels.value_or(levels) &&
                  key_switches <= request_.max_key_switches.value_or(key_switches);
      pairs_.push_back(std::move(pair));
    }
  }

  const SteppedRequest& request_;
  StageCosts costs_;
  CompositeSearch search_;
  std::vector<Pair> pairs_;
};

// A first polynomial, and stages of sign with refreshes before some of them.
class RefreshedPairs {
 public:
  explicit RefreshedPairs(const SteppedRequest& request)
      : request_(request),
        terms_(*request.refresh),
        costs_(planner_costs(request.plan)),
        firsts_(Pairs(request).firsts()) {}

  std::vector<StepForm> forms(const Rational& error) {
    std::vector<StepForm> forms;
    for (const RefreshedPair& pair : best(error)) {
      if (auto form = form_of(request_, pair.chain)) forms.push_back(std::move(*form));
    }
    return forms;
  }

  Refusal nothing_found() {
    Rational error = request_.error;
    while (error < Rational(1, 4) && best(error).empty()) error *= 2;
    if (error >= Rational(1, 4)) {
      return about_refresh(terms_, "no first polynomial with stages of sign has an error of use");
    }
    return about_refresh(terms_,
                         fmt::format("error {} cannot be had; {} can, about",
                                     size_text(request_.error, Rounding::down), size_text(error)));
  }

 private:
  struct RefreshedPair {
    Chain chain;
    std::tuple<int, double> cost;  // refreshes where they are to be the fewest
  };

  bool by_latency() const { return request_.plan.objective == PlanObjective::latency; }

  std::vector<RefreshedPair> best(const Rational& error) {
    std::vector<RefreshedPair> all;
    for (const First& first : firsts_) {
      for (const bool refreshes : {false, true}) add(first, refreshes, error, all);
    }
    std::ranges::stable_sort(all, {}, &RefreshedPair::cost);
    if (all.size() > most_planned) all.resize(most_planned);
    return all;
  }

  // `refreshes`: before the first stage of sign.
  void add(const First& first, bool refreshes, const Rational& error,
           std::vector<RefreshedPair>& all) {
    const int left = terms_.start - first.costs.levels;
    if (left < (refreshes ? terms_.lowest : 0)) return;
    const double noise = to_double(terms_.noise, Rounding::up);
    const double widening = refreshes ? noise * (1 + first.error) / (1 - noise) : 0;
    const double gap = (1 - first.error - widening) / (1 + first.error + widening);
    if (gap <= 0) return;
    RefreshSearchRequest search{
        .gap = gap,
        .largest_error = to_double(error) * (request_.kind == Kind::sign ? 1 : 2),
        .margin = to_double(default_margin(Rational(gap))),
        .max_degree = std::min(request_.max_degree.value_or(highest_first), highest_first),
        .start = refreshes ? terms_.levels : left,
        .levels = terms_.levels,
        .lowest = terms_.lowest,
        .noise = noise,
        .cost = terms_.cost,
        .level_price = request_.plan.level_price,
        .fewest_refreshes = !by_latency(),
        .kept = most_planned,
        .costs = costs_};
    CostTable table = request_.plan.costs;
    table.levels_after = left;
    const double before = latency_of(first.program, table) + (refreshes ? terms_.cost : 0) +
                          request_.plan.level_price * first.costs.levels;
    for (const RefreshedComposition& one : refreshed_compositions(search, errors_)) {
      RefreshedPair pair{
          .chain = {.degrees = {first.degree}, .noise = {0}, .stage_levels = {first.costs.levels}},
          .cost = {by_latency() ? 0 : one.refreshes + (refreshes ? 1 : 0), before + one.cost}};
      Chain& chain = pair.chain;
      for (std::size_t i = 0; i < one.degrees.size(); ++i) {
        chain.degrees.push_back(one.degrees[i]);
        chain.stage_levels.push_back(one.stage_levels[i]);
        const bool here = i == 0 ? refreshes : one.refreshed[i];
        if (here) {
          chain.noise.push_back(terms_.noise);
        } else {
          chain.noise.emplace_back(0);
        }
      }
      if (!refreshes && one.refreshes == 0) continue;  // that was tried
      all.push_back(std::move(pair));
    }
  }

  const SteppedRequest& request_;
  const RefreshRequest& terms_;
  StageCosts costs_;
  std::vector<First> firsts_;
  StageErrors errors_;
};

Outcome<SteppedChoice> make_without_refresh(const SteppedRequest& request,
                                            const Identity& identity) {
  std::vector<StepForm> forms{direct_form(request)};
  for (const std::vector<int>& degrees : Pairs(request).best()) {
    if (auto form = form_of(request, {.degrees = degrees})) forms.push_back(std::move(*form));
  }
  return chosen_form(request, identity, forms);
}

}  // namespace

Outcome<SteppedChoice> make_threshold(const SteppedRequest& request, const Identity& identity) {
  if (!request.refresh) return make_without_refresh(request, identity);
  auto without = choice_without_refresh(
      request, [&](const SteppedRequest& plain) { return make_without_refresh(plain, identity); });
  if (without) return *std::move(without);
  const InPhase phase(Phase::choice);
  report_work("searching: compositions with refreshes");
  RefreshedPairs pairs(request);
  const std::vector<StepForm> forms = pairs.forms(request.error);
  if (forms.empty()) return pairs.nothing_found();
  return chosen_form(request, identity, forms);
}

}  // namespace equiripple
