// Every form is planned; in the order of their costs they are proved, until one holds.
#include "emit/make/stepped.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/ranking.hpp"
#include "emit/make/within.hpp"
#include "emit/noise_of_refreshes.hpp"
#include "emit/plan/stage_scales.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/outside.hpp"
#include "generator/proof/certify_steps.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

struct Candidate {
  StepForm form;
  std::optional<PlanCosts> costs{};  // none: there is no plan
  double latency = 0;
  bool is_within_budgets = false;
  std::optional<Rational> error{};  // proved
  std::string remark{};             // why it is not taken
};

bool holds_all(const Domain& outer, const Domain& inner) {
  return std::ranges::all_of(inner, [&](const Interval& part) {
    return std::ranges::any_of(outer, [&](const Interval& whole) {
      return whole.lower <= part.lower && part.upper <= whole.upper;
    });
  });
}

// Before each stage.
std::vector<bool> refreshed(const StepForm& form) {
  std::vector<bool> before;
  for (const Rational& noise : form.noise) before.push_back(noise > 0);
  return before;
}

// The form's own, with the refreshes.
Steps steps_of(const StepForm& form) {
  if (form.noise.empty()) return form.steps;
  Steps steps = refreshed_chain(form.noise);
  const Step& last = form.steps.back();
  if (last.operation != StepOperation::affine) return steps;
  return with_affine(std::move(steps), last.scale, last.offset);
}

// Budgets bound the plan where it has a choice, and the table of costs where it ends.
Outcome<std::optional<PlannedFunction>> planned(Kind kind, const StepForm& form,
                                                PlanSettings settings) {
  const InPhase phase(Phase::plan);
  if (!std::ranges::all_of(form.polynomials, [](const ChebyshevSeries& p) {
        return p.degree() <= highest_planned_degree;
      })) {
    return std::optional<PlannedFunction>();
  }
  const int fewest = minimum_stepped_levels(kind, form.steps, form.polynomials, settings);
  if (settings.objective == PlanObjective::latency) {
    if (const auto listed = levels_covered(settings.costs)) {
      const int most = *listed - settings.costs.levels_after;
      if (fewest > most) {
        return model_too_short(*listed, form.text + " takes", fewest + settings.costs.levels_after);
      }
      settings.max_levels = std::min(settings.max_levels.value_or(most), most);
    }
  }
  if (settings.max_levels) settings.max_levels = std::max(*settings.max_levels, fewest);
  settings.stage_levels = form.stage_levels;
  auto plan = plan_steps(kind, form.steps, form.polynomials, form.ranges, settings);
  if (plan || !settings.max_levels) return plan;
  settings.max_levels.reset();
  return plan_steps(kind, form.steps, form.polynomials, form.ranges, settings);
}

class Chooser {
 public:
  Chooser(const SteppedRequest& request, const Identity& identity)
      : request_(request), identity_(identity) {}

