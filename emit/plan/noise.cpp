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

struct Scheduled {
  std::vector<Record> records;
  bool is_consistent;
};

Scheduled scheduled(const std::vector<detail::Operation>& operations, const Plan& plan,
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
  Scheduled made{detail::Leveller::run(operations, levels), true};
  scales.moduli.assign(static_cast<std::size_t>(levels.input_level) + 1, working);
  detail::Scheduler::run(made.records, scales);
  made.is_consistent = detail::Scheduler::is_consistent(made.records, scales);
  return made;
}

// As scale_marks().
bool is_mark(const detail::Operation& operation) {
  return operation.step == Step::stage ||
         (operation.step == Step::multiply_integer && operation.integer == 2);
}

void shift(detail::Operation& mark, int log2) {
  if (mark.step == Step::stage) {
    mark.scalar = log2;
  } else {
    mark.carried = log2 == 0 ? 0 : mark.integer << log2;
  }
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

std::vector<ScaleMark> scale_marks(const std::vector<Instruction>& program) {
  std::vector<ScaleMark> marks;
  for (std::size_t i = 0; i < program.size(); ++i) {
    const bool is_doubling =
        program[i].operation == PlanOperation::multiply_integer && program[i].integer == 2;
    if (is_doubling || program[i].operation == PlanOperation::stage) {
      marks.push_back({i, is_doubling});
    }
  }
  return marks;
}

namespace {

double shifted_by(const std::vector<double>& slopes, const std::vector<double>& shifts) {
  return std::inner_product(slopes.begin(), slopes.end(), shifts.begin(), 0.0);
}

// Without the ends, near which alone some polynomials are steep: they would count for too much.
double mean_of(const std::vector<double>& by_point) {
  return std::accumulate(by_point.begin() + 1, by_point.end() - 1, 0.0) /
         static_cast<double>(by_point.size() - 2);
}

}  // namespace

PlanNoise::PlanNoise(const Plan& plan, const Domain& intervals, const NoiseConditions& conditions) {
  std::vector<detail::Operation> operations = operations_of(plan.program);
  std::vector<std::size_t> marks;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (!is_mark(operations[i])) continue;
    shift(operations[i], 0);
    marks.push_back(i);
  }
  const std::vector<Record> records = scheduled(operations, plan, conditions.library).records;
  std::vector<Slopes> scales(records.size());
  std::vector<Slopes> encodings(records.size());
  for (const std::size_t mark : marks) {
    shift(operations[mark], 1);
    const Scheduled other = scheduled(operations, plan, conditions.library);
    shift(operations[mark], 0);
    movable_.push_back(other.is_consistent);
    for (std::size_t i = 0; i < records.size(); ++i) {
      scales[i].push_back(std::log2(other.records[i].scale / records[i].scale));
      const double encoding = records[i].encoding;
      encodings[i].push_back(encoding > 0 ? std::log2(other.records[i].encoding / encoding) : 0);
    }
  }
  result_ = scales.back();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    add_limits(record, record.scale, scales[i]);
    if (record.encoding > 0) add_limits(record, record.encoding, encodings[i]);
    const bool encodes = record.step == Step::multiply_scalar;
    if (record.step != Step::input && record.step != Step::rescale && !encodes) continue;
    roundings_.push_back({i, encodes, encodes ? encodings[i] : scales[i]});
  }
  add_squares(records, points_of_noise(intervals, points), conditions);
}

void PlanNoise::add_limits(const Record& record, double scale, const Slopes& slopes) {
  const double room = (record.level + 1) * log2_working_scale - std::log2(scale);
  Limits limits{slopes, std::max(room, 0.0)};
  if (std::ranges::find(limits_, limits) == limits_.end()) limits_.push_back(std::move(limits));
}

void PlanNoise::add_squares(const std::vector<Record>& records, const std::vector<double>& inputs,
                            const NoiseConditions& conditions) {
  for (Rounding& rounding : roundings_) rounding.squares.resize(inputs.size());
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
  for (Rounding& rounding : roundings_) rounding.mean = mean_of(rounding.squares);
}

NoiseSize PlanNoise::size(const std::vector<double>& shifts) const {
  std::vector<double> sums(points);
  for (const Rounding& rounding : roundings_) {
    const double factor = std::exp2(-2 * shifted_by(rounding.slopes, shifts));
    for (std::size_t p = 0; p < points; ++p) sums[p] += factor * rounding.squares[p];
  }
  return {std::log2(*std::max_element(sums.begin(), sums.end())) / 2, std::log2(mean_of(sums)) / 2};
}

std::vector<double> PlanNoise::means(const std::vector<double>& shifts, const MarkShifts& first,
                                     const MarkShifts& second) const {
  std::vector<double> others = shifts;
  others[first.mark] = others[second.mark] = 0;
  const auto factors = [](double slope, const std::vector<double>& by) {
    std::vector<double> made(by.size(), 1);
    if (slope == 0) return made;
    for (std::size_t i = 0; i < by.size(); ++i) made[i] = std::exp2(-2 * slope * by[i]);
    return made;
  };
  std::vector<double> sums(first.shifts.size() * second.shifts.size());
  for (const Rounding& rounding : roundings_) {
    const double there = std::exp2(-2 * shifted_by(rounding.slopes, others)) * rounding.mean;
    const std::vector<double> rows = factors(rounding.slopes[first.mark], first.shifts);
    const std::vector<double> columns = factors(rounding.slopes[second.mark], second.shifts);
    auto sum = sums.begin();
    for (const double row : rows) {
      for (const double column : columns) *sum++ += there * row * column;
    }
  }
  for (double& sum : sums) sum = std::log2(sum) / 2;
  return sums;
}

bool PlanNoise::is_sound(const std::vector<double>& shifts) const {
  constexpr double farthest_down = 12;  // chosen: of a scale of 2^30 as much as digits need is left
  constexpr double rounding = 1e-6;     // chosen: far above that of logarithms
  if (std::abs(shifted_by(result_, shifts)) > rounding) return false;
  for (std::size_t k = 0; k < shifts.size(); ++k) {
    if (shifts[k] != 0 && !movable_[k]) return false;
  }
  return std::ranges::all_of(limits_, [&](const Limits& limits) {
    const double shift = shifted_by(limits.slopes, shifts);
    return shift >= -farthest_down && shift <= limits.up + rounding;
  });
}

UsualNoise usual_noise(std::vector<Instruction> program, const Domain& intervals,
                       const Rational& output_scale_factor) {
  Plan plan;
  plan.program = std::move(program);
  plan.costs = count(plan.program);
  plan.output_scale_factor = output_scale_factor;
  constexpr std::array libraries = {SimulatedLibrary::seal, SimulatedLibrary::openfhe};
  const std::vector<double> usual(scale_marks(plan.program).size(), 0.0);
  UsualNoise noise{};
  for (std::size_t i = 0; i < noise.size(); ++i) {
    noise[i] = PlanNoise(plan, intervals, {.library = libraries[i]}).size(usual).mean;
  }
  return noise;
}

bool is_as_precise(const UsualNoise& found, const UsualNoise& usual, double bits) {
  return std::ranges::equal(found, usual,
                            [&](double ours, double theirs) { return ours <= theirs + bits; });
}

}  // namespace equiripple
