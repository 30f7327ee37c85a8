// Degrees from the errors of starts and what noise adds to them; costs from what is composed.
#include "emit/make/refreshed_corrections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/corrected.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/ranking.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/refresh_text.hpp"

namespace equiripple {
namespace {

constexpr int highest_degree_by_default = 63;  // chosen: as of starts that are not refreshed
constexpr int largest_log2_degree = 7;         // of a start that is planned, at 127

class RefreshedCorrections {
 public:
  RefreshedCorrections(const CorrectionRequest& request, const Identity& identity)
      : request_(request), terms_(*request.refresh), identity_(identity) {}

  Outcome<Artifact> run() {
    std::optional<Artifact> best;
    for (int n = request_.corrections.value_or(1); n <= most_corrections_of_levels(); ++n) {
      const int first = request_.degree.value_or(smallest_degree(n));
      // Where rounding passes the error, the next degree may still make room.
      const int last = request_.degree ? first : std::min(first + step(), highest_degree());
      for (int degree = first; degree >= 1 && degree <= last; degree += step()) {
        Outcome<Artifact> made = composed(degree, n);
        if (made) {
          if (!best || cost(*made) < cost(*best)) best = *std::move(made);
          break;
        }
        if (!made.error().leaves_others()) return made.error();
        last_ = made.error().why;
      }
    }
    if (best) return *std::move(best);
    return nothing_found();
  }

 private:
  int most_corrections_of_levels() const {
    return request_.corrections.value_or(std::min(most_corrections, terms_.levels));
  }

  int step() const { return request_.start.parity == Parity::odd ? 2 : 1; }

  int highest_degree() const {
    const int levels = std::min(terms_.start - terms_.lowest, largest_log2_degree);
    const int of_levels = levels < 1 ? 0 : (1 << levels) - 1;
    return std::min(of_levels, request_.max_degree.value_or(highest_degree_by_default));
  }

  // About: of what is corrected, with what a refresh adds; 1 or more where there is none.
  Rational start_error(int degree) {
    const auto [entry, is_new] = errors_.try_emplace(degree, 1);
    if (!is_new) return entry->second;
    MinimaxRequest problem = request_.start;
    problem.degree = degree;
    const MinimaxResult solved = minimax(problem);
    if (!solved.usable()) return entry->second;
    const Rational& own = solved.error.upper;
    const CorrectionMap map = correction_map(request_.kind);
    const Rational largest = (1 + own) * largest_target(map);
    const Rational noise = noise_of_start(map, terms_.noise, start_scale({-largest, largest}),
                                          hull(request_.start.domain));
    least_noise_ = std::min(least_noise_.value_or(noise), noise);
    entry->second = own + noise;
    return entry->second;
  }

  // Of 1/|x| or 1/sqrt(x) on the domain.
  Rational largest_target(CorrectionMap map) const {
    std::optional<Rational> least;
    for (const Interval& interval : request_.start.domain) {
      const Rational nearest = std::min(abs(interval.lower), abs(interval.upper));
      least = std::min(least.value_or(nearest), nearest);
    }
    return 1 / (map == CorrectionMap::inverse ? *least : square_root_of(*least).lower);
  }

  // After so many corrections; none where they mend nothing.
  std::optional<Rational> error_after(int degree, int corrections) {
    const Rational error = start_error(degree);
    if (error >= 1) return std::nullopt;
    const CorrectionMap map = correction_map(request_.kind);
    return bound_after(map, correction_scalars(map, error, corrections), error);
  }

  // 0 where there is none.
  int smallest_degree(int corrections) {
    for (int degree = 1; degree <= highest_degree(); degree += step()) {
      const std::optional<Rational> error = error_after(degree, corrections);
      if (error && (!request_.error || *error <= *request_.error)) return degree;
    }
    return 0;
  }

  // Within the error and the budgets.
  Outcome<Artifact> composed(int degree, int corrections) {
    const std::string what =
        fmt::format("degree {}, {}", degree, plural(corrections, "correction"));
    report_work("proving " + what);
    Outcome<Artifact> made = compose_corrected(request_, degree, corrections, identity_);
    if (!made) return made;
    const Rational& reached = made->claim.error.upper;
    if (!nearest_ || reached < *nearest_) nearest_ = reached;
    if (request_.error && reached > *request_.error) {
      return Refusal{fmt::format("{} reaches {}", what, size_text(reached))};
    }
    const PlanCosts& costs = made->plan->costs;
    if (costs.levels > request_.plan.max_levels.value_or(costs.levels) ||
        costs.key_switches > request_.max_key_switches.value_or(costs.key_switches)) {
      above_budget_ = fmt::format("{} takes {} and {}", what, plural(costs.levels, "level"),
                                  plural(costs.key_switches, "key switch"));
      return Refusal{above_budget_};
    }
    return made;
  }

  // There is one refresh in each.
  Cost cost(const Artifact& artifact) const {
    const PlanCosts& costs = artifact.plan->costs;
    return cost_of(request_.plan, costs.levels, costs.key_switches,
                   refreshed_latency(artifact.plan->program, request_.plan.costs, terms_));
  }

  Refusal nothing_found() {
    const std::string need =
        request_.error ? "error " + size_text(*request_.error, Rounding::down) + " cannot be had"
                       : std::string("this cannot be had");
    if (highest_degree() < 1) {
      return about_refresh(terms_, need + ": the input has no level for a start");
    }
    if (!above_budget_.empty()) {
      return about_refresh(terms_, need + " within the budget: " + above_budget_);
    }
    if (!request_.degree) {
      for (int n = 1; n <= most_corrections_of_levels(); ++n) note_nearest(n);
    }
    if (nearest_) return about_refresh(terms_, need + ": " + size_text(*nearest_) + " can");
    if (least_noise_ && start_error(last_degree()) >= 1) {
      return about_refresh(
          terms_, fmt::format("{}: a refresh adds up to {} of the start, relative to it, and what "
                              "is off by 1 or more is not corrected",
                              need, size_text(*least_noise_)));
    }
    return about_refresh(terms_,
                         need + (last_.empty() ? std::string(": no start with its corrections fits")
                                               : ": " + last_));
  }

  // The highest degree that is tried.
  int last_degree() const {
    return step() == 2 ? highest_degree() - (highest_degree() + 1) % 2 : highest_degree();
  }

  void note_nearest(int corrections) {
    if (!error_after(last_degree(), corrections)) return;
    CorrectionRequest any = request_;
    any.error.reset();
    const Outcome<Artifact> made = compose_corrected(any, last_degree(), corrections, identity_);
    if (!made) return;
    const Rational& reached = made->claim.error.upper;
    if (!nearest_ || reached < *nearest_) nearest_ = reached;
  }

  const CorrectionRequest& request_;
  const RefreshRequest& terms_;
  const Identity& identity_;
  std::map<int, Rational> errors_{};       // of starts, with what a refresh adds
  std::optional<Rational> least_noise_{};  // relative to a start
  std::optional<Rational> nearest_{};      // the least error that was composed
  std::string last_{};                     // why the last was not taken
  std::string above_budget_{};             // the last that is within the error, and takes too much
};

}  // namespace

Outcome<Artifact> make_refreshed_corrections(const CorrectionRequest& request,
                                             const Identity& identity) {
  return RefreshedCorrections(request, identity).run();
}

}  // namespace equiripple
