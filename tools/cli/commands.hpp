// The commands of the tool, each with its flags, its help, and what it runs.
#pragma once

namespace equiripple {

class Commands;

/// All of them, in the order and the groups of the help.
void add_commands(Commands& commands);

void add_function_commands(Commands& commands);
void add_search_command(Commands& commands);
void add_survey_command(Commands& commands);
void add_network_command(Commands& commands);
void add_file_commands(Commands& commands);
void add_picture_commands(Commands& commands);
void add_parameters_command(Commands& commands);
void add_generate_command(Commands& commands);
void add_manual_commands(Commands& commands);

}  // namespace equiripple
