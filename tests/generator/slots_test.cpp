// Functions of many slots: bounds against exact extremes, and enclosures against plain evaluation.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "generator/iteration/newton_root.hpp"
#include "generator/slots/normalised_powers.hpp"
#include "generator/slots/tournament.hpp"
#include "generator/slots/unit_variance.hpp"
#include "tests/support/near.hpp"
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
      PowersErrors errors{.exp = power_of_two(log2_error)};
      errors.inverses.resize(static_cast<std::size_t>(squarings) + 1);
      const double bound = to_double(powers_bound(form, errors).value());
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
                          .errors = {.exp = 0, .inverses = {0, 0, last}},
                          .parts = {scaled_exponential(1), scaled_inverse(Rational(5, 4)),
                                    scaled_inverse(Rational(3, 4)), scaled_inverse(1 + last)}};
  const ErrorEnclosure error = certify_powers(claim).value();
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
    const PowersErrors errors{.exp = 0, .inverses = {{1, 16}, {1, 16}, {1, 16}}};
    CHECK(sum_before(form, 0, errors).value().upper <= Rational(19, 10));
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
        const Interval place = sum_before(form, index, errors).value();
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
  const PowersErrors none{.exp = 0, .inverses = {0, 0}};
  CHECK(to_double(powers_bound(form, none).value()) == test::near(others / (1 + others), 1e-5));
  const PowersClaim claim{.form = form,
                          .errors = none,
                          .parts = {scaled_exponential(1), scaled_inverse(1), scaled_inverse(1)}};
  const ErrorEnclosure error = certify_powers(claim).value();
  CHECK(to_double(error.attained) == test::near(others / (1 + others), 1e-5));
}

