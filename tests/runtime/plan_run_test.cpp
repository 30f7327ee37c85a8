// Plans of every degree and parity on the runtime: the counts, the value and the scales that they
// promise.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

#include "tests/runtime/plan_run.hpp"
#include "tests/support/artifacts.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;

namespace {

void check_run(const Artifact& artifact) {
  const Artifact emitted = test::through_header(artifact);
  CHECK(test::defect_of_run(emitted, test::claimed_by(emitted)) == "");
}

void check_every_degree(Parity parity) {
  constexpr std::array<double, 3> decays = {1, 0.9, 0.7};
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int degree = 0; degree <= 127; ++degree) {
    if (!test::fits(degree, parity) || !test::is_tried(degree, parity)) continue;
    const double decay = decays[static_cast<std::size_t>(degree / 2) % decays.size()];
    CAPTURE(degree);
    CAPTURE(decay);
    check_run(test::planned_artifact(Kind::minimax,
                                     {test::random_series(random, degree, parity, decay)}));
  }
}

// The first instruction of the kind that `spoil` changes, spoilt; empty where there is none.
template <class Spoil>
std::string defect_where(const Artifact& artifact, PlanOperation operation, Spoil spoil) {
  Artifact spoilt = artifact;
  auto& program = spoilt.plan->program;
  const auto step = std::ranges::find(program, operation, &Instruction::operation);
  REQUIRE(step != program.end());
  spoil(program, static_cast<int>(step - program.begin()));
  return test::defect_of_run(spoilt, test::claimed_by(artifact));
}

// Of each drop left away: a run makes up for some, as two factors are brought to one level anyway.
template <class Spoil>
bool is_some_drop_missed(const Artifact& artifact, Spoil leave_away) {
  const auto& program = artifact.plan->program;
  bool is_missed = false;
  for (std::size_t i = 0; i < program.size(); ++i) {
    if (program[i].operation != PlanOperation::drop) continue;
    Artifact spoilt = artifact;
    leave_away(spoilt.plan->program, static_cast<int>(i));
    const std::string defect = test::defect_of_run(spoilt, test::claimed_by(artifact));
    CHECK((defect.empty() || defect.starts_with("scale")));
    is_missed = is_missed || !defect.empty();
  }
  return is_missed;
}

// What reads `index` reads `other` instead.
void redirect(std::vector<Instruction>& program, int index, int other) {
  for (Instruction& step : program) {
    if (step.left == index) step.left = other;
    if (step.right == index) step.right = other;
  }
}

}  // namespace

TEST_CASE("dense plans run as promised") { check_every_degree(Parity::none); }
TEST_CASE("odd plans run as promised") { check_every_degree(Parity::odd); }
TEST_CASE("even plans run as promised") { check_every_degree(Parity::even); }

TEST_CASE("plans of sign run as promised") {
  for (const int degree : {7, 15, 27, 31, 63}) {
    CAPTURE(degree);
    check_run(test::sign_artifact(Kind::sign, {degree}, degree > 27 ? "2^-6" : "2^-4", "1"));
  }
}

TEST_CASE("plans of what is built on sign run as promised") {
  struct Chain {
    Kind kind;
    std::vector<int> degrees;
    const char* gap = "";
    const char* range = "1";
  };
  for (const Chain& chain :
       {Chain{Kind::relu, {3}}, Chain{Kind::relu, {7}}, Chain{Kind::relu, {31}},
        Chain{Kind::relu, {7, 7}, "", "4"}, Chain{Kind::relu, {15, 15, 27}},
        Chain{Kind::max, {7, 15}, "", "8"}, Chain{Kind::min, {7, 15}},
        Chain{Kind::abs, {7, 7}, "", "2"}, Chain{Kind::abs, {13}},
        Chain{Kind::compare, {7, 15}, "2^-4"}, Chain{Kind::step, {5, 7}, "2^-4", "2"}}) {
    CAPTURE(std::string(name_of(chain.kind)));
    CAPTURE(chain.degrees.front());
    check_run(test::sign_artifact(chain.kind, chain.degrees, chain.gap, chain.range));
  }
}

// The checker must reject a wrong program, or every check above is worth nothing.
TEST_CASE("a run of a spoilt program is noticed") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const Artifact artifact =
      test::planned_artifact(Kind::minimax, {test::random_series(random, 29, Parity::none, 0.9)});
  REQUIRE(test::defect_of_run(artifact, test::claimed_by(artifact)) == "");
  const auto scalar = [](auto& program, int i) {
    program[static_cast<std::size_t>(i)].scalar *= 1 + power_of_two(-50);
  };
  const auto operand = [](auto& program, int i) {  // of the first product that is no square
    const auto step = std::find_if(program.begin() + i, program.end(), [](const Instruction& next) {
      return next.operation == PlanOperation::multiply && next.left != next.right;
    });
    REQUIRE(step != program.end());
    step->left = step->right;
  };
  const auto omission = [](auto& program, int i) {
    redirect(program, i, program[static_cast<std::size_t>(i)].left);
  };
  const auto depth = [](auto& program, int i) { ++program[static_cast<std::size_t>(i)].depth; };
  CHECK(defect_where(artifact, PlanOperation::multiply_scalar, scalar).starts_with("value"));
  CHECK(defect_where(artifact, PlanOperation::add_scalar, scalar).starts_with("value"));
  CHECK_FALSE(defect_where(artifact, PlanOperation::multiply, operand).empty());  // value or scale
  CHECK(defect_where(artifact, PlanOperation::add, omission).starts_with("value"));
  CHECK(defect_where(artifact, PlanOperation::drop, depth).starts_with("scale"));
  CHECK(is_some_drop_missed(artifact, omission));
  CHECK(defect_where(artifact, PlanOperation::rescale, omission).starts_with("scale"));
  Artifact boastful = artifact;
  --boastful.plan->costs.key_switches;
  CHECK(test::defect_of_run(boastful, test::claimed_by(artifact)).starts_with("counts"));
  boastful = artifact;
  --boastful.plan->costs.levels;
  CHECK(test::defect_of_run(boastful, test::claimed_by(artifact)).starts_with("scale"));
}
