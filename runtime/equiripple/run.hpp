// One evaluation of a prepared plan: the values that are still needed, and the calls of the
// backend.
//
// One thread takes the records in their order. Several take each as soon as what it reads is there;
// a value is then changed in place by whoever alone still needs it. Both call the same operations
// on the same operands, so that the results are equal to the last bit.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "backend.hpp"
#include "errors.hpp"
#include "schedule_check.hpp"
#include "steps.hpp"
#include "threads.hpp"

namespace equiripple {
namespace detail {

/// Scalars of a plan as a backend encodes them.
template <class Backend>
struct EncodedScalars {
  std::vector<typename Backend::Plaintext> plaintexts;
  std::vector<std::size_t> of_record;

  const typename Backend::Plaintext& operator[](std::size_t i) const {
    return plaintexts[of_record[i]];
  }
};

template <class Backend>
class Run {
 public:
  using Ciphertext = typename Backend::Ciphertext;

  Run(Backend& he, const Steps& steps, const EncodedScalars<Backend>& scalars,
      std::vector<const Ciphertext*> inputs)
      : he_(he), steps_(steps), scalars_(scalars), inputs_(std::move(inputs)) {
    values_.resize(steps.size());
  }

  /// Calls look(stage, variable) at the variables of the first `stages`.
  template <class Look>
  void in_order(std::size_t stages, const Look& look) {
    std::size_t stage = 0;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (steps_.is_idle(i)) continue;
      carry_out(i);
      if (steps_.is_reading(i) && ++stage <= stages) {
        look(stage, view(steps_.keeps_scale(i) ? steps_.left_of(i) : i));
      }
      release(steps_.left_of(i), i);
      release(steps_.right_of(i), i);
    }
  }

  void at_once(int threads) {
    std::vector<std::atomic<int>> left(steps_.size());
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = steps_.uses_of(i);
    uses_left_ = &left;
    run_tasks(he_, steps_.graph(), threads, [&](std::size_t i) {
      if (steps_.is_idle(i)) return;
      carry_out(i);
      give_back(steps_.left_of(i));
      if (steps_.right_of(i) != steps_.left_of(i)) give_back(steps_.right_of(i));
    });
    uses_left_ = nullptr;
  }

  /// `scale`: what the result is read at, where that is not its own.
  Ciphertext result(std::optional<double> scale) {
    const std::size_t last = values_.size() - 1;
    Ciphertext value = values_[last] ? std::move(*values_[last]) : view(last);
    if (scale) he_.set_scale(value, *scale);
    return value;
  }

 private:
  const Ciphertext& view(std::size_t i) const {
    return i < inputs_.size() ? *inputs_[i] : *values_[i];
  }

  // Whether nothing but this user needs the value any more, which may then be changed in place.
  bool may_take(std::size_t value, std::size_t user) const {
    if (value < inputs_.size()) return false;
    if (uses_left_ != nullptr) return (*uses_left_)[value].load(std::memory_order_acquire) == 1;
    return steps_.last_use_of(value) == user;
  }
  void release(std::size_t value, std::size_t user) {
    if (may_take(value, user)) values_[value].reset();
  }
  // Of several threads, the last user of a value frees it.
  void give_back(std::size_t value) {
    const bool is_last = (*uses_left_)[value].fetch_sub(1, std::memory_order_acq_rel) == 1;
    if (is_last && value >= inputs_.size()) values_[value].reset();
  }

  // Calls the backend with a ciphertext that it may change, where nothing else needs it.
  template <class Call>
  Ciphertext with(std::size_t value, std::size_t user, const Call& call) {
    if (may_take(value, user)) return call(std::move(*values_[value]));
    return call(view(value));
  }

  void carry_out(std::size_t i) {
    const Record& record = steps_[i];
    if (!steps_.is_reading(i)) {
      values_[i] = apply(record, i);
      // A value that was made smaller to be refreshed is read as large as it was.
      if (record.step == Step::refresh && record.scalar > 0) {
        he_.set_scale(*values_[i], record.scale);
      }
      settle(*values_[i], record, i);
    } else if (!steps_.keeps_scale(i)) {
      values_[i] = with(steps_.left_of(i), i,
                        [](auto&& x) -> Ciphertext { return std::forward<decltype(x)>(x); });
      he_.set_scale(*values_[i], record.scale);
    }
  }

