// The steps as the emitted template takes them, with the parts' programs as data.
#include "emit/simulate/slots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <equiripple/across_slots.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <utility>
#include <vector>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/slot_costs.hpp"
#include "emit/slots_structure.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

constexpr std::size_t fewest_slots = 4096;  // as of the simulation of one slot

// Sums over neighbouring slots, as many as the function is of, by rotations; and rotations among
// them.
class SummingSimulation : public refreshing_simulated {
 public:
  // A refresh adds nothing here: the claim counts its noise.
  SummingSimulation(SimulationParameters parameters, const SlotRefresh& refresh, std::size_t length)
      : refreshing_simulated(std::move(parameters), refresh.levels, 0, refresh.lowest),
        length_(length) {}

  // The rotations of a sum by doubling bring `length` times the variance of one key switch into
  // each slot.
  Ciphertext sum_of(const Ciphertext& x) {
    const Ciphertext noise = noise_of_key_switch(x);
    Ciphertext result = x;
    result.origin = noise.origin;
    for (std::size_t begin = 0; begin < x.values.size(); begin += length_) {
      double sum = 0;
      for (std::size_t i = begin; i < begin + length_; ++i) sum += x.values[i];
      for (std::size_t i = begin; i < begin + length_; ++i) {
        result.values[i] = sum + std::sqrt(static_cast<double>(length_)) * noise.values[i];
      }
    }
    return result;
  }

  Ciphertext rotated(const Ciphertext& x, int by) {
    Ciphertext result = noise_of_key_switch(x);
    for (std::size_t begin = 0; begin < x.values.size(); begin += length_) {
      for (std::size_t i = 0; i < length_; ++i) {
        const std::size_t from = (i + static_cast<std::size_t>(by)) % length_;
        result.values[begin + i] += x.values[begin + from];
      }
    }
    return result;
  }

 private:
  Ciphertext noise_of_key_switch(Ciphertext x) {
    std::ranges::fill(x.values, 0.0);
    x.components = 3;
    return relinearize(std::move(x));
  }

  std::size_t length_;
};

// Of all but the norms: one above all others, by more and more, all equal, and anything between;
// of argmax the largest by its gap.
void fill_powers(std::vector<double>& block, std::size_t number, double range, double gap,
                 detail::NoiseStream& noise) {
  const auto uniform = [&] { return static_cast<double>(noise.next() >> 11) * 0x1p-53; };
  switch (number % 4) {
    case 0:
      for (double& x : block) x = -range;
      break;
    case 1:
      for (double& x : block) x = range - std::max(gap, 2 * range * uniform());
      break;
    default:
      for (double& x : block) x = -range + (2 * range - gap) * uniform();
  }
  if (gap > 0) {
    block.front() = *std::ranges::max_element(block) + gap;
  } else if (number % 8 != 0) {
    block.front() = range;
  }
}

// Of the norms: one apart from all others, or anything, of a variance between the ends.
void fill_norms(std::vector<double>& block, std::size_t number, double lower, double upper,
                bool centred, detail::NoiseStream& noise) {
  for (double& x : block) x = number % 3 == 0 ? 0 : noise.normal();
  if (number % 3 == 0) block.front() = 1;
  double mean = 0;
  double squares = 0;
  const auto n = static_cast<double>(block.size());
  for (const double x : block) mean += centred ? x / n : 0;
  for (const double x : block) squares += (x - mean) * (x - mean) / n;
  const double place = static_cast<double>(number % 5) / 4;
  const double wanted = lower * std::pow(upper / lower, place);
  for (double& x : block) x = (x - mean) * std::sqrt(wanted / squares);
}

std::vector<double> inputs_of(const Artifact& artifact, const SlotsRequest& request) {
  const auto length = static_cast<std::size_t>(request.length);
  const std::size_t blocks = std::max<std::size_t>(1, fewest_slots / length);
  detail::NoiseStream noise(7);
  std::vector<double> all;
  for (std::size_t number = 0; number < blocks; ++number) {
    std::vector<double> block(length);
    if (is_of_powers(artifact.kind) || artifact.kind == Kind::largest) {
      fill_powers(block, number, to_double(request.range), to_double(request.gap), noise);
    } else {
      fill_norms(block, number, to_double(request.variance.lower),
                 to_double(request.variance.upper), artifact.kind == Kind::layernorm, noise);
    }
    all.insert(all.end(), block.begin(), block.end());
  }
  return all;
}

