// The search as users meet it: what is chosen, what is shown, what is refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "emit/cost_table.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

json artifact(const Words& words) {
  const test::TemporaryFolder folder;
  const auto made = test::equiripple(with(words, {"-o", "f.json"}), folder.path());
  REQUIRE_MESSAGE(made.status == 0, made.errors);
  return json::parse(test::content_of(folder / "f.json"));
}

json choices(const Words& words) {
  const auto found = test::equiripple(with(with({"search"}, words), {"--pareto", "--json"}));
  REQUIRE_MESSAGE(found.status == 0, found.errors);
  return json::parse(found.output)["choices"];
}

std::string degrees_of(const json& choice) {
  std::string text;
  for (const auto& degree : choice["degrees"]) {
    text += (text.empty() ? "" : ",") + std::to_string(degree.get<int>());
  }
  return text;
}

int number(const json& from, const char* what) { return from[what].get<int>(); }

const Words relu_13 = {"relu", "--bits", "13"};
const Words sign_20 = {"sign", "--gap", "2^-8", "--error", "2^-20"};

}  // namespace

TEST_CASE("a need becomes a proved composition that meets it") {
  const json relu = artifact(with(relu_13, {"--minimise", "levels"}));
  CHECK(relu["error"]["evidence"] == "proved");
  CHECK(relu["error"]["log2_upper"].get<double>() <= -13);
  CHECK(number(relu["plan"], "levels") <= 11);  // degree 1168; {15,15,27} takes 13 and 20
  CHECK(number(relu["plan"], "key_switches") <= 26);
  const json sign = artifact(sign_20);
  CHECK(sign["error"]["log2_upper"].get<double>() <= -20);
  // step is half of sign: twice the error of sign will do.
  const json step = artifact({"step", "--gap", "2^-8", "--error", "2^-20"});
  CHECK(step["error"]["log2_upper"].get<double>() <= -20);
  CHECK(number(step["plan"], "levels") <= number(sign["plan"], "levels"));
  const json abs = artifact({"abs", "--bits", "9"});
  CHECK(abs["error"]["log2_upper"].get<double>() <= -9);
  for (const char* kind : {"max", "min"}) {
    const json both = artifact({kind, "--bits", "9"});
    CHECK(both["error"]["log2_upper"].get<double>() <= -9);
  }
}

TEST_CASE("what is minimised is least") {
  const json by_levels = artifact(with(relu_13, {"--minimise", "levels"}))["plan"];
  const json by_switches = artifact(with(relu_13, {"--minimise", "key-switches"}))["plan"];
  CHECK(number(by_switches, "key_switches") < number(by_levels, "key_switches"));
  CHECK(number(by_switches, "levels") > number(by_levels, "levels"));
  const json within = artifact(with(
      relu_13, {"--minimise", "key-switches", "--max-levels", by_levels["levels"].dump()}))["plan"];
  CHECK(within["levels"] == by_levels["levels"]);
}

TEST_CASE("without an error the budget is used up") {
  const json small = artifact({"relu", "--max-levels", "6"});
  const json large = artifact({"relu", "--max-levels", "8"});
  CHECK(number(small["plan"], "levels") <= 6);
  CHECK(number(large["plan"], "levels") <= 8);
  CHECK(large["error"]["log2_upper"].get<double>() <
        small["error"]["log2_upper"].get<double>() - 1);
  // What binary64 cannot hold is not looked for, however large the budget.
  const json ample = artifact({"sign", "--gap", "1/8", "--max-levels", "40"});
  CHECK(ample["error"]["log2_upper"].get<double>() < -50);
  CHECK(number(ample["plan"], "levels") < 15);
  const json frugal = artifact({"relu", "--max-levels", "8", "--max-key-switches", "9"});
  CHECK(number(frugal["plan"], "key_switches") <= 9);
  CHECK(frugal["error"]["log2_upper"].get<double>() > large["error"]["log2_upper"].get<double>());
}

