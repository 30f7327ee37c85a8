// Fits of tables: exact laws, slow second implementations, and checkers that must reject.
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "generator/data/error.hpp"
#include "generator/data/fit.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/function/evaluate.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/tables.hpp"

using namespace equiripple;

namespace {

DataResult best(const DataTable& table, int degree, Parity parity = Parity::none) {
  auto result = discrete_minimax({.table = table, .degree = degree, .parity = parity});
  REQUIRE_MESSAGE(result.usable(), result.detail);
  return result;
}

DataResult squares(const DataTable& table, int degree, Parity parity = Parity::none) {
  auto result = least_squares({.table = table, .degree = degree, .parity = parity});
  REQUIRE_MESSAGE(result.usable(), result.detail);
  return result;
}

// To 53 bits, as a table would hold it.
std::function<Rational(const Rational&)> sampled(const std::string& text) {
  const CompiledFunction<Real<128>> f(test::function(text));
  return [f](const Rational& x) {
    return round_to_bits(to_rational(f(from_rational<Real<128>>(x))), 53, Rounding::nearest);
  };
}

bool close(const Rational& a, const Rational& b, int bits) {
  return abs(a - b) <= abs(b) * power_of_two(-bits);
}

}  // namespace

// Of a constant c and two points it is w0 |c - y0| = w1 |y1 - c|.
TEST_CASE("weights: two points and a constant in closed form") {
  const DataTable table{.points = {{0, 0}, {1, 1}}};
  const DataResult result = discrete_minimax(
      {.table = table, .degree = 0, .parity = Parity::none, .weights = {3, Rational(1, 2)}});
  REQUIRE(result.usable());
  const Rational off = result.polynomial.coefficients.front() - Rational(1, 7);
  CHECK(abs(off) <= power_of_two(-60));
  CHECK_THROWS_AS(static_cast<void>(discrete_minimax(
                      {.table = table, .degree = 0, .parity = Parity::none, .weights = {1}})),
                  std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(discrete_minimax(
                      {.table = table, .degree = 0, .parity = Parity::none, .weights = {1, 0}})),
                  std::invalid_argument);
}

TEST_CASE("values of a polynomial of the class come back as that polynomial") {
  const auto cubic = [](const Rational& x) -> Rational { return 4 * x * x * x - x / 2 + 3; };
  for (const int degree : {3, 4, 9}) {
    for (const int count : {4, 5, 40}) {
      CAPTURE(degree);
      CAPTURE(count);
      const DataTable table = test::grid(-2, 2, count, cubic);
      for (const DataResult& fit : {best(table, degree), squares(table, degree)}) {
        const ChebyshevSeries stored = rounded(fit.polynomial, 53);
        CHECK(stored.degree() == 3);
        CHECK(table_error(table, stored).upper == 0);
        CHECK(test::value_at(stored, Rational(1) / 7) == cubic(Rational(1) / 7));
      }
      CHECK(best(table, degree).status == DataStatus::interpolates);
    }
  }
}

TEST_CASE("as many points as coefficients are interpolated") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int count = 1; count <= 12; ++count) {
    const DataTable table = test::random_table(random, count);
    for (const DataResult& fit : {best(table, 11), squares(table, 11)}) {
      CAPTURE(count);
      CHECK(fit.status == DataStatus::interpolates);
      CHECK(fit.polynomial.degree() <= count - 1);
      CHECK(test::largest_error(table, fit.polynomial) < power_of_two(-60));
    }
  }
}

TEST_CASE("minimax is the largest level of all references") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 30 * test::effort(); ++i) {
    const int count = test::integer_between(random, 2, 10);
    const int degree = test::integer_between(random, 0, count - 2);
    CAPTURE(i);
    const DataTable table = test::random_table(random, count);
    const DataResult fit = best(table, degree);
    const Rational error = test::exhaustive_minimax(table, degree);
    CHECK(close(test::largest_error(table, fit.polynomial), error, 90));
    const Rational bound = alternation_bound(fit.reference, fit.polynomial);
    CHECK(bound <= error);
    CHECK(close(bound, error, 90));
  }
}

TEST_CASE("the error alternates at degree + 2 points, also of large and noisy tables") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 10 * test::effort(); ++i) {
    const DataTable table = test::random_table(random, test::integer_between(random, 60, 250));
    const int degree = test::integer_between(random, 0, 30);
    CAPTURE(i);
    const DataResult fit = best(table, degree);
    CHECK(test::alternates(table, fit, degree + 1));
    auto nudged = fit;  // the checker must see what is wrong
    nudged.polynomial.coefficients[0] += power_of_two(-50);
    CHECK_FALSE(test::alternates(table, nudged, degree + 1));
    auto missing = fit;
    missing.reference.pop_back();
    CHECK_FALSE(test::alternates(table, missing, degree + 1));
  }
}

