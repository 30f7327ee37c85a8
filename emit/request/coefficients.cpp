// The text without comments, the brackets that hold the numbers, then word by word.
#include "emit/request/coefficients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

constexpr std::size_t longest_text = 1 << 20;  // characters; chosen: far above every table
constexpr long largest_coefficient_log2 = 1000;
constexpr const char* what_is_right =
    "give the numbers of one list, as '1.5, -2, 0x1.8p-3', or a file with them: CSV, JSON, or an "
    "array of C or Python";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Reader {
 public:
  Reader(const std::string& text, const std::string& file) : file_(file) {
    constexpr const char* byte_order_mark = "\xef\xbb\xbf";
    if (text.size() > longest_text) fail(fmt::format("is longer than {} bytes", longest_text));
    text_ = without_comments(text.starts_with(byte_order_mark) ? text.substr(3) : text);
  }

  CoefficientList list() {
    const std::string inside = list_text();
    CoefficientList list;
    for (const std::string& word : words_of(inside)) {
      const std::string number = number_text(word);
      const auto parsed = parse_number(number);
      const std::size_t place = list.values.size() + 1;
      if (!parsed) {
        fail(fmt::format("number {}, {}, is no number; {}", place, shown(word), what_is_right));
      }
      if (abs(*parsed) > power_of_two(largest_coefficient_log2)) {
        fail(fmt::format("number {}, {}: beyond 2^{}", place, shown(word),
                         largest_coefficient_log2));
      }
      if (place > most_coefficients) fail(fmt::format("more than {} numbers", most_coefficients));
      list.values.push_back(*parsed);
      list.words.push_back(number);
    }
    if (list.values.empty()) fail(fmt::format("there is no number in it; {}", what_is_right));
    return list;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    wrong_word("--coefficients", fmt::format("{}{}: {}", file_.empty() ? "" : " ", file_, message));
  }

  static std::string without_comments(const std::string& text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
      const std::string_view two = std::string_view(text).substr(i, 2);
      if (text[i] == '#' || two == "//") {
        i = std::min(text.find('\n', i), text.size());
      } else if (two == "/*") {
        const std::size_t end = text.find("*/", i + 2);
        i = end == std::string::npos ? text.size() : end + 2;
        kept += ' ';
      } else {
        kept += text[i++];
      }
    }
    return kept;
  }

  // What stands between brackets that hold no others, but for the size of an array.
  struct Group {
    std::size_t begin;
    std::size_t end;
  };

  std::vector<Group> groups() const {
    std::vector<Group> found;
    std::optional<std::size_t> open;
    int depth = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '[' || c == '{') {
        open = i;
        ++depth;
      }
      if (c != ']' && c != '}') continue;
      if (--depth < 0) fail(fmt::format("'{}' closes what was not opened", c));
      if (open && !is_subscript(*open) && !is_empty(*open + 1, i)) found.push_back({*open + 1, i});
      open.reset();
    }
    if (depth > 0) fail("a bracket is not closed");
    return found;
  }

  bool is_empty(std::size_t begin, std::size_t end) const {
    return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                       text_.begin() + static_cast<std::ptrdiff_t>(end), is_blank);
  }

  bool is_subscript(std::size_t open) const {
    if (text_[open] != '[') return false;
    std::size_t i = open;
    while (i > 0 && is_blank(text_[i - 1])) --i;
    return i > 0 && (is_of_name(text_[i - 1]) || text_[i - 1] == ']');
  }

  std::string list_text() const {
    auto lists = groups();
    constexpr std::string_view key = "\"coefficients\"";
    const std::size_t named = text_.find(key);
    if (named != std::string::npos) {
      if (text_.find(key, named + 1) != std::string::npos) {
        fail("\"coefficients\" stands in it more than once; give one list");
      }
      std::erase_if(lists, [&](const Group& group) { return group.begin < named; });
      if (lists.size() > 1) lists.resize(1);
    }
    if (lists.size() > 1) {
      fail(fmt::format("there are {} lists in it; give one", lists.size()));
    }
    if (lists.size() == 1) return text_.substr(lists[0].begin, lists[0].end - lists[0].begin);
    return bare_text();
  }

  // Without brackets: what is assigned, in parentheses or not; or lines, of which the first may be
  // a heading.
  std::string bare_text() const {
    std::string text = text_;
    if (const auto equals = text.rfind('='); equals != std::string::npos) {
      text = text.substr(equals + 1);
    }
    while (!text.empty() && (is_blank(text.back()) || text.back() == ';')) text.pop_back();
    while (!text.empty() && is_blank(text.front())) text.erase(0, 1);
    if (text.size() > 1 && text.front() == '(' && text.back() == ')' &&
        text.find('(', 1) == std::string::npos) {
      return text.substr(1, text.size() - 2);
    }
    std::vector<std::string> lines(1);
    for (const char c : text) {
      if (c == '\n') {
        lines.emplace_back();
      } else {
        lines.back() += c;
      }
    }
    std::erase_if(lines,
                  [](const std::string& line) { return std::ranges::all_of(line, is_blank); });
    if (lines.size() > 1 && is_heading(lines.front())) lines.erase(lines.begin());
    if (lines.size() > 1 && are_numbered(lines)) {
      for (std::string& line : lines) line = words_of(line)[1];
    }
    std::string joined;
    for (const std::string& line : lines) joined += line + "\n";
    return joined;
  }

  bool is_heading(const std::string& line) const {
    return std::ranges::none_of(words_of(line), [](const std::string& word) {
      return parse_number(number_text(word)).has_value();
    });
  }

  bool are_numbered(const std::vector<std::string>& lines) const {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto words = words_of(lines[i]);
      if (words.size() != 2 || words[0] != std::to_string(i)) return false;
    }
    return true;
  }

  // At blanks, commas and semicolons that are in no parentheses.
  std::vector<std::string> words_of(const std::string& text) const {
    std::vector<std::string> words;
    std::string word;
    int depth = 0;
    bool after_comma = true;
    const auto end_word = [&] {
      if (!word.empty()) words.push_back(word);
      after_comma = word.empty() && after_comma;
      word.clear();
    };
    for (const char c : text) {
      if (depth == 0 && (c == ',' || c == ';')) {
        end_word();
        if (after_comma) {
          fail(fmt::format("after number {} there is a comma too many", words.size()));
        }
        after_comma = true;
      } else if (depth == 0 && is_blank(c)) {
        end_word();
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (!is_blank(c)) word += c;
      }
    }
    end_word();
    return words;
  }

  // Without quotes and suffixes; Fortran's exponent as e.
  static std::string number_text(std::string word) {
    const auto is_quote = [](char c) { return c == '"' || c == '\''; };
    if (word.size() > 2 && is_quote(word.front()) && word.back() == word.front()) {
      word = word.substr(1, word.size() - 2);
    }
    if (word.starts_with('+')) word.erase(0, 1);
    const bool is_hexadecimal = word.find_first_of("xX") != std::string::npos;
    const bool has_exponent = word.find_first_of("pP") != std::string::npos;
    const bool takes_suffix = !is_hexadecimal || has_exponent;
    const auto is_digit_or_point = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    if (takes_suffix && word.size() > 1 &&
        std::string_view("fFlL").find(word.back()) != std::string_view::npos &&
        is_digit_or_point(word[word.size() - 2])) {
      word.pop_back();
    }
    const bool is_plain = word.find_first_not_of("0123456789.+-dD") == std::string::npos;
    if (is_plain) {
      for (char& c : word) c = c == 'd' || c == 'D' ? 'e' : c;
    }
    return word;
  }

  const std::string& file_;
  std::string text_;
};

}  // namespace

bool is_coefficient_list(const std::string& word) {
  if (word.find_first_of(",;[{=\n") != std::string::npos) return true;
  std::string part;
  for (const char c : word + " ") {
    if (!is_blank(c)) {
      part += c;
    } else if (!part.empty()) {
      if (!parse_number(part).has_value()) return false;
      part.clear();
    }
  }
  return true;
}

CoefficientList parse_coefficients(const std::string& text, const std::string& file) {
  return Reader(text, file).list();
}

}  // namespace equiripple
