// Clenshaw's recurrence in fixed point against the same sums in wide floating point.
#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

#include "generator/numbers/fixed_series.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Wide = Real<4096>;

Ball ball(double x) {
  Ball made;
  arf_set_d(arb_midref(made.get()), x);
  return made;
}

Wide wide(const Ball& x) { return middle_of<Wide>(x); }

// sum c_j T_j(z)
Wide sum_of(const std::vector<Ball>& coefficients, const Ball& z) {
  Wide b1 = 0;
  Wide b2 = 0;
  for (std::size_t j = coefficients.size(); j-- > 0;) {
    const Wide b = wide(coefficients[j]) + 2 * wide(z) * b1 - b2;
    b2 = b1;
    b1 = b;
  }
  return b1 - wide(z) * b2;
}

Wide fixed_sum(const FixedSeries& series, const Ball& z, slong bits) {
  const FixedSeries::Sums sums = series(z, bits);
  return wide(sums.first) - wide(z) * wide(sums.second);
}

Wide size_of(const std::vector<Ball>& coefficients) {
  Wide sum = 0;
  for (const Ball& c : coefficients) sum += real_abs(wide(c));
  return sum;
}

}  // namespace

TEST_CASE("a series in fixed point is off by no more than its steps") {
  test::Random random(test::seed());
  for (int i = 0; i < 200; ++i) {
    const int count = test::integer_between(random, 1, 120);
    const double decay =
        test::integer_between(random, 0, 3) * 0.7;  // bits from one coefficient to the next
    const int magnitude = test::integer_between(random, -300, 300);
    std::vector<Ball> coefficients;
    for (int j = 0; j < count; ++j) {
      Ball c = ball(test::real_between(random, -1, 1));
      arb_mul_2exp_si(c.get(), c.get(), magnitude - static_cast<slong>(decay * j));
      coefficients.push_back(c);
    }
    const slong most_bits = test::integer_between(random, 60, 700);
    const FixedSeries series(coefficients, most_bits);
    for (const double at : {test::real_between(random, -1, 1), 1.0, -1.0, 0.0, -0x1p-60}) {
      const Ball z = ball(at);
      for (const slong bits : {slong{test::integer_between(random, 40, 900)}, most_bits}) {
        const Wide off = real_abs(Wide(fixed_sum(series, z, bits) - sum_of(coefficients, z)));
        const auto kept = static_cast<long>(std::min(bits, most_bits));
        const Wide allowed = scale_by_power_of_two(size_of(coefficients), -kept) * (2 * count);
        CHECK(off <= allowed);
      }
    }
  }
}

TEST_CASE("more bits are closer, and exact sums are exact") {
  // T_0 + T_1 + ... + T_40 with z = 1/2: the values 1, 1/2, -1/2, -1, -1/2, 1/2, ... are whole
  // multiples of the unit.
  const std::vector<Ball> ones(41, ball(1));
  const FixedSeries series(ones, 100);
  CHECK(fixed_sum(series, ball(0.5), 100) == sum_of(ones, ball(0.5)));
  const std::vector<Ball> thirds(41, ball(1.0 / 3));
  const FixedSeries finer(thirds, 1000);
  const Ball z = ball(0.3);
  const Wide coarse = real_abs(Wide(fixed_sum(finer, z, 40) - sum_of(thirds, z)));
  const Wide fine = real_abs(Wide(fixed_sum(finer, z, 400) - sum_of(thirds, z)));
  CHECK(fine < scale_by_power_of_two(coarse, -200));
}

TEST_CASE("a fixed point has no room beyond [-1, 1]") {
  const FixedSeries series(std::vector<Ball>(3, ball(1)), 100);
  CHECK_THROWS_AS((void)series(ball(-1.5), 100), std::domain_error);
  CHECK_THROWS_AS((void)series(ball(std::nan("")), 100), std::domain_error);
}

TEST_CASE("a series of nothing") {
  const FixedSeries none;
  CHECK(fixed_sum(none, ball(0.5), 100) == 0);
  const FixedSeries zeros(std::vector<Ball>(5), 100);
  CHECK(fixed_sum(zeros, ball(0.5), 100) == 0);
}
