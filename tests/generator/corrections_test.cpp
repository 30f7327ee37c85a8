// Corrections of a start against closed forms and against every value a start can have; the search
// against exhaustion.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

#include "generator/exchange/minimax.hpp"
#include "generator/function/parse.hpp"
#include "generator/search/correction_search.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

using Wide = Real<256>;

// 1 / T_m((b + a) / (b - a)) on [a, 1] is the error of degree m - 1 relative to 1/x (Chebyshev).
Wide closed_form(const Rational& a, long m) {
  const auto z = from_rational<Wide>((1 + a) / (1 - a));
  const Wide grown = z + real_sqrt(Wide(z * z - 1));
  const Wide power = real_pow(grown, m);
  return 2 / (power + 1 / power);
}

MinimaxRequest start_problem(const char* function, const char* weight, const Rational& a) {
  return {
      .target = *parse_function(function), .weight = *parse_function(weight), .domain = {{a, 1}}};
}

// s (linear + cubic s^2) for every step, and Goldschmidt's recurrences, as they stand.
Wide root_at(const std::vector<RootStep>& steps, Wide s) {
  for (const RootStep& step : steps) {
    s = s * (from_rational<Wide>(step.linear) + from_rational<Wide>(step.cubic) * s * s);
  }
  return s;
}
Wide inverse_at(const GoldschmidtScalars& scalars, const Wide& s) {
  Wide f = from_rational<Wide>(scalars.offsets[0]) + from_rational<Wide>(scalars.slope) * s;
  Wide y = from_rational<Wide>(scalars.gain) * s;
  for (std::size_t k = 0; k < scalars.offsets.size(); ++k) {
    y = 2 * y * (f + from_rational<Wide>(scalars.offsets[k]));
    if (k < scalars.shifts.size()) f = 2 * f * f + from_rational<Wide>(scalars.shifts[k]);
  }
  return y;
}

Rational largest_error(CorrectionMap map, const CorrectionScalars& scalars,
                       const Rational& start_error) {
  constexpr int samples = 2000;
  Rational largest = 0;
  for (int i = -samples; i <= samples; ++i) {
    const auto s = from_rational<Wide>(1 + start_error * i / samples);
    const Wide y =
        map == CorrectionMap::inverse ? inverse_at(scalars.inverse, s) : root_at(scalars.root, s);
    largest = std::max(largest, abs(to_rational(y) - 1));
  }
  return largest;
}

constexpr std::array maps = {CorrectionMap::inverse, CorrectionMap::root};

}  // namespace

TEST_CASE("corrected starts of 1/x are the minimax polynomials of the higher degree") {
  for (const long log2 : {-2, -8, -20}) {
    for (const int degree : {1, 2, 7, 14}) {
      for (const int n : {0, 1, 2, 5, 9}) {
        const Rational a = power_of_two(log2);
        const Rational start = to_rational(closed_form(a, degree + 1));
        const Rational expected = to_rational(closed_form(a, (degree + 1L) << n));
        if (expected < power_of_two(-45)) continue;  // binary64 scalars end there
        CAPTURE(log2);
        CAPTURE(degree);
        CAPTURE(n);
        CHECK(test::relative_difference(corrected_error(CorrectionMap::inverse, start, n),
                                        expected) < power_of_two(-150));
        if (n == 0) continue;
        const auto scalars = correction_scalars(CorrectionMap::inverse, start, n);
        const Rational bound = bound_after(CorrectionMap::inverse, scalars, start);
        CHECK(bound >= expected * (1 - power_of_two(-3)));
        CHECK(abs(bound - expected) <= expected * power_of_two(-20) + power_of_two(-47));
      }
    }
  }
}

TEST_CASE("the exchange agrees with the closed form of the start") {
  for (const int degree : {1, 7, 14}) {
    MinimaxRequest problem = start_problem("1/x", "x", power_of_two(-8));
    problem.degree = degree;
    const MinimaxResult solved = minimax(problem);
    REQUIRE(solved.usable());
    const Rational expected = to_rational(closed_form(power_of_two(-8), degree + 1));
    CHECK(solved.error.lower <= expected);
    CHECK(solved.error.upper >= expected);
  }
}

// The bound is proved for scalars as they are; sampling all starts comes close to it, not above.
TEST_CASE("bounds hold for all starts and are attained") {
  for (const CorrectionMap map : maps) {
    for (const Rational& start : {Rational(99, 100), Rational(1, 2), Rational(1, 50)}) {
      for (const int n : {1, 2, 4}) {
        const auto scalars = correction_scalars(map, start, n);
        const Rational bound = bound_after(map, scalars, start);
        const Rational found = largest_error(map, scalars, start);
        CAPTURE(n);
        CAPTURE(to_double(start));
        CHECK(found <= bound * (1 + power_of_two(-200)));  // sampled in 256 bits
        CHECK(bound <= found * (1 + power_of_two(-9)) + power_of_two(-47));
        CHECK(abs(bound - corrected_error(map, start, n)) <=
              bound * power_of_two(-20) + power_of_two(-47));
      }
    }
  }
}

TEST_CASE("Newton's own step has the error e^2 (3 + e) / 2") {
  const std::vector<RootStep> newton = {{.linear = Rational(3, 2), .cubic = Rational(-1, 2)}};
  for (const Rational& e : {Rational(1, 2), Rational(1, 100)}) {
    CHECK(test::relative_difference(root_error(newton, e), e * e * (3 + e) / 2) <
          power_of_two(-200));
    CHECK(root_error(root_steps(e, 1), e) < root_error(newton, e));
  }
}

