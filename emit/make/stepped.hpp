// Functions made of steps: the forms that are tried, the choice among them, and what is chosen
// proved from the input to the result.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/plan/stepped.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// A stage with its proof, before it is planned.
struct SteppedStage {
  StageRecord record;
  /// A proved bound of the error of what the program computes in its place.
  std::function<Outcome<Rational>(const ChebyshevSeries& computed)> error_of_program;
};

/// One form of the function, solved and not yet proved.
struct StepForm {
  std::string text;   // "degree 15, 2 squares"
  std::string why{};  // there is no such form; then the rest is empty
  Steps steps{};
  std::vector<ChebyshevSeries> polynomials{};  // as rounded
  std::vector<Interval> ranges{};              // of their values, about
  std::vector<Rational> noise{};    // of the refresh before each stage, 0 where there is none; none
  std::vector<int> stage_levels{};  // of each stage, where that is decided
  /// Its stages with their proofs.
  std::function<Outcome<std::vector<SteppedStage>>()> proved{};
  std::function<std::optional<StepForm>()> finer{};  // the next that is more accurate, if any
};

struct FormCosts {
  PlanCosts plan;
  double latency = 0;  // by the table of the request, refreshes left aside
};

/// What the plan of a form takes; none where there is no plan. Refused where the table of costs
/// (--model) does not list as many levels.
[[nodiscard]] Outcome<std::optional<FormCosts>> costs_of(const SteppedRequest& request,
                                                         const StepForm& form);

/// The only stage of a form, the best polynomial for its problem: solved, rounded, proved.
[[nodiscard]] Outcome<std::vector<SteppedStage>> proved_polynomial(const MinimaxRequest& problem,
                                                                   Metric metric);

/// A stage that is the best for nothing: its claim is its size on the domain of the problem, whose
/// target is 0.
[[nodiscard]] Outcome<SteppedStage> sized_stage(const MinimaxRequest& problem,
                                                const ChebyshevSeries& polynomial);

struct SteppedChoice {
  Artifact artifact;
  std::string candidates;  // what was tried, a line each
};

/// What `make` makes of a request that has `refresh` without one, in the levels of the input; none
/// where they do not suffice.
[[nodiscard]] std::optional<Outcome<SteppedChoice>> choice_without_refresh(
    const SteppedRequest& request,
    const std::function<Outcome<SteppedChoice>(const SteppedRequest&)>& make);

/// Of everything that was tried, the first choice by request.plan.objective that is proved to meet
/// the error within the budgets.
[[nodiscard]] Outcome<SteppedChoice> chosen_form(const SteppedRequest& request,
                                                 const Identity& identity,
                                                 const std::vector<StepForm>& forms);

}  // namespace equiripple