// max over a part is at most the max over the whole; between the points of a grid of step h the
// error of exp moves by O(h^2).
TEST_CASE("on ever denser grids the error rises to that on the interval") {
  for (const int degree : {2, 5}) {
    const Rational continuous = test::solve("exp(x)", "[-1,1]", degree).error.upper;
    Rational before = 0;
    for (const int intervals : {16, 32, 64, 128, 1024}) {
      const DataTable table = test::grid(-1, 1, intervals + 1, sampled("exp(x)"));
      const DataResult fit = best(table, degree);
      const Rational error = alternation_bound(fit.reference, fit.polynomial);
      CHECK(error + power_of_two(-50) >= before);  // values are rounded to 2^-52
      CHECK(error <= continuous + power_of_two(-50));
      CHECK(continuous - error <= continuous * 100 / (intervals * intervals));
      before = error;
    }
  }
}

TEST_CASE("least squares solves the normal equations") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 20 * test::effort(); ++i) {
    const int count = test::integer_between(random, 2, 40);
    const int degree = test::integer_between(random, 0, std::min(count - 1, 8));
    CAPTURE(i);
    const DataTable table = test::random_table(random, count);
    const ChebyshevSeries fit = squares(table, degree).polynomial;
    const ChebyshevSeries exact = from_powers(test::normal_equations(table, degree), fit.basis);
    CHECK(coefficient_distance(fit, exact) < power_of_two(-80));
  }
}

TEST_CASE("linear regression") {
  // Of (0, 0), (1, 1), (2, 1): 1/6 + x/2; residuals -1/6, 1/3, -1/6, of mean square 1/18.
  const DataTable table{{{0, 0}, {1, 1}, {2, 1}}};
  const ChebyshevSeries line = squares(table, 1).polynomial;
  CHECK(abs(test::value_at(line, 0) - Rational(1) / 6) < power_of_two(-100));
  CHECK(abs(test::value_at(line, 2) - Rational(7) / 6) < power_of_two(-100));
  const Rational root = root_mean_square(table, line);
  CHECK(close(root * root, Rational(1) / 18, 90));
  CHECK(root * root >= Rational(1) / 18);
  // Minimax: 1/4 + x/2, where all three errors are 1/4.
  CHECK(close(test::largest_error(table, best(table, 1).polynomial), Rational(1) / 4, 90));
}

TEST_CASE("least squares has the smaller squares, minimax the smaller largest error") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 10; ++i) {
    const DataTable table = test::random_table(random, 50);
    const auto low = best(table, 6).polynomial;
    const auto square = squares(table, 6).polynomial;
    CHECK(root_mean_square(table, square) < root_mean_square(table, low));
    CHECK(table_error(table, low).upper < table_error(table, square).attained);
  }
}

TEST_CASE("parity: what the table has, and what is imposed") {
  const DataTable odd = test::grid(-3, 3, 31, sampled("atan(x)"));
  const DataTable even = test::grid(-3, 3, 31, sampled("abs(x)"));
  CHECK(parity_of(odd) == Parity::odd);
  CHECK(parity_of(even) == Parity::even);
  CHECK(parity_of(test::grid(-3, 4, 31, sampled("abs(x)"))) == Parity::none);
  CHECK(parity_of(test::grid(-3, 3, 31, sampled("x+1"))) == Parity::none);
  for (const auto& [table, parity, degree, free] :
       {std::tuple(odd, Parity::odd, 7, 4), std::tuple(even, Parity::even, 8, 5)}) {
    const DataResult imposed = best(table, degree, parity);
    CHECK(test::alternates(table, imposed, free));
    CHECK(close(test::largest_error(table, imposed.polynomial),
                test::largest_error(table, best(table, degree).polynomial), 80));
    CHECK(coefficient_distance(squares(table, degree, parity).polynomial,
                               squares(table, degree).polynomial) < power_of_two(-80));
    const std::size_t first = parity == Parity::odd ? 0 : 1;
    for (std::size_t k = first; k < imposed.polynomial.coefficients.size(); k += 2) {
      CHECK(imposed.polynomial.coefficients[k] == 0);
    }
  }
  // On one side of 0 any values will do.
  const DataTable right = test::grid(Rational(1) / 10, 3, 40, sampled("exp(-x)"));
  CHECK(test::alternates(right, best(right, 5, Parity::odd), 3));
  CHECK(test::alternates(right, best(right, 6, Parity::even), 4));
}

TEST_CASE("values that contradict an imposed parity") {
  const DataTable table{{{-1, 5}, {Rational(1) / 2, 1}, {1, 3}}};
  const auto minimax = discrete_minimax({.table = table, .degree = 3, .parity = Parity::odd});
  CHECK(minimax.status == DataStatus::conflicting);
  CHECK(minimax.conflict == 1);
  const DataTable at_zero{{{0, 1}, {1, 3}}};
  CHECK(discrete_minimax({.table = at_zero, .degree = 3, .parity = Parity::odd}).status ==
        DataStatus::conflicting);
  CHECK(discrete_minimax({.table = at_zero, .degree = 3, .parity = Parity::even}).usable());
  // Squares decide: p(1) is half way between 3 and -5.
  const auto fit = squares(table, 3, Parity::odd);
  CHECK(fit.status == DataStatus::converged);
  CHECK(abs(test::value_at(fit.polynomial, 1) + 1) < power_of_two(-90));
}

