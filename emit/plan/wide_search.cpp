// Sets of powers of regular steps, a tree of links for each, and the removal of what is not needed.
//
// Babies 1, 2, ..., b (odd ones where the class is odd), giants s, 2 s, ..., m s, and the powers of
// two, which make the depth. With b, m and the number of links near the cube root of the degree,
// the key switches grow as that, where Paterson-Stockmeyer [PS73] grows as the square root.
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "emit/plan/assignment.hpp"
#include "emit/plan/shape_search.hpp"

namespace equiripple {
namespace {

using Degrees = DegreeSet<16>;

constexpr int unreachable = 10'000;

// The least number of links over a set of powers, as far as a few multipliers for each go.
class TreeBuilder {
 public:
  TreeBuilder(const std::vector<Factor>& powers, const ShapeRequest& request)
      : powers_(powers), request_(request) {
    for (int depth = 0; depth <= request.levels; ++depth) {
      coverage_.push_back(coverage_of<Degrees>(powers, depth).all);
    }
  }

  int links(const Degrees& required) { return links_of(required, request_.levels); }

  Tree tree(const Degrees& required) {
    Tree tree{.powers = powers_};
    add(tree, required, {.depth = request_.levels});
    return tree;
  }

 private:
  struct Child {
    int multiplier;  // index of a power
    Degrees required;
  };

  int links_of(const Degrees& required, int depth) {
    const Degrees left = required - coverage_[static_cast<std::size_t>(depth)];
    if (left.empty() || is_leading(required, left, depth)) return 1;
    const auto key = std::pair(required, depth);
    if (const auto known = links_.find(key); known != links_.end()) return known->second;
    const int total = 1 + children_of(left, depth).first;
    links_[key] = total;
    return total;
  }

  // The product without a scalar that begins the result of odd_times_x.
  bool is_leading(const Degrees& required, const Degrees& left, int depth) const {
    return request_.leading_in_x && left == Degrees::single(required.highest()) &&
           leading_product(powers_, left.highest(), depth).first != no_operand;
  }

  std::pair<int, std::vector<Child>> children_of(Degrees left, int depth) {
    if (left.empty()) return {0, {}};
    std::pair<int, std::vector<Child>> best{unreachable, {}};
    if (depth < 2) return best;
    constexpr int most_tried = 3;  // chosen: the largest multipliers are best, nearly always
    int tried = 0;
    const int top = left.highest();
    for (std::size_t k = powers_.size(); k-- > 0 && tried < most_tried;) {
      const Factor& power = powers_[k];
      if (!power.multiplier || power.depth > depth - 1 || power.degree >= top) continue;
      if (top - power.degree >= 1 << (depth - 1)) break;
      ++tried;
      const Degrees below = left.lowered(power.degree);
      const int links = links_of(below, depth - 1);
      if (links >= best.first) continue;
      const Degrees rest = left - below.raised(power.degree) - Degrees::single(power.degree);
      auto [more, others] = children_of(rest, depth);
      if (links + more >= best.first) continue;
      others.insert(others.begin(), {.multiplier = static_cast<int>(k), .required = below});
      best = {links + more, std::move(others)};
    }
    return best;
  }

  // The first child last: it leads.
  void add(Tree& tree, const Degrees& required, TreeLink link) {
    link.degree = required.highest();
    const int number = static_cast<int>(tree.links.size());
    tree.links.push_back(link);
    const Degrees left = required - coverage_[static_cast<std::size_t>(link.depth)];
    if (left.empty()) return;
    if (is_leading(required, left, link.depth)) {
      tree.leading_in_x = true;
      return;
    }
    const auto children = children_of(left, link.depth).second;
    for (std::size_t k = children.size(); k-- > 0;) {
      const int multiplier = children[k].multiplier;
      add(tree, children[k].required,
          {.depth = link.depth - 1,
           .offset = link.offset + powers_[static_cast<std::size_t>(multiplier)].degree,
           .parent = number,
           .multiplier = multiplier});
    }
  }

  const std::vector<Factor>& powers_;
  const ShapeRequest& request_;
  std::vector<Degrees> coverage_;
  std::map<std::pair<Degrees, int>, int> links_;
};

class WideSearch {
 public:
  explicit WideSearch(const ShapeRequest& request)
      : request_(request), wanted_(degrees_of<Degrees>(request.series_class, request.degree)) {}

  std::vector<Shape> run() {
    const bool dense = request_.series_class == SeriesClass::dense;
    constexpr int most_babies = 12;
    constexpr int most_giants = 12;  // both chosen: the cube root of 1023 is 10
    for (int babies = 1; babies <= most_babies; ++babies) {
      const int natural = dense ? babies + 1 : 2 * babies;
      for (const int step : {natural, dense ? babies : natural, next_power_of_two(natural)}) {
        for (int giants = 1; giants <= most_giants; ++giants) consider(babies, step, giants);
      }
    }
    if (best_.empty()) return {};
    remove_what_can_be_spared();
    const std::vector<Factor> powers = *factors_of(best_);
    const Tree tree = TreeBuilder(powers, request_).tree(wanted_);
    std::vector<Shape> shapes;
    for (const ShapeOptions& options : shape_options) {
      constexpr int most_products = 2000;
      Assignment<Degrees> assignment(tree, options, /*effort=*/0);
      auto shape = assignment.best(wanted_, most_products);
      if (!shape) continue;
      shape->series_class = request_.series_class;
      shape->degree = request_.degree;
      shape->powers = powers_of(tree.powers, request_.series_class);
      shapes.push_back(std::move(*shape));
    }
    return shapes;
  }

 private:
  static int next_power_of_two(int n) {
    int power = 1;
    while (power < n) power *= 2;
    return power;
  }

  void consider(int babies, int step, int giants) {
    std::set<int> degrees;
    const bool dense = request_.series_class == SeriesClass::dense;
    for (int k = 0; k < babies; ++k) degrees.insert(dense ? k + 1 : 2 * k + 1);
    for (int k = 1; k <= giants; ++k) degrees.insert(step * k);
    for (int k = 2; k < request_.degree; k *= 2) degrees.insert(k);
    std::erase_if(degrees, [&](int degree) { return degree >= request_.degree; });
    accept_if_less(degrees);
  }

  bool accept_if_less(const std::set<int>& degrees) {
    const auto powers = factors_of(degrees);
    if (!powers) return false;
    const int switches_of_powers = static_cast<int>(powers->size()) - 1;
    if (switches_of_powers >= fewest_) return false;
    const int total = switches_of_powers + TreeBuilder(*powers, request_).links(wanted_);
    if (total >= fewest_) return false;
    fewest_ = total;
    best_ = degrees;
    return true;
  }

  void remove_what_can_be_spared() {
    for (bool removed = true; removed;) {
      removed = false;
      for (const int degree : best_) {
        if (degree == 1) continue;
        std::set<int> fewer = best_;
        fewer.erase(degree);
        removed = accept_if_less(fewer);
        if (removed) break;
      }
    }
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
  std::set<int> best_;
  int fewest_ = unreachable;
};

}  // namespace

std::vector<Shape> wide_shapes_of(const ShapeRequest& request) { return WideSearch(request).run(); }

}  // namespace equiripple
