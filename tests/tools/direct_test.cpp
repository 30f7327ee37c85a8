// ReLU and its kin by one polynomial of the function itself: made, verified, run, and chosen.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "emit/direct.hpp"
#include "emit/json.hpp"
#include "emit/make/direct_costs.hpp"
#include "emit/make/ranking.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/stage_task.hpp"
#include "generator/sign/direct.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

double log2_accuracy(const Artifact& artifact) {
  return -std::log2(to_double(artifact.claim.error.upper, Rounding::up));
}

}  // namespace

TEST_CASE("an even degree is of the function itself") {
  for (const char* kind : {"relu", "abs", "max", "min"}) {
    CAPTURE(kind);
    for (const char* degree : {"2", "8", "14", "24"}) {
      CAPTURE(degree);
      const Artifact artifact = test::made_artifact({kind, "--degrees", degree, "--range", "5"});
      CHECK(is_direct(artifact));
      CHECK(artifact.claim.metric == Metric::relu);
      // Of |x| Bernstein's constant over the degree, at least; of the others half.
      const double share = artifact.kind == Kind::abs ? 1 : 0.5;
      const double error = to_double(artifact.claim.error.upper);
      CHECK(error < share * 0.2802 / std::stod(degree));
      CHECK(error > share * 0.24 / std::stod(degree));
      REQUIRE(artifact.plan.has_value());
      for (const double x : {-5.0, -0.25, 0.0, 1.5, 5.0}) {  // b is 0
        const double value = convert<double>(value_of_program(*artifact.plan, PlotReal(x)));
        const double wanted = artifact.kind == Kind::abs   ? std::abs(x)
                              : artifact.kind == Kind::min ? std::min(x, 0.0)
                                                           : std::max(x, 0.0);
        CHECK(std::abs(value - wanted) <= 5 * error);
      }
    }
  }
}

TEST_CASE("a power of two takes no level more where it absorbs its leading coefficient") {
  CHECK(test::made_artifact({"relu", "--degrees", "16"}).plan->costs.levels == 4);
  const Artifact exact = test::made_artifact({"relu", "--degrees", "16", "--no-absorption"});
  CHECK(exact.plan->costs.levels == 5);
  CHECK(exact.plan->output_scale_factor == 1);
}

TEST_CASE("a direct polynomial is verified, and a false claim about it is refused") {
  for (const char* kind : {"relu", "abs", "max", "min"}) {
    const std::string text = test::made({kind, "--degrees", "8", "--range", "0.3"}, "f.json");
    CHECK(test::verified(text, "f.json").status == 0);
    CHECK(test::verified(test::made({kind, "--degrees", "8"}, "f.hpp"), "f.hpp").status == 0);
    json file = json::parse(text);
    // The stage of |x| and ReLU is the function: nothing is made of it.
    const bool is_polynomial = std::string(kind) == "relu" || std::string(kind) == "abs";
    CHECK(file["kind"] == (is_polynomial ? "minimax" : kind));
    CHECK(artifact_from_json(file)->kind == *kind_named(kind));
    json other = file;
    other["kind"] = is_polynomial ? kind : "minimax";  // which has one input
    CHECK(test::verified(other.dump(2) + "\n", "f.json").status == (is_polynomial ? 4 : 2));
    json claims = file;
    claims["error"]["upper"] = claims["error"]["lower"];
    CHECK(test::verified(claims.dump(2) + "\n", "f.json").status == 4);
    json table = file;
    table["stages"][0]["coefficients"][3] = "0x1p-60";
    CHECK(test::verified(table.dump(2) + "\n", "f.json").status == 4);
    json request = file;
    request["request"]["degrees"] = "10";
    CHECK(test::verified(request.dump(2) + "\n", "f.json").status == 4);
  }
}

TEST_CASE("what is chosen is the least of both classes") {
  const Artifact by_levels = test::made_artifact({"relu", "--bits", "10", "--minimise", "levels"});
  CHECK(is_direct(by_levels));
  CHECK(by_levels.plan->costs.levels == 8);
  CHECK(log2_accuracy(by_levels) >= 10);
  const Artifact by_switches =
      test::made_artifact({"relu", "--bits", "11", "--minimise", "key-switches"});
  CHECK_FALSE(is_direct(by_switches));
  CHECK(by_switches.plan->costs.levels > 9);
  const Artifact sign =
      test::made_artifact({"sign", "--gap", "0.02", "--error", "0.01", "--minimise", "levels"});
  CHECK(sign.stages.size() == 1);
  CHECK(sign.plan->costs.levels == 8);
  const Artifact best = test::made_artifact({"relu", "--max-levels", "10"});
  CHECK(log2_accuracy(best) > 12.8);
}

