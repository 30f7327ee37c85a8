// The method's polynomial, then what every polynomial goes through.
#include "emit/make/approximate.hpp"

#include <fmt/format.h>

#include <utility>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/domain_search.hpp"
#include "emit/make/power.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/ranking.hpp"
#include "emit/plan/latency.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/classical/classical.hpp"
#include "generator/classical/widest_share.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

const Expression& expanded(const ApproximationRequest& request) {
  return request.of ? *request.of : request.problem.target;
}

ProjectionRequest projection(const ApproximationRequest& request) {
  ProjectionRequest projection{.target = request.problem.target,
                               .domain = request.problem.domain,
                               .degree = request.degree.value_or(highest_classical_degree),
                               .kinks = request.problem.kinks};
  if (request.method == ClassicalMethod::cryptodl) projection.target = expanded(request);
  if (request.density) {
    projection.density = *request.density;
    projection.kinks = request.density_kinks;
  }
  return projection;
}

ShareRequest share_of(const ApproximationRequest& request) {
  ShareRequest share{
      .problem = request.problem, .tolerance = *request.within, .worst = request.error};
  share.problem.degree = *request.degree;
  if (request.density) share.density = *request.density;
  return share;
}

ChebyshevSeries given_polynomial(const ApproximationRequest& request) {
  const Domain& domain = request.problem.domain;
  if (!request.table) return from_powers(request.powers, basis_for(domain));
  const Interval& on = request.table->basis;
  const Interval whole = hull(rounded_outward(domain));
  const bool is_stored_so = is_binary64(on.lower) && is_binary64(on.upper) &&
                            is_binary64(on.lower + on.upper) && is_binary64(on.upper - on.lower);
  if (is_stored_so && on.lower <= whole.lower && whole.upper <= on.upper) {
    return with_seen_parity(*request.table);
  }
  return from_powers(to_powers(*request.table), basis_for(domain));
}

}  // namespace

ClassicalResult classical_polynomial(const ApproximationRequest& request) {
  const Domain& domain = request.problem.domain;
  switch (request.method) {
    case ClassicalMethod::least_squares:
      return request.points.empty() ? least_squares(projection(request))
                                    : least_squares_at(projection(request), request.points);
    case ClassicalMethod::cryptodl: return integral_of_least_squares(projection(request));
    case ClassicalMethod::securedl:
      return rising_least_squares(projection(request), *request.error);
    case ClassicalMethod::chebyshev:
      return interpolation(request.problem.target, domain.front(), *request.degree);
    case ClassicalMethod::taylor:
      return taylor_polynomial(expanded(request), request.centre, domain, *request.degree);
    case ClassicalMethod::variance: return least_variance(projection(request), request.noise);
    case ClassicalMethod::share: return widest_share(share_of(request));
    case ClassicalMethod::given: break;
  }
  return {.status = ClassicalStatus::determined,
          .polynomial = given_polynomial(request),
          .detail = "given"};
}