  Outcome<SteppedChoice> run(const std::vector<StepForm>& forms) {
    for (const StepForm& form : forms) {
      Outcome<Candidate> candidate = weighed(form);
      if (!candidate) return candidate.error();
      candidates_.push_back(*std::move(candidate));
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].is_within_budgets) order.push_back(i);
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return cost(candidates_[i]); });
    // A finer form may cost more than the next one.
    std::optional<std::size_t> best;
    std::optional<Artifact> artifact;
    for (const std::size_t i : order) {
      if (best && cost(candidates_[i]) >= cost(candidates_[*best])) break;
      Outcome<Artifact> made = composed(candidates_[i]);
      if (!made) {
        if (!made.error().leaves_others()) return made.error();
        candidates_[i].remark = made.error().why;
      } else if (!best || cost(candidates_[i]) < cost(candidates_[*best])) {
        best = i;
        artifact = *std::move(made);
      }
    }
    if (best) return chosen(*best, *std::move(artifact));
    return nothing_found();
  }

 private:
  Outcome<Candidate> weighed(const StepForm& form) {
    Candidate candidate{.form = form, .remark = form.why};
    if (form.polynomials.empty()) return candidate;
    report_work("planning " + form.text);
    const Outcome<std::optional<PlannedFunction>> within =
        planned(request_.kind, form, request_.plan);
    if (!within) return within.error();
    const std::optional<PlannedFunction>& plan = *within;
    if (!plan) {
      candidate.remark = "no plan: " + describe_missing_plan();
      return candidate;
    }
    candidate.costs = plan->plan.costs;
    candidate.latency = latency_of(plan->plan.program, request_.plan.costs);
    if (!form.noise.empty()) {
      const Plan whole = with_refreshes(plan->plan, refreshed(form));
      candidate.costs = whole.costs;
      candidate.latency = refreshed_latency(whole.program, request_.plan.costs, *request_.refresh);
      candidate.remark = defect_of_levels(whole.program, *request_.refresh);
      if (!candidate.remark.empty()) return candidate;
    }
    const int levels = candidate.costs->levels;
    const int key_switches = candidate.costs->key_switches;
    candidate.is_within_budgets = levels <= request_.plan.max_levels.value_or(levels) &&
                                  key_switches <= request_.max_key_switches.value_or(key_switches);
    if (!candidate.is_within_budgets) candidate.remark = "above the budget";
    return candidate;
  }

  // Of what is refreshed the levels say little: the fewest refreshes, then the time.
  Cost cost(const Candidate& candidate) const {
    if (!candidate.form.noise.empty()) {
      PlanSettings settings = request_.plan;
      const bool by_latency = settings.objective == PlanObjective::latency;
      settings.objective = PlanObjective::latency;
      Cost cost = cost_of(settings, candidate.costs->levels, candidate.costs->key_switches,
                          candidate.latency);
      if (by_latency) return cost;
      const auto refreshes = std::ranges::count(refreshed(candidate.form), true);
      return {static_cast<double>(refreshes), std::get<0>(cost), 0};
    }
    return cost_of(request_.plan, candidate.costs->levels, candidate.costs->key_switches,
                   candidate.latency);
  }

  // Where rounding passes the error, the next finer form may still make room.
  Outcome<Artifact> composed(Candidate& candidate) {
    constexpr int most_refinements = 2;  // chosen: rounding is small beside a degree
    for (int i = 0;; ++i) {
      report_work("proving " + candidate.form.text);
      Outcome<Artifact> made = compose(candidate.form);
      if (made) take_costs(candidate, *made);
      if (made || !made.error().leaves_others()) return made;
      if (i == most_refinements || !candidate.form.finer) return made;
      auto finer = candidate.form.finer();
      if (!finer) return made;
      candidate.form = std::move(*finer);
    }
  }

  // Those of a finer form are others.
  void take_costs(Candidate& candidate, const Artifact& made) const {
    const Plan& plan = *made.plan;
    candidate.error = made.claim.error.upper;
    candidate.costs = plan.costs;
    candidate.latency =
        candidate.form.noise.empty()
            ? latency_of(plan.program, request_.plan.costs)
            : refreshed_latency(plan.program, request_.plan.costs, *request_.refresh);
  }

  std::optional<Refusal> above_budget(const StepForm& form, const PlanCosts& costs) const {
    const BudgetedCount budgets[] = {
        {"--max-levels", request_.plan.max_levels, costs.levels, "level"},
        {"--max-key-switches", request_.max_key_switches, costs.key_switches, "key switch"}};
    for (const BudgetedCount& one : budgets) {
      if (one.is_kept()) continue;
      return about(one.flag, fmt::format(" {}: {} takes {}", *one.most, form.text,
                                         plural(one.taken, one.noun)));
    }
    return std::nullopt;
  }

  // Why tables and program, doubled, leave the domain of the arcsine; none where they stay.
  static std::optional<Refusal> sine_outside(const StepForm& form,
                                             const std::vector<SteppedStage>& stages,
                                             const std::vector<ChebyshevSeries>& computed,
                                             const Rational& bound) {
    const Steps sine = steps_before(form.steps, 1);
    const StageRecord& cosine = stages.front().record;
    for (const ChebyshevSeries& polynomial : {cosine.polynomial, computed.front()}) {
      const Certificate proof = certify_steps_size(sine, {polynomial}, cosine.domain, bound);
      if (proof.holds) continue;
      return Refusal{fmt::format("{}: the sine leaves the domain of the arcsine, {}, at x = {}",
                                 form.text, decimal(bound), decimal(proof.at))};
    }
    return std::nullopt;
  }

  // The program rounds scalars of its own: claims and ranges of the stages are widened by what that
  // makes of them. Why that fails; none where it does not.
  std::optional<Refusal> cover_program(std::vector<SteppedStage>& stages,
                                       const std::vector<ChebyshevSeries>& computed,
                                       const StepForm& form) const {
    const std::vector<Rational>& noise = form.noise;
    for (std::size_t i = 0; i < stages.size(); ++i) {
      StageRecord& record = stages[i].record;
      const Rational distance = coefficient_distance(record.polynomial, computed[i]);
      ErrorEnclosure& error = record.claim.error;
      const Rational before = error.upper;
      const Outcome<Rational> of_program = stages[i].error_of_program(computed[i]);
      if (!of_program) return of_program.error();
      error.upper = std::max(error.upper, *of_program);
      error = rounded_outward(error);
      // Of a stage of sign the error tells the range.
      const Rational wider = std::max(distance, Rational(error.upper - before));
      if (wider > 0) {
        for (Interval& range : record.range) range = {range.lower - wider, range.upper + wider};
        record.range = rounded_outward(record.range);
      }
      if (i + 1 == stages.size()) break;
      const StageRecord& following = stages[i + 1].record;
      if (request_.modular) {
        const Rational bound = following.domain.back().upper;
        if (auto refusal = sine_outside(form, stages, computed, bound)) return refusal;
        continue;
      }
      if (!follows_directly(form.steps, i + 1)) continue;
      Domain moved = record.range;
      if (!noise.empty()) {
        const Interval& basis = following.polynomial.basis;
        const Rational shift = noise[i + 1] * (basis.upper - basis.lower) / 2;
        for (Interval& range : moved) range = {range.lower - shift, range.upper + shift};
      }
      // Of what is not refreshed, the ends alone: inside, the proof of the next stage tells.
      const Interval next = hull(following.domain);
      const Interval range = hull(moved);
      if (range.lower < next.lower || range.upper > next.upper ||
          (!noise.empty() && !holds_all(following.domain, moved))) {
        return Refusal{
            fmt::format("stage {}: the program's rounding leaves the domain of the next", i + 1)};
      }
    }
    return std::nullopt;
  }

  StepClaim claim_of(const StepForm& form, std::vector<ChebyshevSeries> polynomials,
                     const Domain& domain) const {
    return {.steps = form.steps,
            .polynomials = std::move(polynomials),
            .target = request_.whole.target,
            .weight = request_.whole.weight,
            .domain = domain};
  }

  // A separation is proved stage by stage, each on the range of the one before.
  std::optional<Rational> known_error(const std::vector<SteppedStage>& stages) const {
    if (!request_.is_separation()) return std::nullopt;
    const Rational& last = stages.back().record.claim.error.upper;
    return request_.is_halved() ? Rational(last / 2) : last;
  }

  // With what the refreshes add to the value.
  Outcome<Rational> with_noise(const Rational& error, const StepForm& form,
                               const std::vector<SteppedStage>& stages,
                               const std::vector<ChebyshevSeries>& polynomials) const {
    std::vector<StageRecord> records;
    for (const SteppedStage& stage : stages) records.push_back(stage.record);
    const auto noise = noise_of_refreshes(request_.metric, polynomials, records, form.noise);
    if (!noise) return Refusal{form.text + ": what refreshes add is not bounded"};
    return Rational(error +
                    (request_.metric == Metric::relative ? 1 + error : Rational(1)) * *noise);
  }

  Outcome<ErrorEnclosure> whole_error(const StepForm& form, const std::vector<SteppedStage>& stages,
                                      const std::vector<ChebyshevSeries>& computed) const {
    const InPhase phase(Phase::proof);
    if (form.steps.size() == 1) return stages.front().record.claim.error;
    const Domain& domain = stages.front().record.domain;
    std::vector<ChebyshevSeries> stored;
    for (const SteppedStage& stage : stages) stored.push_back(stage.record.polynomial);
    const auto proved_error =
        [&](const std::vector<ChebyshevSeries>& polynomials) -> Outcome<ErrorEnclosure> {
      StepClaim claim = claim_of(form, polynomials, domain);
      claim.known = known_error(stages);
      const Certificate proof = certify_steps(claim);
      if (proof.holds) return proof.error;
      return Refusal{fmt::format("{}: {}, x = {}", form.text, proof.detail, decimal(proof.at))};
    };
    Outcome<ErrorEnclosure> error = proved_error(stored);
    if (!error || request_.is_separation()) return error;  // stage by stage, of the program as well
    const Outcome<ErrorEnclosure> of_program = proved_error(computed);
    if (!of_program) return of_program;
    error = covering(*error, of_program->upper);
    if (form.noise.empty()) return error;
    const Outcome<Rational> of_tables = with_noise(error->upper, form, stages, stored);
    if (!of_tables) return of_tables.error();
    const Outcome<Rational> of_computed = with_noise(error->upper, form, stages, computed);
    if (!of_computed) return of_computed.error();
    error->upper = std::max(*of_tables, *of_computed);
    return rounded_outward(*error);
  }

  Outcome<Artifact> compose(const StepForm& form) const {
    Outcome<std::vector<SteppedStage>> proofs = form.proved();
    if (!proofs) return proofs.error();
    std::vector<SteppedStage>& stages = *proofs;
    std::vector<ChebyshevSeries> stored;
    std::vector<Interval> ranges;
    for (const SteppedStage& stage : stages) {
      stored.push_back(stage.record.polynomial);
      ranges.push_back(hull(stage.record.range));
    }
    StepForm proved = form;
    proved.polynomials = stored;
    proved.ranges = ranges;
    Outcome<std::optional<PlannedFunction>> within = planned(request_.kind, proved, request_.plan);
    if (!within) return within.error();
    std::optional<PlannedFunction>& plan = *within;
    if (!plan) return Refusal{"plan: " + describe_missing_plan()};
    if (auto refusal = above_budget(form, plan->plan.costs)) return *refusal;
    if (auto refusal = cover_program(stages, plan->computed, form)) return *refusal;
    const Outcome<ErrorEnclosure> error = whole_error(form, stages, plan->computed);
    if (!error) return error.error();
    Artifact artifact{.name = identity_.name, .kind = request_.kind, .request = identity_.request};
    artifact.steps = steps_of(form);
    artifact.claim = {*error, request_.metric};
    if (artifact.claim.error.upper > request_.error) {
      return Refusal{fmt::format("{}: reaches {}, not {}", form.text,
                                 size_text(artifact.claim.error.upper),
                                 size_text(request_.error, Rounding::down))};
    }
    for (SteppedStage& stage : stages) artifact.stages.push_back(std::move(stage.record));
    // Of the last polynomial, where x multiplies it.
    if (request_.folds && form.noise.empty() && !joined_form(form.steps)) {
      const InPhase phase(Phase::proof);
      artifact.outside =
          proved_outside(stored, artifact.stages.front().domain, artifact.stages.back().range);
    }
    plan->plan.growth =
        stepped_meaning(plan->plan, request_.kind, form.steps, stored, ranges_of(artifact))->growth;
    artifact.plan =
        with_stage_scales(std::move(plan->plan), artifact.stages.front().domain, request_.metric);
    if (form.noise.empty()) return artifact;
    artifact.plan = with_refreshes(std::move(*artifact.plan), refreshed(form));
    const std::string why = defect_of_levels(artifact.plan->program, *request_.refresh);
    if (!why.empty()) return Refusal{fmt::format("{}: {}", form.text, why)};
    return artifact;
  }

  std::string line(const Candidate& candidate) const {
    if (!candidate.costs)
      return fmt::format("  {:<28} {}\n", candidate.form.text, candidate.remark);
    return fmt::format("  {:<28} {:<9}  {:<15}  latency {:<7.4g} {}\n", candidate.form.text,
                       plural(candidate.costs->levels, "level"),
                       plural(candidate.costs->key_switches, "key switch"), candidate.latency,
                       candidate.remark);
  }

  std::string lines() const {
    std::string text;
    for (const Candidate& candidate : candidates_) text += line(candidate);
    return text;
  }

  SteppedChoice chosen(std::size_t index, Artifact artifact) {
    const Cost least = cost(candidates_[index]);
    for (Candidate& other : candidates_) {
      if (!other.remark.empty() || !other.costs) continue;
      other.remark = cost(other) > least ? "costs more" : "costs as much";
    }
    candidates_[index].remark = "taken: error at most " + size_text(*candidates_[index].error);
    return {.artifact = std::move(artifact), .candidates = "  tried:\n" + lines()};
  }

  // The nearest of what can be had, by each budget.
  Refusal nothing_found() const {
    const auto fewest = [&](int PlanCosts::*count) {
      const Candidate* best = nullptr;
      for (const Candidate& one : candidates_) {
        if (one.costs && (!best || (*one.costs).*count < (*best->costs).*count)) best = &one;
      }
      return best;
    };
    const Candidate* shallow = fewest(&PlanCosts::levels);
    const Candidate* cheap = fewest(&PlanCosts::key_switches);
    std::string why;
    if (shallow == nullptr) {
      why = "no form reaches it";
      for (const Candidate& candidate : candidates_) {
        if (!candidate.form.why.empty() || &candidate == &candidates_.front()) {
          why += fmt::format("; {}: {}", candidate.form.text, candidate.remark);
        }
      }
    } else if (!shallow->is_within_budgets && !cheap->is_within_budgets) {
      const auto takes = [](const Candidate& candidate) {
        return fmt::format("{} takes {} and {}", candidate.form.text,
                           plural(candidate.costs->levels, "level"),
                           plural(candidate.costs->key_switches, "key switch"));
      };
      why = "none of the forms that were tried is within the budget; " + takes(*shallow);
      if (cheap != shallow) why += ", " + takes(*cheap);
    } else {
      const auto tried = std::ranges::find_if(candidates_, &Candidate::is_within_budgets);
      why = "what was found cannot be had: " + tried->remark;
    }
    return about("--error", " " + size_text(request_.error, Rounding::down) + ": " + why);
  }

  const SteppedRequest& request_;
  const Identity& identity_;
  std::vector<Candidate> candidates_;
};

}  // namespace

