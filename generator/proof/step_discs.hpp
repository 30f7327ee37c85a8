// What steps make of a disc in the complex plane around a point of the real axis: its centre is
// evaluated, its radius grows by what each step can do to it. Steps are analytic everywhere.
#pragma once

#include <vector>

#include "generator/proof/curve.hpp"
#include "generator/proof/stored_polynomial.hpp"
#include "generator/proof/taylor_spread.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

struct Disc {
  Ball centre;  // a real number
  Ball radius;
};

/// Around the centre of the piece, `scale` times as wide as it.
[[nodiscard]] Disc disc_on(const Piece& piece, double scale);

class StepDiscs {
 public:
  struct Stage {
    StoredPolynomial polynomial;
    TaylorSpread spread;
  };

  StepDiscs(Steps steps, const std::vector<ChebyshevSeries>& polynomials);

  /// Encloses the function at a thin ball of arguments; not finite where a polynomial's argument
  /// leaves its basis.
  [[nodiscard]] Ball value(const Ball& x, slong bits) const;

  /// A real ball as wide as a disc that holds all values on the disc; not finite where the centre
  /// leaves a basis on the way.
  [[nodiscard]] Ball values_around(const Disc& disc) const;

 private:
  Steps steps_;
  std::vector<Stage> stages_;
};

}  // namespace equiripple
