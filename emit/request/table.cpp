// The text of a table: every line is looked at, the first that is wrong is named.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "emit/failure.hpp"
#include "emit/request/fit_words.hpp"
#include "emit/request/words.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

constexpr std::size_t longest_line = 1000;  // characters; chosen: two exact numbers take 60
constexpr long largest_value_log2 = 1000;   // of |y|: sums stay in binary64; chosen
constexpr const char* right_line = "a line is 'x y' or 'x,y', two exact numbers";

class LineError {
 public:
  LineError(const std::string& name, std::size_t line)
      : where_(fmt::format("{}, line {}", name, line)) {}
  [[noreturn]] void operator()(const std::string& message) const {
    wrong_word("--data", fmt::format(" {}: {}", where_, message));
  }

 private:
  std::string where_;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

// At blanks and commas that are in no parentheses; nothing between two commas is a word too.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  int depth = 0;
  bool after_comma = false;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char c : line) {
    if (depth == 0 && c == ',') {
      if (word.empty() && (after_comma || words.empty())) words.emplace_back();
      end_word();
      after_comma = true;
      continue;
    }
    if (depth == 0 && is_blank(c)) {
      end_word();
      continue;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    word += c;
    after_comma = false;
  }
  if (after_comma) words.emplace_back();
  end_word();
  return words;
}

Rational coordinate(const LineError& error, const std::string& word, long largest_log2) {
  const auto parsed = parse_number(word);
  if (!parsed) {
    error(fmt::format("{}: {}; {} (a heading begins with #)", shown(word), parsed.error().why,
                      right_line));
  }
  if (abs(*parsed) > power_of_two(largest_log2)) {
    error(fmt::format("{}: beyond 2^{}", shown(word), largest_log2));
  }
  return *parsed;
}

struct Row {
  DataPoint point;
  std::string words;
  std::size_t line;
};

Row row_of(const LineError& error, const std::vector<std::string>& words, std::size_t line) {
  if (words.size() == 1) error(fmt::format("{}: y is missing; {}", shown(words[0]), right_line));
  if (words.size() > 2) {
    error(fmt::format("{}: a third word; {}", shown(words[2]), right_line));
  }
  if (words[0].empty()) error(fmt::format("x is missing; {}", right_line));
  if (words[1].empty()) {
    error(fmt::format("{}: y is missing; {}", shown(words[0]), right_line));
  }
  return {.point = {coordinate(error, words[0], largest_end_log2),
                    coordinate(error, words[1], largest_value_log2)},
          .words = tidy(words[0]) + " " + tidy(words[1]),
          .line = line};
}

}  // namespace

NamedTable parse_table(const std::string& name, const std::string& text) {
  constexpr const char* byte_order_mark = "\xef\xbb\xbf";
  std::vector<Row> rows;
  std::size_t number = 0;
  for (std::size_t begin = text.starts_with(byte_order_mark) ? 3 : 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    const LineError error(name, ++number);
    line.resize(std::min(line.find('#'), line.size()));
    if (line.size() > longest_line) {
      error(fmt::format("longer than {} characters; {}", longest_line, right_line));
    }
    const auto words = words_of(line);
    if (words.empty()) continue;
    rows.push_back(row_of(error, words, number));
    if (rows.size() > most_points) error(fmt::format("more than {} points", most_points));
  }
  if (rows.empty()) {
    wrong_word("--data", fmt::format(" {}: the table has no points; {}", name, right_line));
  }
  if (rows.size() == 1) {
    wrong_word(
        "--data",
        fmt::format(
            " {}: the table has one point; give two or more: the polynomial is for all x from "
            "the first to the last",
            name));
  }
  std::ranges::stable_sort(rows, {}, [](const Row& row) { return row.point.x; });
  NamedTable result{.name = name, .table = {}, .words = {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && rows[i - 1].point.x == rows[i].point.x) {
      LineError(name, rows[i].line)(
          fmt::format("{}: x is that of line {}; each x has one y",
                      shown(rows[i].words.substr(0, rows[i].words.find(' '))), rows[i - 1].line));
    }
    result.table.points.push_back(rows[i].point);
    result.words.push_back(rows[i].words);
  }
  return result;
}

}  // namespace equiripple
