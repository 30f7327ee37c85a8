// Certificates of whole problems against dense samples, wrong references and Sollya's supnorm.
#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "emit/hexfloat.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/proof/certify_sign.hpp"
#include "generator/proof/lower_bound.hpp"
#include "generator/sign/composite.hpp"
#include "generator/sign/gap.hpp"
#include "tests/support/command.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Wide = Real<512>;

// The largest of `samples` values of |curve| on each interval.
template <class Curve>
Rational largest_sample(const Curve& curve, const Domain& domain, int samples) {
  Wide largest = 0;
  for (const Interval& interval : domain) {
    for (int i = 0; i <= samples; ++i) {
      const Rational x = interval.lower + (interval.upper - interval.lower) * i / samples;
      largest = std::max(largest, real_abs(Wide(curve(from_rational<Wide>(x)))));
    }
  }
  return to_rational(largest);
}

struct Sampled {
  MinimaxRequest request;
  MinimaxResult solved;
  ChebyshevSeries stored;
  Rational error{};  // of dense samples
};

Sampled sampled(const std::string& function, const std::string& domain, int degree,
                const std::string& weight = "1") {
  Sampled one{.request = test::problem(function, domain, degree), .solved = {}, .stored = {}};
  one.request.weight = test::function(weight);
  if (weight != "1") one.request.parity = Parity::none;
  one.solved = minimax(one.request);
  REQUIRE_MESSAGE(one.solved.usable(), function);
  one.stored = rounded(one.solved.polynomial, 53);
  one.request.domain = rounded_outward(one.request.domain);
  const CompiledFunction<Wide> f(one.request.target);
  const CompiledFunction<Wide> w(one.request.weight);
  const SeriesEvaluator<Wide> p(one.stored);
  one.error = largest_sample([&](const Wide& x) { return Wide(w(x) * (f(x) - p(x))); },
                             one.request.domain, 2000);
  return one;
}

// The series as powers of x with exact hex floats: the half width of its basis is a power of 2.
std::string in_powers(const ChebyshevSeries& series) {
  const Rational centre = (series.basis.lower + series.basis.upper) / 2;
  const Rational half = (series.basis.upper - series.basis.lower) / 2;
  const std::size_t count = series.coefficients.size();
  std::vector<Rational> sum(count);
  std::vector<Rational> previous(count);
  std::vector<Rational> current(count);
  current[0] = 1;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<Rational> next(count);
    for (std::size_t i = 0; i < count; ++i) {
      sum[i] += series.coefficients[k] * current[i];
      const Rational shifted = (i > 0 ? current[i - 1] : Rational(0)) - centre * current[i];
      next[i] = (k == 0 ? 1 : 2) * shifted / half - previous[i];
    }
    previous = current;
    current = next;
  }
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += (i == 0 ? "(" : " + (") + hexfloat(sum[i]) + ") * x^" + std::to_string(i);
  }
  return text;
}

}  // namespace

TEST_CASE("certificates hold dense samples, which come close") {
  struct Case {
    const char* function;
    const char* domain;
    int degree;
    const char* weight;
  };
  const std::vector<Case> cases = {{"exp(x)", "[-1,1]", 10, "1"},
                                   {"gelu(x)", "[-8,8]", 20, "1"},
                                   {"relu(x)", "[-1,1]", 15, "1"},
                                   {"sqrt(x)", "[0,1]", 12, "1"},
                                   {"sigmoid(x)", "[-8,8]", 30, "1"},
                                   {"log(x)", "[0.1,1] [2,3]", 9, "1"},
                                   {"sin(20*x)", "[0,1]", 25, "1"},
                                   {"exp(x)", "[0,1]", 5, "exp(-x)"},
                                   {"exp(mod(x,1))", "[1.1,1.9]", 4, "1+x"},
                                   {"max(x^2, 1/3)", "[-1,1]", 8, "1"},
                                   {"if(x<1/3, x, 1/3)", "[0,1]", 7, "1"}};
  for (const Case& one : cases) {
    CAPTURE(one.function);
    const Sampled s = sampled(one.function, one.domain, one.degree, one.weight);
    const Certificate proof = certify(s.request, s.stored, s.solved);
    REQUIRE_MESSAGE(proof.holds, proof.detail);
    CHECK(s.error <= proof.error.upper);
    CHECK(proof.error.attained <= s.error * Rational(101, 100));
    CHECK(proof.error.upper <= proof.error.attained * (1 + power_of_two(-10)));
    CHECK(certify_limit(s.request, s.stored, proof.error.upper).holds);
    const Rational below = s.error * (1 - power_of_two(-12));
    CHECK_FALSE(certify_limit(s.request, s.stored, below).holds);
  }
}

