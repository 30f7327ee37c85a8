// Completions for shells, from the same declarations as --help.
#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace equiripple {

enum class Shell { bash, zsh, fish };

[[nodiscard]] std::optional<Shell> shell_named(const std::string& name);

/// A script for the shell's folder of completions: commands, their options, and files where an
/// option or an argument is one.
[[nodiscard]] std::string completions(const CLI::App& app, Shell shell);

}  // namespace equiripple
