// Corrections on the runtime: levels, scales and values on a chain of primes, and values in 256
// bits, against the exact functions.
#include <doctest/doctest.h>

#include <equiripple/evaluate.hpp>
#include <equiripple/plain.hpp>

#include "emit/make/make.hpp"
#include "emit/plan/corrections.hpp"
#include "tests/runtime/counting_reals.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/runtime/interpreted_plan.hpp"
#include "tests/runtime/plan_run.hpp"
#include "tests/runtime/prime_moduli.hpp"

using namespace equiripple;

namespace {

using Wide = Real<256>;
using InterpretedRun = test::InterpretedPlan<1>;

Artifact made(Kind kind, const std::vector<std::string>& domain, const char* degree,
              const char* corrections) {
  const RequestRecord words{
      .command = name_of(kind),
      .options = {{"domain", domain}, {"degree", {degree}}, {"corrections", {corrections}}}};
  const Made made = make(words, "f", {});
  REQUIRE_MESSAGE(made.is_made(), made.why);
  return *made.artifact;
}

Wide exact(Kind kind, double x) {
  const Wide root = real_sqrt(Wide(x));
  if (kind == Kind::inverse) return 1 / Wide(x);
  return kind == Kind::rsqrt ? Wide(1 / root) : root;
}

std::vector<double> points_of(const Artifact& artifact) {
  std::vector<double> points;
  for (const Interval& interval : artifact.stages.front().domain) {
    const double lower = to_double(interval.lower, Rounding::up);
    const double upper = to_double(interval.upper, Rounding::down);
    points.insert(points.end(), {lower, upper});
    for (int i = 1; i < 20; ++i) points.push_back(lower * std::pow(upper / lower, i / 20.0));
  }
  return points;
}

// As many as see the extremes of a start of degree 127.
std::vector<double> many_points_of(const Artifact& artifact) {
  const std::vector<double> ends = points_of(artifact);
  std::vector<double> points;
  constexpr int count = 3000;
  for (int i = 0; i <= count; ++i) {
    const double x = ends[0] * std::pow(ends[1] / ends[0], static_cast<double>(i) / count);
    points.push_back(std::clamp(x, ends[0], ends[1]));
  }
  return points;
}

// Relative to the function, and what the noise of a backend of so many bits adds.
void check_value(const Artifact& artifact, double x, const Wide& value, long noise_log2) {
  const Wide right = exact(artifact.kind, x);
  const Rational error = abs(to_rational(Wide((value - right) / right)));
  CAPTURE(x);
  CHECK(to_double(error) <=
        to_double(artifact.claim.error.upper + artifact.plan->growth * power_of_two(noise_log2)));
}

void check_on_primes(const Artifact& artifact) {
  constexpr int spare = 2;
  InterpretedRun::set(artifact);
  const std::vector<double> moduli = test::prime_moduli(artifact.plan->costs.levels + spare + 2);
  for (const double range_factor : {1.0, 1 / InterpretedRun::half_width}) {
    for (const double output_factor : {0.0, 1.0, 0.25}) {
      for (const double x : points_of(artifact)) {
        test::ExactSimulation he(moduli);
        const int level = static_cast<int>(moduli.size()) - 1;
        const double scale = he.modulus_at(level) * range_factor;
        const int needed = required_levels<InterpretedRun>(scale, he.modulus_at(level));
        const auto result =
            evaluate<InterpretedRun>(he, he.encrypt(x, scale), scale * output_factor);
        CHECK(result.level == level - needed);
        CHECK(result.scale == (output_factor == 0 ? scale : scale * output_factor));
        CHECK(result.components == 2);
        CHECK(he.counts.key_switches == artifact.plan->costs.key_switches);
        CHECK(he.counts.tensor_products == artifact.plan->costs.tensor_products);
        check_value(artifact, x, result.values[0], -38);
      }
    }
  }
}

void check_in_reals(const Artifact& artifact) {
  InterpretedRun::set(artifact);
  for (const double x : points_of(artifact)) {
    test::CountingReals he;
    const Wide value = evaluate<test::UndividedPlan<1>>(he, Wide(x));
    CHECK(he.costs.key_switches == artifact.plan->costs.key_switches);
    check_value(artifact, x, value, -51);  // 1 / half_width is a rounded scalar there
  }
}

}  // namespace

TEST_CASE("corrected starts run as promised") {
  for (const Kind kind : {Kind::inverse, Kind::rsqrt, Kind::sqrt}) {
    for (const auto& row :
         {std::tuple{"[2^-8,1]", "14", "3"}, std::tuple{"[2^-8,1]", "1", "5"},
          std::tuple{"[1/4,1]", "7", "0"}, std::tuple{"[1/4,1]", "1", "1"},
          std::tuple{"[1/10,50]", "9", "4"}, std::tuple{"[2^-16,2^-4]", "7", "6"}}) {
      const auto& domain = std::get<0>(row);
      const auto& degree = std::get<1>(row);
      const auto& corrections = std::get<2>(row);
      CAPTURE(std::string(name_of(kind)));
      CAPTURE(domain);
      const Artifact artifact = test::through_header(made(kind, {domain}, degree, corrections));
      check_on_primes(artifact);
      check_in_reals(artifact);
    }
  }
}

