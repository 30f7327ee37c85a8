// One stage after another, from 0 outwards, until no stage's change helps. The same on every
// machine: a choice must gain far more than logarithms are rounded by.
#include "emit/plan/stage_scales.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "emit/plan/noise.hpp"

namespace equiripple {
namespace {

constexpr double step = 0.125;       // chosen: neighbours differ by less than 0.2 bits
constexpr double lowest = -6;        // chosen: of corrections; powers of stages end it before
constexpr double highest = 1;        // chosen: above 1/2 none was better (measured)
constexpr double least_gain = 0.1;   // bits; chosen: less does not show in 4096 slots
constexpr double preference = 0.01;  // bits that what is farther from the usual must gain; chosen
constexpr int most_rounds = 8;       // chosen; three are usual

// The logarithms of noise that shall become small, for both libraries; none may grow.
using Sizes = std::array<double, 4>;

class ScaleSearch {
 public:
  ScaleSearch(const Plan& plan, const Domain& intervals, Metric metric)
      : models_{PlanNoise(plan, intervals, {metric, SimulatedLibrary::seal}),
                PlanNoise(plan, intervals, {metric, SimulatedLibrary::openfhe})},
        chosen_(models_[0].stages(), 0.0),
        usual_(sizes(chosen_)),
        least_(mean_of(usual_)) {}

  std::vector<double> run() {
    for (int round = 0; round < most_rounds; ++round) {
      const double before = least_;
      for (std::size_t k = chosen_.size(); k-- > 0;) improve(k);
      if (before - least_ < preference) break;
    }
    for (std::size_t k = 0; k < chosen_.size(); ++k) {
      if (chosen_[k] != 0) take(k, 0, least_gain);
    }
    return chosen_;
  }

 private:
  Sizes sizes(const std::vector<double>& log2_scales) const {
    const NoiseSize a = models_[0].size(log2_scales);
    const NoiseSize b = models_[1].size(log2_scales);
    return {a.largest, a.mean, b.largest, b.mean};
  }

  static double mean_of(const Sizes& sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), 0.0) / static_cast<double>(sizes.size());
  }

  bool grows(const Sizes& found) const {
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] > usual_[i] + preference) return true;
    }
    return false;
  }

  // Where the mean is within `allowed` bits of the least.
  void take(std::size_t stage, double log2_scale, double allowed) {
    std::vector<double> tried = chosen_;
    tried[stage] = log2_scale;
    if (!models_[0].is_sound(tried) || !models_[1].is_sound(tried)) return;
    const Sizes found = sizes(tried);
    const double mean = mean_of(found);
    if (mean > least_ + allowed || grows(found)) return;
    chosen_ = std::move(tried);
    least_ = mean;
  }

  void improve(std::size_t stage) {
    for (int away = 0; away * step <= -lowest; ++away) {
      take(stage, -away * step, -preference);
      if (away * step <= highest) take(stage, away * step, -preference);
    }
  }

  std::array<PlanNoise, 2> models_;
  std::vector<double> chosen_;
  Sizes usual_;
  double least_;
};

Plan with_scales(Plan plan, const std::vector<double>& log2_scales) {
  std::size_t stage = 0;
  for (Instruction& instruction : plan.program) {
    if (instruction.operation != PlanOperation::stage) continue;
    instruction.scalar = Rational(log2_scales.at(stage++));
  }
  return plan;
}

}  // namespace

Plan with_stage_scales(Plan plan, const Domain& intervals, Metric metric) {
  const auto has_stage = [](const Instruction& instruction) {
    return instruction.operation == PlanOperation::stage;
  };
  if (std::ranges::none_of(plan.program, has_stage)) return plan;
  const std::vector<double> chosen = ScaleSearch(plan, intervals, metric).run();
  return with_scales(std::move(plan), chosen);
}

Plan without_stage_scales(Plan plan) {
  const auto stages = static_cast<std::size_t>(
      std::ranges::count(plan.program, PlanOperation::stage, &Instruction::operation));
  return with_scales(std::move(plan), std::vector<double>(stages));
}

}  // namespace equiripple
