// Looked up by bisection, read from the right part of the line.
#include "emit/plan/shape_table.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace equiripple {
namespace {

template <class Row>
auto key_of(const Row& row) {
  return std::tuple(row.series_class, row.degree, row.levels, row.leading_in_x);
}

std::vector<std::string_view> parts_of(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(mark, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<ShapeOutline> list_of(std::string_view text) {
  std::vector<ShapeOutline> list;
  if (text.empty()) return list;
  for (const std::string_view line : parts_of(text, ',')) list.push_back(outline_of(line));
  return list;
}

}  // namespace

std::optional<TabledShapes> find_shapes(const ShapeRequest& request, int key_switches) {
  const auto table = tabled_shapes();
  const auto row = std::ranges::lower_bound(table, key_of(request), {},
                                            [](const ShapeRow& r) { return key_of(r); });
  if (row == table.end() || key_of(*row) != key_of(request)) return std::nullopt;
  if (key_switches < row->first_key_switches) return TabledShapes{};
  const auto numbers = parts_of(row->lists, '|');
  const std::size_t at = static_cast<std::size_t>(key_switches - row->first_key_switches);
  if (at >= numbers.size()) return std::nullopt;
  const auto texts = parts_of(numbers[at], ';');
  TabledShapes lists;
  for (std::size_t o = 0; o < shape_options.size(); ++o) {
    lists.by_option[o] = texts.at(o) == "=" ? lists.by_option[o - 1] : list_of(texts.at(o));
  }
  lists.free = list_of(texts.at(shape_options.size()));
  return lists;
}

std::array<std::vector<Shape>, shape_options.size()> shapes_of(const ShapeRequest& request,
                                                               int key_switches) {
  const auto tabled = find_shapes(request, key_switches);
  const ShapesByOption lists = tabled ? tabled->by_option : search_shapes(request, key_switches);
  std::array<std::vector<Shape>, shape_options.size()> shapes;
  for (std::size_t o = 0; o < shape_options.size(); ++o) {
    for (const ShapeOutline& outline : lists[o]) {
      shapes[o].push_back(*shape_of(request, outline, shape_options[o]));
    }
  }
  return shapes;
}

std::vector<Shape> free_shapes_of(const ShapeRequest& request, int key_switches) {
  const auto tabled = find_shapes(request, key_switches);
  std::vector<Shape> shapes;
  for (const ShapeOutline& outline :
       tabled ? tabled->free : search_free_shapes(request, key_switches)) {
    shapes.push_back(*free_shape_of(request, outline));
  }
  return shapes;
}

}  // namespace equiripple
