// equiripple search
#include <fmt/format.h>

#include <memory>

#include "emit/make/search.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/typed_words.hpp"

namespace equiripple {
namespace {

struct SearchOptions {
  TypedWords words;
  bool explain = false;
  bool json = false;
  std::string output;
};

void check_output(const SearchOptions& options, const std::string& objective) {
  if (options.output.empty()) return;
  const std::string extension = extension_of(options.output);
  if (extension == ".json" || extension == ".svg") return require_folder(options.output);
  wrong_request(fmt::format(
      "-o '{}': the file must end in .json or .svg; for a header or an artifact say equiripple {} "
      "instead of search --objective {}",
      options.output, objective, objective));
}

void check_together(const SearchOptions& options, const RequestRecord& words) {
  if (!options.explain) return;
  if (has_option(words, "pareto")) wrong_word("--explain", " and --pareto: give one of them");
  if (options.json || !options.output.empty()) {
    wrong_word("--explain", ": is text on standard output, without --json and -o");
  }
}

void run_search(const SearchOptions& options) {
  const RequestRecord words{.command = "search", .options = options.words.options()};
  check_output(options, words.options.front().values.front());
  check_together(options, words);
  Progress progress;
  const Observer observer = progress.observer();
  const Observed observed(observer);
  Search search = required(Search::of(words.options, read_file));
  if (options.explain) {
    const Explanation explanation = required(search.explanation());
    write_output(explanation.text);
    if (!explanation.feasible) throw Failure(search.nothing_found());
    return;
  }
  const SearchFront front = required(search.front());
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
  const CommandRow& row = search_command();
  const Command command = commands.add(row.name, row.help);
  options->words.declare(command, row);
  command.add_flag("--explain", options->explain,
                   "what is to be had, what stands in the way of less, and the nearest requests "
                   "that can be met");
  command.add_flag("--json", options->json, "JSON on standard output instead of a table");
  command
      .add_option("-o,--output", options->output,
                  "write the choices as JSON (FILE.json) or as a picture (FILE.svg)")
      .type_name("FILE");
  command.footer(row.footer);
  command.runs([options] { run_search(*options); });
}

}  // namespace equiripple