TEST_CASE("norms: one slot apart from all others attains the bound") {
  for (const bool centred : {false, true}) {
    const UnitVariance form =
        with_scale({.length = 768, .centred = centred, .variance = {Rational(1, 16), 4}});
    CHECK(squares_of(form).value().upper <= Rational(19, 10));
    const Rational r = power_of_two(-15);
    const SlotFunction root = [&](const Interval& x) {
      return Interval{(1 + r) / square_root_of(x.upper).upper,
                      (1 + r) / square_root_of(x.lower).lower};
    };
    const ErrorEnclosure error = certify_unit_variance(form, r, root).value();
    const double largest = std::sqrt(centred ? 767.0 : 768.0);
    CHECK(to_double(error.upper) == test::near(largest * to_double(r), 1e-5));
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

namespace {

// By real numbers, with noise of the signs that are given: what the steps make.
std::vector<double> evaluated(const SlotSteps& steps, std::vector<double> x, test::Random& random) {
  std::vector<std::vector<double>> values{std::move(x)};
  for (const SlotStep& step : steps) {
    const std::vector<double>& left = values[static_cast<std::size_t>(step.left)];
    const std::vector<double>& right = values[static_cast<std::size_t>(step.right)];
    const double scale = to_double(step.scale);
    const double noise = to_double(step.refresh.noise);
    double total = 0;
    for (const double each : left) total += each;
    const bool one_against_all = random() % 2 == 0;
    std::vector<double> result;
    for (std::size_t i = 0; i < left.size(); ++i) {
      double sign = random() % 2 == 0 ? 1 : -1;
      if (one_against_all) sign = i == 0 ? -1 : 1;
      switch (step.operation) {
        case SlotOperation::read: result.push_back(scale * left[i] + to_double(step.offset)); break;
        case SlotOperation::scale: result.push_back(scale * left[i]); break;
        case SlotOperation::centre: result.push_back(scale * left[i] - right[i]); break;
        case SlotOperation::sum: result.push_back(total); break;
        case SlotOperation::square: result.push_back(left[i] * left[i]); break;
        case SlotOperation::product: result.push_back(scale * left[i] * right[i]); break;
        case SlotOperation::refresh:
          CHECK(std::abs(left[i]) <= 1 + 1e-12);
          result.push_back(left[i] + sign * noise);
          break;
        case SlotOperation::rotate:
          result.push_back(left[(i + static_cast<std::size_t>(step.by)) % left.size()]);
          break;
        case SlotOperation::pair: {  // off by 2^-8 at most
          const double error = sign * 0x1p-8;
          result.push_back(scale * (std::max(left[i], right[i]) + error));
          CHECK(std::abs(left[i] - right[i]) <= 1);
          break;
        }
        case SlotOperation::part:
          result.push_back(step.part == 0 ? std::exp(left[i]) : 1 / left[i]);
          break;
      }
    }
    values.push_back(std::move(result));
  }
  return values.back();
}

// Refreshed everywhere, with factors that use the room to 1.
NormalisedPowers refreshed_everywhere(NormalisedPowers form, const PowersErrors& errors) {
  form.normalised.resize(static_cast<std::size_t>(form.squarings) + 1);
  for (Normalisation& how : form.normalised) how.is_refreshed = true;
  form = with_offset(with_refreshed_input(form));
  for (int i = 0; i <= form.squarings; ++i) {
    const auto index = static_cast<std::size_t>(i);
    if (i > 0) {
      form.normalised[index - 1].factor =
          form.normalised[index - 1].sum_scale *
          round_to_bits(1 / largest_value(form, i, errors).value(), 10, Rounding::down);
    }
    Rational& scale = form.normalised[index].sum_scale;
    while (scale * sum_before(form, i, errors).value().upper > 2) scale /= 2;
    form.normalised[index].factor = scale;
  }
  return form;
}

}  // namespace

// Noise of the largest size and any sign after each refresh, on exact parts.
TEST_CASE("softmax and argmax keep their bounds with noise after every refresh") {
  test::Random random(test::seed());
  MESSAGE("seed ", test::seed());
  for (const Rational& gap : {Rational(0), Rational(1, 2)}) {
    const PowersErrors none{.exp = 0, .inverses = {0, 0, 0}};
    const NormalisedPowers form = refreshed_everywhere(
        {.length = 6,
         .range = 1,
         .scale = gap > 0 ? Rational(2) : Rational(1, 4),
         .squarings = 2,
         .gap = gap,
         .refresh = {.noise = power_of_two(gap > 0 ? -9 : -10), .lowest = 1, .levels = 9}},
        none);
    CHECK(refreshes_of(steps_of(form)) == 4);
    const double bound = to_double(powers_bound(form, none).value());
    CHECK(bound < 0.5);
    const double power = to_double(Rational(form.scale * 4));
    double largest = 0;
    for (int trial = 0; trial < 500 * test::effort(); ++trial) {
      const double top = test::real_between(random, -1 + to_double(gap), 1);
      std::vector<double> x = {top};
      for (int i = 1; i < form.length; ++i) {
        x.push_back(trial % 2 == 0 ? (gap > 0 ? top - to_double(gap) : -1)
                                   : test::real_between(random, -1, top - to_double(gap)));
      }
      double total = 0;
      for (const double each : x) total += std::exp(power * each);
      const std::vector<double> y = evaluated(steps_of(form), x, random);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double target = gap > 0 ? (i == 0 ? 1 : 0) : std::exp(power * x[i]) / total;
        largest = std::max(largest, std::abs(y[i] - target));
      }
    }
    CHECK(largest <= bound);
    CHECK(largest >= bound / 8);
    MESSAGE(largest, " of ", bound);
  }
}

TEST_CASE("a refresh whose noise is as large as the values has no bound") {
  NormalisedPowers form{
      .length = 6, .range = 4, .refresh = {.noise = power_of_two(-9), .lowest = 1, .levels = 9}};
  form.normalised.push_back({.is_refreshed = true});
  form = with_offset(form);
  const PowersErrors none{.exp = 0, .inverses = {0}};
  CHECK_FALSE(sum_before(form, 0, none).has_value());  // exp(-8) is below 2^-9
  CHECK_FALSE(powers_bound(form, none).has_value());
  form.refresh.noise = power_of_two(-14);
  CHECK(powers_bound(form, none).has_value());
  form.offset += 1;  // values above 1
  CHECK_FALSE(powers_bound(form, none).has_value());
}

TEST_CASE("norms keep their bounds with noise after every refresh") {
  test::Random random(test::seed());
  MESSAGE("seed ", test::seed());
  for (const bool centred : {false, true}) {
    const UnitVariance form = with_scale({.length = 24,
                                          .centred = centred,
                                          .variance = {Rational(1, 4), 4},
                                          .refresh = {.noise = power_of_two(-12)},
                                          .refreshes_slots = true,
                                          .refreshes_squares = true});
    const double bound = to_double(unit_variance_bound(form, 0).value());
    const Interval place = squares_of(form).value();
    SlotSteps steps = steps_of(form);
    CHECK(refreshes_of(steps) == 2);
    double largest = 0;
    for (int trial = 0; trial < 300 * test::effort(); ++trial) {
      std::vector<double> x(24, 0.0);
      for (double& each : x) each = trial % 2 == 0 ? 0 : test::real_between(random, -1, 1);
      if (trial % 2 == 0) x.front() = 1;
      double mean = 0;
      double squares = 0;
      for (const double each : x) mean += centred ? each / 24 : 0;
      for (const double each : x) squares += (each - mean) * (each - mean) / 24;
      const double size = std::sqrt((trial % 3 == 0 ? 0.25 : trial % 3 == 1 ? 4 : 1) / squares);
      for (double& each : x) each = (each - mean) * size;
      // The part is 1/sqrt(x), which `evaluated` takes for exp: up to it, then by hand.
      const SlotSteps before(steps.begin(), steps.end() - 2);
      test::Random again = random;
      const double square = evaluated(before, x, random).front();
      CHECK(square >= to_double(place.lower) * (1 - 1e-12));
      CHECK(square <= to_double(place.upper) * (1 + 1e-12));
      const SlotSteps slots(steps.begin(), steps.begin() + (centred ? 4 : 2));
      const std::vector<double> z = evaluated(slots, x, again);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double y = to_double(form.factor) * z[i] / std::sqrt(square);
        largest = std::max(largest, std::abs(y - x[i] / (size * std::sqrt(squares))));
      }
    }
    CHECK(largest <= bound);
    CHECK(largest >= bound / 8);
    MESSAGE(largest, " of ", bound);
  }
  const UnitVariance coarse = with_scale({.length = 24,
                                          .variance = {Rational(1, 256), 4},
                                          .refresh = {.noise = power_of_two(-9)},
                                          .refreshes_squares = true});
  CHECK_FALSE(unit_variance_bound(coarse, 0).has_value());
}

