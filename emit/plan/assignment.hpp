// Gives each degree of a series its slot in a tree of links, with few products.
//
// Multiples of powers and of links below cost no product, nor does what is added to the multiplier
// of a link below. A product of a link covers first + (second and what is lower), and what is added
// to first, times second. All choices of products are tried, fewest first (branch and bound), as
// far as the effort goes; the greedy choice is the first.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "emit/plan/outline.hpp"
#include "emit/plan/tree.hpp"

namespace equiripple {

template <class Set>
class Assignment {
 public:
  /// `effort` bounds the choices that are looked at.
  Assignment(const Tree& tree, const ShapeOptions& options, long effort)
      : tree_(tree), options_(options), effort_(effort) {
    for (std::size_t i = 0; i < tree.links.size(); ++i) {
      views_.push_back(view_of(static_cast<int>(i)));
    }
    chosen_.resize(tree.links.size());
  }

  /// The links with their products and slots; none where no choice takes fewer than `below`
  /// products, those of the powers not counted.
  std::optional<Shape> best(const Set& degrees, int below) {
    best_products_ = below;
    std::vector<Set> required(tree_.links.size());
    required.front() = degrees;
    place(0, required, 0);
    greedy_ = false;
    place(0, required, 0);
    return std::move(found_);
  }

  /// Of the shape found: without those of the powers.
  int products() const { return best_products_; }

  /// Of the shape found.
  const ChosenProducts& chosen() const { return found_products_; }

  /// The shape with these products, as chosen() says of the one found; none where they do not
  /// settle all degrees.
  std::optional<Shape> with(const Set& degrees, const ChosenProducts& products) {
    given_ = &products;
    best_products_ = std::numeric_limits<int>::max();
    std::vector<Set> required(tree_.links.size());
    required.front() = degrees;
    place(0, required, 0);
    given_ = nullptr;
    return std::move(found_);
  }

  long effort_left() const { return effort_; }

 private:
  struct Choice {  // of a product
    Operand first;
    Operand second;
    Set pairs;  // first + second and first + what is lower
    Set added;  // what is added to first, times second
    int leading;
  };
  struct View {  // of a link: what it can do by itself
    std::vector<std::pair<Operand, Factor>> factors;
    std::vector<int> children;
    Set free_of_products;
    Set by_children;  // the degrees of their products
    Set reserved;     // what links below begin with: they settle it
    std::vector<Choice> choices;
  };

  const Factor& power(int k) const { return tree_.powers[static_cast<std::size_t>(k)]; }
  const TreeLink& link(int i) const { return tree_.links[static_cast<std::size_t>(i)]; }
  View& view(int i) { return views_[static_cast<std::size_t>(i)]; }
  bool is_leaf_of_x(int i) const {
    return tree_.leading_in_x && i + 1 == static_cast<int>(tree_.links.size());
  }

  // As a factor in link i.
  Factor factor_of(int i, Operand operand) const {
    if (operand < static_cast<int>(tree_.powers.size())) return power(operand);
    const TreeLink& below = link(operand - static_cast<int>(tree_.powers.size()));
    return {.degree = below.degree,
            .depth = below.depth,
            .value = true,
            .reach = below.offset - link(i).offset};
  }

  View view_of(int i) const {
    View view;
    const int depth = link(i).depth;
    for (std::size_t k = 0; k < tree_.powers.size(); ++k) {
      const Factor& power = tree_.powers[k];
      if (!power.value && !power.multiplier) continue;
      view.factors.push_back({static_cast<int>(k), power});
      if (power.value && power.depth <= depth - 1) view.free_of_products.insert(power.degree);
    }
    Set reusable;
    if (options_.reuse != LinkReuse::none) {
      reusable = degrees_to_reuse_for(i);
      for (int below = i + 1; below < static_cast<int>(tree_.links.size()); ++below) {
        if (!is_below(tree_, below, i)) continue;
        const Operand operand = static_cast<int>(tree_.powers.size()) + below;
        view.factors.push_back({operand, factor_of(i, operand)});
        if (reusable.contains(link(below).degree)) {
          view.free_of_products.insert(link(below).degree);
        }
      }
    }
    for (std::size_t j = 0; j < tree_.links.size(); ++j) {
      const TreeLink& child = tree_.links[j];
      if (child.parent != i) continue;
      view.children.push_back(static_cast<int>(j));
      const int multiplier = power(child.multiplier).degree;
      view.by_children.insert(multiplier + child.degree);
      view.free_of_products |= added_to(view, i, child.multiplier, child.degree);
    }
    std::ranges::sort(view.children, std::ranges::greater(),
                      [&](int child) { return power(link(child).multiplier).degree; });
    if (is_leaf_of_x(i)) view.by_children.insert(link(i).degree);
    view.reserved = view.by_children;
    for (int below = i + 1; below < static_cast<int>(tree_.links.size()); ++below) {
      if (!is_below(tree_, below, i)) continue;
      view.reserved.insert(link(below).offset - link(i).offset + link(below).degree);
    }
    view.free_of_products = view.free_of_products - view.reserved;
    add_choices(view, depth, reusable);
    return view;
  }

