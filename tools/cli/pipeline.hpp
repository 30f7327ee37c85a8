// From a request to an artifact: solve, round, plan, claim.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/plan/settings.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/form.hpp"
#include "generator/sign/gap.hpp"

namespace equiripple {

struct PolynomialRequest {
  MinimaxRequest problem;  // its degree is the one below, or is found
  Metric metric = Metric::absolute;
  std::optional<int> degree{};      // none: the smallest for `error`
  std::optional<Rational> error{};  // that must be met
  CoefficientForm form{};
  int tightness_log2 = default_tightness_log2;  // of the proof
  PlanSettings plan{};
};

struct SignRequest {
  Kind kind = Kind::sign;
  std::vector<int> degrees;  // of minimax stages, or an even one of ReLU and its kin themselves;
                             // none: the best are searched, unless there are
  std::vector<PublishedStage> published{};  // stages instead
  std::optional<Rational> gap;  // needed unless covers_gap(kind); then only with degrees
  Rational range = 1;
  std::optional<Rational> margin;  // none: default_margin(gap)
  std::optional<Rational> error;   // the error that must be met; a search needs it, or a budget
  std::optional<Rational> bits{};  // where it was asked for as 2^-bits
  std::optional<int> max_key_switches{};
  std::optional<int> max_degree{};  // of the search
  PlanSettings plan{};

  bool is_searched() const { return degrees.empty() && published.empty(); }
  bool is_direct() const {  // one polynomial of ReLU or its kin itself, not of sign
    return covers_gap(kind) && degrees.size() == 1 && degrees.front() % 2 == 0;
  }
};

struct Identity {  // what the artifact is called, and what was asked for
  std::string name;
  RequestRecord request;
};

/// Fails with wrong_request or cannot_be_met.
[[nodiscard]] Artifact make_polynomial(const PolynomialRequest& request, const Identity& identity);
[[nodiscard]] Artifact make_sign(const SignRequest& request, const Identity& identity);

/// The composition of given degrees, its gap, and for ReLU and its kin the error over the gap;
/// whether it is complete is in its status.
[[nodiscard]] ReluSign solve_sign(const SignRequest& request, Evidence evidence);

/// Of given degrees or published stages; or of one even degree, the function itself.
[[nodiscard]] Artifact compose_sign(const SignRequest& request, const Identity& identity);

}  // namespace equiripple