  Ciphertext apply(const Record& record, std::size_t i) {
    const std::size_t left = steps_.left_of(i);
    const std::size_t right = steps_.right_of(i);
    switch (record.step) {
      case Step::multiply:
        if (left == right) return he_.square(view(left));
        return he_.multiply(view(left), view(right));
      case Step::square: return he_.square(view(left));
      case Step::relinearize:
        return with(left, i,
                    [&](auto&& x) { return he_.relinearize(std::forward<decltype(x)>(x)); });
      case Step::rescale:
        if constexpr (fuses<Backend>::value) {
          if (steps_.switches_too(i)) {
            return with(left, i, [&](auto&& x) {
              return he_.relinearize_and_rescale(std::forward<decltype(x)>(x));
            });
          }
        }
        return with(left, i, [&](auto&& x) { return he_.rescale(std::forward<decltype(x)>(x)); });
      case Step::multiply_scalar:
        return with(left, i, [&](auto&& x) {
          return he_.multiply_plain(std::forward<decltype(x)>(x), scalars_[i]);
        });
      case Step::add_scalar:
        return with(left, i, [&](auto&& x) {
          return he_.add_plain(std::forward<decltype(x)>(x), scalars_[i]);
        });
      case Step::multiply_integer:
        if (record.carried != 0) return carried(record, i);
        return with(left, i, [&](auto&& x) {
          return he_.multiply_integer(std::forward<decltype(x)>(x), record.integer);
        });
      case Step::negate:
        return with(left, i, [&](auto&& x) { return he_.negate(std::forward<decltype(x)>(x)); });
      case Step::add: {
        if (left == right) return he_.add(view(left), view(left));
        // As one thread decides it, so that several call the same.
        const bool swaps = swaps_addends(left, right, i);
        return with(swaps ? right : left, i, [&](auto&& x) {
          return he_.add(std::forward<decltype(x)>(x), view(swaps ? left : right));
        });
      }
      case Step::sub:
        if (left == right) return he_.sub(view(left), view(left));
        return with(left, i,
                    [&](auto&& x) { return he_.sub(std::forward<decltype(x)>(x), view(right)); });
      case Step::drop:
        return with(left, i, [&](auto&& x) {
          return he_.drop_to_level(std::forward<decltype(x)>(x), record.level);
        });
      case Step::refresh:
        if constexpr (refreshes_real<Backend>::value) {
          if (record.integer == 1) {
            return with(left, i,
                        [&](auto&& x) { return he_.refresh_real(std::forward<decltype(x)>(x)); });
          }
        }
        if constexpr (can_refresh<Backend>::value) {
          return with(left, i, [&](auto&& x) { return he_.refresh(std::forward<decltype(x)>(x)); });
        }
        break;
      default: break;
    }
    throw evaluation_error("operation " + std::to_string(i) + " is none that the runtime knows");
  }

  // The multiple by another integer than it is read as.
  Ciphertext carried(const Record& record, std::size_t i) {
    Ciphertext value = with(steps_.left_of(i), i, [&](auto&& x) -> Ciphertext {
      if (record.carried == 1) return std::forward<decltype(x)>(x);
      return he_.multiply_integer(std::forward<decltype(x)>(x), record.carried);
    });
    he_.set_scale(value, he_.scale(value) * scale_ratio(record));
    return value;
  }

  // The addend that is needed for the last time is changed into the sum.
  bool swaps_addends(std::size_t left, std::size_t right, std::size_t user) const {
    const auto ends = [&](std::size_t value) {
      return value >= inputs_.size() && steps_.last_use_of(value) == user;
    };
    return !ends(left) && ends(right);
  }

  // Replaces the library's own scale by the planned one, where rounding alone separates them.
  void settle(Ciphertext& value, const Record& record, std::size_t i) {
    const double actual = he_.scale(value);
    if (!scales_agree(actual, record.scale)) {
      throw wrong_scale("operation " + std::to_string(i) + " has scale " + power_text(actual) +
                        ", planned is " + power_text(record.scale));
    }
    if (he_.level(value) != record.level) {
      throw evaluation_error("operation " + std::to_string(i) + " has level " +
                             std::to_string(he_.level(value)) + ", planned is " +
                             std::to_string(record.level));
    }
    he_.set_scale(value, record.scale);
  }

  Backend& he_;
  const Steps& steps_;
  const EncodedScalars<Backend>& scalars_;
  std::vector<const Ciphertext*> inputs_;
  std::vector<std::optional<Ciphertext>> values_;
  std::vector<std::atomic<int>>* uses_left_ = nullptr;  // by record; where several threads run
};

}  // namespace detail
}  // namespace equiripple
