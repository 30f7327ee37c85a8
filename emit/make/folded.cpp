// Folds are compositions of sign with a loose error, from the search over their degrees. For each
// core and error of the folds one last polynomial tells about which degree the others take; of all
// pairs the few that promise most are solved and planned.
#include "emit/make/folded.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/joined.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/one_polynomial.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/make/ranking.hpp"
#include "emit/refresh_text.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/slope.hpp"
#include "generator/sign/composite.hpp"
#include "generator/steps/folded.hpp"

namespace equiripple {
namespace {

constexpr int highest_fold = 63;         // chosen: higher ones are planned one by one, in seconds
constexpr int highest_last = 511;        // chosen: the points tell no higher ones apart
constexpr std::size_t most_solved = 24;  // of the pairs; chosen: estimates rank them well
constexpr std::size_t most_planned = 8;  // likewise
constexpr long margin_log2 = -17;        // chosen: above what proofs of ranges leave open

struct Core {
  Rational ends_at;
  Rational error;  // of the folds
};

FlatFunction flat_function(const SteppedRequest& request, bool times_x) {
  return {.target = request.whole.target,
          .range = request.whole.domain.back().upper,
          .error = request.error,
          .parity = request.parity,
          .times_x = times_x};
}

// The folds of these degrees, and how far their values reach.
struct Folds {
  std::vector<ChebyshevSeries> polynomials;  // and the last polynomial has a reach as well
  std::vector<Rational> reaches;             // |x| on the domain of each, and of what follows
};

// A core, the folds that bring the range there, and the noise of the refresh before each stage, the
// last polynomial's as well; none at all where nothing is refreshed.
struct FoldChoice {
  Rational core;
  std::vector<int> degrees;
  bool times_x = false;
  std::vector<Rational> noise{};
};

std::optional<Folds> folds_of(const SteppedRequest& request, const FoldChoice& choice) {
  const Rational range = rounded_outward(request.whole.domain).back().upper;
  const Rational margin = power_of_two(margin_log2);
  CompositeRequest composite{.degrees = choice.degrees,
                             .gap = choice.core / range,
                             .range = range,
                             .margin = margin,
                             .evidence = Evidence::measured};
  if (!choice.noise.empty()) composite.noise.assign(choice.noise.begin(), choice.noise.end() - 1);
  const CompositeSign sign = composite_sign(composite);
  if (sign.status != CompositeStatus::complete) return std::nullopt;
  Folds folds;
  for (const SignStage& stage : sign.stages) {
    folds.polynomials.push_back(stage.polynomial);
    folds.reaches.push_back(stage.domain.back().upper);
  }
  Rational last = sign.stages.back().range.back().upper + margin;
  if (!choice.noise.empty()) last += widening_of(choice.noise.back(), last);
  folds.reaches.push_back(Rational(to_double(last, Rounding::up)));
  return folds;
}

Outcome<std::vector<SteppedStage>> proved(const SteppedRequest& request, const Folds& folds,
                                          const Steps& steps,
                                          const std::vector<ChebyshevSeries>& polynomials) {
  std::vector<SteppedStage> stages;
  for (std::size_t i = 0; i < polynomials.size(); ++i) {
    MinimaxRequest problem = problem_of_stage(request, steps, i).problem;
    problem.domain = {{-folds.reaches[i], folds.reaches[i]}};
    problem.degree = polynomials[i].degree();
    Outcome<SteppedStage> stage = sized_stage(problem, polynomials[i]);
    if (!stage) return stage.error();
    stages.push_back(*std::move(stage));
  }
  return stages;
}

std::string form_text(const FoldChoice& choice, const LastPolynomial& last) {
  return fmt::format("folds {}, then {}degree {}{}", fmt::join(choice.degrees, ","),
                     last.use == LastUse::value ? "" : "x times ", last.series.degree(),
                     refreshed_places_text(choice.noise));
}

std::optional<StepForm> form_of(const SteppedRequest& request, const FoldChoice& choice,
                                int lowest) {
  auto folds = folds_of(request, choice);
  if (!folds) return std::nullopt;
  const auto last = last_after_folds({.function = flat_function(request, choice.times_x),
                                      .core = choice.core,
                                      .folds = folds->polynomials,
                                      .reach = folds->reaches.back(),
                                      .highest = highest_last},
                                     lowest);
  if (!last) return std::nullopt;
  StepForm form{.text = form_text(choice, *last),
                .steps = steps_after_folds(last->use, choice.degrees.size() + 1),
                .polynomials = folds->polynomials,
                .noise = choice.noise};
  form.polynomials.push_back(last->series);
  for (std::size_t i = 1; i < folds->reaches.size(); ++i) {
    form.ranges.push_back({-folds->reaches[i], folds->reaches[i]});
  }
  form.ranges.push_back({-1, 1});  // counts for growth after steps alone
  form.proved = [request, folds = *folds, steps = form.steps, polynomials = form.polynomials] {
    return proved(request, folds, steps, polynomials);
  };
  form.finer = [request, choice, next = last->series.degree() + 1] {
    return form_of(request, choice, next);
  };
  return form;
}

class Pairs {
 public:
  Pairs(const SteppedRequest& request, bool times_x)
      : request_(request),
        times_x_(times_x),
        costs_(planner_costs(request.plan)),
        search_([](int levels) {
          report_work(fmt::format("searching: folds of {}", plural(levels, "level")));
        }) {}

