// The commands of the tool, each with its flags, its help, and what it runs.
#pragma once

namespace equiripple {

class Commands;

/// All of them, in the order and the groups of the help.
void add_commands(Commands& commands);

void add_polynomial_commands(Commands& commands);
void add_approximate_command(Commands& commands);
void add_mod1_command(Commands& commands);
void add_sign_commands(Commands& commands);
void add_correction_commands(Commands& commands);
void add_search_command(Commands& commands);
void add_survey_command(Commands& commands);
void add_fit_command(Commands& commands);
void add_file_commands(Commands& commands);
void add_picture_commands(Commands& commands);
void add_parameters_command(Commands& commands);
void add_generate_command(Commands& commands);
void add_manual_commands(Commands& commands);

}  // namespace equiripple
