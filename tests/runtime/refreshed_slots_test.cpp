// Functions of many slots that are refreshed inside, on simulated ciphertexts whose refreshes add
// noise up to the bound: no error is above the claim, and a refresh of another kind is refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/simulated.hpp>
#include <vector>

#include "argmax_refreshed.hpp"
#include "largest_refreshed.hpp"
#include "layernorm_refreshed.hpp"
#include "softmax_refreshed.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Slots = std::vector<double>;

constexpr double arithmetic = 0x1p-20;  // of CKKS at a scale of 2^50, far above what is met

SimulationParameters parameters_of(int levels, std::uint64_t seed = 1) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+50, 14);
  parameters.seed = seed;
  return parameters;
}

// Vectors side by side.
struct SumOfBlocks {
  std::size_t length;

  refreshing_simulated::Ciphertext operator()(refreshing_simulated&,
                                              refreshing_simulated::Ciphertext x) const {
    for (std::size_t begin = 0; begin < x.values.size(); begin += length) {
      double total = 0;
      for (std::size_t i = begin; i < begin + length; ++i) total += x.values[i];
      for (std::size_t i = begin; i < begin + length; ++i) x.values[i] = total;
    }
    return x;
  }
};

// What a function is measured with: vectors of its domain, and what each should become.
struct Trial {
  Slots inputs{};
  Slots targets{};

  void add(const Slots& x, const Slots& y) {
    inputs.insert(inputs.end(), x.begin(), x.end());
    targets.insert(targets.end(), y.begin(), y.end());
  }
};

constexpr int vectors = 256;

Trial of_softmax(test::Random& random, std::size_t length, double range) {
  Trial trial;
  for (int number = 0; number < vectors; ++number) {
    Slots x(length, number % 4 == 0 ? -range : range);
    if (number % 4 > 1) {
      for (double& each : x) each = test::real_between(random, -range, range);
    }
    if (number % 2 == 0) x.front() = range;
    double total = 0;
    for (const double each : x) total += std::exp(each);
    Slots y;
    for (const double each : x) y.push_back(std::exp(each) / total);
    trial.add(x, y);
  }
  return trial;
}

Trial of_argmax(test::Random& random, std::size_t length, double range, double gap) {
  Trial trial;
  for (int number = 0; number < vectors; ++number) {
    const double top = test::real_between(random, gap - range, range);
    Slots x(length, number % 2 == 0 ? -range : top - gap);
    if (number % 3 == 0) {
      for (double& each : x) each = test::real_between(random, -range, top - gap);
    }
    const std::size_t place = random() % length;
    x[place] = top;
    Slots y(length, 0.0);
    y[place] = 1;
    trial.add(x, y);
  }
  return trial;
}

Trial of_largest(test::Random& random, std::size_t length, double range) {
  Trial trial;
  for (int number = 0; number < vectors; ++number) {
    Slots x(length, test::real_between(random, -range, range));
    if (number % 2 == 0) {
      for (double& each : x) each = test::real_between(random, -range, range);
    }
    x[random() % length] = test::real_between(random, -range, range);
    trial.add(x, Slots(length, *std::max_element(x.begin(), x.end())));
  }
  return trial;
}

Trial of_layernorm(test::Random& random, std::size_t length, double lower, double upper) {
  Trial trial;
  for (int number = 0; number < vectors; ++number) {
    Slots x(length, 0.0);
    if (number % 2 == 0) x.front() = 1;
    for (double& each : x) each += number % 2 == 0 ? 0 : test::real_between(random, -1, 1);
    double mean = 0;
    double squares = 0;
    const auto n = static_cast<double>(length);
    for (const double each : x) mean += each / n;
    for (const double each : x) squares += (each - mean) * (each - mean) / n;
    const double wanted = number % 3 == 0 ? lower * 1.000001 : upper * 0.999999;
    Slots y;
    for (const double each : x) y.push_back((each - mean) / std::sqrt(squares));
    for (double& each : x) each = (each - mean) * std::sqrt(wanted / squares);
    trial.add(x, y);
  }
  return trial;
}

