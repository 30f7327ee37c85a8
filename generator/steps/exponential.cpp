// Problems as expressions; roots as square roots of square roots.
#include "generator/steps/exponential.hpp"

#include <stdexcept>

#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

Expression parsed(const std::string& text) {
  auto expression = parse_function(text);
  if (!expression) throw std::logic_error("exponential: " + expression.error().why);
  return *std::move(expression);
}

// The product of v^(2^i) + u^(2^i), over E.
std::string weight_text(const Rational& error, int squarings) {
  const std::string e = "(" + error.str() + ")";
  std::string root = "exp(x) + " + e;
  std::string product = "1/" + e;
  for (int i = 1; i <= squarings; ++i) {
    root = "sqrt(" + root + ")";
    product += " * (" + root + " + " + exponential_text(i) + ")";
  }
  return product;
}

}  // namespace

std::string exponential_text(int squarings) {
  return squarings == 0 ? "exp(x)" : "exp(x/2^" + std::to_string(squarings) + ")";
}

MinimaxRequest exponential_problem(const ExponentialRequest& request, int squarings) {
  const std::string u = exponential_text(squarings);
  MinimaxRequest problem{.target = parsed(u), .domain = {request.domain}};
  if (request.relative) {
    problem.weight = parsed("1/" + u);
  } else if (squarings > 0) {
    problem.weight = parsed(weight_text(request.error, squarings));
  }
  return problem;
}

Rational exponential_limit(const Rational& error, bool relative, int squarings) {
  constexpr int bits = 128;
  if (!relative) return squarings == 0 ? error : Rational(1);
  using Number = Real<256>;
  Number root = 1 + from_rational<Number>(error);
  for (int i = 0; i < squarings; ++i) root = real_sqrt(root);
  // A rung holds far more bits than are kept.
  return round_to_bits(to_rational(Number(root - 1)), bits, Rounding::down);
}

MinimaxRequest power_problem(int exponent) {
  return {.target = parsed("x^" + std::to_string(exponent)), .domain = {}};
}

}  // namespace equiripple
