// An expression on a ball of arguments: a ball that holds every value that it takes there.
#pragma once

#include <vector>

#include "generator/function/expression.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {

/// One enclosure a node, in the order of the nodes. Where a node is not defined on all of x its
/// enclosure, and those that depend on it, are not finite; roots and powers take the part of their
/// argument that is not negative, and a branch that is for sure not selected may be undefined.
[[nodiscard]] std::vector<Ball> enclose_nodes(const Expression& expression, const Ball& x,
                                              slong bits);

}  // namespace equiripple