TEST_CASE("scalars that are off have a larger bound") {
  const Rational start(1, 10);
  for (const CorrectionMap map : maps) {
    const auto right = correction_scalars(map, start, 3);
    const Rational bound = bound_after(map, right, start);
    auto wrong = right;
    if (map == CorrectionMap::inverse) {
      wrong.inverse.offsets[1] *= 1 + power_of_two(-20);
    } else {
      wrong.root[2].linear *= 1 + power_of_two(-20);
    }
    const Rational worse = bound_after(map, wrong, start);
    CHECK(worse > bound * 2);
    CHECK(worse * (1 + power_of_two(-200)) >= largest_error(map, wrong, start));
  }
}

// Two steps that turn the sign are a right program; the second one's cubic, scaled so that it is 1
// at the ends of its range, is farthest from 1 inside.
TEST_CASE("a range of negative values has its extremes inside, too") {
  const Rational start(1, 10);
  std::vector<RootStep> steps = root_steps(start, 2);
  const Rational at_ends = 1 - root_error(steps, start);
  steps[0] = {.linear = -steps[0].linear, .cubic = -steps[0].cubic};
  steps[1] = {.linear = -steps[1].linear / at_ends, .cubic = -steps[1].cubic / at_ends};
  const CorrectionScalars turned{.inverse = {}, .root = steps};
  const Rational bound = root_error(steps, start);
  CHECK(largest_error(CorrectionMap::root, turned, start) <= bound * (1 + power_of_two(-200)));
  CHECK(bound > 1 - at_ends);
}

// As a file may hold them: no answer is as small as a claim, and each comes at once.
TEST_CASE("scalars out of all bounds are neither believed nor followed") {
  for (const Rational& scalar :
       {power_of_two(1000), power_of_two(-1000), Rational(-3), Rational(0)}) {
    CorrectionScalars wild;
    wild.inverse.slope = wild.inverse.gain = scalar;
    for (int k = 0; k < most_corrections; ++k) {
      wild.inverse.offsets.push_back(scalar);
      wild.root.push_back({.linear = scalar, .cubic = scalar});
      if (k > 0) wild.inverse.shifts.push_back(scalar);
    }
    const ChebyshevSeries start{.basis = {Rational(1, 4), 1}, .coefficients = {2, -1}};
    for (const CorrectionMap map : maps) {
      CHECK(bound_after(map, wild, Rational(1, 3)) >= Rational(1, 2));
      CHECK(error_after(map, wild, start, Rational(1, 4)) >= 0);
      CHECK(correction_growth(map, wild, Rational(1, 3), start.basis) >= 0);
    }
  }
}

TEST_CASE("the largest error of a start is the inverse of what corrections do") {
  for (const CorrectionMap map : maps) {
    for (const int n : {0, 1, 3, 8}) {
      const Rational error = power_of_two(-20);
      const Rational start = largest_start_error(map, error, n);
      CHECK(test::relative_difference(corrected_error(map, start, n), error) < power_of_two(-60));
    }
  }
}

// Costs made up, so that several numbers of corrections compete.
TEST_CASE("the search finds what exhaustion over degrees and corrections finds") {
  const auto cost = [](int degree, int n) -> std::optional<CorrectionCost> {
    int levels = 0;
    while ((1 << levels) <= degree) ++levels;
    return CorrectionCost{.levels = levels + n + (n > 0 ? 1 : 0),
                          .key_switches = degree / 3 + 2 * n,
                          .latency = 1.0 * degree + 3.5 * n};
  };
  for (const auto& [function, weight, map] :
       {std::tuple{"1/x", "x", CorrectionMap::inverse},
        std::tuple{"1/sqrt(x)", "sqrt(x)", CorrectionMap::root}}) {
    for (const long log2 : {-3, -6}) {
      CorrectionSearch search{.map = map,
                              .start = start_problem(function, weight, power_of_two(log2)),
                              .max_degree = 20,
                              .cost = cost};
      std::vector<CorrectionChoice> all;
      for (int degree = 1; degree <= search.max_degree; ++degree) {
        MinimaxRequest problem = search.start;
        problem.degree = degree;
        const MinimaxResult solved = minimax(problem);
        REQUIRE(solved.usable());
        for (int n = 0; n <= 8; ++n) {
          all.push_back({.degree = degree,
                         .corrections = n,
                         .cost = *cost(degree, n),
                         .error = corrected_error(map, solved.error.upper, n)});
        }
      }
      for (const long error_log2 : {-6, -15, -24}) {
        const Rational error = power_of_two(error_log2);
        std::vector<CorrectionChoice> meeting;
        std::ranges::copy_if(all, std::back_inserter(meeting),
                             [&](const auto& choice) { return choice.error <= error; });
        for (const CorrectionObjective objective :
             {CorrectionObjective::levels, CorrectionObjective::key_switches,
              CorrectionObjective::latency}) {
          search.objective = objective;
          const auto found = ranked(search, corrections_for(search, error));
          const auto expected = ranked(search, meeting);
          CAPTURE(error_log2);
          CAPTURE(log2);
          REQUIRE(found.empty() == expected.empty());
          if (found.empty()) continue;
          CHECK(found.front().cost.levels == expected.front().cost.levels);
          CHECK(found.front().cost.key_switches == expected.front().cost.key_switches);
          CHECK(found.front().error <= error);
        }
      }
      search.max_levels = 6;
      search.max_key_switches = 9;
      const auto best = most_accurate(search);
      REQUIRE(best);
      CHECK(is_within_budgets(search, best->cost));
      for (const CorrectionChoice& choice : all) {
        if (is_within_budgets(search, choice.cost)) CHECK(best->error <= choice.error);
      }
    }
  }
}