  std::vector<StepForm> best() {
    std::vector<StepForm> forms;
    for (Solved& one : solved()) forms.push_back(std::move(one.form));
    return forms;
  }

  struct Solved {
    FoldChoice choice;
    StepForm form;
  };
  std::vector<Solved> solved() {
    const InPhase phase(Phase::choice);
    std::vector<Rational> shares{Rational(1, 8), Rational(1, 2), Rational(7, 8)};
    // Near a kink at 0 the weight is small, and a core may be wider than what is harmless.
    if (times_x_) shares.insert(shares.end(), {2, 4, 8});
    for (const Rational& share : shares) {
      const auto core = core_of(flat_function(request_, times_x_), request_.error * share);
      if (!core) continue;
      is_flat_ = true;
      for (const int percent : {5, 10, 20, 35, 50, 65, 75, 83, 90, 95}) {
        // The looser the folds, the more is left to the last polynomial.
        if (!add({*core, Rational(percent, 100)})) break;
      }
    }
    std::ranges::stable_sort(pairs_, {}, &Pair::cost);
    std::vector<Solved> all;
    std::size_t tried = 0;
    for (const Pair& pair : pairs_) {
      if (++tried > most_solved || all.size() == most_planned) break;
      report_work(fmt::format("solving for folds {}", fmt::join(pair.folds, ",")));
      const FoldChoice choice{.core = pair.core, .degrees = pair.folds, .times_x = times_x_};
      auto form = form_of(request_, choice, 1);
      if (!form) continue;
      const auto same = [&](const Solved& other) { return other.form.text == form->text; };
      if (std::ranges::none_of(all, same)) all.push_back({choice, std::move(*form)});
    }
    return all;
  }

  /// Where there are none.
  std::string why() const {
    if (!is_flat_) {
      return fmt::format("the function{} is not flat in the outer three quarters of the range",
                         times_x_ ? ", divided by x," : "");
    }
    return fmt::format("none is known within the budget that a degree up to {} can follow",
                       highest_last);
  }

 private:
  struct Pair {
    Rational core;
    std::vector<int> folds;
    Cost cost;
  };
  struct LastCosts {
    int levels = 0;
    int key_switches = 0;
    double latency = 0;
  };

  // Whether there is a last polynomial for these folds.
  bool add(const Core& core) {
    const Rational range = request_.whole.domain.back().upper;
    CompositeSearchRequest search{.gap = core.ends_at / range,
                                  .error = core.error,
                                  .finest_error = 0x1p-52,
                                  .max_degree = highest_fold,
                                  .by_latency = request_.plan.objective == PlanObjective::latency,
                                  .costs = costs_};
    std::optional<LastCosts> last;
    for (const FoundComposition& found : search_.front(search)) {
      const Composition& folds = found.composition;
      if (!last) {
        const auto form = form_of(
            request_, {.core = core.ends_at, .degrees = folds.degrees, .times_x = times_x_}, 1);
        if (!form) return false;
        last = costs_of_last(form->polynomials.back().degree());
      }
      const int levels = folds.levels + last->levels;
      const int key_switches = folds.key_switches + last->key_switches;
      const bool fits = levels <= request_.plan.max_levels.value_or(levels) &&
                        key_switches <= request_.max_key_switches.value_or(key_switches);
      if (!fits) continue;
      pairs_.push_back(
          {.core = core.ends_at,
           .folds = folds.degrees,
           .cost = cost_of(request_.plan, levels, key_switches, folds.latency + last->latency)});
    }
    return true;
  }

  // By the least that a stage of about this degree takes.
  LastCosts costs_of_last(int degree) {
    const int tabled = std::min(degree - (degree + 1) % 2, highest_fold);
    LastCosts least{.levels = static_cast<int>(std::bit_width(static_cast<unsigned>(degree))),
                    .key_switches = degree,
                    .latency = 0};
    bool is_known = false;
    for (const StageOption& option :
         costs_(std::max(tabled, 3), times_x_ ? StageRole::last_times_x : StageRole::last)) {
      const double larger = std::sqrt(static_cast<double>(degree) / std::max(tabled, 3));
      const int key_switches = static_cast<int>(std::lround(option.key_switches * larger));
      const double latency = option.latency_with(0) * larger;
      if (is_known && latency >= least.latency) continue;
      least.key_switches = key_switches;
      least.latency = latency;
      is_known = true;
    }
    return least;
  }

