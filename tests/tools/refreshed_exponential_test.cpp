// --refresh of exp: a polynomial, and powers of its value with refreshes before them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/plan/refresh.hpp"
#include "generator/proof/slope.hpp"
#include "tests/support/command.hpp"
#include "tests/support/made.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

const Words absolute = {
    "exp", "--domain", "[-64,0]", "--error", "2^-7", "--refresh", "levels=3,noise=2^-12,cost=800"};
const Words relative = {"exp",   "--domain",   "[-8,3]",    "--error",
                        "2^-10", "--relative", "--refresh", "levels=3,noise=2^-24,cost=800"};

Words with_terms(Words words, const char* terms) {
  words.back() = terms;
  return words;
}

Words with(Words words, const Words& more) {
  words.insert(words.begin() + 1, more.begin(), more.end());
  return words;
}

ChebyshevSeries square_on(const Interval& basis) {
  // x = c + h u: x^2 = c^2 + h^2 / 2 + 2 c h u + (h^2 / 2) T_2.
  const Rational c = (basis.lower + basis.upper) / 2;
  const Rational h = (basis.upper - basis.lower) / 2;
  return {.basis = basis, .coefficients = {c * c + h * h / 2, 2 * c * h, h * h / 2}};
}

}  // namespace

TEST_CASE("exp is refreshed before powers, proved, and fits into its levels") {
  for (const Words& words : {absolute, relative, with(absolute, {"--squarings", "2"}),
                             with_terms(absolute, "levels=3,noise=2^-14,cost=0,lowest=1"),
                             Words{"exp", "--domain", "[-1024,0]", "--error", "2^-7", "--minimise",
                                   "levels", "--refresh", "levels=5,noise=2^-12,cost=800"}}) {
    CAPTURE(words.back());
    const Artifact artifact = test::made_artifact(words);
    CHECK(is_stepped(artifact));
    CHECK(!noise_of(artifact).empty());
    CHECK(noise_of(artifact).size() == artifact.stages.size());
    CHECK(without_refreshes(artifact.steps) == chain_of(artifact.stages.size()));
    test::check_fits_refreshes(artifact, words);
  }
}

TEST_CASE("exp in the levels of its input is what it is without a refresh") {
  const Artifact artifact =
      test::made_artifact(with_terms(absolute, "levels=3,noise=2^-12,cost=800,start=9"));
  CHECK(noise_of(artifact).empty());
  const Artifact plain =
      test::made_artifact({"exp", "--domain", "[-64,0]", "--error", "2^-7", "--max-levels", "9"});
  CHECK(artifact.stages.front().polynomial.coefficients ==
        plain.stages.front().polynomial.coefficients);
  CHECK(artifact.steps == plain.steps);
}

TEST_CASE("budgets of a refreshed exp are kept or refused") {
  const Artifact artifact = test::made_artifact(absolute);
  const int key_switches = artifact.plan->costs.key_switches;
  const Words kept = with(absolute, {"--max-key-switches", std::to_string(key_switches)});
  CHECK(test::made_artifact(kept).plan->costs.key_switches <= key_switches);
  test::check_fails(with(absolute, {"--max-key-switches", "3"}), 3, "within the budget");
  test::check_fails(with(absolute, {"--max-levels", "3"}), 3, "within the budget");
}

TEST_CASE("an error of exp below what a refresh adds is status 3, and says what is left") {
  Words words = absolute;
  words[4] = "2^-13";
  test::check_fails(words, 3, "what a refresh adds comes out as 2^-11.99");
  Words far = relative;
  far[2] = "[-64,0]";
  test::check_fails(far, 3, "relative to exp(x)");
  test::check_fails(with_terms(absolute, "levels=1,noise=2^-12,cost=800"), 3,
                    "no chain of powers fits");
}

TEST_CASE("a file of a refreshed exp that lies is refused") {
  for (const Words& words : {absolute, relative}) {
    const std::string content = test::made(words, "f.json");
    const json file = json::parse(content);
    const auto refused = [&](const char* pointer, const json& value, const char* word) {
      CAPTURE(pointer);
      test::check_refused(test::changed(content, pointer, value), word);
    };
    std::size_t at = 0;
    while (file["steps"][at]["op"] != "refresh") ++at;
    refused(("/steps/" + std::to_string(at) + "/noise").c_str(), "0x1p-30", "another noise");
    refused("/request/refresh", "levels=2,noise=2^-12,cost=800", "");
    refused("/request/error", "2^-20", "");
    refused("/error/upper", "0x1p-16", "");
    refused("/stages/1/domain/0/0", "0x1p-2", "");
    refused("/stages/1/error/upper", "0x1p-80", "");
  }
}

// (1 + d)^2 - 1 of d = N h / v, with the least v, and again.
TEST_CASE("relative noise of powers follows its closed form, and refuses what reaches 0") {
  const Interval basis{Rational(1, 4), 1};
  const Rational noise = power_of_two(-10);
  const Rational moved = noise * Rational(3, 8) / Rational(1, 2);
  const auto square = square_on(basis);
  const auto found = relative_noise_of_powers(
      {square, square, square}, {{Rational(1, 2), 1}, {Rational(1, 4), 1}, {Rational(1, 16), 1}},
      {0, 0, 0}, {0, noise, 0});
  REQUIRE(found);
  const Rational once = (1 + moved) * (1 + moved) - 1;
  const Rational twice = (1 + once) * (1 + once) - 1;
  CHECK(*found >= twice);
  CHECK(*found <= twice * (1 + power_of_two(-50)));
  CHECK(!relative_noise_of_powers({square, square}, {{0, 1}, {0, 1}}, {0, 0}, {0, noise}));
}
