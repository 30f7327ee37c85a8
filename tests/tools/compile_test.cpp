// Emitted headers compile without a warning under every compiler that is here.
#include <doctest/doctest.h>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

constexpr const char* program = R"(
#include "f.hpp"
#include <equiripple/plain.hpp>
#include <cstdio>
int main() {
  equiripple::plain he;
  std::printf("%.17g\n", f::evaluate(he, CALL));
}
)";

void check_with(const std::string& compiler) {
  if (!test::is_installed(compiler)) {
    MESSAGE("SKIPPED: ", compiler, " is not installed");
    return;
  }
  const std::pair<std::vector<std::string>, const char*> requests[] = {
      {{"relu", "--degrees", "7,7", "--range", "50"}, "1.0"},
      {{"max", "--degrees", "7,7", "--range", "50"}, "1.0, 2.0"},
      {{"minimax", "--function", "exp(x)", "--domain", "[0.1,1]", "--degree", "6"}, "0.5"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "0"}, "0.5"},
      {{"minimax", "--function", "sin(x)", "--domain", "[-1,-1/2]", "--domain", "[1/4,1/3]",
        "--domain", "[1/2,1]", "--degree", "5"},
       "0.5"},
      {{"inverse", "--domain", "[2^-8,1]", "--error", "2^-20"}, "0.5"},
      {{"rsqrt", "--domain", "[2^-8,3]", "--degree", "5", "--corrections", "2"}, "0.5"},
      {{"sqrt", "--domain", "[2^-8,1]", "--error", "2^-10"}, "0.5"},
      {{"exp", "--domain", "[-16,0]", "--error", "2^-8", "--squarings", "2"}, "-0.5"},
  };
  for (auto [words, call] : requests) {
    const test::TemporaryFolder folder;
    words.insert(words.end(), {"-o", "f.hpp"});
    const auto made = test::equiripple(words, folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    test::write_text(folder / "main.cpp", program);
    for (const char* standard : {"-std=c++17", "-std=c++20"}) {
      CAPTURE(words[0]);
      CAPTURE(standard);
      const auto compiled =
          test::run({compiler, standard, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion",
                     "-Wshadow", "-Werror", "-I", test::source_folder() + "/runtime",
                     std::string("-DCALL=") + call, "main.cpp", "-o", "main"},
                    folder.path());
      CHECK_MESSAGE(compiled.status == 0, compiled.errors);
      CHECK(test::run({"./main"}, folder.path()).status == 0);
    }
  }
}

}  // namespace

TEST_CASE("emitted headers compile with g++") { check_with("g++"); }
TEST_CASE("emitted headers compile with clang++") { check_with("clang++"); }

// One function of one input and one of two, used wrongly: the compiler says which is right.
TEST_CASE("another number of inputs does not compile, with a sentence that says why") {
  if (!test::is_installed("g++")) {
    MESSAGE("SKIPPED: g++ is not installed");
    return;
  }
  const test::TemporaryFolder folder;
  for (const char* name : {"relu", "max"}) {
    REQUIRE(test::equiripple({name, "--degrees", "3", "-o", std::string("my_") + name + ".hpp"},
                             folder.path())
                .status == 0);
  }
  test::write_text(folder / "main.cpp", R"(
#include "my_relu.hpp"
#include "my_max.hpp"
#include <equiripple/simulated.hpp>
int main() {
  equiripple::simulated he(9, 0x1p+40);
  const auto x = he.encrypt({0.5}, 0x1p+40);
  const auto d = [](const auto& c) { return c.values; };
  const auto look = [](std::size_t, const auto&) {};
  const auto one = my_relu::prepare(he, 9, 0x1p+40);
  const auto two = my_max::prepare(he, 9, 0x1p+40);
  return CALL.level > 99;
}
)");
  const auto compile = [&](const std::string& call) {
    return test::run({"g++", "-std=c++17", "-fsyntax-only", "-I",
                      test::source_folder() + "/runtime", "-DCALL=" + call, "main.cpp"},
                     folder.path());
  };
  for (const char* call :
       {"one.evaluate(x)", "two.evaluate(x, x)", "my_relu::evaluate(he, x)",
        "my_max::evaluate(he, x, x)", "equiripple::evaluate_guarded<my_relu::Plan>(he, x, d)",
        "equiripple::evaluate_guarded<my_max::Plan>(he, x, x, d)", "one.evaluate_all({x})[0]",
        "one.guarded(look, x)", "two.guarded(look, x, x)"}) {
    CAPTURE(call);
    const auto compiled = compile(call);
    CHECK_MESSAGE(compiled.status == 0, compiled.errors);
  }
  const std::pair<const char*, const char*> wrong[] = {
      {"one.evaluate(x, x)", "this function takes one input: evaluate(x)"},
      {"two.evaluate(x)", "this function takes two inputs: evaluate(a, b)"},
      {"two.evaluate_all({x})[0]", "this function takes two inputs"},
      {"one.guarded(look, x, x)", "this function takes one input"},
      {"two.guarded(look, x)", "this function takes two inputs"},
      {"equiripple::evaluate<my_max::Plan>(he, x)", "this function takes two inputs"},
      {"equiripple::evaluate<my_relu::Plan>(he, x, x)", "this function takes one input"},
      {"equiripple::evaluate_guarded<my_max::Plan>(he, x, d)", "this function takes two inputs"},
      {"equiripple::evaluate_guarded<my_relu::Plan>(he, x, x, d)", "this function takes one input"},
      {"equiripple::max_of_slots<my_relu::Plan>(he, x, 2, d)", "needs the plan of max"},
      {"my_max::evaluate(he, x)", "error"},
      {"my_relu::evaluate(he, x, x)", "error"},
  };
  for (const auto& [call, sentence] : wrong) {
    CAPTURE(call);
    const auto compiled = compile(call);
    CHECK(compiled.status != 0);
    CHECK_MESSAGE(compiled.errors.find(sentence) != std::string::npos, compiled.errors);
  }
}

TEST_CASE("an edit by hand breaks the build where it breaks the table") {
  if (!test::is_installed("g++")) {
    MESSAGE("SKIPPED: g++ is not installed");
    return;
  }
  const test::TemporaryFolder folder;
  REQUIRE(test::equiripple({"sign", "--gap", "1/4", "--degrees", "3", "-o", "f.hpp"}, folder.path())
              .status == 0);
  std::string header = test::content_of(folder / "f.hpp");
  header.replace(header.find("0x0p+0,"), 7, "0x1p-9,");
  test::write_text(folder / "f.hpp", header);
  test::write_text(folder / "main.cpp", program);
  const auto compiled = test::run({"g++", "-std=c++17", "-I", test::source_folder() + "/runtime",
                                   "-DCALL=0.5", "main.cpp", "-o", "main"},
                                  folder.path());
  CHECK(compiled.status != 0);
  CHECK(compiled.errors.find("static assertion") != std::string::npos);
}
