// A proved bound of a curve's magnitude.
//
// Each piece is replaced by the polynomial through a few of its values, with the error of
// interpolation bounded on an ellipse in the complex plane; the polynomial, now small and short, is
// bounded by bisection with its derivative. Pieces that are too long are halved; pieces on which
// the curve is not analytic (a kink) are bounded by their range when they are small enough.
// No search for extrema takes part: what a search misses, this finds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/proof/curve.hpp"

namespace equiripple {

struct SupNormRequest {
  std::vector<Piece> pieces;        // what must be covered
  Rational known = 0;               // |curve| is at least this ...
  Rational known_at = 0;            // ... at this x
  int tightness_log2 = -10;         // upper / attained - 1 <= 2^tightness_log2; -38 to -1
  std::optional<Rational> limit{};  // set: only prove or disprove |curve| <= limit
  Rational negligible = 0;          // values up to this count as 0 where nothing larger is found
  long most_pieces = 100'000;       // then it gives up; chosen: up to 100 us each (measured)
};

enum class SupNormStatus {
  not_run,
  bounded,      // |curve| <= upper, and attained is reached at `at`
  above_limit,  // |curve| >= attained > limit at `at`
  unresolved,   // more pieces or bits would be needed; `at` is where
};

struct SupNorm {
  SupNormStatus status = SupNormStatus::not_run;
  Rational attained;
  Rational upper;  // set when bounded
  Rational at;     // a point of the x axis
};

/// The request with what |curve| is at these points of its parameter known, where that is more.
[[nodiscard]] SupNormRequest looked_at(const Curve& curve, const std::vector<Rational>& points,
                                       SupNormRequest request);

/// Throws std::invalid_argument when the request breaks a rule above.
[[nodiscard]] SupNorm prove_sup_norm(const Curve& curve, const SupNormRequest& request);

}  // namespace equiripple
