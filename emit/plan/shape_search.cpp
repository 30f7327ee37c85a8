// Depth first over ascending sets of powers; for each set, over the chains of links.
#include "emit/plan/shape_search.hpp"

#include <array>
#include <utility>

#include "emit/plan/assignment.hpp"

namespace equiripple {
namespace {

using Degrees = DegreeSet<1>;

class Search {
 public:
  Search(const ShapeRequest& request, int key_switches, std::size_t most)
      : request_(request),
        key_switches_(key_switches),
        most_(most),
        wanted_(degrees_of<Degrees>(request.series_class, request.degree)) {
    require_giants();
  }

  std::array<std::vector<Shape>, shape_options.size()> run() {
    start();
    return {shapes(found_[0]), shapes(found_[1]), shapes(found_[2]), shapes(found_[3])};
  }

  std::vector<Shape> run_free() {
    free_ = true;
    start();
    return shapes(found_[0]);
  }

 private:
  void start() {
    depth_of_sum_.fill(unreachable);
    depth_of_sum_[2] = 1;
    tree_.powers = first_powers(request_.series_class);
    extend();
  }

  static constexpr int unreachable = 1000;
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
    Shape shape;
    std::vector<Factor> powers;
    int tensor_products;
  };

  std::vector<Shape> shapes(std::vector<Found>& found) const {
    std::vector<Shape> list;
    for (Found& one : found) {
      one.shape.series_class = request_.series_class;
      one.shape.degree = request_.degree;
      one.shape.powers = powers_of(one.powers, request_.series_class);
      list.push_back(std::move(one.shape));
    }
    return list;
  }

