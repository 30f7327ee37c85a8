// Limits of depth from the result down, then products until there are enough scalars.
#include "emit/plan/chain_shape.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "emit/plan/coverage.hpp"
#include "emit/plan/least_scalars.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/shape_search.hpp"

namespace equiripple {
namespace {

// Of odd series of degree 9 and more, where they have fewer key switches than the class of
// shape_search.hpp: of the addition chains of that length and depth those whose scalars were found
// most often, for minimax polynomials of sign of gaps 1/4 to 2^-8. 1 and 2 begin each.
constexpr std::array<std::array<int, 9>, 20> known_chains = {{
    {4, 8, 16, 17},
    {4, 8, 9, 16, 25},
    {4, 5, 8, 13, 16, 29},
    {3, 4, 7, 8, 15, 16, 31},
    {4, 8, 16, 17, 18, 35},
    {4, 5, 10, 15, 20, 35},
    {4, 8, 12, 13, 24, 37},
    {4, 5, 8, 16, 21, 37},
    {4, 8, 16, 17, 24, 41},
    {4, 8, 9, 16, 25, 41},
    {4, 8, 9, 12, 21, 24, 45},
    {4, 5, 8, 13, 21, 26, 47},
    {4, 5, 8, 16, 17, 32, 49},
    {3, 4, 7, 9, 14, 23, 28, 51},
    {3, 4, 7, 11, 14, 25, 28, 53},
    {4, 5, 7, 8, 16, 23, 32, 55},
    {4, 5, 8, 9, 16, 25, 32, 57},
    {3, 4, 5, 8, 11, 16, 27, 32, 59},
    {4, 5, 8, 13, 16, 24, 29, 32, 61},
    {3, 4, 7, 8, 15, 16, 31, 32, 63},
}};

// Of dense series: of the chains that were tried, the one with scalars and growth within the limit
// most often, for the coefficients 1 / (k + 1) and those of |x| in T_2. At degrees 16 and 31 the
// key switch that they save costs more transforms in rescalings, at 30 it saves 4 in a hundred at
// most.
constexpr std::array<std::array<int, 9>, 6> known_dense_chains = {{
    {4, 8, 12},
    {4, 8, 12, 20},
    {4, 8, 8, 16, 24},
    {4, 8, 9, 16, 25},
    {4, 8, 10, 16, 26},
    {4, 8, 12, 16, 28},
}};

class ChainShape {
 public:
  explicit ChainShape(const ShapeRequest& request)
      : request_(request),
        with_x_(request.series_class == SeriesClass::odd_times_x),
        dense_(request.series_class == SeriesClass::dense) {
    const auto add = [&](int degree, int depth, bool times_x) {
      const Factor factor = power_factor(request.series_class, degree, depth, times_x);
      factors_.push_back(factor);
      nodes_.push_back({.degree = degree,
                        .earliest = depth,
                        .limit = depth,
                        .value = factor.value,
                        .multiplier = factor.multiplier});
    };
    add(1, 0, /*times_x=*/false);
    if (with_x_) add(1, 1, /*times_x=*/true);
    add(2, 1, /*times_x=*/false);
  }

  // False where the levels do not suffice.
  bool place(std::span<const int> chain) {
    for (const int degree : chain) {
      const bool odd = degree % 2 == 1;
      Node node{.degree = degree, .value = dense_ || odd, .multiplier = dense_ || !odd};
      for (const auto& [a, b] : pairs_for(node)) {
        node.earliest =
            std::min(node.earliest, 1 + std::max(nodes_[a].earliest, nodes_[b].earliest));
      }
      nodes_.push_back(node);
    }
    nodes_.back().limit = request_.levels;
    for (std::size_t n = nodes_.size(); n-- > factors_.size();) {
      Node& node = nodes_[n];
      if (node.limit == unreachable) node.limit = node.earliest;  // it leads to none
      if (node.earliest > node.limit || !lead(node)) return false;
    }
    return true;
  }

