// Writes generator/search/stage_curve_table.cpp to standard output: how the errors of the stages
// of sign depend on their domains. To be run again whenever the curves' form changes; a test fails
// until then. Takes some seconds.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "generator/search/composite_search.hpp"
#include "generator/search/stage_curve.hpp"

namespace {

constexpr std::size_t longest_line = 160;  // of characters; chosen: 500 lines at most

void print_words(const std::vector<std::string>& words) {
  std::string line = "     ";
  for (const std::string& next : words) {
    const std::string word = fmt::format(" {},", next);
    if (line.size() + word.size() > longest_line) {
      fmt::print("{}\n", line);
      line = "     ";
    }
    line += word;
  }
  fmt::print("{}\n", line);
}

}  // namespace

int main() {
  using namespace equiripple;
  fmt::print(
      "// GENERATED FILE - do not edit. Solve again:\n"
      "//   equiripple-curves > generator/search/stage_curve_table.cpp\n"
      "//\n"
      "// Of each degree the series of log(E / (1 - E)) and of log p'(0) on its pieces, then the\n"
      "// factors of the limits, in units of 2^-24 (stage_curve.cpp).\n"
      "#include \"generator/search/stage_curve_table.hpp\"\n"
      "\n"
      "namespace equiripple {{\n"
      "\n"
      "std::span<const StageCurveRow> tabled_stage_curves() {{\n"
      "  // clang-format off\n");
  std::vector<std::string> rows;
  for (int degree = 3; degree <= highest_searched_stage; degree += 2) {
    std::vector<std::string> words;
    for (const int number : StageCurve(degree).solved_numbers()) {
      words.push_back(std::to_string(number));
    }
    fmt::print("  static constexpr int numbers_{}[] = {{\n", degree);
    print_words(words);
    fmt::print("  }};\n");
    rows.push_back(fmt::format("{{{}, numbers_{}}}", degree, degree));
  }
  fmt::print("  static constexpr StageCurveRow rows[] = {{\n");
  print_words(rows);
  fmt::print(
      "  }};\n"
      "  // clang-format on\n"
      "  return rows;\n"
      "}}\n"
      "\n"
      "}}  // namespace equiripple\n");
}
