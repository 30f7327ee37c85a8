// Best uniform (minimax) polynomial on a union of closed intervals.
//
// Multi-point exchange of Remez [Rem34] on the barycentric form [PT09]: no linear system. Odd and
// even approximations are found in t = x^2 on the half of the domain right of 0.
// Pure: no I/O, no globals, no clock, no randomness. Equal requests give equal bits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/chebyshev.hpp"
#include "generator/constraint/conditions.hpp"
#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

inline constexpr int highest_degree = 4095;  // chosen: what 4096 bits and a minute can do

struct MinimaxRequest {
  Expression target;
  Expression weight = Expression(1, "1");  // positive on the domain; the error is weight * (f - p)
  Domain domain;                           // ascending, disjoint, exact end points
  int degree = 0;                          // highest power; 0 to highest_degree
  Parity parity = Parity::none;  // odd and even need a domain symmetric about 0, and a target of
                                 // that parity; or a domain right of 0
  Conditions conditions{};       // that the polynomial keeps exactly; no polynomial keeps all of
                                 // them where affine_class() says so
  bool is_relative = false;  // the weight is 1 / |target|, which may be infinite where conditions
                             // have the value 0 and the target has it, too
  bool is_factor = false;    // of a polynomial with conditions: no coefficient counts as noise
  std::optional<Interval> basis{};  // of the result; default: basis_for(domain)
  std::vector<Rational> kinks{};    // ascending: where the target is not smooth, and other points
                                    // that must not be missed
  int feature_samples = 1 << 15;    // of a scan for what lies between the points; 0 for none
  int tolerance_log2 = -100;        // stop when (upper - lower) / upper <= 2^tolerance_log2
  int max_exchanges = 10'000;       // on all rungs together; a guard: a few are usual
  int precision_bits = 0;           // 0: as needed; else the lowest rung that may be used
};

enum class MinimaxStatus {  // Each name says what is known, not what is guessed.
  not_run,                  // nothing here is usable
  converged,                // the tolerance was reached
  exact,                    // the target is a polynomial of the class (to highest_bits): error 0
  exchange_limit,           // max_exchanges came first; no polynomial
  stalled,                  // the rounding of the highest precision stopped it; no polynomial
  below_noise,              // the error is under the noise floor of the highest precision allowed
  not_finite,               // the target or the weight has no finite value at a point of the domain
  beyond_range,             // it has, but one beyond 2^(2^20), or a weight below 2^-(2^29)
};

enum class Evidence { measured, proved };

struct ErrorEnclosure {  // of max |weight * (f - p)|, in units of f, rounded outward
  Rational lower;        // no polynomial of this class does better
  Rational attained;     // this one is at least this bad
  Rational upper;        // and no worse
  Evidence evidence = Evidence::measured;  // only a certifier sets proved
};

struct MinimaxResult {
  MinimaxStatus status = MinimaxStatus::not_run;
  ChebyshevSeries polynomial;       // set when status is converged or exact; before rounding
  ErrorEnclosure error;             // of `polynomial`; set with it
  std::vector<Rational> reference;  // ascending points where the error alternates (parity: those
                                    // right of 0)
  int exchanges = 0;
  int precision_bits = 0;                           // of the rung that gave the coefficients
  std::string detail = "minimax() was not called";  // for people; never parsed

  bool usable() const {
    return status == MinimaxStatus::converged || status == MinimaxStatus::exact;
  }
};

/// Throws std::invalid_argument when the request breaks a rule above; what a correct caller
/// can meet is in status.
[[nodiscard]] MinimaxResult minimax(const MinimaxRequest& request);

}  // namespace equiripple
