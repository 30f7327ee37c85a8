// Requests that once ended without an answer: each converges and is proved.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "generator/exchange/features.hpp"
#include "generator/exchange/one_point.hpp"
#include "generator/exchange/selection.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/largest_term.hpp"
#include "generator/numbers/real.hpp"
#include "tests/support/attempt.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

// Converged or exact, proved, and nothing to complain of.
test::Outcome solved(const std::string& function, const std::string& domain, int degree,
                     Parity parity = Parity::none, const std::string& weight = "1") {
  const test::RandomProblem problem{
      .function = function, .weight = weight, .domain = domain, .degree = degree, .parity = parity};
  const test::Outcome outcome = test::attempt(problem);
  const bool right = outcome.name == "converged" || outcome.name == "exact";
  CHECK_MESSAGE(right, problem.text() << ": " << outcome.name);
  CHECK_MESSAGE(outcome.complaint.empty(), problem.text() << ": " << outcome.complaint);
  return outcome;
}

std::string about(const std::vector<int>& centres, const std::string& half_width) {
  std::string domain;
  for (const int i : centres) {
    const std::string centre = std::to_string(i);
    domain += (domain.empty() ? "[" : " [") + centre + "-" + half_width + "," + centre + "+" +
              half_width + "]";
  }
  return domain;
}

test::Outcome mod1(int range, const std::string& width, int doublings, int degree) {
  std::vector<int> centres;
  for (int i = 1 - range; i < range; ++i) centres.push_back(i);
  return solved("cos(2*pi*(x - 1/4)/2^" + std::to_string(doublings) + ")", about(centres, width),
                degree);
}

// The values at 0, 1, 2, ..., with the steps half way.
test::Outcome table(const std::vector<int>& values, const std::string& width, int degree) {
  std::vector<int> centres;
  std::string function = std::to_string(values.back());
  for (std::size_t i = 0; i < values.size(); ++i) centres.push_back(static_cast<int>(i));
  for (std::size_t i = values.size() - 1; i-- > 0;) {
    function = "if(x < " + std::to_string(i) + "+1/2, " + std::to_string(values[i]) + ", " +
               function + ")";
  }
  return solved(function, about(centres, width), degree);
}

bool is_near(const test::Outcome& outcome, double error, double digits) {
  return std::abs(to_double(outcome.solved.result.error.lower) / error - 1) < digits;
}

}  // namespace

// The errors in the brackets are from linear programmes.
TEST_CASE("the cosine of modular reduction") {
  CHECK(is_near(mod1(12, "2^-10", 1, 32), 2.2216e-3, 1e-4));
  CHECK(is_near(mod1(12, "2^-10", 1, 40), 1.1486e-5, 1e-4));
  mod1(11, "2^-10", 1, 38);
  mod1(11, "2^-10", 1, 42);
  mod1(27, "2^-11", 1, 55);
  mod1(33, "2^-14", 1, 78);
  mod1(28, "2^-8", 3, 96);
  // The best polynomial is nearly 0: two points of each interval bear the level, and the others
  // raise it by less than double sees.
  mod1(22, "2^-13", 0, 64);
}

TEST_CASE("tables on narrow intervals") {
  const std::vector<int> eight = {12, 5, 6, 11, 9, 0, 10, 13};
  CHECK(is_near(table(eight, "0.01", 29), 1.12e-5, 1e-3));
  const std::vector<int> sixteen = {14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7};
  table(sixteen, "0.001", 40);
  table(sixteen, "0.001", 48);
  std::string tiny;
  for (int i = 0; i < 256; ++i) {
    const std::string lower = std::to_string(i) + "/256";
    tiny += (tiny.empty() ? "[" : " [") + lower + "," + lower + "+2^-20]";
  }
  solved("abs(x-1/3)", tiny, 100);
}

TEST_CASE("more alternations than the best polynomial needs") {
  const auto zero = solved("cos(x)", "[-365,-7]", 60);
  CHECK(test::encloses(zero.solved.result.error, 1, 20));
  for (const Rational& c : zero.solved.result.polynomial.coefficients) CHECK(c == 0);
  CHECK(mod1(200, "2^-10", 2, 150).solved.result.exchanges == 0);
  solved("min(abs(x),1)", "[-7,-5] [-4,-3] [-1/2,1/3] [1,2] [4,5]", 5);
}

