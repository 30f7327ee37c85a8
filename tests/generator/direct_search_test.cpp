// Direct polynomials: their errors against what is known of |x|, and the search over both classes
// against exhaustion.
#include "generator/search/direct_search.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generator/sign/direct.hpp"
#include "generator/sign/problem.hpp"
#include "tests/support/data.hpp"
#include "tests/support/exhaustion.hpp"
#include "tests/support/near.hpp"
#include "tests/support/stage_costs.hpp"

using namespace equiripple;

namespace {

constexpr int max_degree = 15;  // of stages
constexpr int max_direct = 40;
constexpr int stages = 3;

// Levels by the rule, and key switches that rise slowly: two ways for each degree.
std::vector<StageOption> made_up_ways(int parity, bool with_latency) {
  std::vector<StageOption> ways;
  for (int degree = 2 + parity; degree <= max_direct; degree += 2) {
    int levels = 0;
    while (1 << levels <= degree) ++levels;
    for (int spare = 0; spare < 2; ++spare) {
      StageOption& way = ways.emplace_back(StageOption{
          .degree = degree, .levels = levels + spare, .key_switches = levels + degree / 3 - spare});
      if (with_latency) way.latency = {way.key_switches * (way.levels + 1.0)};
    }
  }
  return ways;
}

double solved_error(const std::optional<Rational>& gap, int degree) {
  const MinimaxResult solved =
      minimax(gap ? sign_problem(*gap, 1, degree) : abs_problem(1, degree));
  REQUIRE(solved.usable());
  return to_double(solved.error.upper) / (gap ? 1 : 2);
}

// Every composition and every direct polynomial that reaches the error.
std::vector<FoundComposition> all_that_reach(const CompositeSearchRequest& request,
                                             const std::vector<StageOption>& ways) {
  StageErrors errors;
  const double target = to_double(*request.error);
  std::vector<FoundComposition> reached;
  const auto add = [&](const Composition& one, double error) {
    if (error <= target) reached.push_back({one, Rational(0), error});
  };
  for (const Composition& one :
       test::all_compositions(request.costs, stages, max_degree, /*times_x=*/!request.gap)) {
    if (request.gap) {
      add(one, test::error_on_gap(one.degrees, to_double(*request.gap),
                                  to_double(request.margin.at(*request.gap))));
    } else {
      const ReluBalance start = estimated_balance(one.degrees, request.margin, errors);
      if (start.error > target) continue;  // below the error
      add(one, measured_balance(one.degrees, request.margin, start).error);
    }
  }
  for (const StageOption& way : ways) {
    add({.degrees = {way.degree},
         .stage_levels = {way.levels},
         .levels = way.levels,
         .key_switches = way.key_switches,
         .latency = way.latency_with(0)},
        solved_error(request.gap, way.degree));
  }
  return reached;
}

void check_against_exhaustion(const CompositeSearchRequest& request) {
  const auto ways = made_up_ways(request.gap ? 1 : 0, request.by_latency);
  auto found = DegreesSearch().front(request, ways);
  std::erase_if(
      found, [](const FoundComposition& one) { return one.composition.degrees.size() > stages; });
  const auto best = test::undominated(all_that_reach(request, ways), request.by_latency);
  REQUIRE_FALSE(best.empty());
  for (const FoundComposition& one : best) {
    CAPTURE(one.composition.degrees.front());
    CHECK(std::ranges::any_of(found, [&](const FoundComposition& other) {
      const Composition& a = other.composition;
      const Composition& b = one.composition;
      return a.levels <= b.levels && (request.by_latency ? a.latency <= b.latency * (1 + 1e-12)
                                                         : a.key_switches <= b.key_switches);
    }));
  }
}

bool is_direct(const FoundComposition& one) { return one.composition.degrees.front() % 2 == 0; }

}  // namespace

TEST_CASE("errors of ReLU by the series in 1 / degree are those of the exchange") {
  DirectSearch search;
  for (const int degree : {2, 4, 14, 16, 18, 20, 64, 126, 250}) {
    CAPTURE(degree);
    const MinimaxResult solved = minimax(abs_problem(1, degree));
    const double error = to_double(solved.error.attained) / 2;
    CHECK(std::abs(*search.error(std::nullopt, degree) / error - 1) < 0x1p-20);
  }
}

