// A Chebyshev series as a program: Paterson-Stockmeyer [PS73] over Chebyshev powers.
//
// A sum is divided by T_g, g the largest power of two up to its degree,
//   sum c_k T_k = T_g (c_g + sum_{i > 0} 2 c_{g+i} T_i) + (sum_{k < g} c_k T_k - sum c_{g+i}
//   T_{g-i}),
// until what remains is a combination of powers that are there anyway (baby steps). The quotient
// has one level less, so a series of degree d takes ceil(log2(d + 1)) levels, scalar products
// included. A series of degree 2g, g a power of two, takes one less where 2 c_2g is n or -n, n a
// whole number, by additions: n T_g (q / n + T_g) + r or -n T_g (T_g - q / n) + r.
// All products of one sum are relinearised once. For odd (even) series every quotient
// and remainder is odd (even), and zero coefficients cost nothing.
#pragma once

#include <string>
#include <vector>

#include "emit/plan/builder.hpp"
#include "emit/plan/powers.hpp"

namespace equiripple {

/// ceil(log2(degree + 1)); 0 for a constant.
[[nodiscard]] int minimum_levels(int degree);

/// How the term of the highest degree comes about.
enum class LeadingTerm : unsigned char {
  scaled,   // by a scalar
  squared,  // as T_g^2: the degree is 2g, a power of two, and 2 c_2g a whole number
};

/// The value of the series (coefficients of T_0, T_1, ... of the variable that `powers` knows).
/// Scalars are rounded to binary64. `baby_degree` bounds the combinations of powers.
[[nodiscard]] int series_value(ProgramBuilder& builder, ChebyshevPowers& powers,
                               const std::vector<Rational>& coefficients, int baby_degree,
                               const std::string& name, LeadingTerm leading = LeadingTerm::scaled);

/// The baby_degree with which this series costs least: levels, then key switches, tensor products,
/// scalar products.
[[nodiscard]] int best_baby_degree(const std::vector<Rational>& coefficients,
                                   LeadingTerm leading = LeadingTerm::scaled);

}  // namespace equiripple
