// Functions of steps: enclosures against plain evaluation in 256 bits, what must be refused, and
// the problems that squares pose.
#include <doctest/doctest.h>

#include <algorithm>

#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/proof/certify_sign.hpp"
#include "generator/proof/certify_steps.hpp"
#include "generator/sign/composite.hpp"
#include "generator/steps/exponential.hpp"
#include "generator/steps/modular.hpp"
#include "tests/support/random.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;

namespace {

using Wide = Real<256>;

Expression parsed(const std::string& text) { return *parse_function(text); }

// As its definition says, step after step: no template of the library.
Wide value_at(const StepClaim& claim, const Wide& x) {
  std::vector<Wide> values{x};
  for (const Step& step : claim.steps) {
    const Wide a = values[static_cast<std::size_t>(step.left)];
    const Wide b = values[static_cast<std::size_t>(step.right)];
    switch (step.operation) {
      case StepOperation::polynomial: {
        const ChebyshevSeries& p = claim.polynomials[static_cast<std::size_t>(step.polynomial)];
        Wide sum = 0;
        Wide power = 1;
        for (const Rational& c : to_powers(p)) {
          sum += from_rational<Wide>(c) * power;
          power *= a;
        }
        values.push_back(sum);
        break;
      }
      case StepOperation::square: values.push_back(a * a); break;
      case StepOperation::product: values.push_back(a * b); break;
      case StepOperation::sum: values.push_back(a + b); break;
      case StepOperation::affine:
        values.push_back(from_rational<Wide>(step.scale) * a + from_rational<Wide>(step.offset));
        break;
      case StepOperation::refresh: values.push_back(a); break;
    }
  }
  return values.back();
}

Wide error_at(const StepClaim& claim, const Rational& at) {
  const auto x = from_rational<Wide>(at);
  const Wide difference = value_at(claim, x) - CompiledFunction<Wide>(claim.target)(x);
  return real_abs(Wide(difference * CompiledFunction<Wide>(claim.weight)(x)));
}

Rational largest_error(const StepClaim& claim, int samples) {
  Wide largest = 0;
  for (const Interval& interval : claim.domain) {
    for (int i = 0; i <= samples; ++i) {
      const Rational x = interval.lower + (interval.upper - interval.lower) * Rational(i, samples);
      largest = std::max(largest, error_at(claim, x));
    }
  }
  return to_rational(largest);
}

// The sampled error is inside, the point that is named has what it should, and limits on both sides
// are told apart.
void check_claim(const StepClaim& claim) {
  const Certificate proof = certify_steps(claim);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  CHECK(proof.error.evidence == Evidence::proved);
  CHECK(largest_error(claim, 1000) <= proof.error.upper);
  CHECK(to_rational(error_at(claim, proof.at)) >= proof.error.attained);
  CHECK(proof.error.upper <= proof.error.attained * (1 + power_of_two(-9)));
  CHECK(certify_steps_limit(claim, proof.error.upper).holds);
  const Rational below = proof.error.attained * (1 - power_of_two(-12));
  const Certificate refuted = certify_steps_limit(claim, below);
  CHECK_FALSE(refuted.holds);
  CHECK(refuted.error.attained > below);
  CHECK(to_rational(error_at(claim, refuted.at)) > below);
}

ChebyshevSeries series_on(test::Random& random, int degree, const Interval& basis) {
  ChebyshevSeries series = test::random_series(random, degree, Parity::none, 0.6);
  series.basis = basis;
  return series;
}

}  // namespace

TEST_CASE("the error of random steps is enclosed") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  for (int i = 0; i < 6 * test::effort(); ++i) {
    CAPTURE(i);
    StepClaim claim{
        .steps = chain_of(2),
        .polynomials = {series_on(random, test::integer_between(random, 1, 20), {-2, 1}),
                        series_on(random, test::integer_between(random, 1, 9), {-8, 8})},
        .target = parsed("sin(3*x) + exp(x)/4"),
        .weight = parsed(i % 2 == 0 ? "1" : "2 + cos(x)"),
        .domain = {{-2, Rational(-1, 2)}, {Rational(-1, 4), 1}}};
    claim.steps = with_squares(std::move(claim.steps), i % 3);
    claim.steps = with_affine(std::move(claim.steps), Rational(3, 4), Rational(-1, 8));
    const int last = static_cast<int>(claim.steps.size());
    claim.steps.push_back(
        {.operation = StepOperation::product, .left = last, .right = i % 2 == 0 ? 0 : 1});
    REQUIRE(defect_of_steps(claim.steps, 2) == "");
    check_claim(claim);
  }
}

TEST_CASE("a polynomial's value outside the basis of the next is no proof") {
  const StepClaim claim{.steps = chain_of(2),
                        .polynomials = {{.coefficients = {0, 2}}, {.coefficients = {0, 1}}},
                        .target = parsed("2*x"),
                        .weight = parsed("1"),
                        .domain = {{-1, 1}}};
  CHECK_FALSE(certify_steps(claim).holds);
}