// The largest error of so many ciphertexts, with noise of the request.
template <class Draw, class Evaluate>
double largest_error(const SlotRefreshes& refresh, int refreshes, int key_switches, int levels,
                     double half_width, std::size_t length, const Draw& draw,
                     const Evaluate& evaluate) {
  test::Random random(test::seed());
  MESSAGE("seed ", test::seed());
  double largest = 0;
  for (int round = 0; round < 4 * test::effort(); ++round) {
    const Trial trial = draw(random);
    refreshing_simulated he(
        parameters_of(std::max(levels, refresh.levels), static_cast<std::uint64_t>(round) + 1),
        refresh.levels, refresh.noise, refresh.lowest);
    const auto x =
        he.drop_to_level(he.encrypt(trial.inputs, 0x1p+50 / std::max(1.0, half_width)), levels);
    const auto y = evaluate(he, x, SumOfBlocks{length});
    CHECK(he.counts.refreshes == refreshes);
    CHECK(he.counts.key_switches == key_switches);
    for (std::size_t i = 0; i < trial.targets.size(); ++i) {
      largest = std::max(largest, std::abs(y.values[i] - trial.targets[i]));
    }
  }
  return largest;
}

void check(double largest, double claimed) {
  CAPTURE(largest);
  CHECK(largest <= claimed + arithmetic);
  CHECK(largest >= claimed / 64);
  MESSAGE("error 2^", std::log2(largest), ", claimed 2^", std::log2(claimed));
}

}  // namespace

TEST_CASE("a softmax that is refreshed keeps its claim with noise after every refresh") {
  namespace f = softmax_refreshed;
  CHECK(f::refreshes >= 1);
  const double largest = largest_error(
      f::refresh, f::refreshes, f::key_switches, f::input_levels, f::half_width, f::length,
      [](test::Random& random) { return of_softmax(random, f::length, 1); },
      [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  check(largest, f::claim.upper);
}

TEST_CASE("an argmax that is refreshed keeps its claim with noise after every refresh") {
  namespace f = argmax_refreshed;
  CHECK(f::refreshes >= 2);
  const double largest = largest_error(
      f::refresh, f::refreshes, f::key_switches, f::input_levels, f::half_width, f::length,
      [](test::Random& random) { return of_argmax(random, f::length, 1, 0.25); },
      [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  check(largest, f::claim.upper);
}

TEST_CASE("a largest of slots that is refreshed keeps its claim with noise after every refresh") {
  namespace f = largest_refreshed;
  CHECK(f::refreshes >= 2);
  const double largest = largest_error(
      f::refresh, f::refreshes, f::key_switches, f::input_levels, f::half_width, f::length,
      [](test::Random& random) { return of_largest(random, f::length, 1); },
      [](auto& he, const auto& x, const auto&) {
        return f::evaluate(he, x, [](auto y, int by) {
          for (auto block = y.values.begin(); block != y.values.end(); block += f::length) {
            std::rotate(block, block + by, block + f::length);
          }
          return y;
        });
      });
  check(largest, f::claim.upper);
}

TEST_CASE("a layernorm that is refreshed keeps its claim with noise after every refresh") {
  namespace f = layernorm_refreshed;
  CHECK(f::refreshes >= 1);
  const double largest = largest_error(
      f::refresh, f::refreshes, f::key_switches, f::input_levels, f::half_width, f::length,
      [](test::Random& random) { return of_layernorm(random, f::length, 0.25, 4); },
      [](auto& he, const auto& x, const auto& sum) { return f::evaluate(he, x, sum); });
  check(largest, f::claim.upper);
}

TEST_CASE("a refresh that is none of those that the claim counts is refused before any work") {
  namespace f = layernorm_refreshed;
  const Slots values(f::length, 1.0);
  const auto refused = [&](int levels, double noise, int lowest, int start) {
    refreshing_simulated he(parameters_of(12), levels, noise, lowest);
    const auto x = he.drop_to_level(he.encrypt(values, 0x1p+50), start);
    CHECK_THROWS_AS(f::evaluate(he, x, SumOfBlocks{f::length}), evaluation_error);
    CHECK(he.counts.key_switches == 0);
  };
  const SlotRefreshes& made_for = f::refresh;
  refused(made_for.levels - 1, made_for.noise, made_for.lowest, f::input_levels);
  refused(made_for.levels, made_for.noise * 2, made_for.lowest, f::input_levels);
  refused(made_for.levels, made_for.noise, made_for.lowest + 1, f::input_levels);
  refused(made_for.levels, made_for.noise, made_for.lowest, f::input_levels - 1);
}
