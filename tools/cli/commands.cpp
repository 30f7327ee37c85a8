// All commands, in the order and the groups of the help.
#include "tools/cli/commands.hpp"

#include "tools/cli/declaration.hpp"

namespace equiripple {

void add_commands(Commands& commands) {
  commands.begin_group("Functions");
  add_function_commands(commands);
  commands.begin_group("Choosing");
  add_search_command(commands);
  add_survey_command(commands);
  add_network_command(commands);
  add_parameters_command(commands);
  commands.begin_group("Files");
  add_generate_command(commands);
  add_file_commands(commands);
  add_picture_commands(commands);
  commands.begin_group("Manual");
  add_manual_commands(commands);
}

}  // namespace equiripple
