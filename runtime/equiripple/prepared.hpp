// A plan made ready for inputs of one level and scale: every level and scale fixed, every scalar
// encoded, so that evaluating it again costs only the operations on ciphertexts.
#pragma once

#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "backend.hpp"
#include "errors.hpp"
#include "fitted.hpp"
#include "run.hpp"
#include "steps.hpp"
#include "threads.hpp"

namespace equiripple {
namespace detail {

/// How far the values of a stage may pass its domain before the guard calls it left: more than
/// noise does, less than harms.
inline constexpr double domain_slack = 0x1p-10;  // chosen

// A scalar that would round to the zero plaintext makes a transparent product, which libraries
// refuse. It becomes one unit of its scale: an error as that of rounding any scalar.
inline double visible(double c, double encoding) {
  return std::abs(c * encoding) < 0.5 ? std::copysign(1 / encoding, c) : c;
}

inline void require_inputs(const std::string& name, int taken, int given) {
  if (taken == given) return;
  throw evaluation_error(name + " takes " + std::to_string(taken) + " inputs, not " +
                         std::to_string(given));
}

/// Of results that are all there.
template <class Ciphertext>
std::vector<Ciphertext> taken_out_of(std::vector<std::optional<Ciphertext>> results) {
  std::vector<Ciphertext> values;
  values.reserve(results.size());
  for (std::optional<Ciphertext>& result : results) values.push_back(std::move(*result));
  return values;
}

}  // namespace detail

/// A plan of one or two inputs for those of one level and scale, with its scalars encoded. May be
/// used for many ciphertexts and by several threads at a time, where the backend's operations may
/// be.
template <class Backend, int Inputs = 1>
class Prepared {
 public:
  static_assert(Inputs == 1 || Inputs == 2, "a plan takes one input or two");
  using Ciphertext = typename Backend::Ciphertext;
  using Plaintext = typename Backend::Plaintext;

  /// Use equiripple::prepare. `he` must outlive this object.
  Prepared(Backend& he, detail::Fitted fitted)
      : he_(&he),
        plan_(fitted.plan),
        input_(fitted.input),
        steps_(std::move(fitted.records), detail::fuses<Backend>::value) {
    detail::require_inputs(plan_.name, detail::count_of(records(), detail::Step::input), Inputs);
    encode_scalars();
  }

  /// Of the inputs that it was made for.
  int input_level() const { return input_.level; }
  double input_scale() const { return input_.scale; }

  /// Of the result.
  int output_level() const { return records().back().level; }
  double output_scale() const { return records().back().scale * plan_.output_scale_factor; }

  /// How often the backend's refresh is called. A refresh adds errors that no claim counts.
  int refreshes() const { return detail::count_of(records(), detail::Step::refresh); }

  /// The operations in their order, with level and scale; what a noise estimate walks along.
  const std::vector<detail::Record>& records() const { return steps_.records(); }

  /// The function of the input, in as many threads as the backend says. Throws before the first
  /// operation where the input is not at the level and scale prepared for, or cannot be computed
  /// with.
  Ciphertext evaluate(const Ciphertext& x) const {
    static_assert(Inputs == 1, "this function takes two inputs: evaluate(a, b)");
    require_input(x);
    return run({&x}, detail::threads_of(*he_));
  }
  Ciphertext evaluate(const Ciphertext& a, const Ciphertext& b) const {
    static_assert(Inputs == 2, "this function takes one input: evaluate(x)");
    require_inputs(a, b);
    return run({&a, &b}, detail::threads_of(*he_));
  }

  /// As evaluate, in so many threads; throws evaluation_error below 1.
  Ciphertext evaluate_in(int threads, const Ciphertext& x) const {
    static_assert(Inputs == 1, "this function takes two inputs");
    detail::require_threads(threads);
    require_input(x);
    return run({&x}, threads);
  }

  /// The results for many inputs, in their order: inputs are divided among the backend's threads,
  /// or among as many as its library would take for each operation where those are more, and the
  /// library starts none meanwhile. All inputs are checked before the first operation; of later
  /// exceptions that of the first input leaves.
  std::vector<Ciphertext> evaluate_all(const std::vector<Ciphertext>& inputs) const {
    static_assert(Inputs == 1, "this function takes two inputs: evaluate_all(a, b)");
    for (const Ciphertext& x : inputs) require_input(x);
    return run_all(inputs.size(), [&](std::size_t i) { return Operands{&inputs[i]}; });
  }
  /// Of the pairs a[i], b[i].
  std::vector<Ciphertext> evaluate_all(const std::vector<Ciphertext>& a,
                                       const std::vector<Ciphertext>& b) const {
    static_assert(Inputs == 2, "this function takes one input: evaluate_all(inputs)");
    if (a.size() != b.size()) {
      throw evaluation_error(plan_.name + " takes pairs of inputs, not " +
                             std::to_string(a.size()) + " and " + std::to_string(b.size()));
    }
    for (std::size_t i = 0; i < a.size(); ++i) require_inputs(a[i], b[i]);
    return run_all(a.size(), [&](std::size_t i) { return Operands{&a[i], &b[i]}; });
  }

