// Output options, checked before the work and used after it.
#include "tools/cli/output.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "emit/cpp_header.hpp"
#include "emit/describe.hpp"
#include "emit/json.hpp"
#include "emit/plan/make_plan.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/legible.hpp"
#include "tools/cli/manual/terminal.hpp"
#include "tools/cli/timing.hpp"

namespace equiripple {
namespace {

thread_local std::string* captured = nullptr;

void hand_over(const std::string& path, const std::string& content) {
  if (captured != nullptr) {
    *captured = content;
  } else {
    write_file(path, content);
  }
}

}  // namespace

CapturedProduct::CapturedProduct() { captured = &text_; }
CapturedProduct::~CapturedProduct() { captured = nullptr; }

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

std::string checked_name(const OutputOptions& options, int highest_stage_degree) {
  std::string name = options.name;
  if (!options.path.empty()) {
    const std::string extension = extension_of(options.path);
    if (extension != ".hpp" && extension != ".json") {
      wrong_request(
          fmt::format("-o '{}': the file must end in .hpp (a C++ header) or .json (an "
                      "artifact)",
                      options.path));
    }
    if (extension == ".hpp" && highest_stage_degree > highest_planned_degree) {
      wrong_request(
          fmt::format("-o '{}': a C++ header needs a plan, which exists for degrees up "
                      "to {}; write an artifact (.json)",
                      options.path, highest_planned_degree));
    }
    require_folder(options.path);
    if (name.empty()) name = stem_of(options.path);
  }
  if (name.empty()) return "approximation";
  if (!is_identifier(name)) {
    wrong_request(
        fmt::format("{} '{}': not an identifier that C++ lets a namespace have (letters, "
                    "digits, single underscores; no keyword or library name){}",
                    options.name.empty() ? "-o" : "--name", name,
                    options.name.empty() ? "; give another with --name" : ""));
  }
  return name;
}

void remark(const std::string& sentence) {
  fmt::print(stderr, "equiripple: {}\n", legible(sentence));
}

void deliver(const Artifact& artifact, const OutputOptions& options) {
  const InPhase phase(Phase::output);
  if (options.path.empty()) {
    write_output(summary_for(stdout, summary(artifact)));
  } else if (extension_of(options.path) == ".json") {
    hand_over(options.path, to_json_text(artifact));
  } else {
    if (const std::string why = obstacle_to_cpp(artifact); !why.empty()) {
      cannot_be_met(fmt::format("{}; this one is of degree {}", why,
                                artifact.stages.front().polynomial.degree()));
    }
    hand_over(options.path, to_cpp(artifact));
  }
}

}  // namespace equiripple
