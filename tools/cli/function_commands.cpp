// equiripple minimax, approximate, mod1, sign, ..., fit: every command that makes a function.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "emit/hexfloat.hpp"
#include "emit/make/make.hpp"
#include "emit/makes.hpp"
#include "emit/request/pieces.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/typed_words.hpp"

namespace equiripple {
namespace {

struct FunctionOptions {
  std::string command;
  TypedWords words;
  OutputOptions output;
  std::vector<std::string> pieces;  // each a function of its own: no option of a request
  bool explain = false;
};

struct Piece {
  Request request;
  OutputOptions output;
  std::string name;
};

// Of several pieces the second is gelu_2, in gelu_2.hpp.
OutputOptions numbered(OutputOptions output, std::size_t number) {
  const std::string ending = "_" + std::to_string(number);
  if (!output.name.empty()) output.name += ending;
  if (!output.path.empty()) {
    const std::filesystem::path path = output.path;
    output.path =
        (path.parent_path() / (path.stem().string() + ending + path.extension().string())).string();
  }
  return output;
}

// All is checked before anything is computed, and computed before anything is written.
void run_function(const FunctionOptions& options) {
  RequestRecord words{options.command, options.words.options()};
  if (!options.pieces.empty()) words.options.push_back({"piece", options.pieces});
  const auto records = pieces_of(words);
  std::vector<Piece> pieces;
  for (const RequestRecord& record : records) {
    const OutputOptions output =
        records.size() == 1 ? options.output : numbered(options.output, pieces.size() + 1);
    Request request = required(request_of(record, read_file));
    std::string name = checked_name(output, request);
    pieces.push_back({std::move(request), output, std::move(name)});
  }
  if (options.output.check) return;
  std::vector<Made> made;
  for (const Piece& piece : pieces) {
    made.push_back(make(piece.request, piece.name, Progress().observer()));
    require_made(made.back());
  }
  Rational largest = 0;
  for (std::size_t i = 0; i < made.size(); ++i) {
    deliver(*made[i].artifact, pieces[i].output);
    if (options.output.path.empty() || options.explain) write_output(made[i].neighbours());
    if (!made[i].remark.empty()) remark(made[i].remark);
    largest = std::max(largest, made[i].artifact->claim.error.upper);
  }
  if (made.size() > 1) {
    remark(
        fmt::format("on all {} pieces the error is at most {}", made.size(), size_text(largest)));
  }
}

}  // namespace

void add_function_commands(Commands& commands) {
  for (const CommandRow& row : request_commands()) {
    auto options = std::make_shared<FunctionOptions>();
    options->command = row.name;
    const Command command = commands.add(row.name, row.help);
    options->words.declare(command, row);
    add_output_options(command, options->output);
    if (tries_forms(row.name)) {
      command.add_flag("--explain", options->explain, "list what else was tried, with -o as well");
    }
    if (row.name == "approximate") {
      command
          .add_option("--piece", options->pieces,
                      "given: in place of --domain and --coefficients, for a table in pieces; "
                      "repeat. Each is a function of its own: NAME_1, NAME_2, ..., as is its file")
          .type_name("'[a,b]: LIST|FILE'")
          .repeated();
    }
    command.footer(row.footer);
    command.runs([options] { run_function(*options); });
  }
}

}  // namespace equiripple