TEST_CASE("sign by steps is what sign by composition is") {
  const CompositeSign sign = composite_sign(
      {.degrees = {7, 5, 3}, .gap = Rational(1, 8), .margin = default_margin(Rational(1, 8))});
  REQUIRE(sign.status == CompositeStatus::complete);
  const CompositeClaim composite{.stages = polynomials_of(sign),
                                 .gap_end = Rational(1, 8),
                                 .range = 1,
                                 .last_error = sign.error().upper};
  const StepClaim claim{.steps = chain_of(3),
                        .polynomials = polynomials_of(sign),
                        .target = parsed("sign(x)"),
                        .weight = parsed("1"),
                        .domain = {{-1, Rational(-1, 8)}, {Rational(1, 8), 1}}};
  check_claim(claim);
  const ErrorEnclosure by_stages = certify_sign(composite);
  const ErrorEnclosure by_steps = certify_steps(claim).error;
  CHECK(by_steps.attained <= by_stages.upper);
  CHECK(by_stages.attained <= by_steps.upper);
}

TEST_CASE("steps that cannot be are refused") {
  const Steps good = with_squares(chain_of(2), 1);
  CHECK(defect_of_steps(good, 2) == "");
  CHECK(defect_of_steps({}, 0) != "");
  CHECK(defect_of_steps(good, 1) != "");
  CHECK(defect_of_steps(good, 3) != "");
  Steps later = good;
  later[1].left = 2;
  CHECK(defect_of_steps(later, 2) != "");
  Steps unused = good;
  unused[2].left = 1;
  CHECK(defect_of_steps(unused, 2) != "");
  Steps swapped = good;
  std::swap(swapped[0].polynomial, swapped[1].polynomial);
  CHECK(defect_of_steps(swapped, 2) != "");
  Steps wide = with_affine(good, Rational(1, 3), 0);
  CHECK(defect_of_steps(wide, 2) != "");
}

TEST_CASE("the forms of modular reduction are told from their steps") {
  for (const int doublings : {0, 1, 5}) {
    for (const bool has_arcsine : {false, true}) {
      const Steps steps = steps_of({.doublings = doublings, .has_arcsine = has_arcsine});
      CHECK(defect_of_steps(steps, has_arcsine ? 2 : 1) == "");
      const auto form = modular_form(steps);
      REQUIRE(form.has_value());
      CHECK(form->doublings == doublings);
      CHECK(form->has_arcsine == has_arcsine);
      if (!has_arcsine) continue;
      CHECK(steps_before(steps, 1) == steps_of({.doublings = doublings}));
      CHECK(follows_directly(steps, 1) == (doublings == 0));
    }
  }
  CHECK_FALSE(modular_form(with_squares(chain_of(1), 1)).has_value());
  CHECK_FALSE(modular_form(chain_of(3)).has_value());
  CHECK_THROWS_AS(static_cast<void>(steps_before(chain_of(1), 1)), std::invalid_argument);
}

// sin(pi / 4)^2 = 1/2, and the derivative of arcsin there is 1 / sqrt(1 - 1/2).
TEST_CASE("sizes of the sine and of the arcsine's slope are not below what they are") {
  const SineSizes sizes = sine_sizes(Rational(1, 8));
  const Rational square = sizes.sine * sizes.sine * 2;
  CHECK(square >= 1);
  CHECK(square <= 1 + power_of_two(-50));
  const Wide slope = from_rational<Wide>(sizes.slope) * 2 * real_pi<Wide>() / real_sqrt(Wide(2));
  CHECK(slope >= 1);
  CHECK(slope <= 1 + Wide(0x1p-50));
}

TEST_CASE("the size of what steps make is bounded, or it is not") {
  const ChebyshevSeries half{.coefficients = {0, Rational(1, 2)}};
  const Steps doubled = steps_of({.doublings = 1});  // x^2 / 2 - 1, in [-1, -1/2]
  CHECK(certify_steps_size(doubled, {half}, {{-1, 1}}, 1 + power_of_two(-20)).holds);
  CHECK_FALSE(certify_steps_size(doubled, {half}, {{-1, 1}}, Rational(9, 10)).holds);
  CHECK(certify_steps_size(doubled, {half}, {{Rational(1, 2), 1}}, Rational(9, 10)).holds);
}

TEST_CASE("errors of a polynomial that is squared: both sides of the band") {
  const Interval domain{-20, 1};
  for (const int squarings : {1, 2, 5}) {
    CAPTURE(squarings);
    const long n = 1L << squarings;
    const Rational error = power_of_two(-6);
    // The limit is the n-th root, and no more.
    const Rational limit = exponential_limit(error, /*relative=*/true, squarings);
    const auto grown = [&](const Rational& d) {
      return real_pow(Wide(1 + from_rational<Wide>(d)), n);
    };
    CHECK(to_rational(grown(limit)) <= 1 + error);
    CHECK(to_rational(grown(limit * (1 + power_of_two(-100)))) > 1 + error);
    // 1 / weight is the width of the band: at its edge the result is at its error.
    const MinimaxRequest problem =
        exponential_problem({.domain = domain, .error = error, .relative = false}, squarings);
    const CompiledFunction<Wide> target(problem.target);
    const CompiledFunction<Wide> weight(problem.weight);
    for (int i = 0; i <= 40; ++i) {
      const auto x = from_rational<Wide>(
          Rational(domain.lower + (domain.upper - domain.lower) * Rational(i, 40)));
      const Wide exact = real_exp(x);
      const Wide upper = real_pow(Wide(target(x) + 1 / weight(x)), n);
      const Wide lower = real_pow(Wide(target(x) - 1 / weight(x)), n);
      CHECK(real_abs(Wide(upper - exact - from_rational<Wide>(error))) < Wide(0x1p-180));
      CHECK(to_rational(Wide(exact - lower)) <= error);
    }
  }
}
