// minimax --through, --leading and --powers as a user types them.
#include <doctest/doctest.h>

#include <algorithm>

#include "emit/json.hpp"
#include "generator/constraint/rounding.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

using Words = std::vector<std::string>;

test::CommandResult minimax_command(const test::TemporaryFolder& folder, Words words) {
  words.insert(words.begin(), "minimax");
  return test::equiripple(words, folder.path());
}

Artifact made(Words words) {
  const test::TemporaryFolder folder;
  words.insert(words.end(), {"-o", "f.json"});
  const auto result = minimax_command(folder, words);
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  CHECK(test::equiripple({"verify", "f.json"}, folder.path()).status == 0);
  const auto artifact = artifact_from_json_text(test::content_of(folder / "f.json"));
  REQUIRE_MESSAGE(artifact.has_value(), artifact.error().why);
  return *artifact;
}

const DeviationRecord& deviations_in(const Artifact& artifact) {
  REQUIRE(artifact.stages.front().deviations.has_value());
  return *artifact.stages.front().deviations;
}

}  // namespace

TEST_CASE("p(0) = 0 whatever the domain") {
  for (const char* domain : {"[-8,8]", "[-1,8]", "[0,5]", "[-0.1,3.7]"}) {
    CAPTURE(domain);
    const Artifact artifact =
        made({"--function", "gelu(x)", "--domain", domain, "--degree", "14", "--through", "0,0"});
    CHECK(deviations_in(artifact).table == std::vector<Rational>{0});
    CHECK(deviations(artifact.stages.front().polynomial, {.through = {{.at = 0, .values = {0}}}},
                     14) == std::vector<Rational>{0});
  }
}

// A table of four bits that is flat at its points.
TEST_CASE("a table on 16 points, flat at each") {
  const std::vector<int> table = {3, 0, 6, 13, 11, 5, 14, 8, 4, 7, 10, 9, 15, 2, 12, 1};
  std::string function = "15/16";
  Words words;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string x = std::to_string(i);
    words.insert(words.end(), {"--domain", "[" + x + "-1/32," + x + "+1/32]", "--through",
                               x + "," + std::to_string(table[i]) + "/16,0"});
  }
  function = std::to_string(table[15]) + "/16";
  for (std::size_t i = 15; i-- > 0;) {
    function =
        "if(x<" + std::to_string(i) + "+1/2," + std::to_string(table[i]) + "/16," + function + ")";
  }
  words.insert(words.end(), {"--function", function, "--degree", "40"});
  const Artifact artifact = made(words);
  const ChebyshevSeries& p = artifact.stages.front().polynomial;
  Rational size = 0;
  for (const Rational& c : p.coefficients) size += abs(c);
  for (const Rational& deviation : deviations_in(artifact).table) {
    CHECK(deviation <= size * power_of_two(-50));
  }
  CHECK(deviations_in(artifact).table.size() == 32);
  const SeriesEvaluator<Real<256>> evaluate(p);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto value = evaluate(Real<256>(static_cast<long>(i)));
    CHECK(std::abs(convert<double>(Real<256>(value * 16)) - table[i]) < 1e-10);
  }
}

TEST_CASE("only some powers, and a leading coefficient") {
  const Artifact cosine =
      made({"--function", "cos(x)-1", "--domain", "[-pi/4,pi/4]", "--powers", "2,4,6,8"});
  CHECK(test::relative_difference(cosine.claim.error.lower, Rational(5.36632728792392e-11)) < 1e-3);
  CHECK(cosine.stages.front().polynomial.parity == Parity::even);
  const Artifact exponential =
      made({"--function", "exp(x)", "--domain", "[1,2]", "--powers", "2,3,4"});
  CHECK(test::relative_difference(exponential.claim.error.lower, Rational(0.051593909326673)) <
        2e-11);
  const Artifact monic =
      made({"--function", "0*x", "--domain", "[-1,1]", "--degree", "8", "--leading", "1"});
  CHECK(monic.claim.error.upper >= power_of_two(-7));
  CHECK(monic.claim.error.lower <= power_of_two(-7));
  CHECK(deviations_in(monic).table == std::vector<Rational>{0});
}

