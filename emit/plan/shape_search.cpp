// Depth first over ascending sets of powers; for each set, over the chains of links.
#include "emit/plan/shape_search.hpp"

#include <array>
#include <utility>

#include "emit/plan/assignment.hpp"
#include "emit/plan/free_shape.hpp"

namespace equiripple {
namespace {

using Degrees = DegreeSet<1>;

class Search {
 public:
  Search(const ShapeRequest& request, int key_switches)
      : request_(request),
        key_switches_(key_switches),
        wanted_(degrees_of<Degrees>(request.series_class, request.degree)),
        set_(request.series_class, request.degree) {
    require_giants();
  }

  ShapesByOption run() {
    extend();
    return {outlines(found_[0]), outlines(found_[1]), outlines(found_[2]), outlines(found_[3])};
  }

  std::vector<ShapeOutline> run_free() {
    free_ = true;
    extend();
    return outlines(found_[0]);
  }

 private:
  static constexpr long most_sets = 400'000;  // chosen: half a second; degree 64 takes fewer

  // Choices of products that are looked at; chosen: a tenth of a second in all.
  static constexpr long most_trees = 500;  // chosen: far above those with the fewest switches
  static constexpr long most_effort = 1'000'000;
  static constexpr long most_effort_for_a_tree = 100'000;

  struct Range {
    int lowest;
    int highest;
  };
  struct Found {
    ShapeOutline outline;
    int tensor_products;
  };

  static std::vector<ShapeOutline> outlines(const std::vector<Found>& found) {
    std::vector<ShapeOutline> list;
    for (const Found& one : found) list.push_back(one.outline);
    return list;
  }

  std::size_t most() const { return free_ ? free_shapes_tried : shapes_tried; }

  void keep(std::vector<Found>& found, ChosenProducts products, int tensor_products) const {
    ShapeOutline outline{.leading_in_x = tree_.leading_in_x, .products = std::move(products)};
    for (const Factor& power : tree_.powers) {
      if (power.degree > 1) outline.powers.push_back(power.degree);
    }
    for (const TreeLink& link : tree_.links) {
      if (link.parent >= 0) outline.multipliers.push_back(link.multiplier);
    }
    const auto place =
        std::ranges::upper_bound(found, tensor_products, {}, &Found::tensor_products);
    found.insert(place, {std::move(outline), tensor_products});
    if (found.size() > most()) found.pop_back();
  }

  // A link of degree d and depth L whose leading product has a scalar on one side reaches 3/4 of
  // 2^L. Above, it needs a link below, and a multiplier in a narrow range.
  void require_giants() {
    int degree = request_.degree;
    for (int depth = request_.levels; depth >= 2; --depth) {
      const int half = 1 << (depth - 1);
      if (4 * degree <= 3 * 2 * half) return;
      giants_.push_back({.lowest = degree - half + 1, .highest = half});
      degree -= half;
    }
  }

  int switches_of_powers() const { return static_cast<int>(set_.powers().size()) - 1; }
  int highest_power() const { return set_.powers().back().degree; }

  void extend() {
    if (++sets_ > most_sets || trees_ > most_trees) return;
    const int links = key_switches_ - switches_of_powers();
    if (links < 1) return;
    int lacking = 0;
    int farthest = 0;
    for (const Range& range : giants_) {
      const bool met = std::ranges::any_of(set_.powers(), [&](const Factor& power) {
        return power.degree >= range.lowest && power.degree <= range.highest;
      });
      if (met) continue;
      if (highest_power() > range.highest) return;
      ++lacking;
      farthest = std::max(farthest, range.lowest);
    }
    if (lacking > links - 1 || !reaches(farthest, links - 1)) return;
    if (lacking == 0) try_chains(links);
    if (links < 2) return;
    for (int k = highest_power() + 1; k < request_.degree; ++k) {
      if (set_.depth_of(k) > request_.levels - 1) continue;
      const PowerSet saved = set_;
      set_.push(k);
      extend();
      set_ = saved;
    }
  }

  // Whether doubling comes that far in so many steps.
  bool reaches(int degree, int steps) const {
    int reached = highest_power();
    for (; steps > 0 && reached < degree; --steps) reached *= 2;
    return reached >= degree;
  }

  void try_chains(int links) {
    tree_.powers = set_.powers();
    coverage_.clear();
    for (int depth = 0; depth <= request_.levels; ++depth) {
      coverage_.push_back(coverage_of<Degrees>(tree_.powers, depth));
    }
    tree_.links.clear();
    chain(request_.degree, request_.levels, 0, links);
  }

  // Adds a link below the last one, and all chains that end with it or go on.
  void chain(int degree, int depth, int offset, int links) {
    if (links < 1 || depth < 1 || degree < 1 || degree >= 1 << depth) return;
    tree_.links.push_back({.degree = degree,
                           .depth = depth,
                           .offset = offset,
                           .parent = static_cast<int>(tree_.links.size()) - 1,
                           .multiplier = multiplier_});
    if (links == 1) {
      for (const bool leading_in_x : {false, true}) {
        tree_.leading_in_x = leading_in_x;
        if (!leading_in_x || request_.leading_in_x) try_tree();
      }
    }
    if (links > 1) {
      for (std::size_t k = tree_.powers.size(); k-- > 0;) {
        const Factor& power = tree_.powers[k];
        if (!power.multiplier || power.depth > depth - 1 || power.degree >= degree) continue;
        if (degree - power.degree >= 1 << (depth - 1)) break;
        const int above = std::exchange(multiplier_, static_cast<int>(k));
        chain(degree - power.degree, depth - 1, offset + power.degree, links - 1);
        multiplier_ = above;
      }
    }
    tree_.links.pop_back();
  }