TEST_CASE("a claim about a table is exact, and a nudged coefficient breaks it") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int i = 0; i < 10 * test::effort(); ++i) {
    const DataTable table = test::random_table(random, 40);
    const ChebyshevSeries stored =
        rounded(best(table, test::integer_between(random, 0, 12)).polynomial, 53);
    const TableError error = table_error(table, stored);
    CHECK(error.attained == test::largest_error(table, stored));
    CHECK(error.upper == error.attained);
    auto nudged = stored;
    nudged.coefficients[0] += power_of_two(-45);
    CHECK(table_error(table, nudged).attained > error.upper);
  }
}

TEST_CASE("a bound is only given where the signs alternate") {
  const DataTable table = test::grid(-1, 1, 50, sampled("exp(x)"));
  const DataResult fit = best(table, 3);
  CHECK(alternation_bound(fit.reference, fit.polynomial) > 0);
  auto shuffled = fit.reference;
  std::swap(shuffled[0], shuffled[1]);
  CHECK(alternation_bound(shuffled, fit.polynomial) == 0);
  auto repeated = fit.reference;
  repeated[1] = repeated[0];
  CHECK(alternation_bound(repeated, fit.polynomial) == 0);
  auto moved = fit.polynomial;
  moved.coefficients[0] += 1;
  CHECK(alternation_bound(fit.reference, moved) == 0);
}

TEST_CASE("scaling and moving a table") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const DataTable table = test::random_table(random, 60);
  const Rational error = test::largest_error(table, best(table, 7).polynomial);
  const std::tuple<Rational, Rational, Rational> maps[] = {
      {1, 0, -3},
      {power_of_two(-300), 0, 1},
      {power_of_two(300), 5, power_of_two(-900)},
      {Rational(1) / 3, 1000, power_of_two(900)}};
  for (const auto& [width, shift, height] : maps) {
    DataTable image;
    for (const DataPoint& point : table.points) {
      image.points.push_back({point.x * width + shift, point.y * height});
    }
    const Rational mapped = test::largest_error(image, best(image, 7).polynomial);
    CHECK(close(mapped, abs(height) * error, 80));
  }
}

TEST_CASE("points that only a high rung holds apart") {
  DataTable table = test::grid(-1, 1, 20, sampled("exp(x)"));
  table.points.insert(table.points.begin() + 5,
                      {table.points[4].x + power_of_two(-700), table.points[4].y + 1});
  const DataResult fit = best(table, 3);
  CHECK(close(test::largest_error(table, fit.polynomial), test::exhaustive_minimax(table, 3), 80));
  CHECK(squares(table, 3).status == DataStatus::converged);
}

TEST_CASE("one value, zeros, one point") {
  const auto constant = [](const Rational&) { return Rational(1) / 4; };
  CHECK(best(test::grid(0, 9, 10, constant), 5).polynomial.coefficients ==
        std::vector<Rational>{Rational(1) / 4});
  const auto zero = [](const Rational&) { return Rational(0); };
  for (const Parity parity : {Parity::none, Parity::odd, Parity::even}) {
    const DataTable table = test::grid(-4, 4, 9, zero);
    CHECK(best(table, 3, parity).polynomial.coefficients == std::vector<Rational>{0});
    CHECK(squares(table, 0, parity).polynomial.coefficients == std::vector<Rational>{0});
  }
  const DataTable origin{{{0, 0}}};
  CHECK(best(origin, 0, Parity::odd).polynomial.coefficients == std::vector<Rational>{0});
  const DataTable two{{{1, -3}, {2, 5}}};
  CHECK(test::largest_error(two, best(two, 0, Parity::odd).polynomial) == 5);
}

TEST_CASE("equal requests give equal bits") {
  const DataTable table = test::grid(-1, 2, 300, sampled("sin(3*x)"));
  CHECK(best(table, 9).polynomial.coefficients == best(table, 9).polynomial.coefficients);
  CHECK(squares(table, 9).polynomial.coefficients == squares(table, 9).polynomial.coefficients);
}

TEST_CASE("broken requests throw") {
  const auto fit = [](DataTable table, int degree) {
    static_cast<void>(discrete_minimax({.table = std::move(table), .degree = degree}));
  };
  CHECK_THROWS_AS(fit({}, 1), std::invalid_argument);
  CHECK_THROWS_AS(fit({{{1, 1}, {1, 2}}}, 1), std::invalid_argument);
  CHECK_THROWS_AS(fit({{{2, 1}, {1, 2}}}, 1), std::invalid_argument);
  CHECK_THROWS_AS(fit({{{1, 1}}}, -1), std::invalid_argument);
  CHECK_THROWS_AS(fit({{{1, 1}}}, highest_fit_degree + 1), std::invalid_argument);
  CHECK_THROWS_AS(fit({{{power_of_two(401), 1}}}, 1), std::invalid_argument);
  CHECK_THROWS_AS(
      static_cast<void>(table_error({{{3, 1}}}, {.basis = {-1, 1}, .coefficients = {1}})),
      std::invalid_argument);
}
