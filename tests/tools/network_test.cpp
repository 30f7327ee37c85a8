// equiripple network: published networks against what is known of them, files that it writes, and
// wrong files. tests/data/networks.json names the source of the ranges.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emit/json.hpp"
#include "emit/network/samples.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;

namespace {

struct Network20 {
  int levels = 15;
  std::string objective = "bits = 13";
  int linear_levels = 2;
  bool joins = false;
};

// The activations of a published network, each after a linear part; with joins as of blocks of two.
std::string published(const std::string& name, const Network20& form) {
  std::string text = fmt::format(
      "[chain]\nlevels = {}\nbootstrap_time = 30000\n[objective]\nminimise = \"bootstraps\"\n{}\n",
      form.levels, form.objective);
  int index = 0;
  const Json ranges = test::data("networks.json")["relu_ranges"][name];
  for (const auto& range : ranges) {
    text += fmt::format(
        "[[layer]]\nname = \"relu{}\"\nfunction = \"relu\"\nrange = [\"{}\", \"{}\"]\nlevels = "
        "{}\n",
        index, range[0].get<std::string>(), range[1].get<std::string>(), form.linear_levels);
    if (form.joins && index > 1 && index % 2 == 0) {
      text += fmt::format("input = [\"relu{}\", \"relu{}\"]\n", index - 1, index - 2);
    }
    ++index;
  }
  return text;
}

struct Run {
  test::TemporaryFolder folder{};
  test::CommandResult result{};
};

void run(Run& one, const std::string& text, std::vector<std::string> words = {"--json"}) {
  test::write_text(one.folder / "net.toml", text);
  words.insert(words.begin(), {"network", "net.toml"});
  one.result = test::equiripple(words, one.folder.path());
}

Json choice_of(const std::string& text) {
  Run one;
  run(one, text);
  REQUIRE_MESSAGE(one.result.status == 0, one.result.errors);
  return Json::parse(one.result.output);
}

// What the choice in JSON takes, level by level, without the program's own simulator: of layers in
// a row, each activation after its linear part. Refreshes inside are not looked at.
int replayed(const Json& choice, int top, int linear) {
  int level = top;
  int refreshes = 0;
  for (const Json& layer : choice["layers"]) {
    const std::vector<std::string> places = layer["refreshes"];
    const auto is_at = [&](const char* place) { return std::ranges::count(places, place) > 0; };
    REQUIRE_FALSE(is_at("inside"));
    if (is_at("before linear")) level = top;
    level -= linear;
    REQUIRE(level >= 0);
    if (is_at("before activation")) level = top;
    level -= layer["levels"].get<int>();
    REQUIRE(level >= 0);
    refreshes += static_cast<int>(places.size());
  }
  return refreshes;
}

// The rows of so many cells in the document whose first cell begins so.
std::vector<std::vector<std::string>> table_rows(const std::string& beginning, std::size_t cells) {
  std::istringstream text(test::content_of(test::source_folder() + "/tools/docs/networks.md"));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with("| " + beginning)) continue;
    std::vector<std::string> row;
    std::istringstream parts(line.substr(1));
    for (std::string part; std::getline(parts, part, '|');) {
      const std::size_t first = part.find_first_not_of(' ');
      row.push_back(first == std::string::npos
                        ? ""
                        : part.substr(first, part.find_last_not_of(' ') - first + 1));
    }
    if (row.size() == cells) rows.push_back(row);
  }
  return rows;
}

const std::string small =
    "[chain]\nlevels = 12\nstart_levels = 10\nrefresh_from = 1\nbootstrap_time = 20000\n"
    "[objective]\nbits = 8\n"
    "[[layer]]\nname = \"conv1\"\nfunction = \"gelu\"\nrange = 8\n"
    "[[layer]]\nname = \"block.1\"\nfunction = \"relu\"\nrange = [\"-3.7\", \"4.2\"]\nlevels = 2\n"
    "[[layer]]\nname = \"block.2\"\nfunction = \"relu\"\nrange = [\"-1.6e-5\", \"0\"]\n"
    "[[layer]]\nname = \"block.3\"\nfunction = \"relu\"\nrange = [0, 0]\n"
    "[[layer]]\nname = \"block.4\"\nfunction = \"relu\"\nrange = [0, 5]\n"
    "[[layer]]\nname = \"sq\"\nfunction = \"x^2\"\nrange = 2\ninput = [\"block.1\", \"block.4\"]\n";