Outcome<std::optional<FormCosts>> costs_of(const SteppedRequest& request, const StepForm& form) {
  const Outcome<std::optional<PlannedFunction>> within = planned(request.kind, form, request.plan);
  if (!within) return within.error();
  if (!*within) return std::optional<FormCosts>();
  const Plan& plan = (*within)->plan;
  return std::optional<FormCosts>(
      {.plan = plan.costs, .latency = latency_of(plan.program, request.plan.costs)});
}

Outcome<std::vector<SteppedStage>> proved_polynomial(const MinimaxRequest& problem, Metric metric) {
  Outcome<Proven> solved = solve_and_prove({.problem = problem, .form = {}});
  if (!solved) return solved.error();
  const auto proven = std::make_shared<const Proven>(*std::move(solved));
  const auto range = proved_range(proven->stored, proven->problem.domain);
  if (!range) return Refusal{"the range of the polynomial could not be proved"};
  SteppedStage stage{.record = {.polynomial = proven->stored,
                                .domain = proven->problem.domain,
                                .range = {*range},
                                .claim = {proven->error, metric},
                                .rounding = proven->rounding},
                     .error_of_program = [proven](const ChebyshevSeries& computed) {
                       return error_of_program(*proven, computed, default_tightness_log2);
                     }};
  return std::vector{std::move(stage)};
}

