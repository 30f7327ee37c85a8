// toml++ reads; CLI11 knows the options.
#include "tools/cli/generate/spec.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>

#include "emit/cpp_header.hpp"
#include "emit/read_result.hpp"
#include "generator/function/suggestion.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/generate/spec_text.hpp"
#include "tools/cli/generate/spec_values.hpp"
#include "tools/cli/invocation.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_functions = 10'000;  // chosen
constexpr std::size_t most_lines_shown = 20;

Place place_of(const toml::source_region& source) {
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

// Options of a command that a spec has no key for.
constexpr std::array<std::string_view, 4> not_of_a_spec = {"help", "output", "check", "timing"};

std::string at(const std::string& path, const Place& place) {
  return fmt::format("{}:{}:{}", path, place.line, place.column);
}

// The commands that make a function: those that have a name for it and can be checked.
bool makes_function(const CLI::App& command) {
  return command.get_option_no_throw("--name") != nullptr &&
         command.get_option_no_throw("--check") != nullptr;
}

std::vector<std::string> function_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (makes_function(*command)) names.push_back(command->get_name());
  }
  return names;
}

// The keys that a table of this command may have.
std::vector<std::string> keys_of(const CLI::App& command) {
  std::vector<std::string> keys = {"command", "format"};
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      if (std::ranges::find(not_of_a_spec, name) == not_of_a_spec.end()) keys.push_back(name);
    }
  }
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
                      .command = {},
                      .words = {},
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
    made.command = command_of(made, *table);
    made.file = made.name + "." + format_of(made, *table);
    const CLI::App& command = command_named(*line_.app, made.command);
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
    const auto known = function_commands(*line_.app);
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

  void add(SpecFunction& made, const CLI::App& command, const std::vector<std::string>& keys,
           const toml::key& key, const toml::node& value) const {
    const std::string name(key.str());
    const Place place = place_of(key.source());
    if (std::ranges::find(keys, name) == keys.end()) {
      wrong_at(place,
               fmt::format("[{}]: {} has no option {}{}; it takes {}", made.name, made.command,
                           shown(name), suggestion(name, keys), fmt::join(keys, ", ")));
    }
    const CLI::Option& option = option_named(command, "--" + name);
    OptionValue words = option_value(option, value, source_);
    if (!words.error.empty()) {
      wrong_at(place_of(value.source()), fmt::format("[{}]: {}: {}", made.name, name, words.error));
    }
    const bool is_file = option.get_type_name() == "FILE";
    if (option.get_items_expected_max() == 0) {
      if (words.is_set) made.words.push_back("--" + name);
    } else {
      for (std::string& word : words.words) {
        if (is_file) {
          word = (folder_ / word).string();
          made.inputs.push_back(word);
        }
        made.words.push_back("--" + name + "=" + word);
      }
    }
    made.places[name] = place;
  }

  CommandLine line_;
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
    try {
      spec.functions.push_back(reader.function(name, node));
    } catch (const Failure& failure) {
      wrong.emplace_back(failure.what());
    }
  }
  if (!wrong.empty()) wrong_request(first_lines(wrong));
  return spec;
}

std::string located(const Spec& spec, const SpecFunction& function, const std::string& message) {
  Place place = function.place;
  if (message.starts_with("--")) {
    const std::string name = message.substr(2, message.find_first_of(" :=,", 2) - 2);
    const auto found = function.places.find(name);
    if (found != function.places.end()) place = found->second;
  }
  return fmt::format("{}: [{}]: {}", at(spec.path, place), function.name, message);
}

}  // namespace equiripple
