// equiripple generate
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <thread>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/generate/depfile.hpp"
#include "tools/cli/generate/generate.hpp"
#include "tools/cli/output.hpp"

namespace equiripple {
namespace {

struct GenerateOptions {
  std::string file;
  std::string folder;
  std::string jobs;
  std::string shard;
  std::string cache;
  std::string depfile;
  bool list = false;
  bool quiet = false;
};

constexpr int most_jobs = 200;  // chosen

int jobs_word(const std::string& word) {
  if (!word.empty()) return whole_word("--jobs", word, 1, most_jobs);
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_jobs);
}

Shard shard_word(const std::string& word) {
  constexpr int most_shards = 10'000;
  if (word.empty()) return {};
  const std::size_t slash = word.find('/');
  if (slash == std::string::npos) {
    wrong_word("--shard",
               fmt::format(" {}: must be i/n, as 1/4 for the first of four", shown(word)));
  }
  Shard shard;
  shard.count = whole_word("--shard", word.substr(slash + 1), 1, most_shards);
  shard.number = whole_word("--shard", word.substr(0, slash), 1, shard.count);
  return shard;
}

// The stamp that the dependencies are those of: "app.stamp" of "app.stamp.d".
std::string target_of(const std::string& depfile) {
  if (!depfile.ends_with(".d") || depfile.size() == 2) {
    wrong_word("--depfile",
               fmt::format(" '{}': must end in .d; the name without .d is the target", depfile));
  }
  require_folder(depfile);
  return depfile.substr(0, depfile.size() - 2);
}

void list(const Spec& spec) {
  std::string names;
  for (const SpecFunction& function : spec.functions) names += function.file + "\n";
  write_output(names);
}

void write_depfile(const std::string& path, const Spec& spec) {
  std::vector<std::string> inputs = {spec.path};
  for (const SpecFunction& function : spec.functions) {
    inputs.insert(inputs.end(), function.inputs.begin(), function.inputs.end());
  }
  std::sort(inputs.begin() + 1, inputs.end());
  inputs.erase(std::unique(inputs.begin() + 1, inputs.end()), inputs.end());
  write_file(path, depfile_text(target_of(path), inputs));
}

void run_generate(const GenerateOptions& options) {
  if (options.list) {
    list(read_spec(options.file));
    return;
  }
  if (options.folder.empty()) wrong_word("--out-dir", " is missing: the folder for the files");
  GenerateRequest request{.spec = {},
                          .folder = options.folder,
                          .cache = {},
                          .shard = shard_word(options.shard),
                          .jobs = jobs_word(options.jobs),
                          .quiet = options.quiet};
  if (!options.depfile.empty()) static_cast<void>(target_of(options.depfile));
  request.spec = read_spec(options.file);
  make_output_folder(options.folder);
  const char* everywhere = std::getenv("EQUIRIPPLE_CACHE");
  const std::string cache =
      options.cache.empty() && everywhere != nullptr ? everywhere : options.cache;
  if (!cache.empty()) request.cache.emplace(cache);
  generate(request);
  if (!options.depfile.empty()) write_depfile(options.depfile, request.spec);
}

}  // namespace

void add_generate_command(Commands& commands) {
  auto options = std::make_shared<GenerateOptions>();
  const Command command = commands.add("generate", "all functions of a TOML file, for builds");
  command.add_option("FILE", options->file, "a table for each function, see below").required();
  command.add_option("--out-dir", options->folder, "where NAME.hpp or NAME.json are written")
      .type_name("DIR");
  command.add_option("--jobs", options->jobs, "functions at a time; default: as many as processors")
      .type_name("N");
  command
      .add_option("--shard", options->shard,
                  "only every N-th function from the I-th on, to split a file among machines")
      .type_name("I/N");
  command
      .add_option("--cache", options->cache,
                  "keep what is made in this folder, and take from it what was made before by "
                  "this binary from the same request and input files; default: the environment's "
                  "EQUIRIPPLE_CACHE, or none")
      .type_name("DIR");
  command
      .add_option("--depfile", options->depfile,
                  "write the files that were read, for Make or Ninja; their target is NAME")
      .type_name("NAME.d");
  command.add_flag("--list", options->list, "only print the names of the files");
  command.add_flag("--quiet", options->quiet, "no line for each function that is done");
  command.footer(
      "FILE holds a table for each function, with its name:\n"
      "  [relu13]\n"
      "  command = \"relu\"          # any command under 'Functions'\n"
      "  bits = 13                 # its options, by their long names\n"
      "  range = \"50\"              # exact numbers as text, or as whole numbers\n"
      "  degrees = [7, 7, 27]\n"
      "  no-absorption = true      # a switch\n"
      "  format = \"json\"           # default: \"hpp\"\n"
      "Floating numbers are taken as they are written. An option that may be repeated takes a\n"
      "list. Files that options name are relative to FILE. All functions are checked before the\n"
      "first is computed; where one cannot be met, the others are made, and the exit status is 3.\n"
      "Examples:\n"
      "  equiripple generate functions.toml --out-dir build/generated\n"
      "  equiripple generate functions.toml --out-dir out --shard 1/4 --cache /var/cache/e\n");
  command.runs([options] { run_generate(*options); });
}

}  // namespace equiripple
