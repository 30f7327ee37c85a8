// One pass over the links, and one over the products that may be added.
#include "emit/plan/free_shape.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace equiripple {
namespace {

class FreeShape {
 public:
  explicit FreeShape(const Tree& tree)
      : tree_(tree), powers_(static_cast<int>(tree.powers.size())) {
    shape_.leading_in_x = tree.leading_in_x;
    scalars_ = tree.leading_in_x ? 1 : 0;
  }

  std::optional<Shape> run(int degrees) {
    for (int i = 0; i < static_cast<int>(tree_.links.size()); ++i) {
      if (!add_link(i)) return std::nullopt;
    }
    std::ranges::stable_sort(extras_, std::ranges::greater(), &Extra::rank);
    const int enough = degrees * 17 / 16 + 1;  // chosen: then a tenth of the starts converge
    for (std::size_t used = 0; scalars_ < enough && used < extras_.size(); ++used) {
      const Extra& extra = extras_[used];
      scalars_ += static_cast<int>(extra.seconds.size());
      shape_.links[static_cast<std::size_t>(extra.link)].products.push_back(
          product_of(extra.first, extra.seconds));
    }
    if (scalars_ < enough) return std::nullopt;
    return std::move(shape_);
  }

 private:
  struct Extra {
    int link;
    Operand first;
    std::vector<Operand> seconds;
    int rank;  // what it adds, less where the link has others before it
  };

  // False where nothing makes the degree of the link.
  bool add_link(int i) {
    const TreeLink& link = tree_.links[static_cast<std::size_t>(i)];
    const bool last = i + 1 == static_cast<int>(tree_.links.size());
    ShapeLink made{.degree = link.degree, .depth = link.depth, .offset = link.offset};
    const std::vector<Operand> values = values_for(i);
    if (!last) {
      const int multiplier = tree_.links[static_cast<std::size_t>(i) + 1].multiplier;
      made.products.push_back({.first = multiplier, .second = powers_ + i + 1, .scaled = false});
      for (const Factor& other : tree_.powers) {
        const bool fits = other.multiplier && other.degree < power(multiplier).degree &&
                          other.depth <= link.depth - 2;
        scalars_ += fits ? 1 : 0;
      }
    } else if (tree_.leading_in_x) {
      const ShapeProduct leading = leading_product(tree_.powers, link.degree, link.depth);
      if (leading.first == no_operand) return false;
      made.products.push_back(leading);
    }
    bool leads = !last || tree_.leading_in_x;
    int others = 0;
    for (int k = powers_; k-- > 0;) {
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
        scalars_ += static_cast<int>(extra.seconds.size());
        made.products.push_back(product_of(extra.first, extra.seconds));
      } else {
        extra.rank = static_cast<int>(extra.seconds.size()) - 2 * others++;
        extras_.push_back(std::move(extra));
      }
    }
    if (leads) shape_.links.push_back(std::move(made));
    return leads;
  }

  // What link i may scale before it multiplies; what it may scale and add counts as scalars.
  std::vector<Operand> values_for(int i) {
    const int depth = tree_.links[static_cast<std::size_t>(i)].depth;
    std::vector<Operand> values;
    const auto collect = [&](Operand operand, bool value, int operand_depth) {
      if (!value || operand_depth > depth - 1) return;
      ++scalars_;
      if (operand_depth <= depth - 2) values.push_back(operand);
    };
    for (int k = 0; k < powers_; ++k) collect(k, power(k).value, power(k).depth);
    for (int j = i + 1; j < static_cast<int>(tree_.links.size()); ++j) {
      collect(powers_ + j, true, tree_.links[static_cast<std::size_t>(j)].depth);
    }
    return values;
  }

  static ShapeProduct product_of(Operand first, const std::vector<Operand>& seconds) {
    return {
        .first = first, .second = seconds.front(), .lower = {seconds.begin() + 1, seconds.end()}};
  }

  const Factor& power(int k) const { return tree_.powers[static_cast<std::size_t>(k)]; }
  int degree_of(Operand operand) const {
    return operand < powers_ ? power(operand).degree
                             : tree_.links[static_cast<std::size_t>(operand - powers_)].degree;
  }

  const Tree& tree_;
  int powers_;
  Shape shape_;
  std::vector<Extra> extras_;
  int scalars_ = 0;
};

}  // namespace

std::optional<Shape> free_shape(const Tree& tree, int degrees) {
  return FreeShape(tree).run(degrees);
}

}  // namespace equiripple
