// equiripple emit, each form read by what it is for.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emit/cpp_header.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/targets/targets.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/go.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;
using test::made_artifact;

namespace {

using Words = std::vector<std::string>;

std::vector<Words> every_kind() {
  return {
      {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]", "--degree", "15"},
      {"minimax", "--function", "exp(x)", "--domain", "[1,5/2]", "--degree", "6"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "0"},
      {"sign", "--gap", "2^-5", "--degrees", "7,15"},
      {"step", "--gap", "1/4", "--degrees", "5"},
      {"compare", "--gap", "1/4", "--degrees", "9"},
      {"relu", "--degrees", "7,7", "--range", "50"},
      {"abs", "--degrees", "5"},
      {"max", "--degrees", "3,5", "--range", "2"},
      {"min", "--degrees", "3"},
  };
}

constexpr double points[] = {-1, -0.71, -0.3, 0, 0.125, 0.5, 0.99, 1};

// What the tables say at x of the range, with b = 0.25 for functions of two.
double exact(const Artifact& one, double u) {
  const Interval range = hull(one.stages.front().domain);
  using Precise = Real<256>;
  const Precise x = (from_rational<Precise>(Rational(range.lower + range.upper)) +
                     from_rational<Precise>(Rational(range.upper - range.lower)) * u) /
                    2;
  Precise value = x;
  for (const StageRecord& stage : one.stages) {
    value = SeriesEvaluator<Precise>(stage.polynomial)(value);
  }
  const Precise b = Precise(1) / 4;
  switch (one.kind) {
    case Kind::step:
    case Kind::compare: return convert<double>(Precise((1 + value) / 2));
    case Kind::relu: return convert<double>(Precise(x * (1 + value) / 2));
    case Kind::abs: return convert<double>(Precise(x * value));
    case Kind::max: return convert<double>(Precise(b + x * (1 + value) / 2));
    case Kind::min: return convert<double>(Precise(b + x - x * (1 + value) / 2));
    default: return convert<double>(value);
  }
}

// The call of `evaluate` in Python or C++ at such a point: x, or b + x and b.
std::string arguments(const Artifact& one, double u) {
  const Interval range = hull(one.stages.front().domain);
  const double x = to_double(Rational((range.lower + range.upper) / 2)) +
                   to_double(Rational((range.upper - range.lower) / 2)) * u;
  std::ostringstream text;
  text.precision(17);
  if (has_two_inputs(one.kind)) {
    text << x + 0.25 << ", 0.25";
  } else {
    text << x;
  }
  return text.str();
}

// A program's numbers, one a line, are those of the tables up to rounding in double.
void check_values(const Artifact& one, const std::string& output) {
  std::istringstream lines(output);
  for (const double u : points) {
    double value = 0;
    REQUIRE((lines >> value));
    const double size =
        std::max(1.0, std::abs(to_double(one.stages.front().polynomial.basis.upper)));
    CHECK(std::abs(value - exact(one, u)) <= 1e-13 * size);
  }
}

bool lacks(const std::string& program, const Words& probe) {
  if (test::is_installed(program) && test::run(probe).status == 0) return false;
  MESSAGE("SKIPPED: there is no " << probe.back());
  return true;
}

const std::string python = "/usr/bin/python3";  // the one that Debian's packages are for

// Numbers of a text in order, exactly: hex floats, or decimals of 17 digits.
std::vector<double> numbers_in(const std::string& text, const std::string& characters) {
  std::vector<double> numbers;
  for (std::size_t at = 0; (at = text.find_first_of(characters, at)) != std::string::npos;) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str() + at, &end);
    const auto next = static_cast<std::size_t>(end - text.c_str());
    if (next > at + 1) numbers.push_back(value);
    at = std::max(next, at + 1);
  }
  return numbers;
}

std::vector<double> coefficients_of(const Artifact& one) {
  std::vector<double> all;
  for (const StageRecord& stage : one.stages) {
    for (const Rational& c : stage.polynomial.coefficients) all.push_back(to_double(c));
  }
  return all;
}

}  // namespace