TEST_CASE("a searched header says how it is made again, and is verified") {
  const test::TemporaryFolder folder;
  REQUIRE(test::equiripple({"relu", "--bits", "8", "--range", "50", "--max-key-switches", "12",
                            "--max-degree", "31", "-o", "r.hpp"},
                           folder.path())
              .status == 0);
  const std::string header = test::content_of(folder / "r.hpp");
  const std::string command =
      "equiripple relu --bits 8 --range 50 --max-key-switches 12 --max-degree 31 -o r.hpp";
  CHECK(header.find(command) != std::string::npos);
  CHECK(test::equiripple({"verify", "r.hpp"}, folder.path()).status == 0);
  REQUIRE(test::equiripple({"relu", "--bits", "8", "--range", "50", "--max-key-switches", "12",
                            "--max-degree", "31", "-o", "again.hpp", "--name", "r"},
                           folder.path())
              .status == 0);
  const json one =
      json::parse(test::equiripple({"inspect", "r.hpp", "--json"}, folder.path()).output);
  const json two =
      json::parse(test::equiripple({"inspect", "again.hpp", "--json"}, folder.path()).output);
  CHECK(one["stages"] == two["stages"]);
  CHECK(one["plan"] == two["plan"]);
}

TEST_CASE("no choice of a front beats another, and each is what its degrees give") {
  for (const Words& need :
       std::vector<Words>{{"--objective", "relu", "--bits", "10"},
                          {"--objective", "sign", "--gap", "2^-6", "--error", "2^-12"},
                          {"--objective", "compare", "--gap", "2^-6", "--error", "2^-8"}}) {
    const json front = choices(need);
    REQUIRE(front.size() >= 2);
    for (const json& a : front) {
      for (const json& b : front) {
        if (&a == &b) continue;
        const bool beaten = number(a, "levels") <= number(b, "levels") &&
                            number(a, "key_switches") <= number(b, "key_switches") &&
                            a["latency"].get<double>() <= b["latency"].get<double>();
        CHECK_FALSE_MESSAGE(beaten, a.dump() << " beats " << b.dump());
      }
      Words given = {need[1],        "--degrees",    degrees_of(a),     "--minimise",
                     "key-switches", "--max-levels", a["levels"].dump()};
      if (need.size() > 4) given.insert(given.end(), {need[2], need[3]});
      const json made = artifact(given);
      CHECK(number(made["plan"], "levels") <= number(a, "levels"));
      CHECK(number(made["plan"], "key_switches") <= number(a, "key_switches"));
      const double bits = -made["error"]["log2_upper"].get<double>();
      CHECK(bits == doctest::Approx(a["bits"].get<double>()).epsilon(0.001));
    }
  }
}

TEST_CASE(
    "what has the fewest levels is the first of the front, the fastest has its least latency") {
  const json front = choices({"--objective", "relu", "--bits", "10"});
  const json best = artifact({"relu", "--bits", "10", "--minimise", "levels"})["plan"];
  CHECK(number(best, "levels") == number(front[0], "levels"));
  CHECK(number(best, "key_switches") == number(front[0], "key_switches"));
  const json fast = artifact({"relu", "--bits", "10"})["plan"];
  double least = front[0]["latency"].get<double>();
  for (const json& one : front) least = std::min(least, one["latency"].get<double>());
  CHECK(std::ranges::any_of(front, [&](const json& one) {
    return one["levels"] == fast["levels"] && one["key_switches"] == fast["key_switches"] &&
           one["latency"].get<double>() <= 1.01 * least;
  }));
}

TEST_CASE("published composites are never better, in levels or in key switches") {
  const auto published = test::data("composites.json");
  for (const auto& row : published["rows"]) {
    std::string degrees;
    for (const auto& degree : row["degrees"]) {
      degrees += (degrees.empty() ? "" : ",") + std::to_string(degree.get<int>());
    }
    CAPTURE(degrees);
    const json theirs = artifact({"relu", "--degrees", degrees, "--minimise", "levels"});
    const int bits = static_cast<int>(-theirs["error"]["log2_upper"].get<double>());
    const json ours = artifact({"relu", "--bits", std::to_string(bits), "--minimise", "levels"});
    CHECK(number(ours["plan"], "levels") <= number(theirs["plan"], "levels"));
    const json within = artifact({"relu", "--bits", std::to_string(bits), "--minimise",
                                  "key-switches", "--max-levels", theirs["plan"]["levels"].dump()});
    CHECK(number(within["plan"], "key_switches") <= number(theirs["plan"], "key_switches"));
  }
}