std::string with(std::string text, const std::string& old, const std::string& replacement) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), replacement);
}

}  // namespace

// At 13 bits an activation takes 13 levels: with two of a linear part a chain of 15 holds one
// layer.
TEST_CASE("13 bits take a bootstrap for every layer but the first, in 15 levels") {
  for (const std::string name : {"resnet20", "resnet32"}) {
    const int expected = test::data("networks.json")["bootstraps"][name];
    for (const bool joins : {false, true}) {
      if (joins && name == "resnet32") continue;
      const Json choice = choice_of(published(name, {.joins = joins}));
      CHECK(choice["bootstraps"] == expected);
      for (const Json& layer : choice["layers"]) {
        CHECK(layer["levels"] == 13);
        CHECK(layer["error"]["evidence"] == "proved");
        CHECK(layer["error"]["log2_upper"].get<double>() <= -13);
      }
      if (!joins) CHECK(replayed(choice, 15, 2) == expected);
    }
  }
}

// 6 levels for 8 bits: two layers between bootstraps in a chain of 16.
TEST_CASE("8 bits take a bootstrap for every second layer, in 16 levels") {
  for (const auto& [name, expected] : {std::pair("resnet20", 9), std::pair("resnet32", 15)}) {
    const Json choice = choice_of(published(name, {.levels = 16, .objective = "bits = 8"}));
    CHECK(choice["bootstraps"] <= expected);
    CHECK(replayed(choice, 16, 2) == choice["bootstraps"].get<int>());
  }
}

// No polynomial of 10 levels has 13 bits; a composition of 13 is refreshed between its stages.
TEST_CASE("an activation deeper than the chain is refreshed inside") {
  const Json choice = choice_of(with(small, "levels = 12", "levels = 10"));
  CHECK(choice["layers"].size() == 6);
  const Json deep = choice_of(
      "[chain]\nlevels = 10\nbootstrap_time = 9000\n[objective]\nbits = 13\n"
      "[[layer]]\nname = \"a\"\nfunction = \"relu\"\nrange = 4\nlevels = 0\n");
  CHECK(deep["layers"][0]["levels"].get<int>() >= 13);
  CHECK(deep["layers"][0]["refreshes"] == Json::array({"inside"}));
  CHECK(deep["bootstraps"] == 1);
}

TEST_CASE("the front over the budget falls from one bootstrap a layer") {
  Run one;
  run(one, published("resnet20", {.levels = 15, .objective = ""}), {"--pareto", "--json"});
  REQUIRE_MESSAGE(one.result.status == 0, one.result.errors);
  const Json front = Json::parse(one.result.output)["front"];
  std::vector<int> counts;
  double error = 1e9;
  for (const Json& row : front) {
    counts.push_back(row["bootstraps"]);
    CHECK(row["error"].get<double>() < error);
    error = row["error"];
  }
  for (int count = 6; count <= 18; ++count) CHECK(std::ranges::count(counts, count) == 1);
}

// tools/docs/networks.md: its rows are the requests, and what must come out. MPCNN has chains of 16
// levels; in 14 activations of 13 bits are one polynomial.
TEST_CASE("the document's bootstraps are the fewest") {
  const auto rows = table_rows("resnet", 5);
  CHECK(rows.size() == 6);
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    CAPTURE(row[1]);
    const Json choice = choice_of(
        published(row[0], {.levels = std::stoi(row[2]), .objective = "bits = " + row[1]}));
    CHECK(choice["bootstraps"] == std::stoi(row[3]));
    if (!row[4].empty()) CHECK(row[4] == row[3]);
    if (!row[4].empty()) {
      CHECK(test::data("networks.json")["bootstraps"][row[0]] == std::stoi(row[4]));
    }
  }
}

