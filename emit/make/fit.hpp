// From a table of points to an artifact: solve, round, plan, claim.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct Fit {
  Artifact artifact;
  Rational root_mean_square;  // of the error of the stored polynomial, rounded up
};

[[nodiscard]] Outcome<Fit> make_fit(const FitRequest& request, const Identity& identity);

}  // namespace equiripple
