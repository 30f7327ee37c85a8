// Offers are plans that make_plan gives, and are made only where the request leaves room for them.
#include "emit/offer.hpp"

#include <doctest/doctest.h>

#include <string>

#include "emit/describe.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/request/stage_problem.hpp"
#include "tests/support/artifacts.hpp"

using namespace equiripple;

namespace {

// With the record of a request, which says what is asked of the plan.
Artifact sign_of(const std::string& gap, int degree) {
  Artifact artifact = test::sign_artifact(Kind::sign, {degree}, gap, "1");
  artifact.request.options = {{"gap", {gap}}, {"degrees", {std::to_string(degree)}}};
  return artifact;
}

Artifact asking(Artifact artifact, const std::string& option, const std::string& value) {
  artifact.request.options.push_back({option, {value}});
  return artifact;
}

std::optional<PlanCosts> offered_to(const Artifact& artifact) {
  return one_more_level(artifact, settings_of(artifact));
}

std::string excess_of(const Artifact& artifact) {
  return describe_excess(artifact, settings_of(artifact));
}

}  // namespace

TEST_CASE("what is offered can be had") {
  const Artifact artifact = sign_of("2^-6", 15);
  const auto offered = offered_to(artifact);
  REQUIRE(offered.has_value());
  const auto planned = make_plan(
      Kind::sign, {artifact.stages[0].polynomial},
      {.objective = PlanObjective::key_switches, .max_levels = artifact.plan->costs.levels + 1});
  CHECK(planned->plan.costs == *offered);
  CHECK(offered->levels == artifact.plan->costs.levels + 1);
  CHECK(offered->key_switches < artifact.plan->costs.key_switches);
  const std::string text = summary(artifact, settings_of(artifact));
  CHECK(text.find("one more level would take " + std::to_string(offered->key_switches) +
                  " key switches instead of ") != std::string::npos);
  CHECK(text.find("(--minimise key-switches --max-levels " + std::to_string(offered->levels) +
                  ")\n") != std::string::npos);
}

TEST_CASE("no offer is made where it would not be one") {
  const Artifact artifact = sign_of("2^-6", 15);
  const std::string levels = std::to_string(artifact.plan->costs.levels);
  CHECK_FALSE(offered_to(asking(artifact, "max-levels", levels)).has_value());
  CHECK(offered_to(asking(artifact, "max-levels", levels + "0")).has_value());
  CHECK(offered_to(asking(artifact, "max-levels", "many")).has_value());
  CHECK(offered_to(asking(artifact, "minimise", "levels")).has_value());
  CHECK_FALSE(offered_to(asking(artifact, "minimise", "key-switches")).has_value());
  CHECK(offered_to(asking(artifact, "minimise", "latency")).has_value());
  Artifact thrifty = artifact;
  thrifty.plan->costs.key_switches = offered_to(artifact)->key_switches;
  CHECK(describe_offer(thrifty, settings_of(thrifty)).empty());
  Artifact planless = artifact;
  planless.plan.reset();
  CHECK(describe_offer(planless, settings_of(planless)).empty());
  CHECK(excess_of(planless).empty());
  CHECK_FALSE(offered_to(test::polynomial_artifact("exp(x)", "[-1,1]", 2)).has_value());
  for (const int exponent : {1023, -1074}) {  // a file may hold anything
    Artifact strange = artifact;
    strange.stages[0].polynomial.coefficients[7] = power_of_two(exponent);
    CHECK_FALSE(offered_to(strange).has_value());
  }
  Artifact high = artifact;  // where the search would be long
  high.stages.resize(5, high.stages.front());
  CHECK_FALSE(offered_to(high).has_value());
}

TEST_CASE("growth above the limit is said") {
  Artifact artifact = sign_of("1/4", 3);
  CHECK(excess_of(artifact).empty());
  artifact.plan->growth = 100;
  CHECK(excess_of(artifact) == "above the limit 2^6");
  CHECK(summary(artifact, settings_of(artifact)).find("growth 2^6.7, above the limit 2^6\n") !=
        std::string::npos);
  CHECK(excess_of(asking(artifact, "max-growth", "2^7")).empty());
  CHECK(excess_of(asking(artifact, "max-growth", "50")) == "above the limit 2^5.64");
  CHECK(excess_of(asking(artifact, "max-growth", "much")) == "above the limit 2^6");  // no request
}
