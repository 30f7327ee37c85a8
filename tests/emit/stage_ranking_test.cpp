// The choice between ways to compute a stage: costs, and what they lose.
#include "emit/plan/stage_ranking.hpp"

#include <doctest/doctest.h>

#include "emit/plan/stage_choice.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

StageTask task_of(const char* function, const char* domain, int degree) {
  return {.coefficients =
              rounded(test::solve(function, domain, degree).polynomial, binary64_bits).coefficients,
          .absorb = false};
}

StageChoice chosen(const StageTask& task) {
  const auto choice = choose_stage(task, minimum_levels(task), 64);
  REQUIRE(choice.has_value());
  return *choice;
}

// Paterson-Stockmeyer.
UsualNoise usual_noise_of(const StageTask& task) { return noise_of(task, {}); }

StageChoice priced(int key_switches, int tensor_products, const Rational& strain) {
  StageChoice choice;
  choice.costs.key_switches = key_switches;
  choice.costs.tensor_products = tensor_products;
  choice.strain = strain;
  choice.within_limits = strain <= 1;
  return choice;
}

}  // namespace

TEST_CASE("key switches come first, then products; the limits before either") {
  const StageTask task = task_of("sigmoid(x)", "[-4,4]", 7);
  const Rational calm(1, 8);
  CHECK(is_better(task, priced(4, 9, calm), priced(5, 5, calm)));
  CHECK(is_better(task, priced(4, 5, calm), priced(4, 6, calm)));
  CHECK_FALSE(is_better(task, priced(4, 6, calm), priced(4, 5, calm)));
  CHECK(is_better(task, priced(5, 6, calm), priced(4, 5, 2)));
  CHECK_FALSE(is_better(task, priced(4, 5, 2), priced(5, 6, calm)));
  CHECK(is_better(task, priced(5, 6, 2), priced(4, 5, 3)));  // less amplified
}

TEST_CASE("of as many key switches what saves products and loses bits gives way") {
  const StageTask task = task_of("1/x", "[1/16,1]", 40);
  bool is_any = false;
  const auto all = stage_alternatives(task, minimum_levels(task), 64);
  for (const StageChoice& cheap : all) {
    for (const StageChoice& dear : all) {
      if (cheap.costs.key_switches != dear.costs.key_switches || !is_cheaper(cheap, dear)) continue;
      const UsualNoise loud = noise_of(task, cheap);
      const UsualNoise quiet = noise_of(task, dear);
      const bool gives_way = quiet[0] + 2 < loud[0] && quiet[1] <= loud[1];
      if (!gives_way) continue;
      is_any = true;
      CHECK(is_better(task, dear, cheap));
      CHECK_FALSE(is_better(task, cheap, dear));
    }
  }
  CHECK(is_any);
}

// Of these, what costs least loses 3 to 11 bits.
TEST_CASE("what is chosen is precise, where as few key switches allow it") {
  struct Known {
    const char* function;
    const char* domain;
    int degree;
    int key_switches;
  };
  const Known known[] = {{"1/x", "[1/16,1]", 40, 9},
                         {"sigmoid(x)", "[-8,8]", 24, 7},
                         {"softplus(x)", "[-8,8]", 24, 6},
                         {"exp(-x^2)", "[-5,5]", 25, 6}};
  for (const auto& [function, domain, degree, key_switches] : known) {
    CAPTURE(function);
    const StageTask task = task_of(function, domain, degree);
    const StageChoice choice = chosen(task);
    CHECK(choice.costs.key_switches <= key_switches);
    CHECK(is_as_precise(noise_of(task, choice), usual_noise_of(task), bits_worth_products));
  }
}

// Of tanh, what has 8 key switches loses 9 bits.
TEST_CASE("scalars that are sought do not cost precision") {
  const StageTask task = task_of("tanh(x)", "[-6,6]", 31);
  const StageChoice choice = chosen(task);
  CHECK(choice.costs.key_switches <= 9);
  CHECK(is_as_precise(noise_of(task, choice), usual_noise_of(task), 4));
}
