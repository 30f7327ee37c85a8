// inspect FILE --plan and --compare, from artifacts and from headers; noise.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;
using Words = std::vector<std::string>;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("--plan and --compare say the same of an artifact and of its header") {
  const Words requests[] = {
      {"relu", "--degrees", "3,7", "--range", "50"},
      {"max", "--degrees", "3,3"},
      {"compare", "--degrees", "7", "--gap", "1/8"},
      {"minimax", "--function", "exp(x)", "--domain", "[0,1]", "--degree", "5"}};
  for (const Words& request : requests) {
    CAPTURE(request[0]);
    const test::TemporaryFolder folder;
    for (const char* file : {"f.hpp", "f.json"}) {
      Words words = request;
      words.insert(words.end(), {"-o", file});
      REQUIRE(test::equiripple(words, folder.path()).status == 0);
    }
    for (const char* flag : {"--plan", "--compare"}) {
      const auto from_header = test::equiripple({"inspect", "f.hpp", flag}, folder.path());
      const auto from_json = test::equiripple({"inspect", flag, "f.json"}, folder.path());
      CHECK(from_header.status == 0);
      CHECK(from_header.errors.empty());
      CHECK(from_header.output == from_json.output);
      CHECK(has(from_header.output, has(flag, "plan") ? "KEY SWITCH 1 of " : "OpenFHE"));
    }
    const bool two_inputs = request[0] == "max" || request[0] == "compare";
    const auto listing = test::equiripple({"inspect", "f.json", "--plan"}, folder.path()).output;
    CHECK(has(listing, "= a - b") == two_inputs);
  }
}

TEST_CASE("one form at a time") {
  const test::TemporaryFolder folder;
  REQUIRE(
      test::equiripple({"sign", "--gap", "1/4", "--degrees", "3", "-o", "s.json"}, folder.path())
          .status == 0);
  const Words pairs[] = {{"--json", "--plan"}, {"--compare", "--json"}, {"--plan", "--compare"}};
  for (const Words& pair : pairs) {
    const auto result = test::equiripple({"inspect", "s.json", pair[0], pair[1]}, folder.path());
    CHECK(result.status == 2);
    CHECK(result.output.empty());
    CHECK(result.errors.find("equiripple: ") == 0);
    for (const std::string& flag : pair) CHECK_MESSAGE(has(result.errors, flag), result.errors);
  }
  CHECK(test::equiripple({"inspect", "no_such.json", "--plan"}, folder.path()).status == 2);
}

TEST_CASE("a file without a plan says why") {
  const test::TemporaryFolder folder;
  REQUIRE(test::equiripple({"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree",
                            "3", "--coefficient-bits", "60", "-o", "fine.json"},
                           folder.path())
              .status == 0);
  for (const char* flag : {"--plan", "--compare"}) {
    const auto result = test::equiripple({"inspect", "fine.json", flag}, folder.path());
    CHECK(result.status == 0);
    CHECK(has(result.output, "none: "));
    CHECK(has(result.output, "53 bits"));
  }
}

TEST_CASE("help explains the forms of inspect") {
  const std::string help = test::equiripple({"inspect", "--help"}).output;
  for (const char* word : {"--json", "--plan", "--compare", "OpenFHE"}) CHECK(has(help, word));
}

// The same polynomial, of size 2^10: relative to it the noise is 10 bits smaller. The mean over
// thousands of slots varies by hundredths of a bit from one draw to another.
TEST_CASE("noise is relative where the error is") {
  const test::TemporaryFolder folder;
  const auto noise = [&](const Words& more) {
    Words words = {"minimax", "--function", "1024+exp(x)/64", "--domain", "[-1,1]", "--degree",
                   "3",       "-o",         "f.json"};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(test::equiripple(words, folder.path()).status == 0);
    const auto result = test::equiripple(
        {"inspect", "f.json", "--json", "--ckks", "logN=13,scale=2^45"}, folder.path());
    REQUIRE(result.status == 0);
    return nlohmann::json::parse(result.output)["ckks"]["log2_mean_noise"].get<double>();
  };
  CHECK(noise({}) - noise({"--relative"}) == doctest::Approx(10).epsilon(0.02));
}

TEST_CASE("the summary of a file says what threads and levels to spare mean") {
  const test::TemporaryFolder folder;
  REQUIRE(test::equiripple(
              {"sign", "--gap", "2^-4", "--degrees", "63", "--minimise", "levels", "-o", "s.json"},
              folder.path())
              .status == 0);
  const auto inspected = test::equiripple({"inspect", "s.json"}, folder.path());
  CHECK_MESSAGE(has(inspected.output, "6 of 10 key switches on the critical path"),
                inspected.output);
  CHECK_MESSAGE(has(inspected.output, "at_output_level"), inspected.output);
  CHECK(nlohmann::json::parse(
            test::equiripple({"inspect", "s.json", "--json"}, folder.path()).output) ==
        nlohmann::json::parse(test::content_of(folder / "s.json")));
}
