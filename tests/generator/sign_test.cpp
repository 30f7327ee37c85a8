// Sign: single stages and compositions against independent computations.
#include <doctest/doctest.h>

#include "generator/function/parse.hpp"
#include "generator/sign/composite.hpp"
#include "generator/sign/covering.hpp"
#include "generator/sign/gap.hpp"
#include "generator/sign/problem.hpp"
#include "tests/support/alternation.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::number;

namespace {

// The coefficients of x, x^3, ... of an odd series on [-b, b], exactly:
// T_1 = y, T_{k+2} = (4y^2 - 2) T_k - T_{k-2}.
std::vector<Rational> odd_powers(const ChebyshevSeries& series) {
  const std::size_t count = series.coefficients.size() / 2;
  std::vector<Rational> sum(count);
  std::vector<Rational> previous(count);  // T_{-1} = y
  std::vector<Rational> current(count);
  previous[0] = 1;
  current[0] = 1;
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i <= k; ++i) sum[i] += series.coefficients[2 * k + 1] * current[i];
    std::vector<Rational> next(count);
    for (std::size_t i = 0; i < count; ++i) {
      next[i] = (i > 0 ? 4 * current[i - 1] : Rational(0)) - 2 * current[i] - previous[i];
    }
    previous = current;
    current = next;
  }
  Rational scale = series.basis.upper;
  for (Rational& c : sum) {
    c /= scale;
    scale *= series.basis.upper * series.basis.upper;
  }
  return sum;
}

CompositeSign with_gap(const std::vector<int>& degrees, const Rational& gap) {
  return composite_sign({.degrees = degrees, .gap = gap, .margin = default_margin(gap)});
}

}  // namespace

TEST_CASE("single stages agree with 600-bit computations to 30 digits") {
  const auto table = test::data("sign_single_stage.json");
  for (const auto& row : table["rows"]) {
    const Rational gap = number(row["a"].get<std::string>());
    const int degree = row["degree"].get<int>();
    CAPTURE(row.dump());
    const auto request = sign_problem(gap, 1, degree);
    const auto result = minimax(request);
    REQUIRE(result.status == MinimaxStatus::converged);
    CHECK(result.precision_bits >= 256);
    CHECK(test::relative_difference(result.error.lower, number(row["error"].get<std::string>())) <
          1e-30);
  }
}

TEST_CASE("single stages of several degrees alternate") {
  for (const int degree : {1, 3, 9, 31, 63}) {
    const auto request = sign_problem(power_of_two(-5), 1, degree);
    const auto alternation = test::check_alternation(request, minimax(request));
    CHECK_MESSAGE(alternation.ok, alternation.why);
  }
}

// A polynomial below its tangent at 0: 1 - E is a multiple of the gap as soon as the gap is small.
TEST_CASE("gaps far below what double resolves: 1 - E is proportional to the gap") {
  for (const int degree : {3, 15, 29, 63}) {
    CAPTURE(degree);
    std::optional<Rational> ratio;
    for (const long gap_log2 : {-60, -70, -80}) {
      CAPTURE(gap_log2);
      const auto result = minimax(sign_problem(power_of_two(gap_log2), 1, degree));
      REQUIRE(result.status == MinimaxStatus::converged);
      const Rational now = (1 - result.error.lower) * power_of_two(-gap_log2);
      if (ratio) CHECK(test::relative_difference(now, *ratio) < 1e-15);
      ratio = now;
    }
  }
}

