// The choice of each stage's program, and what comes of it.
#include "emit/plan/make_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

#include "emit/plan/compose.hpp"
#include "emit/plan/known_scalars.hpp"
#include "emit/plan/noise.hpp"

namespace equiripple {
namespace {

// One choice a stage, from the choices at its fewest levels and a few more.
class Selection {
 public:
  Selection(Kind kind, const std::vector<ChebyshevSeries>& stages, const PlanSettings& settings)
      : kind_(kind), stages_(stages), settings_(settings) {
    tasks_ = tasks_of(kind, stages, settings.absorb);
    for (StageTask& task : tasks_) task.rounds_little = settings.rounds_little;
    int room = std::numeric_limits<int>::max();  // levels that the budget has beyond the fewest
    if (settings.max_levels) {
      room = *settings.max_levels - minimum_plan_levels(kind, stages, settings.absorb);
    }
    const int spare = settings.objective == PlanObjective::levels ? 0 : std::min(most_spare, room);
    for (const StageTask& task : tasks_) {
      int fewest = minimum_levels(task);
      int most = fewest + spare;
      if (!settings.stage_levels.empty()) {
        fewest = std::max(fewest, settings.stage_levels.at(choices_.size()));
        most = fewest;
      }
      std::vector<StageChoice>& choices = choices_.emplace_back();
      for (int levels = fewest; levels <= most || choices.empty(); ++levels) {
        auto choice = choose_stage(task, levels, settings.growth_limit);
        if (!choice) {  // scalars of binary64 cannot follow coefficients that fall off so fast
          if (room-- <= 0 || levels >= fewest + most_spare) return;
          continue;
        }
        if (!choice->within_limits && room > 0) {
          // What amplifies too much is not taken where a level mends it.
          auto deeper = choose_stage(task, levels + 1, settings.growth_limit);
          if (deeper && deeper->within_limits) {
            choice = std::move(deeper);
            --room;
          }
        }
        if (choices.empty() || choice->costs.levels > choices.back().costs.levels) {
          choices.push_back(std::move(*choice));
        }
      }
    }
    chosen_.resize(tasks_.size());
    for (std::size_t i = 0; i < tasks_.size(); ++i) add_dense_chain(i);
  }

  bool is_possible() const { return chosen_.size() == tasks_.size(); }

  std::vector<Instruction> run() {
    Cost best = cost();
    while (true) {  // the single change that gains most, as long as there is one
      std::pair<std::size_t, std::size_t> change{0, chosen_[0]};
      Cost gained = best;
      for (std::size_t i = 0; i < tasks_.size(); ++i) {
        for (std::size_t k = 0; k < choices_[i].size(); ++k) {
          const Cost found =
              at_choice(i, k, [&] { return is_allowed() ? std::min(gained, cost()) : gained; });
          if (!(found < gained)) continue;
          gained = found;
          change = {i, k};
        }
      }
      if (!(gained < best)) return program();
      best = gained;
      chosen_[change.first] = change.second;
    }
  }

  Rational output_scale_factor() const {
    return choices_.back()[chosen_.back()].output_scale_factor;
  }

 private:
  static constexpr int most_spare = 2;  // levels of a stage beyond its fewest; chosen
  // What a level more must save of the latency where it has no price; chosen: an input that has one
  // more takes that much longer elsewhere, and more (output_level.hpp).
  static constexpr double worth_of_level = 1.03;
  using Cost = std::tuple<double, int, int>;

  // What is asked for while that choice of the stage is the chosen one.
  template <class Question>
  std::invoke_result_t<Question> at_choice(std::size_t stage, std::size_t choice,
                                           const Question& question) {
    const std::size_t before = std::exchange(chosen_[stage], choice);
    const auto answer = question();
    chosen_[stage] = before;
    return answer;
  }

  // Likewise of one that is not among the stage's choices.
  template <class Question>
  std::invoke_result_t<Question> with(std::size_t stage, const StageChoice& choice,
                                      const Question& question) {
    choices_[stage].push_back(choice);
    const auto answer = at_choice(stage, choices_[stage].size() - 1, question);
    choices_[stage].pop_back();
    return answer;
  }

