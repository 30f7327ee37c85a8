// The smallest degree: where the search begins does not change what it finds.
#include "generator/exchange/degree_search.hpp"

#include <doctest/doctest.h>

#include "generator/exchange/coarse.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

TEST_CASE("the smallest degree is found from wherever the search begins") {
  const MinimaxRequest any = test::problem("exp(x)", "[-4,4]", 0);
  const MinimaxRequest odd = test::problem("sin(x)", "[-4,4]", 0);
  for (const MinimaxRequest& problem : {any, odd}) {
    const Rational error = power_of_two(-20);
    const DegreeSearch found = smallest_degree(problem, error, 60);
    REQUIRE(found.found);
    MinimaxRequest at_it = problem;
    at_it.degree = found.degree;
    CHECK(minimax(at_it).error.upper <= error);
    at_it.degree -= problem.parity == Parity::none ? 1 : 2;
    CHECK(minimax(at_it).error.lower > error);
    for (const int expected : {1, found.degree - 1, found.degree, found.degree + 1, 40, 60, 99}) {
      CAPTURE(expected);
      const DegreeSearch other = smallest_degree(problem, error, 60, expected);
      CHECK(other.found);
      CHECK(other.degree == found.degree);
    }
    CHECK_FALSE(smallest_degree(problem, error, found.degree - 3, 2).found);
  }
}

// |sin(2 pi x)| is at most 2 pi w within w of an integer, and 0 at all of them: no polynomial of a
// degree below the number of intervals comes closer than about that.
TEST_CASE(
    "no low degree is taken for enough where the target is 0 in the middle of every interval") {
  MinimaxRequest problem = test::problem("sin(2*pi*x)", "[-1,1]", 0);
  problem.domain.clear();
  const Rational width = power_of_two(-10);
  for (int i = -15; i <= 15; ++i) problem.domain.push_back({i - width, i + width});
  const DegreeSearch search = smallest_degree(problem, power_of_two(-20), 30);
  CHECK_FALSE(search.found);
}

// 1/2 is the best polynomial as long as the target turns more often than the degree: its error is
// 1/2, and that of degrees somewhat above is all but that.
TEST_CASE("a level in double tells that the error is above, whether double ends or not") {
  MinimaxRequest problem = test::problem("(1-cos(pi*x))/2", "[0,63]", 0);
  for (const int degree : {20, 55, 63, 66, 70, 80}) {
    CAPTURE(degree);
    problem.degree = degree;
    const CoarseAnswer answer = CoarseMinimax::look(problem);
    CHECK(answer.at_least > 0.2);
    CHECK(answer.at_least <= 0.5);
    if (answer.solution) CHECK(answer.at_least <= answer.solution->error());
  }
  const Rational error(1, 100);
  const DegreeSearch found = smallest_degree(problem, error, 140);
  REQUIRE(found.found);
  problem.degree = found.degree;
  CHECK(minimax(problem).error.upper <= error);
  problem.degree = found.degree - 1;
  CHECK(minimax(problem).error.lower > error);
}
