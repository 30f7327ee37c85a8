// A plan made ready for inputs of one level and scale: every level and scale fixed, every scalar
// encoded, so that evaluating it again costs only the operations on ciphertexts.
#pragma once

#include <algorithm>
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
      : he_(&he), plan_(fitted.plan), input_(fitted.input), records_(std::move(fitted.records)) {
    detail::require_inputs(plan_.name, detail::count_of(records_, detail::Step::input), Inputs);
    encode_scalars();
    resolve_readings();
    find_fused();
    find_last_uses();
  }

  /// Of the inputs that it was made for.
  int input_level() const { return input_.level; }
  double input_scale() const { return input_.scale; }

  /// Of the result.
  int output_level() const { return records_.back().level; }
  double output_scale() const { return records_.back().scale * plan_.output_scale_factor; }

  /// How often the backend's refresh is called. A refresh adds errors that no claim counts.
  int refreshes() const { return detail::count_of(records_, detail::Step::refresh); }

  /// The operations in their order, with level and scale; what a noise estimate walks along.
  const std::vector<detail::Record>& records() const { return records_; }

  /// The function of the input. Throws before the first operation where the input is not at the
  /// level and scale prepared for, or cannot be computed with.
  Ciphertext evaluate(const Ciphertext& x) const {
    static_assert(Inputs == 1, "this function takes two inputs: evaluate(a, b)");
    return guarded(look_at_nothing, x);
  }
  Ciphertext evaluate(const Ciphertext& a, const Ciphertext& b) const {
    static_assert(Inputs == 2, "this function takes one input: evaluate(x)");
    return guarded(look_at_nothing, a, b);
  }

  /// The results for a batch of inputs, one after another.
  std::vector<Ciphertext> evaluate_all(const std::vector<Ciphertext>& inputs) const {
    static_assert(Inputs == 1, "this function takes two inputs: evaluate(a, b) for each pair");
    std::vector<Ciphertext> results;
    results.reserve(inputs.size());
    for (const Ciphertext& x : inputs) require_input(x);
    for (const Ciphertext& x : inputs) results.push_back(evaluate(x));
    return results;
  }

  /// As evaluate; calls `look(stage, variable)` with the variable of every stage, from 1, which
  /// belongs into [-1, 1].
  template <class Look>
  Ciphertext guarded(const Look& look, const Ciphertext& x) const {
    static_assert(Inputs == 1, "this function takes two inputs: guarded(look, a, b)");
    require_input(x);
    return run(look, {&x});
  }
  template <class Look>
  Ciphertext guarded(const Look& look, const Ciphertext& a, const Ciphertext& b) const {
    static_assert(Inputs == 2, "this function takes one input: guarded(look, x)");
    require_input(a);
    require_input(b);
    if constexpr (detail::checks_pair<Backend>::value) he_->check(a, b);
    return run(look, {&a, &b});
  }

 private:
  static void look_at_nothing(std::size_t, const Ciphertext&) {}

  template <class Look>
  Ciphertext run(const Look& look, std::vector<const Ciphertext*> inputs) const {
    Run evaluation(*this, std::move(inputs));
    evaluation.execute(look);
    return evaluation.result();
  }

  // Once for each scalar, level and scale.
  void encode_scalars() {
    std::map<std::tuple<double, int, double>, std::size_t> encoded;
    plaintext_of_.assign(records_.size(), 0);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const detail::Record& record = records_[i];
      const bool multiplies = record.step == detail::Step::multiply_scalar;
      if (!multiplies && record.step != detail::Step::add_scalar) continue;
      const double scale = multiplies ? record.encoding : record.scale;
      const double value = multiplies ? detail::visible(record.scalar, scale) : record.scalar;
      const auto [entry, is_new] =
          encoded.try_emplace({value, record.level, scale}, plaintexts_.size());
      if (is_new) plaintexts_.push_back(he_->encode(value, record.level, scale));
      plaintext_of_[i] = entry->second;
    }
  }

  bool is_reading(std::size_t i) const {
    const detail::Step step = records_[i].step;
    return step == detail::Step::normalise || step == detail::Step::stage;
  }
  // The result stands for itself, whatever its scale.
  bool keeps_scale(std::size_t i) const {
    return is_reading(i) && records_[i].scale == records_[records_[i].left].scale &&
           i + 1 < records_.size();
  }

  // A reading at the same scale is the same ciphertext: its users take the original.
  void resolve_readings() {
    std::vector<std::size_t> origin(records_.size());
    for (std::size_t i = 0; i < records_.size(); ++i) {
      detail::Record& record = records_[i];
      origin[i] = i;
      if (record.step == detail::Step::input) continue;
      record.left = origin[record.left];
      record.right = origin[record.right];
      if (keeps_scale(i)) origin[i] = record.left;
    }
  }

  // A relinearization whose only use is to be rescaled is left to the rescaling.
  void find_fused() {
    fused_.assign(records_.size(), false);
    if constexpr (detail::fuses<Backend>::value) {
      std::vector<int> uses(records_.size(), 0);
      for (const detail::Record& record : records_) {
        if (record.step == detail::Step::input) continue;
        ++uses[record.left];
        if (record.right != record.left) ++uses[record.right];
      }
      for (const detail::Record& record : records_) {
        if (record.step != detail::Step::rescale) continue;
        const bool is_switched = records_[record.left].step == detail::Step::relinearize;
        if (is_switched && uses[record.left] == 1) fused_[record.left] = true;
      }
    }
  }
  // The operands of an operation as it is carried out.
  std::size_t left_of(std::size_t i) const {
    const std::size_t left = records_[i].left;
    return fused_[left] ? records_[left].left : left;
  }
  std::size_t right_of(std::size_t i) const {
    const std::size_t right = records_[i].right;
    return fused_[right] ? records_[right].left : right;
  }

  void find_last_uses() {
    last_use_.assign(records_.size(), 0);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (records_[i].step == detail::Step::input || fused_[i]) continue;
      last_use_[left_of(i)] = last_use_[right_of(i)] = i;
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

  // One evaluation: the values that are still needed.
  class Run {
   public:
    Run(const Prepared& prepared, std::vector<const Ciphertext*> inputs)
        : prepared_(prepared), he_(*prepared.he_), inputs_(std::move(inputs)) {
      values_.resize(prepared.records_.size());
    }

    template <class Look>
    void execute(const Look& look) {
      std::size_t stage = 0;
      for (std::size_t i = 0; i < prepared_.records_.size(); ++i) {
        const detail::Record& record = prepared_.records_[i];
        if (record.step == detail::Step::input || prepared_.fused_[i]) continue;
        if (prepared_.is_reading(i)) {
          if (prepared_.keeps_scale(i)) {
            if (++stage <= prepared_.plan_.stages) look(stage, view(record.left));
            continue;
          }
          values_[i] = take(record.left, i);
          he_.set_scale(*values_[i], record.scale);
          if (++stage <= prepared_.plan_.stages) look(stage, *values_[i]);
        } else {
          values_[i] = apply(record, i);
          settle(*values_[i], record, i);
        }
        release(prepared_.left_of(i), i);
        release(prepared_.right_of(i), i);
      }
    }

    Ciphertext result() {
      const std::size_t last = values_.size() - 1;
      Ciphertext value = values_[last] ? std::move(*values_[last]) : view(last);
      if (prepared_.plan_.output_scale_factor != 1) {
        he_.set_scale(value, prepared_.output_scale());
      }
      return value;
    }

   private:
    const Ciphertext& view(std::size_t i) const {
      return i < inputs_.size() ? *inputs_[i] : *values_[i];
    }
    bool is_last_use(std::size_t value, std::size_t user) const {
      return value >= inputs_.size() && prepared_.last_use_[value] == user;
    }
    Ciphertext take(std::size_t value, std::size_t user) {
      if (is_last_use(value, user)) return std::move(*values_[value]);
      return view(value);
    }
    void release(std::size_t value, std::size_t user) {
      if (is_last_use(value, user)) values_[value].reset();
    }

    // Calls the backend with a ciphertext that it may change, where nothing else needs it.
    template <class Call>
    Ciphertext with(std::size_t value, std::size_t user, const Call& call) {
      if (is_last_use(value, user)) return call(std::move(*values_[value]));
      return call(view(value));
    }

    Ciphertext apply(const detail::Record& record, std::size_t i) {
      const std::size_t left = prepared_.left_of(i);
      const std::size_t right = prepared_.right_of(i);
      switch (record.step) {
        case detail::Step::multiply:
          if (left == right) return he_.square(view(left));
          return he_.multiply(view(left), view(right));
        case detail::Step::square: return he_.square(view(left));
        case detail::Step::relinearize:
          return with(left, i,
                      [&](auto&& x) { return he_.relinearize(std::forward<decltype(x)>(x)); });
        case detail::Step::rescale:
          if constexpr (detail::fuses<Backend>::value) {
            if (left != record.left) {
              return with(left, i, [&](auto&& x) {
                return he_.relinearize_and_rescale(std::forward<decltype(x)>(x));
              });
            }
          }
          return with(left, i, [&](auto&& x) { return he_.rescale(std::forward<decltype(x)>(x)); });
        case detail::Step::multiply_scalar:
          return with(left, i, [&](auto&& x) {
            return he_.multiply_plain(std::forward<decltype(x)>(x), plaintext(i));
          });
        case detail::Step::add_scalar:
          return with(left, i, [&](auto&& x) {
            return he_.add_plain(std::forward<decltype(x)>(x), plaintext(i));
          });
        case detail::Step::multiply_integer:
          return with(left, i, [&](auto&& x) {
            return he_.multiply_integer(std::forward<decltype(x)>(x), record.integer);
          });
        case detail::Step::negate:
          return with(left, i, [&](auto&& x) { return he_.negate(std::forward<decltype(x)>(x)); });
        case detail::Step::add: {
          if (left == right) return he_.add(view(left), view(left));
          const bool swaps = !is_last_use(left, i) && is_last_use(right, i);
          return with(swaps ? right : left, i, [&](auto&& x) {
            return he_.add(std::forward<decltype(x)>(x), view(swaps ? left : right));
          });
        }
        case detail::Step::sub:
          if (left == right) return he_.sub(view(left), view(left));
          return with(left, i,
                      [&](auto&& x) { return he_.sub(std::forward<decltype(x)>(x), view(right)); });
        case detail::Step::drop:
          return with(left, i, [&](auto&& x) {
            return he_.drop_to_level(std::forward<decltype(x)>(x), record.level);
          });
        case detail::Step::refresh:
          if constexpr (detail::can_refresh<Backend>::value) {
            return with(left, i,
                        [&](auto&& x) { return he_.refresh(std::forward<decltype(x)>(x)); });
          }
          break;
        default: break;
      }
      throw evaluation_error("operation " + std::to_string(i) + " is none that the runtime knows");
    }

    const Plaintext& plaintext(std::size_t i) const {
      return prepared_.plaintexts_[prepared_.plaintext_of_[i]];
    }

    // Replaces the library's own scale by the planned one, where rounding alone separates them.
    void settle(Ciphertext& value, const detail::Record& record, std::size_t i) {
      const double actual = he_.scale(value);
      if (!detail::scales_agree(actual, record.scale)) {
        throw wrong_scale("operation " + std::to_string(i) + " has scale " +
                          detail::power_text(actual) + ", planned is " +
                          detail::power_text(record.scale));
      }
      if (he_.level(value) != record.level) {
        throw evaluation_error("operation " + std::to_string(i) + " has level " +
                               std::to_string(he_.level(value)) + ", planned is " +
                               std::to_string(record.level));
      }
      he_.set_scale(value, record.scale);
    }

    const Prepared& prepared_;
    Backend& he_;
    std::vector<const Ciphertext*> inputs_;
    std::vector<std::optional<Ciphertext>> values_;
  };

  Backend* he_;
  detail::PlanFacts plan_;
  detail::InputFacts input_;
  std::vector<detail::Record> records_;
  std::vector<Plaintext> plaintexts_;
  std::vector<std::size_t> plaintext_of_;  // by record
  std::vector<bool> fused_;                // by record: done by the rescaling that uses it
  std::vector<std::size_t> last_use_;      // by record, the record that uses it last
};

}  // namespace equiripple
