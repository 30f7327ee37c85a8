// equiripple completions, manual
#include <fmt/format.h>

#include <memory>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/manual/completions.hpp"
#include "tools/cli/manual/man_page.hpp"

namespace equiripple {

void add_manual_commands(Commands& commands) {
  const CLI::App& app = commands.app();
  auto shell = std::make_shared<std::string>();
  const Command completions_command =
      commands.add("completions", "a script that completes commands and options in a shell");
  completions_command.add_option("SHELL", *shell, "bash, zsh or fish").required();
  completions_command.footer(
      "Examples:\n"
      "  source <(equiripple completions bash)\n"
      "  equiripple completions fish > ~/.config/fish/completions/equiripple.fish\n");
  completions_command.runs([&app, shell] {
    const auto known = shell_named(*shell);
    if (!known) wrong_request(fmt::format("{}: must be bash, zsh or fish", shown(*shell)));
    write_output(completions(app, *known));
  });
  const Command manual_command = commands.add("manual", "the manual page of all commands");
  manual_command.footer("Examples:\n  equiripple manual | man -l -\n");
  manual_command.runs([&app] { write_output(man_page(app)); });
}

}  // namespace equiripple