TEST_CASE("1/x on both sides of 0, and below it") {
  for (const auto& row : {std::tuple{std::vector<std::string>{"[-1,-2^-4]", "[2^-4,1]"}, "1", "6"},
                          std::tuple{std::vector<std::string>{"[-1,-2^-4]", "[2^-4,1]"}, "15", "2"},
                          std::tuple{std::vector<std::string>{"[-1,-2^-4]", "[2^-4,1]"}, "63", "0"},
                          std::tuple{std::vector<std::string>{"[-2,-1/4]", "[1/8,1]"}, "9", "3"},
                          std::tuple{std::vector<std::string>{"[-50,-1/10]"}, "9", "4"}}) {
    const auto& domain = std::get<0>(row);
    const auto& degree = std::get<1>(row);
    const auto& corrections = std::get<2>(row);
    CAPTURE(domain.front());
    CAPTURE(degree);
    const Artifact artifact =
        test::through_header(made(Kind::inverse, domain, degree, corrections));
    check_on_primes(artifact);
    check_in_reals(artifact);
  }
}

// a times 1/b in one program: the range is that of b, whatever a is.
TEST_CASE("quotients run as promised") {
  using Quotient = test::InterpretedPlan<2>;
  for (const auto& row : {std::tuple{std::vector<std::string>{"[2^-4,1]"}, "7", "2"},
                          std::tuple{std::vector<std::string>{"[2^-4,1]"}, "31", "0"},
                          std::tuple{std::vector<std::string>{"[-1,-2^-4]", "[2^-4,1]"}, "1", "5"},
                          std::tuple{std::vector<std::string>{"[1/10,50]"}, "9", "4"}}) {
    const auto& domain = std::get<0>(row);
    const auto& degree = std::get<1>(row);
    const auto& corrections = std::get<2>(row);
    CAPTURE(domain.front());
    CAPTURE(degree);
    const RequestRecord words{.command = "divide",
                              .options = {{"numerator", {"[-3,2]"}},
                                          {"domain", domain},
                                          {"degree", {degree}},
                                          {"corrections", {corrections}}}};
    const Made made = make(words, "f", {});
    REQUIRE_MESSAGE(made.is_made(), made.why);
    const Artifact artifact = test::through_header(*made.artifact);
    Quotient::set(artifact);
    const double bound =
        to_double(artifact.claim.error.upper + artifact.plan->growth * power_of_two(-44));
    for (const double b : points_of(artifact)) {
      for (const double a : {-3.0, -0.25, 0.0, 1.0, 2.0}) {
        CAPTURE(a);
        CAPTURE(b);
        plain numbers;
        CHECK(std::abs(evaluate<Quotient>(numbers, a, b) - a / b) <= std::abs(a / b) * bound);
        const std::vector<double> moduli = test::prime_moduli(artifact.plan->costs.levels + 4);
        test::ExactSimulation he(moduli);
        const int level = static_cast<int>(moduli.size()) - 1;
        const double scale = he.modulus_at(level);
        const auto result = evaluate<Quotient>(he, he.encrypt(a, scale), he.encrypt(b, scale));
        CHECK(he.counts.key_switches == artifact.plan->costs.key_switches);
        CHECK(std::abs(convert<double>(Wide(result.values[0])) - a / b) <=
              std::abs(a / b) * (bound + 0x1p-36));
      }
    }
    plain numbers;
    const double beyond = points_of(artifact)[1] * 1.5;
    const Interval range = hull(artifact.stages.front().domain);
    CHECK_THROWS_AS(evaluate<Quotient>(numbers, 1.0, std::abs(beyond) + to_double(range.upper)),
                    outside_range);
    CHECK_NOTHROW(evaluate<Quotient>(numbers, 1000.0, to_double(range.upper)));
  }
}

// In 256 bits, the range read exactly as the program reads it: what is proved, and no rounding.
TEST_CASE("claims hold at many points, and are attained") {
  for (const Kind kind : {Kind::inverse, Kind::rsqrt, Kind::sqrt}) {
    CAPTURE(std::string(name_of(kind)));
    const Artifact artifact = made(kind, {"[2^-6,1]"}, "9", "2");
    InterpretedRun::set(artifact);
    Rational largest = 0;
    for (const double x : many_points_of(artifact)) {
      test::CountingReals he;
      const Wide value = evaluate<test::UndividedPlan<1>>(he, Wide(x));
      const Wide right = exact(kind, x);
      largest = std::max(largest, abs(to_rational(Wide((value - right) / right))));
    }
    const ErrorEnclosure& claim = artifact.claim.error;
    const Rational rounding = artifact.plan->growth * power_of_two(-51);  // of 1 / half width
    CHECK(largest <= claim.upper + rounding);
    CHECK(largest >= claim.attained - rounding);
    CHECK(claim.upper <= claim.attained * (1 + power_of_two(-8)));
  }
}

TEST_CASE("corrected starts on plain numbers") {
  for (const Kind kind : {Kind::inverse, Kind::rsqrt, Kind::sqrt}) {
    const Artifact artifact = made(kind, {"[1/10,50]"}, "9", "4");
    InterpretedRun::set(artifact);
    plain he;
    for (const double x : points_of(artifact)) {
      check_value(artifact, x, Wide(evaluate<InterpretedRun>(he, x)), -46);
    }
    CHECK_THROWS_AS(evaluate<InterpretedRun>(he, 0.0), outside_range);
    CHECK_THROWS_AS(evaluate<InterpretedRun>(he, -1.0), outside_range);
  }
}

// The checks see a program that is off.
TEST_CASE("a run of a spoilt correction is noticed") {
  Artifact artifact = made(Kind::inverse, {"[2^-8,1]"}, "14", "3");
  for (Instruction& step : artifact.plan->program) {
    if (step.name == "factor_1") step.scalar *= 1 + power_of_two(-10);
  }
  InterpretedRun::set(artifact);
  test::CountingReals he;
  const Wide value = evaluate<test::UndividedPlan<1>>(he, Wide(0.5));
  CHECK(abs(to_rational(Wide(value * 0.5)) - 1) > artifact.claim.error.upper * 2);
}