  Set degrees_to_reuse_for(int i) const {
    Set degrees;
    for (int k = 1; k <= link(i).degree; ++k) degrees.insert(k);
    if (options_.reuse == LinkReuse::free) return degrees;
    degrees = degrees - coverage_of<Set>(tree_.powers, link(i).depth).all;
    for (const TreeLink& child : tree_.links) {
      if (child.parent != i) continue;
      const int multiplier = power(child.multiplier).degree;
      degrees = degrees - degrees.lowered(multiplier - 1).raised(multiplier - 1);
    }
    return degrees;
  }

  // Degrees that powers added to `multiplier` reach with a link of degree `second`.
  Set added_to(const View& view, int i, int multiplier, int second) const {
    Set degrees;
    if (!options_.add_to_multipliers) return degrees;
    const int limit = power(multiplier).degree;
    for (const auto& [operand, factor] : view.factors) {
      if (factor.multiplier && factor.degree < limit && factor.depth <= link(i).depth - 2) {
        degrees.insert(factor.degree + second);
      }
    }
    return degrees;
  }

  bool is_link(Operand operand) const { return operand >= static_cast<int>(tree_.powers.size()); }

  void add_choices(View& view, int depth, const Set& reusable) const {
    for (const auto& [first, a] : view.factors) {
      for (const auto& [second, b] : view.factors) {
        if (a.depth > depth - 1 || b.depth > depth - 2 || !are_partners(a, b)) continue;
        Choice choice{.first = first,
                      .second = second,
                      .pairs = {},
                      .added = {},
                      .leading = a.degree + b.degree};
        for (const auto& [other, c] : view.factors) {
          if (c.depth > depth - 2) continue;
          const bool reuses = is_link(first) || is_link(other);
          if (c.degree <= b.degree && are_partners(a, c) && c.value == b.value &&
              (!reuses || reusable.contains(a.degree + c.degree))) {
            choice.pairs.insert(a.degree + c.degree);
          }
          if (options_.add_to_multipliers && c.degree < a.degree && are_partners(c, b) &&
              c.value == a.value) {
            choice.added.insert(c.degree + b.degree);
          }
        }
        if (choice.pairs.contains(choice.leading)) view.choices.push_back(choice);
      }
    }
  }

  // Links i, i + 1, ... with the degrees that each of them must settle.
  void place(int i, std::vector<Set> required, int products) {
    if (products >= best_products_) return;
    if (i == static_cast<int>(tree_.links.size())) {
      if (auto shape = realised(required)) {
        found_ = std::move(shape);
        found_products_ = names_of(chosen_);
        best_products_ = products;
      }
      return;
    }
    View& here = view(i);
    const int fixed = static_cast<int>(here.children.size()) + (is_leaf_of_x(i) ? 1 : 0);
    if (given_ != nullptr) {
      const std::vector<const Choice*> selected =
          named(here, (*given_)[static_cast<std::size_t>(i)]);
      return descend(i, required, selected, products + fixed + static_cast<int>(selected.size()));
    }
    const Set lacking =
        required[static_cast<std::size_t>(i)] - here.reserved - here.free_of_products;
    const std::vector<const Choice*> useful = useful_choices(here, lacking);
    if (greedy_) {
      const std::vector<const Choice*> selected = greedy(useful, lacking);
      descend(i, required, selected, products + fixed + static_cast<int>(selected.size()));
      return;
    }
    for (int count = 0; count <= static_cast<int>(useful.size()); ++count) {
      if (products + fixed + count >= best_products_) return;
      std::vector<const Choice*> selected;
      select(useful, 0, count, selected,
             [&] { descend(i, required, selected, products + fixed + count); });
    }
  }

