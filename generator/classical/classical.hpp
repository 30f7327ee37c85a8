// Polynomials that are not minimax: continuous least squares, interpolation, Taylor's, and what
// papers on encrypted inference made of them. Each is taken as it is defined; how far it is from
// the target is for the certifier to say.
//
// Pure: no I/O, no globals, no clock, no randomness. Equal requests give equal bits.
#pragma once

#include <string>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// Of every method here; chosen: classical polynomials of higher degrees serve nobody.
inline constexpr int highest_classical_degree = 255;

enum class ClassicalStatus {  // Each name says what is known, not what is guessed.
  not_run,                    // nothing here is usable
  determined,                 // the coefficients are known to 2^-70 of their sum, or better
  not_determined,             // finer and finer integration did not agree on the coefficients
  not_finite,                 // the function has no finite value at a point that is needed
  not_smooth,                 // Taylor: the function has no derivatives of all orders at the centre
  limit_not_met,              // rising least squares: the error passes the limit at every degree
};

struct ClassicalResult {
  ClassicalStatus status = ClassicalStatus::not_run;
  ChebyshevSeries polynomial{};  // set when determined; before rounding. Coefficients below what is
                                 // determined are 0
  std::string detail = "no classical polynomial was asked for";  // for people; never parsed

  bool usable() const { return status == ClassicalStatus::determined; }
};

struct ProjectionRequest {
  Expression target;
  Expression density = Expression(1, "1");  // at least 0 on the domain, and not 0 throughout
  Domain domain;                            // ascending, disjoint
  int degree = 0;                           // highest power; 0 to highest_classical_degree
  std::vector<Rational> kinks{};            // ascending: where target or density is not smooth
};

/// Minimises the integral of density (target - p)^2 over the domain, by the orthogonal polynomials
/// of the density [For57] on the nodes of the double exponential rule [TM74].
[[nodiscard]] ClassicalResult least_squares(const ProjectionRequest& request);

/// Minimises the sum of (target - p)^2 over points of the domain, each counted as often as it
/// stands there; the density is not looked at. not_determined with fewer different points than
/// coefficients.
[[nodiscard]] ClassicalResult least_squares_at(const ProjectionRequest& request,
                                               const std::vector<double>& points);

/// Minimises what the error of the approximation and the noise of the basis add up to [LLKN22]: the
/// mean of (target - p)^2 over the domain, under the density, and noise^2 times the sum of c_k^2,
/// where p = sum of c_k T_k on basis_for(domain) and every T_k but T_0, which is no ciphertext, has
/// independent noise of that standard deviation. `noise` is from 2^-64 to 2^16.
[[nodiscard]] ClassicalResult least_variance(const ProjectionRequest& request,
                                             const Rational& noise);

inline constexpr long least_noise_log2 = -64;   // of least_variance: what 256 bits resolve
inline constexpr long largest_noise_log2 = 16;  // chosen: everything but T_0 is long 0

/// [HTG17]: the polynomial of the request's degree, at least 1, whose value at 0 is 0 and whose
/// derivative is the least-squares approximation of request.target (a smooth step, such as sigmoid)
/// under request.density.
[[nodiscard]] ClassicalResult integral_of_least_squares(const ProjectionRequest& request);

/// [SecureDL]: unweighted least squares of degrees 1, 2, ... up to request.degree, until the error
/// at `verification_points` equidistant points of the domain, and at its kinks, is at most `limit`.
[[nodiscard]] ClassicalResult rising_least_squares(const ProjectionRequest& request,
                                                   const Rational& limit);

inline constexpr int verification_points = 1001;  // chosen: the paper leaves the set open

/// Interpolation at the degree + 1 zeros of T_{degree + 1} on `interval`, as OpenFHE's
/// EvalChebyshevCoefficients does with more work in double.
[[nodiscard]] ClassicalResult interpolation(const Expression& target, const Interval& interval,
                                            int degree);

/// Taylor's polynomial about `centre`, as a series on the hull of `domain`.
[[nodiscard]] ClassicalResult taylor_polynomial(const Expression& target, const Rational& centre,
                                                const Domain& domain, int degree);

}  // namespace equiripple
