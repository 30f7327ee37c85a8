// x minus its nearest integer near the integers, as bootstrapping needs it: a polynomial near a
// cosine, its angle doubled r times, and of the sine that this makes a polynomial near its arcsine
// [LLLKN21].
//
// cos(2 pi (x - 1/4) / 2^r), doubled, is sin(2 pi x), and arcsin(sin(2 pi x)) / (2 pi) = x - i for
// |x - i| < 1/4. The sine alone is off by (2 pi)^2 |x - i|^3 / 6; an odd polynomial of a low degree
// takes that away, since |sin(2 pi x)| is small. An error d of the sine becomes d / (2 pi cos(2 pi
// w)) at most, w being the width. [proved]
#pragma once

#include <optional>
#include <string>

#include "generator/chebyshev.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

inline constexpr int most_doublings = 30;  // chosen: the cosine is all but constant by then

struct ModularForm {
  int doublings = 0;
  bool has_arcsine = false;  // after the sine, a polynomial of it
};

[[nodiscard]] Steps steps_of(const ModularForm& form);
/// Empty where the steps are no others of these.
[[nodiscard]] std::optional<ModularForm> modular_form(const Steps& steps);

/// The text of arcsin(x) / (2 pi), and the basis on which polynomials near it are written: one that
/// needs no scaling of the sine.
inline constexpr const char* arcsine_text = "asin(x)/(2*pi)";
[[nodiscard]] Interval arcsine_basis();

/// The sizes of sin(2 pi x) for |x| <= width, below 1/4, and of the derivative of arcsin(s) / (2
/// pi) there: about, and not below.
struct SineSizes {
  Rational sine;
  Rational slope;
};
[[nodiscard]] SineSizes sine_sizes(const Rational& width);

}  // namespace equiripple
