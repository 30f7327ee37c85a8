// Tables for tests, and slow exact second implementations to compare with.
#pragma once

#include <functional>
#include <vector>

#include "generator/data/fit.hpp"
#include "tests/support/random.hpp"

namespace equiripple::test {

/// x = lower + (upper - lower) i / (count - 1), with y = f(x).
DataTable grid(const Rational& lower, const Rational& upper, int count,
               const std::function<Rational(const Rational&)>& f);

/// Distinct x in [-2, 2] in steps of 1/64, y in [-1, 1].
DataTable random_table(Random& random, int count);

/// sum c_k T_k, by the definition of T_k.
Rational value_at(const ChebyshevSeries& p, const Rational& x);

/// max |y - p(x)|.
Rational largest_error(const DataTable& table, const ChebyshevSeries& p);

/// The smallest largest error of a polynomial of the degree: the largest level of any degree + 2 of
/// the points (de la Vallee Poussin). Every choice of them is tried.
Rational exhaustive_minimax(const DataTable& table, int degree);

/// Powers of x that solve the normal equations, by elimination; the degree is below the number of
/// points.
std::vector<Rational> normal_equations(const DataTable& table, int degree);

/// Whether the signs of the error alternate over the reference, with sizes equal to 2^-bits and to
/// the largest at any point, and as many as `free` coefficients and one.
bool alternates(const DataTable& table, const DataResult& fit, int free, int bits = 70);

}  // namespace equiripple::test
