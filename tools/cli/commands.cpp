// All commands, in the order and the groups of the help.
#include "tools/cli/commands.hpp"

namespace equiripple {
namespace {

using AddCommands = void (*)(CLI::App&, std::function<void()>&);

// Adds commands and puts those that are new into a group of the help.
void add_group(CLI::App& app, std::function<void()>& chosen, const char* name,
               std::initializer_list<AddCommands> adders) {
  const auto before = app.get_subcommands({}).size();
  for (const AddCommands add : adders) add(app, chosen);
  const auto commands = app.get_subcommands({});
  for (std::size_t i = before; i < commands.size(); ++i) commands[i]->group(name);
}

}  // namespace

void add_commands(CLI::App& app, std::function<void()>& chosen) {
  add_group(app, chosen, "Functions",
            {add_polynomial_commands, add_approximate_command, add_mod1_command, add_sign_commands,
             add_correction_commands, add_fit_command});
  add_group(app, chosen, "Choosing",
            {add_search_command, add_survey_command, add_parameters_command});
  add_group(app, chosen, "Files", {add_generate_command, add_file_commands, add_picture_commands});
  add_group(app, chosen, "Manual", {add_manual_commands});
}

}  // namespace equiripple