TEST_CASE("what cannot be met exits 3 and says what can") {
  const std::tuple<Words, const char*> missed[] = {
      {with(relu_13, {"--max-levels", "10"}),
       "13 bits need 11 levels; with 10 levels the best is 12.8"},
      {with(relu_13, {"--max-key-switches", "10"}), "13 bits need 17 key switches; with 10 key"},
      {with(relu_13, {"--max-levels", "13", "--max-key-switches", "18"}),
       "11 levels with 26 key switches, or 15 levels with 17 key switches"},
      {with(relu_13, {"--max-levels", "1"}),
       "with 1 level the best is 4.00 bits (direct, degree 2)"},
      {{"sign", "--gap", "1/4", "--error", "0.1", "--max-levels", "1"}, "there is neither"},
      {with(sign_20, {"--max-levels", "9"}), "needs 12 levels; with 9 levels the best is 2^-"},
      {{"relu", "--bits", "60"}, "the search goes down to 2^-36"},
      {{"step", "--gap", "1/8", "--error", "2^-60"}, "the search goes down to 2^-53"},
      {{"sign", "--gap", "2^-50", "--error", "2^-10"}, "smaller gaps than 2^-36"},
      {{"search", "--objective", "relu", "--bits", "13", "--max-levels", "10", "--pareto"},
       "13 bits need 11 levels"},
      {{"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]", "--error", "2^-30",
        "--max-levels", "4"},
       "needs degree 51, 6 levels; with 4 levels the best is 2^-10.1"},
  };
  for (const auto& [words, message] : missed) {
    const test::TemporaryFolder folder;
    const auto result = test::equiripple(with(words, {"-o", "f.json"}), folder.path());
    CHECK(result.status == 3);
    CHECK_MESSAGE(result.errors.find(message) != std::string::npos, result.errors);
    CHECK(folder.files() == 0);
  }
}

TEST_CASE("what some degrees do within a budget is not refused") {
  const std::tuple<Words, Words> allowed[] = {
      {{"sign", "--gap", "2^-4", "--error", "2^-5"}, {"--max-key-switches", "7"}},
      {{"sign", "--gap", "2^-4", "--error", "2^-6.8"},
       {"--max-levels", "6", "--max-key-switches", "9"}},
      {{"sign", "--gap", "0.05", "--error", "2^-4.6"},
       {"--max-levels", "6", "--max-key-switches", "8"}},
      {{"relu", "--bits", "12.6"}, {"--max-levels", "12", "--max-key-switches", "19"}},
      {{"relu", "--bits", "12.2"}, {"--max-levels", "12", "--max-key-switches", "17"}},
  };
  for (const auto& [words, budget] : allowed) {
    const json made = artifact(with(words, budget));
    CHECK(number(made["plan"], "key_switches") <= std::stoi(budget.back()));
    if (budget.size() > 2) CHECK(number(made["plan"], "levels") <= std::stoi(budget[1]));
  }
}

TEST_CASE("an explanation names the nearest requests, and each of them can be met") {
  const auto refused = test::equiripple(
      {"search", "--objective", "relu", "--bits", "13", "--max-levels", "10", "--explain"});
  CHECK(refused.status == 3);
  CHECK(refused.output.find("13 bits can be had with\n   11 levels") != std::string::npos);
  const auto granted =
      test::equiripple({"search", "--objective", "relu", "--bits", "10", "--explain"});
  CHECK(granted.status == 0);
  CHECK(granted.output.find("fewer levels: with") != std::string::npos);
  CHECK(granted.output.find("fewer key switches: with") != std::string::npos);
  const auto both =
      test::equiripple({"search", "--objective", "relu", "--bits", "13", "--max-levels", "15",
                        "--max-key-switches", "17", "--explain"});
  CHECK_MESSAGE(both.output.find("fewer levels: with 14 levels and 17 key switches at most 12.") !=
                    std::string::npos,
                both.output);
}

