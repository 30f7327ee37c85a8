// Threads and levels to spare: closed forms on programs written by hand, laws on plans.
#include "emit/simulate/execution.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/made.hpp"

using namespace equiripple;

namespace {

Instruction step(PlanOperation operation, int left, int right = -1) {
  Instruction instruction;
  instruction.operation = operation;
  instruction.left = left;
  instruction.right = right;
  return instruction;
}

// x, then so many products of its own, each switched; then their sum, one after another.
std::vector<Instruction> fan(int products) {
  std::vector<Instruction> program = {step(PlanOperation::input, -1)};
  for (int i = 0; i < products; ++i) program.push_back(step(PlanOperation::relinearize, 0));
  int sum = 1;
  for (int i = 2; i <= products; ++i) {
    program.push_back(step(PlanOperation::add, sum, i));
    sum = static_cast<int>(program.size()) - 1;
  }
  return program;
}

std::vector<Instruction> chain(int products) {
  std::vector<Instruction> program = {step(PlanOperation::input, -1)};
  for (int i = 0; i < products; ++i) program.push_back(step(PlanOperation::relinearize, i));
  return program;
}

// Key switches alone cost something.
CostTable switches_alone() {
  CostTable costs;
  costs.key_switch = {1};
  return costs;
}

}  // namespace

TEST_CASE("what needs nothing of each other is shared, what is one after another is not") {
  for (const int products : {1, 2, 5, 8}) {
    CAPTURE(products);
    CHECK(critical_key_switches(fan(products)) == 1);
    CHECK(critical_key_switches(chain(products)) == products);
    for (const int threads : {1, 2, 3, 4, 100}) {
      CAPTURE(threads);
      const double rounds = std::ceil(static_cast<double>(products) / threads);
      CHECK(gain_of_threads(fan(products), switches_alone(), threads) ==
            doctest::Approx(products / rounds));
      CHECK(gain_of_threads(chain(products), switches_alone(), threads) == doctest::Approx(1));
    }
  }
  CHECK(critical_key_switches({}) == 0);
  CHECK(gain_of_threads({}, switches_alone(), 2) == 1);
}

// Two long ones and a short one that both threads could begin with: the one that is followed by
// most goes first, and 2 threads need 3 rounds; in the order of the program they would need 4.
TEST_CASE("the longest way to the result goes first") {
  std::vector<Instruction> program = {step(PlanOperation::input, -1)};
  program.push_back(step(PlanOperation::relinearize, 0));  // 1: alone
  program.push_back(step(PlanOperation::relinearize, 0));  // 2: alone
  program.push_back(step(PlanOperation::relinearize, 0));  // 3: the first of three
  program.push_back(step(PlanOperation::relinearize, 3));
  program.push_back(step(PlanOperation::relinearize, 4));
  program.push_back(step(PlanOperation::add, 1, 2));
  program.push_back(step(PlanOperation::add, 5, 6));
  CHECK(critical_key_switches(program) == 3);
  CHECK(gain_of_threads(program, switches_alone(), 2) == doctest::Approx(5.0 / 3));
}

TEST_CASE("laws of plans: no more threads than they bring, no more than the critical path allows") {
  const std::vector<std::vector<std::string>> requests = {
      {"relu", "--degrees", "7,7", "--range", "50"},
      {"sign", "--gap", "2^-5", "--degrees", "63"},
      {"max", "--degrees", "7,15"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "31"}};
  for (const auto& request : requests) {
    CAPTURE(request[0]);
    const Artifact artifact = test::made_artifact(request);
    const auto& program = artifact.plan->program;
    const int critical = critical_key_switches(program);
    CHECK(critical <= artifact.plan->costs.key_switches);
    CHECK(critical >= artifact.plan->costs.levels - 1);
    const double bound = static_cast<double>(artifact.plan->costs.key_switches) / critical;
    double before = 1;
    for (int threads = 1; threads <= 8; ++threads) {
      const double gain = gain_of_threads(program, switches_alone(), threads);
      CHECK(gain >= before - 1e-12);
      CHECK(gain <= std::min(bound, static_cast<double>(threads)) + 1e-12);
      before = gain;
    }
    CHECK(before == doctest::Approx(bound));  // of 8 threads, for plans so narrow
    CHECK(price_of_spare_levels(program, switches_alone(), 3) == doctest::Approx(1));
    CHECK(price_of_spare_levels(program, CostTable::transforms(), 0) == doctest::Approx(1));
    CHECK(price_of_spare_levels(program, CostTable::transforms(), 3) >
          price_of_spare_levels(program, CostTable::transforms(), 1));
  }
}

// A key switch at l levels left costs (l + 1)(l + 2) transforms.
TEST_CASE("levels to spare cost what the table says") {
  CostTable costs;
  costs.key_switch = CostTable::transforms().key_switch;
  CHECK(price_of_spare_levels(chain(1), costs, 4) == doctest::Approx(5.0 * 6 / (2.0 * 3)));
}

TEST_CASE("what inspect says of it") {
  const Artifact relu = test::made_artifact({"relu", "--degrees", "7,7"});
  const std::string text = describe_execution(relu);
  CHECK(text.find(std::to_string(critical_key_switches(relu.plan->program)) +
                  " of 9 key switches "
                  "on the critical path") != std::string::npos);
  CHECK(describe_execution(test::made_artifact({"minimax", "--function", "x", "--domain", "[-1,1]",
                                                "--degree", "1"}))
            .empty());
}
