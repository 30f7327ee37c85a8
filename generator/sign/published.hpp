// The odd polynomials of [CKK20], whose compositions approach sign without an exchange.
//
// f_n is flattest at 1: f_n'(x) = c (1 - x^2)^n, f_n(1) = 1. g_n, of the same degree, is steeper at
// 0 and maps [1/4, 1] into [3/4, 1], as its authors rounded it to multiples of 2^-10. x
// f_1(f_1(...f_1(x))) is the square root sqrt(x^2) by [CKKLL19]'s iteration, which makes |x|, max
// and min.
#pragma once

#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

enum class PublishedFamily : unsigned char { f, g };

struct PublishedStage {
  PublishedFamily family = PublishedFamily::f;
  int order = 1;  // n: the degree is 2 n + 1; f: 1 to highest_f_order, g: 1 to highest_g_order

  int degree() const { return 2 * order + 1; }
};

inline constexpr int highest_f_order = 31;  // degree 63, as that of a searched stage; chosen
inline constexpr int highest_g_order = 4;   // what is published

/// The coefficients of 1, x, x^2, ..., exactly. Throws std::invalid_argument beyond the orders.
[[nodiscard]] std::vector<Rational> powers_of(const PublishedStage& stage);

}  // namespace equiripple
