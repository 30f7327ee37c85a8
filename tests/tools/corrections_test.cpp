// equiripple inverse, rsqrt, sqrt: what they make, what they refuse, and verify on their files.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "emit/hexfloat.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

test::CommandResult asked(const std::string& kind, const Words& more) {
  Words words = {kind};
  words.insert(words.end(), more.begin(), more.end());
  return test::equiripple(words);
}

std::string made(const std::string& kind, Words more, const std::string& file) {
  more.insert(more.begin(), kind);
  return test::made(more, file);
}

void check_fails(const test::CommandResult& result, int status, const std::string& message) {
  CHECK(result.status == status);
  CHECK_MESSAGE(result.errors.find(message) != std::string::npos, result.errors);
}

const Words wide = {"--domain", "[2^-8,1]", "--error", "2^-20"};
const Words wide_by_levels = {"--domain", "[2^-8,1]", "--error", "2^-20", "--minimise", "levels"};

Rational number(const json& field) { return *parse_hexfloat(field.get<std::string>()); }

std::string scaled(json file, const json::json_pointer& field, double factor) {
  file[field] = hexfloat(Rational(to_double(number(file[field]) * Rational(factor))));
  return file.dump();
}

// The program's operation of that name, changed.
template <class Change>
std::string changed(json file, const std::string& name, Change change) {
  for (json& step : file["plan"]["program"]) {
    if (step["name"] == name) {
      change(step);
      return file.dump();
    }
  }
  FAIL(name << " is not in the program");
  return {};
}

}  // namespace

TEST_CASE("files with corrections meet the error, are proved again and made again") {
  for (const std::string kind : {"inverse", "rsqrt", "sqrt"}) {
    CAPTURE(kind);
    const std::string artifact = made(kind, wide, "f.json");
    const std::string header = made(kind, wide, "f.hpp");
    CHECK(made(kind, wide, "f.json") == artifact);
    CHECK(number(json::parse(artifact)["error"]["upper"]) <= power_of_two(-20));
    for (const auto& [content, file] : {std::pair{artifact, "f.json"}, {header, "f.hpp"}}) {
      const auto result = test::verified(content, file);
      CHECK_MESSAGE(result.status == 0, result.errors);
      CHECK(result.output.find("after ") != std::string::npos);
      const test::TemporaryFolder folder;
      test::write_text(folder / file, content);
      CHECK(test::equiripple({"emit", file, "--target", "cpp", "-o", "g.hpp"}, folder.path())
                .status == 0);
      CHECK(test::content_of(folder / "g.hpp") == header);
      for (const char* view : {"--json", "--plan", "--compare"}) {
        CHECK(test::equiripple({"inspect", file, view}, folder.path()).status == 0);
      }
    }
  }
}

TEST_CASE("a higher degree is reached than plans hold") {
  const json file =
      json::parse(made("inverse", {"--domain", "[2^-20,1]", "--error", "2^-20"}, "f.json"));
  const int degree = file["stages"][0]["degree"];
  const int corrections = file["corrections"];
  CHECK(((degree + 1) << corrections) - 1 > 4095);
  CHECK(number(file["error"]["upper"]) <= power_of_two(-20));
}

