// The runtime's own schedule gives the scales; of every value its derivative is found by the chain
// rule, backwards.
#include "emit/plan/noise.hpp"

#include <algorithm>
#include <cmath>
#include <equiripple/schedule.hpp>
#include <numeric>

#include "emit/plan/operations.hpp"

namespace equiripple {
namespace {

using detail::Record;
using detail::Step;

constexpr std::size_t points = 131;  // chosen: the mean of 4096 points to 0.15 bits (measured)

// As in simulated.hpp: of a polynomial whose coefficients are off by so much, in a slot.
double in_a_slot(double coefficient_variance) {
  return coefficient_variance * std::exp2(PlanNoise::log2_ring) / 2;
}
constexpr double rounding_variance = 1.0 / 12;
double rescaling_variance() {
  return in_a_slot((1 + 2 * std::exp2(PlanNoise::log2_ring) / 3) * rounding_variance);
}
double encryption_variance(SimulatedLibrary library) {
  if (library == SimulatedLibrary::seal) return rescaling_variance();
  return in_a_slot(3.2 * 3.2 * (4 * std::exp2(PlanNoise::log2_ring) / 3 + 1));
}

std::vector<Record> scheduled(const std::vector<detail::Operation>& operations, const Plan& plan,
                              SimulatedLibrary library) {
  const double working = std::exp2(PlanNoise::log2_working_scale);
  double half_width = 1;
  for (const detail::Operation& operation : operations) {
    if (operation.step == Step::normalise) half_width = operation.scalar;
  }
  detail::ScaleRequest scales;
  scales.input_scale = library == SimulatedLibrary::seal ? working / half_width : working;
  if (plan.output_scale_factor == 1) scales.output_scale = scales.input_scale;
  detail::LevelRequest levels;
  levels.spend_level = !detail::reads_freely(scales.input_scale, half_width, working);
  levels.enlargement =
      levels.spend_level ? 1 : detail::enlargement(scales.input_scale, half_width, working);
  levels.input_level = plan.costs.levels + (levels.spend_level ? 1 : 0);
  std::vector<Record> records = detail::Leveller::run(operations, levels);
  scales.moduli.assign(static_cast<std::size_t>(levels.input_level) + 1, working);
  detail::Scheduler::run(records, scales);
  return records;
}

// Of the result with respect to the value of each record, at one input.
class Sweep {
 public:
  explicit Sweep(const std::vector<Record>& records)
      : values(records.size()), derivatives(records.size()), records_(records) {}

  // x is the input, or a - b with a = -b.
  void run(double x) {
    const bool two = records_.size() > 1 && records_[1].step == Step::input;
    values[0] = two ? x / 2 : x;
    if (two) values[1] = -x / 2;
    for (std::size_t i = two ? 2 : 1; i < records_.size(); ++i) {
      values[i] = local(records_[i]).value;
    }
    std::fill(derivatives.begin(), derivatives.end(), 0.0);
    derivatives.back() = 1;
    for (std::size_t i = records_.size(); i-- > (two ? 2 : 1);) {
      const Record& record = records_[i];
      const Local there = local(record);
      derivatives[record.left] += derivatives[i] * there.by_left / there.divisor;
      derivatives[record.right] += derivatives[i] * there.by_right;
    }
  }

  std::vector<double> values;
  std::vector<double> derivatives;

 private:
  // The value of an operation, and its derivatives by its operands.
  struct Local {
    double value;
    double by_left;
    double by_right = 0;
    double divisor = 1;  // of the derivative by the left one
  };

  Local local(const Record& record) const {
    const double left = values[record.left];
    const double right = values[record.right];
    switch (record.step) {
      case Step::normalise:
        return {.value = left / record.scalar, .by_left = 1, .divisor = record.scalar};
      case Step::multiply:
      case Step::square: return {.value = left * right, .by_left = right, .by_right = left};
      case Step::multiply_scalar: return {.value = left * record.scalar, .by_left = record.scalar};
      case Step::multiply_integer:
        return {.value = left * record.integer, .by_left = static_cast<double>(record.integer)};
      case Step::add_scalar: return {.value = left + record.scalar, .by_left = 1};
      case Step::negate: return {.value = -left, .by_left = -1};
      case Step::add: return {.value = left + right, .by_left = 1, .by_right = 1};
      case Step::sub: return {.value = left - right, .by_left = 1, .by_right = -1};
      default: return {.value = left, .by_left = 1};  // the same value in another form
    }
  }