TEST_CASE("AutoFHE's degrees take a level less, and its depths have more bits") {
  int layers = 0;
  struct Known {
    int levels;
    double bits;
  };
  std::map<std::string, Known> known;  // of what was made already
  std::map<int, double> best;          // bits within so many levels
  const Json published = test::data("networks.json")["autofhe_boot_11"];
  for (const auto& layer : published) {
    std::string degrees;
    for (const int degree : layer["degrees"])
      degrees += (degrees.empty() ? "" : ",") + std::to_string(degree);
    if (!known.contains(degrees)) {
      const Artifact relu =
          test::made_artifact({"relu", "--degrees", degrees, "--minimise", "levels"});
      known[degrees] = {relu.plan->costs.levels,
                        -std::log2(to_double(relu.claim.error.upper, Rounding::up))};
    }
    const int depth = layer["depth"];
    if (!best.contains(depth)) {
      const Json front =
          Json::parse(test::equiripple({"search", "--objective", "relu", "--max-levels",
                                        std::to_string(depth), "--pareto", "--json"})
                          .output);
      for (const Json& row : front["choices"]) {
        best[depth] = std::max(best[depth], row["bits"].get<double>());
      }
    }
    CAPTURE(degrees);
    CHECK(known[degrees].levels == depth - 1);
    CHECK(best[depth] > known[degrees].bits + 1.9);  // at the same depth: 2 bits and more
    ++layers;
  }
  CHECK(layers == 15);
  std::size_t rows = 0;
  for (const auto& row : table_rows("", 5)) {
    const auto found = known.find(row[0]);
    if (found == known.end()) continue;
    ++rows;
    CHECK(std::stoi(row[2]) == found->second.levels);
    CHECK(std::stoi(row[1]) == found->second.levels + 1);
    CHECK(std::abs(std::stod(row[3]) - found->second.bits) < 0.11);
    CHECK(std::abs(std::stod(row[4]) - best.at(std::stoi(row[1]))) < 0.11);
  }
  CHECK(rows == known.size());
}

TEST_CASE("a budget of error or of levels is kept") {
  const std::string budgeted = with(small, "bits = 8", "error_budget = \"0.05\"");
  const Json choice = choice_of(budgeted);
  double sum = 0;
  for (const Json& layer : choice["layers"]) {
    const double range = layer["error"]["metric"] == "relu" ? 4.2 : 1;
    sum += std::exp2(layer["error"]["log2_upper"].is_null()
                         ? -1000
                         : layer["error"]["log2_upper"].get<double>()) *
           range;
  }
  CHECK(sum <= 0.05 * 1.001);
  const Json levelled = choice_of(with(small, "bits = 8", "level_budget = 15"));
  int levels = 7;  // of the linear parts
  for (const Json& layer : levelled["layers"]) levels += layer["levels"].get<int>();
  CHECK(levels <= 15);
}

TEST_CASE("ranges on one side are a constant or no activation at all") {
  const Json choice = choice_of(small);
  for (const int l : {2, 3, 4}) {
    const Json& layer = choice["layers"][static_cast<std::size_t>(l)];
    CHECK(layer["levels"] == 0);
    CHECK(layer["error"]["upper"] == "0x0p+0");
    CHECK(layer["error"]["evidence"] == "proved");
  }
}