// cos(x) + x/10^6 alternates as often, and the best polynomial is not 0; cos(x) on 2 periods is
// followed; sin(x) is not nearer to x than to 0 where x is 100 times as large.
TEST_CASE("0 is the best polynomial only where all extrema are equal") {
  const auto not_zero = solved("cos(x)+x/1000000", "[-365,-7]", 60);
  CHECK_FALSE(not_zero.solved.result.polynomial.coefficients[1] == 0);
  CHECK(solved("cos(x)", "[-6,6]", 8).solved.result.error.upper < Rational(1, 10));
  CHECK(test::encloses(solved("sin(x)", "[-100,100]", 1, Parity::odd).solved.result.error, 1, 20));
}

// The extrema in the middle differ by 2^-118 of their height, and there are more than are needed.
TEST_CASE("an error that is all but that of a constant") {
  const auto all_but = solved("cos(pi*x)", "[0,127]", 128);
  CHECK(all_but.solved.result.error.upper > 1 - power_of_two(-100));
  CHECK(all_but.solved.result.error.lower > 1 - power_of_two(-70));
  const auto constant = solved("1/3 + cos(pi*x)", "[0,127]", 100);
  CHECK(constant.solved.result.error.lower > 1 - power_of_two(-70));
}

// On intervals between which the cosine loses some of its alternations a polynomial of a few
// degrees more than it has left gains next to nothing. Levels that are known to 2^-249 then differ
// by 2^-90, and steps that may lower them by 2^-40 went round in circles.
TEST_CASE("0 is the best polynomial where what others gain is below the tolerance") {
  const std::string domain =
      "[0,0.8] [1.3,1.4] [1.9,2.7] [3.2,3.25] [3.45,3.85] [3.9,4] [4.5,4.55] [5.05,5.15]";
  const auto is_zero = [](const Rational& c) { return c == 0; };
  for (const int degree : {91, 93}) {
    CAPTURE(degree);
    const auto zero = solved("cos(120*x)", domain, degree);
    const MinimaxResult& result = zero.solved.result;
    CHECK(result.exchanges > 0);
    CHECK(result.error.lower >= 1 - power_of_two(-98));
    CHECK(std::ranges::all_of(result.polynomial.coefficients, is_zero));
    // The check needs the points of the bound, and the error to be that of 0.
    test::Solved wrong = zero.solved;
    wrong.result.reference.pop_back();
    CHECK_FALSE(test::complaint_about(wrong).empty());
    wrong = zero.solved;
    wrong.result.error.upper *= 1 - power_of_two(-90);
    CHECK_FALSE(test::complaint_about(wrong).empty());
  }
  const auto not_zero = solved("cos(120*x)", domain, 92);
  CHECK_FALSE(std::ranges::all_of(not_zero.solved.result.polynomial.coefficients, is_zero));
}

// Between the intervals values lose about as many bits as the error is small: the reference is
// found to 4096 bits, the coefficients take more.
TEST_CASE("coefficients of a polynomial for tiny intervals far apart") {
  const auto apart = solved("exp(x)", "[0,2^-60] [1,1+2^-60]", 62);
  const MinimaxResult& result = apart.solved.result;
  CHECK(result.precision_bits >= widest_bits);
  CHECK(result.error.upper < power_of_two(-2211));
  CHECK(result.error.lower > power_of_two(-2212));
}

TEST_CASE("functions that are a polynomial on the domain, not by their form") {
  for (const auto& [function, domain] :
       std::vector<std::pair<std::string, std::string>>{{"relu(x)", "[-2,-1]"},
                                                        {"relu(x)", "[-1,0]"},
                                                        {"floor(x)", "[0.1,0.9]"},
                                                        {"if(x < 0.5, 0, 0)", "[0,0.4] [0.6,1]"},
                                                        {"if(x < 0.5, 0, 0)", "[0,1]"},
                                                        {"sin(x)^2+cos(x)^2-1", "[-1,1]"}}) {
    const auto outcome = solved(function, domain, 5);
    CHECK(outcome.name == "exact");
    for (const Rational& c : outcome.solved.stored.coefficients) CHECK(c == 0);
    CHECK(outcome.solved.proof.error.upper < power_of_two(-300));
  }
  CHECK(solved("relu(x)", "[1,2]", 5).solved.proof.error.upper == 0);
  // Two polynomials are none, nor is a jump that the domain has.
  CHECK(solved("relu(x)", "[-2,-1] [1,2]", 1).name == "converged");
}

