// The chain is built from its multipliers; digits are those of base 64, and one more.
#include "emit/plan/outline.hpp"

#include <numeric>

#include "emit/plan/assignment.hpp"
#include "emit/plan/free_shape.hpp"
#include "emit/plan/power_set.hpp"
#include "emit/plan/shape_search.hpp"

namespace equiripple {
namespace {

using Degrees = DegreeSet<1>;

constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-*";
static_assert(digits.size() == highest_searched_degree + 1);

char digit(int value) { return digits.at(static_cast<std::size_t>(value)); }

Shape completed(Shape shape, const ShapeRequest& request, const Tree& tree) {
  shape.series_class = request.series_class;
  shape.degree = request.degree;
  shape.powers = powers_of(tree.powers, request.series_class);
  return shape;
}

// The part up to the next dot, or to the end.
std::string_view next_part(std::string_view& line) {
  const std::size_t end = std::min(line.find('.'), line.size());
  const std::string_view part = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return part;
}

std::vector<int> values_of(std::string_view part) {
  std::vector<int> values;
  for (const char c : part) values.push_back(static_cast<int>(digits.find(c)));
  return values;
}

}  // namespace

Tree tree_of(const ShapeRequest& request, const ShapeOutline& outline) {
  PowerSet set(request.series_class, request.degree);
  for (const int degree : outline.powers) set.push(degree);
  Tree tree{.powers = set.powers(), .links = {}, .leading_in_x = outline.leading_in_x};
  tree.links.push_back({.degree = request.degree, .depth = request.levels});
  for (const int multiplier : outline.multipliers) {
    const TreeLink above = tree.links.back();
    const int degree = tree.powers[static_cast<std::size_t>(multiplier)].degree;
    tree.links.push_back({.degree = above.degree - degree,
                          .depth = above.depth - 1,
                          .offset = above.offset + degree,
                          .parent = static_cast<int>(tree.links.size()) - 1,
                          .multiplier = multiplier});
  }
  return tree;
}

std::optional<Shape> shape_of(const ShapeRequest& request, const ShapeOutline& outline,
                              const ShapeOptions& options) {
  const Tree tree = tree_of(request, outline);
  Assignment<Degrees> assignment(tree, options, /*effort=*/0);
  auto shape =
      assignment.with(degrees_of<Degrees>(request.series_class, request.degree), outline.products);
  if (!shape) return std::nullopt;
  return completed(std::move(*shape), request, tree);
}

std::optional<Shape> free_shape_of(const ShapeRequest& request, const ShapeOutline& outline) {
  const Tree tree = tree_of(request, outline);
  auto shape = free_shape(tree, degrees_of<Degrees>(request.series_class, request.degree).size());
  if (!shape) return std::nullopt;
  return completed(std::move(*shape), request, tree);
}

std::string line_of(const ShapeOutline& outline) {
  std::string line = outline.leading_in_x ? "!" : "";
  for (const int degree : outline.powers) line += digit(degree);
  line += '.';
  for (const int multiplier : outline.multipliers) line += digit(multiplier);
  for (const auto& products : outline.products) {
    line += '.';
    for (const auto& [first, second] : products) {
      line += digit(first);
      line += digit(second);
    }
  }
  return line;
}

ShapeOutline outline_of(std::string_view line) {
  ShapeOutline outline{.leading_in_x = line.starts_with('!')};
  if (outline.leading_in_x) line.remove_prefix(1);
  // The last link may have no products: every dot begins a part.
  std::size_t dots = static_cast<std::size_t>(std::ranges::count(line, '.'));
  outline.powers = values_of(next_part(line));
  outline.multipliers = values_of(next_part(line));
  for (; dots > 1; --dots) {
    const std::vector<int> values = values_of(next_part(line));
    auto& products = outline.products.emplace_back();
    for (std::size_t k = 0; k + 1 < values.size(); k += 2) {
      products.push_back({values[k], values[k + 1]});
    }
  }
  return outline;
}

}  // namespace equiripple