  // At the fewest levels of the stage, where it costs less than every other choice, and little
  // precision: chains save up to six transforms in a hundred, and some of them amplify rounding so
  // that six bits are lost.
  void add_dense_chain(std::size_t stage) {
    std::vector<StageChoice>& choices = choices_[stage];
    std::optional<Cost> least;
    const auto pays = [&](const StageChoice& candidate) {
      if (!least) least = least_cost(stage);
      return with(stage, candidate, [&] { return cost() < *least; });
    };
    std::optional<UsualNoise> usual;
    const auto is_precise = [&](const StageChoice& candidate) {
      if (!usual) usual = noise();
      return is_as_precise(with(stage, candidate, [&] { return noise(); }), *usual,
                           bits_lost_by_chain);
    };
    auto chain =
        choose_dense_chain(tasks_[stage], choices.front().costs.levels, settings_.growth_limit,
                           {.pays = pays, .is_precise = is_precise});
    if (chain) choices.push_back(std::move(*chain));
  }

  // Of the stage's choices, with the first of every other stage.
  Cost least_cost(std::size_t stage) {
    Cost least = cost();
    for (std::size_t k = 1; k < choices_[stage].size(); ++k) {
      least = at_choice(stage, k, [&] { return is_allowed() ? std::min(least, cost()) : least; });
    }
    return least;
  }

  // Of the program as it is chosen.
  UsualNoise noise() const {
    return usual_noise(program(), {stages_.front().basis}, output_scale_factor());
  }

  int levels() const {
    int sum = 0;
    for (std::size_t i = 0; i < tasks_.size(); ++i) sum += choices_[i][chosen_[i]].costs.levels;
    return sum;
  }

  bool is_allowed() const { return !settings_.max_levels || levels() <= *settings_.max_levels; }

  Cost cost() const {
    PlanCosts sum;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const PlanCosts& one = choices_[i][chosen_[i]].costs;
      sum.key_switches += one.key_switches;
      sum.tensor_products += one.tensor_products;
    }
    if (settings_.objective != PlanObjective::latency) {
      return {sum.key_switches, levels(), sum.tensor_products};
    }
    const double latency = latency_of(program(), settings_.costs);
    const double priced = settings_.level_price > 0 ? latency + settings_.level_price * levels()
                                                    : latency * std::pow(worth_of_level, levels());
    return {priced, levels(), sum.tensor_products};
  }

  std::vector<Instruction> program() const {
    std::vector<StageChoice> selected;
    for (std::size_t i = 0; i < tasks_.size(); ++i) selected.push_back(choices_[i][chosen_[i]]);
    return program_of(kind_, stages_, tasks_, selected);
  }

  Kind kind_;
  const std::vector<ChebyshevSeries>& stages_;
  const PlanSettings& settings_;
  std::vector<StageTask> tasks_;
  std::vector<std::vector<StageChoice>> choices_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

std::optional<PlannedFunction> make_plan(Kind kind, const std::vector<ChebyshevSeries>& stages,
                                         const PlanSettings& settings) {
  if (stages.empty()) throw std::invalid_argument("make_plan: no stage");
  if (!std::ranges::all_of(stages, can_be_planned)) return std::nullopt;
  const int fewest = minimum_plan_levels(kind, stages, settings.absorb);
  if (settings.max_levels && *settings.max_levels < fewest) {
    throw std::invalid_argument(fmt::format("make_plan: {} levels are needed", fewest));
  }
  Selection selection(kind, stages, settings);
  if (!selection.is_possible()) return std::nullopt;
  std::vector<Instruction> program = selection.run();
  return planned(kind, stages, std::move(program), selection.output_scale_factor());
}

bool rounds_little(const ChebyshevSeries& stored, const ChebyshevSeries& computed) {
  const Rational size = coefficient_distance(stored, {.basis = stored.basis});
  return coefficient_distance(stored, computed) <= size * power_of_two(little_rounding_log2);
}

Rational size_of_function(Kind kind, const std::vector<ChebyshevSeries>& stages) {
  Rational size = 1;
  for (const StageTask& task : tasks_of(kind, stages, /*absorb=*/false)) {
    size = std::max(size, size_of(task));
  }
  return size;
}

int minimum_plan_levels(Kind kind, const std::vector<ChebyshevSeries>& stages, bool absorb) {
  int sum = 0;
  for (const StageTask& task : tasks_of(kind, stages, absorb)) sum += minimum_levels(task);
  return sum;
}

}  // namespace equiripple
