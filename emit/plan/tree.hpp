// A tree of links over a set of powers, as the search for shapes handles it.
#pragma once

#include <vector>

#include "emit/plan/coverage.hpp"

namespace equiripple {

struct TreeLink {
  int degree = 0;
  int depth = 0;   // at most
  int offset = 0;  // the degrees of the multipliers above it
  int parent = -1;
  int multiplier = -1;  // index of the power that multiplies it in its parent
};

struct Tree {
  std::vector<Factor> powers{};   // as Shape::powers
  std::vector<TreeLink> links{};  // parents before children
  bool leading_in_x = false;      // the last link multiplies two powers without a scalar
};

enum class LinkReuse : unsigned char {
  none,
  sparing,  // for what neither powers nor the link below can settle: scalars stay small
  free,     // wherever it spares a product
};

struct ShapeOptions {
  LinkReuse reuse = LinkReuse::free;  // of links as operands of links above
  bool add_to_multipliers = true;     // products of two sums

  bool operator==(const ShapeOptions& other) const = default;
};

/// Whether `below` is in the part of the tree under `link`.
inline bool is_below(const Tree& tree, int below, int link) {
  while (below > link) below = tree.links[static_cast<std::size_t>(below)].parent;
  return below == link;
}

}  // namespace equiripple
