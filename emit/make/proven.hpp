// Solve, round, prove; and solve again where the proof finds what the search overlooked.
#pragma once

#include <optional>
#include <string>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/make/objectives.hpp"
#include "emit/request/requests.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/form.hpp"

namespace equiripple {

struct ProofRequest {
  MinimaxRequest problem;
  CoefficientForm form;
  std::optional<Rational> error{};  // worth a sharper proof where it decides
  int tightness_log2 = default_tightness_log2;
};

/// A stored polynomial with its proof.
struct Proven {
  MinimaxRequest problem;  // on the domain as stored
  MinimaxResult solved;
  ChebyshevSeries stored;
  RoundingMethod rounding = RoundingMethod::one_by_one;
  ErrorEnclosure error;
};

/// Or why the exchange or the proof does not succeed.
[[nodiscard]] Outcome<Proven> solve_and_prove(const ProofRequest& request);

/// A proved bound of the error of what the program computes, which rounds scalars of its own; or
/// why there is none.
[[nodiscard]] Outcome<Rational> error_of_program(const Proven& proven,
                                                 const ChebyshevSeries& computed,
                                                 int tightness_log2);

/// How far the two polynomials are from the conditions of the problem; none where it has none.
[[nodiscard]] std::optional<DeviationRecord> deviations_of(const MinimaxRequest& problem,
                                                           const ChebyshevSeries& stored,
                                                           const ChebyshevSeries& computed);

struct PolynomialClaim {
  Metric metric = Metric::absolute;
  int tightness_log2 = default_tightness_log2;  // of the program's error
  PlanSettings plan{};
  std::optional<ObjectivesRequest> objectives{};
};

/// The polynomial planned, and all of it as an artifact; or why not.
[[nodiscard]] Outcome<Artifact> polynomial_artifact(Proven proven, const PolynomialClaim& claim,
                                                    const Identity& identity);

/// "53 significant bits", "multiples of 2^-30".
[[nodiscard]] std::string describe_form(const CoefficientForm& form);

/// A wrong request where the exchange met a value that is not finite; none where all are.
[[nodiscard]] std::optional<Refusal> not_finite(const MinimaxResult& solved,
                                                const MinimaxRequest& problem);

/// Where the proof stopped, of one that does not hold.
[[nodiscard]] Refusal not_proved(const Certificate& proof, const MinimaxRequest& problem);

}  // namespace equiripple
