// The table first, the planner where it ends.
#include "emit/make/planner_costs.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "generator/exchange/measure.hpp"
#include "generator/search/composite_search.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

StageForm form_of(StageRole role, bool absorb) {
  switch (role) {
    case StageRole::inner:
    case StageRole::last: return StageForm::series;
    case StageRole::last_times_x: return StageForm::times_x;
    case StageRole::only_times_x: return absorb ? StageForm::alone : StageForm::alone_exactly;
  }
  return StageForm::series;
}

std::vector<StageProfile> from_table(int degree, StageForm form, StageWidth width) {
  std::vector<StageProfile> found;
  bool has_form = false;
  for (const StageProfile& profile : tabled_profiles()) {
    if (profile.degree != degree || profile.form != form) continue;
    has_form = true;
    if (profile.width == width) found.push_back(profile);
  }
  if (!has_form && form == StageForm::alone_exactly) {
    return from_table(degree, StageForm::alone, width);
  }
  return found;
}

StageOption option_of(const StageProfile& profile, const CostTable& costs) {
  StageOption option{
      .degree = profile.degree, .levels = profile.levels, .key_switches = profile.key_switches()};
  for (int left = 0; left <= most_searched_levels; ++left) {
    option.latency.push_back(latency_of(profile, costs, left));
  }
  return option;
}

// For the widths in turn; one that has no rows costs the same as the wider one before it.
std::vector<StageOption> options_of(int degree, StageForm form, const CostTable& costs) {
  const bool tabled = degree <= highest_tabled_degree;
  std::vector<StageOption> options;
  std::size_t current = 0;  // where the options of the width before begin
  double from = 1;          // the spread at which the class begins
  for (const WidthClass& one : width_classes) {
    const bool is_last = one.width == width_classes.back().width;
    const double to = is_last ? 0 : (1 - one.highest_ratio) / (1 + one.highest_ratio);
    std::vector<StageProfile> own;
    if (tabled) own = from_table(degree, form, one.width);
    if (!tabled && options.empty()) own = nominal_profiles(degree, form, one.width);
    if (!own.empty()) current = options.size();
    for (const StageProfile& profile : own) {
      options.push_back(option_of(profile, costs));
      options.back().widest = from;
    }
    for (std::size_t k = current; k < options.size(); ++k) options[k].narrowest = to;
    from = to;
  }
  return options;
}

}  // namespace

std::optional<ChebyshevSeries> nominal_stage(int degree, StageWidth width) {
  const Rational gap(width_classes.at(static_cast<std::size_t>(width)).highest_ratio);
  const MinimaxResult solved = minimax(sign_problem(gap, 1, degree));
  if (!solved.usable()) return std::nullopt;
  return rounded(solved.polynomial, binary64_bits);
}

std::vector<StageProfile> nominal_profiles(int degree, StageForm form, StageWidth width) {
  const auto stage = nominal_stage(degree, width);
  return stage ? profiles_of(*stage, form, width) : std::vector<StageProfile>();
}

std::vector<StageProfile> rows_of(int degree) {
  std::vector<StageProfile> rows;
  std::vector<std::vector<StageProfile>> alone;  // by width
  for (const StageForm form : every_stage_form) {
    std::vector<std::vector<StageProfile>> by_width;
    for (const WidthClass& one : width_classes) {
      by_width.push_back(nominal_profiles(degree, form, one.width));
    }
    if (form == StageForm::alone) alone = by_width;
    if (form == StageForm::alone_exactly && std::ranges::equal(by_width, alone, cost_the_same)) {
      continue;
    }
    for (std::size_t i = 0; i < by_width.size(); ++i) {
      if (i > 0 && cost_the_same(by_width[i], by_width[i - 1])) continue;
      rows.insert(rows.end(), by_width[i].begin(), by_width[i].end());
    }
  }
  return rows;
}

StageCosts planner_costs(const PlanSettings& settings, std::function<void(int degree)> planning) {
  using Key = std::pair<int, StageForm>;
  auto known = std::make_shared<std::map<Key, std::vector<StageOption>>>();
  return [settings, planning = std::move(planning), known](int degree, StageRole role) {
    const StageForm form = form_of(role, settings.absorb);
    const auto [entry, is_new] = known->try_emplace({degree, form});
    if (is_new) {
      if (degree > highest_tabled_degree && planning) planning(degree);
      entry->second = options_of(degree, form, settings.costs);
    }
    return entry->second;
  };
}

}  // namespace equiripple
