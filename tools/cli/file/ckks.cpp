#include "tools/cli/file/ckks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "emit/claim_data.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

// Slots of the simulation: the largest of so many errors is that of a ring of dimension 2^13, and
// within half a bit of any other ring's.
constexpr std::size_t slots = 4096;

int log2_of_scale(const std::string& flag, const std::string& word) {
  const Rational scale = number_word(flag, word);
  for (int bits = 20; bits <= 60; ++bits) {
    if (scale == power_of_two(bits)) return bits;
  }
  wrong_request(
      fmt::format("{} scale={}: must be a power of two from 2^20 to 2^60", flag, shown(word)));
}

// As the runtime records an emitted header.
std::vector<detail::Operation> operations_of(const Plan& plan) {
  detail::Recorder he;
  std::vector<detail::Recorder::Value> values;
  const auto call = [&](const Instruction& step) {
    const auto operand = [&](int index) { return values[static_cast<std::size_t>(index)]; };
    const double scalar = to_double(step.scalar);
    switch (step.operation) {
      case PlanOperation::input: return he.input();
      case PlanOperation::normalise:
        return he.normalise(operand(step.left), to_double(step.centre), to_double(step.half_width));
      case PlanOperation::stage: return he.stage(operand(step.left));
      case PlanOperation::multiply: return he.multiply(operand(step.left), operand(step.right));
      case PlanOperation::square: return he.square(operand(step.left));
      case PlanOperation::relinearize: return he.relinearize(operand(step.left));
      case PlanOperation::rescale: return he.rescale(operand(step.left));
      case PlanOperation::multiply_scalar: return he.multiply_scalar(operand(step.left), scalar);
      case PlanOperation::add_scalar: return he.add_scalar(operand(step.left), scalar);
      case PlanOperation::multiply_integer:
        return he.multiply_integer(operand(step.left), step.integer);
      case PlanOperation::add: return he.add(operand(step.left), operand(step.right));
      case PlanOperation::subtract: return he.sub(operand(step.left), operand(step.right));
      case PlanOperation::drop: return he.drop(operand(step.left), step.depth);
    }
    throw std::logic_error("an operation that plans do not have");
  };
  for (const Instruction& step : plan.program) values.push_back(call(step));
  return he.take();
}

// Points of the range, or of the domain where the error does not count elsewhere, denser where
// polynomials are steep: in the middle and at the ends.
std::vector<double> points_of(const Artifact& artifact) {
  const Domain& domain = artifact.stages.front().domain;
  const Domain intervals = covers_gap(artifact.kind) ? Domain{hull(domain)} : domain;
  std::vector<double> points;
  for (std::size_t i = 0; i < slots; ++i) {
    const Interval& interval = intervals[i % intervals.size()];
    const double lower = to_double(interval.lower);
    const double upper = to_double(interval.upper);
    const double u = 2 * static_cast<double>(i) / (slots - 1) - 1;
    const double size = std::abs(u);
    const double v = i / intervals.size() % 2 == 0 ? size * size * size
                                                   : 1 - (1 - size) * (1 - size) * (1 - size);
    points.push_back(
        std::clamp((lower + upper + (upper - lower) * std::copysign(v, u)) / 2, lower, upper));
  }
  return points;
}

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

std::vector<double> values_of(const Artifact& artifact, const SimulationParameters& parameters,
                              double scale, const std::vector<double>& points) {
  const Plan& plan = *artifact.plan;
  const detail::PlanFacts facts{artifact.name.c_str(), plan.costs.levels, half_width_of(artifact),
                                to_double(plan.output_scale_factor)};
  simulated he(parameters);
  detail::Fitted fitted =
      detail::Fitting<simulated>::run(he, facts, operations_of(plan), {he.top_level(), scale}, 0);
  if (plan.inputs() == 1) {
    return Prepared<simulated, 1>(he, fitted).evaluate(he.encrypt(points, scale)).values;
  }
  std::vector<double> halves = points;
  for (double& half : halves) half /= 2;
  std::vector<double> opposite = halves;
  for (double& half : opposite) half = -half;
  return Prepared<simulated, 2>(he, fitted)
      .evaluate(he.encrypt(halves, scale), he.encrypt(opposite, scale))
      .values;
}

}  // namespace

CkksParameters ckks_word(const std::string& flag, const std::string& word) {
  CkksParameters parameters;
  bool has_scale = false;
  const std::string rule =
      "must be as 'logN=15,scale=2^40', with ',library=seal' or ',library=openfhe' where wanted";
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find(',', begin), word.size());
    const std::string part = word.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t sign = part.find('=');
    const std::string key = part.substr(0, sign);
    const std::string value = sign == std::string::npos ? "" : part.substr(sign + 1);
    if (key == "logN") {
      parameters.log2_ring = whole_word(flag + " logN", value, 10, 17);
    } else if (key == "scale") {
      parameters.log2_scale = log2_of_scale(flag, value);
      has_scale = true;
    } else if (key == "library" && value == "seal") {
      parameters.library = SimulatedLibrary::seal;
    } else if (key == "library" && value == "openfhe") {
      parameters.library = SimulatedLibrary::openfhe;
    } else {
      wrong_request(fmt::format("{} {}: {}", flag, shown(part), rule));
    }
  }
  if (!has_scale) wrong_request(fmt::format("{} {}: has no scale; {}", flag, shown(word), rule));
  return parameters;
}

Rational noise_margin(const CkksParameters& parameters) {
  const double ring = std::exp2(parameters.log2_ring);
  const double deviation = std::sqrt(ring / 2 * (1 + 2 * ring / 3) / 12);
  const int log2_noise = static_cast<int>(std::ceil(std::log2(6 * 32 * deviation)));
  return power_of_two(log2_noise - parameters.log2_scale);
}

// With SEAL the caller's scale holds the range.
int levels_on_ciphertexts(const Artifact& artifact, const CkksParameters& parameters) {
  return parameters.library == SimulatedLibrary::seal ? artifact.plan->costs.levels
                                                      : levels_at_working_scale(artifact);
}

SimulatedNoise simulated_noise(const Artifact& artifact, const CkksParameters& parameters) {
  const double half_width = half_width_of(artifact);
  const double working = std::exp2(parameters.log2_scale);
  const int levels = levels_on_ciphertexts(artifact, parameters);
  // OpenFHE encrypts at one scale; with SEAL the caller's scale holds the range.
  const double scale =
      parameters.library == SimulatedLibrary::seal ? working / half_width : working;
  SimulatedNoise noise;
  const std::vector<double> points = points_of(artifact);
  try {
    SimulationParameters simulation;
    simulation.moduli = simulated_moduli(levels, working, parameters.log2_ring);
    simulation.log2_ring = parameters.log2_ring;
    simulation.library = parameters.library;
    SimulationParameters exact = simulation;
    exact.noisy = false;
    const std::vector<double> expected = values_of(artifact, exact, scale, points);
    const std::vector<double> values = values_of(artifact, simulation, scale, points);
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
    cannot_be_met(fmt::format("--ckks scale=2^{}: {}", parameters.log2_scale, refused.what()));
  }
  return noise;
}

double surviving_bits(const Artifact& artifact, const SimulatedNoise& noise) {
  const double approximation = to_double(artifact.claim.error.upper);
  return -std::log2(approximation + std::exp2(noise.log2_largest));
}

}  // namespace equiripple
