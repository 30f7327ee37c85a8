// The loop of exchange, rounding and proof.
#include "emit/make/proven.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/phase.hpp"
#include "generator/constraint/absent_powers.hpp"
#include "generator/constraint/rounding.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/rounding/lattice.hpp"

namespace equiripple {
namespace {

// What helps, as far as that is known: an error below the noise grows as the degree falls; a
// neighbouring degree is tried before it is named.
std::string advice(const MinimaxResult& solved, MinimaxRequest problem) {
  constexpr int highest_tried = 100;  // chosen: a second or so
  if (solved.status == MinimaxStatus::below_noise) return "; take a lower degree";
  if (solved.status == MinimaxStatus::beyond_range) return "; scale it, or its weight";
  if (problem.degree > highest_tried || !problem.conditions.empty()) return {};
  const int degree = problem.degree;
  const int step = problem.parity == Parity::none ? 1 : 2;
  for (const int neighbour : {degree + step, degree - step}) {
    if (neighbour < 0) continue;
    problem.degree = neighbour;
    if (minimax(problem).usable()) return fmt::format("; degree {} can be had", neighbour);
  }
  return {};
}

// Why there is no polynomial to go on with, or none whose error a file can state, in binary64;
// none where there is.
std::optional<Refusal> obstacle_of(const MinimaxResult& solved, const MinimaxRequest& problem) {
  if (auto refusal = not_finite(solved, problem)) return refusal;
  if (!solved.usable()) {
    return Refusal{fmt::format("degree {} for {}: {} ({}, {} bits){}", problem.degree,
                               problem.target.text(), solved.detail,
                               plural(solved.exchanges, "exchange"), solved.precision_bits,
                               advice(solved, problem))};
  }
  if (solved.error.upper <= Rational(std::numeric_limits<double>::max())) return std::nullopt;
  return Refusal{
      fmt::format("degree {} for {}: the best error, 2^{:.1f}, is too large for binary64; scale "
                  "the weight down",
                  problem.degree, problem.target.text(), log2_of(solved.error.upper))};
}

MinimaxResult solved_by_exchange(const MinimaxRequest& problem) {
  const InPhase phase(Phase::exchange);
  return minimax(problem);
}

Outcome<ChebyshevSeries> stored_form(const MinimaxResult& solved, const CoefficientForm& form) {
  const InPhase phase(Phase::rounding);
  if (auto stored = rounded_within_range(solved.polynomial, form)) return *std::move(stored);
  return Refusal{fmt::format("a coefficient is too large for {}; scale the function down",
                             describe_form(form))};
}

Outcome<ErrorEnclosure> certified(const ProofRequest& request, const Proven& proven,
                                  const ChebyshevSeries& stored) {
  const InPhase phase(Phase::proof);
  Certificate proof = certify(proven.problem, stored, proven.solved, request.tightness_log2);
  const bool undecided = proof.holds && request.error && proof.error.upper > *request.error &&
                         proof.error.attained <= *request.error;
  if (undecided) proof = certify(proven.problem, stored, proven.solved, highest_tightness_log2);
  if (!proof.holds) return not_proved(proof, proven.problem);
  return proof.error;
}

std::optional<ChebyshevSeries> closer_form(const ProofRequest& request, const Proven& proven) {
  const InPhase phase(Phase::rounding);
  return lattice_rounding(proven.problem, proven.solved, request.form);
}

// Rounds so that the conditions hold exactly, where there are such coefficients.
void round_and_keep(const ProofRequest& request, Proven& proven) {
  const MinimaxRequest& problem = proven.problem;
  const auto affine = affine_class(problem.conditions, problem.degree, problem.parity);
  std::optional<ChebyshevSeries> kept;
  if (!problem.conditions.absent.empty()) {
    kept =
        exactly_without(proven.solved.polynomial, problem.conditions, problem.degree, request.form);
  } else if (affine) {
    kept = exactly_kept(proven.solved.polynomial, *affine, request.form);
  }
  const ChebyshevSeries one_by_one = proven.stored;
  proven.stored = kept ? *kept
                       : nearly_kept(proven.solved.polynomial, problem.conditions, problem.degree,
                                     request.form);
  if (proven.stored.coefficients != one_by_one.coefficients) {
    proven.rounding = RoundingMethod::lattice;
  }
}

// Rounds one by one, and where that loses more than a tenth of the bound looks for something
// better. Why that fails; none where it does not.
std::optional<Refusal> round_and_prove(const ProofRequest& request, Proven& proven) {
  const Rational tolerable_loss(11, 10);
  const Outcome<ChebyshevSeries> stored = stored_form(proven.solved, request.form);
  if (!stored) return stored.error();
  proven.stored = *stored;
  if (!proven.problem.conditions.empty()) round_and_keep(request, proven);
  const Outcome<ErrorEnclosure> first = certified(request, proven, proven.stored);
  if (!first) return first.error();
  proven.error = *first;
  if (!proven.problem.conditions.empty()) return std::nullopt;
  if (proven.error.attained <= proven.error.lower * tolerable_loss) return std::nullopt;
  const auto closer = closer_form(request, proven);
  if (!closer) return std::nullopt;
  const Outcome<ErrorEnclosure> error = certified(request, proven, *closer);
  if (!error) return error.error();
  if (error->upper >= proven.error.upper) return std::nullopt;
  proven.stored = *closer;
  proven.error = *error;
  proven.rounding = RoundingMethod::lattice;
  return std::nullopt;
}

// Where the polynomial before rounding has a larger error than the search for extrema says: on the
// domain asked for, since what the rounding of its ends adds the exchange has not overlooked.
std::optional<Rational> overlooked_point(const Proven& proven, const MinimaxRequest& asked) {
  constexpr long clearly_log2 = -8;      // chosen: above what rounding and tightness explain
  constexpr long negligible_log2 = -90;  // of the coefficients: the noise of an exact polynomial
  const ChebyshevSeries& solved = proven.solved.polynomial;
  const Rational limit = proven.solved.error.upper * (1 + power_of_two(clearly_log2));
  if (proven.error.attained <= limit) return std::nullopt;
  const Rational noise =
      coefficient_distance(solved, {.basis = solved.basis}) * power_of_two(negligible_log2);
  const Certificate search = certify_limit(asked, solved, std::max(limit, noise));
  if (search.holds || search.error.attained <= limit) return std::nullopt;
  return search.at;
}

}  // namespace

std::optional<Refusal> not_finite(const MinimaxResult& solved, const MinimaxRequest& problem) {
  if (solved.status != MinimaxStatus::not_finite) return std::nullopt;
  return about("--function", fmt::format(" '{}': {}", problem.target.text(), solved.detail),
               Status::wrong_request);
}

Refusal not_proved(const Certificate& proof, const MinimaxRequest& problem) {
  return {fmt::format("degree {} for {}: not proved: {}, x = {}", problem.degree,
                      problem.target.text(), proof.detail, decimal(proof.at))};
}

std::string describe_form(const CoefficientForm& form) {
  if (form.unit) return "multiples of " + decimal(*form.unit);
  return fmt::format("{} significant bits", form.bits);
}

std::optional<DeviationRecord> deviations_of(const MinimaxRequest& problem,
                                             const ChebyshevSeries& stored,
                                             const ChebyshevSeries& computed) {
  if (problem.conditions.empty()) return std::nullopt;
  const auto sizes = [&](const ChebyshevSeries& p) {
    std::vector<Rational> found = deviations(p, problem.conditions, problem.degree);
    for (Rational& value : found) {
      value = round_to_bits(Rational(abs(value)), binary64_bits, Rounding::up);
    }
    return found;
  };
  return DeviationRecord{.table = sizes(stored), .program = sizes(computed)};
}

Outcome<Rational> error_of_program(const Proven& proven, const ChebyshevSeries& computed,
                                   int tightness_log2) {
  const InPhase phase(Phase::proof);
  constexpr long little_log2 = -12;  // chosen: then the difference is simply added
  const Rational distance = coefficient_distance(proven.stored, computed);
  if (distance == 0) return proven.error.upper;
  const Rational sum = proven.error.upper + distance;
  if (proven.problem.weight.is_one() &&
      distance <= proven.error.upper * power_of_two(little_log2)) {
    return round_to_bits(sum, binary64_bits, Rounding::up);
  }
  const Certificate proof = certify(proven.problem, computed, proven.solved, tightness_log2);
  if (!proof.holds) return not_proved(proof, proven.problem);
  return proof.error.upper;
}

// What the search for extrema overlooked the proof finds: then the exchange is run again with that
// point among those that it must look at.
Outcome<Proven> solve_and_prove(const ProofRequest& request) {
  constexpr int most_rounds = 8;  // chosen: each adds one overlooked feature
  MinimaxRequest problem = request.problem;
  Rational overlooked;
  for (int round = 1;; ++round) {
    Proven proven{
        .problem = problem, .solved = solved_by_exchange(problem), .stored = {}, .error = {}};
    if (!proven.solved.usable() && round > 1) {
      return Refusal{fmt::format(
          "degree {} for {}: the function has a feature near x = {} that the "
          "exchange does not resolve: {}",
          problem.degree, problem.target.text(), decimal(overlooked), proven.solved.detail)};
    }
    if (auto refusal = obstacle_of(proven.solved, problem)) return *refusal;
    proven.problem.domain = rounded_outward(problem.domain);
    if (auto refusal = round_and_prove(request, proven)) return *refusal;
    const auto point = overlooked_point(proven, problem);
    if (!point) return proven;
    if (round == most_rounds) {
      return Refusal{
          fmt::format("degree {} for {}: the function has features too narrow to find "
                      "all of them, the last near x = {}",
                      problem.degree, problem.target.text(), decimal(*point))};
    }
    overlooked = *point;
    problem.kinks.insert(std::ranges::lower_bound(problem.kinks, *point), *point);
  }
}

}  // namespace equiripple
