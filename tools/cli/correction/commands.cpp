// equiripple inverse, rsqrt, sqrt
#include <fmt/format.h>

#include <memory>

#include "emit/plan/corrections.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/correction/options.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/output.hpp"

namespace equiripple {
namespace {

struct CommandOptions {
  Kind kind = Kind::inverse;
  CorrectionOptions request;
  OutputOptions output;
};

void run_correction(const CommandOptions& options) {
  const CorrectionRequest request = correction_request(options.kind, options.request);
  Identity identity{
      .name = checked_name(options.output, request.degree.value_or(request.max_degree)),
      .request = {.command = name_of(options.kind), .options = {}}};
  record(options.request, identity.request);
  if (options.output.check) return;
  deliver(make_corrected(request, identity), options.output);
}

void add_command(Commands& commands, Kind kind, const char* help) {
  auto options = std::make_shared<CommandOptions>();
  options->kind = kind;
  const Command command = commands.add(name_of(kind), help);
  add_correction_options(command, options->request);
  add_plan_options(command, options->request.plan);
  add_output_options(command, options->output);
  const std::string name = name_of(kind);
  command.footer(fmt::format(
      "A minimax polynomial is the start; each correction multiplies what the start is by a "
      "factor,\nas in {}. The search weighs the degree of the start against the number of "
      "corrections:\nit meets the error with the fewest levels, then key switches (see "
      "--minimise); without an error,\nit has the smallest error within the budget.\n\n"
      "Examples:\n"
      "  equiripple {} --domain '[2^-8,1]' --error 2^-20 -o my_{}.hpp\n"
      "  equiripple {} --domain '[2^-8,1]' --error 2^-20 --minimise key-switches\n"
      "  equiripple {} --domain '[2^-8,1]' --degree 7 --corrections 3\n",
      kind == Kind::inverse ? "Goldschmidt's iteration" : "Newton's iteration", name, name, name,
      name));
  command.runs([options] { run_correction(*options); });
}

}  // namespace

void add_correction_commands(Commands& commands) {
  add_command(commands, Kind::inverse, "1/x, a start that is corrected, for wide ranges");
  add_command(commands, Kind::rsqrt, "1/sqrt(x), likewise");
  add_command(commands, Kind::sqrt, "sqrt(x), likewise");
}

}  // namespace equiripple
