#include "emit/simulate/proposal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "generator/numbers/power.hpp"

namespace equiripple {
namespace {

constexpr int smallest_scale = 30;  // chosen: below there are too few primes
constexpr int largest_scale = 58;   // chosen: the first prime holds two bits more

// What other digits must gain to be chosen over those of the library.
constexpr double model_accuracy = 1.05;  // chosen: the model knows times no better

// A transform of a ring of dimension N takes N log N operations.
double transform_cost(int log2_ring) { return std::ldexp(log2_ring, log2_ring); }

std::optional<DigitChoice> choice_of(const Artifact& artifact, const ModulusChain& chain,
                                     const KeySwitching& switching, SimulatedLibrary library) {
  DigitChoice choice{.switching = switching,
                     .modulus_bits = modulus_bits(chain, switching, library)};
  const std::optional<int> ring = smallest_secure_ring(choice.modulus_bits);
  if (!ring) return std::nullopt;
  choice.log2_ring = *ring;
  CostTable costs = transforms_with(switching);
  costs.levels_after = chain.levels - artifact.plan->costs.levels;
  choice.cost = latency_of(artifact.plan->program, costs) * transform_cost(*ring);
  return choice;
}

// At one scale: the cheapest digits whose ring leaves the bits, or, where none does, the most bits.
Outcome<std::optional<ParameterProposal>> proposal_at(const Artifact& artifact,
                                                      const ParameterWish& wish, int log2_scale,
                                                      double bits) {
  CkksParameters ckks{.log2_scale = log2_scale, .library = wish.library};
  ParameterProposal proposal;
  proposal.chain = {.log2_scale = log2_scale,
                    .levels = levels_on_ciphertexts(artifact, ckks) + wish.levels_after};
  const KeySwitching usual = usual_key_switching(proposal.chain, wish.library);
  std::optional<DigitChoice> as_usual;
  for (const KeySwitching& each : key_switchings(proposal.chain, wish.library)) {
    const auto choice = choice_of(artifact, proposal.chain, each, wish.library);
    if (!choice) continue;
    proposal.choices.push_back(*choice);
    if (each == usual) as_usual = choice;
  }
  if (proposal.choices.empty()) return std::optional<ParameterProposal>();
  std::vector<DigitChoice> by_cost = proposal.choices;
  std::ranges::stable_sort(by_cost, {}, [&](const DigitChoice& each) {
    return each.cost / (each.switching == usual ? model_accuracy : 1);
  });
  std::optional<ParameterProposal> best;
  std::vector<int> rings;  // that were simulated
  for (const DigitChoice& choice : by_cost) {
    if (std::ranges::find(rings, choice.log2_ring) != rings.end()) continue;
    rings.push_back(choice.log2_ring);
    ckks.log2_ring = choice.log2_ring;
    proposal.choice = choice;
    proposal.usual = as_usual.value_or(choice);
    const Outcome<SimulatedNoise> noise = simulated_noise(artifact, ckks);
    if (!noise) return noise.error();
    proposal.bits = surviving_bits(artifact, *noise);
    if (!best || proposal.bits > best->bits) best = proposal;
    if (best->bits >= bits) break;
  }
  return best;
}

}  // namespace

Outcome<ParameterProposal> propose_parameters(const Artifact& artifact, const ParameterWish& wish) {
  if (!artifact.plan) {
    return Refusal{fmt::format("{}: has no plan", artifact.name), Status::wrong_request};
  }
  if (!noise_of(artifact).empty()) {
    return Refusal{
        fmt::format("{}: is refreshed between its stages, so that the chain of moduli is "
                    "that of the bootstrapping, which is not known here",
                    artifact.name),
        Status::wrong_request};
  }
  const std::string named = fmt::format("--bits {}", decimal(wish.bits));
  if (artifact.claim.error.upper >= power_of_two_below(-wish.bits)) {
    return Refusal{fmt::format("{}: the approximation itself has {} bits", named,
                               log2_text(1 / artifact.claim.error.upper, 1, Rounding::down))};
  }
  const double bits = to_double(wish.bits, Rounding::up);
  std::optional<ParameterProposal> best;
  for (int log2_scale = smallest_scale; log2_scale <= largest_scale; ++log2_scale) {
    Outcome<std::optional<ParameterProposal>> proposed =
        proposal_at(artifact, wish, log2_scale, bits);
    if (!proposed) return proposed.error();
    const std::optional<ParameterProposal>& proposal = *proposed;
    if (!proposal) continue;
    if (!best || proposal->bits > best->bits) best = proposal;
    if (best->bits >= bits) return *best;
  }
  return Refusal{fmt::format("{}: at 128-bit security the best is {}", named,
                             best ? fmt::format("{} bits, at scale 2^{} in ring 2^{}",
                                                fixed_decimal(best->bits, 1, Rounding::down),
                                                best->chain.log2_scale, best->choice.log2_ring)
                                  : "nothing: so many levels fit no ring up to 2^17")};
}

}  // namespace equiripple
