// How the error of a stage of sign depends on its domain: curves, made while they are asked for.
//
// The minimax error E of odd degree d on [-b, -a] u [a, b] depends on a / b alone, that is, on the
// spread s = (b - a) / (b + a): up to a factor the domain is [1 - s, 1 + s]. The next stage's
// spread is E, or with a margin E + margin. E rises with s, so that everything a search compares
// can be compared by spreads. Spreads and errors are held as log(s / (1 - s)): that resolves both
// ends, and between them the curves are smooth and nearly straight.
//
// The curves are exchanges in double at Chebyshev points of pieces, interpolated: good to 2^-20 of
// E and of 1 - E where E is above 2^-24, measured (tests/generator/stage_errors_test); below that
// to 2^-12 up to degree 63. They rank and prune; what is chosen by them is solved again.
#pragma once

#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

/// log(s / (1 - s)) of a number s in (0, 1).
struct Logit {
  double value = 0;

  double number() const { return 1 / (1 + std::exp(-value)); }     // s
  double complement() const { return 1 / (1 + std::exp(value)); }  // 1 - s
  double log() const { return -std::log1p(std::exp(-value)); }     // of s

  auto operator<=>(const Logit& other) const = default;
};

/// The spread of the domain gap <= |x| <= 1.
[[nodiscard]] Logit spread_of_gap(double gap);

/// The spread of the domain after a stage with this error; none where the margin closes the gap.
[[nodiscard]] std::optional<Logit> next_spread(Logit error, double margin);

inline constexpr double widest_logit = 400;  // beyond every gap of interest

class StageErrors {
 public:
  struct Values {
    Logit error;
    double log_slope = 0;  // of p'(0), for the domain [1 - s, 1 + s]
  };

  /// Of an odd degree from 1.
  [[nodiscard]] Values at(int degree, Logit spread);

  /// The widest spread with at most this error.
  [[nodiscard]] Logit spread_for(int degree, Logit error);

 private:
  class Curve {
   public:
    explicit Curve(int degree);
    Values at(Logit spread);

   private:
    using Coefficients = std::vector<double>;  // of Chebyshev polynomials
    struct Piece {
      Coefficients error;
      Coefficients log_slope;
    };
    struct NarrowFit {  // of what corrects the limits for s -> 0, in s^2
      std::vector<double> squares{};
      std::vector<double> error_factors{};  // divided differences
      std::vector<double> slope_factors{};
    };

    Values solved(Logit spread) const;
    const Piece& piece(long index);
    Values narrow(Logit spread);
    Values narrow_limit(Logit spread) const;

    int degree_;
    int order_;         // E falls like s^order
    double log_slope_;  // of p'(0) for s -> 0
    double narrowest_;  // logit of the smallest spread that is solved
    std::map<long, Piece> pieces_;
    std::optional<NarrowFit> narrow_;
  };

  std::map<int, Curve> curves_;
};

}  // namespace equiripple