TEST_CASE("numpy evaluates the Python form") {
  if (lacks(python, {python, "-c", "import numpy"})) return;
  for (const Words& words : every_kind()) {
    const Artifact one = made_artifact(words);
    CAPTURE(words.front());
    const test::TemporaryFolder folder;
    std::string program = to_python(one);
    for (const double u : points)
      program += "print(repr(float(evaluate(" + arguments(one, u) + "))))\n";
    test::write_text(folder / "f.py", program);
    const auto ran = test::run({python, "f.py"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.errors);
    check_values(one, ran.output);
  }
}

TEST_CASE("corrections are computed by the Python form") {
  if (lacks(python, {python, "-c", "import numpy"})) return;
  for (const Words& words :
       {Words{"inverse", "--domain", "[-1,-2^-6]", "--domain", "[2^-6,1]", "--error", "2^-10"},
        Words{"inverse", "--domain", "[1/4,1]", "--degree", "7", "--corrections", "0"},
        Words{"rsqrt", "--domain", "[2^-6,1]", "--error", "2^-20"},
        Words{"sqrt", "--domain", "[2^-6,1]", "--error", "2^-20"}}) {
    CAPTURE(words.front());
    const Artifact one = made_artifact(words);
    const test::TemporaryFolder folder;
    const std::string power = one.kind == Kind::inverse ? "-1"
                              : one.kind == Kind::rsqrt ? "-0.5"
                                                        : "0.5";
    test::write_text(folder / "f.py", to_python(one) +
                                          "points = [0.25 + i / 256 for i in range(193)]\n"
                                          "print(max(abs(evaluate(x) / x**" +
                                          power + " - 1) for x in points) / ERROR_AT_MOST)\n");
    const auto ran = test::run({python, "f.py"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.errors);
    CHECK(std::stod(ran.output) <= 1 + 1e-6);
    CHECK(std::stod(ran.output) > 0.1);  // it is the function, and the claim is not a loose one
  }
}

TEST_CASE("quotients are computed by the Python form") {
  if (lacks(python, {python, "-c", "import numpy"})) return;
  for (const char* corrections : {"0", "1"}) {
    const Artifact one = made_artifact({"divide", "--numerator", "[-1,1]", "--domain", "[1/4,1]",
                                        "--degree", "3", "--corrections", corrections});
    const test::TemporaryFolder folder;
    test::write_text(folder / "f.py", to_python(one) +
                                          "points = [0.25 + i / 256 for i in range(193)]\n"
                                          "print(max(abs(evaluate(-0.7, x) / (-0.7 / x) - 1) for x "
                                          "in points) / ERROR_AT_MOST)\n");
    const auto ran = test::run({python, "f.py"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.errors);
    CHECK(std::stod(ran.output) <= 1 + 1e-6);
    CHECK(std::stod(ran.output) > 0.1);
  }
}

TEST_CASE("the lists of the Python form are the same polynomials") {
  if (lacks(python, {python, "-c", "import numpy"})) return;
  const Artifact one = made_artifact(every_kind()[1]);
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.py",
                   to_python(one) +
                       "c, a, b = OPENFHE[0]\n"
                       "assert c[0] == 2 * STAGES[0].coef[0]\n"
                       "assert c[1:] == list(STAGES[0].coef[1:]) and a == 1 and b == 2.5\n"
                       "x = 1.75\n"
                       "print(sum(p * x**k for k, p in enumerate(POWERS[0])) - "
                       "STAGES[0](x))\n");
  const auto ran = test::run({python, "f.py"}, folder.path());
  REQUIRE_MESSAGE(ran.status == 0, ran.errors);
  CHECK(std::abs(std::stod(ran.output)) < 1e-12);
}

TEST_CASE("the runtime runs the program form") {
  for (const Words& words : every_kind()) {
    const Artifact one = made_artifact(words);
    CAPTURE(words.front());
    const Program program = Program::parse(to_program(one));
    plain he;
    const double middle = (program.upper() + program.lower()) / 2;
    const double half = (program.upper() - program.lower()) / 2;
    for (const double u : points) {
      const double x = middle + half * u;
      const double value =
          program.inputs() == 2 ? evaluate(program, he, x + 0.25, 0.25) : evaluate(program, he, x);
      CHECK(std::abs(value - exact(one, u)) <= 1e-12 * std::max(1.0, half));
    }
  }
}

// A context that halves the first coefficient, as OpenFHE does, on doubles.
TEST_CASE("the OpenFHE form is what EvalChebyshevSeries wants") {
  const std::string context =
      "#include <cmath>\n#include <cstdio>\n#include <vector>\n"
      "struct Context {\n"
      "  double EvalAdd(double a, double b) const { return a + b; }\n"
      "  double EvalSub(double a, double b) const { return a - b; }\n"
      "  double EvalMult(double a, double b) const { return a * b; }\n"
      "  double EvalChebyshevSeries(double x, const std::vector<double>& c, double a, double b) "
      "const {\n"
      "    const double y = (2 * x - a - b) / (b - a);\n"
      "    double sum = c[0] / 2, t = 1, next = y;\n"
      "    for (std::size_t k = 1; k < c.size(); ++k) {\n"
      "      sum += c[k] * next;\n"
      "      const double after = 2 * y * next - t; t = next; next = after;\n"
      "    }\n    return sum;\n  }\n};\n";
  for (const Words& words : every_kind()) {
    const Artifact one = made_artifact(words);
    CAPTURE(words.front());
    const test::TemporaryFolder folder;
    test::write_text(folder / "f.hpp", to_openfhe(one));
    std::string main =
        context + "#include \"f.hpp\"\nint main() { const Context c; const auto* cc = &c;\n";
    for (const double u : points) {
      std::string values = arguments(one, u);
      for (std::size_t at = 0; (at = values.find(',', at)) != std::string::npos; ++at) {
        values.replace(at, 1, "),double(");
        at += 8;
      }
      main += "std::printf(\"%.17g\\n\", f::evaluate(cc, double(" + values + ")));\n";
    }
    test::write_text(folder / "m.cpp", main + "}\n");
    const auto built = test::run(
        {"c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "m.cpp", "-o", "m"}, folder.path());
    REQUIRE_MESSAGE(built.status == 0, built.errors);
    check_values(one, test::run({"./m"}, folder.path()).output);
  }
}

TEST_CASE("Go's own tools take the Lattigo form, and its numbers come back bit for bit") {
  if (lacks("gofmt", {"go", "version"})) return;
  for (const Words& words : {every_kind()[0], every_kind()[3], every_kind()[8]}) {
    const Artifact one = made_artifact(words);
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "f");
    const std::string package = to_lattigo(one);
    test::write_text(folder / "f/f.go", package);
    test::write_text(folder / "go.mod", "module m\n");
    test::write_text(
        folder / "m.go",
        "package main\n\nimport (\n\t\"fmt\"\n\t\"m/f\"\n)\n\nfunc main() {\n"
        "\tfor _, s := range f.Stages {\n\t\tfmt.Println(s.IsOdd, s.IsEven)\n"
        "\t\tfor _, c := range s.Coefficients {\n\t\t\tfmt.Printf(\"%x\\n\", c)\n\t\t}\n\t}\n}\n");
    const auto unformatted = test::run({"gofmt", "-l", "f"}, folder.path());
    CHECK_MESSAGE(unformatted.output.empty(), unformatted.output);
    test::write_text(folder / "f/f.go", test::data_of_go(package));
    const auto run_go = [&](const Words& arguments) {
      Words all = {"env", "GOFLAGS=-mod=mod", "GOCACHE=" + folder / "cache", "GO111MODULE=on",
                   "go"};
      all.insert(all.end(), arguments.begin(), arguments.end());
      return test::run(all, folder.path());
    };
    const auto vetted = run_go({"vet", "./..."});
    CHECK_MESSAGE(vetted.status == 0, vetted.errors);
    const auto ran = run_go({"run", "."});
    REQUIRE_MESSAGE(ran.status == 0, ran.errors);
    std::istringstream lines(ran.output);
    for (const StageRecord& stage : one.stages) {
      std::string odd;
      std::string even;
      REQUIRE((lines >> odd >> even));
      CHECK((odd == "true") == (stage.polynomial.parity != Parity::even));
      CHECK((even == "true") == (stage.polynomial.parity != Parity::odd));
      for (const Rational& c : stage.polynomial.coefficients) {
        std::string word;
        REQUIRE((lines >> word));
        CHECK(std::strtod(word.c_str(), nullptr) == to_double(c));
      }
    }
  }
}

TEST_CASE("csv, latex and mlir have every coefficient, bit for bit") {
  const Artifact one = made_artifact(every_kind()[6]);
  const auto coefficients = coefficients_of(one);
  const std::string csv = to_csv(one);
  std::istringstream lines(csv.substr(csv.find("stage,lower")));
  std::string line;
  std::getline(lines, line);
  for (const double c : coefficients) {
    REQUIRE(std::getline(lines, line));
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    REQUIRE(cells.size() == 10);
    CHECK(std::strtod(cells[4].c_str(), nullptr) == c);
    CHECK(std::strtod(cells[5].c_str(), nullptr) == c);
  }
  CHECK_FALSE(std::getline(lines, line));
  const std::string mlir = to_mlir(one);
  const std::string table = mlir.substr(mlir.find("chebyshev_polynomial<["));
  const auto there = numbers_in(table, "-0123456789");
  for (const double c : coefficients) {
    CHECK(std::ranges::find(there, c) != there.end());
  }
  const std::string latex = to_latex(one);
  const auto shown = numbers_in(latex.substr(latex.find("\\midrule")), "-0123456789");
  for (const double c : coefficients) {
    if (c != 0) CHECK(std::ranges::find(shown, c) != shown.end());
  }
}

TEST_CASE("hostile requests stay inside their comments") {
  Artifact one = made_artifact(every_kind()[0]);
  const std::string hostile = "x */ \n#include <evil>\n\\\n\"\"\" ' ``` %}$ \\input{evil}";
  one.request.options[0].values = {hostile};
  for (const EmitTarget& target : emit_targets()) {
    if (std::string(target.name) == "json") continue;
    CAPTURE(target.name);
    const std::string text = target.text(one);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const auto evil = line.find("evil");
      if (evil == std::string::npos) continue;
      const bool comment =
          line.starts_with("//") || line.starts_with("# ") || line.starts_with("% ");
      const bool escaped =
          std::string(target.name) == "latex" && line.find("\\input") == std::string::npos;
      CHECK_MESSAGE((comment || escaped), line);
    }
  }
}

TEST_CASE("wide coefficients and corrections go where they can be carried") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "wide.json",
                   test::made({"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree",
                               "40", "--coefficient-bits", "200"},
                              "wide.json"));
  test::write_text(folder / "inverse.json",
                   test::made({"inverse", "--domain", "[2^-6,1]", "--error", "2^-10"}, "i.json"));
  const auto status = [&](const std::string& file, const std::string& target) {
    return test::equiripple({"emit", file, "--target", target}, folder.path()).status;
  };
  for (const char* target : {"openfhe", "lattigo", "python", "mlir", "cpp", "seal", "program"}) {
    CHECK(status("wide.json", target) == 2);
  }
  for (const char* target : {"csv", "latex", "json"}) CHECK(status("wide.json", target) == 0);
  for (const char* target : {"openfhe", "csv", "latex"}) {
    CHECK(status("inverse.json", target) == 2);
  }
  for (const char* target : {"cpp", "seal", "lattigo", "python", "mlir", "program", "json"}) {
    CHECK(status("inverse.json", target) == 0);
  }
  const auto slip =
      test::equiripple({"emit", "wide.json", "--target", "csv", "-o", "f.go"}, folder.path());
  CHECK(slip.status == 2);
  CHECK(slip.errors.find(".csv") != std::string::npos);
}

