// f_n by its formula, g_n as published.
#include "generator/sign/published.hpp"

#include <array>
#include <stdexcept>

namespace equiripple {
namespace {

// f_n(x) = sum over i of 4^-i binom(2i, i) x (1 - x^2)^i  [CKK20, section 3].
std::vector<Rational> f(int order) {
  std::vector<Rational> sum(static_cast<std::size_t>(2 * order) + 2, 0);
  std::vector<Rational> power = {0, 1};  // x (1 - x^2)^i
  Rational factor = 1;                   // 4^-i binom(2i, i)
  for (int i = 0; i <= order; ++i) {
    for (std::size_t k = 0; k < power.size(); ++k) sum[k] += factor * power[k];
    factor *= Rational(2 * i + 1, 2 * i + 2);
    power.resize(power.size() + 2, 0);
    for (std::size_t k = power.size(); k-- > 2;) power[k] -= power[k - 2];
  }
  return sum;
}

// Times 1024; of x, x^3, ...  [CKK20, section 4.3].
std::vector<Rational> g(int order) {
  static const std::array<std::vector<long>, highest_g_order> published = {{
      {2126, -1359},
      {3334, -6108, 3796},
      {4589, -16577, 25614, -12860},
      {5850, -34974, 97015, -113492, 46623},
  }};
  std::vector<Rational> powers;
  for (const long numerator : published[static_cast<std::size_t>(order - 1)]) {
    powers.insert(powers.end(), {Rational(0), Rational(numerator, 1024)});
  }
  return powers;
}

}  // namespace

std::vector<Rational> powers_of(const PublishedStage& stage) {
  const bool is_f = stage.family == PublishedFamily::f;
  if (stage.order < 1 || stage.order > (is_f ? highest_f_order : highest_g_order)) {
    throw std::invalid_argument("powers_of: there is no such polynomial");
  }
  return is_f ? f(stage.order) : g(stage.order);
}

}  // namespace equiripple
