// Sign by composition and what is built on it: stage by stage, then as a whole.
#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/result.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/proof/certify_refreshed.hpp"
#include "generator/proof/certify_sign.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

class CompositionClaims {
 public:
  CompositionClaims(Inquiry& inquiry, const SignRequest& request)
      : inquiry_(inquiry), artifact_(inquiry.artifact), request_(request) {}

  void run() {
    const int count = static_cast<int>(artifact_.stages.size());
    for (int i = 1; i <= count; ++i) examine_form(i);
    require_whole_metric(inquiry_, covers_gap(artifact_.kind) ? Metric::relu : Metric::absolute);
    if (!inquiry_.all_hold()) return;
    for (int i = 1; i <= count; ++i) {
      const MinimaxRequest problem = problem_of_stage(i);
      const ErrorEnclosure& error = inquiry_.stage(i).claim.error;
      prove_upper(inquiry_, i, problem, error.upper);
      if (!inquiry_.all_hold()) return;
      prove_attained(inquiry_, i, problem, error.attained);
      prove_range_of_sign(inquiry_, i);
      if (!inquiry_.all_hold()) return;
    }
    if (covers_gap(artifact_.kind)) {
      prove_relu_claim();
    } else {
      prove_sign_claim();
    }
    if (!inquiry_.all_hold()) return;
    const Table table = request_.published.empty() ? Table::best : Table::other;
    for (int i = 1; i <= count; ++i) {
      prove_lower(inquiry_, i, problem_of_stage(i), {}, table, inquiry_.stage(i).claim.error.lower);
      if (!inquiry_.all_hold()) return;
    }
  }

 private:
  // What is seen without a proof.
  void examine_form(int i) {
    const StageRecord& stage = inquiry_.stage(i);
    const std::string name = fmt::format("stage {}", i);
    const Domain& domain = stage.domain;
    const bool odd = stage.polynomial.parity == Parity::odd &&
                     inquiry_.computed[static_cast<std::size_t>(i) - 1].parity == Parity::odd;
    if (!odd) {
      inquiry_.fails("stages/*/parity", i, name + ": a stage of sign is an odd polynomial");
    }
    if (domain.size() != 2 || !is_symmetric(domain) || domain.back().lower <= 0) {
      return inquiry_.fails("stages/*/domain/*/*", i,
                            name + ": the domain of a stage of sign is [-b, -a] and [a, b]");
    }
    require_metric(inquiry_, i, Metric::absolute);
    inquiry_.decide(stage.rounding == RoundingMethod::one_by_one, "stages/*/rounding", i,
                    name + ": its coefficients are rounded one by one");
    if (i == static_cast<int>(artifact_.stages.size())) return;
    if (!contains(inquiry_.stage(i + 1).domain, widened(stage.range, shift(i)))) {
      return inquiry_.fails("stages/*/range/*/*", i,
                            fmt::format("{}: its range{} leaves the domain of stage {}", name,
                                        shift(i) > 0 ? ", with what a refresh adds," : "", i + 1));
    }
    inquiry_.holds("stages/*/domain/*/*", i + 1,
                   fmt::format("{}: its range is inside the domain of stage {}", name, i + 1));
  }

  // Of a refresh before the stage after this one.
  Rational shift(int i) const { return shift_of(artifact_, static_cast<std::size_t>(i)); }

  static Domain widened(Domain domain, const Rational& by) {
    for (Interval& interval : domain) {
      interval.lower -= by;
      interval.upper += by;
    }
    return domain;
  }

  MinimaxRequest problem_of_stage(int i) const {
    const StageRecord& stage = inquiry_.stage(i);
    const Interval& positive = stage.domain.back();
    return sign_problem(positive.lower, positive.upper, stage.polynomial.degree());
  }

