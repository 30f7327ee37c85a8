// The list of steps, and sizes on one rung.
#include "generator/steps/modular.hpp"

namespace equiripple {

Steps steps_of(const ModularForm& form) {
  Steps steps = with_doublings(chain_of(1), form.doublings);
  return form.has_arcsine ? with_polynomial(std::move(steps)) : steps;
}

std::optional<ModularForm> modular_form(const Steps& steps) {
  ModularForm form;
  for (; form.doublings <= most_doublings; ++form.doublings) {
    for (const bool has_arcsine : {false, true}) {
      form.has_arcsine = has_arcsine;
      if (steps == steps_of(form)) return form;
    }
  }
  return std::nullopt;
}

Interval arcsine_basis() { return {-1, 1}; }

SineSizes sine_sizes(const Rational& width) {
  using Number = Real<128>;
  constexpr int bits = 64;
  const Number turn = 2 * real_pi<Number>();
  const Number angle = turn * from_rational<Number>(width);
  const auto above = [](const Number& size) {
    return round_to_bits(to_rational(size), bits, Rounding::up);
  };
  return {.sine = above(real_sin(angle)), .slope = above(Number(1 / (turn * real_cos(angle))))};
}

}  // namespace equiripple
