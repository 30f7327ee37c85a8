// The method's polynomial, then what every polynomial goes through.
#include "emit/make/approximate.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/proven.hpp"
#include "generator/classical/classical.hpp"
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
    case ClassicalMethod::given: break;
  }
  return {.status = ClassicalStatus::determined,
          .polynomial = from_powers(request.powers, basis_for(domain)),
          .detail = "given"};
}

namespace {

void require_usable(const ApproximationRequest& request, const ClassicalResult& result) {
  switch (result.status) {
    case ClassicalStatus::determined: return;
    case ClassicalStatus::not_smooth:
      wrong_request(fmt::format(
          "--method taylor: '{}' has no Taylor series about {}; expand a smooth function in its "
          "place, as --of 'softplus(x)' or --of 'silu(x)' for ReLU",
          expanded(request).text(), decimal(request.centre)));
    case ClassicalStatus::not_finite:
      wrong_request(
          fmt::format("--function '{}': {}", request.problem.target.text(), result.detail));
    case ClassicalStatus::limit_not_met:
      cannot_be_met(fmt::format(
          "--error {}: least squares of degrees up to {} does not reach it; of ReLU on [-B, B] no "
          "degree below about 0.14 B / error can",
          decimal(*request.error), request.degree.value_or(highest_classical_degree)));
    case ClassicalStatus::not_determined:
    case ClassicalStatus::not_run: break;
  }
  cannot_be_met(fmt::format("--method {}: {}", name_of(request.method), result.detail));
}

ChebyshevSeries stored_form(const ChebyshevSeries& solved) {
  try {
    return rounded(solved, binary64_bits);
  } catch (const std::overflow_error&) {
    cannot_be_met(
        "a coefficient is beyond the largest binary64 number; take a lower degree, or "
        "scale the function down");
  }
}

}  // namespace

Artifact make_approximation(const ApproximationRequest& request, const Identity& identity) {
  const ClassicalResult solved = classical_polynomial(request);
  require_usable(request, solved);
  // Apart: GCC 12.2 destroys members twice where the initialiser of a later one throws.
  const ChebyshevSeries stored = stored_form(solved.polynomial);
  Proven proven{.problem = request.problem, .solved = {}, .stored = stored, .error = {}};
  proven.problem.degree = proven.stored.degree();
  proven.problem.parity = Parity::none;
  proven.solved = minimax(proven.problem);  // for the lower bound
  require_finite(proven.solved, proven.problem);
  if (proven.solved.status == MinimaxStatus::beyond_range) {  // nor can it be proved
    wrong_request(fmt::format("--function '{}': it is too large to compute with",
                              proven.problem.target.text()));
  }
  proven.problem.domain = rounded_outward(request.problem.domain);
  const Certificate proof = certify(proven.problem, proven.stored, proven.solved);
  require_proof(proof, proven.problem);
  proven.error = proof.error;
  return polynomial_artifact(std::move(proven), {.plan = request.plan}, identity);
}

}  // namespace equiripple
