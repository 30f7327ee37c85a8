// The proof against closed forms, and against what would fool a search.
#include <doctest/doctest.h>

#include <string>

#include "generator/function/evaluate.hpp"
#include "generator/proof/certify.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::number;

namespace {

using Wide = Real<512>;

// |weight (f - p)| at x in 512 bits: nothing of the proof.
Rational error_at(const MinimaxRequest& request, const ChebyshevSeries& p, const Rational& at) {
  const Wide x = from_rational<Wide>(at);
  const Wide f = CompiledFunction<Wide>(request.target)(x);
  const Wide w = CompiledFunction<Wide>(request.weight)(x);
  return to_rational(Wide(real_abs(Wide(w * (f - SeriesEvaluator<Wide>(p)(x))))));
}

struct Proven {
  MinimaxRequest request;
  ChebyshevSeries stored;
  Certificate proof;
};

// The best polynomial, rounded to binary64, with its proof.
Proven best(const std::string& function, const std::string& domain, int degree,
            int tightness_log2 = default_tightness_log2, const std::string& weight = "1") {
  Proven proven{.request = test::problem(function, domain, degree), .stored = {}, .proof = {}};
  if (weight != "1") proven.request.parity = Parity::none;
  proven.request.weight = test::function(weight);
  const MinimaxResult solved = minimax(proven.request);
  REQUIRE_MESSAGE(solved.usable(), function << solved.detail);
  proven.stored = rounded(solved.polynomial, 53);
  proven.request.domain = rounded_outward(proven.request.domain);
  proven.proof = certify(proven.request, proven.stored, solved, tightness_log2);
  return proven;
}

// A polynomial that is given, not found; nothing is known of it.
Proven given(const std::string& function, const std::string& domain,
             const std::vector<Rational>& coefficients, const std::string& weight = "1",
             int tightness_log2 = default_tightness_log2) {
  const Domain intervals = test::domain(domain);
  Proven proven{.request = {.target = test::function(function),
                            .weight = test::function(weight),
                            .domain = intervals,
                            .degree = static_cast<int>(coefficients.size()) - 1},
                .stored = {.basis = hull(intervals), .coefficients = coefficients},
                .proof = {}};
  proven.proof = certify(proven.request, proven.stored, {}, tightness_log2);
  return proven;
}

bool is_tight(const Certificate& proof, int tightness_log2) {
  return proof.error.upper <= proof.error.attained * (1 + power_of_two(tightness_log2));
}

// What is wrong with a proof that max |error| is `value`; empty where nothing is.
std::string complaint(const Certificate& proof, const Rational& value,
                      int tightness_log2 = default_tightness_log2) {
  if (!proof.holds) return "no proof: " + proof.detail;
  if (proof.error.evidence != Evidence::proved) return "not proved";
  if (proof.error.attained > value) return "attained is above the value";
  if (proof.error.upper < value) return "upper is below the value";
  if (proof.error.lower > proof.error.attained) return "lower is above attained";
  return is_tight(proof, tightness_log2) ? "" : "not tight";
}

void check_given(const std::string& function, const std::string& domain,
                 const std::vector<Rational>& coefficients, const std::string& value,
                 const std::string& weight = "1") {
  CAPTURE(function);
  CAPTURE(domain);
  const std::string found =
      complaint(given(function, domain, coefficients, weight).proof, number(value));
  CHECK_MESSAGE(found.empty(), found);
}

// The minimal error, known in closed form: of the stored polynomial it is a lower bound, and with
// binary64 coefficients hardly less than its error.
void check_best(const std::string& function, const std::string& domain, int degree,
                const std::string& value) {
  CAPTURE(function);
  CAPTURE(degree);
  const Proven proven = best(function, domain, degree);
  const ErrorEnclosure& error = proven.proof.error;
  REQUIRE(proven.proof.holds);
  const Rational known = number(value);
  constexpr long room_log2 = -29;
  CHECK(error.lower <= known);
  CHECK(error.lower >= known * (1 - power_of_two(room_log2)));
  CHECK(error.upper >= known);
  CHECK(is_tight(proven.proof, default_tightness_log2));
}

}  // namespace

TEST_CASE("a proof encloses minimal errors that are known") {
  check_best("x^4", "[-1,1]", 3, "1/8");
  check_best("x^12", "[2,3]", 11, "2*(1/4)^12");
  for (const std::string a : {"1.0009765625", "1.25", "2"}) {
    for (const int n : {0, 1, 7, 12}) {
      const std::string pole = "(" + a + ")";
      check_best("1/(" + a + " - x)", "[-1,1]", n,
                 "(" + pole + " - sqrt(" + pole + "^2 - 1))^" + std::to_string(n) + " / (" + pole +
                     "^2 - 1)");
    }
  }
  check_best("exp(x)", "[0,1]", 0, "(e-1)/2");
  check_best("abs(x)", "[-1,1]", 3, "1/8");
}

