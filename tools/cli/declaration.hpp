// How a command declares its words. The library that reads command lines is heavy to compile and
// is known behind this face alone.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace equiripple {

/// An option of a command, or an argument without a name. Each call returns the option itself.
class DeclaredOption {
 public:
  explicit DeclaredOption(CLI::Option& option) : option_(&option) {}

  /// What stands for the value in the help: "NUMBER".
  DeclaredOption type_name(const std::string& name) const;
  DeclaredOption required() const;
  /// May be given several times, with one value each.
  DeclaredOption repeated() const;
  /// The help tells the value that the variable has now.
  DeclaredOption shows_default() const;

 private:
  CLI::Option* option_;
};

/// A command, as `equiripple relu`. The variables that its options fill must outlive it.
class Command {
 public:
  Command(CLI::App& app, std::function<void()>& chosen) : app_(&app), chosen_(&chosen) {}

  /// `names` as "-o,--output"; without a dash it is an argument. Values are kept as text.
  DeclaredOption add_option(const std::string& names, std::string& value,
                            const std::string& help) const;
  DeclaredOption add_option(const std::string& names, std::vector<std::string>& values,
                            const std::string& help) const;
  DeclaredOption add_flag(const std::string& names, bool& is_set, const std::string& help) const;
  /// What stands below the options in the help.
  void footer(const std::string& text) const;
  /// What the command does once its words are read.
  void runs(std::function<void()> run) const;

 private:
  CLI::App* app_;
  std::function<void()>* chosen_;
};

/// All commands: parsing selects one, and leaves in `chosen` what it runs, in `timed` whether
/// --timing is among its words.
class Commands {
 public:
  Commands(CLI::App& app, std::function<void()>& chosen, bool& timed)
      : app_(&app), chosen_(&chosen), timed_(&timed) {}

  Command add(const std::string& name, const std::string& help);
  /// Commands that are added from now on stand under this heading of the help.
  void begin_group(const std::string& heading) { group_ = heading; }
  /// What all were added to, for who describes it.
  [[nodiscard]] const CLI::App& app() const { return *app_; }

 private:
  CLI::App* app_;
  std::function<void()>* chosen_;
  bool* timed_;
  std::string group_{};
};

}  // namespace equiripple
