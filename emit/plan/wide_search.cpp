// Sets of powers of regular steps, a tree of links for each, and the removal of what is not needed.
//
// Babies 1, 2, ..., b (odd ones where the class is odd), giants s, 2 s, ..., m s, and the powers of
// two, which make the depth. With b, m and the number of links near the cube root of the degree,
// the key switches grow as that, where Paterson-Stockmeyer [PS73] grows as the square root. Of the
// sets with the fewest key switches those whose shapes take the fewest transforms.
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "emit/plan/assignment.hpp"
#include "emit/plan/latency.hpp"
#include "emit/plan/shape_search.hpp"

namespace equiripple {
namespace {

constexpr int unreachable = 10'000;

// The latency of its operations by the table, each as late as the depths of powers and links say.
double latency_of(const Shape& shape, int levels, const CostTable& costs) {
  double sum = 0;
  const auto switched = [&](int left, std::size_t products) {
    sum += cost_at(costs.key_switch, left) + cost_at(costs.rescaling, left) +
           cost_at(costs.tensor_product, left) * static_cast<double>(products);
  };
  const auto scaled = [&](int left, std::size_t terms) {
    sum += (cost_at(costs.scalar_product, left) + cost_at(costs.addition, left)) *
           static_cast<double>(terms);
  };
  for (const ShapePower& power : shape.powers) {
    if (power.larger != no_operand) switched(levels - power.depth + 1, 1);
  }
  for (const ShapeLink& link : shape.links) {
    const int left = levels - link.depth + 1;
    switched(left, link.products.size());
    scaled(left, link.scaled.size());
    for (const ShapeProduct& made : link.products) {
      if (made.scaled) {
        sum += cost_at(costs.rescaling, left + 1);
        scaled(left + 1, 1 + made.lower.size());
      }
      if (!made.added.empty()) {
        sum += cost_at(costs.rescaling, left + 1);
        scaled(left + 1, made.added.size());
      }
    }
  }
  return sum;
}

// The least number of links over a set of powers, as far as a few multipliers for each go.
template <class Degrees>
class TreeBuilder {
 public:
  TreeBuilder(const std::vector<Factor>& powers, const ShapeRequest& request)
      : powers_(powers), request_(request) {
    for (int depth = 0; depth <= request.levels; ++depth) {
      coverage_.push_back(coverage_of<Degrees>(powers, depth).all);
    }
  }

  int links(const Degrees& required) { return way_of(required, request_.levels).links; }

  Tree tree(const Degrees& required) {
    Tree tree{.powers = powers_};
    add(tree, required, {.depth = request_.levels});
    return tree;
  }

 private:
  struct Way {  // to settle some degrees
    int links = 0;
    std::vector<int> multipliers{};  // indices of powers, the highest degrees' first
    bool leads = false;  // the product without a scalar that begins the result of odd_times_x
  };
  using Key = std::pair<Degrees, int>;  // degrees that are required, depth
  struct HashOfKey {
    std::size_t operator()(const Key& key) const {
      return key.first.hash() + static_cast<std::size_t>(key.second);
    }
  };

  const Way& way_of(const Degrees& required, int depth) {
    const Key key(required, depth);
    if (const auto known = ways_.find(key); known != ways_.end()) return known->second;
    const Degrees left = required - coverage_[static_cast<std::size_t>(depth)];
    Way way{.links = 1, .leads = is_leading(required, left, depth)};
    if (!left.empty() && !way.leads) {
      Way below = below_link(left, depth);
      way.links += below.links;
      way.multipliers = std::move(below.multipliers);
    }
    return ways_.emplace(key, std::move(way)).first->second;
  }

  // The product without a scalar that begins the result of odd_times_x.
  bool is_leading(const Degrees& required, const Degrees& left, int depth) const {
    return request_.leading_in_x && left == Degrees::single(required.highest()) &&
           leading_product(powers_, left.highest(), depth).first != no_operand;
  }

  // What of `left` the multiplier's link does not settle, which has settled `below`.
  Degrees rest_of(const Degrees& left, const Degrees& below, int multiplier) const {
    const int degree = powers_[static_cast<std::size_t>(multiplier)].degree;
    return left - below.raised(degree) - Degrees::single(degree);
  }