namespace {

std::optional<Refusal> unusable(const ApproximationRequest& request,
                                const ClassicalResult& result) {
  switch (result.status) {
    case ClassicalStatus::determined: return std::nullopt;
    case ClassicalStatus::not_smooth:
      return about(
          "--method",
          fmt::format(" taylor: '{}' has no Taylor series about {}; expand a smooth function in "
                      "its place, as --of 'softplus(x)' or --of 'silu(x)' for ReLU",
                      expanded(request).text(), decimal(request.centre)),
          Status::wrong_request);
    case ClassicalStatus::not_finite:
      return about("--function",
                   fmt::format(" '{}': {}", request.problem.target.text(), result.detail),
                   Status::wrong_request);
    case ClassicalStatus::limit_not_met:
      if (request.method == ClassicalMethod::share) {
        return about("--tolerance", fmt::format(" {}: {}; take a larger one, or a higher degree",
                                                decimal(*request.within), result.detail));
      }
      return about(
          "--error",
          fmt::format(
              " {}: least squares of degrees up to {} does not reach it; of ReLU on [-B, B] no "
              "degree below about 0.14 B / error can",
              decimal(*request.error), request.degree.value_or(highest_classical_degree)));
    case ClassicalStatus::not_determined:
    case ClassicalStatus::not_run: break;
  }
  return about("--method", fmt::format(" {}: {}", name_of(request.method), result.detail));
}

// Of a table that is given the error is what is asked for: it is told to more digits.
int tightness_of(const ApproximationRequest& request) {
  constexpr int of_given_log2 = -20;  // chosen: six digits
  if (request.tolerance) return highest_tightness_log2;
  return request.method == ClassicalMethod::given ? of_given_log2 : default_tightness_log2;
}

Outcome<Artifact> made_on_domain(const ApproximationRequest& request, const Identity& identity) {
  const ClassicalResult solved = classical_polynomial(request);
  if (auto refusal = unusable(request, solved)) return *refusal;
  const auto stored = rounded_within_range(solved.polynomial, {});
  if (!stored) {
    return Refusal{
        "a coefficient is beyond the largest binary64 number; take a lower degree, or "
        "scale the function down"};
  }
  Proven proven{.problem = request.problem, .solved = {}, .stored = *stored, .error = {}};
  proven.problem.degree = proven.stored.degree();
  proven.problem.parity = Parity::none;
  proven.solved = minimax(proven.problem);  // for the lower bound
  if (auto refusal = not_finite(proven.solved, proven.problem)) return *refusal;
  if (proven.solved.status == MinimaxStatus::beyond_range) {  // nor can it be proved
    return about(
        "--function",
        fmt::format(" '{}': it is too large to compute with", proven.problem.target.text()),
        Status::wrong_request);
  }
  proven.problem.domain = rounded_outward(request.problem.domain);
  const int tightness_log2 = tightness_of(request);
  const Certificate proof = certify(proven.problem, proven.stored, proven.solved, tightness_log2);
  if (!proof.holds) return not_proved(proof, proven.problem);
  proven.error = proof.error;
  if (request.method == ClassicalMethod::share && request.error &&
      proven.error.upper > *request.error) {
    return about("--error", fmt::format(" {}: what was found reaches {}; take a larger one",
                                        decimal(*request.error), size_text(proven.error.upper)));
  }
  if (request.tolerance) {
    const Rational limit = kept_limit(*request.tolerance);
    if (proven.error.upper > limit && certify_limit(proven.problem, proven.stored, limit).holds) {
      proven.error.upper = limit;
    }
  }
  return polynomial_artifact(std::move(proven),
                             {.metric = request.metric,
                              .tightness_log2 = tightness_log2,
                              .plan = request.plan,
                              .objectives = objectives_of(request)},
                             identity);
}

Cost cost_of_plan(const ApproximationRequest& request, const Plan& plan) {
  return cost_of(request.plan, plan.costs.levels, plan.costs.key_switches,
                 latency_of(plan.program, request.plan.costs));
}

// Multiplied out, or squared as it is written: the cheaper, where both are to be had.
Outcome<MadeApproximation> cheaper_form(const ApproximationRequest& request,
                                        const SteppedRequest& power, const Identity& identity) {
  std::optional<Outcome<Artifact>> expansion;
  if (!request.powers.empty()) {
    expansion = made_on_domain(request, identity);
    if (!*expansion && !expansion->error().leaves_others()) return expansion->error();
  }
  Outcome<SteppedChoice> squared = make_power(power, identity);
  Artifact* expanded = expansion && *expansion ? &**expansion : nullptr;
  if (!squared) {
    if (!squared.error().leaves_others()) return squared.error();
    if (expanded == nullptr) return expansion ? expansion->error() : squared.error();
    return MadeApproximation{.artifact = std::move(*expanded)};
  }
  Artifact& artifact = squared->artifact;
  std::string& tried = squared->candidates;
  if (expanded == nullptr || !expanded->plan) {
    return MadeApproximation{.artifact = std::move(artifact), .tried = std::move(tried)};
  }
  const PlanCosts& costs = artifact.plan->costs;
  const PlanCosts& other = expanded->plan->costs;
  // A few scalar products alone are no reason to give up the table that is asked for.
  const bool is_shorter = costs.levels < other.levels || costs.key_switches < other.key_switches;
  const bool pays =
      is_shorter && cost_of_plan(request, *artifact.plan) < cost_of_plan(request, *expanded->plan);
  if (!pays) return MadeApproximation{.artifact = std::move(*expanded)};
  std::string remark =
      fmt::format("multiplied out, degree {}, it would take {} and {}",
                  expanded->stages.front().polynomial.degree(), plural(other.levels, "level"),
                  plural(other.key_switches, "key switch"));
  return MadeApproximation{
      .artifact = std::move(artifact), .remark = std::move(remark), .tried = std::move(tried)};
}

std::string sentence(const ApproximationRequest& request, const Artifact& artifact) {
  constexpr int digits = 9;
  const Interval found = hull(artifact.stages.front().domain);
  return fmt::format(
      "the error keeps to {} on [{}, {}]; within {} beyond either end it exceeds that, or the "
      "function ends",
      decimal(*request.tolerance), decimal(found.lower, digits, Rounding::up),
      decimal(found.upper, digits, Rounding::down),
      decimal(resolution_of(request.problem.domain), 2, Rounding::up));
}

}  // namespace

Outcome<MadeApproximation> make_approximation(const ApproximationRequest& request,
                                              const Identity& identity) {
  if (const auto power = power_request(request)) return cheaper_form(request, *power, identity);
  if (!request.tolerance) {
    Outcome<Artifact> made = made_on_domain(request, identity);
    if (!made) return made.error();
    return MadeApproximation{
        .artifact = *std::move(made),
        .remark = request.method == ClassicalMethod::cryptodl
                      ? std::string()
                      : describe_leaving(request.density_words, request.problem.domain)};
  }
  constexpr long most_narrowings = 3;  // fewer than the steps of the resolution
  const Outcome<FoundDomain> found = largest_domain(request);
  if (!found) return found.error();
  for (long steps = 0;; ++steps) {
    const Outcome<ApproximationRequest> narrowed = on_domain(request, found->narrowed(steps));
    if (!narrowed) return narrowed.error();
    Outcome<Artifact> made = made_on_domain(*narrowed, identity);
    if (!made) return made.error();
    if (made->claim.error.upper > *request.tolerance && steps < most_narrowings) continue;
    if (auto doubt = doubt_of_ends(request, made->stages.front())) return *doubt;
    std::string remark = sentence(request, *made);
    return MadeApproximation{.artifact = *std::move(made), .remark = std::move(remark)};
  }
}

}  // namespace equiripple