TEST_CASE("false claims about corrections are refused") {
  for (const std::string kind : {"inverse", "rsqrt", "sqrt"}) {
    CAPTURE(kind);
    const json file = json::parse(
        made(kind, {"--domain", "[2^-8,1]", "--degree", "7", "--corrections", "3"}, "f.json"));
    json other = file;
    other["corrections"] = 2;
    test::check_refused(other.dump(), "does not compute the function");
    other["corrections"] = 4;
    test::check_refused(other.dump(), "does not compute the function");
    other = file;
    other["kind"] = kind == "inverse" ? "rsqrt" : "inverse";
    test::check_refused(other.dump(), "does not make the kind");
    other["request"]["command"] = other["kind"];
    test::check_refused(other.dump(), "does not compute the function");
    // A claim that is better than the truth.
    other = json::parse(scaled(file, json::json_pointer("/error/upper"), 0.9));
    other["error"]["attained"] = other["error"]["lower"] = "0x0p+0";
    test::check_refused(other.dump(), "is proved to be at most");
    other = json::parse(scaled(file, json::json_pointer("/error/upper"), 4));
    other["error"]["attained"] = other["error"]["upper"];
    test::check_refused(other.dump(), "at the ends of the domain");
    test::check_refused(scaled(file, json::json_pointer("/stages/0/error/upper"), 0.9), "error");
    test::check_refused(scaled(file, json::json_pointer("/plan/growth"), 0.01), "growth");
    // Another program.
    const std::string factor = kind == "inverse" ? "factor_1" : "";
    if (!factor.empty()) {
      test::check_refused(changed(file, factor,
                                  [](json& step) {
                                    step["scalar"] =
                                        hexfloat(Rational(to_double(number(step["scalar"]) * 2)));
                                  }),
                          "is proved to be at most");
    }
    std::string renamed = file.dump();
    for (std::size_t at = 0; (at = renamed.find("start_fixed", at)) != std::string::npos;) {
      renamed.replace(at, 11, "elsewhere");
    }
    test::check_refused(renamed, "is not what the corrections do there");
  }
}

TEST_CASE("1/x on both sides of 0 is proved on both") {
  const Words both = {"--domain", "[-1,-2^-6]", "--domain", "[2^-6,1]"};
  Words words = both;
  words.insert(words.end(), {"--error", "2^-10"});
  const json file = json::parse(made("inverse", words, "f.json"));
  CHECK(number(file["error"]["upper"]) <= power_of_two(-10));
  CHECK(file["stages"][0]["parity"] == "odd");
  CHECK(file["stages"][0]["domain"].size() == 2);
  CHECK(test::verified(file.dump(), "f.json").status == 0);
  CHECK(test::verified(made("inverse", words, "f.hpp"), "f.hpp").status == 0);
  CHECK(file["plan"]["levels"] <= 10);
  // On one side only, or closer to 0.
  json other = file;
  other["stages"][0]["domain"].erase(0);
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = json::parse(scaled(file, json::json_pointer("/stages/0/domain/1/0"), 0.5));
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = file;
  other["request"]["domain"][1] = "[2^-7,1]";
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = json::parse(scaled(file, json::json_pointer("/error/upper"), 0.9));
  other["error"]["attained"] = other["error"]["lower"] = "0x0p+0";
  test::check_refused(other.dump(), "is proved to be at most");
  // Sides of different widths have no parity.
  const json uneven = json::parse(made(
      "inverse", {"--domain", "[-2,-1/4]", "--domain", "[1/8,1]", "--error", "2^-12"}, "g.json"));
  CHECK(uneven["stages"][0]["parity"] == "none");
  CHECK(test::verified(uneven.dump(), "g.json").status == 0);
}

TEST_CASE("by levels 1/x is one polynomial where that has the fewest, whatever its degree") {
  const Words asked = {"--domain", "[-1,-2^-6]", "--domain",   "[2^-6,1]",
                       "--error",  "2^-10",      "--minimise", "levels"};
  const std::string content = made("inverse", asked, "f.json");
  const json one = json::parse(content);
  CHECK(one["plan"]["levels"] <= 9);  // of corrections 10
  CHECK(one["corrections"] == 0);
  CHECK(number(one["error"]["upper"]) <= power_of_two(-10));
  CHECK(test::verified(content, "f.json").status == 0);
  Words with_lower = asked;
  with_lower.insert(with_lower.end(), {"--max-degree", "63"});
  CHECK(json::parse(made("inverse", with_lower, "f.json"))["plan"]["levels"] == 10);
}

