// Includes are followed; names of files are the ones of the repository.
#include "tools/profiles/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <string_view>

#include "emit/hexfloat.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/plan/stage_profile.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/generate/cache.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr const char* planner = "emit/plan/stage_profile.cpp";
constexpr const char* search = "emit/plan/shape_search.cpp";
constexpr const char* scalars = "tools/profiles/known_scalar_rows.cpp";
constexpr const char* table = "emit/plan/stage_profile_table.cpp";
constexpr const char* scalar_table = "emit/plan/known_scalar_table.cpp";
constexpr std::array<std::string_view, 4> folders = {"emit/plan/", "generator/numbers/",
                                                     "generator/chebyshev.", "generator/domain."};

bool is_below_planner(const std::string& name) {
  return name != table &&
         std::ranges::any_of(folders, [&](std::string_view f) { return name.starts_with(f); });
}

std::vector<std::string> includes_of(const std::string& text) {
  constexpr std::string_view include = "#include \"";
  std::vector<std::string> names;
  for (std::size_t at = text.find(include); at != std::string::npos; at = text.find(include, at)) {
    at += include.size();
    names.push_back(text.substr(at, text.find('"', at) - at));
  }
  return names;
}

// The files whose first include is this header: they implement it.
std::vector<std::string> implementations_of(const std::string& folder, const std::string& header) {
  std::vector<std::string> names;
  const fs::path place = fs::path(header).parent_path();
  for (const auto& file : fs::directory_iterator(folder / place)) {
    if (file.path().extension() != ".cpp") continue;
    const auto includes = includes_of(read_file(file.path().string()));
    if (!includes.empty() && includes.front() == header) {
      names.push_back((place / file.path().filename()).string());
    }
  }
  return names;
}

bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The end of a string, of a character or of a comment that begins at `begin`; else `begin`.
std::size_t end_of_quoted(const std::string& text, std::size_t begin) {
  const char quote = text[begin];
  if (quote != '"' && quote != '\'') return begin;
  const bool separates_digits =
      quote == '\'' && begin > 0 && std::isxdigit(static_cast<unsigned char>(text[begin - 1])) != 0;
  if (separates_digits) return begin;
  std::size_t i = begin + 1;
  while (i < text.size() && text[i] != quote) i += text[i] == '\\' ? 2 : 1;
  return std::min(i + 1, text.size());
}

std::size_t end_of_comment(const std::string& text, std::size_t begin) {
  const std::string_view rest = std::string_view(text).substr(begin);
  if (rest.starts_with("//")) return std::min(text.find('\n', begin), text.size());
  if (!rest.starts_with("/*")) return begin;
  const std::size_t close = text.find("*/", begin + 2);
  return close == std::string::npos ? text.size() : close + 2;
}

}  // namespace

namespace {

std::vector<std::string> sources_below(std::vector<std::string> waiting,
                                       const std::string& folder) {
  std::set<std::string> found;
  while (!waiting.empty()) {
    const std::string name = waiting.back();
    waiting.pop_back();
    if (!is_below_planner(name) || !found.insert(name).second) continue;
    const auto included = includes_of(read_file(folder + "/" + name));
    waiting.insert(waiting.end(), included.begin(), included.end());
    const auto behind = implementations_of(folder, name);
    waiting.insert(waiting.end(), behind.begin(), behind.end());
  }
  return {found.begin(), found.end()};
}

}  // namespace

std::vector<std::string> planner_sources(const std::string& folder) {
  return sources_below({planner}, folder);
}

std::string tokens_of(const std::string& text) {
  std::string tokens;
  bool after_blank = false;
  const auto add = [&](std::string_view part) {
    if (after_blank && !tokens.empty() && is_of_word(tokens.back()) && is_of_word(part.front())) {
      tokens += ' ';
    }
    after_blank = false;
    tokens += part;
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t close = end_of_quoted(text, i);
    const std::size_t end = close != i ? i : end_of_comment(text, i);
    if (close != i) {
      add(std::string_view(text).substr(i, close - i));
      i = close;
    } else if (end != i || std::isspace(static_cast<unsigned char>(text[i])) != 0) {
      after_blank = true;
      i = std::max(end, i + 1);
    } else {
      add(std::string_view(text).substr(i++, 1));
    }
  }
  return tokens;
}

namespace {

std::string tokens_of_all(const std::vector<std::string>& names, const std::string& folder) {
  std::string all;
  for (const std::string& name : names) {
    all += name + "\n" + tokens_of(read_file(folder + "/" + name)) + "\n";
  }
  return all;
}

}  // namespace

std::string planner_tokens(const std::string& folder) {
  return tokens_of_all(planner_sources(folder), folder);
}

std::string shapes_fingerprint(const std::string& folder) {
  return sha256(tokens_of_all(sources_below({search}, folder), folder));
}

std::string scalars_fingerprint(const std::string& folder) {
  auto sources = sources_below(includes_of(read_file(folder + "/" + scalars)), folder);
  std::erase(sources, scalar_table);
  return sha256(tokens_of_all(sources, folder) + tokens_of(read_file(folder + "/" + scalars)));
}

std::string planner_fingerprint(const std::string& folder) {
  std::string all = planner_tokens(folder);
  for (int degree = 3; degree <= highest_tabled_degree; degree += 2) {
    for (const WidthClass& one : width_classes) {
      const auto stage = nominal_stage(degree, one.width);
      if (!stage) continue;
      for (const Rational& c : stage->coefficients) all += hexfloat(c) + "\n";
    }
  }
  return sha256(all);
}

std::string fingerprint_line(const std::string& fingerprint) { return "// Planner " + fingerprint; }

}  // namespace equiripple
