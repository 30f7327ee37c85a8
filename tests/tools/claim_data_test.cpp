// Every emitted form carries its claim as data: the upper bound, the unit that it is a multiple of,
// the metric and the evidence.
#include <doctest/doctest.h>

#include <cmath>
#include <sstream>

#include "emit/claim_data.hpp"
#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/targets/targets.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/go.hpp"
#include "tests/support/made.hpp"
#include "tests/support/near.hpp"

using namespace equiripple;

namespace {

using Words = std::vector<std::string>;

// "upper unit metric evidence", numbers as 17 digits.
std::string claim_of(const Artifact& one) {
  std::ostringstream text;
  text.precision(17);
  text << to_double(one.claim.error.upper, Rounding::up) << " " << to_double(claim_unit(one)) << " "
       << name_of(one.claim.metric) << " " << name_of(one.claim.error.evidence);
  return text.str();
}

struct Case {
  Words words;
  double unit;
  const char* metric;
};
std::vector<Case> every_metric() {
  return {
      {{"relu", "--degrees", "7,7", "--range", "50"}, 50, "relu"},
      {{"max", "--degrees", "3,5", "--range", "0.1"}, 0.1, "relu"},
      {{"abs", "--degrees", "5", "--range", "3"}, 3, "relu"},
      {{"sign", "--gap", "1/4", "--degrees", "3"}, 1, "absolute"},
      {{"step", "--gap", "1/4", "--degrees", "3", "--range", "8"}, 1, "absolute"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-2,1]", "--degree", "5"}, 1, "absolute"},
      {{"minimax", "--function", "1/x", "--domain", "[1,4]", "--degree", "5", "--relative"},
       1,
       "relative"},
      {{"minimax", "--function", "exp(x)", "--domain", "[0,1]", "--degree", "4", "--weight",
        "1 + x^2"},
       1,
       "weighted"},
  };
}

constexpr const char* cpp_main = R"(
#include "f.hpp"
#include <cstdio>
int main() {
  using equiripple::Claim;
  const char* metrics[] = {"absolute", "relative", "weighted", "relu"};
  std::printf("%.17g %.17g %s %s", f::claim.upper, f::claim.unit,
              metrics[static_cast<int>(f::claim.metric)],
              f::claim.evidence == Claim::Evidence::proved ? "proved" : "measured");
  return f::claim.bound() >= f::claim.upper * f::claim.unit ? 0 : 1;
}
)";

constexpr const char* openfhe_main = R"(
#include "f.hpp"
#include <cstdio>
int main() {
  std::printf("%.17g %.17g %s %s", f::error_at_most, f::error_unit, f::error_metric,
              f::error_evidence);
}
)";

std::string run_cpp(const std::string& header, const std::string& main) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.hpp", header);
  test::write_text(folder / "m.cpp", main);
  const auto built = test::run({"c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-I",
                                test::source_folder() + "/runtime", "m.cpp", "-o", "m"},
                               folder.path());
  REQUIRE_MESSAGE(built.status == 0, built.errors);
  const auto ran = test::run({"./m"}, folder.path());
  CHECK(ran.status == 0);
  return ran.output;
}

std::string text_as(const std::string& target, const Artifact& one) {
  return emit_target_named(target)->text(one);
}

// `command` in this folder, where `file` has this text.
std::string run_text(const test::TemporaryFolder& folder, const std::string& file,
                     const std::string& text, Words command) {
  test::write_text(folder / file, text);
  if (command[0] == "go") {
    command.insert(command.begin(), {"env", "GO111MODULE=off", "GOCACHE=" + folder / "cache"});
  }
  const auto ran = test::run(command, folder.path());
  REQUIRE_MESSAGE(ran.status == 0, ran.errors);
  return ran.output;
}

// The number after `key` in a text.
double number_after(const std::string& text, const std::string& key) {
  const std::size_t found = text.find(key);
  REQUIRE(found != std::string::npos);
  return std::strtod(text.c_str() + found + key.size(), nullptr);
}

void check_tables(const Artifact& one, const std::string& claim) {
  const double upper = to_double(one.claim.error.upper, Rounding::up);
  std::istringstream csv(text_as("csv", one));
  std::string line;
  while (std::getline(csv, line) && line.starts_with("#")) {
  }
  CHECK(line.ends_with(",error_at_most,error_unit,error_metric,error_evidence"));
  while (std::getline(csv, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    REQUIRE(cells.size() == 10);
    CHECK(std::strtod(cells[6].c_str(), nullptr) == upper);
    CHECK(std::strtod(cells[7].c_str(), nullptr) == to_double(claim_unit(one)));
    CHECK(claim.ends_with(" " + cells[8] + " " + cells[9]));
  }
  const std::string mlir = text_as("mlir", one);
  const std::string data = mlir.substr(mlir.find("#f_error = {"));
  CHECK(number_after(data, "upper = ") == upper);
  CHECK(number_after(data, "unit = ") == to_double(claim_unit(one)));
  CHECK(data.find(std::string("metric = \"") + name_of(one.claim.metric) + "\", evidence = \"" +
                  name_of(one.claim.error.evidence) + "\"}") != std::string::npos);
}

}  // namespace

