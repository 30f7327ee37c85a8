// Programs with corrections: what they cost, what they are read back as, what is refused.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "emit/json.hpp"
#include "emit/plan/ciphertext_rules.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/targets/targets.hpp"
#include "tests/support/random.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;

namespace {

constexpr std::array kinds = {Kind::inverse, Kind::rsqrt, Kind::sqrt};
const Interval domain{Rational(1, 4), 1};

struct Made {
  ChebyshevSeries stored;
  Plan start;
  Plan plan;
};

Made made(Kind kind, int degree, int corrections) {
  test::Random random(test::seed());
  Made one{
      .stored = test::random_series(random, degree, Parity::none, 0.7), .start = {}, .plan = {}};
  one.start = make_plan(Kind::minimax, {one.stored})->plan;
  one.plan = with_corrections(kind, one.start, corrections, Rational(1, 8), domain);
  return one;
}

bool is_read(const Plan& plan, Kind kind, int corrections, const ChebyshevSeries& stored) {
  return corrected_meaning(plan, kind, corrections, stored).has_value();
}

}  // namespace

TEST_CASE("corrections cost what is said of them") {
  for (const int degree : {1, 3, 7, 12}) {
    for (const int n : {0, 1, 2, 5}) {
      CAPTURE(degree);
      CAPTURE(n);
      const auto added = [&](Kind kind) {
        const Made one = made(kind, degree, n);
        CHECK(one.plan.costs == count(one.plan.program));
        CHECK(one.plan.costs == costs_with_corrections(kind, one.start.program, n));
        CHECK(breach_of_ciphertext_rules(one.plan.program) == "");
        return std::pair{one.plan.costs.levels - one.start.costs.levels,
                         one.plan.costs.key_switches - one.start.costs.key_switches};
      };
      CHECK(added(Kind::inverse) == std::pair{n == 0 ? 0 : n + 1, 2 * n});
      CHECK(added(Kind::rsqrt) == std::pair{2 * n, 3 * n});
      const int late = degree == 1 && n == 1 ? 1 : 0;  // x^2 comes a level too late
      CHECK(added(Kind::sqrt) == std::pair{n == 0 ? 1 : 2 * n + late, 3 * n + 1});
    }
  }
}

TEST_CASE("programs with corrections are read back") {
  for (const Kind kind : kinds) {
    for (const int n : {0, 1, 3}) {
      const Made one = made(kind, 7, n);
      const auto meaning = corrected_meaning(one.plan, kind, n, one.stored);
      REQUIRE(meaning);
      CHECK(meaning->start_program.size() == one.start.program.size());
      CHECK(bound_after(correction_map(kind), meaning->scalars, Rational(1, 8)) <= Rational(1, 8));
      for (const Kind other : kinds) {
        if (other == kind || (n == 0 && kind != Kind::sqrt && other != Kind::sqrt)) continue;
        CHECK_FALSE(is_read(one.plan, other, n, one.stored));
      }
      CHECK_FALSE(is_read(one.plan, kind, n + 1, one.stored));
      if (n > 0) CHECK_FALSE(is_read(one.plan, kind, n - 1, one.stored));
    }
  }
}

// Whatever is changed after the start, but for the scalars, is seen.
TEST_CASE("a spoilt correction is refused") {
  for (const Kind kind : kinds) {
    const Made one = made(kind, 5, 2);
    const std::size_t begin = one.start.program.size();
    REQUIRE(is_read(one.plan, kind, 2, one.stored));
    for (std::size_t i = begin; i < one.plan.program.size(); ++i) {
      CAPTURE(one.plan.program[i].name);
      Plan spoilt = one.plan;
      spoilt.program[i].left = spoilt.program[i].left == 0 ? 1 : 0;
      CHECK_FALSE(is_read(spoilt, kind, 2, one.stored));
      spoilt = one.plan;
      ++spoilt.program[i].integer;
      CHECK_FALSE(is_read(spoilt, kind, 2, one.stored));
      spoilt = one.plan;
      spoilt.program.resize(i);
      CHECK_FALSE(is_read(spoilt, kind, 2, one.stored));
    }
    Plan spoilt = one.plan;
    spoilt.output_scale_factor = 2;
    CHECK_FALSE(is_read(spoilt, kind, 2, one.stored));
  }
}

TEST_CASE("artifacts say how many corrections there are") {
  const Made one = made(Kind::rsqrt, 5, 2);
  Artifact artifact{
      .name = "f", .kind = Kind::rsqrt, .request = {.command = "rsqrt", .options = {}}};
  artifact.corrections = 2;
  artifact.stages.push_back(
      {.polynomial = one.stored, .domain = {domain}, .range = {{0, 2}}, .claim = {}});
  artifact.plan = one.plan;
  const std::string text = to_json_text(artifact);
  const auto read = artifact_from_json_text(text);
  REQUIRE_MESSAGE(read.has_value(), read.error().why);
  CHECK(read->corrections == 2);
  CHECK(to_json_text(*read) == text);
  const EmitTarget& python = *emit_target_named("python");
  CHECK(python.obstacle(artifact).empty());
  Artifact spoilt = artifact;
  spoilt.plan->program.pop_back();
  CHECK(python.obstacle(spoilt).find("does not compute the function") != std::string::npos);
  spoilt.plan.reset();
  CHECK(python.obstacle(spoilt).starts_with("plan: "));
  Json without = to_json(artifact);
  without.erase("corrections");
  CHECK(artifact_from_json(without).error().why.find("corrections") != std::string::npos);
  artifact.kind = Kind::minimax;
  CHECK(to_json_text(artifact).find("corrections\"") == std::string::npos);
}
