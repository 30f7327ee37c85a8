#include "emit/simulate/ckks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/plan/operations.hpp"
#include "emit/plan/stage_scales.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/request.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/simulate/slots.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

// Slots of the simulation: the largest of so many errors is that of a ring of dimension 2^13, and
// within half a bit of any other ring's.
constexpr std::size_t slots = 4096;

// What counts as 1: the half width where errors are divided by the range, the function itself (up
// to its own error) where they are relative to it.
double unit_of(const Artifact& artifact, double value) {
  if (artifact.claim.metric == Metric::relative && value != 0) return std::abs(value);
  return to_double(claim_unit(artifact));
}

double half_width_of(const Artifact& artifact) {
  const Interval& basis = artifact.stages.front().polynomial.basis;
  return to_double((basis.upper - basis.lower) / 2);
}

// What a refresh leaves and adds, where there are any: the claim counts its noise, here it has
// none.
Outcome<std::optional<RefreshRequest>> refresh_of(const Artifact& artifact) {
  if (noise_of(artifact).empty()) return std::optional<RefreshRequest>();
  const Outcome<PosedRequest> posed = posed_of(artifact);
  if (!posed) return posed.error();
  return refresh_of(*posed);
}

// Of a and b with a - b at the points; of quotients with a = 1 and b at them.
template <class Backend>
std::vector<double> values_on(Backend& he, const Artifact& artifact, const Program& program,
                              int level, double scale, const std::vector<double>& points) {
  if (program.inputs() == 1) {
    return prepare<1>(program, he, level, scale)
        .evaluate(he.drop_to_level(he.encrypt(points, scale), level))
        .values;
  }
  if (artifact.plan->is_of_second()) {
    return prepare<2>(program, he, level, scale)
        .evaluate(he.drop_to_level(he.encrypt(std::vector<double>(points.size(), 1), scale), level),
                  he.drop_to_level(he.encrypt(points, scale), level))
        .values;
  }
  std::vector<double> halves = points;
  for (double& half : halves) half /= 2;
  std::vector<double> opposite = halves;
  for (double& half : opposite) half = -half;
  return prepare<2>(program, he, level, scale)
      .evaluate(he.drop_to_level(he.encrypt(halves, scale), level),
                he.drop_to_level(he.encrypt(opposite, scale), level))
      .values;
}

std::vector<double> values_of(const Artifact& artifact, const Program& program,
                              const SimulationParameters& parameters,
                              const std::optional<RefreshRequest>& refresh, int level, double scale,
                              const std::vector<double>& points) {
  if (refresh) {
    refreshing_simulated he(parameters, refresh->levels, 0, refresh->lowest);
    return values_on(he, artifact, program, level, scale, points);
  }
  simulated he(parameters);
  return values_on(he, artifact, program, level, scale, points);
}

// With SEAL the caller's scale holds the range.
int levels_of(const Artifact& artifact, const CkksParameters& parameters,
              const std::optional<RefreshRequest>& refresh) {
  if (refresh) {
    // A level brings an input to the scale that a refresh takes.
    if (shift_of(artifact, 0) > 0) return refresh->start + 1;
    const int of_range = levels_at_working_scale(artifact) - artifact.plan->costs.levels;
    return refresh->start + (parameters.library == SimulatedLibrary::seal ? 0 : of_range);
  }
  if (is_of_slots(artifact.kind)) return levels_of_slots(artifact, parameters);
  return parameters.library == SimulatedLibrary::seal ? artifact.plan->costs.levels
                                                      : levels_at_working_scale(artifact);
}

}  // namespace

int levels_on_ciphertexts(const Artifact& artifact, const CkksParameters& parameters) {
  const Outcome<std::optional<RefreshRequest>> refresh = refresh_of(artifact);
  return levels_of(artifact, parameters, refresh ? *refresh : std::nullopt);
}