// Each stage solved on the unrounded range of the one before, as the published tables were.
TEST_CASE("published composites: errors to 1e-20, coefficients to 1e-15") {
  const auto table = test::data("composites.json");
  for (const auto& row : table["rows"]) {
    CAPTURE(row["alpha"].dump());
    Rational lower = number(row["gap"].get<std::string>());
    Rational upper = 1;
    for (std::size_t i = 0; i < row["degrees"].size(); ++i) {
      const auto& stage = row["stages"][i];
      const auto solved = minimax(sign_problem(lower, upper, row["degrees"][i].get<int>()));
      REQUIRE(solved.usable());
      CHECK(test::relative_difference(solved.error.lower,
                                      number(stage["error"].get<std::string>())) < 1e-20);
      const auto powers = odd_powers(solved.polynomial);
      REQUIRE(powers.size() == stage["coefficients"].size());
      for (std::size_t k = 0; k < powers.size(); ++k) {
        CHECK(test::relative_difference(
                  powers[k], number(stage["coefficients"][k].get<std::string>())) < 1e-15);
      }
      lower = 1 - solved.error.lower - power_of_two(-22);
      upper = 1 + solved.error.lower + power_of_two(-22);
    }
  }
}

TEST_CASE("published composites as they are stored: errors to 1e-9") {
  const auto table = test::data("composites.json");
  for (const auto& row : table["rows"]) {
    CAPTURE(row["alpha"].dump());
    const auto degrees = row["degrees"].get<std::vector<int>>();
    const Rational gap = number(row["gap"].get<std::string>());
    const auto sign = with_gap(degrees, gap);
    REQUIRE(sign.status == CompositeStatus::complete);
    for (std::size_t i = 0; i < degrees.size(); ++i) {
      const Rational published = number(row["stages"][i]["error"].get<std::string>());
      CHECK(test::relative_difference(sign.stages[i].error.upper, published) < 1e-9);
      CHECK(test::relative_difference(sign.stages[i].error.lower, published) < 1e-9);
    }
    const Rational relu = number(row["relu_error"].get<std::string>());
    const ErrorEnclosure error = measure_relu(sign, gap, 1);
    CHECK(test::relative_difference(error.upper, relu) < 1e-6);
    CHECK(test::relative_difference(error.attained, relu) < 1e-6);
  }
}

TEST_CASE("each stage's range lies inside the next stage's domain, by the margin") {
  const Rational gap = power_of_two(-7);
  const Rational margin = power_of_two(-30);
  const auto sign =
      composite_sign({.degrees = {7, 15, 13}, .gap = gap, .range = 3, .margin = margin});
  REQUIRE(sign.status == CompositeStatus::complete);
  CHECK(sign.stages[0].domain.back().lower == 3 * gap);
  CHECK(sign.stages[0].domain.back().upper == 3);
  for (std::size_t i = 0; i + 1 < sign.stages.size(); ++i) {
    const Interval& range = sign.stages[i].range.back();
    const Interval& next = sign.stages[i + 1].domain.back();
    CHECK(next.lower <= range.lower - margin);
    CHECK(next.upper >= range.upper + margin);
  }
  // And the composition does what its last stage claims.
  using Wide = Real<256>;
  const CompositeEvaluator<Wide> composition(polynomials_of(sign));
  const Wide bound = from_rational<Wide>(sign.error().upper);
  for (int i = 0; i <= 2000; ++i) {
    const Wide x = from_rational<Wide>(3 * gap + (3 - 3 * gap) * i / 2000);
    CHECK(real_abs(Wide(composition(x) - 1)) <= bound);
    CHECK(real_abs(Wide(composition(-x) + 1)) <= bound);
  }
}

TEST_CASE("what a program computes is covered, or the range that escapes is named") {
  const Rational gap = power_of_two(-4);
  const Rational margin = power_of_two(-20);
  const CompositeSign sign = composite_sign({.degrees = {7, 15, 13}, .gap = gap, .margin = margin});
  std::vector<ChebyshevSeries> computed = polynomials_of(sign);
  const Rational nudge = power_of_two(-22);
  computed[1].coefficients[3] += nudge;
  const CoveredSign covered = covering(sign, computed);
  REQUIRE(covered.escape.stage == 0);
  CHECK(covered.sign.stages[0].error.upper == sign.stages[0].error.upper);
  CHECK(covered.sign.stages[1].error.upper >= sign.stages[1].error.upper + nudge);
  for (int i = 0; i <= 200; ++i) {
    const Rational x = gap + (1 - gap) * i / 200;
    const Rational y = to_rational(SeriesEvaluator<Real<256>>(computed[1])(
        SeriesEvaluator<Real<256>>(computed[0])(from_rational<Real<256>>(x))));
    CHECK(y <= covered.sign.stages[1].range.back().upper);
    CHECK(y >= covered.sign.stages[1].range.back().lower);
  }
  computed[1].coefficients[3] += 4 * margin;
  const CoveredSign beyond = covering(sign, computed);
  CHECK(beyond.escape.stage == 2);
  CHECK(beyond.escape.by > 0);
  CHECK(beyond.escape.by <= 4 * margin + nudge);
}