  /// As evaluate, in one thread; calls `look(stage, variable)` with the variable of every stage,
  /// from 1, which belongs into [-1, 1].
  template <class Look>
  Ciphertext guarded(const Look& look, const Ciphertext& x) const {
    static_assert(Inputs == 1, "this function takes two inputs: guarded(look, a, b)");
    require_input(x);
    return run_looking(look, {&x});
  }
  template <class Look>
  Ciphertext guarded(const Look& look, const Ciphertext& a, const Ciphertext& b) const {
    static_assert(Inputs == 2, "this function takes one input: guarded(look, x)");
    require_inputs(a, b);
    return run_looking(look, {&a, &b});
  }

 private:
  using Operands = std::vector<const Ciphertext*>;

  Ciphertext run(Operands inputs, int threads) const {
    if (threads == 1) return run_looking([](std::size_t, const Ciphertext&) {}, std::move(inputs));
    detail::Run<Backend> evaluation(*he_, steps_, scalars_, std::move(inputs));
    evaluation.at_once(threads);
    return evaluation.result(scale_of_result());
  }

  template <class Look>
  Ciphertext run_looking(const Look& look, Operands inputs) const {
    detail::Run<Backend> evaluation(*he_, steps_, scalars_, std::move(inputs));
    evaluation.in_order(plan_.stages, look);
    return evaluation.result(scale_of_result());
  }

  template <class OperandsOf>
  std::vector<Ciphertext> run_all(std::size_t count, const OperandsOf& operands) const {
    std::vector<std::optional<Ciphertext>> results(count);
    detail::for_each_of_many(
        *he_, count, [&](std::size_t i, int threads) { results[i] = run(operands(i), threads); });
    return detail::taken_out_of(std::move(results));
  }

  std::optional<double> scale_of_result() const {
    if (plan_.output_scale_factor == 1) return std::nullopt;
    return output_scale();
  }

  // Once for each scalar, level and scale.
  void encode_scalars() {
    std::map<std::tuple<double, int, double>, std::size_t> encoded;
    scalars_.of_record.assign(steps_.size(), 0);
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const detail::Record& record = steps_[i];
      const bool multiplies = record.step == detail::Step::multiply_scalar;
      if (!multiplies && record.step != detail::Step::add_scalar) continue;
      const double scale = multiplies ? record.encoding : record.scale;
      const double value = multiplies ? detail::visible(record.scalar, scale) : record.scalar;
      const auto [entry, is_new] =
          encoded.try_emplace({value, record.level, scale}, scalars_.plaintexts.size());
      if (is_new) scalars_.plaintexts.push_back(he_->encode(value, record.level, scale));
      scalars_.of_record[i] = entry->second;
    }
  }

  void require_input(const Ciphertext& x) const {
    detail::check_operands(*he_, x);
    if constexpr (detail::checks_refresh<Backend>::value) {
      if (refreshes() > 0) he_->check_refreshable(x);
    }
    if (he_->level(x) != input_.level) {
      throw wrong_scale(plan_.name + " was prepared for inputs at level " +
                        std::to_string(input_.level) + ", this one is at level " +
                        std::to_string(he_->level(x)));
    }
    if (!detail::scales_agree(he_->scale(x), input_.scale)) {
      throw wrong_scale(plan_.name + " was prepared for inputs of scale " +
                        detail::power_text(input_.scale) + ", this one has " +
                        detail::power_text(he_->scale(x)));
    }
  }

  void require_inputs(const Ciphertext& a, const Ciphertext& b) const {
    require_input(a);
    require_input(b);
    if constexpr (detail::checks_pair<Backend>::value) he_->check(a, b);
  }

  Backend* he_;
  detail::PlanFacts plan_;
  detail::InputFacts input_;
  detail::Steps steps_;
  detail::EncodedScalars<Backend> scalars_;
};

}  // namespace equiripple
