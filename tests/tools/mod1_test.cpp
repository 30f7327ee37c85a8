// mod1 against published settings.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"
#include "generator/function/parse.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

TEST_CASE("the cosine of modular reduction: published errors to 8 digits") {
  const auto settings = test::data("modular_reduction.json");
  for (const auto& row : settings["rows"]) {
    CAPTURE(row.dump());
    const test::TemporaryFolder folder;
    const auto result =
        test::equiripple({"mod1", "--range", std::to_string(row["K"].get<int>()), "--width",
                          "2^-" + std::to_string(row["w"].get<int>()), "--double-angle",
                          std::to_string(row["r"].get<int>()), "--degree",
                          std::to_string(row["degree"].get<int>()), "-o", "f.json"},
                         folder.path());
    REQUIRE_MESSAGE(result.status == 0, result.errors);
    const auto file = nlohmann::json::parse(test::content_of(folder / "f.json"));
    const Rational lower = *parse_hexfloat(file["error"]["lower"].get<std::string>());
    const Rational published = *parse_number(row["E"].get<std::string>()).value;
    CHECK(abs(lower - published) < published * Rational(1, 100'000'000));
    CHECK(file["stages"][0]["domain"].size() == 2 * row["K"].get<std::size_t>() - 1);
    CHECK(file["error"]["evidence"] == "proved");
  }
}

TEST_CASE("wrong words of mod1") {
  const auto refused = [](const std::vector<std::string>& words, const std::string& token) {
    std::vector<std::string> all = {"mod1"};
    all.insert(all.end(), words.begin(), words.end());
    const auto result = test::equiripple(all);
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
  };
  refused({"--range", "0", "--width", "1/8", "--degree", "5"}, "--range");
  refused({"--range", "2.5", "--width", "1/8", "--degree", "5"}, "2.5");
  refused({"--range", "3", "--width", "1/2", "--degree", "5"}, "--width");
  refused({"--range", "3", "--width", "1/8", "--double-angle", "-1", "--degree", "5"}, "-1");
  refused({"--range", "3", "--width", "1/8"}, "--degree or --error");
}