  // The links below one that settles everything but `left`.
  Way below_link(const Degrees& left, int depth) {
    if (left.empty()) return {};
    Way best{.links = unreachable};
    if (depth < 2) return best;
    // Chosen: the largest multipliers are best, nearly always.
    const int most_tried = --effort_ > 0 ? 3 : 1;
    int tried = 0;
    const int top = left.highest();
    for (std::size_t k = powers_.size(); k-- > 0 && tried < most_tried;) {
      const Factor& power = powers_[k];
      if (!power.multiplier || power.depth > depth - 1 || power.degree >= top) continue;
      if (top - power.degree >= 1 << (depth - 1)) break;
      ++tried;
      const Degrees below = left.lowered(power.degree);
      const int links = way_of(below, depth - 1).links;
      if (links >= best.links) continue;
      const int multiplier = static_cast<int>(k);
      Way others = below_link(rest_of(left, below, multiplier), depth);
      if (links + others.links >= best.links) continue;
      others.links += links;
      others.multipliers.insert(others.multipliers.begin(), multiplier);
      best = std::move(others);
    }
    return best;
  }

  // The first child last: it leads.
  void add(Tree& tree, const Degrees& required, TreeLink link) {
    link.degree = required.highest();
    const int number = static_cast<int>(tree.links.size());
    tree.links.push_back(link);
    const Way way = way_of(required, link.depth);
    tree.leading_in_x = tree.leading_in_x || way.leads;
    std::vector<Degrees> settled;
    Degrees left = required - coverage_[static_cast<std::size_t>(link.depth)];
    for (const int multiplier : way.multipliers) {
      settled.push_back(left.lowered(powers_[static_cast<std::size_t>(multiplier)].degree));
      left = rest_of(left, settled.back(), multiplier);
    }
    for (std::size_t k = settled.size(); k-- > 0;) {
      const int multiplier = way.multipliers[k];
      add(tree, settled[k],
          {.depth = link.depth - 1,
           .offset = link.offset + powers_[static_cast<std::size_t>(multiplier)].degree,
           .parent = number,
           .multiplier = multiplier});
    }
  }

  const std::vector<Factor>& powers_;
  const ShapeRequest& request_;
  std::vector<Degrees> coverage_;
  std::unordered_map<Key, Way, HashOfKey> ways_;
  int effort_ = 1000;  // chosen: milliseconds
};

template <class Degrees>
class WideSearch {
 public:
  explicit WideSearch(const ShapeRequest& request)
      : request_(request), wanted_(degrees_of<Degrees>(request.series_class, request.degree)) {}

  // The cheapest for each option, cheapest first.
  std::vector<Shape> run() {
    std::vector<std::pair<int, std::set<int>>> sets = regular_sets();
    std::ranges::sort(sets);
    for (const auto& [bound, degrees] : sets) {
      if (bound > fewest_) break;
      accept_if_least(degrees);
    }
    remove_what_can_be_spared();
    std::vector<Priced> priced;
    for (const ShapeOptions& options : shape_options) {
      std::optional<Priced> best;
      for (const std::set<int>& degrees : least_) {
        auto shape = shape_of(degrees, options);
        if (!shape) continue;
        const double latency = latency_of(*shape, request_.levels, costs_);
        if (!best || latency < best->latency) best = {latency, std::move(*shape)};
      }
      if (best) priced.push_back(std::move(*best));
    }
    std::ranges::stable_sort(priced, {}, &Priced::latency);
    std::vector<Shape> shapes;
    for (Priced& one : priced) shapes.push_back(std::move(one.shape));
    return shapes;
  }

 private:
  static constexpr std::size_t most_least = 8;  // chosen: a second at degree 4095

  struct Priced {
    double latency;
    Shape shape;
  };

  static int next_power_of_two(int n) {
    int power = 1;
    while (power < n) power *= 2;
    return power;
  }

  // Each with a number of key switches that it cannot do without.
  std::vector<std::pair<int, std::set<int>>> regular_sets() const {
    const bool dense = request_.series_class == SeriesClass::dense;
    constexpr int most_babies = 16;
    constexpr int most_giants = 16;  // both chosen: the cube root of 4095
    std::vector<std::pair<int, std::set<int>>> sets;
    for (int babies = 1; babies <= most_babies; ++babies) {
      const int natural = dense ? babies + 1 : 2 * babies;
      for (const int step : {natural, dense ? babies : natural, next_power_of_two(natural)}) {
        for (int giants = 1; giants <= most_giants; ++giants) {
          std::set<int> degrees = regular_set(babies, step, giants);
          if (const auto bound = fewest_with(degrees)) sets.push_back({*bound, std::move(degrees)});
        }
      }
    }
    return sets;
  }