  CompositeClaim composite(const std::vector<ChebyshevSeries>& stages) const {
    const Interval& domain = artifact_.stages.front().domain.back();  // of x as it is refreshed
    CompositeClaim claim{.stages = stages,
                         .gap_end = domain.lower,
                         .range = domain.upper,
                         .last_error = artifact_.stages.back().claim.error.upper};
    std::vector<Rational> shifts{0};
    for (std::size_t i = 1; i < stages.size(); ++i) shifts.push_back(shift_of(artifact_, i));
    if (std::ranges::any_of(shifts, [](const Rational& shift) { return shift > 0; })) {
      claim.shifts = std::move(shifts);
    }
    return claim;
  }

  Certificate relu_limit(const std::vector<ChebyshevSeries>& stages, const Rational& limit) const {
    const CompositeClaim claim = composite(stages);
    if (claim.shifts.empty()) return certify_relu_limit(claim, limit);
    std::vector<Interval> positive;
    for (const StageRecord& stage : artifact_.stages) positive.push_back(stage.domain.back());
    return certify_refreshed_relu_limit(claim, positive, limit);
  }

  void fail_upper(const Certificate& proof, const Rational& upper, const Rational& scale) {
    inquiry_.fails("error/upper", 0,
                   proof.error.attained > upper * scale
                       ? fmt::format("the error is {} at {}, above the claimed {}",
                                     size_text(proof.error.attained / scale, Rounding::down),
                                     point_of(proof), size_text(upper))
                       : fmt::format("the claimed bound {} is not proved: {}, {}", size_text(upper),
                                     proof.detail, point_of(proof)),
                   proof.at);
  }

  // abs is off by twice what relu is off by. A refresh of the input adds as much to the result as
  // to the input, at most: what is left is for the composition, on all that x may then be.
  void prove_relu_claim() {
    const Rational scale = 1 / error_of_sign(artifact_.kind);
    const ErrorEnclosure& claim = artifact_.claim.error;
    const Rational range = domain_of(artifact_).back().upper;
    const Rational& reach = artifact_.stages.front().domain.back().upper;
    const Rational left = (claim.upper * range - shift_of(artifact_, 0)) / reach;
    if (left <= 0) {
      return inquiry_.fails("error/upper", 0,
                            fmt::format("the claimed bound {} is less than a refresh of the input "
                                        "adds",
                                        size_text(claim.upper)));
    }
    for (const auto& stages : {inquiry_.stored, inquiry_.computed}) {
      const Certificate proof = relu_limit(stages, left * scale);
      if (!proof.holds) return fail_upper(proof, claim.upper, scale);
    }
    inquiry_.holds("error/upper", 0,
                   fmt::format("{}: the error is at most {} of the range, the gap included",
                               name_of(artifact_.kind), size_text(claim.upper)));
    CompositeClaim without_noise = composite(inquiry_.stored);
    without_noise.range = range;
    prove_attained_of(inquiry_, certify_relu_limit(without_noise, claim.attained * scale), scale);
  }

  // step and compare are off by half of what sign is off by.
  void prove_sign_claim() {
    const Rational scale = 1 / error_of_sign(artifact_.kind);
    const ErrorEnclosure& claim = artifact_.claim.error;
    if (claim.upper * scale < artifact_.stages.back().claim.error.upper) {
      for (const auto& stages : {inquiry_.stored, inquiry_.computed}) {
        const Certificate proof = certify_sign_limit(composite(stages), claim.upper * scale);
        if (!proof.holds) return fail_upper(proof, claim.upper, scale);
      }
    }
    inquiry_.holds("error/upper", 0,
                   fmt::format("{}: the error is at most {} outside the gap",
                               name_of(artifact_.kind), size_text(claim.upper)));
    prove_attained_of(
        inquiry_, certify_sign_limit(composite(inquiry_.stored), claim.attained * scale), scale);
  }

  Inquiry& inquiry_;
  const Artifact& artifact_;
  const SignRequest& request_;
};

}  // namespace

void examine_claims(Inquiry& inquiry, const SignRequest& request) {
  if (is_direct(inquiry.artifact)) return examine_direct_claims(inquiry, request);
  CompositionClaims(inquiry, request).run();
}

}  // namespace equiripple
