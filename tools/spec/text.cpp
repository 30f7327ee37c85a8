// Strings and comments are passed over, as TOML 1.0 delimits them.
#include "tools/spec/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "emit/failure.hpp"
#include "tools/spec/place.hpp"

namespace equiripple {
namespace {

class OutsideStrings {
 public:
  explicit OutsideStrings(std::string_view text) : text_(text) {}

  std::optional<Place> first_beyond_ascii() {
    constexpr std::string_view mark = "\xef\xbb\xbf";  // of the order of bytes
    if (text_.starts_with(mark)) text_.remove_prefix(mark.size());
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_beyond_ascii(c)) return place();
      if (c == '#') {
        pass_comment();
      } else if ((c == '"' || c == '\'') && may_begin_string()) {
        pass_string(c);
        before_ = c;
      } else {
        if (c != ' ' && c != '\t' && c != '\r') before_ = c;
        ++at_;
      }
    }
    return std::nullopt;
  }

 private:
  static bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
  static bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

  // Elsewhere toml++ takes a quote for a part of a number or a key, and reads on.
  bool may_begin_string() const {
    return std::string_view("\n=,[{.").find(before_) != std::string_view::npos;
  }

  Place place() const {
    Place place{1, 1};
    for (std::size_t i = 0; i < at_; ++i) {
      if (text_[i] == '\n') {
        ++place.line;
        place.column = 1;
      } else if (begins_character(text_[i])) {
        ++place.column;
      }
    }
    return place;
  }

  void pass_comment() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  // A string of one line ends with the line at the latest: what is not closed is no TOML.
  void pass_string(char quote) {
    const std::string three(3, quote);
    const bool many_lines = text_.substr(at_).starts_with(three);
    at_ += many_lines ? 3 : 1;
    while (at_ < text_.size()) {
      if (many_lines && text_.substr(at_).starts_with(three)) {
        at_ += 3;
        for (int more = 0; more < 2 && at_ < text_.size() && text_[at_] == quote; ++more) ++at_;
        return;
      }
      const char c = text_[at_];
      if (!many_lines && c == '\n') return;
      at_ += c == '\\' && quote == '"' ? 2 : 1;
      if (!many_lines && c == quote) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char before_ = '\n';  // the last character but blanks
};

// A dotted key is a table in a table for each dot, and toml++ does not bound their depth.
void require_shallow_keys(const std::string& path, const std::string& text) {
  constexpr int most_dots = 10'000;  // chosen: safe on the usual stack
  int dots = 0;
  int line = 1;
  for (const char c : text) {
    line += c == '\n' ? 1 : 0;
    dots = c == '.'                                                         ? dots + 1
           : std::string_view("=,[]{}\n").find(c) != std::string_view::npos ? 0
                                                                            : dots;
    if (dots > most_dots) {
      wrong_request(fmt::format("{}:{}: more than {} dots in a key", path, line, most_dots));
    }
  }
}

}  // namespace

void check_spec_text(const std::string& path, const std::string& text) {
  require_shallow_keys(path, text);
  if (const auto place = OutsideStrings(text).first_beyond_ascii()) {
    wrong_request(
        fmt::format("{}:{}:{}: a character beyond ASCII; TOML has them in comments and in "
                    "quotes only",
                    path, place->line, place->column));
  }
}

}  // namespace equiripple
