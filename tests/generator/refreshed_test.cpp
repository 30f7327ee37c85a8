// Refreshes inside compositions: the proved error against noise that is drawn, and against the
// worst; the search against exhaustion.
#include <doctest/doctest.h>

#include <cmath>

#include "generator/proof/certify_refreshed.hpp"
#include "generator/search/refresh_search.hpp"
#include "generator/sign/gap.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

const Rational noise = Rational(0x1.9fdf8bcce533ep-10);  // just above 2^-9.3

CompositeRequest request_of(std::vector<int> degrees, std::vector<Rational> before) {
  return {.degrees = std::move(degrees), .gap = Rational(1, 64), .noise = std::move(before)};
}

std::vector<Interval> positive(const CompositeSign& sign) {
  std::vector<Interval> intervals;
  for (const SignStage& stage : sign.stages) intervals.push_back(stage.domain.back());
  return intervals;
}

// The composition with each argument moved by its shift times draw().
template <class Draw>
double moved(const CompositeSign& sign, double x, const Draw& draw) {
  for (std::size_t i = 0; i < sign.stages.size(); ++i) {
    const double shift = sign.shifts.empty() ? 0 : to_double(sign.shifts[i]);
    x = SeriesEvaluator<double>(sign.stages[i].polynomial)(x + shift * draw());
  }
  return x;
}

}  // namespace

TEST_CASE("domains after a refresh hold its noise") {
  const CompositeSign sign = composite_sign(request_of({7, 7, 7}, {0, noise, noise}));
  REQUIRE(sign.status == CompositeStatus::complete);
  for (std::size_t i = 1; i < sign.stages.size(); ++i) {
    const Interval& before = sign.stages[i - 1].range.back();
    const Interval& after = sign.stages[i].domain.back();
    const Rational half_width = sign.stages[i].polynomial.basis.upper;
    CHECK(sign.shifts[i] == noise * half_width);
    CHECK(after.lower <= before.lower - sign.shifts[i]);
    CHECK(after.upper >= before.upper + sign.shifts[i]);
  }
  CHECK_THROWS_AS(static_cast<void>(composite_sign(request_of({7, 7}, {noise, 0}))),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(composite_sign(request_of({7, 7}, {0, Rational(1, 4)}))),
                  std::invalid_argument);
}

TEST_CASE("outside the gap drawn noise leaves sign within its proved error") {
  const CompositeSign sign = composite_sign(request_of({7, 7, 7}, {0, 0, noise}));
  REQUIRE(sign.status == CompositeStatus::complete);
  test::Random random(test::seed());
  const auto unit = [&] { return test::real_between(random, -1, 1); };
  for (int i = 0; i < 20'000 * test::effort(); ++i) {
    const double x = 1.0 / 64 + (1 - 1.0 / 64) * std::pow(std::abs(unit()), 3);
    const double value = moved(sign, x, [&] { return std::copysign(1.0, unit()); });
    REQUIRE(std::abs(value - 1) <= to_double(sign.error().upper, Rounding::up) + 1e-12);
  }
}

TEST_CASE("the error of ReLU over the gap holds for drawn noise, and is attained by the worst") {
  for (const auto& before :
       {std::vector<Rational>{0, 0, noise}, {0, noise, 0}, {0, noise, noise}}) {
    CompositeRequest request = request_of({7, 15, 15}, before);
    const ReluSign relu = composite_for_relu(request, /*default_margins=*/true);
    REQUIRE(relu.sign.status == CompositeStatus::complete);
    CHECK(relu.error.evidence == Evidence::proved);
    const double bound = to_double(relu.error.upper, Rounding::up);
    double worst = 0;
    test::Random random(test::seed());
    const auto unit = [&] { return test::real_between(random, -1, 1); };
    for (int i = 0; i <= 20'000 * test::effort(); ++i) {
      const double x = std::pow(std::abs(unit()), 4);
      const double drawn = moved(relu.sign, x, [&] { return unit(); });
      const double least = moved(relu.sign, x, [&] { return -1.0; });
      REQUIRE(x * std::abs(drawn - 1) / 2 <= bound + 1e-12);
      worst = std::max(worst, x * std::abs(least - 1) / 2);
    }
    CHECK(worst <= bound + 1e-12);
    CHECK(worst >= bound * 0.98);
    CHECK(relu.error.upper <= relu.error.attained * Rational(1025, 1024));
  }
}

