// Stages one after another, from 0 outwards, until no stage's change helps; then doublings with
// what is near them, first as if they could multiply by any number: the logarithm of a sum of
// exponentials is convex, so that a descent is not caught far from the least. The same on every
// machine: a choice must gain far more than logarithms are rounded by.
#include "emit/plan/stage_scales.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "emit/plan/noise.hpp"

namespace equiripple {
namespace {

constexpr double step = 0.125;         // chosen: neighbours differ by less than 0.2 bits
constexpr double lowest = -6;          // chosen: of corrections; powers of stages end it before
constexpr double highest = 1;          // chosen: above 1/2 none was better (measured)
constexpr double least_gain = 0.1;     // bits; chosen: less does not show in 4096 slots
constexpr double preference = 0.01;    // bits that what is farther from the usual must gain; chosen
constexpr double gain_of_pair = 0.02;  // bits; chosen: less costs more time than it shows
constexpr double simplicity = 0.03;    // bits that all doublings left alone may cost; chosen
constexpr int most_rounds = 8;         // chosen; three are usual

// What a doubling may multiply by: 2^k, and what lies between the small ones.
constexpr std::array multipliers = {1, 2, 3, 4, 6, 8};
// How far any mark moves at once where multipliers are any numbers; chosen.
constexpr std::array moves = {0.0, -0.125, 0.125, -0.5, 0.5};
constexpr std::size_t near = 6;  // marks; chosen: all pairs find no better (measured)
constexpr int reach = 8;         // steps of a stage's scale beside a doubling; chosen

// The logarithms of noise that shall become small, for both libraries; none may grow.
using Sizes = std::array<double, 4>;

class ScaleSearch {
 public:
  ScaleSearch(const Plan& plan, const Domain& intervals, Metric metric)
      : models_{PlanNoise(plan, intervals, {metric, SimulatedLibrary::seal}),
                PlanNoise(plan, intervals, {metric, SimulatedLibrary::openfhe})},
        marks_(scale_marks(plan.program)),
        chosen_(marks_.size(), 0.0),
        bounds_(sizes(chosen_)),
        found_(bounds_),
        least_(mean_of(bounds_)) {}

  std::vector<double> run() {
    choose_stages();
    const std::vector<double> stages = chosen_;
    const double least_of_stages = least_;
    bounds_ = found_;
    choose_doublings();
    round_doublings();
    choose_doublings();
    if (least_of_stages - least_ < least_gain) return stages;
    leave_away();
    return chosen_;
  }

 private:
  void choose_stages() {
    for (int round = 0; round < most_rounds; ++round) {
      const double before = least_;
      for (std::size_t k = chosen_.size(); k-- > 0;) {
        if (!marks_[k].is_doubling) improve(k);
      }
      if (before - least_ < preference) break;
    }
    for (std::size_t k = 0; k < chosen_.size(); ++k) {
      if (chosen_[k] != 0) take(k, 0, least_gain);
    }
  }

  void improve(std::size_t stage) {
    for (int away = 0; away * step <= -lowest; ++away) {
      take(stage, -away * step, -preference);
      if (away * step <= highest) take(stage, away * step, -preference);
    }
  }

  // Two marks at a time: one alone is among them, but where there is no other.
  void choose_doublings() {
    if (chosen_.size() == 1 && marks_[0].is_doubling) {
      for (const double shift : shifts_of(0)) take(0, shift, -preference);
    }
    for (int round = 0; round < most_rounds; ++round) {
      const double before = least_;
      for (std::size_t k = 0; k < chosen_.size(); ++k) {
        const std::size_t end = std::min(k + near, chosen_.size());
        for (std::size_t l = k + 1; l < end; ++l) improve(k, l);
      }
      if (before - least_ < preference) break;
    }
  }

  void improve(std::size_t first, std::size_t second) {
    if (!marks_[first].is_doubling && !marks_[second].is_doubling) return;
    const MarkShifts rows{first, shifts_of(first)};
    const MarkShifts columns{second, shifts_of(second)};
    const std::vector<double> with_seal = models_[0].means(chosen_, rows, columns);
    const std::vector<double> with_openfhe = models_[1].means(chosen_, rows, columns);
    for (std::size_t i = 0; i < with_seal.size(); ++i) {
      if (!may_gain(with_seal[i], with_openfhe[i])) continue;
      std::vector<double> tried = chosen_;
      tried[first] = rows.shifts[i / columns.shifts.size()];
      tried[second] = columns.shifts[i % columns.shifts.size()];
      take(std::move(tried), -gain_of_pair);
    }
  }