TEST_CASE("a/b is 1/b with a in it: no level more, and one key switch") {
  const Words quotient = {"--numerator", "[-1,1]", "--domain", "[2^-6,1]", "--error", "2^-10"};
  const json file = json::parse(made("divide", quotient, "f.json"));
  const json inverse =
      json::parse(made("inverse", {"--domain", "[2^-6,1]", "--error", "2^-10"}, "f.json"));
  CHECK(file["plan"]["levels"] == inverse["plan"]["levels"]);
  CHECK(file["plan"]["key_switches"].get<int>() == inverse["plan"]["key_switches"].get<int>() + 1);
  CHECK(file["error"]["upper"] == inverse["error"]["upper"]);
  CHECK(test::verified(file.dump(), "f.json").status == 0);
  CHECK(test::verified(made("divide", quotient, "f.hpp"), "f.hpp").status == 0);
  // a where b should be, another factor of a, and no a at all.
  json other = file;
  for (json& step : other["plan"]["program"]) {
    if (step["name"] == "x_scaled_product") step["args"] = {"a"};
  }
  for (json& step : other["plan"]["program"]) {
    if (step["op"] == "normalise") step["args"] = {"a"};
  }
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  other = file;
  other["kind"] = other["request"]["command"] = "inverse";
  CHECK(test::verified(other.dump(), "f.json").status != 0);
  check_fails(asked("divide", {"--domain", "[1/8,1]", "--error", "0.1"}), 2,
              "--numerator is missing");
  check_fails(asked("divide", {"--numerator", "[2,1]", "--domain", "[1/8,1]", "--error", "0.1"}), 2,
              "--numerator '[2,1]'");
  check_fails(asked("divide", {"--numerator", "[1,2]", "--domain", "[0,1]", "--error", "0.1"}), 2,
              "without 0");
}

TEST_CASE("a header with another scalar is refused") {
  Words corrected = wide_by_levels;
  corrected.insert(corrected.end(), {"--max-degree", "63"});
  std::string header = made("inverse", corrected, "f.hpp");
  const std::size_t line = header.find("he.add_scalar(residual_1");
  REQUIRE(line != std::string::npos);
  const std::size_t at = header.find("0x1.", line);
  header.replace(at, 4, "0x1.f");
  test::check_refused(header, "is proved to be at most");
}

TEST_CASE("search leaves corrections to their own commands") {
  check_fails(asked("search", {"--objective", "inverse", "--error", "2^-20"}), 2,
              "equiripple inverse");
}

TEST_CASE("requests for corrections that are wrong say what would be right") {
  check_fails(asked("inverse", {"--domain", "[0,1]", "--error", "2^-20"}), 2, "without 0");
  check_fails(asked("inverse", {"--domain", "[-1,-1/4]", "--domain", "[-1/8,1]", "--error", "1/8"}),
              2, "--domain '[-1/8,1]': 1/x needs a domain without 0");
  check_fails(asked("rsqrt", {"--domain", "[-1,-1/4]", "--error", "1/8"}), 2, "0 < a < b");
  check_fails(asked("inverse", {"--domain", "[-1,1]", "--error", "2^-20"}), 2, "'[-1,1]'");
  check_fails(asked("sqrt", {"--domain", "[0,1]", "--error", "2^-20"}), 2, "0 < a < b");
  check_fails(asked("rsqrt", {"--domain", "[1,1/2]", "--error", "2^-20"}), 2, "--domain");
  check_fails(asked("rsqrt", {"--error", "2^-20"}), 2, "--domain is missing");
  check_fails(asked("rsqrt", {"--domain", "[1/4,1]"}), 2, "--error is missing");
  check_fails(asked("rsqrt", {"--domain", "[1/4,1]", "--degree", "7"}), 2, "--corrections");
  check_fails(asked("sqrt", {"--domain", "[1/4,1]", "--error", "0"}), 2, "--error '0'");
  check_fails(asked("sqrt", {"--domain", "[1/4,1]", "--error", "2"}), 2, "below 1");
  check_fails(asked("sqrt", {"--domain", "[1/4,1]", "--degree", "0", "--error", "1/8"}), 2,
              "--degree '0'");
  check_fails(asked("sqrt", {"--domain", "[1/4,1]", "--corrections", "99", "--error", "1/8"}), 2,
              "from 0 to 24");
  check_fails(asked("sqrt", {"--domain", "[1/4,1]", "--degree", "3", "--max-degree", "7", "--error",
                             "1/8"}),
              2, "--max-degree");
}