// f - p of given p, whose largest size is elementary.
TEST_CASE("a proof encloses largest values that are known") {
  check_given("exp(x)", "[-1,1]", {0}, "e");
  check_given("exp(x)", "[-1,1]", {1, 1}, "e - 2");  // exp(x) - 1 - x
  check_given("1/(2-x)", "[-1,1]", {0}, "1");
  check_given("abs(x-1/3)", "[-1,1]", {0}, "4/3");
  check_given("abs(x-1/3)", "[-1,1]", {Rational(2, 3)}, "2/3");
  check_given("sqrt(x)", "[0,1]", {Rational(1, 2), Rational(1, 2)}, "1/4");  // sqrt(x) - x
  check_given("x^(1/3)", "[0,1]", {0}, "1");
  check_given("if(x < 1/3, x, 2/3 - x)", "[0,1]", {0}, "1/3");
  check_given("mod(x, 1)", "[0.001,0.999] [1.001,1.5]", {0}, "0.999");
  check_given("floor(x)", "[1,1.9] [3,3.5]", {1}, "2");
  check_given("sign(x)", "[-1,-1/8] [1/8,1]", {0, 1}, "7/8");
  check_given("max(x, 1-x)", "[0,1]", {Rational(3, 4)}, "1/4");
  check_given("x", "[1,2]", {Rational(4, 3)}, "1/3", "1/x");
  check_given("exp(x)", "[0,1]", {0}, "1", "1/exp(x)");
  check_given("exp(x)", "[0,1]", {0}, "1/4", "1/(4*abs(exp(x)))");
}

TEST_CASE("a proof is not fooled") {
  SUBCASE("by spikes") {
    for (const std::string narrow : {"2^20", "2^40", "2^60"}) {
      const std::string spike = "1 + exp(-((x-1/3)*" + narrow + ")^2)";
      check_given(spike, "[-1,1]", {1, 0, 0, 0, 0}, "1");
      const Certificate proof = given(spike, "[-1,1]", {1, 0, 0, 0, 0}).proof;
      CHECK(abs(proof.at - Rational(1, 3)) < power_of_two(-20));
      // The exchange may overlook it, not the proof of its polynomial.
      const Proven proven = best(spike, "[-1,1]", 4);
      REQUIRE(proven.proof.holds);
      CHECK(proven.proof.error.upper > Rational(49, 100));
    }
  }
  SUBCASE("by poles just outside") {
    check_given("1/(1+2^-40-x)", "[-1,1]", {0}, "2^40");
    check_given("1/((x-1/3)^2+2^-60)", "[-1,1]", {0}, "2^60");
  }
  SUBCASE("by oscillation") {
    check_given("sin(1000000*x)", "[-1,1]", {0}, "1");
    check_given("cos(10000*pi*x) + exp(x)", "[-1,1]", {0}, "1 + e");
  }
  SUBCASE("by many intervals") {
    std::string domain;
    for (int k = 0; k < 400; ++k) {
      domain +=
          (k == 0 ? "[" : " [") + std::to_string(k) + "/256," + std::to_string(2 * k + 1) + "/512]";
    }
    check_given("exp(-x)", domain, {0}, "1");
    check_given("exp(x)", domain, {0}, "exp(799/512)");
    // What lies between the intervals does not count.
    check_given("if(x < 103/256+1/512+1/4096, 0, if(x < 104/256-1/4096, 5, 1))",
                "[0,103/256+1/512] [104/256,1]", {0}, "1");
  }
}

TEST_CASE("a proof is as tight as it is asked to be") {
  for (const int tightness_log2 : {-1, -10, -20, -30, highest_tightness_log2}) {
    CAPTURE(tightness_log2);
    for (const std::string function : {"exp(x)", "1/(1.125-x)", "sin(5*x)"}) {
      CAPTURE(function);
      const Proven proven = best(function, "[-1,1]", 9, tightness_log2);
      REQUIRE(proven.proof.holds);
      CHECK(is_tight(proven.proof, tightness_log2));
      CHECK(error_at(proven.request, proven.stored, proven.proof.at) <= proven.proof.error.upper);
    }
    const std::string found =
        complaint(given("exp(x)", "[-1,1]", {1, 1}, "1", tightness_log2).proof, number("e-2"),
                  tightness_log2);
    CHECK_MESSAGE(found.empty(), found);
  }
  const Proven proven = best("exp(x)", "[-1,1]", 3);
  for (const int wrong : {0, highest_tightness_log2 - 1}) {
    CHECK_THROWS_AS(static_cast<void>(certify(proven.request, proven.stored, {}, wrong)),
                    std::invalid_argument);
  }
}

