// equiripple approximate
#include <fmt/format.h>

#include <memory>

#include "generator/classical/classical.hpp"
#include "tools/cli/approximate/options.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/output.hpp"

namespace equiripple {
namespace {

struct CommandOptions {
  ApproximateOptions approximation;
  OutputOptions output;
};

void run_approximate(const CommandOptions& options) {
  const ApproximationRequest request = approximation_request(options.approximation);
  Identity identity{.name = checked_name(options.output, request.degree.value_or(0)),
                    .request = {.command = "approximate", .options = {}}};
  record(options.approximation, identity.request);
  if (options.output.check) return;
  deliver(make_approximation(request, identity), options.output);
}

}  // namespace

void add_approximate_command(Commands& commands) {
  auto options = std::make_shared<CommandOptions>();
  const Command command = commands.add(
      "approximate", "a polynomial by another method than minimax, or a given one, proved alike");
  command
      .add_option("--method", options->approximation.method,
                  "least-squares (the integral of the squared error is smallest), chebyshev "
                  "(interpolation at Chebyshev's points), taylor, cryptodl (the integral of a "
                  "weighted least-squares fit of the derivative), securedl (least squares of "
                  "rising degree until --error holds at 1001 points), given")
      .type_name("METHOD")
      .required();
  command
      .add_option("--function", options->approximation.function,
                  "what the polynomial stands for and the error is about: an expression in x")
      .type_name("EXPR")
      .required();
  command
      .add_option("--domain", options->approximation.domain,
                  "an interval; least-squares and given: or more")
      .type_name("[a,b]")
      .required()
      .repeated();
  command
      .add_option("--degree", options->approximation.degree,
                  fmt::format("the highest power, up to {}; securedl: the last to be tried",
                              highest_classical_degree))
      .type_name("N");
  command
      .add_option("--error", options->approximation.error,
                  "securedl: the error to be kept at the points")
      .type_name("NUMBER");
  command
      .add_option("--of", options->approximation.of,
                  "taylor: expand this smooth function in place of --function, which the error is "
                  "still about; cryptodl: a smooth step in place of sigmoid(x)")
      .type_name("EXPR");
  command.add_option("--centre", options->approximation.centre, "taylor: the point; default 0")
      .type_name("NUMBER");
  command
      .add_option("--density", options->approximation.density,
                  "least-squares: how often each x is met, up to a factor; cryptodl: in place of "
                  "exp(-1/(1e-5 + (x/b)^8))")
      .type_name("EXPR");
  command
      .add_option("--data", options->approximation.data,
                  "least-squares: a text file of numbers, the x that are met, in place of every x "
                  "of the domain")
      .type_name("FILE");
  command
      .add_option("--polynomial", options->approximation.polynomial, "given: as x^2/8 + x/2 + 1/4")
      .type_name("EXPR");
  add_plan_options(command, options->approximation.plan);
  add_output_options(command, options->output);
  command.footer(
      "Examples:\n"
      "  equiripple approximate --method given --function 'relu(x)' --domain '[-8,8]' \\\n"
      "      --polynomial 'x^2/8 + x/2 + 1/4'\n"
      "  equiripple approximate --method least-squares --function 'relu(x)' --domain '[-8,8]' \\\n"
      "      --degree 4 --density 'exp(-x^2/2)'\n"
      "  equiripple approximate --method taylor --of 'softplus(x)' --function 'relu(x)' \\\n"
      "      --domain '[-2,2]' --degree 4\n"
      "  equiripple approximate --method cryptodl --function 'relu(x)' --domain '[-50,50]' \\\n"
      "      --degree 4 -o cryptodl.hpp\n");
  command.runs([options] { run_approximate(*options); });
}

}  // namespace equiripple