TEST_CASE("what rounding keeps from the error asked for gives way to what is better") {
  // Degree 135 alone would do, if its coefficients were not rounded.
  const json made = artifact({"sign", "--gap", "1/4", "--error", "2^-51.8"});
  CHECK(made["stages"].size() == 2);
  CHECK(made["error"]["log2_upper"].get<double>() <= -51.8);
}

TEST_CASE("an offer of one more level names a request that has it") {
  const Words words = {"sign", "--gap", "1/8", "--error", "2^-8"};
  const auto shown = test::equiripple(words);
  CHECK_MESSAGE(shown.output.find("would take 7 key switches instead of 8 (--degrees 3,15 "
                                  "--minimise key-switches --max-levels 7)") != std::string::npos,
                shown.output);
  const json made = artifact(
      with(words, {"--degrees", "3,15", "--minimise", "key-switches", "--max-levels", "7"}));
  CHECK(number(made["plan"], "key_switches") == 7);
}

TEST_CASE("fewer key switches are said to cost what the fastest such choice takes") {
  const auto shown = test::equiripple(relu_13);
  const std::string text = "a key switch less  14 levels, 18 key switches, 1.0";
  CHECK_MESSAGE(shown.output.find(text) != std::string::npos, shown.output);
}

TEST_CASE("what grows beyond the limit is not chosen, but where levels are scarce") {
  const auto growth = [](const Words& words) {
    return std::stod(artifact(words)["plan"]["growth"].get<std::string>());
  };
  CHECK(growth({"relu", "--bits", "7.8", "--minimise", "levels"}) <= 64);
  const Words wider = {"relu", "--bits", "7.8", "--minimise", "levels", "--max-growth", "2^8"};
  CHECK(number(artifact(wider)["plan"], "levels") == 5);
  CHECK(growth(wider) > 64);
  CHECK(growth({"relu", "--bits", "7.8", "--max-levels", "5"}) > 64);
}

TEST_CASE("words that a search cannot take exit 2 and are named") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "short.json",
                   R"({"tensor_product": 1, "key_switch": [1, 2, 3], "rescaling": 1,
                       "scalar_product": 1, "addition": 1})");
  const std::tuple<Words, const char*> wrong[] = {
      {{"relu"}, "--bits is missing"},
      {{"sign", "--gap", "1/4"}, "--error is missing"},
      {{"relu", "--bits", "-3"}, "--bits '-3'"},
      {{"relu", "--bits", "0"}, "--bits '0'"},
      {with(relu_13, {"--range", "0"}), "--range '0'"},
      {with(relu_13, {"--gap", "1/4"}), "--gap: only with given degrees"},
      {with(relu_13, {"--margin", "2"}), "--margin '2'"},
      {with(relu_13, {"--max-key-switches", "0"}), "--max-key-switches '0'"},
      {with(relu_13, {"--max-degree", "2"}), "--max-degree '2'"},
      {with(relu_13, {"--degrees", "7,7", "--max-degree", "7"}), "--max-degree: only without"},
      {with(relu_13, {"--degrees", "7,7", "--any-reach"}), "--any-reach: only without"},
      {with(relu_13, {"--minimise", "latency", "--model", "short.json"}),
       "levels are missing: the shortest list has the costs of 3 levels"},
      {{"relu", "--degrees", "7,7", "--minimise", "latency", "--model", "short.json"},
       "levels are missing: the shortest list has the costs of 3 levels, degrees 7, 7 take 6"},
      {{"sign", "--gap", "2^-8", "--error", "2^-9", "--margin", "2^-7"}, "--margin '2^-7'"},
      {{"relu", "--degrees", "7,,7"}, "--degrees '7,,7'"},
      {{"minimax", "--function", "exp(x)", "--domain", "[0,1]", "--powers", "2,,4"},
       "--powers '2,,4'"},
      {{"quantise", "--to", "0,,1", "--gap", "0.1", "--domain", "[0,1]", "--error", "0.1"},
       "--to '0,,1'"},
      {{"search", "--objective", "sine", "--bits", "3"}, "--objective 'sine'"},
      {{"search", "--objective", "relu"}, "--bits is missing"},
      {{"search", "--objective", "relu", "--stages", "3*g4"}, "--stages"},
      {{"search", "--objective", "sign", "--error", "2^-3"}, "--gap is missing"},
      {{"search", "--objective", "relu", "--bits", "3", "--error", "1/8"}, "give one of them"},
      {{"search", "--objective", "relu", "--bits", "3", "--degrees", "7"}, "--degrees"},
      {{"search", "--objective", "relu", "--bits", "3", "--explain", "--pareto"}, "give one"},
      {{"search", "--objective", "relu", "--bits", "3", "-o", "x.hpp"}, "'x.hpp'"},
      {{"minimax", "--function", "x", "--domain", "[0,1]"}, "or a budget: --max-levels"},
  };
  for (const auto& [words, token] : wrong) {
    CAPTURE(token);
    const auto result = test::equiripple(words, folder.path());
    CHECK(result.status == 2);
    CHECK_MESSAGE(result.errors.find(token) != std::string::npos, result.errors);
    CHECK(folder.files() == 1);
  }
}

