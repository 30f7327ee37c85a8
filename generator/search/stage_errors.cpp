// One curve a degree.
#include "generator/search/stage_errors.hpp"

#include <cmath>
#include <stdexcept>

#include "generator/search/rising_root.hpp"

namespace equiripple {

// s = (1 - gap) / (1 + gap), 1 - s = 2 gap / (1 + gap).
Logit spread_of_gap(double gap) { return {std::log1p(-gap) - std::log(2 * gap)}; }

std::optional<Logit> next_spread(Logit error, double margin) {
  const double left = error.complement() - margin;
  if (!(left > 0)) return std::nullopt;
  return Logit{std::log((error.number() + margin) / left)};
}

// On [1 - s, 1 + s] the best multiple of x is x itself.
StageErrors::Values StageErrors::at(int degree, Logit spread) {
  if (degree == 1) return {.error = spread};
  if (degree < 1 || degree % 2 == 0) throw std::invalid_argument("StageErrors: degree");
  const auto index = static_cast<std::size_t>(degree / 2);
  if (curves_.size() <= index) curves_.resize(index + 1);
  auto& curve = curves_[index];
  if (!curve) curve.emplace(degree);
  return curve->at(spread);
}

Logit StageErrors::spread_for(int degree, Logit error) {
  constexpr double tolerance = 0x1p-30;  // of a logit; chosen
  const auto excess = [&](double spread) { return at(degree, {spread}).error.value - error.value; };
  return {rising_root(excess, -widest_logit, widest_logit, tolerance)};
}

}  // namespace equiripple
