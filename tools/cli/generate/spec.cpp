// toml++ reads; the table of options knows the keys.
#include "tools/cli/generate/spec.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "emit/cpp_header.hpp"
#include "emit/failure.hpp"
#include "emit/legible.hpp"
#include "emit/request/coefficients.hpp"
#include "emit/request/density.hpp"
#include "emit/request/options.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/words.hpp"
#include "generator/function/suggestion.hpp"
#include "tools/cli/files.hpp"
#include "tools/spec/text.hpp"
#include "tools/spec/values.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_functions = 10'000;  // chosen
constexpr std::size_t most_lines_shown = 20;

Place place_of(const toml::source_region& source) {
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

constexpr const char* name_key = "name";  // of the namespace, where it is not the table's name

std::string at(const std::string& path, const Place& place) {
  return fmt::format("{}:{}:{}", path, place.line, place.column);
}

std::vector<std::string> function_commands() {
  std::vector<std::string> names;
  for (const CommandRow& command : request_commands()) names.push_back(command.name);
  return names;
}

// The keys that a table of this command may have.
std::vector<std::string> keys_of(const CommandRow& command) {
  std::vector<std::string> keys = {"command", "format"};
  for (const OptionRow& option : command.options) {
    keys.push_back(option.name);
    if (!option.synonym.empty()) keys.push_back(option.synonym);
  }
  keys.emplace_back(name_key);
  return keys;
}

// One table after the other; what is wrong with one is thrown as a Failure.
class TableReader {
 public:
  TableReader(const std::string& path, const std::string& text)
      : path_(path), folder_(fs::path(path).parent_path()), source_(text) {}

  SpecFunction function(const toml::key& name, const toml::node& node) const {
    SpecFunction made{.name = std::string(name.str()),
                      .file = {},
                      .request = {},
                      .named = {},
                      .inputs = {},
                      .place = place_of(name.source()),
                      .places = {}};
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      wrong_at(made.place, fmt::format("'{}' is in no table; a function is a table with its name, "
                                       "as [relu13], and its options below",
                                       made.name));
    }
    if (!is_identifier(made.name)) {
      wrong_at(made.place, fmt::format("{}: not an identifier that C++ lets a namespace have",
                                       shown(made.name)));
    }
    made.request.command = command_of(made, *table);
    made.file = made.name + "." + format_of(made, *table);
    const CommandRow& command = *request_command_named(made.request.command);
    const auto keys = keys_of(command);
    for (const auto& [key, value] : *table) {
      if (key.str() != "command" && key.str() != "format") add(made, command, keys, key, value);
    }
    return made;
  }

 private:
  [[noreturn]] void wrong_at(const Place& place, const std::string& message) const {
    wrong_request(at(path_, place) + ": " + message);
  }

  std::string command_of(const SpecFunction& made, const toml::table& table) const {
    const auto known = function_commands();
    const toml::node* node = table.get("command");
    if (node == nullptr) {
      wrong_at(made.place, fmt::format("[{}]: 'command' is missing: one of {}", made.name,
                                       fmt::join(known, ", ")));
    }
    const auto word = node->value_exact<std::string>();
    if (!word) wrong_at(place_of(node->source()), "command: must be a string");
    if (std::ranges::find(known, *word) == known.end()) {
      wrong_at(place_of(node->source()),
               fmt::format("[{}]: {} is no command that makes a function{}; known: {}", made.name,
                           shown(*word), suggestion(*word, known), fmt::join(known, ", ")));
    }
    return *word;
  }

  std::string format_of(const SpecFunction& made, const toml::table& table) const {
    const toml::node* node = table.get("format");
    if (node == nullptr) return "hpp";
    const std::string word = node->value_exact<std::string>().value_or("");
    if (word != "hpp" && word != "json") {
      wrong_at(place_of(node->source()),
               fmt::format("[{}]: format: must be \"hpp\" (a C++ header) or \"json\" (an artifact)",
                           made.name));
    }
    return word;
  }

  void add(SpecFunction& made, const CommandRow& command, const std::vector<std::string>& keys,
           const toml::key& key, const toml::node& value) const {
    const std::string name(key.str());
    const Place place = place_of(key.source());
    if (std::ranges::find(keys, name) == keys.end()) {
      wrong_at(place,
               fmt::format("[{}]: {} has no option {}{}; it takes {}", made.name, command.name,
                           shown(name), suggestion(name, keys), fmt::join(keys, ", ")));
    }
    const OptionRow* option = option_named(command, name);
    auto given = option_value(option == nullptr ? Arity::one : option->arity, value, source_);
    if (!given) {
      wrong_at(place_of(value.source()),
               fmt::format("[{}]: {}: {}", made.name, name, given.error().why));
    }
    made.places[name] = place;
    if (option == nullptr) {
      made.named = given->words.front();
      return;
    }
    made.places[option->name] = place;
    if (!given->is_set) return;
    for (std::string& word : given->words) {
      const bool names_file = option->is_file() ||
                              (option->may_be_file() && !is_coefficient_list(word)) ||
                              (option->may_be_expression() && !is_density_expression(word));
      if (!names_file) continue;
      word = (folder_ / word).string();
      made.inputs.push_back(word);
    }
    made.request.options.push_back({option->name, std::move(given->words)});
  }

  std::string path_;
  fs::path folder_;
  SourceLines source_;
};

toml::table parsed(const std::string& path, const std::string& text) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    wrong_request(fmt::format("{}: {}", at(path, place_of(error.source())),
                              printable(std::string(error.description()))));
  }
}

}  // namespace

std::string first_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines_shown); ++i) {
    text += (i == 0 ? "" : "\n") + lines[i];
  }
  if (lines.size() > most_lines_shown) {
    text += fmt::format("\n... and {} more", lines.size() - most_lines_shown);
  }
  return text;
}

Spec read_spec(const std::string& path) { return spec_from_text(path, read_file(path)); }

Spec spec_from_text(const std::string& path, const std::string& text) {
  check_spec_text(path, text);
  const toml::table table = parsed(path, text);
  if (table.empty()) {
    wrong_request(
        fmt::format("{}: there is no function in it; a function is a table with its name, "
                    "as [relu13], with command = \"relu\" and its options",
                    path));
  }
  if (table.size() > most_functions) {
    wrong_request(
        fmt::format("{}: {} functions; at most {} in a file", path, table.size(), most_functions));
  }
  Spec spec{.path = path, .functions = {}};
  const TableReader reader(path, text);
  std::vector<std::string> wrong;
  for (const auto& [name, node] : table) {
    auto function = read_words([&] { return reader.function(name, node); });
    if (function) {
      spec.functions.push_back(*std::move(function));
    } else {
      wrong.push_back(function.error().why);
    }
  }
  if (!wrong.empty()) wrong_request(first_lines(wrong));
  return spec;
}

std::string located(const Spec& spec, const SpecFunction& function, const std::string& option,
                    const std::string& message) {
  const auto found = function.places.find(option);
  const Place place = found == function.places.end() ? function.place : found->second;
  return fmt::format("{}: [{}]: {}", at(spec.path, place), function.name, message);
}

}  // namespace equiripple
