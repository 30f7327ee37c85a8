// An expression made ready for one rung: constants converted once, then a loop over the nodes.
#pragma once

#include <vector>

#include "generator/function/expression.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {

template <class T>
class CompiledFunction {
 public:
  explicit CompiledFunction(const Expression& expression);

  /// The value at x, each operation to the rung's last bits; not finite where the function is not.
  /// Not for concurrent calls on one object: the values of the nodes are kept in it.
  T operator()(const T& x) const;

 private:
  struct Step {
    Operation operation;
    int left;
    int right;
    int third;
    long exponent;
  };
  // A quotient near the point where it is continued.
  struct Series {
    T centre;
    T radius;
    std::vector<T> coefficients;
  };
  static Series series_of(const std::vector<Node>& nodes, std::size_t index);

  std::vector<Step> steps_;
  std::vector<Series> series_{};   // of a divide with exponent k > 0: the one before the k-th
  mutable std::vector<T> values_;  // one a node; constants are set once
};

}  // namespace equiripple