  std::set<int> regular_set(int babies, int step, int giants) const {
    std::set<int> degrees;
    const bool dense = request_.series_class == SeriesClass::dense;
    for (int k = 0; k < babies; ++k) degrees.insert(dense ? k + 1 : 2 * k + 1);
    for (int k = 1; k <= giants; ++k) degrees.insert(step * k);
    for (int k = 2; k < request_.degree; k *= 2) degrees.insert(k);
    std::erase_if(degrees, [&](int degree) { return degree >= request_.degree; });
    return degrees;
  }

  // A link settles no more degrees than powers and their products have, and one by its constant.
  std::optional<int> fewest_with(const std::set<int>& degrees) const {
    const auto powers = factors_of(degrees);
    if (!powers) return std::nullopt;
    const int settled = 1 + coverage_of<Degrees>(*powers, request_.levels).all.size();
    return static_cast<int>(powers->size()) - 1 + (wanted_.size() + settled - 1) / settled;
  }

  void accept_if_least(const std::set<int>& degrees) {
    const auto powers = factors_of(degrees);
    if (!powers) return;
    const int switches_of_powers = static_cast<int>(powers->size()) - 1;
    if (switches_of_powers >= fewest_) return;
    const int total = switches_of_powers + TreeBuilder<Degrees>(*powers, request_).links(wanted_);
    if (total > fewest_) return;
    if (total < fewest_) least_.clear();
    fewest_ = total;
    const bool is_new = std::ranges::find(least_, degrees) == least_.end();
    if (is_new && least_.size() < most_least) least_.push_back(degrees);
  }

  void remove_what_can_be_spared() {
    std::set<std::set<int>> tried;
    while (true) {
      const auto next =
          std::ranges::find_if(least_, [&](const auto& one) { return !tried.contains(one); });
      if (next == least_.end()) return;
      const std::set<int> degrees = *next;
      tried.insert(degrees);
      for (const int degree : degrees) {
        if (degree == 1) continue;
        std::set<int> fewer = degrees;
        fewer.erase(degree);
        accept_if_least(fewer);
      }
    }
  }

  std::optional<Shape> shape_of(const std::set<int>& degrees, const ShapeOptions& options) const {
    constexpr int most_products = 10'000;
    const std::vector<Factor> powers = *factors_of(degrees);
    const Tree tree = TreeBuilder<Degrees>(powers, request_).tree(wanted_);
    auto shape = Assignment<Degrees>(tree, options, /*effort=*/0).best(wanted_, most_products);
    if (!shape) return std::nullopt;
    shape->series_class = request_.series_class;
    shape->degree = request_.degree;
    shape->powers = powers_of(tree.powers, request_.series_class);
    return shape;
  }

  // With their depths; none where one of them is no sum of two others, or too deep.
  std::optional<std::vector<Factor>> factors_of(const std::set<int>& degrees) const {
    const bool with_x = request_.series_class == SeriesClass::odd_times_x;
    std::vector<Factor> made = first_powers(request_.series_class);
    for (const int degree : degrees) {
      if (degree == 1) continue;
      const bool odd = degree % 2 == 1;
      Factor factor = power_factor(request_.series_class, degree, unreachable, /*times_x=*/odd);
      for (const Factor& a : made) {
        for (const Factor& b : made) {
          if (a.degree + b.degree != degree) continue;
          const bool of_x = a.value != b.value;
          const bool variables = degree == 2 && !a.value && !b.value;
          const bool evens = a.multiplier && b.multiplier;
          if (with_x && !(odd ? of_x && (a.multiplier || b.multiplier) : variables || evens)) {
            continue;
          }
          factor.depth = std::min(factor.depth, 1 + std::max(a.depth, b.depth));
        }
      }
      if (factor.depth > request_.levels - 1) return std::nullopt;
      made.push_back(factor);
    }
    return made;
  }

  const ShapeRequest& request_;
  Degrees wanted_;
  CostTable costs_ = CostTable::transforms();
  std::vector<std::set<int>> least_;  // with the fewest key switches
  int fewest_ = unreachable;
};

}  // namespace

std::vector<Shape> wide_shapes_of(const ShapeRequest& request) {
  using Wide = DegreeSet<16>;
  using Wider = DegreeSet<32>;
  using Widest = DegreeSet<64>;
  if (request.degree <= Wide::highest_degree_held) return WideSearch<Wide>(request).run();
  if (request.degree <= Wider::highest_degree_held) return WideSearch<Wider>(request).run();
  return WideSearch<Widest>(request).run();
}

}  // namespace equiripple
