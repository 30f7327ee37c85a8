// Whatever the problem: a right answer or a clear status, and never a hang.
#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <sstream>

#include "generator/exchange/measure.hpp"
#include "generator/function/parse.hpp"
#include "tests/support/attempt.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

TEST_CASE("random problems end in a right answer or in a clear status") {
  constexpr int problems = 60;
  constexpr double hang_seconds = 60;  // chosen: a hang, not the load of the machine
  test::Random random(test::seed());
  std::map<std::string, int> counts;
  double slowest = 0;
  std::string slowest_problem;
  for (int i = 0; i < problems * test::effort(); ++i) {
    const test::RandomProblem problem = test::random_problem(random);
    CAPTURE(test::seed());
    CAPTURE(i);
    CAPTURE(problem.text());
    const auto start = std::chrono::steady_clock::now();
    test::Outcome outcome;
    CHECK_NOTHROW(outcome = test::attempt(problem));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    CHECK_MESSAGE(outcome.complaint.empty(), outcome.complaint);
    CHECK(seconds.count() < hang_seconds);
    ++counts[outcome.name];
    if (seconds.count() > slowest) {
      slowest = seconds.count();
      slowest_problem = problem.text();
    }
  }
  std::ostringstream statistics;
  for (const auto& [name, count] : counts) statistics << count << " " << name << ", ";
  MESSAGE(statistics.str() << "the slowest " << slowest << " s: " << slowest_problem);
  CHECK(counts["converged"] > problems / 4);
}

// The checker must reject a wrong answer, or every check above is worth nothing.
TEST_CASE("the complaints of the random test") {
  test::Solved right{.request = test::problem("exp(x)", "[-1,1]", 5), .result = {}};
  right.result = minimax(right.request);
  right.stored = rounded(right.result.polynomial, binary64_bits);
  right.stored_request = right.request;
  right.proof = certify(right.request, right.stored, right.result);
  REQUIRE(right.proof.holds);
  CHECK(complaint_about(right).empty());

  const auto with = [&](auto spoil) {
    test::Solved wrong = right;
    spoil(wrong);
    return complaint_about(wrong);
  };
  CHECK(with([](test::Solved& s) { s.stored.coefficients[2] += power_of_two(-20); }) ==
        "a sample is above the upper end");
  CHECK(with([](test::Solved& s) {
          s.proof.error.upper = s.proof.error.attained * Rational(99, 100);
        }) == "ends in disorder");
  CHECK(with([](test::Solved& s) { s.proof.error.lower *= Rational(99, 100); }) ==
        "the lower end is not the solved level");
  CHECK(with([](test::Solved& s) { s.proof.error.evidence = Evidence::measured; }) == "not proved");
  CHECK(with([](test::Solved& s) { s.result.polynomial.coefficients[2] += power_of_two(-40); }) ==
        "no alternation: the sizes differ");
}

TEST_CASE("the random problems are of every kind") {
  test::Random random(1);
  std::map<std::string, int> seen;
  for (int i = 0; i < 400; ++i) {
    const test::RandomProblem problem = test::random_problem(random);
    for (const std::string word : {"if(", "mod(", "pow(", "max(", "min(", "abs(", "sqrt("}) {
      if (problem.function.find(word) != std::string::npos) ++seen[word];
    }
    if (problem.weight != "1") ++seen["weight"];
    if (problem.parity != Parity::none) ++seen["parity"];
    const auto parsed = parse_function(problem.function);
    const std::string again = parsed.has_value() ? parsed->text() : "0";
    CHECK_MESSAGE(parse_function(again).has_value(), again);
  }
  CHECK(seen.size() == 9);
  for (const auto& [word, count] : seen) CHECK_MESSAGE(count > 10, word);
}