TEST_CASE("the choices as a picture and as files") {
  const test::TemporaryFolder folder;
  const Words need = {"search", "--objective", "relu", "--bits", "8", "--pareto"};
  REQUIRE(test::equiripple(with(need, {"-o", "f.svg"}), folder.path()).status == 0);
  const std::string svg = test::content_of(folder / "f.svg");
  const json front = choices({"--objective", "relu", "--bits", "8"});
  std::size_t circles = 0;
  for (std::size_t at = svg.find("<circle"); at != std::string::npos;
       at = svg.find("<circle", at + 1)) {
    ++circles;
  }
  CHECK(circles == front.size());
  CHECK(svg.find("nan") == std::string::npos);
  REQUIRE(test::equiripple(with(need, {"-o", "f.json"}), folder.path()).status == 0);
  const json file = json::parse(test::content_of(folder / "f.json"));
  CHECK(file["choices"] == front);
  CHECK(file["error_unit"] == "0x1p+0");
  CHECK(file["format"] == "equiripple-front");
}

TEST_CASE("a long search shows a line on a terminal, and nothing elsewhere") {
  const Words need = {"search",       "--objective", "relu",
                      "--max-levels", "19",          "--pareto"};  // seconds
  CHECK(test::equiripple(need).errors.empty());
  if (!test::has_terminal()) {
    MESSAGE("SKIPPED: there is no script(1), or no terminal for it");
    return;
  }
  const test::TemporaryFolder folder;
  std::string command = test::binary();
  for (const std::string& word : need) command += " " + word;
  const auto result =
      test::run({"script", "-qec", command + " > out.txt", "log.txt"}, folder.path());
  CHECK(result.status == 0);
  const std::string log = test::content_of(folder / "log.txt");
  CHECK_MESSAGE(log.find("searching: compositions of") != std::string::npos, log);
  CHECK(test::content_of(folder / "out.txt").find("searching") == std::string::npos);
}

TEST_CASE("where all costs nothing, the first that meets the need will do") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "zero.json", R"({"tensor_product": 0, "key_switch": 0, "rescaling": 0,
                                             "scalar_product": 0, "addition": 0})");
  const auto made = test::equiripple({"sign", "--gap", "2^-8", "--error", "2^-8", "--minimise",
                                      "latency", "--model", "zero.json", "-o", "f.json"},
                                     folder.path());
  CHECK_MESSAGE(made.status == 0, made.errors);
}

TEST_CASE("the model that is shipped is the default") {
  const std::string path = test::source_folder() + "/tools/models/transforms.json";
  const auto shipped = cost_table_from_json_text(test::content_of(path));
  REQUIRE_MESSAGE(shipped.has_value(), shipped.error().why);
  const CostTable built_in = CostTable::transforms();
  for (const auto list : {&CostTable::tensor_product, &CostTable::key_switch, &CostTable::rescaling,
                          &CostTable::scalar_product, &CostTable::addition}) {
    const std::vector<double>& a = *shipped.*list;
    REQUIRE(a.size() == 64);
    for (std::size_t i = 0; i < a.size(); ++i) {
      CHECK(a[i] == doctest::Approx((built_in.*list)[i]).epsilon(1e-9));
    }
  }
  CHECK(shipped->levels_after == built_in.levels_after);
}