  // The products that lead; then one more, and one more.
  std::vector<Shape> shapes() const {
    Shape bare{.series_class = request_.series_class,
               .degree = request_.degree,
               .powers = powers_of(factors_, request_.series_class)};
    for (std::size_t n = nodes_.size(); n-- > factors_.size();) {
      const Node& node = nodes_[n];
      ShapeLink link{
          .degree = node.degree, .depth = node.limit, .is_multiplier = !dense_ && node.multiplier};
      link.products.push_back({.first = operand(node.first),
                               .second = operand(node.second),
                               .scaled = node.scales_second,
                               .doubled = true});
      bare.links.push_back(std::move(link));
    }
    constexpr int most_added = 6;  // chosen: a key switch costs as much as the rescalings of four
    std::vector<Shape> shapes;
    for (int added = 0; added <= most_added; ++added) {
      Shape rich = dense_ ? enriched_dense(bare) : enriched(bare);
      const bool more = add_product(rich, bare);
      const int equations = dense_ ? request_.degree : request_.degree / 2 + 1;
      if (scalars_in(rich) >= static_cast<std::size_t>(equations)) {
        shapes.push_back(std::move(rich));
      }
      if (!more) break;
    }
    return shapes;
  }

 private:
  static constexpr int unreachable = std::numeric_limits<int>::max() - 1;

  struct Node {
    int degree = 0;
    int earliest = unreachable;  // the least depth that it can have
    int limit = unreachable;     // the largest that those above allow
    bool value = false;          // as in Factor
    bool multiplier = false;
    std::size_t first = 0;  // of the product that leads
    std::size_t second = 0;
    bool scales_second = false;
  };

  // first * second is of the parity of the node.
  bool suit(const Node& node, const Node& first, const Node& second) const {
    if (node.value) {
      return (first.multiplier && second.value) || (first.value && second.multiplier);
    }
    return (first.multiplier && second.multiplier) || (!with_x_ && first.value && second.value);
  }

  std::vector<std::pair<std::size_t, std::size_t>> pairs_for(const Node& node) const {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t a = nodes_.size(); a-- > 0;) {
      for (std::size_t b = 0; b < nodes_.size(); ++b) {
        if (nodes_[a].degree + nodes_[b].degree == node.degree &&
            suit(node, nodes_[a], nodes_[b])) {
          pairs.push_back({a, b});
        }
      }
    }
    return pairs;
  }

  // Scales the second factor where there is the depth for it.
  bool lead(Node& node) {
    for (const int spent : {2, 1}) {
      for (const auto& [a, b] : pairs_for(node)) {
        Node& first = nodes_[a];
        Node& second = nodes_[b];
        if (first.earliest > node.limit - 1 || second.earliest > node.limit - spent) continue;
        node.first = a;
        node.second = b;
        node.scales_second = spent == 2;
        if (a >= factors_.size()) first.limit = std::min(first.limit, node.limit - 1);
        if (b >= factors_.size()) second.limit = std::min(second.limit, node.limit - spent);
        return true;
      }
    }
    return false;
  }

  Operand operand(std::size_t node) const {
    const std::size_t powers = factors_.size();
    return static_cast<int>(node < powers ? node : powers + nodes_.size() - 1 - node);
  }

  // The inverse.
  const Node& node_of(Operand operand) const {
    const auto place = static_cast<std::size_t>(operand);
    const std::size_t powers = factors_.size();
    return nodes_[place < powers ? place : powers + nodes_.size() - 1 - place];
  }

  // As enriched(), where powers and links are alike. No product exceeds the degree of its link.
  Shape enriched_dense(const Shape& bare) const {
    Shape rich = bare;
    for (ShapeLink& link : rich.links) {
      for (ShapeProduct& made : link.products) {
        const int first = node_of(made.first).degree;
        const int second = node_of(made.second).degree;
        add_where(made.lower, [&](Operand other, const Node& node) {
          return made.scaled && other != made.second && node.degree <= second &&
                 node.limit <= link.depth - 2;
        });
        add_where(made.added, [&](Operand other, const Node& node) {
          return other != made.first && node.degree <= std::min(first, link.degree - second) &&
                 node.limit <= link.depth - 2;
        });
      }
      add_where(link.scaled, [&](Operand, const Node& node) {
        return node.degree <= link.degree && node.limit <= link.depth - 1;
      });
    }
    return rich;
  }

