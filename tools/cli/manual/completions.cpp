// One function a shell; names hold only letters, digits and hyphens, descriptions are quoted.
#include "tools/cli/manual/completions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <vector>

namespace equiripple {
namespace {

struct CompletedOption {
  std::vector<std::string> names;  // "--output", "-o"
  std::string description;
  bool takes_value = false;
  bool takes_file = false;
};

std::vector<CompletedOption> options_of(const CLI::App& command) {
  std::vector<CompletedOption> options;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() || option->get_group().empty()) continue;
    CompletedOption one{.names = {}, .description = option->get_description()};
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    one.takes_value = option->get_items_expected_max() > 0;
    const std::string type = option->get_type_name();
    one.takes_file = type == "FILE" || type == "OUT" || type == "DIR";
    options.push_back(std::move(one));
  }
  return options;
}

std::vector<std::string> all_names(const std::vector<CompletedOption>& options) {
  std::vector<std::string> names;
  for (const CompletedOption& option : options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

std::vector<std::string> names_of_values(const std::vector<CompletedOption>& options) {
  std::vector<std::string> names;
  for (const CompletedOption& option : options) {
    if (!option.takes_value || option.takes_file) continue;
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// In single quotes of a POSIX shell, or of fish; short, on one line.
std::string quoted(const std::string& text) {
  constexpr std::size_t longest = 70;
  std::string safe = "'";
  for (const char c : text.substr(0, longest)) {
    if (c == '\'') {
      safe += "\\'";
    } else if (c != '\n' && c != '\\') {
      safe += c;
    }
  }
  return safe + (text.size() > longest ? "...'" : "'");
}

std::string for_bash(const CLI::App& app) {
  std::string script =
      "# bash completion for equiripple\n"
      "_equiripple() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local options='' values=''\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n";
  script += fmt::format(
      "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n",
      fmt::join(commands_of(app), " "));
  for (const CLI::App* command : app.get_subcommands({})) {
    const auto options = options_of(*command);
    script +=
        fmt::format("    {}) options='{}' values=' {} ' ;;\n", command->get_name(),
                    fmt::join(all_names(options), " "), fmt::join(names_of_values(options), " "));
  }
  return script +
         "  esac\n"
         "  if [[ $values == *\" $previous \"* ]]; then return; fi\n"
         "  if [[ $current == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _equiripple equiripple\n";
}

// A bracket or a colon would end a description.
std::string zsh_quoted(const std::string& text) {
  std::string plain;
  for (const char c : text) plain += c == '[' || c == ']' || c == ':' || c == '\'' ? ' ' : c;
  return plain.substr(0, 70);
}

std::string for_zsh(const CLI::App& app) {
  std::string script = "#compdef equiripple\n_equiripple() {\n  local -a commands\n  commands=(\n";
  for (const CLI::App* command : app.get_subcommands({})) {
    script +=
        fmt::format("    '{}:{}'\n", command->get_name(), zsh_quoted(command->get_description()));
  }
  script +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  case $words[2] in\n";
  for (const CLI::App* command : app.get_subcommands({})) {
    script += fmt::format("    {})\n      _arguments", command->get_name());
    for (const CompletedOption& option : options_of(*command)) {
      for (const std::string& name : option.names) {
        script += fmt::format(" \\\n        '{}[{}]{}'", name, zsh_quoted(option.description),
                              !option.takes_value ? ""
                              : option.takes_file ? ":file:_files"
                                                  : ":value: ");
      }
    }
    script += " \\\n        '*:file:_files' ;;\n";
  }
  return script + "  esac\n}\n_equiripple \"$@\"\n";
}

std::string for_fish(const CLI::App& app) {
  std::string script = "# fish completion for equiripple\n";
  for (const CLI::App* command : app.get_subcommands({})) {
    script += fmt::format("complete -c equiripple -n __fish_use_subcommand -f -a {} -d {}\n",
                          command->get_name(), quoted(command->get_description()));
  }
  for (const CLI::App* command : app.get_subcommands({})) {
    for (const CompletedOption& option : options_of(*command)) {
      std::string names;
      for (const std::string& name : option.names) {
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      script +=
          fmt::format("complete -c equiripple -n '__fish_seen_subcommand_from {}'{}{} -d {}\n",
                      command->get_name(), names,
                      !option.takes_value ? ""
                      : option.takes_file ? " -r -F"
                                          : " -x",
                      quoted(option.description));
    }
  }
  return script;
}

}  // namespace

std::optional<Shell> shell_named(const std::string& name) {
  if (name == "bash") return Shell::bash;
  if (name == "zsh") return Shell::zsh;
  if (name == "fish") return Shell::fish;
  return std::nullopt;
}

std::string completions(const CLI::App& app, Shell shell) {
  switch (shell) {
    case Shell::bash: return for_bash(app);
    case Shell::zsh: return for_zsh(app);
    case Shell::fish: break;
  }
  return for_fish(app);
}

}  // namespace equiripple
