// What an emitted function computes, and in which sense its error is meant.
#pragma once

#include <optional>
#include <string>

namespace equiripple {

enum class Kind : unsigned char {
  minimax,    // the polynomial itself
  sign,       // P
  step,       // (1 + P) / 2
  compare,    // (1 + P(a - b)) / 2
  relu,       // x (1 + P) / 2
  abs,        // x P
  max,        // b + relu(a - b)
  min,        // a - relu(a - b)
  inverse,    // 1/x: a start, corrected
  rsqrt,      // 1/sqrt(x), likewise
  sqrt,       // x times that
  exp,        // e^x: steps
  divide,     // a/b: 1/b, a start that is corrected, with a in it
  softmax,    // of many slots: parts, and sums over the slots
  rmsnorm,    // likewise
  layernorm,  // likewise
  argmax,     // likewise
  largest,    // likewise, by rotations in place of sums
};

enum class Metric : unsigned char {
  absolute,
  relative,
  weighted,
  relu,
  expected,  // the root of the mean square, under the density of the request
  share,     // of the domain, what is not within the tolerance of the request
};

/// What a function is of the polynomial P of its last stage:
/// summand + sign * factor * (halved ? (1 + P) / 2 : P), where x is the input, or a - b of two.
struct ResultForm {
  enum class Input : unsigned char { none, x, a, b };

  Input summand = Input::none;
  int sign = 1;  // or -1
  Input factor = Input::none;
  bool is_halved = false;  // sign is turned into a step
};

/// Of P as solved, one stage after the other. Of kinds that are made of many slots: P itself.
[[nodiscard]] ResultForm result_form(Kind kind);

[[nodiscard]] const char* name_of(Kind kind);

/// The function as people write it: "relu(x) = max(x, 0)"; what a request says of others is empty.
[[nodiscard]] const char* function_of(Kind kind);

[[nodiscard]] std::optional<Kind> kind_named(const std::string& name);
[[nodiscard]] const char* name_of(Metric metric);
[[nodiscard]] std::optional<Metric> metric_named(const std::string& name);

/// Whether the function takes a and b rather than x.
[[nodiscard]] bool has_two_inputs(Kind kind);

/// Whether the stage is a start that corrections follow (emit/plan/corrections.hpp).
[[nodiscard]] bool is_corrected(Kind kind);

/// Whether files of this kind always say by which steps (generator/steps) they are evaluated.
[[nodiscard]] bool has_steps(Kind kind);

/// Whether it is a function of many slots, made of parts (generator/slots).
[[nodiscard]] bool is_of_slots(Kind kind);

/// Whether the error counts over all of the range, the gap included, divided by the range.
[[nodiscard]] bool covers_gap(Kind kind);

}  // namespace equiripple