TEST_CASE("requests for corrections that cannot be met say what can") {
  check_fails(asked("inverse", {"--domain", "[2^-8,1]", "--error", "2^-20", "--max-levels", "6"}),
              3, "needs 7 levels; with 6 levels the best is");
  check_fails(
      asked("inverse", {"--domain", "[2^-8,1]", "--error", "2^-20", "--max-key-switches", "3"}), 3,
      "key switches; with 3 key switches the best is");
  check_fails(asked("rsqrt", {"--domain", "[2^-8,1]", "--error", "2^-20", "--degree", "7",
                              "--corrections", "1"}),
              3, "degree 7, 1 correction reach");
  check_fails(asked("rsqrt", {"--domain", "[2^-8,1]", "--degree", "7", "--corrections", "2",
                              "--max-levels", "3"}),
              3, "--max-levels 3");
  check_fails(asked("inverse", {"--domain", "[2^-8,1]", "--error", "2^-70"}), 3, "cannot be had");
  check_fails(asked("inverse", {"--domain", "[2^-8,1]", "--error", "2^-30", "--corrections", "1",
                                "--max-degree", "15"}),
              3, "cannot be reached by starts of degrees up to 15 and 1 correction");
}

TEST_CASE("budgets without an error give the smallest error within them") {
  const json file =
      json::parse(made("rsqrt", {"--domain", "[2^-8,1]", "--max-levels", "8"}, "f.json"));
  CHECK(file["plan"]["levels"] <= 8);
  CHECK(number(file["error"]["upper"]) <= power_of_two(-20));
}

// With the planner's costs and the errors that are proved.
TEST_CASE("a request is answered by what is best of all degrees and corrections") {
  constexpr int max_degree = 9;
  const Rational error = power_of_two(-16);
  for (const std::string kind : {"inverse", "rsqrt", "sqrt"}) {
    for (const std::string objective : {"levels", "key-switches"}) {
      CAPTURE(kind);
      CAPTURE(objective);
      const auto costs_of = [&](const json& file) {
        const int levels = file["plan"]["levels"];
        const int key_switches = file["plan"]["key_switches"];
        return objective == "levels" ? std::pair{levels, key_switches}
                                     : std::pair{key_switches, levels};
      };
      std::optional<std::pair<int, int>> best;
      for (int degree = 1; degree <= max_degree; ++degree) {
        for (int n = 0; n <= 4; ++n) {
          const json file =
              json::parse(made(kind,
                               {"--domain", "[1/8,1]", "--degree", std::to_string(degree),
                                "--corrections", std::to_string(n), "--minimise", objective},
                               "f.json"));
          if (number(file["error"]["upper"]) > error) continue;
          if (!best || costs_of(file) < *best) best = costs_of(file);
        }
      }
      REQUIRE(best);
      const json chosen =
          json::parse(made(kind,
                           {"--domain", "[1/8,1]", "--error", "2^-16", "--max-degree",
                            std::to_string(max_degree), "--minimise", objective},
                           "f.json"));
      CHECK(number(chosen["error"]["upper"]) <= error);
      CHECK(costs_of(chosen) == *best);
    }
  }
}

TEST_CASE("key switches are saved where levels may be spent") {
  const json few = json::parse(
      made("rsqrt", {"--domain", "[2^-8,1]", "--error", "2^-20", "--minimise", "key-switches"},
           "f.json"));
  const json shallow = json::parse(made("rsqrt", wide_by_levels, "f.json"));
  CHECK(few["plan"]["key_switches"] < shallow["plan"]["key_switches"]);
  CHECK(few["plan"]["levels"] > shallow["plan"]["levels"]);
}