TEST_CASE("a wrong reference does not raise the lower bound above the minimal error") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const Sampled s = sampled("exp(x)", "[-1,1]", 4);
  ChebyshevSeries bad = s.stored;  // whose own error does not hide a wrong lower bound
  bad.coefficients[1] += 2;
  const auto lower = [&](const MinimaxResult& solved) {
    const Certificate proof = certify(s.request, bad, solved);
    CHECK(proof.error.attained > 1);
    return proof.error.lower;
  };
  CHECK(lower(s.solved) > s.solved.error.lower * (1 - power_of_two(-29)));
  for (int i = 0; i < 50 * test::effort(); ++i) {
    MinimaxResult wrong = s.solved;
    // Points inside the domain, and some outside, which are no points of the problem.
    for (Rational& x : wrong.reference) x = Rational(test::real_between(random, -1.5, 1.5));
    std::ranges::sort(wrong.reference);
    CHECK(lower(wrong) <= s.solved.error.upper);
  }
  MinimaxResult wrong = s.solved;
  for (Rational& x : wrong.reference) x *= Rational(3, 2);
  CHECK(lower(wrong) <= s.solved.error.upper);
  // A polynomial that is not of the class says nothing about it.
  wrong = s.solved;
  wrong.polynomial.coefficients.resize(6);
  wrong.polynomial.coefficients[5] = 1;
  CHECK(lower(wrong) <= s.solved.error.upper);
  MinimaxRequest odd = test::problem("sin(x)", "[-1,1]", 3);
  MinimaxResult even = minimax(odd);
  even.polynomial.parity = Parity::none;
  even.polynomial.coefficients[2] = 1;
  CHECK(proved_lower_bound(odd, even.reference, even.polynomial) <= even.error.upper);
}

