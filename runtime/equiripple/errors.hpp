// What the runtime throws. Every message carries the numbers; every check comes before the first
// operation on a ciphertext.
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

namespace equiripple {

namespace detail {

// All digits that distinguish the number.
inline std::string number_text(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", x);
  return text;
}

}  // namespace detail

/// The base of everything below.
class evaluation_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The ciphertext has fewer levels left than the plan needs, up to its first refresh where the
/// backend refreshes; `remark` says which levels are meant.
class not_enough_levels : public evaluation_error {
 public:
  not_enough_levels(const std::string& function, int levels_needed, int levels_left,
                    const std::string& remark = {})
      : evaluation_error(function + " needs " + std::to_string(levels_needed) + " levels" + remark +
                         ", the ciphertext has " + std::to_string(levels_left) + " left"),
        needed(levels_needed),
        left(levels_left) {}
  int needed;
  int left;
};

/// A level that the backend does not have.
class wrong_level : public evaluation_error {
 public:
  wrong_level(const std::string& what, int asked_level, int highest_level)
      : evaluation_error(what + " level " + std::to_string(asked_level) + ": levels are 0 to " +
                         std::to_string(highest_level)),
        asked(asked_level),
        highest(highest_level) {}
  int asked;
  int highest;
};

/// An operand has a scale that no exact plan can start from, or an operation returned another
/// scale than planned.
class wrong_scale : public evaluation_error {
 public:
  using evaluation_error::evaluation_error;
};

/// An operand that the backend cannot compute with: of three components, of another context, in
/// another form, under another key than the other operand; or keys are missing.
class wrong_ciphertext : public evaluation_error {
 public:
  using evaluation_error::evaluation_error;
};

/// What evaluate_guarded found: a stage whose variable left [-1, 1].
class outside_domain : public evaluation_error {
 public:
  outside_domain(const std::string& function, int at_stage, std::size_t in_slot, double seen)
      : evaluation_error(function + ": the variable of stage " + std::to_string(at_stage) + " is " +
                         detail::number_text(seen) + " in slot " + std::to_string(in_slot) +
                         ", outside [-1, 1]" +
                         (at_stage == 1 ? ": the input is outside the range"
                                        : "; the stages before were given more than their range")),
        stage(at_stage),
        slot(in_slot),
        value(seen) {}
  int stage;
  std::size_t slot;
  double value;
};

/// A text that is no program which this runtime reads; `line` counts from 1.
class malformed_program : public evaluation_error {
 public:
  malformed_program(int in_line, const std::string& at_word, const std::string& why)
      : evaluation_error("program, line " + std::to_string(in_line) + ": '" + at_word + "' " + why),
        line(in_line),
        word(at_word) {}
  int line;
  std::string word;
};

/// A plain input lies outside the range that the function was made for.
class outside_range : public evaluation_error {
 public:
  outside_range(double input, double lower_end, double upper_end)
      : evaluation_error("input " + detail::number_text(input) + " is outside [" +
                         detail::number_text(lower_end) + ", " + detail::number_text(upper_end) +
                         "], the range that this function was made for"),
        value(input),
        lower(lower_end),
        upper(upper_end) {}
  double value;
  double lower;
  double upper;
};

}  // namespace equiripple