TEST_CASE("the price of a level moves the choice to fewer levels") {
  const Artifact free = test::made_artifact({"relu", "--bits", "11"});
  const Artifact dear = test::made_artifact({"relu", "--bits", "11", "--level-price", "1000000"});
  const Artifact least = test::made_artifact({"relu", "--bits", "11", "--minimise", "levels"});
  CHECK(dear.plan->costs.levels == least.plan->costs.levels);
  CHECK(free.plan->costs.levels >= dear.plan->costs.levels);
}

// Of degree 88 the value runs away 1.0044 of the range out.
TEST_CASE("a hundredth of the cost is paid for reach, unless told not to") {
  const auto choice = [](std::vector<int> degrees, double latency) {
    FoundComposition found;
    found.composition.degrees = std::move(degrees);
    found.composition.levels = 7;
    found.composition.latency = latency;
    found.gap = power_of_two(-5);  // of the composition
    return found;
  };
  const auto first = [](const SignRequest& request, std::vector<FoundComposition> found) {
    return ranked(request, std::move(found)).front().composition.degrees;
  };
  SignRequest request{.kind = Kind::relu, .degrees = {}, .gap = {}, .margin = {}, .error = {}};
  request.plan.objective = PlanObjective::latency;
  const FoundComposition fragile = choice({88}, 1000);
  CHECK(first(request, {fragile, choice({7, 15}, 1005)}) == std::vector{7, 15});
  CHECK(first(request, {fragile, choice({7, 15}, 1015)}) == std::vector{88});
  request.any_reach = true;
  CHECK(first(request, {fragile, choice({7, 15}, 1005)}) == std::vector{88});
  CHECK(first(request, {fragile, choice({7, 15}, 1000)}) == std::vector{7, 15});
}

TEST_CASE("the table of direct polynomials is what the planner makes, or better") {
  int compared = 0;
  for (const StageProfile& row : tabled_direct_profiles()) {
    if (row.degree > 40 * test::effort() || row.degree % 2 == 1) continue;
    const auto now = direct_profile(row.degree, row.levels);
    CAPTURE(row.degree);
    REQUIRE(now.has_value());
    CHECK(now->levels <= row.levels);
    CHECK(now->key_switches() <= row.key_switches());
    ++compared;
  }
  CHECK(compared >= 10);
}

// A search may pass it over; its latency must be known where it does not (networks).
TEST_CASE("ways that absorb their leading coefficient are there, and grow") {
  int beyond = 0;
  for (const StageOption& way : direct_options({}, Kind::relu, 64)) {
    if (way.degree != 1 << way.levels) continue;
    CAPTURE(way.degree);
    CHECK(keeps_growth({}, way) == (way.degree <= 16));
    CHECK(keeps_growth({.growth_limit = 1 << 9}, way));
    beyond += way.degree > 16 ? 1 : 0;
  }
  CHECK(beyond == 2);
}

// The table is of range 1. At larger ones the chain of degree 40 would cost precision.
TEST_CASE("at other ranges polynomials take one key switch more at most than the search says") {
  constexpr int with_one_more = 40;
  for (const StageOption& option : direct_options({}, Kind::relu, 64)) {
    for (const int range : {5, 50, 1000}) {
      CAPTURE(option.degree);
      CAPTURE(range);
      const auto abs =
          rounded(minimax(abs_problem(range, option.degree)).polynomial, binary64_bits);
      const auto planned = make_plan(Kind::relu, {relu_of_abs(abs)},
                                     {.objective = PlanObjective::key_switches,
                                      .max_levels = option.levels,
                                      .stage_levels = {option.levels}});
      REQUIRE(planned.has_value());
      const int more = option.degree == with_one_more ? 1 : 0;
      CHECK(planned->plan.costs.key_switches <= option.key_switches + more);
    }
  }
}

TEST_CASE("words that do not go with an even degree exit 2 and are named") {
  const std::pair<std::vector<std::string>, const char*> wrong[] = {
      {{"sign", "--gap", "1/4", "--degrees", "8"}, "degree 8 is even"},
      {{"relu", "--degrees", "8,7"}, "degree 8 is even"},
      {{"relu", "--degrees", "8", "--gap", "1/4"}, "--gap: not with an even degree"},
      {{"relu", "--degrees", "8", "--margin", "2^-20"}, "--margin: not with an even degree"},
      {{"relu", "--degrees", "2047"}, "without --gap stages have degrees up to 1023, not 2047"},
      {{"abs", "--degrees", "3,1025"}, "without --gap stages have degrees up to 1023, not 1025"},
      {{"relu", "--bits", "8", "--minimise", "levels", "--level-price", "3"}, "--level-price"},
      {{"relu", "--bits", "8", "--level-price", "-1"}, "--level-price '-1'"},
  };
  for (const auto& [words, token] : wrong) {
    CAPTURE(token);
    const auto result = test::equiripple(words);
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
  }
}
