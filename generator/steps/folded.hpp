// Functions that are flat far out, on ranges that one polynomial does not pay for: odd polynomials
// fold the range back, a last one is made for what they leave [CKP22].
//
// The folds P = p_k(...p_1(x)) are stages of sign with a loose error e: they rise on the core
// [-c, c], outside of which the function is near its values at the ends, and keep |P| within 1 - e
// and 1 + e there. So the function is nearly one of P: f(x) = g(P(x)), and the last polynomial is
// the best for g at points. Where f is nearly a line on either side, as gelu, f(x) / x is flat, and
// f(x) = x g(P(x)) with the error of g weighted by x. All of this is measured; that the whole keeps
// to the error is proved of the composition (generator/proof/certify_steps.hpp), whatever the
// points were.
#pragma once

#include <optional>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/function/expression.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

/// What is made of the value v of the last polynomial.
enum class LastUse : unsigned char {
  value,           // v
  halved_times_x,  // x (1 + v) / 2
  times_x,         // x v
};

[[nodiscard]] Steps steps_after_folds(LastUse use, std::size_t polynomials);
/// Empty where the steps are no others of these.
[[nodiscard]] std::optional<LastUse> use_of_last(const Steps& steps);

struct FlatFunction {
  Expression target;
  Rational range;                // |x| is at most this
  Rational error;                // of the result, above 0
  Parity parity = Parity::none;  // of the target
  bool times_x = false;          // what is flat is target / x, and the result is x times it
};

/// A c such that f is within `tolerance` of its values at the ends (times_x: of the lines from 0
/// to them) for c <= |x| <= range, as far as samples tell. None where that would be more than a
/// quarter of the range.
[[nodiscard]] std::optional<Rational> core_of(const FlatFunction& function,
                                              const Rational& tolerance);

struct FoldRequest {
  FlatFunction function;
  Rational core;                         // as core_of says
  std::vector<ChebyshevSeries> folds{};  // odd; at least one
  Rational reach;                        // |P| is at most this
  int highest = 0;                       // degree of the last polynomial
};

struct LastPolynomial {
  ChebyshevSeries series;  // with binary64 coefficients
  LastUse use = LastUse::value;
};

/// The last polynomial of the smallest degree with which samples of the whole keep to the error,
/// and of no less than `lowest`. None where none is found.
[[nodiscard]] std::optional<LastPolynomial> last_after_folds(const FoldRequest& request,
                                                             int lowest = 1);

}  // namespace equiripple
