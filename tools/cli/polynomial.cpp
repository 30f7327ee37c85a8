// A single minimax polynomial as an artifact.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/make_plan.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/exchange/output_range.hpp"
#include "generator/function/smoothness.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {
namespace {

std::string explain(FunctionDefect defect) {
  switch (defect) {
    case FunctionDefect::none: break;
    case FunctionDefect::pole: return "has a pole (a division by zero)";
    case FunctionDefect::outside_log: return "takes the logarithm of a number that is not positive";
    case FunctionDefect::outside_root: return "takes the square root of a negative number";
    case FunctionDefect::outside_power: return "takes a fractional power of a negative number";
    case FunctionDefect::jump: return "jumps (where sign, floor or if does)";
    case FunctionDefect::not_finite: return "is not finite";
    case FunctionDefect::too_many_singularities: return "has too many kinks to resolve";
  }
  return {};
}

std::vector<Rational> kinks_of(const Expression& function, const Domain& domain) {
  const SmoothnessReport report = check_smoothness(function, domain);
  if (report.defect != FunctionDefect::none) {
    wrong_request(fmt::format("--function '{}': {} at x = {}, which is in the domain",
                              function.text(), explain(report.defect), decimal(report.point)));
  }
  return report.kinks;
}

void require_solution(const MinimaxResult& solved, const MinimaxRequest& problem) {
  if (solved.usable()) return;
  if (solved.status == MinimaxStatus::not_finite) {
    wrong_request(fmt::format("--function '{}': {}", problem.target.text(), solved.detail));
  }
  cannot_be_met(fmt::format("degree {} for {}: {} ({}, {} bits); try a lower degree",
                            problem.degree, problem.target.text(), solved.detail,
                            plural(solved.exchanges, "exchange"), solved.precision_bits));
}

int degree_for(const MinimaxRequest& problem, const Rational& error) {
  const DegreeSearch search = smallest_degree(problem, error, highest_degree);
  if (!search.found) {
    cannot_be_met(fmt::format(
        "--error: degree {} is needed to come down to {}, and {} is the "
        "highest",
        search.degree, size_text(search.smallest_error, Rounding::down), highest_degree));
  }
  return search.degree;
}

ChebyshevSeries stored_form(const MinimaxResult& solved) {
  constexpr int binary64 = 53;
  try {
    return rounded(solved.polynomial, binary64);
  } catch (const std::overflow_error&) {
    cannot_be_met("a coefficient is beyond the largest binary64 number; scale the function down");
  }
}

Artifact artifact_of_degree(MinimaxRequest problem, const Identity& identity) {
  const MinimaxResult solved = minimax(problem);
  require_solution(solved, problem);
  const ChebyshevSeries stored = stored_form(solved);
  problem.domain = rounded_outward(problem.domain);
  ErrorEnclosure error = measure(problem, solved, stored);
  Artifact artifact{.name = identity.name, .kind = Kind::minimax, .request = identity.request};
  if (auto planned = make_plan(Kind::minimax, {stored})) {
    error.upper = std::max(error.upper, measure(problem, solved, planned->computed[0]).upper);
    artifact.plan = std::move(planned->plan);
  }
  artifact.claim = {error, Metric::absolute};
  artifact.stages.push_back({.polynomial = stored,
                             .domain = problem.domain,
                             .range = {output_range(stored, problem.domain)},
                             .claim = artifact.claim});
  return artifact;
}

}  // namespace

Artifact make_polynomial(const PolynomialRequest& request, const Identity& identity) {
  // The claim is about the domain as stored, so the function must be defined on all of that.
  MinimaxRequest problem{.target = request.function,
                         .domain = request.domain,
                         .degree = request.degree.value_or(0),
                         .parity = request.parity,
                         .kinks = kinks_of(request.function, rounded_outward(request.domain)),
                         .precision_bits = request.precision_bits};
  if (!request.degree) problem.degree = degree_for(problem, *request.error);
  Artifact artifact = artifact_of_degree(problem, identity);
  // Where rounding the coefficients alone passes the error, one degree more may still make room.
  const auto misses = [&] { return request.error && artifact.claim.error.upper > *request.error; };
  if (misses() && !request.degree && problem.degree < highest_degree) {
    problem.degree += request.parity == Parity::none ? 1 : 2;
    artifact = artifact_of_degree(problem, identity);
  }
  if (misses()) {
    cannot_be_met(fmt::format("degree {} with 53-bit coefficients reaches {}, not {}",
                              problem.degree, size_text(artifact.claim.error.upper),
                              size_text(*request.error)));
  }
  return artifact;
}

}  // namespace equiripple