// The prover must reject what does not hold, or its yes is worth nothing.
TEST_CASE("an error that noise passes is refused") {
  const ReluSign relu =
      composite_for_relu(request_of({7, 15, 15}, {0, 0, noise}), /*default_margins=*/true);
  const CompositeClaim claim = claim_of(relu.sign, polynomials_of(relu.sign), 1);
  const auto intervals = positive(relu.sign);
  CHECK(certify_refreshed_relu_limit(claim, intervals, relu.error.upper).holds);
  CHECK_FALSE(
      certify_refreshed_relu_limit(claim, intervals, relu.error.attained * Rational(99, 100))
          .holds);
  CompositeClaim louder = claim;
  louder.shifts.back() *= 4;
  CHECK_FALSE(certify_refreshed_relu_limit(louder, intervals, relu.error.upper).holds);
  // A stage that falls inside its gap.
  CompositeClaim falling = claim;
  for (Rational& c : falling.stages[1].coefficients) c = -c;
  CHECK_FALSE(certify_refreshed_relu_limit(falling, intervals, 1).holds);
}

namespace {

// Costs of a kind: 2 key switches a level, dearer with more levels left; from 3 levels on two ways.
std::vector<StageOption> option(int degree, StageRole) {
  int levels = 0;
  while ((1 << levels) < degree + 1) ++levels;
  StageOption one{.degree = degree, .levels = levels, .key_switches = 2 * levels};
  for (int left = 0; left < 40; ++left) {
    one.latency.push_back(degree * 0.25 + 3.0 * levels + levels * left);
  }
  StageOption deep = one;
  deep.levels += 1;
  for (double& latency : deep.latency) latency *= 0.8;
  return levels < 3 ? std::vector<StageOption>{one} : std::vector<StageOption>{one, deep};
}

// Every sequence of up to four stages, every place, the cheapest that keeps to the error.
double exhausted(const RefreshSearchRequest& request, StageErrors& errors, Logit spread, int level,
                 double cost, int stages, const std::vector<int>& degrees) {
  double best = INFINITY;
  for (const int degree : degrees) {
    for (const StageOption& one : option(degree, StageRole::inner)) {
      if (one.levels > level) continue;
      const int left = level - one.levels;
      const double so_far = cost + one.latency_with(left);
      const Logit error = errors.at(degree, spread).error;
      if (error.number() <= request.largest_error) best = std::min(best, so_far);
      if (stages == 1) continue;
      if (const auto next = next_spread(error, request.margin)) {
        best = std::min(best, exhausted(request, errors, *next, left, so_far, stages - 1, degrees));
      }
      if (left < request.lowest) continue;
      const double widening =
          request.noise * (1 + error.number() + request.margin) / (1 - request.noise);
      if (const auto next = next_spread(error, request.margin + widening)) {
        best = std::min(best, exhausted(request, errors, *next, request.levels,
                                        so_far + request.cost, stages - 1, degrees));
      }
    }
  }
  return best;
}

}  // namespace

TEST_CASE("the search for degrees and places agrees with exhaustion") {
  StageErrors errors;
  const std::vector<int> degrees = {3, 5, 7, 9, 11};
  int met = 0;
  for (const double gap : {0.3, 0.1, 0.03}) {
    for (const double error : {0.1, 0.01, 1e-4}) {
      for (const int levels : {4, 6, 9}) {
        CAPTURE(gap);
        CAPTURE(error);
        CAPTURE(levels);
        const RefreshSearchRequest request{.gap = gap,
                                           .largest_error = error,
                                           .margin = 0x1p-22,
                                           .max_degree = 11,
                                           .start = levels - 1,
                                           .levels = levels,
                                           .lowest = levels == 6 ? 1 : 0,
                                           .noise = 0x1p-8,
                                           .cost = 30,
                                           .costs = option};
        const double right =
            exhausted(request, errors, spread_of_gap(gap), request.start, 0, 4, degrees);
        const auto found = refreshed_compositions(request, errors);
        const bool is_short = !found.empty() && found.front().degrees.size() <= 4;
        if (found.empty() || !is_short) {
          CHECK((std::isinf(right) || found.front().cost <= right));
          continue;
        }
        ++met;
        CHECK(found.front().cost == doctest::Approx(right));
        CHECK(found.front().refreshed.size() == found.front().degrees.size());
        CHECK_FALSE(found.front().refreshed.front());
      }
    }
  }
  CHECK(met >= 9);
}
