#include "generator/chebyshev.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "generator/proof/certify.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Wide = Real<512>;

// T_k(y) = cos(k arccos y), summed term by term: slow and readable.
Wide by_definition(const ChebyshevSeries& series, const Wide& y) {
  Wide previous = 1;
  Wide current = y;
  Wide sum = from_rational<Wide>(series.coefficients[0]);
  for (std::size_t k = 1; k < series.coefficients.size(); ++k) {
    sum += from_rational<Wide>(series.coefficients[k]) * current;
    const Wide next = 2 * y * current - previous;
    previous = current;
    current = next;
  }
  return sum;
}

ChebyshevSeries random_series(test::Random& random, int degree, Parity parity) {
  ChebyshevSeries series{.parity = parity};
  for (int k = 0; k <= degree; ++k) {
    const bool zero =
        (parity == Parity::odd && k % 2 == 0) || (parity == Parity::even && k % 2 == 1);
    series.coefficients.push_back(zero ? Rational(0) : Rational(test::real_between(random, -1, 1)));
  }
  return series;
}

}  // namespace

TEST_CASE("Clenshaw agrees with the definition for every parity and degree") {
  test::Random random(test::seed());
  for (const Parity parity : {Parity::none, Parity::odd, Parity::even}) {
    for (int degree = 0; degree <= 40; ++degree) {
      const ChebyshevSeries series = random_series(random, degree, parity);
      const SeriesEvaluator<Wide> p(series);
      for (const double point : {-1.0, -0.3, 0.0, 0.7, 1.0}) {
        CAPTURE(degree);
        CHECK(real_abs(Wide(p(point) - by_definition(series, point))) <
              scale_by_power_of_two(Wide(1), -480));
      }
    }
  }
}

TEST_CASE("a polynomial in powers becomes a series exactly") {
  // 1 + 2x + 3x^2 on [0, 4]: x = 2 + 2y.
  const ChebyshevSeries series = from_powers({1, 2, 3}, {0, 4});
  CHECK(series.coefficients == std::vector<Rational>{23, 28, 6});
  CHECK(from_powers({0, 1, 0, 4}, {-1, 1}).parity == Parity::odd);
  CHECK(from_powers({1, 0, 4}, {-1, 1}).parity == Parity::even);
  CHECK(from_powers({0, 1, -1}, {0, 1}).parity == Parity::none);  // even about 1/2, not about 0
  CHECK(from_powers({5}, {-1, 1}).coefficients == std::vector<Rational>{5});
}

TEST_CASE("rounding to 53 bits is binary64 with its limits") {
  ChebyshevSeries series{.coefficients = {Rational(1, 3), power_of_two(-1080)}};
  const auto stored = rounded(series, 53).coefficients;
  CHECK(stored[0] == Rational(1.0 / 3));
  CHECK(stored[1] == 0);
  CHECK(rounded(series, 60).coefficients[1] == power_of_two(-1080));
  series.coefficients[0] = power_of_two(1024);
  CHECK_THROWS_AS(static_cast<void>(rounded(series, 53)), std::overflow_error);
}

TEST_CASE("the proved range sees an extremum beside an end") {
  const ChebyshevSeries square = from_powers({0, 0, 1}, {-1, 1});
  CHECK(proved_range(square, {{Rational(-1, 500), 1}})->lower <= 0);
}

TEST_CASE("the proved range holds the extremes and little more") {
  // T_5 / 2 + 3 on [-1, 1] has the range [2.5, 3.5], on [cos 36deg, 1] too.
  ChebyshevSeries series{.coefficients = {3, 0, 0, 0, 0, Rational(1, 2)}};
  const Interval range = *proved_range(series, {{-1, 1}});
  CHECK(range.lower <= Rational(5, 2));
  CHECK(range.upper >= Rational(7, 2));
  CHECK(range.upper - range.lower < 1 + power_of_two(-16));
}