  static ChosenProducts names_of(const std::vector<std::vector<const Choice*>>& chosen) {
    ChosenProducts names;
    for (const std::vector<const Choice*>& choices : chosen) {
      auto& of_link = names.emplace_back();
      for (const Choice* choice : choices) of_link.push_back({choice->first, choice->second});
    }
    return names;
  }

  static std::vector<const Choice*> named(const View& here,
                                          const std::vector<std::pair<Operand, Operand>>& names) {
    std::vector<const Choice*> choices;
    for (const auto& [first, second] : names) {
      for (const Choice& choice : here.choices) {
        if (choice.first == first && choice.second == second) choices.push_back(&choice);
      }
    }
    return choices;
  }

  template <class Visit>
  void select(const std::vector<const Choice*>& from, std::size_t begin, int count,
              std::vector<const Choice*>& selected, const Visit& visit) {
    if (--effort_ < 0) return;
    if (count == 0) return visit();
    for (std::size_t k = begin; k + static_cast<std::size_t>(count) <= from.size(); ++k) {
      selected.push_back(from[k]);
      select(from, k + 1, count - 1, selected, visit);
      selected.pop_back();
    }
  }

  // What is added to first counts where the product begins with a degree of its own.
  static Set gain_of(const Choice& choice, const Set& lacking) {
    return (lacking.contains(choice.leading) ? choice.pairs | choice.added : choice.pairs) &
           lacking;
  }

  // Those that settle something which no other one settles as well and more.
  std::vector<const Choice*> useful_choices(const View& here, const Set& lacking) const {
    std::vector<std::pair<Set, const Choice*>> gains;
    const auto is_within = [](const Set& a, const Set& b) { return (a - b).empty(); };
    for (const Choice& choice : here.choices) {
      const Set gain = gain_of(choice, lacking);
      if (gain.empty()) continue;
      // Of two with the same gain, the one that can do more without links.
      const auto is_better = [&](const auto& other) {
        return is_within(gain, other.first) &&
               (gain != other.first || is_within(choice.pairs, other.second->pairs));
      };
      if (std::ranges::any_of(gains, is_better)) continue;
      std::erase_if(gains, [&](const auto& other) { return is_within(other.first, gain); });
      gains.push_back({gain, &choice});
    }
    std::vector<const Choice*> useful;
    for (const auto& [gain, choice] : gains) useful.push_back(choice);
    return useful;
  }

  std::vector<const Choice*> greedy(const std::vector<const Choice*>& useful, Set lacking) const {
    std::vector<const Choice*> selected;
    while (true) {
      const Choice* best = nullptr;
      int most = 0;
      for (const Choice* choice : useful) {
        const int gain = gain_of(*choice, lacking).size();
        if (gain > most) {
          most = gain;
          best = choice;
        }
      }
      if (best == nullptr) return selected;
      selected.push_back(best);
      lacking = lacking - gain_of(*best, lacking);
    }
  }

  // With these products of link i: what is left goes to its children.
  void descend(int i, std::vector<Set> required, const std::vector<const Choice*>& selected,
               int products) {
    const View& here = view(i);
    Set left = required[static_cast<std::size_t>(i)] - here.by_children - here.free_of_products;
    for (const Choice* choice : selected) left = left - gain_of(*choice, left - here.reserved);
    for (const int child : here.children) {
      const int multiplier = power(link(child).multiplier).degree;
      Set& below = required[static_cast<std::size_t>(child)];
      below = left.lowered(multiplier);
      left = left - below.raised(multiplier) - Set::single(multiplier);
      below.insert(link(child).degree);
      if (below.highest() > link(child).degree) return;
    }
    if (!left.empty()) return;
    chosen_[static_cast<std::size_t>(i)] = selected;
    place(i + 1, std::move(required), products);
  }

  // The choices as products and slots. None where two of them settle the same degree and one of
  // them has nothing left that it begins with.
  std::optional<Shape> realised(const std::vector<Set>& required) const {
    Shape shape{.leading_in_x = tree_.leading_in_x};
    for (int i = 0; i < static_cast<int>(tree_.links.size()); ++i) {
      if (!realise(i, required, shape)) return std::nullopt;
    }
    std::ranges::sort(shape.slots, std::ranges::greater(), &Slot::degree);
    return shape;
  }