TEST_CASE("every coefficient is binary64, and zero where the parity says so") {
  for (const SignStage& stage : with_gap({15, 15, 27}, power_of_two(-9)).stages) {
    for (std::size_t k = 0; k < stage.polynomial.coefficients.size(); ++k) {
      const Rational& c = stage.polynomial.coefficients[k];
      CHECK(Rational(to_double(c)) == c);
      if (k % 2 == 0) CHECK(c == 0);
    }
  }
}

// A prototype found 2^-7.06 for {7,7}, 2^-6.07 for {3,7}, 2^-9.02 for {15,15}.
TEST_CASE("the gap for ReLU") {
  const std::pair<std::vector<int>, double> known[] = {
      {{7, 7}, -7.06}, {{3, 7}, -6.07}, {{15, 15}, -9.02}};
  for (const auto& [degrees, bits] : known) {
    const auto best = composite_for_relu({.degrees = degrees, .gap = {}}, true);
    REQUIRE(best.sign.status == CompositeStatus::complete);
    CHECK(log2_of(best.error.upper) == doctest::Approx(bits).epsilon(0.001));
    for (const Rational& factor :
         {Rational(7, 8), Rational(255, 256), Rational(257, 256), Rational(9, 8)}) {
      const Rational gap = best.gap * factor;
      const auto other = with_gap(degrees, gap);
      CHECK(measure_relu(other, gap, 1).upper > best.error.upper);
    }
  }
}

TEST_CASE("the ReLU error holds at every sample of the range, the gap included") {
  using Wide = Real<256>;
  const Rational range = 5;
  const auto best = composite_for_relu({.degrees = {7, 7}, .gap = {}, .range = range}, true);
  const CompositeEvaluator<Wide> composition(polynomials_of(best.sign));
  Wide largest = 0;
  for (int i = 0; i <= 4000; ++i) {
    const Rational t = Rational(i) / 4000;
    const Rational x = t * t * range;  // denser near 0
    const Wide at = from_rational<Wide>(x);
    const Wide error = at * real_abs(Wide(composition(at) - 1)) / 2 / from_rational<Wide>(range);
    largest = std::max(largest, error);
  }
  CHECK(to_rational(largest) <= best.error.upper);
  CHECK(to_rational(largest) > best.error.upper * (1 - power_of_two(-10)));
  CHECK(best.error.attained <= best.error.upper);
}

TEST_CASE("a margin that closes the gap is a status") {
  const auto sign =
      composite_sign({.degrees = {3, 3}, .gap = power_of_two(-20), .margin = Rational(1, 100)});
  CHECK(sign.status == CompositeStatus::gap_closed);
  CHECK(sign.stages.size() == 1);
}

TEST_CASE("broken preconditions throw") {
  CHECK_THROWS_AS(static_cast<void>(composite_sign({.degrees = {}, .gap = Rational(1, 2)})),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(composite_sign({.degrees = {4}, .gap = Rational(1, 2)})),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(composite_sign({.degrees = {3}, .gap = 0})),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(composite_sign({.degrees = {3}, .gap = 1})),
                  std::invalid_argument);
  CHECK_THROWS_AS(
      static_cast<void>(composite_sign({.degrees = {3}, .gap = Rational(1, 2), .range = 0})),
      std::invalid_argument);
}