TEST_CASE("headers, their names by layer, and a page") {
  Run one;
  run(one, small, {"--out-dir", "out"});
  REQUIRE_MESSAGE(one.result.status == 0, one.result.errors);
  const std::string header = test::content_of(one.folder / "out/net.hpp");
  CHECK(header.find("#include \"net_1.hpp\"") != std::string::npos);
  CHECK(header.find("namespace block_1 = ::net_2;") != std::string::npos);
  CHECK(header.find("block_4: no activation") != std::string::npos);
  const std::string relu = test::content_of(one.folder / "out/net_2.hpp");
  CHECK(test::verified(relu, "net_2.hpp").status == 0);
  test::check_refused(with(relu, "\"range\": \"4.2\"", "\"range\": \"4.3\""), "");
  const std::string page = test::content_of(one.folder / "out/net.html");
  CHECK(page.find("<svg") != std::string::npos);
  CHECK(page.find("block.1") != std::string::npos);
  const Json choice = Json::parse(test::content_of(one.folder / "out/net.json"));
  CHECK(choice["layers"].size() == 6);
  if (test::is_installed("c++")) {
    test::write_text(one.folder / "main.cpp",
                     "#include \"out/net.hpp\"\n#include <equiripple/plain.hpp>\n"
                     "int main() {\n  equiripple::plain he;\n"
                     "  const double y = net::layer::block_1::evaluate(he, 1.0);\n"
                     "  return y > 0.98 && y < 1.02 && net::layers[1].levels == 6 ? 0 : 1;\n}\n");
    const auto compiled =
        test::run({"c++", "-std=c++17", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror",
                   "-I", test::source_folder() + "/runtime", "main.cpp", "-o", "main"},
                  one.folder.path());
    CHECK_MESSAGE(compiled.status == 0, compiled.errors);
    CHECK(test::run({"./main"}, one.folder.path()).status == 0);
  }
  run(one, small, {"--out-dir", "again"});
  CHECK(test::content_of(one.folder / "again/net_2.hpp") == relu);
}

TEST_CASE("noise of refreshes counts") {
  const std::string noisy =
      with(with(small, "bootstrap_time = 20000", "bootstrap_noise = \"2^-12\""), "x^2", "silu");
  Run one;
  run(one, noisy, {});
  REQUIRE_MESSAGE(one.result.status == 0, one.result.errors);
  CHECK(one.result.output.find("is in the error that is proved of it") != std::string::npos);
  run(one, with(noisy, "2^-12", "2^-7"));
  const Json loud = Json::parse(one.result.output.empty() ? "{}" : one.result.output);
  if (one.result.status == 0) CHECK(loud["layers"][1]["refreshes"].empty());  // 8 bits are left
  run(one, with(noisy, "silu", "x^2"));
  CHECK(one.result.status == 2);
  CHECK(one.result.errors.find("bootstrap_noise") != std::string::npos);
}

// 13 levels or more in a chain of 10: the only way is a refresh inside, whose noise is proved.
TEST_CASE("a refresh inside that adds noise is made and proved with it") {
  const std::string deep =
      "[chain]\nlevels = 10\nbootstrap_time = 9000\nbootstrap_noise = \"2^-20\"\n[objective]\n"
      "bits = 13\n[[layer]]\nname = \"a\"\nfunction = \"relu\"\nrange = 4\nlevels = 1\n"
      "[[layer]]\nname = \"b\"\nfunction = \"relu\"\nrange = 5\nlevels = 1\n";
  Run one;
  run(one, deep, {"--json", "--out-dir", "out"});
  REQUIRE_MESSAGE(one.result.status == 0, one.result.errors);
  const Json choice = Json::parse(one.result.output);
  for (const Json& layer : choice["layers"]) {
    CHECK(std::ranges::count(layer["refreshes"], Json("inside")) == 1);
    CHECK(layer["error"]["evidence"] == "proved");
    CHECK(layer["error"]["log2_upper"].get<double>() <= -13);
  }
  const std::string header = test::content_of(one.folder / "out/net_1.hpp");
  CHECK(header.find("he.refresh(") != std::string::npos);
  CHECK(test::verified(header, "net_1.hpp").status == 0);
  test::check_refused(with(header, "noise=2^-20", "noise=2^-6"), "");
  // So much noise leaves no 13 bits, wherever it is refreshed.
  run(one, with(deep, "2^-20", "2^-5"));
  CHECK(one.result.status == 3);
}

