// A fit: finitely many points, in exact arithmetic.
#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/data/error.hpp"
#include "generator/data/fit.hpp"

namespace equiripple {
namespace {

void prove_errors(Inquiry& inquiry, const DataTable& table) {
  const ErrorEnclosure& whole = inquiry.artifact.claim.error;
  const ErrorEnclosure& error = inquiry.stage(1).claim.error;
  const Rational upper = std::min(error.upper, whole.upper);
  for (const ChebyshevSeries& p : {inquiry.stored.front(), inquiry.computed.front()}) {
    const TableError found = table_error(table, p);
    if (found.upper <= upper) continue;
    return inquiry.fails("stages/*/error/upper", 1,
                         fmt::format("the error at the points is {}, above the claimed {}",
                                     size_text(found.attained, Rounding::down), size_text(upper)));
  }
  inquiry.holds("stages/*/error/upper", 1,
                fmt::format("the error at the points is at most {}", size_text(upper)));
  inquiry.holds("error/upper");
  const Rational attained = std::max(error.attained, whole.attained);
  inquiry.decide(table_error(table, inquiry.stored.front()).attained >= attained,
                 "stages/*/error/attained", 1,
                 fmt::format("the error does not attain the claimed {} at any point",
                             size_text(attained, Rounding::down)));
  inquiry.holds("error/attained");
}

void prove_lower(Inquiry& inquiry, const DataResult& best) {
  const Rational lower =
      std::max(inquiry.stage(1).claim.error.lower, inquiry.artifact.claim.error.lower);
  const std::string size = size_text(lower, Rounding::down);
  if (lower != 0 &&
      (!best.usable() || alternation_bound(best.reference, best.polynomial) < lower)) {
    return inquiry.fails(
        "stages/*/error/lower", 1,
        fmt::format("the claim that no polynomial of its class is below {} is not proved", size));
  }
  inquiry.holds(
      "stages/*/error/lower", 1,
      lower == 0 ? std::string() : fmt::format("no polynomial of its class is below {}", size));
  inquiry.holds("error/lower");
}

// Of its objective the polynomial is the only one.
void examine_objective(Inquiry& inquiry, const FitRequest& request, const DataRequest& problem,
                       const DataResult& best) {
  const bool minimax = request.objective == FitObjective::minimax;
  const DataResult solved = minimax ? best : least_squares(problem);
  const StageRecord& stage = inquiry.stage(1);
  inquiry.decide(solved.usable() && is_rounding_of(stage.polynomial, solved.polynomial, {}),
                 "request/objective", 0,
                 fmt::format("the table is not the {} fit to the points",
                             minimax ? "minimax" : "least-squares"));
  inquiry.decide(stage.rounding == RoundingMethod::one_by_one, "stages/*/rounding", 1,
                 "stage 1: its coefficients are rounded one by one");
}

}  // namespace

void examine_claims(Inquiry& inquiry, const FitRequest& request) {
  require_metric(inquiry, 1, Metric::absolute);
  require_whole_metric(inquiry, Metric::absolute);
  prove_errors(inquiry, request.data.table);
  prove_range(inquiry, 1);
  if (!inquiry.all_hold()) return;
  const DataRequest problem{
      .table = request.data.table, .degree = request.degree, .parity = request.parity};
  const DataResult best = discrete_minimax(problem);
  prove_lower(inquiry, best);
  examine_objective(inquiry, request, problem, best);
}

}  // namespace equiripple
