// What every adapter must do, on ciphertexts of a real library. A `Library` has
//   backend()                       the adapter
//   encrypt(values), decrypt(x)     at the top level and the library's usual scale
//   slots(), log2_ring(), log2_scale(), simulated_as
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <string>
#include <thread>
#include <vector>

#include "abs_chain.hpp"
#include "cos_d64.hpp"
#include "emit/targets/targets.hpp"
#include "exp_d12.hpp"
#include "log_d20.hpp"
#include "max_chain.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sigmoid_d31.hpp"
#include "sign_chain.hpp"
#include "sign_d63.hpp"
#include "tests/runtime/noise.hpp"
#include "tests/support/made.hpp"
#include "wide_inverse.hpp"
#include "wide_rsqrt.hpp"
#include "wide_sqrt.hpp"

namespace equiripple::test {

/// `count` values from lower to upper, both included.
inline std::vector<double> spread(double lower, double upper, std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = std::min(
        upper, lower + (upper - lower) * static_cast<double>(i) / static_cast<double>(count - 1));
  }
  return values;
}

inline double largest_difference(const std::vector<double>& x, const std::vector<double>& y) {
  double largest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) largest = std::max(largest, std::abs(x[i] - y.at(i)));
  return largest;
}

/// The plan on numbers.
template <class Plan>
std::vector<double> clear_values(const std::vector<double>& inputs) {
  plain he;
  std::vector<double> values;
  for (const double x : inputs) values.push_back(evaluate<Plan>(he, x));
  return values;
}

/// From lower to upper, denser in the middle and at the ends: as many slots see the steep parts of
/// a polynomial as make the largest error a steady number.
inline std::vector<double> spread_to_the_steep(double lower, double upper, std::size_t count) {
  std::vector<double> values = spread(-1, 1, count);
  for (std::size_t i = 0; i < count; ++i) {
    const double u = std::abs(values[i]);
    const double v = i % 2 == 0 ? u * u * u : 1 - (1 - u) * (1 - u) * (1 - u);
    values[i] =
        std::min(upper, (lower + upper + (upper - lower) * std::copysign(v, values[i])) / 2);
  }
  return values;
}

/// The simulation of a library with so many levels.
template <class Library>
SimulationParameters simulation_of(const Library& library, int levels, std::uint64_t seed) {
  SimulationParameters parameters;
  parameters.moduli =
      simulated_moduli(levels, std::exp2(library.log2_scale()), library.log2_ring());
  parameters.log2_ring = library.log2_ring();
  parameters.library = library.simulated_as;
  parameters.seed = seed;
  return parameters;
}

/// Of `compute(backend, x)` on the library's levels, for inputs at its own scale or another.
template <class Library, class Compute>
Noise noise_of(const Library& library, int levels, const std::vector<double>& inputs,
               const std::vector<double>& expected, const Compute& compute, double scale = 0) {
  const double own_scale = std::exp2(library.log2_scale());
  return simulated_noise(
      expected, [&](std::uint64_t seed) { return simulated(simulation_of(library, levels, seed)); },
      [&](simulated& he) {
        const auto x = he.encrypt(inputs, scale == 0 ? own_scale : scale);
        return he.decrypt(compute(he, x), expected);
      });
}

/// Of the plan.
template <class Plan, class Library>
Noise plan_noise(const Library& library, int levels, const std::vector<double>& inputs,
                 double scale = 0) {
  return noise_of(
      library, levels, inputs, clear_values<Plan>(inputs),
      [](simulated& he, const auto& x) { return evaluate<Plan>(he, x); }, scale);
}

/// Of encrypting alone.
template <class Library>
Noise fresh_noise(const Library& library, int levels, const std::vector<double>& inputs) {
  return noise_of(library, levels, inputs, inputs, [](simulated&, const auto& x) { return x; });
}

/// On the whole range: the error is that of the simulation.
template <class Plan, class Library>
void check_values(Library& library) {
  CAPTURE(std::string(Plan::name));
  auto& he = library.backend();
  const auto inputs = spread_to_the_steep(Plan::lower, Plan::upper, library.slots());
  const auto x = library.encrypt(inputs);
  const int before = he.level(x);
  const auto y = evaluate<Plan>(he, x);
  CHECK(he.level(y) == before - required_levels<Plan>(he, x));
  const auto values = library.decrypt(y);
  const double error = largest_difference(values, clear_values<Plan>(inputs));
  const Noise noise = plan_noise<Plan>(library, before, inputs);
  MESSAGE(std::string(Plan::name) << ": 2^" << std::log2(error) << ", from 2^"
                                  << std::log2(noise.lower()) << " to 2^"
                                  << std::log2(noise.upper()));
  CHECK(error <= noise.upper());
  CHECK(error >= noise.lower());
}