TEST_CASE("a jump at an end of the domain, where the function is continuous from inside") {
  for (const char* domain : {"[0,0.9]", "[0,0.5]"})
    CHECK(solved("floor(x)", domain, 3).name == "exact");
  solved("floor(x)", "[0,0.9] [1,1.9] [2,2.9]", 8);
  solved("-floor(-x)", "[-0.9,0]", 2);
  solved("mod(x,1)", "[0,0.9]", 3);
  solved("mod(x,2)", "[131072,131073]", 0);
  solved("mod(x,1)", "[-1,-0.25] [1,1.5]", 6);
}

// sinh is large, and its arctangent rounds no worse than any other number.
TEST_CASE("large terms that do not cancel are no noise") {
  CHECK(largest_term_log2(test::function("atan(sinh(x))"), {{100, 200}}) < 2);
  CHECK(largest_term_log2(test::function("exp(x)-exp(x)"), {{100, 200}}) > 280);
}

TEST_CASE("steep functions") {
  CHECK(test::encloses(solved("sigmoid(10^6*x)-1/2", "[-1,-0.01] [0.01,1]", 0).solved.result.error,
                       Rational(1, 2), 20));
  solved("sigmoid(10^6*x)", "[-1,-0.01] [0.01,1]", 15);
  solved("sigmoid(10^6*x)", "[-1,1]", 15);
  const auto softplus = solved("softplus(10^6*x)/10^6", "[-1,1]", 15);
  const auto spelt = solved("log(1+exp(10^6*x))/10^6", "[-1,1]", 15);
  CHECK(softplus.solved.stored.coefficients == spelt.solved.stored.coefficients);
}

// In double the error is level from -5.2 on; it rises to the end of the other interval.
TEST_CASE("an error that creeps up to an end") {
  const std::string step = "sigmoid(128*(x+1407369/256000))";
  const auto outcome = solved(step, "[-5841/1000,-17489/4000] [-135537/32000,-540273/128000]", 0);
  const CompiledFunction<Real<512>> f(test::function(step));
  const auto at = [&](long numerator, long denominator) {
    return f(from_rational<Real<512>>(Rational(numerator, denominator)));
  };
  const Rational best = to_rational(Real<512>(at(-540'273, 128'000) - at(-5841, 1000))) / 2;
  constexpr int digits = 95;
  CHECK(test::encloses(outcome.solved.result.error, best, digits));
}

// The ends of the last three intervals differ by 2^-66 and less: in double they are alike, and
// polishing keeps to the one that the search took.
TEST_CASE("the highest of ends that are alike in double") {
  const std::string step = "tanh(8*(x-6116559993/2097152000))";
  const auto outcome =
      solved(step,
             "[567/200,290979/102400] [146927/51200,37616187/13107200] "
             "[38022587/13107200,38030987/13107200] [38213387/13107200,38217037/13107200] "
             "[38314637/13107200,39012237/13107200] [39997837/13107200,40015037/13107200] "
             "[40242237/13107200,160971223/52428800] [172542423/52428800,172576023/52428800] "
             "[225824023/52428800,237497623/52428800] [239520023/52428800,305875223/52428800] "
             "[306451223/52428800,306460723/52428800] [307081523/52428800,307093123/52428800]",
             0);
  const CompiledFunction<Real<512>> f(test::function(step));
  const auto at = [&](long numerator, long denominator) {
    return f(from_rational<Real<512>>(Rational(numerator, denominator)));
  };
  const Rational best = to_rational(Real<512>(at(307'093'123, 52'428'800) - at(567, 200))) / 2;
  constexpr int digits = 70;  // the rung has 257 bits
  CHECK(test::encloses(outcome.solved.result.error, best, digits));
}

