// Plans take no more levels and key switches than the best that is known, and than the peers.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/series.hpp"
#include "tests/support/artifacts.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;

namespace {

// Where the error of sign is neither rounding noise nor 1.
Rational gap_for(int degree) { return power_of_two(-4 - std::min(degree / 16, 3)); }

Plan plan_of(Kind kind, const std::vector<ChebyshevSeries>& stages) {
  const auto planned = make_plan(kind, stages);
  REQUIRE(planned.has_value());
  return planned->plan;
}

// The fewest key switches of a peer in no more levels than `row` says are needed.
int best_peer(const nlohmann::json& row, Parity parity) {
  int best = std::numeric_limits<int>::max();
  for (const char* column : {"lattigo_dense", "openfhe", "lattigo_even"}) {
    if (!row.contains(column)) continue;
    if (parity != Parity::even && column == std::string("lattigo_even")) continue;
    const auto& peer = row[column];
    if (peer["levels"] <= minimum_levels(row["degree"].get<int>())) {
      best = std::min(best, peer["key_switches"].get<int>());
    }
  }
  return best;
}

template <class SeriesOfDegree>
void check_against_peers(Parity parity, int highest, SeriesOfDegree series_of) {
  const nlohmann::json table = test::data("peer_costs.json");
  for (const auto& row : table["rows"]) {
    const int degree = row["degree"];
    if (degree > highest || !test::fits(degree, parity)) continue;
    if (!test::is_tried(degree, parity)) continue;
    CAPTURE(degree);
    const ChebyshevSeries series = series_of(degree);
    REQUIRE(series.degree() == degree);
    const Plan plan = plan_of(Kind::minimax, {series});
    CHECK(plan.costs.levels <= minimum_levels(degree));
    CHECK(plan.costs.key_switches <= best_peer(row, parity));
    CHECK(plan.growth <= 64 * size_of_function(Kind::minimax, {series}));
  }
}

// The magnitudes of the coefficients sum up to about 4.
ChebyshevSeries even_sized_series(test::Random& random, int degree, Parity parity) {
  ChebyshevSeries series = test::random_series(random, degree, parity, 1);
  const double factor = 4 / to_double(test::norm(series));
  for (Rational& c : series.coefficients) c = Rational(to_double(c) * factor);
  return series;
}

ChebyshevSeries best_approximation(const char* function, const char* domain, int degree) {
  return rounded(test::solve(function, domain, degree).polynomial, 53);
}

}  // namespace

TEST_CASE("sign polynomials take the fewest key switches that are known") {
  const nlohmann::json table = test::data("plan_targets.json");
  for (const auto& row : table["rows"]) {
    const int degree = row["degree"];
    CAPTURE(degree);
    const auto stages = test::sign_stages({degree}, gap_for(degree));
    const Plan plan = plan_of(Kind::sign, stages);
    CHECK(plan.costs.levels == row["levels"]);
    CHECK(plan.costs.key_switches <= row["key_switches"]);
    CHECK(plan.costs.tensor_products <= row["tensor_products"]);
    CHECK(plan.growth <= 64 * size_of_function(Kind::sign, stages));
  }
}

TEST_CASE("stages in which every value adapts take the fewest key switches that are known") {
  const nlohmann::json table = test::data("plan_targets.json");
  for (const Rational& gap : {power_of_two(-4), power_of_two(-6)}) {
    for (const auto& row : table["rows"]) {
      const int degree = row["degree"];
      CAPTURE(degree);
      CAPTURE(to_double(gap));
      const Plan plan = plan_of(Kind::sign, test::sign_stages({degree}, gap));
      CHECK(plan.costs.levels == row["levels"]);
      CHECK(plan.costs.key_switches <= row["nonlinear_key_switches"]);
      CHECK(plan.growth <= 64);
    }
  }
}

TEST_CASE("x times a last stage takes the fewest key switches that are known") {
  constexpr int first_degree = 3;
  const nlohmann::json table = test::data("plan_targets.json");
  for (const auto& row : table["rows"]) {
    const int degree = row["degree"];
    CAPTURE(degree);
    const auto stages = test::sign_stages({first_degree, degree}, gap_for(degree));
    const PlanCosts first = plan_of(Kind::sign, {stages.front()}).costs;
    for (const Kind kind : {Kind::relu, Kind::abs, Kind::max}) {
      CAPTURE(std::string(name_of(kind)));
      const Plan plan = plan_of(kind, stages);
      CHECK(plan.costs.levels - first.levels == row["levels"]);
      CHECK(plan.costs.key_switches - first.key_switches <= row["relu_key_switches"]);
      CHECK(plan.growth <= 64);
    }
  }
}

TEST_CASE("ReLU in encrypted networks") {
  const PlanCosts small = test::sign_artifact(Kind::relu, {7, 7}, "", "1").plan->costs;
  CHECK(small.levels == 6);
  CHECK(small.key_switches <= 9);
  CHECK(small.rescalings <= 11);
  const PlanCosts large = test::sign_artifact(Kind::relu, {15, 15, 27}, "", "1").plan->costs;
  CHECK(large.levels == 13);
  CHECK(large.key_switches <= 20);
  CHECK(large.rescalings <= 31);
}

TEST_CASE("series with coefficients of one size take no more key switches than at the peers") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const Parity parity : {Parity::none, Parity::even}) {
    CAPTURE(parity == Parity::even);
    check_against_peers(parity, 255,
                        [&](int degree) { return even_sized_series(random, degree, parity); });
  }
}

TEST_CASE("best approximations take no more key switches than at the peers") {
  SUBCASE("dense") {
    check_against_peers(Parity::none, 127, [](int degree) {
      return best_approximation("sigmoid(x)", "[-8,12]", degree);
    });
  }
  SUBCASE("even") {
    check_against_peers(Parity::even, 64, [](int degree) {
      return best_approximation("1/(1+x^2)", "[-8,8]", degree);
    });
  }
}
