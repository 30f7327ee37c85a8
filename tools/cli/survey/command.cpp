// equiripple survey
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

#include "emit/failure.hpp"
#include "emit/survey/survey.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/survey/page.hpp"
#include "tools/cli/typed_words.hpp"

namespace equiripple {
namespace {

struct SurveyOptions {
  TypedWords words;
  bool json = false;
  std::string output;
};

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
  const SurveyRequest request = required(survey_request(options.words.options(), read_file));
  Progress progress;
  const Observer observer = progress.observer();
  const Observed observed(observer);
  const Survey survey = make_survey(request);
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
  const CommandRow& row = survey_command();
  const Command command = commands.add(row.name, row.help);
  options->words.declare(command, row);
  command.add_flag("--json", options->json, "as JSON");
  command
      .add_option("-o,--output", options->output,
                  "a page with pictures (FILE.html), the error curves (FILE.svg) or FILE.json")
      .type_name("FILE");
  command.footer(row.footer);
  command.runs([options] { run_survey(*options); });
}

}  // namespace equiripple
