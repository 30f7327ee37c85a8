// Offers are plans that make_plan gives, and are made only where the request leaves room for them.
#include "emit/offer.hpp"

#include <doctest/doctest.h>

#include <string>

#include "emit/describe.hpp"
#include "emit/plan/make_plan.hpp"
#include "tests/support/artifacts.hpp"

using namespace equiripple;

namespace {

Artifact asking(Artifact artifact, const std::string& option, const std::string& value) {
  artifact.request.options.push_back({option, {value}});
  return artifact;
}

}  // namespace

TEST_CASE("what is offered can be had") {
  const Artifact artifact = test::sign_artifact(Kind::sign, {15}, "2^-6", "1");
  const auto offered = one_more_level(artifact);
  REQUIRE(offered.has_value());
  const auto planned = make_plan(
      Kind::sign, {artifact.stages[0].polynomial},
      {.objective = PlanObjective::key_switches, .max_levels = artifact.plan->costs.levels + 1});
  CHECK(planned->plan.costs == *offered);
  CHECK(offered->levels == artifact.plan->costs.levels + 1);
  CHECK(offered->key_switches < artifact.plan->costs.key_switches);
  const std::string text = summary(artifact);
  CHECK(text.find("one more level would take " + std::to_string(offered->key_switches) +
                  " key switches instead of ") != std::string::npos);
  CHECK(text.find("(--minimise key-switches --max-levels " + std::to_string(offered->levels) +
                  ")\n") != std::string::npos);
}

TEST_CASE("no offer is made where it would not be one") {
  const Artifact artifact = test::sign_artifact(Kind::sign, {15}, "2^-6", "1");
  const std::string levels = std::to_string(artifact.plan->costs.levels);
  CHECK_FALSE(one_more_level(asking(artifact, "max-levels", levels)).has_value());
  CHECK(one_more_level(asking(artifact, "max-levels", levels + "0")).has_value());
  CHECK(one_more_level(asking(artifact, "max-levels", "many")).has_value());
  CHECK(one_more_level(asking(artifact, "minimise", "levels")).has_value());
  CHECK_FALSE(one_more_level(asking(artifact, "minimise", "key-switches")).has_value());
  CHECK(one_more_level(asking(artifact, "minimise", "latency")).has_value());
  Artifact thrifty = artifact;
  thrifty.plan->costs.key_switches = one_more_level(artifact)->key_switches;
  CHECK(describe_offer(thrifty).empty());
  Artifact planless = artifact;
  planless.plan.reset();
  CHECK(describe_offer(planless).empty());
  CHECK(describe_excess(planless).empty());
  CHECK_FALSE(one_more_level(test::polynomial_artifact("exp(x)", "[-1,1]", 2)).has_value());
  for (const int exponent : {1023, -1074}) {  // a file may hold anything
    Artifact strange = artifact;
    strange.stages[0].polynomial.coefficients[7] = power_of_two(exponent);
    CHECK_FALSE(one_more_level(strange).has_value());
  }
  Artifact high = artifact;  // where the search would be long
  high.stages.resize(5, high.stages.front());
  CHECK_FALSE(one_more_level(high).has_value());
}

TEST_CASE("growth above the limit is said") {
  Artifact artifact = test::sign_artifact(Kind::sign, {3}, "1/4", "1");
  CHECK(describe_excess(artifact).empty());
  artifact.plan->growth = 100;
  CHECK(describe_excess(artifact) == "above the limit 2^6");
  CHECK(summary(artifact).find("growth 2^6.7, above the limit 2^6\n") != std::string::npos);
  CHECK(describe_excess(asking(artifact, "max-growth", "2^7")).empty());
  CHECK(describe_excess(asking(artifact, "max-growth", "50")) == "above the limit 2^5.64");
}