// x (exp(x) - p(x)), p(0) = 1, is x^2 ((exp(x) - 1) / x - q(x)): by an exchange in mpmath.
TEST_CASE("a weight that is 0 where the polynomial is given") {
  const Artifact artifact = made({"--function", "exp(x)", "--domain", "[0,1]", "--degree", "6",
                                  "--weight", "x", "--through", "0,1"});
  CHECK(test::relative_difference(artifact.claim.error.lower, Rational(1.60899382292332873e-8)) <
        1e-12);
  CHECK(deviations_in(artifact).table == std::vector<Rational>{0});
  const test::TemporaryFolder folder;
  const auto refused = minimax_command(
      folder, {"--function", "exp(x)", "--domain", "[0,1]", "--degree", "6", "--weight", "x"});
  CHECK(refused.status == 2);
  CHECK(refused.errors.find("must be positive on the domain, and is not at x = 0") !=
        std::string::npos);
}

// Beyond x^13 or so no binary64 coefficients of T_k leave all absent powers out: the error is that
// of the best all the same, and what is left is small. The value is from Sollya.
TEST_CASE("absent powers that rounding brings back are told") {
  const Artifact artifact =
      made({"--function", "exp(x)", "--domain", "[0,1]", "--powers", "0,1,2,40"});
  CHECK(test::relative_difference(artifact.claim.error.lower, Rational(0.00673412901569887)) <
        1e-10);
  CHECK(artifact.claim.error.upper <= artifact.claim.error.lower * (1 + power_of_two(-9)));
  Rational most = 0;
  for (const Rational& left : deviations_in(artifact).table) most = std::max(most, left);
  CHECK(most > 0);
  CHECK(most < power_of_two(-40));
}

// Values of Sollya's remez with explicit monomials.
TEST_CASE("powers with uneven gaps") {
  const Artifact right = made({"--function", "exp(x)", "--domain", "[0,1]", "--powers", "0,3,7"});
  CHECK(test::relative_difference(right.claim.error.lower, Rational(0.151071443263954)) < 1e-10);
  const std::vector<Rational> powers = to_powers(right.stages.front().polynomial);
  REQUIRE(powers.size() == 8);
  for (const std::size_t absent : {1, 2, 4, 5, 6}) CHECK(powers[absent] == 0);
  CHECK(deviations_in(right).table == std::vector<Rational>(5));
  const Artifact both = made({"--function", "exp(x)-1", "--domain", "[-1,1]", "--powers", "1,2,5"});
  CHECK(test::relative_difference(both.claim.error.lower, Rational(0.0123307938145712)) < 1e-10);
  const Artifact even = made({"--function", "cos(x)", "--domain", "[-1,1]", "--powers", "0,4,6"});
  CHECK(test::relative_difference(even.claim.error.lower, Rational(0.0277775251094042)) < 1e-10);
  CHECK(even.stages.front().polynomial.parity == Parity::even);
  const Artifact given = made(
      {"--function", "exp(x)", "--domain", "[0,1]", "--powers", "0,3,7", "--leading", "1/1000"});
  CHECK(test::relative_difference(given.claim.error.lower, Rational(0.225641184697761)) < 1e-10);
}

TEST_CASE("a file with a power that it must not have is found out") {
  const test::TemporaryFolder folder;
  REQUIRE(minimax_command(folder, {"--function", "exp(x)", "--domain", "[0,1]", "--powers", "0,3,7",
                                   "-o", "f.json"})
              .status == 0);
  Json file = Json::parse(test::content_of(folder / "f.json"));
  file["request"]["powers"] = "0,4,7";
  test::write_text(folder / "g.json", file.dump());
  CHECK(test::equiripple({"verify", "g.json"}, folder.path()).status == 4);
}

TEST_CASE("relative errors and quotients where both are 0") {
  const Artifact sine =
      made({"--function", "sin(x)", "--domain", "[-pi/4,pi/4]", "--degree", "5", "--relative"});
  CHECK(test::relative_difference(sine.claim.error.lower, Rational(1.50711271328131e-6)) < 1e-9);
  const Artifact sinc = made({"--function", "sin(x)/x", "--domain", "[-1,1]", "--degree", "4"});
  CHECK(test::relative_difference(sinc.claim.error.lower, Rational(6.030421711767486e-6)) < 1e-9);
}

TEST_CASE("the smallest degree for an error, with a condition") {
  const Artifact artifact =
      made({"--function", "exp(x)", "--domain", "[-1,1]", "--error", "1e-4", "--through", "0,1"});
  CHECK(artifact.stages.front().polynomial.degree() == 5);
}

