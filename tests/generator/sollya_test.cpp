// Minimal errors as Sollya's remez finds them: an exchange by other people, in other code.
#include <doctest/doctest.h>

#include "emit/hexfloat.hpp"
#include "tests/support/command.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

constexpr double agreement = 1e-6;  // relative; remez is asked for 2^-24

// Sollya minimises |p * weight - function| on an interval, over p of a degree, or of a list of
// powers.
struct SollyaProblem {
  std::string function;
  std::string powers;
  std::string interval;
  std::string weight = "1";
};

struct Case {
  const char* function;
  const char* domain;
  int degree;
  SollyaProblem theirs;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"exp(x)", "[-1,1]", 10, {"exp(x)", "10", "[-1;1]"}},
      {"exp(x)", "[0,1/3]", 8, {"exp(x)", "8", "[0;1/3]"}},
      {"sigmoid(x)", "[-8,8]", 15, {"1/(1+exp(-x))", "15", "[-8;8]"}},
      {"gelu(x)", "[-8,8]", 16, {"sqrt(x)/2*erf(sqrt(x/2))", "8", "[0;64]"}},
      {"abs(x)", "[-1,1]", 12, {"sqrt(x)", "6", "[0;1]"}},
      {"sin(x)", "[-1,2]", 9, {"sin(x)", "9", "[-1;2]"}},
      {"log(x)", "[1/4,3]", 12, {"log(x)", "12", "[1/4;3]"}},
      {"sign(x)", "[-1,-1/16] [1/16,1]", 15, {"1", "7", "[1/256;1]", "sqrt(x)"}},
      {"sign(x)", "[-1,-2^-8] [2^-8,1]", 31, {"1", "15", "[1b-16;1]", "sqrt(x)"}},
  };
  return all;
}

Rational error_by_sollya(const SollyaProblem& problem) {
  const std::string& weight = problem.weight;
  const test::TemporaryFolder folder;
  test::write_text(folder / "problem.sollya",
                   "prec = 200!;\ndisplay = hexadecimal!;\np = remez(" + problem.function + ", " +
                       problem.powers + ", " + problem.interval + ", " + weight +
                       ", 1b-24);\ndirtyinfnorm(p * (" + weight + ") - (" + problem.function +
                       "), " + problem.interval + ");\nquit;\n");
  const auto result = test::run({"sollya", "problem.sollya"}, folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.output << result.errors);
  const std::string lines = result.output.substr(0, result.output.find_last_not_of('\n') + 1);
  const auto error = parse_hexfloat(lines.substr(lines.rfind('\n') + 1));
  REQUIRE_MESSAGE(error.has_value(), result.output);
  return *error;
}

bool agree(const Rational& a, const Rational& b) {
  return test::relative_difference(a, b) < agreement;
}

}  // namespace

TEST_CASE("minimal errors agree with Sollya's") {
  if (!test::is_installed("sollya")) {
    MESSAGE("SKIPPED: sollya is not installed");
    return;
  }
  for (const Case& one : cases()) {
    CAPTURE(one.function);
    CAPTURE(one.degree);
    const Rational theirs = error_by_sollya(one.theirs);
    CHECK(agree(test::solve(one.function, one.domain, one.degree).error.lower, theirs));
    // A neighbouring problem must not pass: the comparison would be worth nothing.
    CHECK_FALSE(agree(test::solve(one.function, one.domain, one.degree + 2).error.lower, theirs));
  }
}
