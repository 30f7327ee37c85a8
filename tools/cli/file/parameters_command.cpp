// equiripple parameters: from a file and a precision to scale, primes and ring dimension.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/request/words.hpp"
#include "emit/simulate/ckks.hpp"
#include "generator/numbers/power.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/files.hpp"

namespace equiripple {
namespace {

struct ParameterOptions {
  std::string file;
  std::string bits;
  std::string levels_after = "0";
  std::string library = "openfhe";
  bool json = false;
};

// The largest log2 of the whole modulus at 128-bit security (classical), for a ternary secret: the
// homomorphic encryption standard [HES18, table 1] up to 2^15, from there OpenFHE's extension.
struct SecurityRow {
  int log2_ring;
  int modulus_bits;
};
constexpr std::array security_table = {
    SecurityRow{10, 27},  SecurityRow{11, 54},  SecurityRow{12, 109},  SecurityRow{13, 218},
    SecurityRow{14, 438}, SecurityRow{15, 881}, SecurityRow{16, 1747}, SecurityRow{17, 3523}};

constexpr int first_prime_bits = 60;    // what is left in the end: room above every scale
constexpr int special_prime_bits = 60;  // of key switching, one digit a prime
constexpr int smallest_scale = 30;      // chosen: below there are too few primes
constexpr int largest_scale = 58;       // chosen: the first prime holds two bits more

struct Proposal {
  CkksParameters ckks;
  int levels = 0;  // rescalings: the plan's, with what comes after
  int modulus_bits = 0;
  double bits = 0;  // of precision
};

int modulus_bits_of(int log2_scale, int levels) {
  return first_prime_bits + levels * log2_scale + special_prime_bits;
}

// The smallest ring that holds it securely.
std::optional<Proposal> proposal_at(const Artifact& artifact, CkksParameters ckks,
                                    int levels_after) {
  for (const SecurityRow& row : security_table) {
    if (row.log2_ring < 12) continue;  // no chain of two primes fits
    ckks.log2_ring = row.log2_ring;
    const int levels = levels_on_ciphertexts(artifact, ckks) + levels_after;
    const int modulus_bits = modulus_bits_of(ckks.log2_scale, levels);
    if (modulus_bits > row.modulus_bits) continue;
    const SimulatedNoise noise = simulated_noise(artifact, ckks);
    return Proposal{ckks, levels, modulus_bits, surviving_bits(artifact, noise)};
  }
  return std::nullopt;
}

void run_parameters(const ParameterOptions& options) {
  constexpr int most_bits = 50;
  constexpr int most_levels_after = 100;
  const Rational wish = bits_word("--bits", options.bits, most_bits);
  const double bits = to_double(wish, Rounding::up);
  const int levels_after = whole_word("--levels-after", options.levels_after, 0, most_levels_after);
  if (options.library != "seal" && options.library != "openfhe") {
    wrong_request(fmt::format("--library {}: must be seal or openfhe", shown(options.library)));
  }
  const Artifact artifact = read_artifact(options.file);
  if (!artifact.plan) wrong_request(fmt::format("{}: has no plan", shown(options.file)));
  if (artifact.claim.error.upper >= power_of_two_below(-wish)) {
    cannot_be_met(fmt::format("--bits {}: the approximation itself has {} bits", options.bits,
                              log2_text(1 / artifact.claim.error.upper, 1, Rounding::down)));
  }
  CkksParameters ckks;
  ckks.library = options.library == "seal" ? SimulatedLibrary::seal : SimulatedLibrary::openfhe;
  std::optional<Proposal> best;
  for (ckks.log2_scale = smallest_scale; ckks.log2_scale <= largest_scale; ++ckks.log2_scale) {
    std::optional<Proposal> proposal = proposal_at(artifact, ckks, levels_after);
    if (!proposal) continue;
    if (!best || proposal->bits > best->bits) best = proposal;
    if (best->bits >= bits) break;
  }
  if (!best || best->bits < bits) {
    cannot_be_met(fmt::format("--bits {}: at 128-bit security the best is {}", options.bits,
                              best ? fmt::format("{} bits, at scale 2^{} in ring 2^{}",
                                                 fixed_decimal(best->bits, 1, Rounding::down),
                                                 best->ckks.log2_scale, best->ckks.log2_ring)
                                   : "nothing: so many levels fit no ring up to 2^17"));
  }
  if (options.json) {
    const Json json = {{"log2_ring", best->ckks.log2_ring},
                       {"log2_scale", best->ckks.log2_scale},
                       {"first_prime_bits", first_prime_bits},
                       {"levels", best->levels},
                       {"special_prime_bits", special_prime_bits},
                       {"modulus_bits", best->modulus_bits},
                       {"bits", best->bits}};
    write_output(json.dump(2) + "\n");
    return;
  }
  write_output(fmt::format(
      "{}: {} bits on ciphertexts\n"
      "  ring dimension  2^{} (the smallest at 128-bit security)\n"
      "  scale           2^{}\n"
      "  primes          {} bits, {} x {} bits, {} bits for key switching; {} bits in all\n"
      "  levels          {}, of which {} remain\n",
      artifact.name, fixed_decimal(best->bits, 1, Rounding::down), best->ckks.log2_ring,
      best->ckks.log2_scale, first_prime_bits, best->levels, best->ckks.log2_scale,
      special_prime_bits, best->modulus_bits, best->levels, levels_after));
}

}  // namespace

void add_parameters_command(Commands& commands) {
  auto options = std::make_shared<ParameterOptions>();
  const Command command = commands.add(
      "parameters", "scale, primes and ring dimension for a file and a precision on ciphertexts");
  command.add_option("FILE", options->file, file_help).required();
  command
      .add_option("--bits", options->bits,
                  "that shall survive: the approximation's error and the noise together")
      .type_name("N")
      .required();
  command
      .add_option("--levels-after", options->levels_after,
                  "levels that the application needs besides")
      .type_name("N")
      .shows_default();
  command.add_option("--library", options->library, "seal or openfhe: whose noise")
      .type_name("NAME")
      .shows_default();
  command.add_flag("--json", options->json, "as JSON");
  command.footer(
      "Examples:\n"
      "  equiripple parameters relu.hpp --bits 12 --levels-after 3\n");
  command.runs([options] { run_parameters(*options); });
}

}  // namespace equiripple