TEST_CASE("a peak between the samples of the scan") {
  auto request = test::problem("1-(x-1/64)^2", "[-1,1]", 0, Parity::none);
  request.feature_samples = 64;
  const ChebyshevSeries nothing{.basis = {-1, 1}, .coefficients = {0}};
  // The largest sample is 1 - 2^-12.
  const auto found = points_above(request, nothing, 1 - power_of_two(-20), 1);
  REQUIRE(found.size() == 1);
  CHECK(abs(found.front() - Rational(1, 64)) < power_of_two(-30));
  CHECK(points_above(request, nothing, 1 + power_of_two(-20), 1).empty());
}

// 2^40 (1 - x^2) as T_0 and T_2: near 1 double loses 2^-13 of it.
TEST_CASE("the scan takes no rounding of large coefficients for a peak") {
  const ChebyshevSeries series{.basis = {-1, 1},
                               .coefficients = {power_of_two(39), 0, -power_of_two(39)}};
  const auto found = [&](const char* target) {
    const auto request = test::problem(target, "[1-2^-20,1]", 2, Parity::none);
    return points_above(request, series, power_of_two(-30), 1);
  };
  CHECK(found("2^40*(1-x)*(1+x)").empty());
  CHECK_FALSE(found("2^40*(1-x)*(1+x)+1/64").empty());
}

// 2^60 (x^2 - 1/4): near its zero double loses 2^9 of it, and of the target nothing.
TEST_CASE("the scan sees a peak where the terms of the polynomial cancel") {
  const ChebyshevSeries series{.basis = {-1, 1},
                               .coefficients = {power_of_two(58), 0, power_of_two(59)}};
  const auto found = [&](const std::string& bump) {
    const auto request =
        test::problem("2^60*(x-1/2)*(x+1/2)+" + bump, "[1/2,1/2+2^-40]", 2, Parity::none);
    return points_above(request, series, power_of_two(-8), 1);
  };
  CHECK(found("1/512").empty());
  const auto bump = found("exp(-100*((x-1/2)*2^40-3/4)^2)/64");
  REQUIRE(bump.size() == 1);
  CHECK(abs((bump.front() - Rational(1, 2)) * power_of_two(40) - Rational(3, 4)) <
        Rational(1, 100));
}

// The error rises steadily to where the step ends it, within 2^-14 of the distance to the next
// point of the reference.
TEST_CASE("a peak far narrower than its surroundings") {
  std::string domain = "[-125/512,125/512]";
  for (int k = 1; k <= 14; ++k) {
    const std::string lower = std::to_string(637 * k) + "/512";
    const std::string upper = std::to_string(637 * k + 125) + "/512";
    domain = "[-" + upper + ",-" + lower + "] " + domain + " [" + lower + "," + upper + "]";
  }
  const auto outcome = solved("x*erf(2048*(x^2-244161/128000))", domain, 1, Parity::odd);
  CHECK(outcome.solved.result.precision_bits < 300);
}

// The sizes differed by 2^-79.5: each was within 2^-80 of the level, on one side or the other.
TEST_CASE("a table whose error is 2^-93 of its values") {
  solved("if(x < -38681167/32768000, 29, 11)",
         "[-1419/1000,-46489167/32768000] [-30873167/32768000,-29865167/32768000]", 28,
         Parity::none, "exp(-x/8)");
}

TEST_CASE("relative errors beside a hole") {
  const std::string beside = "[-1,-10^-30] [10^-30,1]";
  solved("sin(x)", beside, 7, Parity::none, "1/abs(sin(x))");
  CHECK(
      test::encloses(solved("x", beside, 0, Parity::none, "1/abs(x)").solved.result.error, 1, 20));
}

TEST_CASE("with one point more, one less: signs alternate and the point is in") {
  const std::vector<int> reference = {10, 20, 30, 40};  // negative at 10, positive at 40
  const auto with = [&](int x, bool positive) { return with_point(reference, x, positive, true); };
  CHECK(with(25, true) == std::vector<int>{10, 25, 30, 40});
  CHECK(with(25, false) == std::vector<int>{10, 20, 25, 40});
  CHECK(with(5, false) == std::vector<int>{5, 20, 30, 40});
  CHECK(with(5, true) == std::vector<int>{5, 10, 20, 30});
  CHECK(with(45, true) == std::vector<int>{10, 20, 30, 45});
  CHECK(with(45, false) == std::vector<int>{20, 30, 40, 45});
  CHECK(with(30, true) == reference);
}

