// Programs that ciphertexts can follow, and programs that they cannot.
#include "emit/plan/ciphertext_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "emit/plan/meaning.hpp"
#include "tests/support/artifacts.hpp"

using namespace equiripple;

namespace {

std::vector<Instruction> relu_program() {
  return test::sign_artifact(Kind::relu, {7, 7}, "", "1").plan->program;
}

// Without the first step of that kind: those who read it read its operand.
std::vector<Instruction> without(std::vector<Instruction> program, PlanOperation operation) {
  const auto found = std::ranges::find(program, operation, &Instruction::operation);
  REQUIRE(found != program.end());
  const int index = static_cast<int>(found - program.begin());
  for (Instruction& step : program) {
    for (int* operand : {&step.left, &step.right}) {
      if (*operand == index) *operand = found->left;
    }
  }
  return program;
}

}  // namespace

TEST_CASE("every emitted program keeps the rules of ciphertexts") {
  for (const Kind kind : {Kind::sign, Kind::step, Kind::relu, Kind::max, Kind::abs}) {
    const Artifact artifact =
        test::sign_artifact(kind, {7, 15}, covers_gap(kind) ? "" : "1/20", "3");
    CHECK(breach_of_ciphertext_rules(artifact.plan->program) == "");
    CHECK(contradiction_in(artifact) == "");
  }
}

TEST_CASE("what is not relinearised, rescaled or level is seen") {
  CHECK(breach_of_ciphertext_rules(relu_program()) == "");
  for (const PlanOperation operation : {PlanOperation::relinearize, PlanOperation::rescale}) {
    CHECK(breach_of_ciphertext_rules(without(relu_program(), operation)) != "");
  }
  auto program = relu_program();
  const auto sum = std::ranges::find(program, PlanOperation::add, &Instruction::operation);
  REQUIRE(sum != program.end());
  sum->left = 0;  // the input: another depth
  CHECK(breach_of_ciphertext_rules(program) != "");
  program = relu_program();
  program.pop_back();  // the last rescaling
  CHECK(breach_of_ciphertext_rules(program).find("result") != std::string::npos);
}

TEST_CASE("the factor of the output is a positive number of moderate size") {
  Artifact artifact = test::sign_artifact(Kind::relu, {7}, "", "1");
  REQUIRE(artifact.plan->output_scale_factor != 1);
  CHECK(contradiction_in(artifact) == "");
  for (const Rational& factor : {Rational(0), Rational(-1), power_of_two(65), power_of_two(-65)}) {
    artifact.plan->output_scale_factor = factor;
    CHECK(contradiction_in(artifact).find("output_scale_factor") != std::string::npos);
  }
}

// Each line doubles the degree: without a limit, the polynomial fills the memory.
TEST_CASE("a program whose degree runs away is refused at once") {
  const Artifact artifact = test::sign_artifact(Kind::sign, {7}, "1/20", "1");
  Plan plan = *artifact.plan;
  const auto variable =
      std::ranges::find(plan.program, PlanOperation::normalise, &Instruction::operation);
  int last = static_cast<int>(variable - plan.program.begin());
  for (int i = 0; i < 60; ++i) {
    plan.program.push_back(
        {.operation = PlanOperation::square, .name = "runaway_" + std::to_string(i), .left = last});
    last = static_cast<int>(plan.program.size()) - 1;
  }
  const auto meaning = meaning_of(plan, Kind::sign, {artifact.stages.front().polynomial});
  REQUIRE_FALSE(meaning);
  CHECK(meaning.error().why.find("degree above") != std::string::npos);
}