TEST_CASE("the error of a direct ReLU is half of the error of |x|") {
  DirectSearch search;
  const nlohmann::json errors = test::data("abs_errors.json")["errors"];
  for (const auto& [degree, error] : errors.items()) {
    const auto found = search.error(std::nullopt, std::stoi(degree));
    REQUIRE(found.has_value());
    CHECK(2 * *found == test::near(std::stod(error.get<std::string>()), 0x1p-18));
  }
  for (const int degree :
       {254, 1022}) {  // Bernstein's constant, and the next term of the expansion
    const double n = degree / 2.0;
    const double expected = (0.2801694990238691 - 0.0439675288 / (n * n)) / degree;
    CHECK(2 * *search.error(std::nullopt, degree) == test::near(expected, 1e-5));
  }
  CHECK(search.undecided().empty());
}

// By the asymptotics, and two errors that double resolves.
TEST_CASE("errors of sign that double does not resolve are extrapolated for high degrees") {
  DirectSearch search;
  for (const auto& [gap, degree] :
       {std::pair(Rational(1, 16), 1025), std::pair(Rational(1, 30), 1301)}) {
    CAPTURE(degree);
    const MinimaxResult solved = minimax(sign_problem(gap, 1, degree));
    const double error = to_double(solved.error.attained);
    CHECK(error < 0x1p-40);
    CHECK(std::abs(*search.error(gap, degree) / error - 1) < 0x1p-15);
  }
}

TEST_CASE("of sign the least degree is found among those far below the error") {
  std::vector<StageOption> ways;
  for (const int degree : {15, 31, 63, 127, 255, 511, 1023, 2047, 4095}) {
    ways.push_back({.degree = degree, .levels = degree, .key_switches = degree});
  }
  DirectSearch search;
  const auto found = search.front({.gap = Rational(1, 16), .error = power_of_two(-20)}, ways);
  REQUIRE(found.size() == 1);
  CHECK(found.front().composition.degrees == std::vector{255});
  CHECK(search.undecided().empty());
}

TEST_CASE("the search over both classes agrees with exhaustion") {
  for (const bool by_latency : {false, true}) {
    CAPTURE(by_latency);
    for (const double bits : {4.5, 6.5, 7.5}) {
      CAPTURE(bits);
      check_against_exhaustion({.error = Rational(std::exp2(-bits)),
                                .max_degree = max_degree,
                                .by_latency = by_latency,
                                .costs = test::made_up_costs(by_latency)});
    }
    for (const double error : {0.2, 0.05, 0.01}) {
      CAPTURE(error);
      check_against_exhaustion({.gap = Rational(1, 16),
                                .error = Rational(error),
                                .margin = {.fixed = Rational(0)},
                                .max_degree = max_degree,
                                .by_latency = by_latency,
                                .costs = test::made_up_costs(by_latency)});
    }
  }
}

TEST_CASE("both classes are found where each has its use, and the budgets are kept") {
  const auto ways = made_up_ways(0, false);
  CompositeSearchRequest request{
      .error = power_of_two(-7), .max_degree = max_degree, .costs = test::made_up_costs(false)};
  DegreesSearch search;
  const auto found = search.front(request, ways);
  REQUIRE(found.size() >= 2);
  CHECK(is_direct(found.front()));  // the fewest levels
  CHECK_FALSE(is_direct(found.back()));
  request.max_levels = found.back().composition.levels;
  request.max_key_switches = found.back().composition.key_switches;
  for (const FoundComposition& one : search.front(request, ways)) {
    CHECK(one.composition.key_switches <= *request.max_key_switches);
  }
  request.error.reset();
  request.only_best = true;
  request.max_levels = 5;
  request.max_key_switches.reset();
  const auto best = search.front(request, ways);
  REQUIRE_FALSE(best.empty());
  CHECK(best.front().composition.degrees == std::vector<int>{30});
}

TEST_CASE("ReLU and |x| are made of each other exactly") {
  const MinimaxResult solved = minimax(abs_problem(Rational(3), 10));
  REQUIRE(solved.usable());
  const ChebyshevSeries abs = rounded(solved.polynomial, 53);
  const ChebyshevSeries relu = relu_of_abs(abs);
  CHECK(abs_of_relu(relu).coefficients == abs.coefficients);
  CHECK(abs_of_relu(relu).parity == Parity::even);
  const SeriesEvaluator<double> p(relu);
  const SeriesEvaluator<double> q(abs);
  for (const double x : {-3.0, -1.25, 0.0, 0.5, 3.0}) {
    CHECK(p(x) == test::near((x + q(x)) / 2, 1e-14));
  }
}