Outcome<SteppedStage> sized_stage(const MinimaxRequest& problem,
                                  const ChebyshevSeries& polynomial) {
  const InPhase phase(Phase::proof);
  const auto range = proved_range(polynomial, problem.domain);
  if (!range) return Refusal{"the range of a stage could not be proved"};
  Certificate size = certify(problem, polynomial, {});
  if (!size.holds) return Refusal{"the size of a stage could not be proved: " + size.detail};
  size.error.lower = 0;  // of no class
  return SteppedStage{
      .record = {.polynomial = polynomial,
                 .domain = problem.domain,
                 .range = {*range},
                 .claim = {size.error, Metric::absolute}},
      .error_of_program = [polynomial, upper = size.error.upper](const ChebyshevSeries& computed) {
        return Rational(upper + coefficient_distance(polynomial, computed));
      }};
}

std::optional<Outcome<SteppedChoice>> choice_without_refresh(
    const SteppedRequest& request,
    const std::function<Outcome<SteppedChoice>(const SteppedRequest&)>& make) {
  const int start = request.refresh->start;
  if (start < 1) return std::nullopt;
  SteppedRequest plain = request;
  plain.refresh.reset();
  plain.plan.max_levels = std::min(request.plan.max_levels.value_or(start), start);
  Outcome<SteppedChoice> made = make(plain);
  if (made || !made.error().leaves_others()) return made;
  return std::nullopt;
}

Outcome<SteppedChoice> chosen_form(const SteppedRequest& request, const Identity& identity,
                                   const std::vector<StepForm>& forms) {
  return Chooser(request, identity).run(forms);
}

}  // namespace equiripple
