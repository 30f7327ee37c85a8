// A program read back as a function: right programs give their tables, wrong ones are refused.
#include "emit/plan/meaning.hpp"

#include <doctest/doctest.h>

#include "tests/support/artifacts.hpp"

using namespace equiripple;

TEST_CASE("a program of every kind means its tables, to the rounding of its scalars") {
  for (const Kind kind :
       {Kind::sign, Kind::step, Kind::compare, Kind::relu, Kind::abs, Kind::max, Kind::min}) {
    CAPTURE(name_of(kind));
    const Artifact artifact =
        test::sign_artifact(kind, {7, 15}, covers_gap(kind) ? "" : "1/20", "3");
    const auto meaning = meaning_of(*artifact.plan, kind, polynomials_of(artifact));
    REQUIRE(meaning);
    REQUIRE(meaning->size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(coefficient_distance((*meaning)[i], artifact.stages[i].polynomial) < power_of_two(-45));
    }
  }
}

TEST_CASE("a program of another function is refused") {
  const Artifact relu = test::sign_artifact(Kind::relu, {7, 7}, "", "1");
  const auto defect = [&](const Plan& plan, Kind kind) {
    const auto meaning = meaning_of(plan, kind, polynomials_of(relu));
    return meaning ? std::string() : meaning.error().why;
  };
  CHECK(defect(*relu.plan, Kind::relu).empty());
  CHECK_FALSE(defect(*relu.plan, Kind::sign).empty());
  Plan plan = *relu.plan;
  for (Instruction& step : plan.program) {
    if (step.operation == PlanOperation::normalise) step.half_width = 2;
  }
  CHECK(defect(plan, Kind::relu).find("basis") != std::string::npos);
  plan = *relu.plan;
  plan.output_scale_factor = 0;
  CHECK_FALSE(defect(plan, Kind::relu).empty());
  // abs computes x P where relu computes x (1 + P) / 2: the polynomials differ.
  const auto as_abs = meaning_of(*relu.plan, Kind::abs, polynomials_of(relu));
  REQUIRE(as_abs);
  CHECK(coefficient_distance(as_abs->back(), relu.stages.back().polynomial) > 0.1);
}