  void keep(std::vector<Found>& found, Found one) const {
    const auto place =
        std::ranges::upper_bound(found, one.tensor_products, {}, &Found::tensor_products);
    found.insert(place, std::move(one));
    if (found.size() > most_) found.pop_back();
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

  int switches_of_powers() const { return static_cast<int>(tree_.powers.size()) - 1; }

  void extend() {
    if (++sets_ > most_sets || trees_ > most_trees) return;
    const int links = key_switches_ - switches_of_powers();
    if (links < 1) return;
    int lacking = 0;
    int farthest = 0;
    for (const Range& range : giants_) {
      const bool met = std::ranges::any_of(tree_.powers, [&](const Factor& power) {
        return power.degree >= range.lowest && power.degree <= range.highest;
      });
      if (met) continue;
      if (tree_.powers.back().degree > range.highest) return;
      ++lacking;
      farthest = std::max(farthest, range.lowest);
    }
    if (lacking > links - 1 || !reaches(farthest, links - 1)) return;
    if (lacking == 0) try_chains(links);
    if (links < 2) return;
    for (int k = tree_.powers.back().degree + 1; k < request_.degree; ++k) {
      const std::size_t at = static_cast<std::size_t>(k);
      if (depth_of_sum_[at] > request_.levels - 1) continue;
      const auto saved = depth_of_sum_;
      push(k, depth_of_sum_[at]);
      extend();
      tree_.powers.pop_back();
      depth_of_sum_ = saved;
    }
  }

  // Whether doubling comes that far in so many steps.
  bool reaches(int degree, int steps) const {
    int reached = tree_.powers.back().degree;
    for (; steps > 0 && reached < degree; --steps) reached *= 2;
    return reached >= degree;
  }

  void push(int degree, int depth) {
    const bool odd = degree % 2 == 1;
    tree_.powers.push_back(power_factor(request_.series_class, degree, depth, /*times_x=*/odd));
    const bool with_x = request_.series_class == SeriesClass::odd_times_x;
    for (const Factor& other : tree_.powers) {
      if (other.degree + degree > request_.degree) continue;
      if (with_x && (other.value == other.multiplier || (odd && other.value))) continue;
      int& known = depth_of_sum_[static_cast<std::size_t>(other.degree + degree)];
      known = std::min(known, 1 + std::max(depth, other.depth));
    }
  }

  void try_chains(int links) {
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
    const int bound = found.size() < most_ ? most_products : found.back().tensor_products;
    auto shape = assignment.best(wanted_, bound - switches_of_powers());
    effort_ -= effort - std::max(assignment.effort_left(), 0L);
    if (!shape) return;
    keep(found, {std::move(*shape), tree_.powers, assignment.products() + switches_of_powers()});
  }

  // Every link with the products that make it a chain; then those with the most scalars, until
  // there are as many scalars as degrees.
  void try_free_tree() {
    struct Extra {
      int link;
      Operand first;
      std::vector<Operand> seconds;
      int rank;  // what it adds, less where the link has others before it
    };
    Shape shape{.series_class = request_.series_class, .leading_in_x = tree_.leading_in_x};
    std::vector<Extra> extras;
    int scalars = tree_.leading_in_x ? 1 : 0;
    const int powers = static_cast<int>(tree_.powers.size());
    for (int i = 0; i < static_cast<int>(tree_.links.size()); ++i) {
      const TreeLink& link = tree_.links[static_cast<std::size_t>(i)];
      const bool last = i + 1 == static_cast<int>(tree_.links.size());
      ShapeLink made{.degree = link.degree, .depth = link.depth, .offset = link.offset};
      std::vector<Operand> values;
      const auto collect = [&](Operand operand, const Factor& factor) {
        if (!factor.value || factor.depth > link.depth - 1) return;
        ++scalars;
        if (factor.depth <= link.depth - 2) values.push_back(operand);
      };
      for (int k = 0; k < powers; ++k) collect(k, power(k));
      for (int j = i + 1; j < static_cast<int>(tree_.links.size()); ++j) {
        const TreeLink& below = tree_.links[static_cast<std::size_t>(j)];
        collect(powers + j, {.degree = below.degree, .depth = below.depth, .value = true});
      }
      if (!last) {
        const int multiplier = tree_.links[static_cast<std::size_t>(i) + 1].multiplier;
        made.products.push_back({.first = multiplier, .second = powers + i + 1, .scaled = false});
        for (const Factor& other : tree_.powers) {
          const bool fits = other.multiplier && other.degree < power(multiplier).degree &&
                            other.depth <= link.depth - 2;
          scalars += fits ? 1 : 0;
        }
      } else if (tree_.leading_in_x) {
        const ShapeProduct leading = leading_product(tree_.powers, link.degree, link.depth);
        if (leading.first == no_operand) return;
        made.products.push_back(leading);
      }
      bool leads = !last || tree_.leading_in_x;
      int others = 0;
      for (int k = powers; k-- > 0;) {
        if (!power(k).multiplier || power(k).depth > link.depth - 1) continue;
        Extra extra{.link = i, .first = k, .seconds = {}, .rank = 0};
        for (const Operand value : values) {
          if (power(k).degree + degree_of(value) <= link.degree) extra.seconds.push_back(value);
        }
        if (extra.seconds.empty()) continue;
        std::ranges::sort(extra.seconds, std::ranges::greater(),
                          [&](Operand value) { return degree_of(value); });
        const bool leading = power(k).degree + degree_of(extra.seconds.front()) == link.degree;
        if (!leads && leading) {
          leads = true;
          scalars += static_cast<int>(extra.seconds.size());
          made.products.push_back(product_of(extra.first, extra.seconds));
        } else {
          extra.rank = static_cast<int>(extra.seconds.size()) - 2 * others++;
          extras.push_back(std::move(extra));
        }
      }
      if (!leads) return;
      shape.links.push_back(std::move(made));
    }
    std::ranges::stable_sort(extras, std::ranges::greater(), &Extra::rank);
    std::size_t used = 0;
    const int enough = wanted_.size() * 17 / 16 + 1;  // chosen: then a tenth of the starts converge
    for (; scalars < enough && used < extras.size(); ++used) {
      Extra& extra = extras[used];
      scalars += static_cast<int>(extra.seconds.size());
      shape.links[static_cast<std::size_t>(extra.link)].products.push_back(
          product_of(extra.first, extra.seconds));
    }
    if (scalars < enough) return;
    ++trees_;
    keep(found_[0], {std::move(shape), tree_.powers,
                     switches_of_powers() + static_cast<int>(tree_.links.size() + used)});
  }

  static ShapeProduct product_of(Operand first, const std::vector<Operand>& seconds) {
    return {
        .first = first, .second = seconds.front(), .lower = {seconds.begin() + 1, seconds.end()}};
  }

  const Factor& power(int k) const { return tree_.powers[static_cast<std::size_t>(k)]; }
  int degree_of(Operand operand) const {
    const int powers = static_cast<int>(tree_.powers.size());
    return operand < powers ? power(operand).degree
                            : tree_.links[static_cast<std::size_t>(operand - powers)].degree;
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
  std::size_t most_;
  Degrees wanted_;
  std::vector<Range> giants_;
  Tree tree_;
  bool free_ = false;    // whether shapes without slots are sought
  int multiplier_ = -1;  // of the next link
  std::array<int, highest_searched_degree + 1> depth_of_sum_{};
  std::vector<Coverage<Degrees>> coverage_;
  std::array<std::vector<Found>, shape_options.size()> found_;
  long sets_ = 0;
  long trees_ = 0;
  long effort_ = most_effort;
};

}  // namespace

std::array<std::vector<Shape>, shape_options.size()> shapes_of(const ShapeRequest& request,
                                                               int key_switches, std::size_t most) {
  return Search(request, key_switches, most).run();
}

std::vector<Shape> free_shapes_of(const ShapeRequest& request, int key_switches, std::size_t most) {
  return Search(request, key_switches, most).run_free();
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
