// equiripple search
#include <fmt/format.h>

#include <memory>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/front.hpp"
#include "emit/hexfloat.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/sign/degree_choice.hpp"
#include "tools/cli/sign/options.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct SearchOptions {
  std::string objective;
  SignOptions sign;
  bool pareto = false;
  bool explain = false;
  bool json = false;
  std::string output;
};

Kind objective_word(const std::string& word) {
  const auto kind = kind_named(word);
  if (kind && is_corrected(*kind)) {
    wrong_request(
        fmt::format("--objective {}: 'equiripple {}' searches for itself, here it is sign, "
                    "step, compare, relu, abs, max or min",
                    word, word));
  }
  if (kind && *kind != Kind::minimax) return *kind;
  wrong_request(fmt::format("--objective {}: must be sign, step, compare, relu, abs, max or min",
                            shown(word)));
}

void check_output(const SearchOptions& options) {
  if (options.output.empty()) return;
  const std::string extension = extension_of(options.output);
  if (extension == ".json" || extension == ".svg") return require_folder(options.output);
  wrong_request(fmt::format(
      "-o '{}': the file must end in .json or .svg; for a header or an artifact say equiripple {} "
      "instead of search --objective {}",
      options.output, options.objective, options.objective));
}

void check_together(const SearchOptions& options) {
  if (!options.sign.degrees.empty()) wrong_request("--degrees: a search finds them");
  if (!options.explain) return;
  if (options.pareto) wrong_request("--explain and --pareto: give one of them");
  if (options.json || !options.output.empty()) {
    wrong_request("--explain: is text on standard output, without --json and -o");
  }
}

std::string function_text(const SignRequest& request) {
  const std::string name = name_of(request.kind);
  const char* x = has_two_inputs(request.kind) ? "|a - b|" : "|x|";
  std::string text =
      covers_gap(request.kind)
          ? fmt::format("{} for {} <= {}", name, x, decimal(request.range))
          : fmt::format("{} for {} <= {} <= {}", name,
                        decimal(Rational(*request.gap * request.range)), x, decimal(request.range));
  if (request.error) text += ", error at most " + size_text(*request.error);
  if (covers_gap(request.kind)) text += request.error ? " of the range" : ", errors over the range";
  return text;
}

FrontRow row_of(ComposedChoice choice) {
  const Interval& positive = choice.artifact.stages.front().domain.back();
  const PlanCosts& costs = choice.artifact.plan->costs;
  return {
      .degrees = std::move(choice.degrees),
      .levels = costs.levels,
      .key_switches = costs.key_switches,
      .latency = choice.latency,
      .gap = is_direct(choice.artifact) ? Rational(0) : Rational(positive.lower / positive.upper),
      .claim = choice.artifact.claim};
}

void run_search(const SearchOptions& options) {
  const Kind kind = objective_word(options.objective);
  check_output(options);
  check_together(options);
  SignOptions sign = options.sign;
  sign.plan.shows_latency = true;
  const SignRequest request = sign_request(kind, sign);
  Identity identity{.name = "choice", .request = {.command = "search", .options = {}}};
  identity.request.options.push_back({"objective", {name_of(kind)}});
  record(options.sign, identity.request);
  DegreeChoice choice(request, identity);
  if (options.explain) {
    const Explanation explanation = choice.explanation();
    write_output(explanation.text);
    if (!explanation.feasible) choice.fail();
    return;
  }
  if (options.pareto) identity.request.options.push_back({"pareto", {}});
  SearchFront front{.function = function_text(request),
                    .meets_error = request.error.has_value(),
                    .request = identity.request,
                    .latency_unit = options.sign.plan.model.empty()
                                        ? "counts of transforms"
                                        : "units of " + file_name_of(options.sign.plan.model),
                    .remark = options.pareto ? "errors measured, costs by the planner's stages"
                                             : "error proved, costs of the plan"};
  if (options.pareto) {
    front.rows = choice.front();
  } else {
    front.rows.push_back(row_of(choice.best()));
  }
  if (!options.output.empty()) {
    const bool json = extension_of(options.output) == ".json";
    write_file(options.output, json ? to_json_text(front) : to_svg(front));
  }
  if (options.json) {
    write_output(to_json_text(front));
  } else if (options.output.empty()) {
    write_output(front_table(front));
  }
}

}  // namespace

void add_search_command(Commands& commands) {
  auto options = std::make_shared<SearchOptions>();
  const Command command =
      commands.add("search", "which degrees meet a need, and what other choices there are");
  command
      .add_option("--objective", options->objective,
                  "sign, step or compare (with --gap and --error), relu, abs, max or min (with "
                  "--bits)")
      .type_name("FUNCTION")
      .required();
  command
      .add_option("--gap", options->sign.gap,
                  "of sign, step and compare: approximated for gap * range <= |x| <= range")
      .type_name("NUMBER");
  command.add_option("--error", options->sign.error, "the error is at most this")
      .type_name("NUMBER");
  command
      .add_option("--bits", options->sign.bits,
                  "the error is at most 2^-BITS, of relu and its kin times the range")
      .type_name("BITS");
  add_sign_options(command, options->sign);
  add_plan_options(command, options->sign.plan);
  command.add_flag("--pareto", options->pareto,
                   "all choices that no other beats in levels, key switches and latency; without "
                   "an error to meet, also in accuracy");
  command.add_flag("--explain", options->explain,
                   "what is to be had, what stands in the way of less, and the nearest requests "
                   "that can be met");
  command.add_flag("--json", options->json, "JSON on standard output instead of a table");
  command
      .add_option("-o,--output", options->output,
                  "write the choices as JSON (FILE.json) or as a picture (FILE.svg)")
      .type_name("FILE");
  command.footer(
      "The best choice is composed, proved and planned before it is shown; of all choices "
      "(--pareto) "
      "each is\nsolved again, and costs are those that the planner has for each stage by itself. "
      "Searched "
      "are compositions\nof sign and single polynomials of the function itself (\"direct\", where "
      "relu's degree is even), those\nof the degrees that the planner's table has. For sign the "
      "choice is the best of them all, by these\ncosts; for relu the best of the compositions that "
      "the search evaluates, which agrees with exhaustion\nwhere that was tried.\n\n"
      "Examples:\n"
      "  equiripple search --objective relu --bits 13 --pareto\n"
      "  equiripple search --objective sign --gap 2^-20 --error 2^-20 --pareto -o choices.svg\n"
      "  equiripple search --objective relu --bits 13 --max-levels 11 --explain\n"
      "  equiripple search --objective relu --max-levels 10 --pareto --json\n");
  command.runs([options] { run_search(*options); });
}

}  // namespace equiripple