template <class Library>
void check_all_values(Library& library) {
  check_values<exp_d12::Plan>(library);
  static_assert(log_d20::Plan::key_switches == 5);  // of a chain of dense values
  check_values<log_d20::Plan>(library);
  check_values<sigmoid_d31::Plan>(library);
  check_values<cos_d64::Plan>(library);
  check_values<sign_d63::Plan>(library);
  check_values<sign_chain::Plan>(library);
  check_values<relu_small::Plan>(library);
  check_values<relu_large::Plan>(library);
  check_values<abs_chain::Plan>(library);
}

template <class Library>
void check_two_inputs(Library& library) {
  using Plan = max_chain::Plan;
  auto& he = library.backend();
  const auto first = spread(-Plan::upper / 2, Plan::upper / 2, library.slots());
  auto second = first;
  std::reverse(second.begin(), second.end());
  const auto a = library.encrypt(first);
  const auto y = max_chain::evaluate(he, a, library.encrypt(second));
  plain clear;
  std::vector<double> expected;
  for (std::size_t i = 0; i < first.size(); ++i) {
    expected.push_back(max_chain::evaluate(clear, first[i], second[i]));
  }
  const double own_scale = std::exp2(library.log2_scale());
  const Noise noise =
      noise_of(library, he.level(a), first, expected, [&](simulated& twin, const auto& x) {
        return max_chain::evaluate(twin, x, twin.encrypt(second, own_scale));
      });
  CHECK(largest_difference(library.decrypt(y), expected) <= noise.upper());
}

/// What is prepared once is what evaluate does, for a batch and from several threads; inputs stay.
template <class Library>
void check_prepared(Library& library) {
  using Plan = relu_small::Plan;
  auto& he = library.backend();
  const auto inputs = spread(-1, 1, library.slots());
  const auto x = library.encrypt(inputs);
  const auto ready = evaluate<Plan>(he, x);
  const int level = he.level(x);
  const double scale = he.scale(x);
  const auto expected = clear_values<Plan>(inputs);
  const double tolerance = plan_noise<Plan>(library, level, inputs).upper();
  const auto prepared = relu_small::prepare(he, level, scale);
  CHECK(prepared.output_level() == he.level(ready));
  for (const auto& y : prepared.evaluate_all({x, x})) {
    CHECK(largest_difference(library.decrypt(y), expected) <= tolerance);
  }
  std::vector<typename Library::Backend::Ciphertext> results(3);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] { result = prepared.evaluate(x); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& y : results) {
    CHECK(largest_difference(library.decrypt(y), expected) <= tolerance);
  }
  CHECK(he.level(x) == level);
  CHECK(he.scale(x) == scale);
  CHECK(largest_difference(library.decrypt(x), inputs) <=
        fresh_noise(library, level, inputs).upper());
  CHECK_THROWS_AS(prepared.evaluate(he.drop_to_level(x, level - 1)), wrong_scale);
}

/// A program from a text makes the ciphertext that its header makes: `same` compares two.
template <class Library, class Same>
void check_program(Library& library, const Same& same) {
  const Program program =
      Program::parse(to_program(made_artifact({"relu", "--degrees", "7,7", "--range", "50"})));
  auto& he = library.backend();
  const auto x = library.encrypt(spread(-50, 50, library.slots()));
  const auto expected = relu_small::evaluate(he, x);
  CHECK(same(evaluate(program, he, x), expected));
  CHECK(same(prepare(program, he, he.level(x), he.scale(x)).evaluate(x), expected));
}

/// Several threads make the ciphertexts that one makes, of one input and of many: `same` compares
/// two.
template <class Library, class Same>
void check_threads(Library& library, const Same& same) {
  using Plan = relu_large::Plan;
  auto& he = library.backend();
  std::vector<typename Library::Backend::Ciphertext> inputs;
  for (const double end : {0.5, 0.8, 1.0}) {
    inputs.push_back(library.encrypt(spread(-end, end, library.slots())));
  }
  he.threads(1);
  std::vector<typename Library::Backend::Ciphertext> expected;
  for (const auto& x : inputs) expected.push_back(evaluate<Plan>(he, x));
  CHECK_FALSE(same(expected[0], expected[1]));
  for (const int threads : {1, 2, 4}) {
    CAPTURE(threads);
    he.threads(threads);
    CHECK(same(evaluate<Plan>(he, inputs[0]), expected[0]));
    const auto results = evaluate_all<Plan>(he, inputs);
    REQUIRE(results.size() == inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) CHECK(same(results[i], expected[i]));
    CHECK_THROWS_AS(evaluate_all<Plan>(he, {inputs[0], he.drop_to_level(inputs[1], 3)}),
                    not_enough_levels);
  }
  he.threads(1);
  CHECK_THROWS_AS(he.threads(0), evaluation_error);
}