  bool realise(int i, const std::vector<Set>& required, Shape& shape) const {
    const View& here = views_[static_cast<std::size_t>(i)];
    const int depth = link(i).depth;
    ShapeLink made{.degree = link(i).degree, .depth = depth, .offset = link(i).offset};
    Set open = required[static_cast<std::size_t>(i)] - here.by_children;
    const auto settle = [&](int degree, SlotRole role, int product, std::size_t position) {
      if (!open.contains(degree) || here.reserved.contains(degree)) return false;
      open = open - Set::single(degree);
      shape.slots.push_back({.degree = link(i).offset + degree,
                             .link = i,
                             .role = role,
                             .product = product,
                             .position = static_cast<int>(position)});
      return true;
    };
    const auto scale = [&](bool powers) {
      for (const auto& [operand, factor] : here.factors) {
        const bool is_power = operand < static_cast<int>(tree_.powers.size());
        if (is_power != powers || !factor.value || factor.depth > depth - 1) continue;
        if (settle(factor.degree, SlotRole::scaled, 0, made.scaled.size())) {
          made.scaled.push_back(operand);
        }
      }
    };
    for (const int child : here.children) {
      made.products.push_back({.first = link(child).multiplier,
                               .second = static_cast<int>(tree_.powers.size()) + child,
                               .scaled = false});
    }
    if (is_leaf_of_x(i)) {
      made.products.push_back(leading_product(tree_.powers, link(i).degree, depth));
    }
    scale(/*powers=*/true);
    // What each product begins with comes first: another one may settle it as well.
    const std::vector<const Choice*>& chosen = chosen_[static_cast<std::size_t>(i)];
    const int before = static_cast<int>(made.products.size());
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      ShapeProduct& product = made.products.emplace_back();
      product.first = chosen[k]->first;
      const int degree =
          factor_of(i, chosen[k]->first).degree + factor_of(i, chosen[k]->second).degree;
      if (settle(degree, SlotRole::second, before + static_cast<int>(k), 0)) {
        product.second = chosen[k]->second;
      }
    }
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      ShapeProduct& product = made.products[static_cast<std::size_t>(before) + k];
      const Factor first = factor_of(i, product.first);
      for (const auto& [operand, factor] : by_descending_degree(here.factors)) {
        if (factor.depth > depth - 2 || !are_partners(first, factor)) continue;
        if (!chosen[k]->pairs.contains(first.degree + factor.degree)) continue;
        const bool leads = product.second == no_operand;
        if (!settle(first.degree + factor.degree, leads ? SlotRole::second : SlotRole::lower,
                    before + static_cast<int>(k), product.lower.size())) {
          continue;
        }
        if (leads) {
          product.second = operand;
        } else {
          product.lower.push_back(operand);
        }
      }
      if (product.second == no_operand) return false;  // another choice does without it
    }
    scale(/*powers=*/false);
    for (std::size_t k = 0; k < made.products.size(); ++k) {
      add_to_first(i, made.products[k], [&](int degree) {
        return settle(degree, SlotRole::added, static_cast<int>(k), made.products[k].added.size());
      });
    }
    for (const int child : here.children) {
      const int multiplier = power(link(child).multiplier).degree;
      open = open - required[static_cast<std::size_t>(child)].raised(multiplier);
      if (open.contains(multiplier)) {
        open = open - Set::single(multiplier);
        shape.slots.push_back(
            {.degree = link(i).offset + multiplier, .link = child, .role = SlotRole::constant});
      }
    }
    shape.links.push_back(std::move(made));
    return open.empty();
  }

  template <class Settle>
  void add_to_first(int i, ShapeProduct& product, const Settle& settle) const {
    if (!options_.add_to_multipliers) return;
    const Factor first = factor_of(i, product.first);
    const Factor second = factor_of(i, product.second);
    const View& here = views_[static_cast<std::size_t>(i)];
    for (const auto& [operand, factor] : by_descending_degree(here.factors)) {
      if (factor.depth > link(i).depth - 2 || factor.degree >= first.degree ||
          factor.value != first.value || !are_partners(factor, second)) {
        continue;
      }
      if (settle(factor.degree + second.degree)) product.added.push_back(operand);
    }
  }

  static std::vector<std::pair<Operand, Factor>> by_descending_degree(
      std::vector<std::pair<Operand, Factor>> factors) {
    std::ranges::stable_sort(factors, std::ranges::greater(),
                             [](const auto& factor) { return factor.second.degree; });
    return factors;
  }

  const Tree& tree_;
  ShapeOptions options_;
  long effort_;
  bool greedy_ = true;
  std::vector<View> views_;
  std::vector<std::vector<const Choice*>> chosen_;
  std::optional<Shape> found_;
  ChosenProducts found_products_;
  const ChosenProducts* given_ = nullptr;
  int best_products_ = 0;
};

}  // namespace equiripple
