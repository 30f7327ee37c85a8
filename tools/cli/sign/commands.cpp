// equiripple sign, step, compare, relu, abs, max, min
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/sign/degree_choice.hpp"
#include "tools/cli/sign/options.hpp"

namespace equiripple {
namespace {

struct CommandOptions {
  Kind kind = Kind::sign;
  SignOptions sign;
  OutputOptions output;
};

void run_sign(const CommandOptions& options) {
  const SignRequest request = sign_request(options.kind, options.sign);
  const int highest = request.degrees.empty() ? 0 : *std::ranges::max_element(request.degrees);
  Identity identity{.name = checked_name(options.output, highest),
                    .request = {.command = name_of(options.kind), .options = {}}};
  record(options.sign, identity.request);
  if (options.output.check) return;
  if (!request.is_searched()) return deliver(compose_sign(request, identity), options.output);
  DegreeChoice choice(request, identity);
  const ComposedChoice best = choice.best();
  deliver(best.artifact, options.output);
  if (options.output.path.empty()) write_output(choice.neighbours(best));
}

void add_command(Commands& commands, Kind kind, const char* help) {
  auto options = std::make_shared<CommandOptions>();
  options->kind = kind;
  const Command command = commands.add(name_of(kind), help);
  const DeclaredOption gap =
      command
          .add_option("--gap", options->sign.gap,
                      covers_gap(kind)
                          ? "the gap of sign, relative to the range, for given degrees; default: "
                            "the one with the smallest error over all x"
                          : "the function is approximated for gap * range <= |x| <= range")
          .type_name("NUMBER");
  if (covers_gap(kind)) {
    command.add_option("--bits", options->sign.bits, "the error is at most range * 2^-BITS")
        .type_name("BITS");
  } else {
    gap.required();
    command.add_option("--error", options->sign.error, "the error is at most this")
        .type_name("NUMBER");
  }
  add_sign_options(command, options->sign);
  add_plan_options(command, options->sign.plan);
  add_output_options(command, options->output);
  const std::string name = name_of(kind);
  const std::string what_is_best =
      "Without --degrees the best are searched, of compositions of sign and of single polynomials "
      "of "
      "the\nfunction itself: what meets the error with the least latency (see --minimise); without "
      "an error,\nwhat has the smallest error within the budget.\n";
  command.footer(
      covers_gap(kind)
          ? what_is_best +
                "The error is that of the function itself, over all of the range, divided by the "
                "range.\n\nExamples:\n  equiripple " +
                name + " --bits 13 --range 50 -o my_" + name + ".hpp\n  equiripple " + name +
                " --bits 13 --max-levels 14 --minimise key-switches\n  equiripple " + name +
                " --degrees 15,15,27 --range 50 -o my_" + name + ".hpp\n"
          : what_is_best + "\nExamples:\n  equiripple " + name +
                " --gap 2^-8 --error 2^-20 -o my_" + name + ".hpp\n  equiripple " + name +
                " --gap 2^-8 --degrees 15,27,29 -o my_" + name + ".hpp\n");
  command.runs([options] { run_sign(*options); });
}

}  // namespace

void add_sign_commands(Commands& commands) {
  add_command(commands, Kind::sign, "sign(x) as a composition of minimax polynomials");
  add_command(commands, Kind::step, "step(x) = (1 + sign(x)) / 2");
  add_command(commands, Kind::compare, "(1 + sign(a - b)) / 2: 1, 1/2 or 0 as a >, =, < b");
  add_command(commands, Kind::relu, "relu(x) = max(x, 0)");
  add_command(commands, Kind::abs, "|x|");
  add_command(commands, Kind::max, "max(a, b)");
  add_command(commands, Kind::min, "min(a, b)");
}

}  // namespace equiripple