/// From as few levels as a result at a level needs, the value.
template <class Library>
void check_output_level(Library& library) {
  using Plan = relu_small::Plan;
  auto& he = library.backend();
  const auto inputs = spread(-50, 50, library.slots());
  const auto x = library.encrypt(inputs);
  const auto lower = at_output_level<Plan>(he, x, 1);
  CHECK(he.level(lower) == 1 + required_levels<Plan>(he, x));
  CHECK(he.level(lower) < he.level(x));
  const auto y = evaluate<Plan>(he, lower);
  CHECK(he.level(y) == 1);
  const double tolerance = plan_noise<Plan>(library, he.level(lower), inputs).upper();
  CHECK(largest_difference(library.decrypt(y), clear_values<Plan>(inputs)) <= tolerance);
  CHECK_THROWS_AS(at_output_level<Plan>(he, x, he.level(x)), not_enough_levels);
}

/// The first stage that leaves its domain is named; inside the range nothing is: values of stages
/// are looked at with a slack of 2^-10, thousands of deviations of the noise.
template <class Library>
void check_guard(Library& library) {
  auto& he = library.backend();
  const auto decrypt = [&](const auto& x) { return library.decrypt(x); };
  auto inputs = spread(-1, 1, library.slots());
  const auto x = library.encrypt(inputs);
  const Noise noise = plan_noise<sign_chain::Plan>(library, he.level(x), inputs);
  REQUIRE(noise.probability_above(detail::domain_slack) <= failure_probability);
  CHECK_NOTHROW(evaluate_guarded<sign_chain::Plan>(he, x, decrypt));
  inputs[5] = 1.5;
  try {
    static_cast<void>(evaluate_guarded<sign_chain::Plan>(he, library.encrypt(inputs), decrypt));
    FAIL("no exception");
  } catch (const outside_domain& error) {
    CHECK(error.stage == 1);
    CHECK(error.slot == 5);
    CHECK(std::abs(error.value - 1.5) <= fresh_noise(library, he.level(x), inputs).upper());
  }
}

/// Relative to the function, the claim and what noise adds; the guard finds nothing, though values
/// of corrections pass 1.
template <class Plan, class Library, class Function>
void check_corrected(Library& library, const Claim& claim, const Function& function) {
  CAPTURE(std::string(Plan::name));
  REQUIRE(claim.metric == Claim::Metric::relative);
  std::vector<double> inputs = spread(0, 1, library.slots());
  std::vector<double> exact;
  for (double& x : inputs) {
    x = std::clamp(Plan::lower * std::pow(Plan::upper / Plan::lower, x), Plan::lower, Plan::upper);
    exact.push_back(function(x));
  }
  auto& he = library.backend();
  const auto decrypt = [&](const auto& x) { return library.decrypt(x); };
  const auto x = library.encrypt(inputs);
  const auto y = evaluate_guarded<Plan>(he, x, decrypt);
  CHECK(he.level(y) == he.level(x) - required_levels<Plan>(he, x));
  const auto values = library.decrypt(y);
  double largest = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    largest = std::max(largest, std::abs(values[i] / exact[i] - 1));
  }
  const double noise = plan_noise<Plan>(library, he.level(x), inputs).relative_to(exact).upper();
  MESSAGE(std::string(Plan::name) << ": 2^" << std::log2(largest) << " relative, allowed 2^"
                                  << std::log2(claim.bound() + noise));
  CHECK(largest <= claim.bound() + noise);
}

template <class Library>
void check_all_corrected(Library& library) {
  check_corrected<wide_inverse::Plan>(library, wide_inverse::claim, [](double x) { return 1 / x; });
  check_corrected<wide_rsqrt::Plan>(library, wide_rsqrt::claim,
                                    [](double x) { return 1 / std::sqrt(x); });
  check_corrected<wide_sqrt::Plan>(library, wide_sqrt::claim,
                                   [](double x) { return std::sqrt(x); });
}

}  // namespace equiripple::test
