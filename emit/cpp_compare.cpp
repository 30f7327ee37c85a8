// A header is what would be written of the artifact that it carries: then its comments, its other
// code and all that a compiler makes of them say what was read and proved, and nothing else.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "emit/cpp_header.hpp"
#include "emit/version.hpp"

namespace equiripple {
namespace {

constexpr std::string_view generator_mark = "// Generator   equiripple ";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

bool is_version(std::string_view word) {
  constexpr std::size_t longest = 40;  // chosen: no room for a claim
  return !word.empty() && word.size() <= longest &&
         word.find_first_not_of("0123456789.") == std::string_view::npos;
}

// "0.1.0" of the line that names it; empty of any other.
std::string_view version_in(std::string_view line) {
  if (!line.starts_with(generator_mark)) return {};
  line.remove_prefix(generator_mark.size());
  return is_version(line) ? line : std::string_view();
}

bool is_same(std::string_view found, std::string_view right) {
  return found == right || (!version_in(found).empty() && !version_in(right).empty());
}

// What stands before a line comment; a text in quotes may hold its mark.
std::string_view code_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && line.substr(i, 2) == "//") return line.substr(0, i);
  }
  return line;
}

std::string trap_in_line(std::string_view line) {
  if (std::ranges::any_of(line, [](char c) { return (c < ' ' && c != '\t') || c > '~'; })) {
    return "has a character that is not shown";
  }
  const std::string_view shown = line.substr(0, line.find_last_not_of(" \t") + 1);
  if (shown.ends_with('\\') || shown.ends_with("?\?/")) {
    return "ends in a backslash: a compiler reads the next line as part of it";
  }
  const std::string_view code = code_of(line);
  if (code.find("/*") != std::string_view::npos) return "begins a comment of several lines";
  if (code.find("R\"") != std::string_view::npos) return "begins a text of several lines";
  const std::size_t hash = code.find('#');
  const bool is_known = line == "#pragma once" || line == "#include <equiripple/runtime.hpp>";
  if (hash != std::string_view::npos && !is_known) return "has a directive of the preprocessor";
  return {};
}

}  // namespace

std::string trap_in_cpp(const std::string& text) {
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (const std::string why = trap_in_line(line); !why.empty()) {
      return fmt::format("line {} {}", number, why);
    }
  }
  return {};
}

std::string foreign_line_in_cpp(const std::string& text, const Artifact& artifact) {
  const std::string written = to_cpp(artifact);
  const auto found = lines_of(text);
  const auto right = lines_of(written);
  for (std::size_t i = 0; i < std::max(found.size(), right.size()); ++i) {
    if (i >= found.size()) return "(the end is missing)";
    if (i >= right.size() || !is_same(found[i], right[i])) {
      return fmt::format("line {}: {}", i + 1, found[i]);
    }
  }
  return text.ends_with('\n') ? std::string() : "(the end is missing)";
}

std::string version_of_cpp(const std::string& text) {
  for (const std::string_view line : lines_of(text)) {
    if (const std::string_view word = version_in(line); !word.empty()) {
      return std::string(word);
    }
  }
  return {};
}

}  // namespace equiripple
