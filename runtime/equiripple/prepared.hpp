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
#include "schedule.hpp"

namespace equiripple {
namespace detail {

/// Agreement of scales that rounding of doubles explains; the drift between a prime and its nominal
/// size is far above.
inline constexpr double scale_agreement = 0x1p-40;  // chosen

/// How far the values of a stage may pass its domain before the guard calls it left: more than
/// noise does, less than harms.
inline constexpr double domain_slack = 0x1p-10;  // chosen

/// All that can be wrong with a schedule, before anything is computed.
class ScheduleCheck {
 public:
  // Where the leading coefficient is absorbed, no scalar is left that could set the scale of the
  // result.
  static void choice_of_scale(const std::vector<Record>& records, double output_scale,
                              double factor) {
    const double scale = records.back().scale * factor;
    if (output_scale == 0 || std::abs(scale - output_scale) <= scale_agreement * output_scale) {
      return;
    }
    throw wrong_scale("the result has scale 2^" + number_text(std::log2(scale)) +
                      ", which this plan does not let the caller choose (2^" +
                      number_text(std::log2(output_scale)) + " was asked for)");
  }

  // A value at a scale near 1 has no digits left.
  static void precision(const std::vector<Record>& records, double input_scale,
                        double working_scale, bool spends_level) {
    constexpr double smallest = 1024;  // chosen: three decimal digits
    constexpr double smallest_range_scalar =
        0x1p+20;                       // chosen: the variable leaves [-1, 1] by 2^-21
    bool first_scalar = spends_level;  // 1 / half width
    for (const Record& record : records) {
      const bool is_scalar = record.step == Step::multiply_scalar;
      const double scale = is_scalar ? std::min(record.scale, record.encoding) : record.scale;
      if (is_scalar && first_scalar) {
        first_scalar = false;
        if (!(record.scalar * record.encoding >= smallest_range_scalar)) {
          throw wrong_scale("the working scale 2^" + number_text(std::log2(working_scale)) +
                            " cannot hold 1 / range with the digits that normalising needs");
        }
      }
      if (!(scale >= smallest)) {
        throw wrong_scale("the input's scale 2^" + number_text(std::log2(input_scale)) +
                          " is too small beside the working scale 2^" +
                          number_text(std::log2(working_scale)) +
                          ": an intermediate scale would be 2^" + number_text(std::log2(scale)));
      }
    }
  }

  // Libraries refuse a scale that the modulus cannot hold; a sign takes the last bit.
  static void room(const std::vector<Record>& records, const std::vector<double>& modulus_bits) {
    for (const Record& record : records) {
      const double bits = std::log2(record.scale);
      const double room = modulus_bits[static_cast<std::size_t>(record.level)] - 1;
      if (bits <= room) continue;
      throw wrong_scale("a value at level " + std::to_string(record.level) +
                        " would have scale 2^" + number_text(bits) +
                        ", and the modulus has room for 2^" + number_text(room));
    }
  }
};

// A scalar that would round to the zero plaintext makes a transparent product, which libraries
// refuse. It becomes one unit of its scale: an error as that of rounding any scalar.
inline double visible(double c, double encoding) {
  return std::abs(c * encoding) < 0.5 ? std::copysign(1 / encoding, c) : c;
}

}  // namespace detail

/// A plan for inputs of one level and scale, with its scalars encoded. May be used for many
/// ciphertexts and by several threads at a time, where the backend's operations may be.
template <class Backend>
class Prepared {
 public:
  using Ciphertext = typename Backend::Ciphertext;
  using Plaintext = typename Backend::Plaintext;

  /// Use equiripple::prepare. `he` must outlive this object.
  Prepared(Backend& he, const detail::PlanFacts& plan,
           const std::vector<detail::Operation>& operations, int level, double scale,
           double output_scale)
      : he_(&he), plan_(plan), level_(level), scale_(scale) {
    for (const double given : {scale, output_scale == 0 ? scale : output_scale}) {
      if (!(given >= 1) || !std::isfinite(given)) {
        throw wrong_scale("a scale of " + detail::number_text(given) +
                          " was given; it must be 1 or more");
      }
    }
    if (level < 0 || level > most_levels) throw not_enough_levels(plan.name, plan.levels, level);
    fix_levels(operations);
    fix_scales(output_scale);
    encode_scalars();
    find_last_uses();
  }

  /// Of the inputs that it was made for.
  int input_level() const { return level_; }
  double input_scale() const { return scale_; }

  /// Of the result.
  int output_level() const { return records_.back().level; }
  double output_scale() const { return records_.back().scale * plan_.output_scale_factor; }

  /// How often the backend's refresh is called.
  int refreshes() const {
    return static_cast<int>(std::count_if(records_.begin(), records_.end(), [](const auto& record) {
      return record.step == detail::Step::refresh;
    }));
  }

  /// The operations in their order, with level and scale; what a noise estimate walks along.
  const std::vector<detail::Record>& records() const { return records_; }

  /// Throws wrong_scale where x has another scale than prepared for.
  void require_scale(const Ciphertext& x) const {
    if (std::abs(he_->scale(x) - scale_) <= scale_ * detail::scale_agreement) return;
    throw wrong_scale(std::string(plan_.name) + " was prepared for inputs of scale 2^" +
                      detail::number_text(std::log2(scale_)) + ", this one has 2^" +
                      detail::number_text(std::log2(he_->scale(x))));
  }

  /// The function of the input, or of two, as the plan takes. Throws before the first operation
  /// where an input is not at the level and scale prepared for.
  template <class... Input>
  Ciphertext evaluate(const Input&... inputs) const {
    return guarded([](std::size_t, const Ciphertext&) {}, inputs...);
  }

