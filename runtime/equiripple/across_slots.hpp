// Functions of many slots: what joins the functions of one slot that they are made of.
//
// The application brings the sum over the slots, `sum(he, x)`: rotations and additions that leave
// the sum over the slots of the function in each of them, at the scale of x. A sum that takes
// levels (a mask for slots that do not count) takes them besides; it may leave the last rescaling.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "backend.hpp"
#include "errors.hpp"
#include "evaluate.hpp"

namespace equiripple {

/// What a function of many slots was made for: a refresh (bootstrapping) takes values in [-1, 1]
/// from this level on, adds at most `noise`, and leaves so many levels.
struct SlotRefreshes {
  double noise;
  int lowest;
  int levels;
};

namespace detail {

/// The steps of generator/slots on ciphertexts, every scale exact.
template <class Backend>
class AcrossSlots {
 public:
  using Value = typename Backend::Ciphertext;

  /// `half_width` of the input is read off its scale where that leaves room, else it takes a level;
  /// so does a result that is a multiple of what is computed, where the library has scales of its
  /// own. Throws not_enough_levels, wrong_scale or wrong_ciphertext.
  AcrossSlots(Backend& he, const std::string& name, int levels, double half_width, const Value& x,
              double output_scale, bool multiplies_result = false)
      : he_(he), name_(name) {
    check_operands(he, x);
    int needed = levels;
    if constexpr (manages_scales<Backend>::value) {
      require_no_output_scale<Backend>(output_scale);
      if (!has_no_levels<Backend>::value) {
        needed = levels_of_managed(levels, half_width) + (multiplies_result ? 1 : 0);
      }
    } else {
      const InputFacts input = facts_of_input(he, x);
      due_ = input.due;
      needed += due_;
      working_scale_ = input.level > 0 ? he.modulus_at(input.level) : input.scale;
      if (!reads_freely(input.scale, half_width, working_scale_)) ++needed;
      output_scale_ = output_scale == 0 ? input.scale : output_scale;
      if constexpr (prescribes_scales<Backend>::value) {
        if (multiplies_result) ++needed;
        if (output_scale != 0) {
          throw wrong_scale("the library reads results at a scale of its own; " +
                            number_text(output_scale) + " was asked for");
        }
      }
    }
    if (he.level(x) < needed) throw not_enough_levels(name_, needed, he.level(x));
  }

  /// Before any work: throws evaluation_error where the backend's refresh is none that the claim
  /// counts, wrong_ciphertext where keys for it are missing.
  void require(const SlotRefreshes& made_for, const Value& x) const {
    static_assert(can_refresh<Backend>::value && refreshes_real<Backend>::value,
                  "this function is refreshed inside: the backend needs refresh (bootstrapping) "
                  "and refresh_real");
    if (he_.refreshed_level() < made_for.levels) {
      throw evaluation_error(
          name_ + " was made for refreshes that leave " + std::to_string(made_for.levels) +
          " levels; those of the backend leave " + std::to_string(he_.refreshed_level()));
    }
    if constexpr (limits_refresh<Backend>::value) {
      if (he_.lowest_refreshable_level() > made_for.lowest) {
        throw evaluation_error(name_ + " was made for refreshes that take level " +
                               std::to_string(made_for.lowest) + "; the backend takes none below " +
                               std::to_string(he_.lowest_refreshable_level()));
      }
    }
    if constexpr (bounds_refresh<Backend>::value) {
      if (he_.refresh_noise() > made_for.noise) {
        throw evaluation_error(name_ + " was made for refreshes that add at most " +
                               number_text(made_for.noise) + ", and those of the backend add " +
                               number_text(he_.refresh_noise()));
      }
    }
    if constexpr (checks_refresh<Backend>::value) he_.check_refreshable(x);
  }

  Value read(const Value& x, double factor, double offset) const {
    if constexpr (manages_scales<Backend>::value) {
      const Value value = factor == 1 ? x : scale(x, factor);
      if (offset == 0) return value;
      return he_.add_plain(value, he_.encode(offset, he_.level(value), 1));
    } else {
      Value value = input(x);
      if (factor != 1) he_.set_scale(value, he_.scale(value) / factor);
      if (offset == 0) return value;
      return he_.add_plain(value, he_.encode(offset, he_.level(value), he_.scale(value)));
    }
  }

  /// `factor` times x: read off the scale where that leaves room, else a level.
  Value brought(const Value& x, double factor) const {
    if constexpr (!manages_scales<Backend>::value) {
      if (!reads_freely(he_.scale(input(x)), 1 / factor, working_scale_)) return scale(x, factor);
    }
    return read(x, factor, 0);
  }

  template <class Plan>
  Value part(const Value& x) const {
    return evaluate<Plan>(he_, x, scale_of_parts());
  }
  /// Of the results of parts; 0: the library's own.
  double scale_of_parts() const {
    return manages_scales<Backend>::value || prescribes_scales<Backend>::value ? 0 : working_scale_;
  }

  /// Of two values of one level and scale.
  template <class Plan>
  Value pair(const Value& x, const Value& y) const {
    return evaluate<Plan>(he_, x, y, scale_of_parts());
  }
  /// `factor` times that: the result, at the scale that was asked for.
  template <class Plan>
  Value result_of_pair(const Value& x, const Value& y, double factor) const {
    return result_of(evaluate<Plan>(he_, x, y, scale_of_result(factor)), factor);
  }
  /// At which a value is to be computed, whose multiple is the result.
  double scale_of_result(double factor) const {
    return scale_of_parts() == 0 ? 0 : output_scale_ * factor;
  }
  Value result_of(Value value, double factor) const {
    if constexpr (manages_scales<Backend>::value || prescribes_scales<Backend>::value) {
      return factor == 1 ? value : scale(value, factor);
    } else {
      he_.set_scale(value, output_scale_);
      return value;
    }
  }

