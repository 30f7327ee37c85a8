// equiripple minimax, approximate, mod1, sign, ..., fit: every command that makes a function.
#include <memory>

#include "emit/make/make.hpp"
#include "emit/makes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/typed_words.hpp"

namespace equiripple {
namespace {

struct FunctionOptions {
  std::string command;
  TypedWords words;
  OutputOptions output;
  bool explain = false;
};

void run_function(const FunctionOptions& options) {
  const Request request = request_of({options.command, options.words.options()}, read_file);
  const std::string name = checked_name(options.output, request);
  if (options.output.check) return;
  const Made made = make(request, name, Progress().observer());
  require_made(made);
  deliver(*made.artifact, options.output);
  if (options.output.path.empty() || options.explain) write_output(made.neighbours());
  if (!made.remark.empty()) remark(made.remark);
}

}  // namespace

void add_function_commands(Commands& commands) {
  for (const CommandRow& row : request_commands()) {
    auto options = std::make_shared<FunctionOptions>();
    options->command = row.name;
    const Command command = commands.add(row.name, row.help);
    options->words.declare(command, row);
    add_output_options(command, options->output);
    if (may_have_steps(row.name)) {
      command.add_flag("--explain", options->explain, "list what else was tried, with -o as well");
    }
    command.footer(row.footer);
    command.runs([options] { run_function(*options); });
  }
}

}  // namespace equiripple
