// A real function of one parameter, as the proof of a bound needs it: enclosed at points, enclosed
// on pieces, and bounded on ellipses in the complex plane where it is analytic.
#pragma once

#include "generator/numbers/ball.hpp"

namespace equiripple {

/// Of the parameter; halving a piece is exact down to 2^-150 of the parameter's range.
using Parameter = Real<256>;

struct Piece {
  Parameter lower;
  Parameter upper;

  Parameter centre() const { return (lower + upper) / 2; }
  /// Enough to reach both ends from the centre, however that was rounded.
  Parameter radius() const {
    return (upper - lower) / 2 + scale_by_power_of_two(upper, 8 - bits_of<Parameter>);
  }
};

class Curve {
 public:
  virtual ~Curve() = default;

  /// Encloses the values at a thin ball of parameters; not finite where there is none.
  [[nodiscard]] virtual Ball value(const Ball& parameter, slong bits) const = 0;

  /// A bound on the piece that is known without work; not finite where there is none.
  [[nodiscard]] virtual Ball known_bound(const Piece& piece) const {
    static_cast<void>(piece);
    Ball none;
    arb_indeterminate(none.get());
    return none;
  }

  /// Encloses every value on the piece, however coarsely; not finite where there is none.
  [[nodiscard]] virtual Ball range(const Piece& piece) const = 0;

  /// log2 of a bound of the error of interpolation at `nodes` Chebyshev points of the piece;
  /// infinite where none is known. `wanted_log2` is good enough.
  [[nodiscard]] virtual double remainder_log2(const Piece& piece, int nodes,
                                              double wanted_log2) const = 0;

  /// log2 of the size of the terms that cancel in the value, as far as it is known.
  [[nodiscard]] virtual double terms_log2() const { return 0; }

  /// Where on the x axis the parameter is, to the precision of the parameter.
  [[nodiscard]] virtual Rational argument(const Parameter& parameter) const = 0;
};

/// log2 of the error of interpolating, at `nodes` zeros of a Chebyshev polynomial, a function whose
/// size on the Bernstein ellipse with sum of semi-axes `rho` > 1 is at most 2^bound_log2:
/// 4 M rho^-(nodes-1) / (rho - 1) [Tre13, Theorem 8.2, for points of the first kind].
[[nodiscard]] double interpolation_error_log2(double bound_log2, double rho, int nodes);

}  // namespace equiripple
