// What a function is of the polynomial P of its last stage (kind.hpp), as files have it: from that
// plans, programs in other languages and values are made.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/kind.hpp"

namespace equiripple {

/// Of P as this file has it: of a direct polynomial, of steps, and of what is corrected, where the
/// numerator of a quotient is in P once there are corrections.
[[nodiscard]] ResultForm result_form(const Artifact& artifact);

/// The steps from the input to that P: of what is not made of steps its stages in a row. Refreshes,
/// which leave values as they are, are left out.
[[nodiscard]] Steps steps_of_value(const Artifact& artifact);

/// The error of the function, per error that its sign is solved and proved with: that of sign on
/// its domain, or of x (1 + sign(x)) / 2 where the gap counts: 1/2, 1 or 2.
[[nodiscard]] Rational error_of_sign(Kind kind);

/// How a language writes it.
struct ResultNotation {
  std::string value = "value";  // of P
  std::string times = " * ";
  std::string half = " / 2";
};

/// "b + x * (1 + value) / 2".
[[nodiscard]] std::string formula_of(const ResultForm& form, const ResultNotation& notation = {});

/// "x"; empty for none.
[[nodiscard]] const char* name_of(ResultForm::Input input);

/// The value, in a type of numbers; of one input `b` is not looked at.
template <class Number>
[[nodiscard]] Number value_of(const ResultForm& form, const Number& p, const Number& x,
                              const Number& a, const Number& b) {
  const auto input = [&](ResultForm::Input which) -> const Number& {
    return which == ResultForm::Input::a ? a : which == ResultForm::Input::b ? b : x;
  };
  Number value = form.is_halved ? Number((1 + p) / 2) : p;
  if (form.factor != ResultForm::Input::none) value = input(form.factor) * value;
  if (form.sign < 0) value = -value;
  if (form.summand != ResultForm::Input::none) value = input(form.summand) + value;
  return value;
}

}  // namespace equiripple