TEST_CASE("compositions: certificates hold dense samples, and refute false claims") {
  for (const std::vector<int>& degrees : {std::vector<int>{3, 5}, std::vector<int>{7, 7}}) {
    const Rational gap = power_of_two(-4);
    const auto sign =
        composite_sign({.degrees = degrees, .gap = gap, .margin = default_margin(gap)});
    REQUIRE(sign.status == CompositeStatus::complete);
    std::vector<ChebyshevSeries> stages;
    for (const SignStage& stage : sign.stages) stages.push_back(stage.polynomial);
    const CompositeClaim claim = claim_of(sign, stages, 1);
    const CompositeEvaluator<Wide> p(polynomials_of(sign));

    const Rational sign_error =
        largest_sample([&](const Wide& x) { return Wide(p(x) - 1); }, {{claim.gap_end, 1}}, 4000);
    const ErrorEnclosure of_sign = certify_sign(claim);
    CHECK(sign_error <= of_sign.upper);
    CHECK(of_sign.attained <= of_sign.upper);
    CHECK(of_sign.attained <= sign_error * Rational(101, 100));
    CHECK(certify_sign_limit(claim, of_sign.upper).holds);
    const Certificate refuted = certify_sign_limit(claim, sign_error * Rational(99, 100));
    CHECK_FALSE(refuted.holds);
    CHECK(to_rational(real_abs(Wide(p(from_rational<Wide>(refuted.at)) - 1))) >
          sign_error * Rational(99, 100));

    const auto relu_error = [&](const Wide& x) { return Wide(x * (p(x) - 1) / 2); };
    const Rational sampled_relu = largest_sample(relu_error, {{0, 1}}, 4000);
    const Certificate of_relu = certify_relu(claim);
    REQUIRE(of_relu.holds);
    CHECK(sampled_relu <= of_relu.error.upper);
    CHECK(of_relu.error.attained <= sampled_relu * Rational(101, 100));
    CHECK(of_relu.error.upper <= of_relu.error.attained * (1 + power_of_two(-10)));
    CHECK(certify_relu_limit(claim, of_relu.error.upper).holds);
    const Rational below = of_relu.error.attained * (1 - power_of_two(-12));
    const Certificate wrong = certify_relu_limit(claim, below);
    CHECK_FALSE(wrong.holds);
    CHECK(to_rational(real_abs(relu_error(from_rational<Wide>(wrong.at)))) > below);

    // A nudged stage breaks the claim about the composition.
    CompositeClaim nudged = claim;
    nudged.stages.back().coefficients[1] += 2;
    nudged.last_error += 2;
    CHECK_FALSE(certify_relu_limit(nudged, of_relu.error.upper).holds);
    CHECK_FALSE(certify_sign_limit(nudged, of_sign.attained / 8).holds);
  }
}

// Sollya's supnorm, of the very same stored polynomial: other people's proof in other code.
TEST_CASE("proved bounds overlap Sollya's supnorm") {
  if (!test::is_installed("sollya")) {
    MESSAGE("SKIPPED: sollya is not installed");
    return;
  }
  struct Case {
    const char* function;
    const char* domain;
    int degree;
    const char* theirs;
    const char* interval;
  };
  const std::vector<Case> cases = {{"exp(x)", "[-1,1]", 8, "exp(x)", "[-1;1]"},
                                   {"log(x)", "[1,2]", 9, "log(x)", "[1;2]"},
                                   {"sin(5*x)", "[0,2]", 10, "sin(5*x)", "[0;2]"},
                                   {"sigmoid(x)", "[-4,4]", 11, "1/(1+exp(-x))", "[-4;4]"}};
  for (const Case& one : cases) {
    CAPTURE(one.function);
    const Sampled s = sampled(one.function, one.domain, one.degree);
    const ErrorEnclosure ours = certify(s.request, s.stored, s.solved, -30).error;
    const auto theirs = [&](const ChebyshevSeries& series) {
      const test::TemporaryFolder folder;
      test::write_text(folder / "norm.sollya",
                       "prec = 500!;\ndisplay = hexadecimal!;\ns = supnorm(" + in_powers(series) +
                           ", " + one.theirs + ", " + one.interval +
                           ", absolute, 1b-20);\nround(inf(s), 53, RD);\n"
                           "round(sup(s), 53, RU);\nquit;\n");
      const auto result = test::run({"sollya", "norm.sollya"}, folder.path());
      REQUIRE_MESSAGE(result.status == 0, result.output << result.errors);
      std::istringstream lines(result.output);
      std::vector<Rational> ends;
      for (std::string line; std::getline(lines, line);) {
        if (const auto end = parse_hexfloat(line)) ends.push_back(*end);
      }
      REQUIRE_MESSAGE(ends.size() == 2, result.output);
      return Interval{ends[0], ends[1]};
    };
    const auto overlap = [&](const Interval& norm) {
      return norm.lower <= ours.upper && ours.attained <= norm.upper;
    };
    CHECK(overlap(theirs(s.stored)));
    // The norm of another polynomial must not overlap; one example is enough.
    if (&one != cases.data()) continue;
    ChebyshevSeries nudged = s.stored;
    nudged.coefficients[0] += Rational(to_double(ours.upper));
    CHECK_FALSE(overlap(theirs(nudged)));
  }
}