TEST_CASE("wrong requests name the word") {
  const test::TemporaryFolder folder;
  const std::pair<Words, const char*> wrong[] = {
      {{"--degree", "3", "--through", "0"}, "'0': must be a point and a value"},
      {{"--degree", "3", "--through", "0,y"}, "--through 'y'"},
      {{"--degree", "3", "--through", "0,1", "--through", "0,2"}, "given twice"},
      {{"--degree", "1", "--through", "0,1,1", "--through", "1,0"}, "degree 2 does"},
      {{"--degree", "3", "--through", "100,1"}, "too far"},
      {{"--degree", "3", "--parity", "odd", "--through", "0,1"}, "no odd polynomial"},
      {{"--error", "0.1", "--leading", "1"}, "needs --degree"},
      {{"--degree", "4", "--parity", "odd", "--leading", "1"}, "no odd polynomial of degree 4"},
      {{"--powers", "1,2,4"}, "no Haar space here"},
      {{"--powers", "0,3,7"}, "x^3 - c x^7 may be 0 at two points"},
      {{"--powers", "0,3,300"}, "the highest is at most 40"},
      {{"--powers", "0,3,8", "--through", "1,2"}, "stand with --through only where"},
      {{"--powers", "3,1"}, "must ascend"},
      {{"--powers", "1,3", "--degree", "5"}, "--degree 5"},
      {{"--powers", "0,2,4"}, "no Haar space"},
      {{"--powers", "1,2", "--through", "0,1"}, "needs the power 0"},
  };
  for (const auto& [words, right] : wrong) {
    const bool is_odd = std::ranges::find(words, "odd") != words.end();
    Words all = {"--function", is_odd ? "sin(x)" : "exp(x)", "--domain", "[-1,1]"};
    all.insert(all.end(), words.begin(), words.end());
    const auto result = minimax_command(folder, all);
    INFO(result.errors);
    CHECK(result.status == 2);
    CHECK(result.errors.find(right) != std::string::npos);
  }
}

TEST_CASE("no degree is below |f(X) - Y|") {
  const test::TemporaryFolder folder;
  const auto result = minimax_command(folder, {"--function", "exp(x)", "--domain", "[-1,1]",
                                               "--error", "0.01", "--through", "0,1.5"});
  CHECK(result.status == 3);
  CHECK(result.errors.find("0.5") != std::string::npos);
  // sigmoid(8) is 1 - 2^-11.54...; sizes are rounded down.
  const auto two =
      minimax_command(folder, {"--function", "sigmoid(x)", "--domain", "[-8,8]", "--error", "2^-12",
                               "--through", "0,1/2", "--through", "8,1"});
  CHECK(two.status == 3);
  CHECK(two.errors.find("2^-11.55") != std::string::npos);
  // One level is degree 1, or 2 with its leading coefficient absorbed.
  const auto shallow = minimax_command(
      folder, {"--function", "exp(x)", "--domain", "[0,1]", "--max-levels", "1", "--through", "0,1",
               "--through", "1,2", "--through", "1/2,1", "--through", "1/4,2"});
  CHECK(shallow.status == 3);
  CHECK(shallow.errors.find("no polynomial of degree 1") != std::string::npos);
}

TEST_CASE("a tampered deviation, table or point fails") {
  const test::TemporaryFolder folder;
  REQUIRE(minimax_command(folder, {"--function", "exp(x)", "--domain", "[-1,1]", "--degree", "5",
                                   "--through", "1/3,1.4", "-o", "f.json"})
              .status == 0);
  const std::string text = test::content_of(folder / "f.json");
  const auto artifact = artifact_from_json_text(text);
  REQUIRE(artifact.has_value());
  const auto status_of = [&](const Artifact& changed) {
    test::write_text(folder / "g.json", to_json_text(changed));
    return test::equiripple({"verify", "g.json"}, folder.path()).status;
  };
  CHECK(status_of(*artifact) == 0);
  Artifact smaller = *artifact;
  smaller.stages.front().deviations->table.front() /= 2;
  CHECK(status_of(smaller) == 4);
  Artifact missing = *artifact;
  missing.stages.front().deviations.reset();
  CHECK(status_of(missing) == 4);
  Artifact moved = *artifact;
  moved.stages.front().polynomial.coefficients[0] += power_of_two(-40);
  CHECK(status_of(moved) == 4);
  Artifact elsewhere = *artifact;
  for (RequestOption& option : elsewhere.request.options) {
    if (option.name == "through") option.values = {"1/3,1.41"};
  }
  CHECK(status_of(elsewhere) == 4);
}
