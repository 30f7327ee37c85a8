// The error of a best odd polynomial for 1 as a function of its domain, for one degree.
//
// The domain is [1 - s, 1 + s], s its spread, and its mirror image. Between the limits at both ends
// it is interpolated by Chebyshev series on pieces, whose coefficients are a table for the degrees
// that searches take, and solved where they are asked for beyond.
#pragma once

#include <cmath>
#include <optional>
#include <vector>

namespace equiripple {

/// log(s / (1 - s)) of a number s in (0, 1).
struct Logit {
  double value = 0;

  double number() const { return 1 / (1 + std::exp(-value)); }     // s
  double complement() const { return 1 / (1 + std::exp(value)); }  // 1 - s
  double log() const { return -std::log1p(std::exp(-value)); }     // of s

  auto operator<=>(const Logit& other) const = default;
};

struct StageValues {
  Logit error;
  double log_slope = 0;  // of p'(0), for the domain [1 - s, 1 + s]
};

class StageCurve {
 public:
  /// Of an odd degree from 3. Throws std::invalid_argument for others.
  explicit StageCurve(int degree);

  StageValues at(Logit spread);

  /// What the table holds of this degree, by exchanges in double.
  [[nodiscard]] std::vector<int> solved_numbers() const;

 private:
  using Coefficients = std::vector<double>;  // of Chebyshev polynomials
  struct Piece {
    Coefficients error;
    Coefficients log_slope;
  };
  struct NarrowFactors {  // of what corrects the limits for s -> 0
    std::vector<double> error;
    std::vector<double> slope;
  };

  StageValues solved(Logit spread) const;
  Piece solved_piece(std::size_t index) const;
  Logit narrow_node(std::size_t i) const;
  NarrowFactors solved_narrow() const;
  const Piece& piece(std::size_t index);
  const NarrowFactors& narrow_differences();
  StageValues narrow(Logit spread);
  StageValues narrow_limit(Logit spread) const;

  int degree_;
  int order_;         // E falls like s^order
  double log_slope_;  // of p'(0) for s -> 0
  double narrowest_;  // logit of the smallest spread that is solved
  double width_;      // of a piece
  std::vector<std::optional<Piece>> pieces_;
  std::vector<double> narrow_squares_;   // of the nodes
  std::optional<NarrowFactors> narrow_;  // divided differences in s^2
};

}  // namespace equiripple