  const std::vector<Record>& records_;
};

}  // namespace

double PlanNoise::Scale::shift(const std::vector<double>& log2_scales) const {
  double sum = 0;
  for (std::size_t k = 0; k < slopes.size(); ++k) sum += slopes[k] * log2_scales[k];
  return sum;
}

PlanNoise::PlanNoise(const Plan& plan, const Domain& intervals, const NoiseConditions& conditions) {
  std::vector<detail::Operation> operations = operations_of(plan.program);
  std::vector<std::size_t> marks;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (operations[i].step != Step::stage) continue;
    operations[i].scalar = 0;
    marks.push_back(i);
  }
  stages_ = marks.size();
  const std::vector<Record> records = scheduled(operations, plan, conditions.library);
  for (const Record& record : records) {
    scales_.push_back({std::log2(record.scale), record.level, {}});
    encodings_.push_back({record.encoding > 0 ? std::log2(record.encoding) : 0, record.level, {}});
  }
  for (const std::size_t mark : marks) {
    operations[mark].scalar = 1;
    const std::vector<Record> other = scheduled(operations, plan, conditions.library);
    operations[mark].scalar = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
      scales_[i].slopes.push_back(std::log2(other[i].scale / records[i].scale));
      const bool encodes = records[i].encoding > 0;
      encodings_[i].slopes.push_back(encodes ? std::log2(other[i].encoding / records[i].encoding)
                                             : 0);
    }
  }
  add_roundings(records, points_of_noise(intervals, points), conditions);
}

void PlanNoise::add_roundings(const std::vector<Record>& records, const std::vector<double>& inputs,
                              const NoiseConditions& conditions) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Step step = records[i].step;
    const bool encodes = step == Step::multiply_scalar;
    if (step != Step::input && step != Step::rescale && !encodes) continue;
    roundings_.push_back({i, encodes, std::vector<double>(inputs.size())});
  }
  Sweep sweep(records);
  for (std::size_t p = 0; p < inputs.size(); ++p) {
    sweep.run(inputs[p]);
    const double result = std::abs(sweep.values.back());
    const double unit = conditions.metric == Metric::relative && result > 0 ? result : 1;
    for (Rounding& rounding : roundings_) {
      const Record& record = records[rounding.record];
      double reaching = sweep.derivatives[rounding.record] / unit;
      double variance = rescaling_variance();
      if (rounding.is_encoding) {
        reaching *= sweep.values[record.left] / record.encoding;
        variance = rounding_variance;
      } else {
        reaching /= record.scale;
        if (record.step == Step::input) variance = encryption_variance(conditions.library);
      }
      rounding.squares[p] = reaching * reaching * variance;
    }
  }
}

NoiseSize PlanNoise::size(const std::vector<double>& log2_scales) const {
  std::vector<double> sums(points);
  for (const Rounding& rounding : roundings_) {
    const auto& scales = rounding.is_encoding ? encodings_ : scales_;
    const double factor = std::exp2(-2 * scales[rounding.record].shift(log2_scales));
    for (std::size_t p = 0; p < points; ++p) sums[p] += factor * rounding.squares[p];
  }
  // Without the ends, near which alone some polynomials are steep: they would count for too much.
  const double mean =
      std::accumulate(sums.begin() + 1, sums.end() - 1, 0.0) / static_cast<double>(points - 2);
  return {std::log2(*std::max_element(sums.begin(), sums.end())) / 2, std::log2(mean) / 2};
}

bool PlanNoise::is_sound(const std::vector<double>& log2_scales) const {
  constexpr double farthest_down = 12;  // chosen: of a scale of 2^30 as much as digits need is left
  constexpr double rounding = 1e-6;     // chosen: far above that of logarithms
  if (std::abs(scales_.back().shift(log2_scales)) > rounding) return false;
  for (const auto* list : {&scales_, &encodings_}) {
    for (const Scale& scale : *list) {
      const double shift = scale.shift(log2_scales);
      const double room = (scale.level + 1) * log2_working_scale;
      if (shift < -farthest_down) return false;
      if (scale.log2 + shift > std::max(room, scale.log2) + rounding) return false;
    }
  }
  return true;
}

}  // namespace equiripple
