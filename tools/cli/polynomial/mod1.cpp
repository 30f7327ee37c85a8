// equiripple mod1
#include "tools/cli/polynomial/mod1.hpp"

#include <fmt/format.h>

#include <memory>

#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/pipeline.hpp"
#include "tools/cli/plan/options.hpp"
#include "tools/cli/polynomial/options.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct Mod1Options {
  Mod1Words words;
  PolynomialOptions polynomial;
  PlanOptions plan;
  OutputOptions output;
};

void run_mod1(const Mod1Options& options) {
  PolynomialRequest request{.problem = mod1_problem(options.words)};
  request.plan = plan_settings(options.plan);
  apply(options.polynomial, options.output, request);
  Identity identity{.name = checked_name(options.output, request.degree.value_or(0)),
                    .request = {.command = "mod1", .options = {}}};
  identity.request.options = {{"range", {tidy(options.words.range)}},
                              {"width", {tidy(options.words.width)}},
                              {"double-angle", {tidy(options.words.double_angle)}}};
  record(options.polynomial, identity.request);
  record(options.plan, identity.request);
  if (options.output.check) return;
  deliver(make_polynomial(request, identity), options.output);
}

}  // namespace

MinimaxRequest mod1_problem(const Mod1Words& words) {
  constexpr int largest_range = 1024;  // chosen: dense secrets need as much
  constexpr int most_doublings = 30;   // chosen: the cosine is all but constant by then
  const int range = whole_word("--range", words.range, 1, largest_range);
  const int doublings = whole_word("--double-angle", words.double_angle, 0, most_doublings);
  const Rational width = number_word("--width", words.width);
  if (width <= 0 || width >= Rational(1, 2)) {
    wrong_request(fmt::format("--width '{}': must be above 0 and below 1/2", words.width));
  }
  Domain domain;
  for (int i = 1 - range; i < range; ++i) domain.push_back({i - width, i + width});
  const Expression cosine =
      function_word("mod1", fmt::format("cos(2*pi*(x - 1/4)/2^{})", doublings));
  return problem_of(cosine, {}, domain);
}

void add_mod1_command(Commands& commands) {
  auto options = std::make_shared<Mod1Options>();
  options->words.double_angle = "0";
  const Command command =
      commands.add("mod1", "the cosine of modular reduction, near the integers, for bootstrapping");
  command
      .add_option("--range", options->words.range, "K: near the integers i with |i| < K, 1 to 1024")
      .type_name("K")
      .required();
  command
      .add_option("--width", options->words.width,
                  "for |x - i| at most this; above 0 and below 1/2")
      .type_name("NUMBER")
      .required();
  command
      .add_option("--double-angle", options->words.double_angle,
                  "r, how often the angle is doubled afterwards: cos(2 pi (x - 1/4) / 2^r)")
      .type_name("R")
      .shows_default();
  add_polynomial_options(command, options->polynomial);
  add_plan_options(command, options->plan);
  add_output_options(command, options->output);
  command.footer(
      "Examples:\n"
      "  equiripple mod1 --range 25 --width 2^-10 --double-angle 2 --degree 59 -o cosine.hpp\n");
  command.runs([options] { run_mod1(*options); });
}

}  // namespace equiripple