  std::vector<double> shifts_of(std::size_t mark) const {
    const bool is_doubling = marks_[mark].is_doubling;
    std::vector<double> shifts;
    const auto add = [&](double shift) {
      const double least = is_doubling ? std::log2(multipliers.front() / 2.0) : lowest;
      const double most = is_doubling ? std::log2(multipliers.back() / 2.0) : highest;
      if (shift >= least && shift <= most) shifts.push_back(shift);
    };
    if (!are_whole_) {
      for (const double move : moves) add(chosen_[mark] + move);
    } else if (is_doubling) {
      for (const int multiplier : multipliers) add(std::log2(multiplier / 2.0));
    } else {
      for (int k = -reach; k <= reach; ++k) add(chosen_[mark] + k * step);
    }
    return shifts;
  }

  // From now on doublings multiply by whole numbers: by the nearest ones, which may be no choice
  // yet.
  void round_doublings() {
    are_whole_ = true;
    for (std::size_t k = 0; k < chosen_.size(); ++k) {
      if (!marks_[k].is_doubling) continue;
      const auto away = [&](int multiplier) {
        return std::abs(std::log2(multiplier / 2.0) - chosen_[k]);
      };
      chosen_[k] = std::log2(*std::ranges::min_element(multipliers, {}, away) / 2.0);
    }
    found_ = sizes(chosen_);
    const bool is_choice =
        models_[0].is_sound(chosen_) && models_[1].is_sound(chosen_) && !grows(found_);
    if (!is_choice) found_.fill(std::numeric_limits<double>::infinity());
    least_ = mean_of(found_);
  }

  // By the means alone: most choices need not be looked at any further.
  bool may_gain(double with_seal, double with_openfhe) const {
    return with_seal + with_openfhe < found_[1] + found_[3] - gain_of_pair &&
           with_seal <= bounds_[1] + preference && with_openfhe <= bounds_[3] + preference;
  }

  // Doublings that bring little are as they were, as long as all of them together do.
  void leave_away() {
    const double allowed = least_ + simplicity;
    for (std::size_t k = 0; k < chosen_.size(); ++k) {
      if (marks_[k].is_doubling && chosen_[k] != 0) take(k, 0, allowed - least_);
    }
  }

  Sizes sizes(const std::vector<double>& shifts) const {
    const NoiseSize a = models_[0].size(shifts);
    const NoiseSize b = models_[1].size(shifts);
    return {a.largest, a.mean, b.largest, b.mean};
  }

  static double mean_of(const Sizes& sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), 0.0) / static_cast<double>(sizes.size());
  }

  bool grows(const Sizes& found) const {
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] > bounds_[i] + preference) return true;
    }
    return false;
  }

  // Where the mean is within `allowed` bits of the least.
  void take(std::vector<double> tried, double allowed) {
    if (!models_[0].is_sound(tried) || !models_[1].is_sound(tried)) return;
    const Sizes found = sizes(tried);
    const double mean = mean_of(found);
    if (mean > least_ + allowed || grows(found)) return;
    chosen_ = std::move(tried);
    found_ = found;
    least_ = mean;
  }
  void take(std::size_t mark, double shift, double allowed) {
    std::vector<double> tried = chosen_;
    tried[mark] = shift;
    take(std::move(tried), allowed);
  }

  std::array<PlanNoise, 2> models_;
  std::vector<ScaleMark> marks_;
  std::vector<double> chosen_;  // log2, by mark
  Sizes bounds_;                // of what is usual, then of the stages' choice
  Sizes found_;                 // of what is chosen
  double least_;                // their mean
  bool are_whole_ = false;      // the numbers that doublings multiply by
};

Plan with_scales(Plan plan, const std::vector<double>& shifts) {
  const std::vector<ScaleMark> marks = scale_marks(plan.program);
  for (std::size_t k = 0; k < marks.size(); ++k) {
    Instruction& instruction = plan.program[marks[k].step];
    if (!marks[k].is_doubling) {
      instruction.scalar = Rational(shifts.at(k));
    } else {
      const auto carried =
          static_cast<int>(std::lround(instruction.integer * std::exp2(shifts.at(k))));
      instruction.carried = carried == instruction.integer ? 0 : carried;
    }
  }
  return plan;
}

}  // namespace

Plan with_stage_scales(Plan plan, const Domain& intervals, Metric metric) {
  if (scale_marks(plan.program).empty()) return plan;
  const std::vector<double> chosen = ScaleSearch(plan, intervals, metric).run();
  return with_scales(std::move(plan), chosen);
}

Plan without_stage_scales(Plan plan) {
  const std::size_t marks = scale_marks(plan.program).size();
  return with_scales(std::move(plan), std::vector<double>(marks));
}

}  // namespace equiripple
