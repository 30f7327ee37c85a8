// Stages whose variable is read at a scale that the plan prefers, and doublings that are carried
// out as other products: the same function, where moduli have room at that scale.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/evaluate.hpp>
#include <equiripple/simulated.hpp>
#include <vector>

#include "tests/runtime/plan_run.hpp"
#include "tests/support/artifacts.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

// On [-1, 1].
template <int Levels>
struct OfOneInput {
  static constexpr int inputs = 1;
  static constexpr int levels = Levels;
  [[maybe_unused]] static constexpr double lower = -1;
  [[maybe_unused]] static constexpr double upper = 1;
  static constexpr double half_width = 1;
  static constexpr double output_scale_factor = 1;
};

double preferred = 0;  // by the plan below

// 3 (x / 2)^2, x / 2 being the variable of the second stage.
struct Square : OfOneInput<3> {
  static constexpr const char* name = "square";

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, 0, 1);
    const Value half = he.rescale(he.multiply_scalar(t1, 0.5));
    const Value y = preferred == 0 ? he.stage(half) : he.stage(half, preferred);
    const Value scaled = he.rescale(he.multiply_scalar(y, 3));
    return he.rescale(he.relinearize(he.multiply(scaled, he.drop(y, 2))));
  }
};

// (x / 2)^2: the scale of the result is that of a square, which nothing but the result gives.
struct FreeSquare : OfOneInput<2> {
  static constexpr const char* name = "free_square";

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value half = he.rescale(he.multiply_scalar(he.normalise(x, 0, 1), 0.5));
    return he.rescale(he.relinearize(he.multiply(half, half)));
  }
};

int carried = 0;  // by the plan below, in place of 2

// 3 (2 x^2 - 1).
struct Doubled : OfOneInput<2> {
  static constexpr const char* name = "doubled";

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value square = he.square(he.normalise(x, 0, 1));
    const Value twice =
        carried == 0 ? he.multiply_integer(square, 2) : he.multiply_integer(square, 2, carried);
    const Value t2 = he.add_scalar(he.rescale(he.relinearize(twice)), -1);
    return he.rescale(he.multiply_scalar(t2, 3));
  }
};

// x + 2 x: at another scale the addends would not meet.
struct Tripled : OfOneInput<1> {
  static constexpr const char* name = "tripled";

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, 0, 1);
    const Value sum = he.add(t1, he.multiply_integer(t1, 2, 3));
    return he.rescale(he.multiply_scalar(sum, 1));
  }
};

SimulationParameters exact(int levels) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+40, 14);
  parameters.noisy = false;
  return parameters;
}

// Of the variable, in units of the modulus of its level; checks the value.
double factor_of_stage(double log2_scale) {
  preferred = log2_scale;
  simulated he(exact(3));
  const double scale = he.modulus_at(3);
  const auto prepared = prepare<Square>(he, 3, scale);
  const auto y = prepared.evaluate(he.encrypt({0.5, -1}, scale));
  CHECK(y.scale == scale);
  CHECK(y.values[0] == doctest::Approx(3.0 / 16).epsilon(1e-9));
  CHECK(y.values[1] == doctest::Approx(3.0 / 4).epsilon(1e-9));
  const auto stage =
      std::find_if(prepared.records().begin(), prepared.records().end(),
                   [](const detail::Record& record) { return record.step == detail::Step::stage; });
  REQUIRE(stage != prepared.records().end());
  return stage->scale / he.modulus_at(stage->level);
}

std::vector<detail::Record> scheduled(double log2_scale) {
  preferred = log2_scale;
  detail::LevelRequest levels;
  levels.input_level = 3;
  auto records = detail::Leveller::run(detail::record<Square>(), levels);
  detail::Scheduler::run(records, {0x1p+40, 0x1p+40, {1, 0x1.1p+40, 0x1.3p+40, 0x1.7p+40}});
  return records;
}

}  // namespace

TEST_CASE("a stage is read at the scale that its plan prefers") {
  CHECK(factor_of_stage(0) == 1);
  CHECK(factor_of_stage(-1) == 0.5);
  CHECK(factor_of_stage(3) == 8);
  CHECK(factor_of_stage(-0.375) == doctest::Approx(std::exp2(-0.375)).epsilon(1e-15));
}

TEST_CASE("where the moduli have no room for it, or no digits would be left, at the usual one") {
  for (const double absurd : {300.0, 64.0, -36.0, -300.0, 1e300, std::nan("")}) {
    CAPTURE(absurd);
    CHECK(factor_of_stage(absurd) == 1);
  }
}

// What the planner's model of noise relies on.
TEST_CASE("logarithms of scales are linear in that of a stage") {
  const auto usual = scheduled(0);
  const auto one = scheduled(1);
  for (const double d : {-1.5, -0.375, 0.125, 2.0}) {
    CAPTURE(d);
    const auto records = scheduled(d);
    bool moved = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
      const double slope = std::log2(one[i].scale / usual[i].scale);
      CHECK(std::log2(records[i].scale / usual[i].scale) ==
            doctest::Approx(d * slope).epsilon(1e-12).scale(1));
      moved = moved || slope != 0;
    }
    CHECK(moved);
  }
}

