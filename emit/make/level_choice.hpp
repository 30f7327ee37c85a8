// Degrees by levels: a single polynomial takes as many levels as its degree has binary digits; one
// less where its degree is a power of two and it absorbs its leading coefficient, which depends on
// that.
#pragma once

#include <string>

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// The highest degree of this parity that always fits so many levels, of those that are planned.
[[nodiscard]] int highest_degree_within(int levels, Parity parity);

struct ChosenDegree {
  int degree = 0;
  std::string remark{};  // where a lower degree may do as well
};

/// The smallest degree for request.error within request.plan.max_levels; or, without an error, the
/// highest within them, but none higher than binary64 coefficients can use. A refusal says what can
/// be met.
[[nodiscard]] Outcome<ChosenDegree> chosen_degree(const PolynomialRequest& request);

/// What this many levels and one more would buy, a line each; for people. Nothing is said where
/// that would take long.
[[nodiscard]] std::string describe_levels(const PolynomialRequest& request,
                                          const Artifact& artifact);

}  // namespace equiripple
