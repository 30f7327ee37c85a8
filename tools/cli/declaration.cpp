#include "tools/cli/declaration.hpp"

#include <CLI/CLI.hpp>
#include <utility>

namespace equiripple {

DeclaredOption DeclaredOption::type_name(const std::string& name) const {
  option_->type_name(name);
  return *this;
}

DeclaredOption DeclaredOption::required() const {
  option_->required();
  return *this;
}

DeclaredOption DeclaredOption::repeated() const {
  option_->expected(1)->allow_extra_args(false)->take_all();
  return *this;
}

DeclaredOption DeclaredOption::shows_default() const {
  option_->capture_default_str();
  return *this;
}

DeclaredOption Command::add_option(const std::string& names, std::string& value,
                                   const std::string& help) const {
  return DeclaredOption(*app_->add_option(names, value, help));
}

DeclaredOption Command::add_option(const std::string& names, std::vector<std::string>& values,
                                   const std::string& help) const {
  return DeclaredOption(*app_->add_option(names, values, help));
}

DeclaredOption Command::add_flag(const std::string& names, bool& is_set,
                                 const std::string& help) const {
  return DeclaredOption(*app_->add_flag(names, is_set, help));
}

void Command::footer(const std::string& text) const { app_->footer(text); }

void Command::runs(std::function<void()> run) const {
  app_->callback([run = std::move(run), chosen = chosen_] { *chosen = run; });
}

Command Commands::add(const std::string& name, const std::string& help) {
  CLI::App* command = app_->add_subcommand(name, help);
  if (!group_.empty()) command->group(group_);
  command->add_flag("--timing", *timed_, "say on standard error where the time went, by phases");
  return {*command, *chosen_};
}

}  // namespace equiripple