TEST_CASE("every artifact keeps to the published schema, and a broken one does not") {
  if (lacks(python, {python, "-c", "import jsonschema"})) return;
  const test::TemporaryFolder folder;
  const auto is_valid = [&](const Json& json) {
    test::write_text(folder / "a.json", json.dump());
    return test::run({python, "-W", "ignore", "-m", "jsonschema", "-i", "a.json",
                      test::source_folder() + "/emit/artifact.schema.json"},
                     folder.path())
               .status == 0;
  };
  auto all = every_kind();
  all.push_back({"inverse", "--domain", "[2^-6,1]", "--error", "2^-10"});
  all.push_back({"sqrt", "--domain", "[2^-4,1]", "--error", "2^-10", "--no-absorption"});
  all.push_back({"minimax", "--function", "abs(x)", "--domain", "[-1,1]", "--degree", "1100"});
  all.push_back({"softmax", "--length", "4", "--range", "1", "--error", "2^-4"});
  all.push_back({"layernorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-4"});
  all.push_back({"argmax", "--slots", "2", "--gap", "1", "--range", "1", "--error", "2^-2"});
  all.push_back({"rmsnorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-3", "--refresh",
                 "levels=5,noise=2^-12,cost=8,start=3"});
  all.push_back({"largest", "--slots", "3", "--range", "1", "--error", "1/4"});
  all.push_back({"compare-and-swap", "--degrees", "3,7"});
  all.push_back({"step", "--threshold", "0.3", "--gap", "0.05", "--domain", "[-1,1]", "--error",
                 "0.1", "--refresh", "levels=3,noise=2^-10,cost=800"});
  const Json json = Json::parse(test::made(all.front(), "f.json"));
  for (const char* field : {"format", "kind", "stages", "error", "plan"}) {
    Json lacking = json;
    lacking.erase(field);
    CHECK_FALSE(is_valid(lacking));
  }
  Json decimal = json;
  decimal["stages"][0]["coefficients"][0] = 0.5;
  CHECK_FALSE(is_valid(decimal));
  for (const Words& words : all) CHECK(is_valid(Json::parse(test::made(words, "f.json"))));
}
