// ReLU and its kin by one polynomial of the function itself: its error, and that none of its degree
// has a smaller one.
#include <algorithm>

#include "emit/claim_data.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/sign/direct.hpp"

namespace equiripple {

void examine_direct_claims(Inquiry& inquiry, const SignRequest& request) {
  const Artifact& artifact = inquiry.artifact;
  const StageRecord& stage = inquiry.stage(1);
  const int degree = stage.polynomial.degree();
  const bool is_abs = artifact.kind == Kind::abs;
  MinimaxRequest problem =
      is_abs ? abs_problem(request.range, degree) : relu_problem(request.range, degree);
  problem.domain = stage.domain;
  require_metric(inquiry, 1, Metric::absolute);
  require_whole_metric(inquiry, Metric::relu);
  prove_range(inquiry, 1);
  if (!inquiry.all_hold()) return;
  const Rational unit = claim_unit(artifact);
  const ErrorEnclosure& whole = artifact.claim.error;
  const ErrorEnclosure& error = stage.claim.error;
  prove_upper(inquiry, 1, problem, std::min(error.upper, Rational(whole.upper * unit)));
  if (!inquiry.all_hold()) return;
  prove_attained(inquiry, 1, problem, std::max(error.attained, Rational(whole.attained * unit)));
  if (!inquiry.all_hold()) return;
  Outcome<BestOfClass> best = best_of_class(abs_problem(request.range, degree), {});
  if (!best) return inquiry.fails("stages/*/error/lower", 1, best.error().why);
  if (!is_abs) {
    best = BestOfClass{.polynomial = relu_of_abs(best->polynomial),
                       .rounded = relu_of_abs(best->rounded),
                       .lower = best->lower / 2};
  }
  prove_lower(inquiry, 1, *best, {}, Table::best,
              std::max(error.lower, Rational(whole.lower * unit)));
  for (const char* claim : {"error/upper", "error/attained", "error/lower"}) inquiry.holds(claim);
}

}  // namespace equiripple
