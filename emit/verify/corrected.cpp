// 1/x and its kin: the start like any polynomial; the rest follows from its error and the program's
// scalars.
#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/proof/certify_corrected.hpp"

namespace equiripple {
namespace {

void prove_attained_after(Inquiry& inquiry, CorrectionMap map, const Domain& domain) {
  constexpr int point_digits = 17;
  const ErrorEnclosure& claim = inquiry.artifact.claim.error;
  const ChebyshevSeries& start = inquiry.stored.front();
  const CorrectionScalars& scalars = inquiry.corrected.scalars;
  const auto& [where, attained] = largest_at_ends(map, scalars, start, domain);
  if (claim.attained > attained) {  // and with it lower, which is not above it
    return inquiry.fails("error/attained", 0,
                         fmt::format("at the ends of the domain the error is {}, below the claimed "
                                     "{}",
                                     size_text(attained, Rounding::down),
                                     size_text(claim.attained, Rounding::down)));
  }
  inquiry.holds(
      "error/attained", 0,
      fmt::format("after {}: the error attains {} at x = {}",
                  plural(inquiry.artifact.corrections, "correction"),
                  size_text(claim.attained, Rounding::down), decimal(where, point_digits)));
  inquiry.holds("error/lower");
}

// In [-1, 1], in the program as well: its range is proved of the table, and the scale leaves room.
void examine_refreshed_start(Inquiry& inquiry) {
  const auto scale = refreshed_start_scale(inquiry.artifact);
  if (!scale) return;
  constexpr long room_log2 = -21;  // half of what start_scale() leaves
  const Rational distance =
      coefficient_distance(inquiry.stored.front(), inquiry.computed.front()) * *scale;
  inquiry.decide(distance <= power_of_two(room_log2), "steps/*/noise", 0,
                 "the program's start is not near enough to its table to be refreshed");
}

void prove_upper_after(Inquiry& inquiry, CorrectionMap map) {
  const Rational& upper = inquiry.artifact.claim.error.upper;
  const std::string what = plural(inquiry.artifact.corrections, "correction");
  const Rational start = start_error_of(inquiry.artifact);
  if (start >= 1) {
    return inquiry.fails("error/upper", 0,
                         fmt::format("the start is off by up to {} with what a refresh adds, which "
                                     "no correction mends",
                                     size_text(start)));
  }
  const Rational bound = bound_after(map, inquiry.corrected.scalars, start);
  if (bound > upper) {
    return inquiry.fails("error/upper", 0,
                         fmt::format("after {} the error is proved to be at most {}, not the "
                                     "claimed {}",
                                     what, size_text(bound), size_text(upper)));
  }
  inquiry.holds("error/upper", 0,
                fmt::format("after {}: the error is at most {}", what, size_text(upper)));
}

}  // namespace

void examine_claims(Inquiry& inquiry, const CorrectionRequest& request) {
  const StageRecord& stage = inquiry.stage(1);
  require_metric(inquiry, 1, Metric::relative);
  require_whole_metric(inquiry, Metric::relative);
  const ErrorEnclosure& error = stage.claim.error;
  if (error.upper >= 1) {
    return inquiry.fails("stages/*/error/upper", 1, "stage 1: the error of a start is below 1");
  }
  const Parity parity = request.start.parity;
  if (stage.polynomial.parity != parity) {
    return inquiry.fails("stages/*/parity", 1,
                         parity == Parity::odd
                             ? "stage 1: a start on both sides of 0 is odd"
                             : "stage 1: a start on one side of 0 is neither odd nor even");
  }
  examine_refreshes(inquiry, request.refresh);
  if (!inquiry.all_hold()) return;
  examine_refreshed_start(inquiry);
  if (!inquiry.all_hold()) return;
  const CorrectionMap map = correction_map(inquiry.artifact.kind);
  prove_upper_after(inquiry, map);
  prove_attained_after(inquiry, map, stage.domain);
  prove_range(inquiry, 1);
  if (!inquiry.all_hold()) return;
  MinimaxRequest problem = request.start;
  problem.degree = stage.polynomial.degree();
  problem.domain = stage.domain;
  prove_upper(inquiry, 1, problem, error.upper);
  if (!inquiry.all_hold()) return;
  prove_attained(inquiry, 1, problem, error.attained);
  problem.domain = request.start.domain;
  problem.degree = request.degree.value_or(problem.degree);
  prove_lower(inquiry, 1, problem, {}, Table::best, error.lower);
}

}  // namespace equiripple
