// A plan on many inputs: as many as there are threads at once, each in a thread of its own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "evaluate.hpp"
#include "threads.hpp"

namespace equiripple {
namespace detail {

inline bool are_prepared_alike(const InputFacts& x, const InputFacts& y) {
  return x.level == y.level && x.scale == y.scale && x.due == y.due &&
         x.given_scale == y.given_scale;
}

// Prepared once for each level and scale that inputs have.
template <class Plan, class Backend>
std::vector<CiphertextOf<Backend>> evaluate_many(Backend& he, const Plan& plan,
                                                 const std::vector<CiphertextOf<Backend>>& inputs,
                                                 double output_scale) {
  std::vector<InputFacts> facts;
  for (const auto& x : inputs) {
    check_operands(he, x);
    if constexpr (checks_input<Backend>::value) he.check_input(x, plan.lower, plan.upper);
    facts.push_back(facts_of_input(he, x));
  }
  std::vector<InputFacts> kinds;
  std::vector<std::size_t> kind_of;
  for (const InputFacts& each : facts) {
    const auto same = std::find_if(kinds.begin(), kinds.end(), [&](const InputFacts& kind) {
      return are_prepared_alike(kind, each);
    });
    kind_of.push_back(static_cast<std::size_t>(same - kinds.begin()));
    if (same == kinds.end()) kinds.push_back(each);
  }
  std::vector<Fitted> fitted;
  for (const InputFacts& kind : kinds) fitted.push_back(fit(he, plan, kind, output_scale));
  std::vector<Prepared<Backend, 1>> prepared;
  for (Fitted& each : fitted) prepared.emplace_back(he, std::move(each));
  std::vector<std::optional<CiphertextOf<Backend>>> results(inputs.size());
  for_each_of_many(he, inputs.size(), [&](std::size_t i, int threads) {
    results[i] = with_input(he, inputs[i], facts[i], facts[i].level, [&](const auto& ready) {
      return prepared[kind_of[i]].evaluate_in(threads, ready);
    });
  });
  return taken_out_of(std::move(results));
}

template <class Plan, class Backend>
std::vector<CiphertextOf<Backend>> evaluate_each(Backend& he, const Plan& plan,
                                                 const std::vector<CiphertextOf<Backend>>& inputs,
                                                 double output_scale) {
  if constexpr (manages_scales<Backend>::value) {
    std::vector<CiphertextOf<Backend>> results;
    for (const auto& x : inputs) results.push_back(evaluate_one(he, plan, x, output_scale));
    return results;
  } else {
    return evaluate_many(he, plan, inputs, output_scale);
  }
}

}  // namespace detail

/// The plan on each input, in their order: as evaluate, and Prepared::evaluate_all for inputs that
/// are at one level and scale. Where inputs are refused, they are before the first operation.
template <class Plan, class Backend>
std::vector<typename Backend::Ciphertext> evaluate_all(
    Backend& he, const std::vector<typename Backend::Ciphertext>& inputs, double output_scale = 0) {
  static_assert(Plan::inputs == 1,
                "this function takes two inputs: prepare(he, level, scale).evaluate_all(a, b)");
  return detail::evaluate_each(he, Plan{}, inputs, output_scale);
}

}  // namespace equiripple
