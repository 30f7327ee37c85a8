// Short ways to state a minimax problem in a test.
#pragma once

#include <string>
#include <vector>

#include "generator/exchange/minimax.hpp"

namespace equiripple::test {

/// Parsed; a text that does not parse fails the test.
Expression function(const std::string& text);
Rational number(const std::string& text);

/// "[-1,1]" or "[-1,-1/4] [1/4,1]".
Domain domain(const std::string& text);

/// Kinks are found; the parity is what the function has on a symmetric domain, unless given.
MinimaxRequest problem(const std::string& text, const std::string& domain_text, int degree);
MinimaxRequest problem(const std::string& text, const std::string& domain_text, int degree,
                       Parity parity);

/// minimax(problem(...)), required to be usable.
MinimaxResult solve(const std::string& text, const std::string& domain_text, int degree);

/// The stages of a composition of minimax polynomials of sign, measured and required to be
/// complete.
std::vector<ChebyshevSeries> sign_stages(const std::vector<int>& degrees, const Rational& gap);

/// Does the enclosure hold the value, written in decimal to `digits` digits?
bool encloses(const ErrorEnclosure& error, const Rational& value, int digits);

/// |a - b| / |b|.
double relative_difference(const Rational& a, const Rational& b);

}  // namespace equiripple::test
