// A function of many slots as steps: functions of each slot by itself, and sums over the slots.
//
// Values are numbered as in generator/steps: 0 is the input, i the result of step i, counted from
// 1; the last is the function. The sum over the slots is the caller's, who knows how they lie.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

enum class SlotOperation : unsigned char {
  read,     // scale * left + offset, read off the scale of a ciphertext: no level
  scale,    // scale * left: a level
  centre,   // scale * left - right, where scale is the number of slots: no level
  part,     // a function of one slot, of left
  sum,      // of left, over all slots: in every slot
  square,   // of left
  product,  // scale * left * right, where left has levels to spare
  refresh,  // left, in [-1, 1], up to noise: bootstrapped
  rotate,   // left, so many slots to the left: slot i has what slot i + by had
  pair,     // scale * a function of two, of left and right; scale is read off as of read
};

/// As files call it.
[[nodiscard]] const char* name_of(SlotOperation operation);
[[nodiscard]] std::optional<SlotOperation> slot_operation(const std::string& name);

[[nodiscard]] bool takes_two(SlotOperation operation);
[[nodiscard]] bool has_scale(SlotOperation operation);

/// Of values in [-1, 1].
struct SlotRefresh {
  Rational noise = 0;  // at most this is added; binary64
  int lowest = 0;      // the least level that is taken
  int levels = 0;      // that are left

  bool operator==(const SlotRefresh& other) const = default;
};

struct SlotStep {
  SlotOperation operation = SlotOperation::part;
  int left = 0;           // a value: 0 the input, i the result of step i
  int right = 0;          // of centre, product and pair: likewise
  int part = 0;           // of part and pair: its index, from 0
  int by = 0;             // of rotate: slots, above 0
  Rational scale = 1;     // of read, scale, centre, product and pair: binary64
  Rational offset = 0;    // of read: likewise
  SlotRefresh refresh{};  // of refresh

  bool operator==(const SlotStep& other) const = default;
};

using SlotSteps = std::vector<SlotStep>;

inline constexpr std::size_t most_slot_steps = 400;  // chosen: far above every function
inline constexpr long most_slots = 1L << 17;         // chosen: no ring has more

/// Whether one of the parts is evaluated.
[[nodiscard]] bool has_part(SlotOperation operation);

/// The rules: values read are earlier ones, the parts 0, 1, ..., count - 1 are used in order, of
/// one slot each once. Empty where they hold.
[[nodiscard]] std::string defect_of_slot_steps(const SlotSteps& steps, std::size_t count);

/// Of what a part that is not defined near 0 is made for: half the width of such a domain stays
/// below 1, so that reading it takes no level. Chosen.
[[nodiscard]] inline Rational largest_sum() { return Rational(15, 8); }

/// How many sums there are.
[[nodiscard]] int sums_of(const SlotSteps& steps);

/// How many rotations there are, besides those of sums.
[[nodiscard]] int rotations_of(const SlotSteps& steps);

/// How many refreshes there are.
[[nodiscard]] int refreshes_of(const SlotSteps& steps);

/// The first of them; none where there is none.
[[nodiscard]] std::optional<SlotRefresh> refresh_of(const SlotSteps& steps);

}  // namespace equiripple
