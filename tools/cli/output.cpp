// Output options, checked before the work and used after it.
#include "tools/cli/output.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/json.hpp"
#include "emit/legible.hpp"
#include "emit/make/phase.hpp"
#include "emit/request/stage_problem.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/manual/terminal.hpp"

namespace equiripple {
namespace {

void check_header(const Request& request) {
  const auto* polynomial = std::get_if<PolynomialRequest>(&request.posed);
  if (polynomial != nullptr && polynomial->form.bits > CoefficientForm{}.bits) {
    wrong_word("--coefficient-bits",
               fmt::format(" '{}': a C++ header carries at most 53 bits; write "
                           "an artifact (.json)",
                           polynomial->form.bits));
  }
}

}  // namespace

void add_output_options(const Command& command, OutputOptions& options) {
  command
      .add_option("-o,--output", options.path,
                  "write a C++ header (FILE.hpp) or an artifact (FILE.json) instead of a summary")
      .type_name("FILE");
  command
      .add_option("--name", options.name,
                  "the C++ namespace of the function; default: the stem of FILE")
      .type_name("IDENTIFIER");
  command.add_flag(
      "--check", options.check,
      "look at the request alone: exit status 0 where it could be tried, 2 where it is "
      "wrong");
}

void require_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder)) {
    machine_failed(
        fmt::format("cannot write '{}': there is no folder '{}'", path, folder.string()));
  }
}

void make_output_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!std::filesystem::is_directory(path)) {
    machine_failed(fmt::format("--out-dir '{}': the folder cannot be made: {}", path,
                               error ? error.message() : "another file is there"));
  }
}

std::string checked_name(const OutputOptions& options, const Request& request) {
  std::string name = options.name;
  if (!options.path.empty()) {
    const std::string extension = extension_of(options.path);
    if (extension != ".hpp" && extension != ".json") {
      wrong_request(
          fmt::format("-o '{}': the file must end in .hpp (a C++ header) or .json (an "
                      "artifact)",
                      options.path));
    }
    if (extension == ".hpp") check_header(request);
    require_folder(options.path);
    if (name.empty()) name = stem_of(options.path);
  }
  if (name.empty()) return "approximation";
  if (const std::string defect = defect_of_name(name); !defect.empty()) {
    if (!options.name.empty()) wrong_word("--name", fmt::format(" '{}': {}", name, defect));
    wrong_request(fmt::format("-o '{}': {}; give another with --name", name, defect));
  }
  return name;
}

void require_made(const Made& made) {
  if (!made.is_made()) throw Failure(made.refusal());
}

void remark(const std::string& sentence) {
  fmt::print(stderr, "equiripple: {}\n", legible(sentence));
}

std::string file_text(const Artifact& artifact, const std::string& ending) {
  if (ending == ".json") return to_json_text(artifact);
  if (const std::string why = obstacle_to_cpp(artifact); !why.empty()) {
    cannot_be_met(fmt::format("{}; this one is of degree {}", why,
                              artifact.stages.front().polynomial.degree()));
  }
  return to_cpp(artifact);
}

void deliver(const Artifact& artifact, const OutputOptions& options) {
  const InPhase phase(Phase::output);
  if (options.path.empty()) {
    write_output(summary_for(stdout, summary(artifact, settings_of(artifact))));
  } else {
    write_file(options.path, file_text(artifact, extension_of(options.path)));
  }
}

}  // namespace equiripple