// Primes of 50 bits and more are as near to their nominal size as this; a run accepts 2^-40.
TEST_CASE("what squares is read at the root of what the result has, however near the usual scale") {
  simulated he(exact(2));
  const double scale = he.modulus_at(2);
  for (const int log2_distance : {-10, -20, -30, -34, -36, -38, -39, -40, -41, -45, -52}) {
    for (const double sign : {-1.0, 1.0}) {
      CAPTURE(sign * log2_distance);
      const double output_scale = he.modulus_at(1) * (1 + sign * std::exp2(log2_distance));
      const auto prepared = prepare<FreeSquare>(he, 2, scale, output_scale);
      const auto y = prepared.evaluate(he.encrypt({-1}, scale));
      CHECK(y.scale == output_scale);
      CHECK(y.values[0] == doctest::Approx(0.25).epsilon(1e-12));
    }
  }
}

TEST_CASE("a variable that is refreshed has the library's scale, whatever the plan prefers") {
  for (const double d : {0.0, -0.5, 300.0}) {
    CAPTURE(d);
    preferred = d;
    constexpr int refreshed_level = 2;
    bootstrapping_simulated he(exact(refreshed_level), refreshed_level, -60);
    const double scale = he.modulus_at(refreshed_level);
    const auto prepared = prepare<Square>(he, 1, scale);
    REQUIRE(prepared.refreshes() == 1);
    for (const detail::Record& record : prepared.records()) {
      if (record.step == detail::Step::stage || record.step == detail::Step::refresh) {
        CHECK(record.scale == he.refresh_scale(record.level));
      }
    }
    const auto y = prepared.evaluate(he.drop_to_level(he.encrypt({0.5}, scale), 1));
    CHECK(y.values[0] == doctest::Approx(3.0 / 16).epsilon(1e-9));
  }
}

TEST_CASE("a doubling is carried out as another product, at the scale that makes up for it") {
  for (const int by : {0, 1, 2, 3, 4, 6, 8, 64}) {
    CAPTURE(by);
    carried = by;
    simulated he(exact(2));
    const double scale = he.modulus_at(2);
    const auto prepared = prepare<Doubled>(he, 2, scale);
    const auto y = prepared.evaluate(he.encrypt({0.5, -1}, scale));
    CHECK(y.scale == scale);
    CHECK(y.values[0] == doctest::Approx(-1.5).epsilon(1e-9));
    CHECK(y.values[1] == doctest::Approx(3.0).epsilon(1e-9));
    const auto twice = std::find_if(
        prepared.records().begin(), prepared.records().end(),
        [](const detail::Record& record) { return record.step == detail::Step::multiply_integer; });
    REQUIRE(twice != prepared.records().end());
    CHECK(twice->scale == scale * scale * (by == 0 ? 1 : by / 2.0));
  }
}

TEST_CASE("where scales would contradict each other, or pass the modulus, a doubling is one") {
  simulated he(exact(1));
  const double scale = he.modulus_at(1);
  const auto prepared = prepare<Tripled>(he, 1, scale);
  CHECK(std::none_of(prepared.records().begin(), prepared.records().end(),
                     [](const detail::Record& record) { return record.carried != 0; }));
  CHECK(prepared.evaluate(he.encrypt({0.25}, scale)).values[0] ==
        doctest::Approx(0.75).epsilon(1e-9));
}

TEST_CASE("logarithms of scales are linear in what doublings are carried out as") {
  const auto of = [](int by) {
    carried = by;
    detail::LevelRequest levels;
    levels.input_level = 2;
    auto records = detail::Leveller::run(detail::record<Doubled>(), levels);
    const detail::ScaleRequest request{0x1p+40, 0x1p+40, {1, 0x1.1p+40, 0x1.3p+40}};
    detail::Scheduler::run(records, request);
    CHECK(detail::Scheduler::is_consistent(records, request));
    return records;
  };
  const auto usual = of(0);
  const auto one = of(4);
  for (const int by : {1, 3, 6, 8}) {
    CAPTURE(by);
    const auto records = of(by);
    for (std::size_t i = 0; i < records.size(); ++i) {
      const double slope = std::log2(one[i].scale / usual[i].scale);
      CHECK(std::log2(records[i].scale / usual[i].scale) ==
            doctest::Approx(std::log2(by / 2.0) * slope).epsilon(1e-12).scale(1));
    }
  }
}

// Also where no planner would read it: then the runtime takes the usual scale.
TEST_CASE("plans run as promised at any scale of their stages and doublings") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::vector<Artifact> artifacts = {
      test::sign_artifact(Kind::relu, {7, 7}, "", "4"),
      test::sign_artifact(Kind::relu, {15, 15, 27}, "", "1"),
      test::sign_artifact(Kind::max, {7, 15}, "", "8"),
      test::sign_artifact(Kind::step, {5, 7}, "2^-4", "2"),
  };
  for (int round = 0; round < 4 * test::effort(); ++round) {
    for (Artifact artifact : artifacts) {
      CAPTURE(artifact.name);
      for (Instruction& step : artifact.plan->program) {
        if (step.operation == PlanOperation::stage) {
          step.scalar = Rational(test::integer_between(random, -64, 64), 8);
        } else if (step.operation == PlanOperation::multiply_integer) {
          step.carried = test::integer_between(random, 0, 8);
        }
      }
      const Artifact read = test::through_header(artifact);
      CHECK(test::defect_of_run(read, test::claimed_by(artifact)) == "");
    }
  }
}
