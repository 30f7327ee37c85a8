// Pieces end at kinks, so that the rule converges as for an analytic function.
#include "generator/classical/weighted_nodes.hpp"

#include <algorithm>

#include "generator/classical/quadrature.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/numbers/reach.hpp"

namespace equiripple {
namespace {

using Precise = Nodes::Number;

// Intervals without a kink inside, halved at 0, where functions of encrypted computing change most.
Domain smooth_pieces(const ProjectionRequest& request) {
  std::vector<Rational> cuts = request.kinks;
  cuts.insert(std::ranges::lower_bound(cuts, Rational(0)), Rational(0));
  Domain pieces;
  for (Interval rest : request.domain) {
    for (const Rational& cut : cuts) {
      if (cut <= rest.lower || cut >= rest.upper) continue;
      pieces.push_back({rest.lower, cut});
      rest.lower = cut;
    }
    pieces.push_back(rest);
  }
  return pieces;
}

std::vector<QuadratureNode<Precise>> nodes_on(const Domain& pieces, int level) {
  std::vector<QuadratureNode<Precise>> nodes;
  for (const Interval& piece : pieces) {
    const auto more = double_exponential(from_rational<Precise>(piece.lower),
                                         from_rational<Precise>(piece.upper), level);
    nodes.insert(nodes.end(), more.begin(), more.end());
  }
  return nodes;
}

}  // namespace

OnBasis::OnBasis(const Interval& basis)
    : centre_(from_rational<Precise>((basis.lower + basis.upper) / 2)),
      scale_(from_rational<Precise>(2 / (basis.upper - basis.lower))) {}

std::optional<Nodes::Points> Nodes::of(const ProjectionRequest& request, int level) {
  const CompiledFunction<Precise> target(request.target);
  const CompiledFunction<Precise> density(request.density);
  const OnBasis on_basis(basis_for(request.domain));
  Points points;
  for (const auto& node : nodes_on(smooth_pieces(request), level)) {
    const Precise value = target(node.x);
    const Precise weight = node.weight * density(node.x);
    if (!is_within_reach(value) || !is_within_reach(weight) || weight < 0) return std::nullopt;
    if (weight > 0) points.push_back({on_basis(node.x), value, weight});
  }
  return points;
}

}  // namespace equiripple
