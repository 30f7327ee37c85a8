// exp on wide ranges: a polynomial near exp(x / 2^k), squared k times.
//
// What the squares make of an error, the problem of the polynomial weighs in advance. Let n = 2^k
// and u = exp(x / n). Relative to the result, p = u (1 + d) becomes u^n (1 + d)^n: it is within E
// where |d| <= (1 + E)^(1/n) - 1, which is the smaller of the two sides. Of an absolute error E the
// band of p is (u^n + E)^(1/n) - u wide above u, and below it at least as wide, since the root is
// concave, and since n is even where u^n < E: then p may be negative. So the weight is one over
// that width, and p is within 1 of the problem. [both proved] With v = (u^n + E)^(1/n) it is
// written without a difference: E = v^n - u^n = (v - u) (v + u) (v^2 + u^2) ... (v^(n/2) +
// u^(n/2)).
#pragma once

#include <string>

#include "generator/exchange/minimax.hpp"

namespace equiripple {

inline constexpr int most_squarings = 20;  // chosen: x / 2^20 is small on every range

struct ExponentialRequest {
  Interval domain;        // of x
  Rational error;         // of the result, above 0
  bool relative = false;  // to the result
};

/// The text of exp(x / 2^squarings).
[[nodiscard]] std::string exponential_text(int squarings);

/// The problem of p, without a degree.
[[nodiscard]] MinimaxRequest exponential_problem(const ExponentialRequest& request, int squarings);

/// The error of that problem at which the result has the error of the request: rounded down.
[[nodiscard]] Rational exponential_limit(const Rational& error, bool relative, int squarings);

/// v^exponent, which a refreshed value is raised to in place of squares; without degree and domain.
[[nodiscard]] MinimaxRequest power_problem(int exponent);

}  // namespace equiripple
