// Encrypted evaluation side by side: equiripple's plans on its runtime against what users of
// OpenFHE and SEAL have today, alternately in one process, with equal ring, primes and keys.
//
//   equiripple-bench-encrypted [--ring 14] [--scale 50] [--levels 16] [--repeats 5]
//                              [--only ReLU] [--separate] [--json FILE]
//   equiripple-bench-encrypted --inputs 4        one input, and four, by the ways to use the cores
//
// Twice: from equal levels, and each from the levels that it consumes, as in an application whose
// chain is as long as it must be. Process time, one core: OpenFHE's threads are set to one. The
// security of the parameters is not looked at; a chain of 18 primes of 50 bits needs ring 2^16 for
// 128 bits, for both sides.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "contest.hpp"
#include "ways.hpp"

using namespace equiripple::bench;

namespace {

void print_table(const std::vector<Score>& scores) {
  fmt::print(
      "| library | function | contestant | from level | levels | key switches | ms | ratio | bits "
      "| peak MB |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Score& score : scores) {
    fmt::print("| {} | {} | {} | {} | {} | {} | {:.0f} | {:.2f} | {:.1f} | {:.0f} |\n",
               score.library, score.subject, score.contestant, score.input_level, score.levels,
               score.key_switches, score.milliseconds, score.ratio, score.bits,
               score.peak_megabytes);
  }
}

nlohmann::json json_of(const std::vector<Score>& scores, const Parameters& parameters) {
  nlohmann::json rows = nlohmann::json::array();
  for (const Score& score : scores) {
    rows.push_back({{"library", score.library},
                    {"function", score.subject},
                    {"contestant", score.contestant},
                    {"input_level", score.input_level},
                    {"levels", score.levels},
                    {"key_switches", score.key_switches},
                    {"milliseconds", score.milliseconds},
                    {"ratio", score.ratio},
                    {"bits", score.bits},
                    {"peak_megabytes", score.peak_megabytes}});
  }
  return {{"log2_ring", parameters.log2_ring}, {"log2_scale", parameters.log2_scale},
          {"levels", parameters.levels},       {"repeats", parameters.repeats},
          {"separate", parameters.separate},   {"scores", rows}};
}

void time_all_ways(const Parameters& parameters, int inputs) {
#ifdef EQUIRIPPLE_HAS_OPENFHE
  openfhe_ways(parameters, inputs);
#endif
#ifdef EQUIRIPPLE_HAS_SEAL
  seal_ways(parameters, inputs);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  Parameters parameters;
  std::string json_file;
  int inputs = 0;
  CLI::App app("Encrypted evaluation, side by side");
  app.add_option("--ring", parameters.log2_ring, "log2 of the ring dimension")
      ->check(CLI::Range(12, 16));
  app.add_option("--scale", parameters.log2_scale, "bits of the primes")->check(CLI::Range(30, 55));
  app.add_option("--levels", parameters.levels, "of the chain of moduli")
      ->check(CLI::Range(16, 30));
  app.add_option("--repeats", parameters.repeats, "timed runs of each")->check(CLI::Range(1, 100));
  app.add_option("--only", parameters.only, "what the name holds: ReLU, 'SEAL, sign'");
  app.add_flag("--separate", parameters.separate,
               "against the same plans with key switches and rescalings apart");
  app.add_option("--inputs", inputs, "wall time of so many, in threads, instead of the contest")
      ->check(CLI::Range(1, 100));
  app.add_option("--json", json_file, "also write the scores to a file");
  CLI11_PARSE(app, argc, argv);

  if (inputs > 0) {
    time_all_ways(parameters, inputs);
    return 0;
  }
  std::vector<Score> scores;
#ifdef EQUIRIPPLE_HAS_OPENFHE
  for (Score& score : openfhe_scores(parameters)) scores.push_back(std::move(score));
#endif
#ifdef EQUIRIPPLE_HAS_SEAL
  for (Score& score : seal_scores(parameters)) scores.push_back(std::move(score));
#endif
  print_table(scores);
  if (!json_file.empty()) {
    std::ofstream file(json_file);
    file << json_of(scores, parameters).dump(2) << '\n';
    if (!file.flush()) {
      fmt::print(stderr, "{} cannot be written\n", json_file);
      return 5;
    }
  }
  return 0;
}
