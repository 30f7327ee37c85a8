// Target and density at the nodes of a rule of integration over the domain.
#pragma once

#include <optional>
#include <vector>

#include "generator/classical/classical.hpp"
#include "generator/data/orthogonal_fit.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

/// x where `basis` is mapped onto [-1, 1].
class OnBasis {
 public:
  explicit OnBasis(const Interval& basis);
  Real<256> operator()(const Real<256>& x) const { return (x - centre_) * scale_; }

 private:
  Real<256> centre_;
  Real<256> scale_;
};

/// Of the double exponential rule [TM74] on the pieces of the domain that have no kink inside.
struct Nodes {
  using Number = Real<256>;  // chosen: 2^determined_log2 after the losses of degree 255
  using Points = std::vector<WeightedPoint<Number>>;

  // Steps of 2^-level: the first has some hundred nodes a piece, the last some ten thousand.
  static constexpr int first_level = 4;
  static constexpr int last_level = 10;

  /// On basis_for(domain), the weights are those of the rule times the density; none where target
  /// or density has no value within reach at a node, or the density one below 0.
  [[nodiscard]] static std::optional<Points> of(const ProjectionRequest& request, int level);
};

}  // namespace equiripple
