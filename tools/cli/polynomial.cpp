// A single minimax polynomial as an artifact.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/make_plan.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {
namespace {

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

// A stored polynomial with its proof.
struct Proven {
  MinimaxRequest problem;  // on the domain as stored
  MinimaxResult solved;
  ChebyshevSeries stored;
  ErrorEnclosure error;
};

void require_proof(const Certificate& proof, const MinimaxRequest& problem) {
  if (proof.holds) return;
  cannot_be_met(fmt::format("degree {} for {}: not proved: {}, x = {}", problem.degree,
                            problem.target.text(), proof.detail, decimal(proof.at)));
}

// Where the polynomial before rounding has a larger error than the search for extrema says.
std::optional<Rational> overlooked_point(const Proven& proven) {
  constexpr long clearly_log2 = -8;      // chosen: above what rounding and tightness explain
  constexpr long negligible_log2 = -90;  // of the coefficients: the noise of an exact polynomial
  const ChebyshevSeries& solved = proven.solved.polynomial;
  const Rational limit = proven.solved.error.upper * (1 + power_of_two(clearly_log2));
  if (proven.error.attained <= limit) return std::nullopt;
  const Rational noise =
      coefficient_distance(solved, {.basis = solved.basis}) * power_of_two(negligible_log2);
  const Certificate search = certify_limit(proven.problem, solved, std::max(limit, noise));
  if (search.holds || search.error.attained <= limit) return std::nullopt;
  return search.at;
}

// What the search for extrema overlooked the proof finds: then the exchange is run again with that
// point among those that it must look at.
Proven solve_and_prove(MinimaxRequest problem, const PolynomialRequest& request) {
  constexpr int most_rounds = 8;  // chosen: each adds one overlooked feature
  Rational overlooked;
  for (int round = 1;; ++round) {
    Proven proven{.problem = problem, .solved = minimax(problem), .stored = {}, .error = {}};
    if (!proven.solved.usable() && round > 1) {
      cannot_be_met(fmt::format(
          "degree {} for {}: the function has a feature near x = {} that the "
          "exchange does not resolve: {}",
          problem.degree, problem.target.text(), decimal(overlooked), proven.solved.detail));
    }
    require_solution(proven.solved, problem);
    proven.stored = stored_form(proven.solved);
    proven.problem.domain = rounded_outward(problem.domain);
    Certificate proof =
        certify(proven.problem, proven.stored, proven.solved, request.tightness_log2);
    require_proof(proof, problem);
    const bool undecided = request.error && proof.error.upper > *request.error &&
                           proof.error.attained <= *request.error;
    if (undecided) {
      proof = certify(proven.problem, proven.stored, proven.solved, highest_tightness_log2);
      require_proof(proof, problem);
    }
    proven.error = proof.error;
    const auto point = overlooked_point(proven);
    if (!point) return proven;
    if (round == most_rounds) {
      cannot_be_met(
          fmt::format("degree {} for {}: the function has features too narrow to find "
                      "all of them, the last near x = {}",
                      problem.degree, problem.target.text(), decimal(*point)));
    }
    overlooked = *point;
    problem.kinks.insert(std::ranges::lower_bound(problem.kinks, *point), *point);
  }
}

// The program rounds scalars of its own: what it computes is proved as well.
Rational error_of_program(const Proven& proven, const ChebyshevSeries& computed) {
  constexpr long little_log2 = -12;  // chosen: then the difference is simply added
  const Rational distance = coefficient_distance(proven.stored, computed);
  if (distance == 0) return proven.error.upper;
  const Rational sum = proven.error.upper + distance;
  if (proven.problem.weight.is_one() &&
      distance <= proven.error.upper * power_of_two(little_log2)) {
    return round_to_bits(sum, binary64_bits, Rounding::up);
  }
  const Certificate proof = certify(proven.problem, computed, proven.solved);
  require_proof(proof, proven.problem);
  return proof.error.upper;
}

Artifact artifact_of_degree(const MinimaxRequest& problem, const PolynomialRequest& request,
                            const Identity& identity) {
  Proven proven = solve_and_prove(problem, request);
  Artifact artifact{.name = identity.name, .kind = Kind::minimax, .request = identity.request};
  if (auto planned = make_plan(Kind::minimax, {proven.stored})) {
    proven.error.upper =
        std::max(proven.error.upper, error_of_program(proven, planned->computed[0]));
    artifact.plan = std::move(planned->plan);
  }
  const auto range = proved_range(proven.stored, proven.problem.domain);
  if (!range) cannot_be_met("the range of the polynomial could not be proved");
  artifact.claim = {proven.error, request.metric};
  artifact.stages.push_back({.polynomial = proven.stored,
                             .domain = proven.problem.domain,
                             .range = {*range},
                             .claim = artifact.claim});
  return artifact;
}

}  // namespace

Artifact make_polynomial(const PolynomialRequest& request, const Identity& identity) {
  MinimaxRequest problem = request.problem;
  problem.degree = request.degree ? *request.degree : degree_for(problem, *request.error);
  Artifact artifact = artifact_of_degree(problem, request, identity);
  // Where rounding the coefficients alone passes the error, one degree more may still make room.
  const auto misses = [&] { return request.error && artifact.claim.error.upper > *request.error; };
  if (misses() && !request.degree && problem.degree < highest_degree) {
    problem.degree += problem.parity == Parity::none ? 1 : 2;
    artifact = artifact_of_degree(problem, request, identity);
  }
  if (misses()) {
    cannot_be_met(fmt::format("degree {} with 53-bit coefficients reaches {}, not {}",
                              problem.degree, size_text(artifact.claim.error.upper),
                              size_text(*request.error)));
  }
  return artifact;
}

}  // namespace equiripple