  template <class Sum>
  Value sum(const Sum& over, const Value& x) const {
    Value total = over(he_, x);
    if constexpr (!manages_scales<Backend>::value) {
      for (int due = facts_of_input(he_, total).due; due > 0; --due) total = he_.rescale(total);
    }
    return total;
  }

  /// `length` times x, less the sum.
  Value centre(const Value& x, const Value& sum, int length) const {
    if constexpr (manages_scales<Backend>::value) {
      return he_.sub(he_.multiply_integer(x, length), sum);
    } else {
      const int level = he_.level(sum);
      const Value value = input(x);
      if (he_.level(value) > level) {
        return he_.sub(he_.multiply_integer(adjusted(value, 1, level, he_.scale(sum)), length),
                       sum);
      }
      if (he_.level(value) < level || !scales_agree(he_.scale(value), he_.scale(sum))) {
        throw wrong_scale(name_ +
                          " takes a sum over the slots at the scale and level of what is "
                          "summed, " +
                          text_of(value) + "; this one has " + text_of(sum));
      }
      return he_.sub(he_.multiply_integer(value, length), sum);
    }
  }

  Value scale(const Value& x, double factor) const {
    if constexpr (manages_scales<Backend>::value) {
      return he_.rescale(he_.multiply_plain(x, he_.encode(factor, he_.level(x), 1)));
    } else {
      const Value value = input(x);
      const int level = he_.level(value) - 1;
      return adjusted(value, factor, level, usual_scale(level));
    }
  }

  Value square(const Value& x) const { return finished(he_.square(x)); }

  /// A scale that is not quite the one that a refresh takes is read as it, and back: the claim has
  /// room for that. Any other takes a level.
  Value refresh(const Value& x) const {
    if constexpr (manages_scales<Backend>::value) {
      return he_.refresh_real(x);
    } else {
      const int level = he_.level(x);
      const double scale = he_.refresh_scale(level);
      if (scales_agree(he_.scale(x), scale)) {
        Value value = x;
        he_.set_scale(value, scale);
        return he_.refresh_real(value);
      }
      const double ratio = he_.scale(x) / scale;
      constexpr double room = 0x1p-21;  // half of what the claim has (generator/slots)
      if (ratio > 1 - room && ratio < 1 + room) {
        Value value = x;
        he_.set_scale(value, scale);
        value = he_.refresh_real(value);
        he_.set_scale(value, he_.scale(value) * ratio);
        return value;
      }
      if (level < 1) throw not_enough_levels(name_ + ", a refresh of another scale,", 1, level);
      return he_.refresh_real(adjusted(x, 1, level - 1, he_.refresh_scale(level - 1)));
    }
  }

  /// A value on the way, at the scale of all.
  Value product(const Value& x, const Value& y, double factor) const {
    return product_at(x, y, factor, false);
  }
  /// The result, at the scale that was asked for.
  Value result(const Value& x, const Value& y, double factor) const {
    return product_at(x, y, factor, true);
  }

 private:
  static int levels_of_managed(int levels, double half_width) {
    return levels + (half_width == 1 ? 0 : 1);
  }

  std::string text_of(const Value& x) const {
    return power_text(he_.scale(x)) + " at level " + std::to_string(he_.level(x));
  }

  double usual_scale(int level) const {
    if constexpr (prescribes_scales<Backend>::value) return he_.prescribed_scale(level);
    return working_scale_;
  }

  // The input as it is computed with: of a product that its owner left to be rescaled, that.
  Value input(const Value& x) const {
    Value value = x;
    for (int i = 0; i < due_ && he_.scale(value) > working_scale_ * least_excess; ++i) {
      value = he_.rescale(value);
    }
    return value;
  }

  Value finished(const Value& product) const {
    if constexpr (fuses<Backend>::value) {
      return he_.relinearize_and_rescale(product);
    } else {
      return he_.rescale(he_.relinearize(product));
    }
  }

  // `factor` times x, with a scalar product and a rescaling, brought to this level and scale.
  Value adjusted(const Value& x, double factor, int level, double scale) const {
    const Value above = he_.level(x) == level + 1 ? x : he_.drop_to_level(x, level + 1);
    const double of_factor = scale * he_.modulus_at(level + 1) / he_.scale(above);
    Value value = he_.rescale(he_.multiply_plain(above, he_.encode(factor, level + 1, of_factor)));
    he_.set_scale(value, scale);
    return value;
  }

  Value product_at(const Value& x, const Value& y, double factor, bool is_result) const {
    if constexpr (manages_scales<Backend>::value) {
      const Value value = factor == 1 ? x : scale(x, factor);
      return finished(he_.multiply(value, y));
    } else {
      // The left operand has a level to spare, or the right one comes down to where it has.
      const int level = std::min(he_.level(y), he_.level(x) - 1);
      if (level < 1) throw not_enough_levels(name_ + ", the product at the end,", 1, level);
      const bool asks = is_result && !prescribes_scales<Backend>::value;
      const double wanted = asks ? output_scale_ : usual_scale(level - 1);
      const Value right = he_.level(y) == level ? y : he_.drop_to_level(y, level);
      const double of_x = wanted * he_.modulus_at(level) / he_.scale(right);
      Value value = finished(he_.multiply(adjusted(x, factor, level, of_x), right));
      he_.set_scale(value, wanted);
      return value;
    }
  }

  static constexpr double least_excess = 0x1p+10;  // chosen: between one scale and its square

  Backend& he_;
  std::string name_;
  int due_ = 0;
  double working_scale_ = 1;
  double output_scale_ = 1;
};

}  // namespace detail
}  // namespace equiripple
