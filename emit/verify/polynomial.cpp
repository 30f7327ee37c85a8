// One polynomial of a function: minimax and mod1, and other methods.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "emit/condition_text.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/approximate.hpp"
#include "emit/make/domain_search.hpp"
#include "emit/make/proven.hpp"
#include "emit/request/problem.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

MinimaxRequest on_stage(MinimaxRequest problem, const StageRecord& stage) {
  problem.domain = stage.domain;
  problem.degree = stage.polynomial.degree();
  problem.parity = stage.polynomial.parity;
  return problem;
}

const Rational& larger_lower(const Inquiry& inquiry) {
  return std::max(inquiry.stage(1).claim.error.lower, inquiry.artifact.claim.error.lower);
}

bool is_of_method(const ChebyshevSeries& table, const ClassicalResult& again) {
  return again.status == ClassicalStatus::determined && table.parity == again.polynomial.parity &&
         is_rounding_of(table, again.polynomial, {});
}

// The same numbers again, from table and program.
void examine_deviations(Inquiry& inquiry, const PolynomialRequest& request) {
  const auto& record = inquiry.stage(1).deviations;
  MinimaxRequest asked = request.problem;
  asked.degree = request.degree.value_or(inquiry.stage(1).polynomial.degree());
  const auto again = deviations_of(asked, inquiry.stored.front(), inquiry.computed.front());
  const auto prove = [&](const char* claim, const std::vector<Rational>& claimed,
                         const std::vector<Rational>& found, const char* what) {
    const bool as_many = claimed.size() == found.size();
    const bool keeps = as_many && std::ranges::equal(found, claimed, std::less_equal<>());
    inquiry.decide(keeps, claim, 1,
                   fmt::format("stage 1: the {} is further from what --through, --leading or "
                               "--powers ask than is claimed",
                               what));
  };
  if (record.has_value() != again.has_value()) {
    return inquiry.fails("stages/*/deviations/table/*", 1,
                         "stage 1: deviations are those of conditions, and there are not both");
  }
  if (!record) return;
  if (again->table.size() == record->table.size()) {
    inquiry.holds("stages/*/deviations/table/*", 1,
                  fmt::format("stage 1: {}", describe_conditions(inquiry.artifact)));
  }
  prove("stages/*/deviations/table/*", record->table, again->table, "table");
  prove("stages/*/deviations/program/*", record->program, again->program, "program");
  for (const char* claim : {"request/through", "request/leading", "request/powers"}) {
    inquiry.holds(claim);
  }
}

}  // namespace

void examine_claims(Inquiry& inquiry, const PolynomialRequest& request) {
  const MinimaxRequest problem = on_stage(request.problem, inquiry.stage(1));
  examine_deviations(inquiry, request);
  if (!inquiry.all_hold()) return;
  prove_only_stage(inquiry, problem, request.metric);
  if (!inquiry.all_hold()) return;
  MinimaxRequest asked = problem;
  asked.domain = request.problem.domain;
  asked.degree = request.degree.value_or(problem.degree);
  prove_lower(inquiry, 1, asked, request.form, Table::best, larger_lower(inquiry));
  for (const char* claim :
       {"error/lower", "request/function", "request/weight", "request/relative"}) {
    inquiry.holds(claim);
  }
  prove_objectives(inquiry, objectives_of(request));
}

void examine_claims(Inquiry& inquiry, const ApproximationRequest& asked_for) {
  const StageRecord& stage = inquiry.stage(1);
  const Outcome<ApproximationRequest> posed =
      asked_for.tolerance ? on_domain(asked_for, stage.domain) : asked_for;
  if (!posed) return inquiry.fails("request/function", 0, legible(posed.error().why));
  const ApproximationRequest& request = *posed;
  inquiry.decide(stage.rounding == RoundingMethod::one_by_one, "stages/*/rounding", 1,
                 "stage 1: its coefficients are rounded one by one");
  if (has_option(inquiry.artifact.request, "data")) {
    if (request.method != ClassicalMethod::least_squares || request.density) {
      return inquiry.fails("request/data", 0, "--data: only with --method least-squares");
    }
    if (request.degree != stage.polynomial.degree()) {
      return inquiry.fails("request/degree", 0,
                           "the table has another degree than the request, and the points, which "
                           "may leave a power out, are not at hand");
    }
  } else if (!is_of_method(stage.polynomial, classical_polynomial(request))) {
    return inquiry.fails("request/method", 0,
                         fmt::format("the polynomial of --method {} is not that of the table",
                                     name_of(request.method)));
  }
  for (const char* claim : {"request/method", "request/of", "request/centre", "request/density",
                            "request/polynomial", "request/coefficients", "request/basis",
                            "request/halved", "request/on", "request/degree", "request/error"}) {
    inquiry.holds(claim);
  }
  // Of all polynomials of its degree, whatever the parity of this one.
  MinimaxRequest problem = on_stage(request.problem, stage);
  problem.parity = Parity::none;
  prove_only_stage(inquiry, problem, request.metric);
  if (!inquiry.all_hold()) return;
  MinimaxRequest asked = problem;
  asked.domain = request.problem.domain;
  prove_lower(inquiry, 1, asked, {}, Table::other, larger_lower(inquiry));
  for (const char* claim :
       {"error/lower", "request/function", "request/weight", "request/relative"}) {
    inquiry.holds(claim);
  }
  if (request.method == ClassicalMethod::share && request.error) {
    inquiry.decide(
        inquiry.artifact.claim.error.upper <= *request.error, "request/error", 0,
        fmt::format("the request is of an error of {}, and {} is what is claimed",
                    size_text(*request.error), size_text(inquiry.artifact.claim.error.upper)));
  }
  if (!inquiry.all_hold()) return;
  prove_objectives(inquiry, objectives_of(request));
  if (!asked_for.tolerance || !inquiry.all_hold()) return;
  if (const auto doubt = doubt_of_ends(asked_for, stage)) {
    return inquiry.fails("request/find-domain", 0, doubt->why);
  }
  inquiry.holds("request/find-domain", 0,
                fmt::format("beyond the domain, within {} of either end, the error exceeds {}, or "
                            "the function ends",
                            size_text(resolution_of(asked_for.problem.domain)),
                            size_text(*asked_for.tolerance, Rounding::down)));
}

}  // namespace equiripple
