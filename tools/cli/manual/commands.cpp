// equiripple completions, manual
#include <fmt/format.h>

#include <memory>

#include "tools/cli/commands.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/manual/completions.hpp"
#include "tools/cli/manual/man_page.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {

void add_manual_commands(CLI::App& app, std::function<void()>& chosen) {
  auto shell = std::make_shared<std::string>();
  CLI::App* completions_command =
      app.add_subcommand("completions", "a script that completes commands and options in a shell");
  completions_command->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  completions_command->footer(
      "Examples:\n"
      "  source <(equiripple completions bash)\n"
      "  equiripple completions fish > ~/.config/fish/completions/equiripple.fish\n");
  completions_command->callback([&app, shell, &chosen] {
    chosen = [&app, shell] {
      const auto known = shell_named(*shell);
      if (!known) wrong_request(fmt::format("{}: must be bash, zsh or fish", shown(*shell)));
      write_output(completions(app, *known));
    };
  });
  CLI::App* manual_command = app.add_subcommand("manual", "the manual page of all commands");
  manual_command->footer("Examples:\n  equiripple manual | man -l -\n");
  manual_command->callback([&app, &chosen] { chosen = [&app] { write_output(man_page(app)); }; });
}

}  // namespace equiripple
