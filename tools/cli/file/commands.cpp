// equiripple inspect, verify, emit
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

#include "emit/artifact_text.hpp"
#include "emit/compare.hpp"
#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/plan_listing.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/request/words.hpp"
#include "emit/simulate/ckks.hpp"
#include "emit/simulate/execution.hpp"
#include "emit/targets/targets.hpp"
#include "emit/verify/verify.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/manual/terminal.hpp"

namespace equiripple {
namespace {

struct FileOptions {
  std::string file;
  std::string target;
  std::string output;
  bool json = false;
  bool plan = false;
  bool compare = false;
  std::string ckks;
};

// At most one of the forms of `inspect`.
void check_form(const FileOptions& options) {
  std::string chosen;
  int count = 0;
  for (const auto& [flag, given] : {std::pair{"--json", options.json},
                                    {"--plan", options.plan},
                                    {"--compare", options.compare}}) {
    if (!given) continue;
    chosen += (count++ == 0 ? "" : " and ") + std::string(flag);
  }
  if (count > 1) wrong_request(chosen + ": one of them at a time");
}

// What the noise of CKKS leaves, as a line of the summary.
std::string survival(const Artifact& artifact, const std::string& ckks) {
  const CkksParameters parameters = ckks_word("--ckks", ckks);
  const SimulatedNoise noise = required(simulated_noise(artifact, parameters));
  const auto usual = required(noise_at_usual_scales(artifact, parameters));
  return fmt::format(
      "  on ciphertexts  {} bits survive ({}): noise at most 2^{}{}, in the mean 2^{}, "
      "beside the error above; {} levels (simulated)\n",
      fixed_decimal(surviving_bits(artifact, noise), 1, Rounding::down), ckks,
      fixed_decimal(noise.log2_largest, 1, Rounding::up),
      usual ? fmt::format(" (2^{} at the usual scales)",
                          fixed_decimal(usual->log2_largest, 1, Rounding::up))
            : std::string(),
      fixed_decimal(noise.log2_mean_square, 1, Rounding::up),
      levels_on_ciphertexts(artifact, parameters));
}

std::string inspection(const Artifact& artifact, const FileOptions& options) {
  if (options.json && !options.ckks.empty()) {
    Json json = to_json(artifact);
    json["ckks"] = required(simulation_json(artifact, options.ckks));
    return json.dump(2) + "\n";
  }
  if (options.json) return to_json_text(artifact);
  if (options.plan) return plan_listing(artifact);
  if (options.compare) return comparison(artifact);
  return summary_for(stdout,
                     summary(artifact, settings_of(artifact)) + describe_execution(artifact) +
                         (options.ckks.empty() ? std::string() : survival(artifact, options.ckks)));
}

void run_inspect(const FileOptions& options) {
  check_form(options);
  if (!options.ckks.empty()) {
    static_cast<void>(ckks_word("--ckks", options.ckks));  // before the file, as every flag
    if (options.plan || options.compare) wrong_word("--ckks", ": with the summary or --json");
  }
  const Artifact artifact = read_artifact(options.file);
  if (!options.ckks.empty() && !artifact.plan && !is_of_slots(artifact.kind)) {
    wrong_word("--ckks",
               fmt::format(": {} has no plan to run on ciphertexts", file_name_of(options.file)));
  }
  write_output(inspection(artifact, options));
}

std::string target_names() {
  std::vector<std::string> names;
  for (const EmitTarget& target : emit_targets()) names.push_back(target.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

// An ending that another target's files have is a slip.
void check_ending(const std::string& path, const EmitTarget& target) {
  const std::string extension = extension_of(path);
  if (extension == target.ending) return;
  for (const EmitTarget& other : emit_targets()) {
    if (extension != other.ending) continue;
    wrong_request(fmt::format("-o '{}': the file's ending is not that of --target {}, {}", path,
                              target.name, target.ending));
  }
}

void run_emit(const FileOptions& options) {
  const EmitTarget* target = emit_target_named(options.target);
  if (target == nullptr) {
    wrong_word("--target", fmt::format(" '{}': must be one of {}", options.target, target_names()));
  }
  check_ending(options.output, *target);
  const Artifact artifact = read_artifact(options.file);
  if (const std::string why = target->obstacle(artifact); !why.empty()) {
    wrong_word("--target", fmt::format(" {}: {}", target->name, why));
  }
  const std::string content = target->text(artifact);
  if (options.output.empty()) {
    write_output(content);
  } else {
    write_file(options.output, content);
  }
}

void run_verify(const FileOptions& options) {
  const std::string text = read_file(options.file);
  const Artifact artifact = required(artifact_in(text, options.file, Status::claim_fails));
  const Verification found = verify(artifact, text);
  if (const Finding* failure = found.first_failure()) claim_fails(failure->sentence);
  std::string report = fmt::format("{}: {}\n", artifact.name, describe_function(artifact));
  for (const Finding& finding : found.findings) {
    if (!finding.sentence.empty()) report += "  proved  " + finding.sentence + "\n";
  }
  write_output(report);
}

}  // namespace

void add_file_commands(Commands& commands) {
  auto inspect_options = std::make_shared<FileOptions>();
  const Command inspect = commands.add("inspect", "claims, stages, plan and costs of a file");
  inspect.add_option("FILE", inspect_options->file, file_help).required();
  inspect.add_flag("--json", inspect_options->json, "the whole artifact as JSON");
  inspect.add_flag("--plan", inspect_options->plan,
                   "the program for ciphertexts, an operation a line, with depths and costs");
  inspect.add_flag("--compare", inspect_options->compare,
                   "the costs beside those of OpenFHE, Lattigo and FHE-MP-CNN, stage by stage");
  inspect
      .add_option("--ckks", inspect_options->ckks,
                  "also the bits that survive on ciphertexts, by simulation: "
                  "'logN=15,scale=2^40', with ',library=seal' for its lower noise")
      .type_name("PARAMETERS");
  inspect.footer(
      "Examples:\n"
      "  equiripple inspect relu.hpp\n"
      "  equiripple inspect relu.hpp --compare\n"
      "  equiripple inspect relu.hpp --ckks 'logN=15,scale=2^40'\n");
  inspect.runs([inspect_options] { run_inspect(*inspect_options); });

  auto verify_options = std::make_shared<FileOptions>();
  const Command verify = commands.add(
      "verify", "prove the claims of a file again, from its tables and its program alone");
  verify.add_option("FILE", verify_options->file, file_help).required();
  verify.footer(
      "Exit status 4 where a claim is false, or a file is not to the letter what its tables make.\n"
      "Examples:\n"
      "  equiripple verify relu.hpp\n");
  verify.runs([verify_options] { run_verify(*verify_options); });

  auto emit_options = std::make_shared<FileOptions>();
  const Command emit = commands.add("emit", "the same approximation in another form");
  emit.add_option("FILE", emit_options->file, file_help).required();
  std::string targets;
  for (const EmitTarget& target : emit_targets()) {
    targets += fmt::format("{}{} ({})", targets.empty() ? "" : ", ", target.name, target.purpose);
  }
  emit.add_option("--target", emit_options->target, targets).type_name("TARGET").required();
  emit.add_option("-o,--output", emit_options->output, "default: standard output").type_name("OUT");
  emit.footer(
      "Examples:\n"
      "  equiripple emit relu.json --target cpp -o relu.hpp\n"
      "  equiripple emit relu.hpp --target lattigo -o relu.go\n");
  emit.runs([emit_options] { run_emit(*emit_options); });
}

}  // namespace equiripple
