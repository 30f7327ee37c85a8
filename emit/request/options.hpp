// Every option of every command that asks for a function: the one table. Flags, the keys of a spec,
// completions, the manual, the record in a file, its verification and the bindings are read off it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace equiripple {

/// How many values an option takes.
enum class Arity : unsigned char { flag, one, many };

/// How an option stands in the record of a file, where it is given and not what holds otherwise.
enum class Recording : unsigned char {
  tidy,       // without blanks
  verbatim,   // as it was given
  file_name,  // of a path, without its folder
};

struct OptionRow {
  std::string name;   // "max-levels"
  std::string value;  // what stands for the value in the help: "N"
  std::string help;
  Arity arity = Arity::one;
  Recording recording = Recording::tidy;
  bool required = false;
  std::string otherwise{};             // the value where none is given; empty where there is none
  bool is_told = false;                // `otherwise`, by the help, in brackets
  bool is_always_kept = false;         // in the record, given or not
  std::string synonym{};               // "cost-table"
  std::vector<std::string> choices{};  // the words that the value may be; empty: any

  [[nodiscard]] bool is_file() const { return value == "FILE"; }
  /// Or a list of numbers in its place (is_coefficient_list).
  [[nodiscard]] bool may_be_file() const { return value == "LIST|FILE"; }
  /// Or an expression in its place (is_density_expression).
  [[nodiscard]] bool may_be_expression() const { return value == "EXPR|FILE"; }
};

using Options = std::vector<OptionRow>;

struct CommandRow {
  std::string name;  // "relu"
  std::string help;
  std::string footer;
  Options options;  // in the order of the help and of the record
};

/// The commands that make a function, in the order of the help.
[[nodiscard]] const std::vector<CommandRow>& request_commands();

/// Those that choose among functions, with the same options: search and survey.
[[nodiscard]] const CommandRow& search_command();
[[nodiscard]] const CommandRow& survey_command();

/// The row of a command that makes a function; null where there is none of this name.
[[nodiscard]] const CommandRow* request_command_named(std::string_view name);

/// The row of an option, by its name or its synonym; null where the command has none of this name.
[[nodiscard]] const OptionRow* option_named(const CommandRow& command, std::string_view name);

}  // namespace equiripple