  const SteppedRequest& request_;
  bool times_x_;
  StageCosts costs_;
  CompositeSearch search_;
  std::vector<Pair> pairs_;
  bool is_flat_ = false;
};

// Folds with refreshes between them, or before the last polynomial. Half of the error is left to
// what the refreshes add: of one that adds less a lower degree would do, by one or two.
class RefreshedFolds {
 public:
  explicit RefreshedFolds(const SteppedRequest& request)
      : request_(request), without_noise_(request) {
    without_noise_.error = request.error / 2;
    without_noise_.plan.max_levels.reset();
  }

  // By the number of refreshes.
  std::vector<StepForm> forms() {
    std::vector<StepForm> forms;
    Pairs pairs(without_noise_, /*times_x=*/false);
    for (const Pairs::Solved& solved : pairs.solved()) {
      const std::size_t places = solved.choice.degrees.size();  // before all but the first stage
      for (unsigned long chosen = 1; chosen < (1UL << places); ++chosen) {
        if (auto form = form_with(solved.choice, chosen << 1)) forms.push_back(std::move(*form));
      }
    }
    why_ = pairs.why();
    std::ranges::stable_sort(forms, {}, [](const StepForm& form) {
      return std::ranges::count_if(form.noise, [](const Rational& noise) { return noise > 0; });
    });
    if (forms.size() > most_planned) forms.resize(most_planned);
    return forms;
  }

  Refusal nothing_found() const {
    const std::string error = size_text(request_.error, Rounding::down);
    if (least_noise_) {
      return about_refresh(
          *request_.refresh,
          fmt::format("--error {} cannot be had by folds: what a refresh adds comes out as {} at "
                      "the least, and half of the error is left to it",
                      error, size_text(*least_noise_)));
    }
    return about_refresh(
        *request_.refresh,
        fmt::format("--error {} cannot be had: one polynomial is not refreshed, nor x times folds; "
                    "folds: {}",
                    error, why_));
  }

 private:
  // The bits of `chosen` are the stages that are refreshed. Nothing where levels or noise do not
  // allow it.
  std::optional<StepForm> form_with(FoldChoice choice, unsigned long chosen) {
    const RefreshRequest& terms = *request_.refresh;
    for (std::size_t i = 0; i <= choice.degrees.size(); ++i) {
      const bool refreshes = ((chosen >> i) & 1UL) != 0;
      choice.noise.push_back(refreshes ? terms.noise : Rational(0));
    }
    auto form = form_of(without_noise_, choice, 1);
    if (!form || !fits(*form)) return std::nullopt;
    std::vector<Interval> domains;
    for (const ChebyshevSeries& polynomial : form->polynomials) domains.push_back(polynomial.basis);
    const auto noise = noise_at_end(form->polynomials, domains, form->noise);
    if (!noise) return std::nullopt;
    least_noise_ = std::min(least_noise_.value_or(*noise), *noise);
    if (*noise > request_.error / 2) return std::nullopt;
    return form;
  }

  // Into the levels, as far as the fewest that each stage takes tell.
  bool fits(const StepForm& form) const {
    const RefreshRequest& terms = *request_.refresh;
    int left = terms.start;
    for (std::size_t i = 0; i < form.polynomials.size(); ++i) {
      if (form.noise[i] > 0) {
        if (left < terms.lowest) return false;
        left = terms.levels;
      }
      left -= static_cast<int>(std::bit_width(static_cast<unsigned>(form.polynomials[i].degree())));
      if (left < 0) return false;
    }
    return true;
  }

  const SteppedRequest& request_;
  SteppedRequest without_noise_;
  std::optional<Rational> least_noise_{};
  std::string why_{};
};

Outcome<SteppedChoice> make_without_refresh(const SteppedRequest& request,
                                            const Identity& identity) {
  std::vector<StepForm> forms{polynomial_form(request, highest_direct_degree(request))};
  const Domain& domain = request.whole.domain;
  if (domain.size() != 1 || !is_symmetric(domain)) {  // of pieces
    forms.push_back({.text = "folds", .why = "the range is not an interval about 0"});
    std::ranges::move(joined_forms(request), std::back_inserter(forms));
    return chosen_form(request, identity, forms);
  }
  for (const bool times_x : {false, true}) {
    Pairs pairs(request, times_x);
    std::vector<StepForm> folded = pairs.best();
    if (folded.empty()) {
      forms.push_back({.text = times_x ? "x times folds" : "folds", .why = pairs.why()});
    }
    std::ranges::move(folded, std::back_inserter(forms));
  }
  std::ranges::move(joined_forms(request), std::back_inserter(forms));
  return chosen_form(request, identity, forms);
}

}  // namespace

Outcome<SteppedChoice> make_folded(const SteppedRequest& request, const Identity& identity) {
  if (!request.refresh) return make_without_refresh(request, identity);
  auto without = choice_without_refresh(
      request, [&](const SteppedRequest& plain) { return make_without_refresh(plain, identity); });
  if (without) return *std::move(without);
  RefreshedFolds folds(request);
  const std::vector<StepForm> forms = folds.forms();
  if (forms.empty()) return folds.nothing_found();
  return chosen_form(request, identity, forms);
}

}  // namespace equiripple