Outcome<SimulatedNoise> simulated_noise(const Artifact& artifact, const CkksParameters& parameters,
                                        std::uint64_t seed) {
  if (is_of_slots(artifact.kind)) return simulated_noise_of_slots(artifact, parameters, seed);
  const double half_width = half_width_of(artifact);
  const double working = std::exp2(parameters.log2_scale);
  const Outcome<std::optional<RefreshRequest>> asked = refresh_of(artifact);
  if (!asked) return asked.error();
  const std::optional<RefreshRequest>& refresh = *asked;
  const int levels = levels_of(artifact, parameters, refresh);
  // OpenFHE encrypts at one scale; with SEAL the caller's scale holds the range.
  const double scale =
      parameters.library == SimulatedLibrary::seal ? working / half_width : working;
  SimulatedNoise noise;
  const std::vector<double> points =
      points_of_noise(noise_domain(artifact.kind, artifact.stages.front().domain), slots);
  try {
    SimulationParameters simulation;
    simulation.moduli = simulated_moduli(refresh ? std::max(levels, refresh->levels) : levels,
                                         working, parameters.log2_ring);
    simulation.log2_ring = parameters.log2_ring;
    simulation.library = parameters.library;
    simulation.seed = seed;
    SimulationParameters exact = simulation;
    exact.noisy = false;
    const Program program = Program::parse(to_program(artifact));
    const std::vector<double> expected =
        values_of(artifact, program, exact, refresh, levels, scale, points);
    const std::vector<double> values =
        values_of(artifact, program, simulation, refresh, levels, scale, points);
    double largest = 0;
    double squares = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double error = std::abs(values[i] - expected[i]) / unit_of(artifact, expected[i]);
      largest = std::max(largest, error);
      squares += error * error;
    }
    noise.log2_largest = std::log2(largest);
    noise.log2_mean_square = std::log2(squares / static_cast<double>(points.size())) / 2;
  } catch (const evaluation_error& refused) {
    return about("--ckks", fmt::format(" scale=2^{}: {}", parameters.log2_scale, refused.what()));
  }
  return noise;
}

Outcome<std::optional<SimulatedNoise>> noise_at_usual_scales(const Artifact& artifact,
                                                             const CkksParameters& parameters) {
  using Noise = std::optional<SimulatedNoise>;
  if (!artifact.plan) return Noise();
  const auto chooses = [](const Instruction& step) {
    return step.carried != 0 || (step.operation == PlanOperation::stage && step.scalar != 0);
  };
  if (std::ranges::none_of(artifact.plan->program, chooses)) return Noise();
  Artifact usual = artifact;
  usual.plan = without_stage_scales(std::move(*usual.plan));
  const Outcome<SimulatedNoise> noise = simulated_noise(usual, parameters);
  if (!noise) return noise.error();
  return Noise(*noise);
}

double surviving_bits(const Artifact& artifact, const SimulatedNoise& noise) {
  const double approximation = to_double(artifact.claim.error.upper);
  return -std::log2(approximation + std::exp2(noise.log2_largest));
}

Outcome<Json> simulation_json(const Artifact& artifact, const std::string& words) {
  const Outcome<CkksParameters> parameters = read_words([&] { return ckks_word("--ckks", words); });
  if (!parameters) return parameters.error();
  if (!artifact.plan && !is_of_slots(artifact.kind)) {
    return about("--ckks", ": there is no plan to run on ciphertexts", Status::wrong_request);
  }
  const Outcome<SimulatedNoise> noise = simulated_noise(artifact, *parameters);
  if (!noise) return noise.error();
  const Outcome<std::optional<SimulatedNoise>> usual = noise_at_usual_scales(artifact, *parameters);
  if (!usual) return usual.error();
  Json json = {{"parameters", words},
               {"log2_noise", noise->log2_largest},
               {"log2_mean_noise", noise->log2_mean_square},
               {"levels", levels_on_ciphertexts(artifact, *parameters)},
               {"bits", surviving_bits(artifact, *noise)},
               {"evidence", "simulated"}};
  if (*usual) json["log2_noise_at_usual_scales"] = (*usual)->log2_largest;
  return json;
}

}  // namespace equiripple
