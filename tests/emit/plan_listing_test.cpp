// The listing shows the program: each operation once, in order, and what it costs.
#include "emit/plan_listing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "emit/describe.hpp"
#include "tests/support/artifacts.hpp"

using namespace equiripple;

namespace {

struct Shown {
  int depth = -1;
  std::string name;
  std::string rest;
};

// Lines of the form "depth  name = ...".
std::vector<Shown> operations_in(const std::string& listing) {
  std::vector<Shown> shown;
  std::istringstream lines(listing);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    Shown one;
    std::string equals;
    if (!(words >> one.depth >> one.name >> equals) || equals != "=") continue;
    std::getline(words, one.rest);
    shown.push_back(one);
  }
  return shown;
}

int lines_with(const std::vector<Shown>& lines, const std::string& text) {
  int count = 0;
  for (const Shown& line : lines) count += line.rest.find(text) == std::string::npos ? 0 : 1;
  return count;
}

// Empty where the listing shows this plan.
std::string misfit(const std::string& listing, const Plan& plan) {
  const std::vector<Shown> shown = operations_in(listing);
  if (shown.size() != plan.program.size()) return "operations";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Instruction& step = plan.program[i];
    if (shown[i].name != step.name || shown[i].depth != step.depth) return step.name;
    for (const int operand : {step.left, step.right}) {
      if (operand < 0) continue;
      const std::string& name = plan.program[static_cast<std::size_t>(operand)].name;
      if (shown[i].rest.find(name) == std::string::npos) return step.name + " without " + name;
    }
  }
  if (lines_with(shown, "KEY SWITCH") != plan.costs.key_switches) return "key switches";
  if (lines_with(shown, "tensor product") != plan.costs.tensor_products) return "tensor products";
  if (lines_with(shown, "rescaling") != plan.costs.rescalings) return "rescalings";
  if (lines_with(shown, "scalar product") != plan.costs.scalar_products) return "scalar products";
  return {};
}

std::string without(std::string text, const std::string& part) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.erase(at, part.size());
}

const Artifact& small_relu() {
  static const Artifact artifact = test::sign_artifact(Kind::relu, {3, 5}, "", "50");
  return artifact;
}

}  // namespace

TEST_CASE("every operation is listed once, with its depth, operands and cost") {
  const Artifact artifacts[] = {
      small_relu(),
      test::sign_artifact(Kind::max, {3, 7}, "", "1"),
      test::sign_artifact(Kind::compare, {7}, "1/8", "4"),
      test::polynomial_artifact("sigmoid(x)", "[-8,8]", 31),
      test::polynomial_artifact("exp(x)", "[0,1/3]", 4),
      test::polynomial_artifact("3", "[-1,1]", 2),
  };
  for (const Artifact& artifact : artifacts) {
    CAPTURE(describe_function(artifact));
    const std::string listing = plan_listing(artifact);
    CHECK(misfit(listing, *artifact.plan) == "");
    CHECK(listing.find(describe_costs(*artifact.plan)) != std::string::npos);
    CHECK(listing.find(" \n") == std::string::npos);
    for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
      CHECK(listing.find("-- stage " + std::to_string(i + 1)) != std::string::npos);
    }
  }
}

TEST_CASE("the check of a listing sees what is missing") {
  const Plan& plan = *small_relu().plan;
  const std::string listing = plan_listing(small_relu());
  REQUIRE(misfit(listing, plan) == "");
  CHECK(misfit(without(listing, "KEY SWITCH"), plan) == "key switches");
  CHECK(misfit(without(listing, "rescaling"), plan) == "rescalings");
  CHECK(misfit(without(listing, "= input"), plan) == "operations");
  const auto switched =
      std::ranges::find(plan.program, PlanOperation::relinearize, &Instruction::operation);
  REQUIRE(switched != plan.program.end());
  const std::string& operand = plan.program[static_cast<std::size_t>(switched->left)].name;
  CHECK(misfit(without(listing, "(" + operand), plan) == switched->name + " without " + operand);
  CHECK(misfit(plan_listing(test::sign_artifact(Kind::relu, {5, 3}, "", "50")), plan) != "");
}

TEST_CASE("operations read as arithmetic") {
  Artifact artifact = small_relu();
  auto& program = artifact.plan->program;
  using enum PlanOperation;
  program = {{.operation = input, .name = "a"},
             {.operation = input, .name = "b"},
             {.operation = subtract, .name = "x", .left = 0, .right = 1},
             {.operation = normalise, .name = "y", .left = 2, .centre = -1, .half_width = 50},
             {.operation = square, .name = "s", .left = 3},
             {.operation = multiply_integer, .name = "d", .left = 4, .integer = 2},
             {.operation = relinearize, .name = "k", .left = 5},
             {.operation = rescale, .name = "r", .left = 6, .depth = 1},
             {.operation = add_scalar, .name = "t2", .left = 7, .scalar = -1, .depth = 1},
             {.operation = stage, .name = "z", .left = 8, .depth = 1},
             {.operation = multiply_scalar, .name = "c", .left = 9, .scalar = {-3, 4}, .depth = 1},
             {.operation = drop, .name = "y1", .left = 3, .depth = 1},
             {.operation = multiply, .name = "p", .left = 9, .right = 11, .depth = 1},
             {.operation = add, .name = "q", .left = 10, .right = 12, .depth = 1}};
  artifact.plan->costs = count(program);
  const std::string listing = plan_listing(artifact);
  CHECK(misfit(listing, *artifact.plan) == "");
  std::vector<std::string> texts;
  for (const Shown& line : operations_in(listing)) {
    texts.push_back(line.rest.substr(1, line.rest.find("  ") - 1));
  }
  CHECK(texts == std::vector<std::string>{"input", "input", "a - b", "(x + 1) / 50", "y * y",
                                          "2 * s", "relinearize(d)", "rescale(k)", "r - 1", "t2",
                                          "-0.75 * z", "drop(y)", "z * y1", "c + p"});
  CHECK(listing.find("-- stage 2 (degree 5): 0 levels, 0 key switches, 1 tensor product") !=
        std::string::npos);
}

TEST_CASE("a scale factor is shown where there is one, and a missing plan explained") {
  Artifact artifact = small_relu();
  CHECK(plan_listing(artifact).find("2.5 times") == std::string::npos);
  artifact.plan->output_scale_factor = Rational(5, 2);
  CHECK(plan_listing(artifact).find("2.5 times") != std::string::npos);
  artifact.plan.reset();
  CHECK(plan_listing(artifact).find(describe_missing_plan()) != std::string::npos);
}