TEST_CASE(
    "the largest of slots keeps its bound, where rounds and refreshes are off by all they may") {
  test::Random random(test::seed());
  MESSAGE("seed ", test::seed());
  const Rational error = power_of_two(-8);  // as `evaluated` has it
  for (const int length : {2, 3, 5, 8, 16}) {
    CAPTURE(length);
    Tournament form{.length = length,
                    .range = Rational(3, 2),
                    .scale = Rational(19, 64),
                    .factor = Rational(27, 8),
                    .refresh = {.noise = power_of_two(-10)}};
    const std::vector<int> rotations = rotations_of_rounds(length);
    form.refreshed.assign(rotations.size(), true);
    form.refreshed.front() = length % 2 == 0;
    const SlotSteps steps = steps_of(form);
    CHECK(defect_of_slot_steps(steps, 1).empty());
    CHECK(rotations_of(steps) == static_cast<int>(rotations.size()));
    const double bound = to_double(tournament_bound(form, error).value());
    double largest = 0;
    for (int trial = 0; trial < 400 * test::effort(); ++trial) {
      std::vector<double> x(static_cast<std::size_t>(length), -1.5);
      for (double& each : x) each = trial % 3 == 0 ? each : test::real_between(random, -1.5, 1.5);
      x[random() % x.size()] = trial % 2 == 0 ? 1.5 : -1.5;
      const double top = *std::ranges::max_element(x);
      for (const double each : evaluated(steps, x, random)) {
        largest = std::max(largest, std::abs(each - top));
      }
    }
    CHECK(largest <= bound);
    CHECK(largest >= bound / 2);
    // Were the range of max no larger than all that slots differ by, none is left for their errors.
    form.scale = Rational(1, 3);
    CHECK(tournament_bound(form, error).has_value() == (length == 2 && !form.refreshed.front()));
  }
}

TEST_CASE("what a tournament attains is below its bound, and tells a max that is worse") {
  const Rational range(3, 2);
  const Tournament form{
      .length = 5, .range = range, .scale = Rational(19, 64), .factor = Rational(64, 19)};
  const auto max_off_by = [](const Rational& error) {
    return [=](const Interval& a, const Interval& b) {
      return Interval{std::max(a.lower, b.lower) + error, std::max(a.upper, b.upper) + error};
    };
  };
  const Rational error = power_of_two(-8);
  const auto enclosure = certify_tournament(form, error, max_off_by(error));
  REQUIRE(enclosure.has_value());
  CHECK(enclosure->evidence == Evidence::proved);
  CHECK(enclosure->attained <= enclosure->upper);
  CHECK(enclosure->attained * Rational(1001, 1000) > enclosure->upper);  // three rounds, all off
  CHECK(attained_by_tournament(form, max_off_by(error * 2)) > enclosure->upper);
  CHECK(attained_by_tournament(form, max_off_by(0)) == 0);
}