std::vector<double> values_of(const Artifact& artifact, const std::vector<Program>& programs,
                              const SimulationParameters& parameters, double scale,
                              std::size_t length, const std::vector<double>& inputs) {
  SummingSimulation he(parameters, refresh_of(artifact.slot_steps).value_or(SlotRefresh{}), length);
  std::vector<simulated::Ciphertext> values = {he.encrypt(inputs, scale)};
  const detail::AcrossSlots<SummingSimulation> slots(
      he, artifact.name, slots_levels_of_input(artifact),
      to_double(half_width_of_input(artifact), Rounding::up), values.front(), 0,
      multiplies_at_end(artifact));
  const auto sum = [](SummingSimulation& backend, const simulated::Ciphertext& x) {
    return backend.sum_of(x);
  };
  for (const SlotStep& step : artifact.slot_steps) {
    const simulated::Ciphertext& left = values[static_cast<std::size_t>(step.left)];
    const simulated::Ciphertext& right = values[static_cast<std::size_t>(step.right)];
    const double factor = to_double(step.scale);
    const bool is_last = &step == &artifact.slot_steps.back();
    simulated::Ciphertext result;
    switch (step.operation) {
      case SlotOperation::read:
        result = artifact.kind == Kind::largest ? slots.brought(left, factor)
                                                : slots.read(left, factor, to_double(step.offset));
        break;
      case SlotOperation::scale: result = slots.scale(left, factor); break;
      case SlotOperation::centre:
        result = slots.centre(left, right, static_cast<int>(length));
        break;
      case SlotOperation::part:
        result = evaluate(programs[static_cast<std::size_t>(step.part)], he, left,
                          slots.scale_of_parts());
        break;
      case SlotOperation::sum: result = slots.sum(sum, left); break;
      case SlotOperation::square: result = slots.square(left); break;
      case SlotOperation::refresh: result = slots.refresh(left); break;
      case SlotOperation::product:
        result = is_last ? slots.result(left, right, factor) : slots.product(left, right, factor);
        break;
      case SlotOperation::rotate: result = he.rotated(left, step.by); break;
      case SlotOperation::pair:
        result = evaluate(programs[static_cast<std::size_t>(step.part)], he, left, right,
                          is_last ? slots.scale_of_result(factor) : slots.scale_of_parts());
        if (is_last) result = slots.result_of(std::move(result), factor);
        break;
    }
    values.push_back(std::move(result));
  }
  return values.back().values;
}

}  // namespace

int levels_of_slots(const Artifact& artifact, const CkksParameters& parameters) {
  return parameters.library == SimulatedLibrary::seal ? slots_levels_of_input(artifact)
                                                      : slots_levels_at_working_scale(artifact);
}

Outcome<SimulatedNoise> simulated_noise_of_slots(const Artifact& artifact,
                                                 const CkksParameters& parameters,
                                                 std::uint64_t seed) {
  const Outcome<PosedRequest> posed = posed_of(artifact);
  if (!posed) return posed.error();
  const auto* request = std::get_if<SlotsRequest>(&*posed);
  if (request == nullptr) return about("--ckks", ": the request is of one slot");
  const auto length = static_cast<std::size_t>(request->length);
  const double working = std::exp2(parameters.log2_scale);
  const double half_width = to_double(half_width_of_input(artifact), Rounding::up);
  // OpenFHE encrypts at one scale; with SEAL the caller's scale holds the range.
  const double scale =
      parameters.library == SimulatedLibrary::seal ? working / std::max(1.0, half_width) : working;
  std::vector<Program> programs;
  for (const Artifact& part : artifact.parts) programs.push_back(Program::parse(to_program(part)));
  SimulatedNoise noise;
  try {
    SimulationParameters simulation;
    const int refreshed = refresh_of(artifact.slot_steps).value_or(SlotRefresh{}).levels;
    simulation.moduli = simulated_moduli(std::max(levels_of_slots(artifact, parameters), refreshed),
                                         working, parameters.log2_ring);
    simulation.log2_ring = parameters.log2_ring;
    simulation.library = parameters.library;
    simulation.seed = seed;
    SimulationParameters exact = simulation;
    exact.noisy = false;
    const std::vector<double> inputs = inputs_of(artifact, *request);
    const auto expected = values_of(artifact, programs, exact, scale, length, inputs);
    const auto values = values_of(artifact, programs, simulation, scale, length, inputs);
    double largest = 0;
    double squares = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const double error = std::abs(values[i] - expected[i]);
      largest = std::max(largest, error);
      squares += error * error;
    }
    noise.log2_largest = std::log2(largest);
    noise.log2_mean_square = std::log2(squares / static_cast<double>(inputs.size())) / 2;
  } catch (const evaluation_error& refused) {
    return about("--ckks", fmt::format(" scale=2^{}: {}", parameters.log2_scale, refused.what()));
  }
  return noise;
}

}  // namespace equiripple
