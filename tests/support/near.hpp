// Doubles of any size that agree up to a relative difference; for Rational there is
// relative_difference (problems.hpp). doctest::Approx alone adds 1 to the size, so that with it
// every number below its epsilon equals every other.
#pragma once

#include <doctest/doctest.h>

#include <limits>

namespace equiripple::test {

/// 0 equals 0 alone.
[[nodiscard]] inline doctest::Approx near(double value, double relative_difference) {
  constexpr double smallest = std::numeric_limits<double>::min();
  return doctest::Approx(value).epsilon(relative_difference).scale(smallest);
}

}  // namespace equiripple::test
