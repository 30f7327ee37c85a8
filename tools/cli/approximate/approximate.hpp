// Polynomials by methods other than minimax, with the same proofs and plans: what papers on
// encrypted inference use, or a polynomial that is given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/classical/classical.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {

enum class ClassicalMethod { least_squares, chebyshev, taylor, cryptodl, securedl, given };

struct ApproximationRequest {
  ClassicalMethod method = ClassicalMethod::least_squares;
  MinimaxRequest problem;               // target, domain and kinks; what the claim is about
  std::optional<Expression> of{};       // taylor, cryptodl: the smooth function in its place
  std::optional<Expression> density{};  // least-squares, cryptodl
  std::vector<Rational> density_kinks{};
  std::vector<double> points{};     // least-squares: at these instead of over the domain
  Rational centre = 0;              // taylor
  std::optional<int> degree{};      // securedl: the highest
  std::optional<Rational> error{};  // securedl: at the points of verification
  std::vector<Rational> powers{};   // given: the coefficients of 1, x, ...
  PlanSettings plan{};
};

/// The name on the command line.
[[nodiscard]] const char* name_of(ClassicalMethod method);
[[nodiscard]] std::optional<ClassicalMethod> classical_method_named(const std::string& name);

/// The density of [HTG17] on [-end, end].
[[nodiscard]] std::string cryptodl_density(const Rational& end);

/// The method's polynomial, before it is rounded.
[[nodiscard]] ClassicalResult classical_polynomial(const ApproximationRequest& request);

/// Fails with wrong_request or cannot_be_met.
[[nodiscard]] Artifact make_approximation(const ApproximationRequest& request,
                                          const Identity& identity);

}  // namespace equiripple
