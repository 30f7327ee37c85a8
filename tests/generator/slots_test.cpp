// Functions of many slots: bounds against exact extremes, and enclosures against plain evaluation.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "generator/iteration/newton_root.hpp"
#include "generator/slots/normalised_powers.hpp"
#include "generator/slots/unit_variance.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

SlotFunction scaled_exponential(const Rational& factor) {
  return [=](const Interval& x) {
    const Interval e = exponential_of(x.lower);
    const Interval f = exponential_of(x.upper);
    return Interval{e.lower * factor, f.upper * factor};
  };
}

SlotFunction scaled_inverse(const Rational& factor) {
  return [=](const Interval& x) { return Interval{factor / x.upper, factor / x.lower}; };
}

}  // namespace

// exp is 1 + D times too large in one slot, and 1 - D in the others, K times squared: the share s
// becomes s t / (s t + 1 - s) with t = ((1 + D) / (1 - D))^(2^K). Over s that is at most the bound,
// and at s = 1 / (1 + sqrt t) nearly the bound.
TEST_CASE("the bound of softmax is that of the worst shares") {
  for (const int squarings : {0, 1, 3}) {
    const NormalisedPowers form{
        .length = 1 << 16, .range = 16, .scale = power_of_two(-squarings), .squarings = squarings};
    for (const long log2_error : {-4, -10, -20}) {
      const double d = std::exp2(static_cast<double>(log2_error));
      const double t = std::pow((1 + d) / (1 - d), std::exp2(squarings));
      const auto moved = [&](double s) { return s * t / (s * t + 1 - s) - s; };
      const double bound = to_double(softmax_bound(form, power_of_two(log2_error), 0));
      double largest = 0;
      for (int i = 0; i <= 1000; ++i) largest = std::max(largest, moved(i / 1000.0));
      CAPTURE(squarings);
      CAPTURE(log2_error);
      CHECK(largest <= bound * (1 + 1e-9));
      CHECK(moved(1 / (1 + std::sqrt(t))) >= 0.9 * bound);
    }
  }
}

TEST_CASE("exact parts have no error but that of the last normalisation") {
  const NormalisedPowers form =
      with_offset({.length = 64, .range = 4, .scale = Rational(1, 4), .squarings = 2});
  const Rational last = power_of_two(-12);
  const PowersClaim claim{.form = form,
                          .exp_error = 0,
                          .last_error = last,
                          .parts = {scaled_exponential(1), scaled_inverse(Rational(5, 4)),
                                    scaled_inverse(Rational(3, 4)), scaled_inverse(1 + last)}};
  const ErrorEnclosure error = certify_powers(claim);
  CHECK(error.evidence == Evidence::proved);
  CHECK(error.lower == error.attained);
  CHECK(error.attained <= error.upper);
  CHECK(error.upper <= last);
  CHECK(error.attained >= last * Rational(9, 10));  // one slot above all others has nearly all
}

// The sums of what is normalised, over vectors of a seeded stream and the extreme ones.
TEST_CASE("sums lie where they are said to") {
  test::Random random(test::seed());
  MESSAGE("seed ", test::seed());
  for (const Rational& gap : {Rational(0), Rational(1, 2)}) {
    const NormalisedPowers form = with_offset(
        {.length = 10, .range = 3, .scale = Rational(1, 8), .squarings = 3, .gap = gap});
    CHECK(sum_before(form, 0, 0, 0).upper <= Rational(19, 10));
    for (int trial = 0; trial < 200; ++trial) {
      std::vector<double> y;
      const double top = test::real_between(random, -3 + to_double(gap), 3);
      for (int i = 0; i < form.length; ++i) {
        const bool extreme = trial % 3 == 0;
        const double x = i == 0    ? top
                         : extreme ? (trial % 2 == 0 ? -3 : top - to_double(gap))
                                   : test::real_between(random, -3, top - to_double(gap));
        y.push_back(std::exp(x / 8 + to_double(form.offset)));
      }
      double factor = 1;
      for (int index = 0; index <= form.squarings; ++index) {
        double sum = 0;
        for (double& value : y) {
          value = index == 0 ? value : value * value;
          sum += value;
        }
        const Interval place = sum_before(form, index, 0, index == 0 ? 0 : Rational(1, 16));
        CAPTURE(index);
        CHECK(sum >= to_double(place.lower) * (1 - 1e-12));
        CHECK(sum <= to_double(place.upper) * (1 + 1e-12));
        factor = trial % 2 == 0 ? 1.0625 : 0.9375;
        for (double& value : y) value *= factor / sum;
      }
    }
  }
}

TEST_CASE("the bound of argmax tells what the others leave") {
  const NormalisedPowers form =
      with_offset({.length = 5, .range = 1, .scale = 4, .squarings = 1, .gap = Rational(1, 2)});
  // four others, each e^-4 of the largest
  const double others = 4 * std::exp(-4.0);
  CHECK(to_double(argmax_bound(form, 0, 0)) == doctest::Approx(others / (1 + others)));
  const PowersClaim claim{.form = form,
                          .parts = {scaled_exponential(1), scaled_inverse(1), scaled_inverse(1)}};
  const ErrorEnclosure error = certify_powers(claim);
  CHECK(to_double(error.attained) == doctest::Approx(others / (1 + others)));
}

TEST_CASE("norms: one slot apart from all others attains the bound") {
  for (const bool centred : {false, true}) {
    const UnitVariance form =
        with_scale({.length = 768, .centred = centred, .variance = {Rational(1, 16), 4}});
    CHECK(squares_of(form).upper <= Rational(19, 10));
    const Rational r = power_of_two(-15);
    const SlotFunction root = [&](const Interval& x) {
      return Interval{(1 + r) / square_root_of(x.upper).upper,
                      (1 + r) / square_root_of(x.lower).lower};
    };
    const ErrorEnclosure error = certify_unit_variance(form, r, root);
    const double largest = std::sqrt(centred ? 767.0 : 768.0);
    CHECK(to_double(error.upper) == doctest::Approx(largest * to_double(r)));
    CHECK(error.attained >= error.upper * Rational(99, 100));
    CHECK(error.attained <= error.upper);
  }
}

TEST_CASE("steps that read later values, or leave a part out, are refused") {
  SlotSteps steps = steps_of(NormalisedPowers{.length = 4, .squarings = 1});
  CHECK(defect_of_slot_steps(steps, 3).empty());
  CHECK(defect_of_slot_steps(steps, 2) == "a part is not used");
  CHECK(sums_of(steps) == 2);
  steps[1].left = 2;
  CHECK(defect_of_slot_steps(steps, 3) == "a step reads a later value");
  steps = steps_of(NormalisedPowers{.length = 4});
  steps[3].part = 0;
  CHECK(!defect_of_slot_steps(steps, 2).empty());
}