TEST_CASE("a polynomial for a budget of levels, and what the next level buys") {
  const Words sigmoid = {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]"};
  const json five = artifact(with(sigmoid, {"--max-levels", "5"}));
  CHECK(number(five["stages"][0], "degree") == 31);
  const auto shown = test::equiripple(with(sigmoid, {"--max-levels", "5"}));
  CHECK_MESSAGE(shown.output.find("next level  degree 63 in 6 levels: error at most 2^-36.69") !=
                    std::string::npos,
                shown.output);
  const auto by_error = test::equiripple(with(sigmoid, {"--error", "2^-10"}));
  CHECK(by_error.output.find("same levels degree 15 in 4 levels") == std::string::npos);
  CHECK(by_error.output.find("next level ") != std::string::npos);
  // Binary64 coefficients cannot use 255 degrees here.
  const json exp =
      artifact({"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--max-levels", "8"});
  CHECK(number(exp["stages"][0], "degree") < 20);
  const json even =
      artifact({"minimax", "--function", "abs(x)", "--domain", "[-1,1]", "--max-levels", "4"});
  CHECK(number(even["stages"][0], "degree") == 16);  // it absorbs its leading coefficient
  CHECK(number(even["plan"], "levels") == 4);
  const json odd =
      artifact({"minimax", "--function", "sin(x)", "--domain", "[-9,9]", "--max-levels", "3"});
  CHECK(number(odd["stages"][0], "degree") == 7);
}

TEST_CASE("a power of two is taken where its leading coefficient is absorbed") {
  const Words cosine = {"minimax", "--function",   "cos(6*x)", "--domain",
                        "[-1,1]",  "--max-levels", "3"};
  for (const Words& words : {cosine, with(cosine, {"--error", "0.02"})}) {
    const json made = artifact(words);
    CHECK(number(made["stages"][0], "degree") == 8);
    CHECK(number(made["plan"], "levels") == 3);
    CHECK(made["error"]["log2_upper"].get<double>() < -6.1);
  }
  const json exact = artifact(with(cosine, {"--no-absorption"}));
  CHECK(number(exact["stages"][0], "degree") == 6);
  CHECK(number(exact["plan"], "levels") == 3);
}

TEST_CASE("what the same levels and the next are said to buy, they buy") {
  struct Hint {
    Words request;
    Words budget;
    std::string text;
    int degree = 0;
  };
  const Words exp = {"minimax", "--function", "exp(x)", "--domain", "[-10,0]", "--relative"};
  const Words bell = {"minimax", "--function", "exp(-x^2)", "--domain", "[-5,5]"};
  const Words tanh = {"minimax", "--function", "tanh(x)", "--domain", "[-6,6]"};
  const std::vector<Hint> hints = {
      {exp, {"--max-levels", "4"}, "next level  degree 31 in 5 levels", 31},
      {bell, {"--error", "2^-30"}, "same levels degree 62 in 6 levels", 62},
      {bell, {"--error", "2^-30"}, "next level  degree 126 in 7 levels", 126},
      {tanh, {"--error", "2^-40"}, "next level  degree 255 in 8 levels", 255},
  };
  for (const Hint& hint : hints) {
    const auto shown = test::equiripple(with(hint.request, hint.budget));
    const std::string text = hint.text + ": error at most 2^-";
    const auto at = shown.output.find(text);
    REQUIRE_MESSAGE(at != std::string::npos, shown.output);
    const double said = std::stod(shown.output.substr(at + text.size()));
    const json made = artifact(with(hint.request, {"--degree", std::to_string(hint.degree)}));
    const double had = -made["error"]["log2_upper"].get<double>();
    CHECK(had >= said - 0.01);
    CHECK(had <= said + 0.5);
  }
  // The best polynomial of degree 3 is that of degree 2: x/2 and an even one.
  const auto same = test::equiripple(
      {"minimax", "--function", "log(1+exp(x))", "--domain", "[-3,3]", "--error", "2^-3"});
  CHECK(same.output.find("degree 2 ") != std::string::npos);
  CHECK_MESSAGE(same.output.find("next level") == std::string::npos, same.output);
}
