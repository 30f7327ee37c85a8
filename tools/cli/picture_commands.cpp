// equiripple plot, report
#include <fmt/format.h>

#include <memory>

#include "emit/failure.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/picture/error_curves.hpp"
#include "tools/picture/report.hpp"

namespace equiripple {
namespace {

struct PictureOptions {
  std::string file;
  std::string output;
};

void check_output(const std::string& path, const std::string& extension) {
  if (extension_of(path) != extension) {
    wrong_request(fmt::format("-o '{}': the file must end in {}", path, extension));
  }
  require_folder(path);
}

void add_picture_command(Commands& commands, const char* name, const char* help,
                         const std::string& extension, std::string (*content)(const Artifact&)) {
  auto options = std::make_shared<PictureOptions>();
  const Command command = commands.add(name, help);
  command.add_option("FILE", options->file, file_help).required();
  command.add_option("-o,--output", options->output, "the picture: OUT" + extension)
      .type_name("OUT")
      .required();
  command.footer(fmt::format("Examples:\n  equiripple {} relu.hpp -o relu{}\n", name, extension));
  command.runs([options, extension, content] {
    check_output(options->output, extension);
    const Artifact artifact = read_artifact(options->file);
    if (is_of_slots(artifact.kind)) {
      wrong_request(fmt::format("{}: a function of many slots is no curve", options->file));
    }
    write_file(options->output, content(artifact));
  });
}

}  // namespace

void add_picture_commands(Commands& commands) {
  add_picture_command(commands, "plot", "the error as curves, stage by stage, with its bounds",
                      ".svg",
                      [](const Artifact& artifact) { return to_svg(error_charts(artifact)); });
  add_picture_command(commands, "report",
                      "a page about a file: claims, curves, stages, plan, costs beside others",
                      ".html", report_page);
}

}  // namespace equiripple
