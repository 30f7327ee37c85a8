// equiripple fit
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "emit/hexfloat.hpp"
#include "emit/points.hpp"
#include "generator/data/table.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/fit/fit.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/plan/options.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct FitOptions {
  std::string data;
  std::string degree;
  std::string objective = "minimax";
  std::string parity = "auto";
  PlanOptions plan;
  OutputOptions output;
};

void run_fit(const FitOptions& options) {
  const int degree = whole_word("--degree", options.degree, 0, highest_fit_degree);
  const FitObjective objective = fit_objective_word(options.objective);
  Identity identity{.name = checked_name(options.output, degree),
                    .request = {.command = "fit", .options = {}}};
  FitRequest request{.data = parse_table(file_name_of(options.data), read_file(options.data)),
                     .degree = degree,
                     .objective = objective};
  request.parity = fit_parity_word(options.parity, request.data.table);
  request.plan = plan_settings(options.plan);
  auto& record = identity.request.options;
  record = {{"data", {request.data.name}},
            {"degree", {std::to_string(degree)}},
            {"objective", {options.objective}}};
  if (options.parity != "auto") record.push_back({"parity", {options.parity}});
  equiripple::record(options.plan, identity.request);
  for (RequestOption& option : point_record(request.data.words)) record.push_back(option);
  if (options.output.check) return;
  const Fit fit = make_fit(request, identity);
  deliver(fit.artifact, options.output);
  if (objective == FitObjective::least_squares) {
    fmt::print(stderr, "equiripple: the root mean square of the error is at most {}\n",
               size_text(fit.root_mean_square));
  }
}

}  // namespace

void add_fit_command(Commands& commands) {
  auto options = std::make_shared<FitOptions>();
  const Command command =
      commands.add("fit", "the best polynomial of a degree for a table of points");
  command
      .add_option("--data", options->data,
                  "a text file with 'x y' or 'x,y' in each line, exact numbers, in any order; # "
                  "begins a comment")
      .type_name("FILE")
      .required();
  command
      .add_option("--degree", options->degree,
                  fmt::format("the highest power, 0 to {}", highest_fit_degree))
      .type_name("N")
      .required();
  command
      .add_option("--objective", options->objective,
                  "minimax (the largest error is smallest; the default) or least-squares (the sum "
                  "of the squares is)")
      .type_name("OBJECTIVE");
  command
      .add_option("--parity", options->parity,
                  "auto (what the points show, where they are symmetric), none, odd, even")
      .type_name("PARITY");
  add_plan_options(command, options->plan);
  add_output_options(command, options->output);
  command.footer(
      "The error is proved at the points; between them nothing is claimed.\n"
      "Examples:\n"
      "  equiripple fit --data measured.txt --degree 7 -o measured.hpp\n"
      "  equiripple fit --data measured.txt --degree 7 --objective least-squares\n");
  command.runs([options] { run_fit(*options); });
}

}  // namespace equiripple
