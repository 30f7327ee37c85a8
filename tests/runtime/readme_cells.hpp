// The column of a C++ library in the README's table of functions and libraries.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/runtime/encrypted_checks.hpp"
#include "tests/support/data.hpp"

namespace equiripple::test {

/// By function, the cells under this name.
inline std::map<std::string, std::string> readme_cells(const std::string& library) {
  std::map<std::string, std::string> cells;
  std::istringstream lines(content_of(source_folder() + "/README.md"));
  std::size_t column = 0;  // 0: of another table
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> words;
    std::istringstream row(line.substr(std::min<std::size_t>(line.size(), 1)));
    for (std::string word; std::getline(row, word, '|');) {
      const std::size_t first = word.find_first_not_of(' ');
      words.push_back(first == std::string::npos
                          ? ""
                          : word.substr(first, word.find_last_not_of(' ') + 1 - first));
    }
    if (line.empty() || line[0] != '|') {
      column = 0;
    } else if (words[0] == "function") {
      column = static_cast<std::size_t>(std::ranges::find(words, library) - words.begin()) %
               words.size();
    } else if (column > 0 && !words[0].starts_with("---")) {
      cells[words[0]] = words.at(column);
    }
  }
  return cells;
}

struct ReadmeRow {
  std::string name;
  std::vector<std::string> words;
  double gap = 0;
};

inline const std::vector<ReadmeRow>& readme_rows() {
  const auto logistic = [](const char* degree) {
    return std::vector<std::string>{"minimax", "--function", "sigmoid(x)", "--domain",
                                    "[-8,8]",  "--degree",   degree};
  };
  static const std::vector<ReadmeRow> rows = {
      {"sign, degrees 7, 15", {"sign", "--gap", "2^-6", "--degrees", "7,15"}, 0x1p-6},
      {"ReLU, degrees 7, 7", {"relu", "--degrees", "7,7"}},
      {"logistic on [-8, 8], degree 7", logistic("7")},
      {"logistic on [-8, 8], degree 31", logistic("31")},
      {"GELU on [-7, 7], degree 20",
       {"minimax", "--function", "gelu(x)", "--domain", "[-7,7]", "--degree", "20"}}};
  return rows;
}

/// A run has the levels of its cell, and its bits but for 4: the largest error of thousands of
/// slots is far steadier than that, whatever keys and noise are.
template <class Library>
void check_readme(Library& library, const std::string& column) {
  const auto cells = readme_cells(column);
  CHECK(cells.size() == readme_rows().size());
  for (const ReadmeRow& row : readme_rows()) {
    const Artifact artifact = made_artifact(row.words);
    const Program program = Program::parse(to_program(artifact));
    const Interval range = hull(artifact.stages.front().domain);
    auto inputs = spread(to_double(range.lower), to_double(range.upper), library.slots());
    plain clear;
    std::vector<double> expected;
    for (double& x : inputs) {
      if (std::abs(x) < row.gap) x = std::copysign(row.gap, x);
      expected.push_back(evaluate(program, clear, x));
    }
    auto& he = library.backend();
    const auto x = library.encrypt(inputs);
    const auto y = evaluate(program, he, x);
    const int levels = he.level(x) - he.level(y);
    const double bits = -std::log2(largest_difference(library.decrypt(y), expected));
    int stated_levels = 0;
    int stated_bits = 0;
    const auto cell = cells.find(row.name);
    REQUIRE(cell != cells.end());
    CAPTURE(row.name);
    CAPTURE(cell->second);
    CAPTURE(levels);
    CAPTURE(bits);
    const int read =
        std::sscanf(cell->second.c_str(), "plan, %d levels, %d bits", &stated_levels, &stated_bits);
    CHECK(read == 2);
    CHECK(stated_levels == levels);
    CHECK(std::abs(stated_bits - bits) <= 4);
  }
}

}  // namespace equiripple::test
