// equiripple minimax
#include <fmt/format.h>

#include <memory>

#include "generator/exchange/minimax.hpp"
#include "generator/function/parse.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/pipeline.hpp"
#include "tools/cli/plan/options.hpp"
#include "tools/cli/polynomial/level_choice.hpp"
#include "tools/cli/polynomial/options.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct MinimaxOptions {
  std::string function;
  std::vector<std::string> domain;
  std::string parity = "auto";
  WeightChoice weight;
  std::string precision_bits = "0";
  PolynomialOptions polynomial;
  PlanOptions plan;
  OutputOptions output;
};

void run_minimax(const MinimaxOptions& options) {
  PolynomialRequest request;
  MinimaxRequest& problem = request.problem;
  problem = problem_of(function_word("--function", options.function), options.weight,
                       domain_words("--domain", options.domain));
  request.metric = metric_of(options.weight);
  problem.parity = parity_of_problem(options.parity, problem);
  problem.precision_bits = whole_word("--precision-bits", options.precision_bits, 0, highest_bits);
  request.plan = plan_settings(options.plan);
  apply(options.polynomial, options.output, request);
  Identity identity{.name = checked_name(options.output, request.degree.value_or(0)),
                    .request = {.command = "minimax", .options = {}}};
  RequestOption domain{.name = "domain", .values = {}};
  for (const std::string& word : options.domain) domain.values.push_back(tidy(word));
  identity.request.options = {{"function", {problem.target.text()}}, domain};
  record(options.polynomial, identity.request);
  if (request.metric == Metric::weighted) {
    identity.request.options.push_back({"weight", {problem.weight.text()}});
  }
  if (request.metric == Metric::relative) identity.request.options.push_back({"relative", {}});
  if (options.parity != "auto") identity.request.options.push_back({"parity", {options.parity}});
  if (problem.precision_bits != 0) {
    identity.request.options.push_back(
        {"precision-bits", {std::to_string(problem.precision_bits)}});
  }
  record(options.plan, identity.request);
  if (options.output.check) return;
  const Artifact artifact = make_polynomial(request, identity);
  deliver(artifact, options.output);
  if (options.output.path.empty()) write_output(describe_levels(request, artifact));
}

std::string known_functions() {
  std::string list;
  for (const std::string& name : function_names()) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

void add_polynomial_commands(Commands& commands) {
  auto options = std::make_shared<MinimaxOptions>();
  const Command command = commands.add(
      "minimax", "the best polynomial of a degree for a function on one or more intervals");
  command
      .add_option(
          "--function", options->function,
          "an expression in x: + - * / ^, pi, e, if(x < 0, f, g) with <, <=, > or >=, nested "
          "for more intervals, and " +
              known_functions())
      .type_name("EXPR")
      .required();
  command
      .add_option("--domain", options->domain,
                  "an interval; repeat for a union. Ends are exact: 1/4, 2^-20, 0x1p-30, 0.1")
      .type_name("[a,b]")
      .required()
      .repeated();
  add_polynomial_options(command, options->polynomial);
  command
      .add_option("--weight", options->weight.expression,
                  "an expression, positive on the domain: weight * |f - p| is minimised")
      .type_name("EXPR");
  command.add_flag("--relative", options->weight.relative,
                   "minimise |f - p| / |f|, where f does not vanish");
  command
      .add_option("--parity", options->parity,
                  "auto (what the function has, where the domain is symmetric), none, odd, even")
      .type_name("PARITY");
  command
      .add_option("--precision-bits", options->precision_bits,
                  "the least precision to compute with; for experiments")
      .type_name("BITS");
  add_plan_options(command, options->plan);
  add_output_options(command, options->output);
  command.footer(
      "Examples:\n"
      "  equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --degree 31 -o sigmoid.hpp\n"
      "  equiripple minimax --function 'sign(x)' --domain '[-1,-2^-8]' --domain '[2^-8,1]' \\\n"
      "      --degree 31\n"
      "  equiripple minimax --function 'exp(x)' --domain '[-1,1]' --error 2^-40\n"
      "  equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --max-levels 5\n"
      "  equiripple minimax --function 'x/2 * (1 + erf(x/sqrt(2)))' --domain '[-8,8]' --degree "
      "32\n");
  command.runs([options] { run_minimax(*options); });
}

}  // namespace equiripple
