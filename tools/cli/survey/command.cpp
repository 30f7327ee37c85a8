// equiripple survey
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

#include "tools/cli/approximate/samples.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/plan/options.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/survey/page.hpp"
#include "tools/cli/survey/survey.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct SurveyOptions {
  std::string activation;
  std::string range;
  std::string data;
  std::string ckks = "logN=15,scale=2^40";
  PlanOptions plan{.shows_latency = true};
  bool json = false;
  std::string output;
};

SurveyRequest survey_request(const SurveyOptions& options) {
  SurveyRequest request{
      .activation = options.activation, .range = tidy(options.range), .data = options.data};
  const Rational range = number_word("--range", options.range);
  if (range <= 0) wrong_request(fmt::format("--range '{}': must be above 0", options.range));
  const Domain domain{{-range, range}};
  static_cast<void>(problem_of(
      function_word("--activation", activation_function(options.activation)), {}, domain));
  static_cast<void>(ckks_word("--ckks", options.ckks));
  if (!options.data.empty()) request.samples = samples_word("--data", options.data, domain);
  request.plan = plan_settings(options.plan);
  return request;
}

void check_output(const std::string& path) {
  if (path.empty()) return;
  const std::string extension = extension_of(path);
  if (extension != ".html" && extension != ".svg" && extension != ".json") {
    wrong_request(fmt::format("-o '{}': the file must end in .html, .svg or .json", path));
  }
  require_folder(path);
}

std::string content_for(const std::string& path, const Survey& survey) {
  const std::string extension = extension_of(path);
  if (extension == ".html") return survey_page(survey);
  if (extension == ".svg") return survey_svg(survey);
  return survey_json(survey).dump(2) + "\n";
}

void run_survey(const SurveyOptions& options) {
  check_output(options.output);
  const SurveyRequest request = survey_request(options);
  Progress progress;
  const Survey survey =
      make_survey(request, options.ckks, [&](const std::string& name) { progress.show(name); });
  if (!options.output.empty()) write_file(options.output, content_for(options.output, survey));
  if (options.json) {
    write_output(survey_json(survey).dump(2) + "\n");
  } else if (options.output.empty()) {
    write_output(survey_table(survey));
  }
}

}  // namespace

void add_survey_command(Commands& commands) {
  auto options = std::make_shared<SurveyOptions>();
  const Command command = commands.add(
      "survey", "all methods for an activation side by side: errors, costs, bits on ciphertexts");
  command
      .add_option("--activation", options->activation,
                  "relu, or another function: a name (sigmoid, tanh, gelu, silu, ...) or an "
                  "expression in x")
      .type_name("NAME")
      .required();
  command.add_option("--range", options->range, "|x| is at most this")
      .type_name("NUMBER")
      .required();
  command
      .add_option("--data", options->data,
                  "a text file of numbers: values of x that are met. The root mean square of the "
                  "error is over them, and least squares are also taken at them")
      .type_name("FILE");
  command
      .add_option("--ckks", options->ckks, "parameters of the simulation; default " + options->ckks)
      .type_name("PARAMETERS");
  add_plan_options(command, options->plan);
  command.add_flag("--json", options->json, "as JSON");
  command
      .add_option("-o,--output", options->output,
                  "a page with pictures (FILE.html), the error curves (FILE.svg) or FILE.json")
      .type_name("FILE");
  command.footer(
      "Examples:\n"
      "  equiripple survey --activation relu --range 16\n"
      "  equiripple survey --activation relu --range 16 --data activations.txt -o survey.html\n"
      "  equiripple survey --activation sigmoid --range 8 --json\n");
  command.runs([options] { run_survey(*options); });
}

}  // namespace equiripple