  /// The results for a batch of inputs, one after another.
  std::vector<Ciphertext> evaluate_all(const std::vector<Ciphertext>& inputs) const {
    std::vector<Ciphertext> results;
    results.reserve(inputs.size());
    for (const Ciphertext& x : inputs) require_input(x);
    for (const Ciphertext& x : inputs) results.push_back(evaluate(x));
    return results;
  }

  /// As evaluate; calls `look(stage, variable)` with the variable of every stage, from 1, which
  /// belongs into [-1, 1].
  template <class Look, class... Input>
  Ciphertext guarded(const Look& look, const Input&... inputs) const {
    (require_input(inputs), ...);
    Run run(*this, {&inputs...});
    run.execute(look);
    return run.result();
  }

 private:
  static constexpr int most_levels = 10'000;  // chosen: far above every chain of moduli

  void fix_levels(const std::vector<detail::Operation>& operations) {
    working_scale_ = plan_.levels > 0 && level_ > 0 ? he_->modulus_at(level_) : scale_;
    spends_level_ = plan_.levels > 0 && level_ > 0 &&
                    !detail::reads_freely(scale_, plan_.half_width, working_scale_);
    detail::LevelRequest request;
    request.input_level = level_;
    request.spend_level = spends_level_;
    if (plan_.levels > 0 && level_ > 0 && !spends_level_) {
      request.enlargement = detail::enlargement(scale_, plan_.half_width, working_scale_);
    }
    records_ = detail::Leveller::run(operations, request);
    if (detail::lowest_level(records_) >= 0) return;
    if constexpr (detail::can_refresh<Backend>::value) {
      request.refreshed_level = he_->refreshed_level();
      request.stages = plan_.stages;
      auto refreshed = detail::level_with_refreshes(operations, request);
      if (refreshed) {
        records_ = std::move(*refreshed);
        return;
      }
    }
    throw not_enough_levels(plan_.name, plan_.levels + (spends_level_ ? 1 : 0), level_);
  }

  void fix_scales(double output_scale) {
    detail::ScaleRequest request;
    request.input_scale = scale_;
    if (output_scale == 0) {
      if constexpr (detail::prescribes_scales<Backend>::value) {
        output_scale = he_->prescribed_scale(records_.back().level);
      }
    }
    if (plan_.output_scale_factor == 1) {
      request.output_scale = output_scale == 0 ? scale_ : output_scale;
    }
    int highest = level_;
    for (const detail::Record& record : records_) highest = std::max(highest, record.level);
    request.moduli.assign(1, 1);  // nothing is rescaled at level 0
    for (int at = 1; at <= highest; ++at) request.moduli.push_back(he_->modulus_at(at));
    if constexpr (detail::can_refresh<Backend>::value) {
      for (detail::Record& record : records_) {
        if (record.step != detail::Step::refresh) continue;
        record.scale = he_->refresh_scale(record.level);
        detail::Record& before = records_[record.left];
        before.scale = he_->refresh_scale(before.level);
      }
    }
    detail::Scheduler::run(records_, request);
    detail::ScheduleCheck::choice_of_scale(records_, output_scale, plan_.output_scale_factor);
    detail::ScheduleCheck::precision(records_, scale_, working_scale_, spends_level_);
    if constexpr (detail::knows_modulus<Backend>::value) {
      std::vector<double> bits;
      for (int at = 0; at <= highest; ++at) bits.push_back(he_->modulus_bits(at));
      detail::ScheduleCheck::room(records_, bits);
    }
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
  void find_last_uses() {
    std::vector<std::size_t> origin(records_.size());
    last_use_.assign(records_.size(), 0);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      detail::Record& record = records_[i];
      origin[i] = i;
      if (record.step == detail::Step::input) continue;
      record.left = origin[record.left];
      record.right = origin[record.right];
      if (keeps_scale(i)) {
        origin[i] = record.left;
      }
      last_use_[record.left] = last_use_[record.right] = i;
    }
  }

  void require_input(const Ciphertext& x) const {
    if constexpr (detail::checks_ciphertext<Backend>::value) he_->check(x);
    if (he_->level(x) != level_) {
      throw wrong_scale(std::string(plan_.name) + " was prepared for inputs at level " +
                        std::to_string(level_) + ", this one is at level " +
                        std::to_string(he_->level(x)));
    }
    require_scale(x);
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
        if (record.step == detail::Step::input) continue;
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
        release(record.left, i);
        release(record.right, i);
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
      const std::size_t left = record.left;
      const std::size_t right = record.right;
      switch (record.step) {
        case detail::Step::multiply:
          if (left == right) return he_.square(view(left));
          return he_.multiply(view(left), view(right));
        case detail::Step::square: return he_.square(view(left));
        case detail::Step::relinearize:
          return with(left, i,
                      [&](auto&& x) { return he_.relinearize(std::forward<decltype(x)>(x)); });
        case detail::Step::rescale:
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
      if (!(std::abs(actual - record.scale) <= record.scale * detail::scale_agreement)) {
        throw wrong_scale("operation " + std::to_string(i) + " has scale 2^" +
                          detail::number_text(std::log2(actual)) + ", planned is 2^" +
                          detail::number_text(std::log2(record.scale)));
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
  int level_;
  double scale_;
  double working_scale_ = 0;
  bool spends_level_ = false;
  std::vector<detail::Record> records_;
  std::vector<Plaintext> plaintexts_;
  std::vector<std::size_t> plaintext_of_;  // by record
  std::vector<std::size_t> last_use_;      // by record, the record that uses it last
};

}  // namespace equiripple