TEST_CASE("what cannot be had says the best that can") {
  const auto refused = [](const std::string& text, const std::string& word) {
    Run one;
    run(one, text);
    CAPTURE(one.result.errors);
    CHECK(one.result.status == 3);
    CHECK(one.result.errors.find(word) != std::string::npos);
    CHECK(one.result.output.empty());
  };
  refused(published("resnet20", {.levels = 5}), "the best is");
  refused(with(small, "bits = 8", "error_budget = \"1e-9\""), "the least sum of errors");
  refused(with(small, "bits = 8", "level_budget = 7"), "the least that linear parts");
  refused(with(small, "levels = 2", "levels = 20"), "block.1");
}

TEST_CASE("a wrong file is refused where it is wrong") {
  const auto refused = [](const std::string& text, const std::string& place,
                          const std::string& word) {
    Run one;
    run(one, text);
    CAPTURE(one.result.errors);
    CHECK(one.result.status == 2);
    CHECK(one.result.errors.find(place) != std::string::npos);
    CHECK(one.result.errors.find(word) != std::string::npos);
  };
  refused(with(small, "levels = 12", "levls = 12"), "net.toml:2:1", "levels");
  refused(with(small, "levels = 12", "levels = \"twelve\""), "net.toml:2:10", "levels");
  refused(with(small, "bits = 8", ""), "net.toml", "error_budget");
  refused(with(small, "bits = 8", "bits = 8\nlevel_budget = 3"), "net.toml:8:16", "give one of");
  refused(with(small, "bits = 8", "bits = 8\nminimise = \"time\""), "net.toml:8", "bootstraps");
  refused(with(small, "\"gelu\"", "\"gleu\""), "net.toml:10", "gelu");
  refused(with(small, "range = 8", "range = [8, -8]"), "net.toml:11", "above");
  refused(with(small, "range = 8", ""), "[[layer]] 1 'conv1'", "range");
  refused(with(small, "range = 8", "samples = \"none.npy\""), "net.toml:11", "none.npy");
  refused(with(small, "\"block.4\"]", "\"block.5\"]"), "input", "no layer above");
  refused(with(small, "\"block.2\"", "\"block.1\""), "name", "twice");
  refused(with(small, "= 20000", "= \"2^2000\""), "net.toml:5", "2^200");
  refused(with(small, "bits = 8", "error_budget = \"1e-300\""), "net.toml:7", "2^-200");
  refused(with(small, "\"x^2\"", "\"1/x\""), "layer 'sq'", "pole");
  refused("[chain]\nlevels = 3\n", "net.toml", "[[layer]]");
  refused("levels = 3\n", "net.toml:1:1", "chain");
  refused(with(small, "refresh_from = 1", "refresh_from = 12"), "net.toml:4", "refresh_from");
}

TEST_CASE("samples propose a range and the chance to leave it") {
  const ProposedRange text =
      required(proposed_range("x.csv", "-1.25, 3\n0.123456789, 2 # a comment\n"));
  CHECK(text.lower == "-1.25");
  CHECK(text.upper == "3");
  CHECK(text.source.count == 4);
  CHECK(text.source.chance == doctest::Approx(0.4));
  std::string npy("\x93NUMPY\x01\x00", 8);
  const std::string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n";
  npy += static_cast<char>(head.size());
  npy += '\0';
  npy += head;
  for (const float value : {0.5F, -2.0F, 7.1F}) {
    npy.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  const ProposedRange numpy = required(proposed_range("x.npy", npy));
  CHECK(numpy.lower == "-2");
  CHECK(std::stod(numpy.upper) >= 7.1F);
  CHECK(numpy.source.count == 3);
  CHECK_FALSE(proposed_range("x.npy", npy.substr(0, npy.size() - 1)));
  CHECK_FALSE(proposed_range("x.npy", npy.substr(0, 9)));
  CHECK_FALSE(proposed_range("x.npy", with(npy, "<f4", "<c8")));
  CHECK_FALSE(proposed_range("x.csv", "# none\n"));
  CHECK_FALSE(proposed_range("x.csv", "1 nan\n"));
}
