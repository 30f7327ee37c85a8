// equiripple parameters: from a file and a precision to scale, primes, digits of key switching
// and ring dimension.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/request/words.hpp"
#include "emit/simulate/proposal.hpp"
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

SimulatedLibrary library_word(const std::string& word) {
  if (word == "seal") return SimulatedLibrary::seal;
  if (word == "openfhe") return SimulatedLibrary::openfhe;
  wrong_word("--library", fmt::format(" {}: must be seal or openfhe", shown(word)));
}

Json json_of(const DigitChoice& choice) {
  return {{"digits", choice.switching.digits},
          {"special_primes", choice.switching.special_primes},
          {"modulus_bits", choice.modulus_bits},
          {"log2_ring", choice.log2_ring},
          {"cost", choice.cost}};
}

Json json_of(const ParameterProposal& proposal) {
  Json json = {{"log2_scale", proposal.chain.log2_scale},
               {"first_prime_bits", proposal.chain.first_bits},
               {"levels", proposal.chain.levels},
               {"special_prime_bits", KeySwitching::special_bits},
               {"bits", proposal.bits},
               {"usual", json_of(proposal.usual)}};
  json.update(json_of(proposal.choice));
  json["choices"] = Json::array();
  for (const DigitChoice& choice : proposal.choices) json["choices"].push_back(json_of(choice));
  return json;
}

// "3 digits: 1011 bits in all, ring 2^16, 1.52 times the time"
std::string beside(const DigitChoice& other, const DigitChoice& chosen) {
  return fmt::format("{} digits: {} bits in all, ring 2^{}, {} times the time (modelled)",
                     other.switching.digits, other.modulus_bits, other.log2_ring,
                     fixed_decimal(other.cost / chosen.cost, 2, Rounding::nearest));
}

// What was chosen, and beside it what OpenFHE would take by itself, or the next best.
std::string key_switching_of(const ParameterProposal& proposal, SimulatedLibrary library) {
  if (library == SimulatedLibrary::seal) return "a digit for each prime, as always with SEAL";
  const DigitChoice& chosen = proposal.choice;
  const bool is_usual = chosen.switching == proposal.usual.switching;
  const std::string text =
      fmt::format("{} digits{}", chosen.switching.digits,
                  is_usual ? ", as OpenFHE takes by itself: no others save a twentieth of the time"
                           : " (SetNumLargeDigits): the least time");
  const DigitChoice* next = nullptr;
  for (const DigitChoice& each : proposal.choices) {
    if (each.switching == chosen.switching) continue;
    if (next == nullptr || each.cost < next->cost) next = &each;
  }
  if (!is_usual) next = &proposal.usual;
  if (next == nullptr) return text;
  return fmt::format("{}\n                  {}{}", text, is_usual ? "" : "by itself ",
                     beside(*next, chosen));
}

void run_parameters(const ParameterOptions& options) {
  constexpr int most_bits = 50;
  constexpr int most_levels_after = 100;
  ParameterWish wish;
  wish.bits = bits_word("--bits", options.bits, most_bits);
  wish.levels_after = whole_word("--levels-after", options.levels_after, 0, most_levels_after);
  wish.library = library_word(options.library);
  const Artifact artifact = read_artifact(options.file);
  if (!artifact.plan) wrong_request(fmt::format("{}: has no plan", shown(options.file)));
  const ParameterProposal proposal = required(propose_parameters(artifact, wish));
  if (options.json) {
    write_output(json_of(proposal).dump(2) + "\n");
    return;
  }
  const ModulusChain& chain = proposal.chain;
  write_output(fmt::format(
      "{}: {} bits on ciphertexts\n"
      "  ring dimension  2^{} (the smallest at 128-bit security)\n"
      "  scale           2^{}\n"
      "  primes          {} bits, {} x {} bits, {} x {} bits for key switching; {} bits in all\n"
      "  key switching   {}\n"
      "  levels          {}, of which {} remain\n",
      artifact.name, fixed_decimal(proposal.bits, 1, Rounding::down), proposal.choice.log2_ring,
      chain.log2_scale, chain.first_bits, chain.levels, chain.log2_scale,
      proposal.choice.switching.special_primes, KeySwitching::special_bits,
      proposal.choice.modulus_bits, key_switching_of(proposal, wish.library), chain.levels,
      wish.levels_after));
}

}  // namespace

void add_parameters_command(Commands& commands) {
  auto options = std::make_shared<ParameterOptions>();
  const Command command = commands.add(
      "parameters",
      "scale, primes, digits of key switching and ring dimension for a file and a precision on "
      "ciphertexts");
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
  command
      .add_option("--library", options->library, "seal or openfhe: whose noise and key switching")
      .type_name("NAME")
      .shows_default();
  command.add_flag("--json", options->json, "as JSON");
  command.footer(
      "Examples:\n"
      "  equiripple parameters relu.hpp --bits 12 --levels-after 3\n");
  command.runs([options] { run_parameters(*options); });
}

}  // namespace equiripple
