// equiripple network
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "emit/failure.hpp"
#include "emit/network/network.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"
#include "tools/network/files.hpp"
#include "tools/network/spec.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

struct NetworkOptions {
  std::string file;
  std::string folder;
  bool json = false;
  bool pareto = false;
};

void write_files(const Network& network, const std::string& folder) {
  for (const NetworkFile& file : network_files(network)) {
    write_file((fs::path(folder) / file.name).string(), file.text);
  }
}

void run_front(const NetworkOptions& options) {
  if (!options.folder.empty()) {
    wrong_word("--out-dir", ": with --pareto nothing is chosen that could be written");
  }
  const NetworkRequest request = read_network(options.file, read_file, /*may_lack_budget=*/true);
  const auto front = required(make_network_front(request, read_file));
  write_output(options.json ? front_json(front).dump(2) + "\n" : front_table(request, front));
}

void run_network(const NetworkOptions& options) {
  Progress progress;
  const Observer observer = progress.observer();
  const Observed observed(observer);
  if (options.pareto) return run_front(options);
  const NetworkRequest request = read_network(options.file, read_file);
  const Network network = required(make_network(request, read_file));
  if (!options.folder.empty()) {
    make_output_folder(options.folder);
    write_files(network, options.folder);
  }
  write_output(options.json ? network_json(network).dump(2) + "\n" : network_table(network));
}

}  // namespace

void add_network_command(Commands& commands) {
  auto options = std::make_shared<NetworkOptions>();
  const Command command = commands.add(
      "network", "a whole network: which polynomial for each activation, and where to refresh");
  command.add_option("FILE", options->file, "the network as TOML, see below").required();
  command
      .add_option("--out-dir", options->folder,
                  "where a header for each distinct function, one that names them by layer, a page "
                  "with pictures and the choice as JSON are written")
      .type_name("DIR");
  command.add_flag("--json", options->json, "JSON on standard output instead of a table");
  command.add_flag("--pareto", options->pareto,
                   "what other budgets of the error would give, in place of one choice");
  command.footer(
      "FILE holds the chain, what is asked for, and the layers in order:\n"
      "  [chain]\n"
      "  levels = 15               # that a refresh (bootstrapping) leaves\n"
      "  start_levels = 15         # of the network's input; default: levels\n"
      "  refresh_from = 0          # the lowest level that can be refreshed\n"
      "  bootstrap_time = 30000    # in the unit of latencies, as time below\n"
      "  bootstrap_noise = \"2^-20\" # bounds what a refresh adds to a value in [-1, 1]\n"
      "  model = \"costs.json\"      # as --model of the functions\n"
      "  [objective]\n"
      "  minimise = \"bootstraps\"   # or \"latency\", the default\n"
      "  bits = 13                 # or error_budget, of the sum of weight * error; or\n"
      "                            # level_budget, of all: the least error\n"
      "  [[layer]]\n"
      "  name = \"conv1\"\n"
      "  function = \"relu\"         # or abs, gelu, silu, an expression in x\n"
      "  range = [\"-3.8\", \"4.2\"]   # or samples = \"values.npy\" (or .csv)\n"
      "  levels = 2                # of the linear part before it; default 1\n"
      "  time = 1000               # likewise; default 0\n"
      "  bits = 12                 # its own\n"
      "  weight = 1                # of its error\n"
      "  input = [\"conv1\", \"conv3\"] # a join, at the lower of their levels;\n"
      "                            # default: the layer above\n"
      "Examples:\n"
      "  equiripple network resnet20.toml --out-dir out\n"
      "  equiripple network resnet20.toml --pareto\n");
  command.runs([options] { run_network(*options); });
}

}  // namespace equiripple
