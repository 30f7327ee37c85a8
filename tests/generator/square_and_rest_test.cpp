// Best approximation on points, against closed forms; and squares with a rest, between the best
// polynomial of their degree and the best square.
#include "generator/steps/square_and_rest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "generator/classical/on_points.hpp"
#include "generator/proof/certify.hpp"
#include "generator/steps/exponential.hpp"
#include "tests/support/near.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

// 1, x, ..., x^degree for x^(degree + 1), at the extrema of T_(degree + 1) and points between.
PointsProblem monomials(int degree) {
  constexpr int between = 6;
  PointsProblem problem;
  const int count = between * (degree + 1);
  for (int i = 0; i <= count; ++i) {
    const double x = std::cos(std::numbers::pi * i / count);
    std::vector<double> row{1};
    for (int k = 1; k <= degree; ++k) row.push_back(row.back() * x);
    problem.rows.push_back(row);
    problem.values.push_back(row.back() * x);
  }
  return problem;
}

double largest_error(const PointsProblem& problem, const std::vector<double>& coefficients) {
  double largest = 0;
  for (std::size_t i = 0; i < problem.rows.size(); ++i) {
    double rest = problem.values[i];
    for (std::size_t k = 0; k < coefficients.size(); ++k) {
      rest -= coefficients[k] * problem.rows[i][k];
    }
    largest = std::max(largest, std::abs(rest));
  }
  return largest;
}

ExponentialRequest falling() { return {.domain = {-1024, 0}, .error = power_of_two(-8)}; }

}  // namespace

// x^(n+1) - T_(n+1) / 2^n has degree n, and no other is as near to x^(n+1)  (Chebyshev).
TEST_CASE("x^(n+1) is best approximated on points to 2^-n") {
  for (const int degree : {0, 1, 4, 9, 14}) {
    CAPTURE(degree);
    const PointsProblem problem = monomials(degree);
    const auto fit = best_on_points(problem);
    REQUIRE(fit.has_value());
    const double best = std::ldexp(1.0, -degree);
    CHECK(fit->level == test::near(best, 1e-5));
    CHECK(largest_error(problem, fit->coefficients) == test::near(best, 1e-5));
    std::vector<double> nudged = fit->coefficients;
    nudged.front() += best / 8;
    CHECK(largest_error(problem, nudged) > best * 1.1);
  }
}

TEST_CASE("dependent functions have no best approximation, and too few points are refused") {
  PointsProblem problem = monomials(3);
  for (std::vector<double>& row : problem.rows) row.push_back(row[1] + row[2]);
  CHECK_FALSE(best_on_points(problem).has_value());
  problem.rows.resize(4);
  problem.values.resize(4);
  CHECK_THROWS_AS(best_on_points(problem), std::invalid_argument);
}

TEST_CASE("a square and a rest is nearer than a square, and no nearer than the best") {
  constexpr int root_degree = 31;
  MinimaxRequest start = exponential_problem(falling(), 1);
  start.degree = root_degree;
  const MinimaxResult root = minimax(start);
  REQUIRE(root.usable());
  MinimaxRequest whole = exponential_problem(falling(), 0);
  const auto found =
      square_and_rest({.problem = whole, .root = root.polynomial, .rest_degree = 23});
  REQUIRE(found.has_value());
  whole.degree = 2 * root_degree;
  CHECK(found->polynomial.degree() == whole.degree);
  const Certificate proof = certify(whole, found->polynomial, {});
  REQUIRE(proof.holds);
  CHECK(proof.error.upper <= Rational(found->error) * Rational(104, 100));
  CHECK(proof.error.upper >= minimax(whole).error.lower);
  CHECK(root.error.lower > 1);  // then no square of this degree keeps to 2^-8
  CHECK(proof.error.upper < falling().error);
  for (const Rational& c : found->polynomial.coefficients) CHECK(is_binary64(c));
}

TEST_CASE("a rest of the root's degree, and two intervals, are refused") {
  const MinimaxRequest whole = exponential_problem(falling(), 0);
  const ChebyshevSeries root{.basis = {-1024, 0}, .coefficients = {1, 1, 1}};
  CHECK_THROWS_AS(square_and_rest({.problem = whole, .root = root, .rest_degree = 2}),
                  std::invalid_argument);
  MinimaxRequest two = whole;
  two.domain = {{-2, -1}, {0, 1}};
  CHECK_THROWS_AS(square_and_rest({.problem = two, .root = root, .rest_degree = 1}),
                  std::invalid_argument);
}
