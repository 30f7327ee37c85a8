// Writes emit/plan/shape_table.cpp to standard output: the shapes that the planner tries, found by
// its search. To be run again whenever the search changes; a test fails until then. Takes some
// minutes.
#include <fmt/format.h>

#include <cstdio>

#include "tools/profiles/fingerprint.hpp"
#include "tools/profiles/generated_table.hpp"
#include "tools/profiles/shape_rows.hpp"

int main() {
  using namespace equiripple;
  fmt::print(
      "{}",
      head_of({.again = "Search again",
               .program = "equiripple-shapes",
               .file = "emit/plan/shape_table.cpp",
               .columns = fmt::format(
                   "// Class, degree, levels, whether x may carry the highest coefficient, key "
                   "switches of the first\n"
                   "// lists, lists (shape_table.hpp).\n"
                   "//\n"
                   "{}\n",
                   fingerprint_line(shapes_fingerprint(EQUIRIPPLE_SOURCE_DIR))),
               .header = "emit/plan/shape_table.hpp",
               .row = "ShapeRow",
               .function = "tabled_shapes",
               .names = "  using enum SeriesClass;\n"}));
  for (const ShapeRequest& request : tabled_requests()) {
    const SearchedRow row = searched_row(request);
    fmt::print("    {{{}, {}, {}, {}, {}, \"{}\"}},\n", name_of(request.series_class),
               request.degree, request.levels, request.leading_in_x, row.first_key_switches,
               row.line);
    std::fflush(stdout);
  }
  fmt::print("{}", foot_of_table());
}