TEST_CASE("of many extrema those stay that are largest or well spread") {
  // Below the level: the smallest and its smaller neighbour.
  std::vector<Extremum<double>> heights = {{0, 1}, {1, -3}, {2, 0.1}, {3, -2}, {4, 5}, {5, -4}};
  keep_best(heights, 4, 1.0, [](double x) { return x; });
  CHECK(heights.size() == 4);
  for (const auto& [x, error] : heights) CHECK(std::abs(error) >= 1);
  CHECK(std::ranges::any_of(heights, [](const auto& e) { return e.error == 5; }));
  // All of one height: both ends stay, and no two are close.
  std::vector<Extremum<double>> level;
  for (int i = 0; i < 20; ++i) {
    const double centre = i / 2;
    level.push_back({centre + (i % 2 == 0 ? -0.01 : 0.01), i % 2 == 0 ? -1.0 : 1.0});
  }
  keep_best(level, 10, 1.0, [](double x) { return x; });
  REQUIRE(level.size() == 10);
  for (std::size_t i = 0; i + 1 < level.size(); ++i) CHECK(level[i].error == -level[i + 1].error);
  CHECK(level.front().x < 1);
  CHECK(level.back().x > 8);
}

TEST_CASE("of choices that are left those stay whose level is higher") {
  test::Random random(test::seed());
  constexpr std::size_t points = 8;
  for (int round = 0; round < 50; ++round) {
    Heights heights;
    std::vector<double> places{0};
    for (std::size_t i = 0; i < points; ++i) {
      heights.excess.push_back(std::exp2(-test::real_between(random, 0, 20)));
      if (i > 0) heights.gaps.push_back(test::real_between(random, 1, 8));
      if (i > 0) places.push_back(places.back() + heights.gaps.back());
    }
    const auto rise = [&](const std::vector<std::size_t>& kept) {
      double sum = 0;
      double excess = 0;
      for (const std::size_t i : kept) {
        double weight = 1;
        for (const std::size_t j : kept) weight /= i == j ? 1 : std::abs(places[i] - places[j]);
        sum += weight;
        excess += weight * heights.excess[i];
      }
      return excess / sum;
    };
    const std::size_t pinned = static_cast<std::size_t>(round) % points;
    double highest = 0;
    for (std::size_t pair = 0; pair + 1 < points; ++pair) {
      if (pair == pinned || pair + 1 == pinned) continue;
      std::vector<std::size_t> kept;
      for (std::size_t i = 0; i < points; ++i) {
        if (i != pair && i != pair + 1) kept.push_back(i);
      }
      highest = std::max(highest, rise(kept));
    }
    const auto spread = well_spread(heights.gaps, points - 2, pinned);
    const auto kept = raised(heights, spread, pinned);
    CHECK(kept.size() == points - 2);
    CHECK(std::ranges::binary_search(kept, pinned));
    CHECK(rise(kept) >= rise(spread));
    CHECK(rise(kept) >= highest / 2);
    heights.noise = 1;
    CHECK(raised(heights, spread, pinned) == spread);
  }
}

TEST_CASE("the range of a polynomial that is all but a constant") {
  const auto flat = solved("erf(x)", "[20,189/8]", 1);
  const auto range = proved_range(flat.solved.stored, flat.solved.stored_request.domain);
  REQUIRE(range.has_value());
  CHECK(range->lower <= 1);
  CHECK(range->upper >= 1);
  CHECK(range->upper - range->lower < power_of_two(-19));  // 2^-20 at each end
}

TEST_CASE("a proof below 2^-700") {
  const auto request = test::problem("exp(x)", "[-1,1]", 120);
  const auto result = minimax(request);
  REQUIRE(result.usable());
  const auto stored = rounded(result.polynomial, 1200);
  const Certificate proof = certify(request, stored, result);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  CHECK(proof.error.upper < result.error.lower * Rational(1002, 1000));
  CHECK(result.error.upper < power_of_two(-700));
}