  void try_tree() {
    if (free_) return try_free_tree();
    const bool with_reuse = can_cover(/*reuse=*/true);
    if (!with_reuse) return;
    const bool without_reuse = can_cover(/*reuse=*/false);
    ++trees_;
    for (std::size_t o = 0; o < shape_options.size(); ++o) {
      if (shape_options[o].reuse != LinkReuse::none || without_reuse) assign(o);
    }
  }

  void assign(std::size_t option) {
    constexpr int most_products = 64;  // chosen
    std::vector<Found>& found = found_[option];
    const long effort = std::min(effort_, most_effort_for_a_tree);
    Assignment<Degrees> assignment(tree_, shape_options[option], effort);
    const int bound = found.size() < most() ? most_products : found.back().tensor_products;
    const auto shape = assignment.best(wanted_, bound - switches_of_powers());
    effort_ -= effort - std::max(assignment.effort_left(), 0L);
    if (!shape) return;
    keep(found, assignment.chosen(), assignment.products() + switches_of_powers());
  }

  void try_free_tree() {
    const auto shape = free_shape(tree_, wanted_.size());
    if (!shape) return;
    ++trees_;
    int products = switches_of_powers();
    for (const ShapeLink& link : shape->links) products += static_cast<int>(link.products.size());
    keep(found_[0], {}, products);
  }

  // Without regard to the number of products.
  bool can_cover(bool reuse) const {
    Degrees required = wanted_;
    for (std::size_t i = 0; i < tree_.links.size(); ++i) {
      const TreeLink& link = tree_.links[i];
      Degrees left = required - coverage_[static_cast<std::size_t>(link.depth)].all;
      if (reuse) left = left - by_reuse(i);
      if (i + 1 == tree_.links.size()) {
        if (!tree_.leading_in_x) return left.empty();
        return left == Degrees::single(link.degree) &&
               leading_product(tree_.powers, link.degree, link.depth).first != no_operand;
      }
      const TreeLink& below = tree_.links[i + 1];
      const int multiplier = tree_.powers[static_cast<std::size_t>(below.multiplier)].degree;
      if (!left.empty() && left.lowest() < multiplier) return false;
      required = left.lowered(multiplier) | Degrees::single(below.degree);
    }
    return false;
  }

  Degrees by_reuse(std::size_t i) const {
    Degrees reached;
    const TreeLink& link = tree_.links[i];
    for (std::size_t j = i + 1; j < tree_.links.size(); ++j) {
      const TreeLink& below = tree_.links[j];
      const Factor factor{.degree = below.degree,
                          .depth = below.depth,
                          .value = true,
                          .reach = below.offset - link.offset};
      reached.insert(below.degree);
      for (const Factor& power : tree_.powers) {
        if (are_partners(power, factor) && meet_scaled(power, factor, link.depth)) {
          reached.insert(power.degree + factor.degree);
        }
      }
    }
    return reached;
  }

  ShapeRequest request_;
  int key_switches_;
  Degrees wanted_;
  std::vector<Range> giants_;
  PowerSet set_;
  Tree tree_;
  bool free_ = false;    // whether shapes without slots are sought
  int multiplier_ = -1;  // of the next link
  std::vector<Coverage<Degrees>> coverage_;
  std::array<std::vector<Found>, shape_options.size()> found_;
  long sets_ = 0;
  long trees_ = 0;
  long effort_ = most_effort;
};

}  // namespace

ShapesByOption search_shapes(const ShapeRequest& request, int key_switches) {
  return Search(request, key_switches).run();
}

std::vector<ShapeOutline> search_free_shapes(const ShapeRequest& request, int key_switches) {
  return Search(request, key_switches).run_free();
}

std::vector<ShapePower> powers_of(const std::vector<Factor>& powers, SeriesClass series_class) {
  std::vector<ShapePower> made;
  std::vector<bool> is_chebyshev;
  const bool with_x = series_class == SeriesClass::odd_times_x;
  const auto find = [&](int degree, bool times_x) {
    for (std::size_t k = 0; k < made.size(); ++k) {
      if (made[k].degree == degree && made[k].times_x == times_x) return static_cast<int>(k);
    }
    return no_operand;
  };
  const auto at = [](Operand operand) { return static_cast<std::size_t>(operand); };
  for (const Factor& power : powers) {
    ShapePower best{.degree = power.degree, .depth = power.depth, .times_x = with_x && power.value};
    bool exact = power.degree == 1;  // the variable, or x times it
    for (std::size_t i = 0; i < made.size() && !exact; ++i) {
      if (made[i].times_x && !best.times_x) continue;
      if (2 * made[i].degree < power.degree) continue;
      const Operand other = find(power.degree - made[i].degree, best.times_x != made[i].times_x);
      if (other == no_operand) continue;
      if (std::max(made[i].depth, made[at(other)].depth) >= power.depth) continue;
      const bool square = static_cast<int>(i) == other;
      const Operand difference = find(made[i].degree - made[at(other)].degree, best.times_x);
      exact = is_chebyshev[i] && is_chebyshev[at(other)] &&
              (square || (difference != no_operand && is_chebyshev[at(difference)] &&
                          made[at(difference)].depth < power.depth));
      if (!exact && best.larger != no_operand) continue;
      best.larger = static_cast<int>(i);
      best.smaller = other;
      best.difference = exact && !square ? difference : no_operand;
    }
    made.push_back(best);
    is_chebyshev.push_back(exact);
  }
  return made;
}

}  // namespace equiripple