TEST_CASE("the claim's unit, metric and evidence are data in C++, for OpenFHE, in csv and MLIR") {
  for (const Case& given : every_metric()) {
    const Artifact one = test::made_artifact(given.words);
    CAPTURE(given.words[0]);
    // The range as stored covers the one that was asked for.
    CHECK(to_double(claim_unit(one)) >= given.unit);
    CHECK(to_double(claim_unit(one)) == test::near(given.unit, 1e-15));
    CHECK(std::string(name_of(one.claim.metric)) == given.metric);
    const std::string claim = claim_of(one);
    CHECK(run_cpp(to_cpp(one), cpp_main) == claim);
    CHECK(run_cpp(text_as("openfhe", one), openfhe_main) == claim);
    check_tables(one, claim);
  }
}

TEST_CASE("the claim's unit, metric and evidence are data in Python and Go") {
  const std::string python = "/usr/bin/python3";  // the one that Debian's packages are for
  const bool has_numpy =
      test::is_installed(python) && test::run({python, "-c", "import numpy"}).status == 0;
  const bool has_go = test::is_installed("go");
  const test::TemporaryFolder folder;  // of all, or Go would compile its library for each
  for (const Case& given : every_metric()) {
    const Artifact one = test::made_artifact(given.words);
    if (has_numpy) {
      const std::string printing =
          "print('%.17g %.17g %s %s' % (ERROR_AT_MOST, ERROR_UNIT, ERROR_METRIC, ERROR_EVIDENCE))";
      CHECK(run_text(folder, "f.py", text_as("python", one) + printing, {python, "f.py"}) ==
            claim_of(one) + "\n");
    }
    if (has_go) {
      std::string go = test::data_of_go(text_as("lattigo", one));
      go.replace(go.find("package f\n"), 10, "package main\n\nimport \"fmt\"\n");
      go +=
          "\nfunc main() {\n\tfmt.Printf(\"%.17g %.17g %s %s\", ErrorAtMost, ErrorUnit, "
          "ErrorMetric, ErrorEvidence)\n}\n";
      CHECK(run_text(folder, "f.go", go, {"go", "run", "f.go"}) == claim_of(one));
    }
  }
  if (!has_numpy) MESSAGE("SKIPPED: there is no numpy");
  if (!has_go) MESSAGE("SKIPPED: there is no go");
}

TEST_CASE("a claim whose data was edited is refused") {
  const std::string header = test::made({"relu", "--degrees", "3", "--range", "4"}, "f.hpp");
  const auto edited = [&](const std::string& from, const std::string& to) {
    std::string text = header;
    const std::size_t found = text.rfind(from);
    REQUIRE(found != std::string::npos);
    return text.replace(found, from.size(), to);
  };
  CHECK(test::verified(header, "f.hpp").status == 0);
  CHECK(test::verified(edited("    0x1p+2,  // unit", "    0x1p+1,  // unit"), "f.hpp").status ==
        4);
  CHECK(test::verified(edited("Claim::Metric::relu", "Claim::Metric::relative"), "f.hpp").status ==
        4);
  CHECK(test::verified(edited("Claim::Evidence::proved", "Claim::Evidence::measured"), "f.hpp")
            .status == 4);
  CHECK(test::verified(edited("    0x1p+2,  // unit\n", ""), "f.hpp").status == 2);
  CHECK(test::verified(edited("// KEY SWITCH 2 of", "// KEY SWITCH 1 of"), "f.hpp").status == 4);
  CHECK(test::verified(edited("  // rescaling: level 1\n", "\n"), "f.hpp").status == 4);
}

TEST_CASE("the head of a header tells the levels with and without the range, and the bound in x") {
  const Artifact one = test::made_artifact({"relu", "--degrees", "7,7", "--range", "50"});
  const std::string text = to_cpp(one);
  CHECK(one.plan->costs.levels == 6);
  CHECK(levels_at_working_scale(one) == 7);
  CHECK(text.find("// Cost        6 levels, ") != std::string::npos);
  CHECK(text.find("//             7 levels where the input has the working scale") !=
        std::string::npos);
  CHECK(text.find("times the range: at most ") != std::string::npos);
  for (const char* range : {"1", "1/2"}) {
    const Artifact free = test::made_artifact({"relu", "--degrees", "7,7", "--range", range});
    CHECK(levels_at_working_scale(free) == free.plan->costs.levels);
    CHECK(to_cpp(free).find("working scale:") == std::string::npos);
  }
  const Artifact constant = test::made_artifact(
      {"minimax", "--function", "exp(x)", "--domain", "[-8,8]", "--degree", "0"});
  CHECK(levels_at_working_scale(constant) == 0);
}