  template <class Condition>
  void add_where(std::vector<Operand>& list, const Condition& holds) const {
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      const Operand other = operand(n);
      if (holds(other, nodes_[n]) && std::ranges::find(list, other) == list.end()) {
        list.push_back(other);
      }
    }
  }

  std::size_t scalars_in(const Shape& shape) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < shape.links.size(); ++i) {
      count += shape.links[i].scaled.size() + (shape.has_constant(i) ? 1 : 0);
      for (const ShapeProduct& made : shape.links[i].products) {
        count += made.lower.size() + made.added.size() + (made.scaled ? 1 : 0);
      }
    }
    return count;
  }

  // The product with the most pairs that its link does not have, less where the link has others.
  bool add_product(const Shape& rich, Shape& bare) const {
    int most = 0;
    ShapeProduct best;
    std::size_t best_link = 0;
    for (std::size_t n = nodes_.size(); n-- > factors_.size();) {
      const Node& node = nodes_[n];
      const std::size_t i = nodes_.size() - 1 - n;
      const int before = static_cast<int>(rich.links[i].products.size()) - 1;
      for (std::size_t f = 0; f < n; ++f) {
        if (nodes_[f].limit > node.limit - 1) continue;
        for (const bool of_values : {true, false}) {
          ShapeProduct made{.first = operand(f)};
          int gain = -2 * before;
          for (std::size_t s = n; s-- > 0;) {
            const Node& second = nodes_[s];
            const bool fits = nodes_[f].degree + second.degree <= node.degree &&
                              second.limit <= node.limit - 2 &&
                              (dense_ || (of_values ? second.value : second.multiplier)) &&
                              suit(node, nodes_[f], second);
            if (!fits || has_pair(rich.links[i], operand(f), operand(s))) continue;
            ++gain;
            if (made.second == no_operand) {
              made.second = operand(s);
            } else {
              made.lower.push_back(operand(s));
            }
          }
          if (made.second == no_operand || (best.second != no_operand && gain <= most)) continue;
          most = gain;
          best = std::move(made);
          best_link = i;
        }
      }
    }
    if (best.second == no_operand) return false;
    bare.links[best_link].products.push_back(std::move(best));
    return true;
  }

  // What is added to first is no pair of its own: it comes with the scalars of second.
  static bool has_pair(const ShapeLink& link, Operand a, Operand b) {
    const auto joins = [](const ShapeProduct& made, Operand first, Operand second) {
      return made.first == first &&
             (made.second == second || std::ranges::find(made.lower, second) != made.lower.end());
    };
    return std::ranges::any_of(link.products, [&](const ShapeProduct& made) {
      return joins(made, a, b) || joins(made, b, a);
    });
  }

  const ShapeRequest& request_;
  bool with_x_;
  bool dense_;
  std::vector<Factor> factors_;  // of the powers, the first nodes
  std::vector<Node> nodes_;      // ascending
};

}  // namespace

std::vector<Shape> chain_shapes(const ShapeRequest& request, std::span<const int> chain) {
  ChainShape builder(request);
  if (!builder.place(chain)) return {};
  return builder.shapes();
}

std::vector<Shape> chain_shapes_of(const ShapeRequest& request, int key_switches) {
  std::vector<Shape> shapes;
  const int of_powers = request.series_class == SeriesClass::odd_times_x ? 2 : 1;
  const auto known = request.series_class == SeriesClass::dense
                         ? std::span<const std::array<int, 9>>(known_dense_chains)
                         : std::span<const std::array<int, 9>>(known_chains);
  for (const auto& padded : known) {
    const std::span<const int> chain(padded.begin(), std::ranges::find(padded, 0));
    const int switches = static_cast<int>(chain.size()) + of_powers;
    if (chain.back() != request.degree || switches != key_switches) continue;
    for (Shape& shape : chain_shapes(request, chain)) shapes.push_back(std::move(shape));
  }
  return shapes;
}

}  // namespace equiripple