TEST_CASE("a limit is proved at the upper end and refuted below what is attained") {
  const std::vector<Proven> all = {best("exp(x)", "[-1,1]", 7),
                                   best("abs(x)", "[-1,1]", 10),
                                   best("sigmoid(x)", "[-8,8]", 15),
                                   best("exp(x)", "[0.1,1/3] [1/2,0.9]", 5),
                                   best("log(x)", "[1/4,3]", 12, -10, "1/x"),
                                   given("sin(3000*x)", "[-1,1]", {0})};
  for (const Proven& one : all) {
    CAPTURE(one.request.target.text());
    const ErrorEnclosure& error = one.proof.error;
    REQUIRE(one.proof.holds);
    CHECK(certify_limit(one.request, one.stored, error.upper).holds);
    const Rational below = error.attained * (1 - power_of_two(-20));
    const Certificate refuted = certify_limit(one.request, one.stored, below);
    CHECK_FALSE(refuted.holds);
    CHECK(refuted.error.attained > below);
    CHECK(error_at(one.request, one.stored, refuted.at) > below);

    // A nudged coefficient breaks the claim.
    ChebyshevSeries nudged = one.stored;
    nudged.coefficients[0] += error.upper;
    const Certificate spoilt = certify_limit(one.request, nudged, error.upper);
    CHECK_FALSE(spoilt.holds);
    CHECK(error_at(one.request, nudged, spoilt.at) > error.upper);
  }
}

TEST_CASE("what has no bound is not proved") {
  for (const std::string function : {"1/x", "log(abs(x))", "1/(x-1/3)^2", "sqrt(x)/x", "log(x)"}) {
    CAPTURE(function);
    const Proven unbounded = given(function, "[0,1]", {0});
    CHECK_FALSE(unbounded.proof.holds);
    CHECK_FALSE(unbounded.proof.detail.empty());
    CHECK_FALSE(certify_limit(unbounded.request, unbounded.stored, 1000).holds);
  }
  CHECK_FALSE(certify_limit(given("exp(x)", "[0,1]", {0}).request, {.coefficients = {0}}, 0).holds);
}

// erf(-20.8) is -1 to 2^-620: no piece beside the kink of the weight is short enough for an error
// that small to be seen without the side that the piece is on.
TEST_CASE("a kink is no obstacle to the proof of a tiny error") {
  MinimaxRequest request =
      test::problem("x*erf(4096*(x^2-667/131072))", "[-115/16384,115/16384]", 3, Parity::odd);
  request.weight = test::function("1/(1+abs(x))");
  request.kinks = {0};
  const MinimaxResult solved = minimax(request);
  REQUIRE_MESSAGE(solved.usable(), solved.detail);
  const Certificate proof = certify(request, solved.polynomial, solved);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  CHECK(proof.error.upper < power_of_two(-600));
  CHECK(proof.error.lower > proof.error.upper / 2);
}

TEST_CASE("an exact polynomial has no error") {
  const Proven none = given("x^2", "[-1,1]", {Rational(1, 2), 0, Rational(1, 2)});
  CHECK(none.proof.holds);
  CHECK(none.proof.error.upper == 0);
  CHECK(certify_limit(none.request, none.stored, 0).holds);
  CHECK(given("x - x", "[-1,1]", {0, 0}).proof.holds);
  check_given("x^2", "[-1,1]", {Rational(1, 2), 0, Rational(1, 2) + power_of_two(-60)}, "2^-60");
}

// max and min of T_3 - 1/2 T_1 = 4 x^3 - 7/2 x on [-1, 1] are at x^2 = 7/24.
TEST_CASE("the range of a polynomial") {
  const ChebyshevSeries cubic{.coefficients = {0, Rational(-1, 2), 0, 1}};
  const auto range = proved_range(cubic, {{-1, 1}});
  REQUIRE(range.has_value());
  const Rational peak = number("7/3*sqrt(7/24)");
  CHECK(range->upper >= peak);
  CHECK(range->upper < peak * (1 + power_of_two(-18)));
  CHECK(range->lower <= -peak);
  const auto part = proved_range(cubic, test::domain("[0.9,1]"));
  REQUIRE(part.has_value());
  CHECK(part->lower <= number("4*0.9^3 - 3.5*0.9"));
  CHECK(part->upper >= Rational(1, 2));
  CHECK(part->upper < Rational(1, 2) + power_of_two(-18));
}

// The checker must reject a wrong answer, or every check above is worth nothing.
TEST_CASE("the complaints about proofs") {
  const Certificate right = given("exp(x)", "[-1,1]", {0}).proof;
  CHECK(complaint(right, number("e")).empty());
  CHECK(complaint(right, number("e*0.99")) == "attained is above the value");
  CHECK(complaint(right, number("e*1.01")) == "upper is below the value");
  CHECK(complaint(right, number("e"), -30) == "not tight");
  Certificate wrong = right;
  wrong.error.evidence = Evidence::measured;
  CHECK(complaint(wrong, number("e")) == "not proved");
  wrong = right;
  wrong.error.lower = right.error.upper;
  CHECK(complaint(wrong, number("e")) == "lower is above attained");
  wrong.holds = false;
  CHECK_FALSE(complaint(wrong, number("e")).empty());
}
