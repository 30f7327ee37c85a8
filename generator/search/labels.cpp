// Labels in the order of their levels.
#include "generator/search/labels.hpp"

#include <algorithm>
#include <cmath>

namespace equiripple {
namespace {

// Whether b is never needed beside a. The error falls with the degree.
bool makes_needless(const StageOption& a, const StageOption& b) {
  if (a.narrowest > b.narrowest || a.widest < b.widest) return false;
  if (a.degree < b.degree || a.levels > b.levels || a.key_switches > b.key_switches) return false;
  if (a.latency.empty() && b.latency.empty()) return true;
  // What comes before runs on as many levels only where these are equal.
  if (a.levels != b.levels || a.latency.size() != b.latency.size()) return false;
  for (std::size_t i = 0; i < a.latency.size(); ++i) {
    if (a.latency[i] > b.latency[i]) return false;
  }
  return true;
}

std::vector<StageOption> needed_options(const StageCosts& costs, int max_degree, StageRole role,
                                        bool counts_latency) {
  std::vector<StageOption> needed;
  for (int degree = max_degree - (max_degree % 2 == 0 ? 1 : 0); degree >= 3; degree -= 2) {
    for (StageOption& option : costs(degree, role)) {
      if (!counts_latency) option.latency.clear();
      const auto covers = [&](const StageOption& other) { return makes_needless(other, option); };
      if (std::ranges::any_of(needed, covers)) continue;
      std::erase_if(needed,
                    [&](const StageOption& other) { return makes_needless(option, other); });
      needed.push_back(option);
    }
  }
  return needed;
}

}  // namespace

LabelOptions label_options(const StageCosts& costs, int max_degree, bool times_x,
                           bool counts_latency) {
  const StageRole last = times_x ? StageRole::last_times_x : StageRole::last;
  const StageRole only = times_x ? StageRole::only_times_x : StageRole::last;
  return {.inner = needed_options(costs, max_degree, StageRole::inner, counts_latency),
          .last = needed_options(costs, max_degree, last, counts_latency),
          .only = needed_options(costs, max_degree, only, counts_latency)};
}

LabelTable::LabelTable(const LabelRequest& request, const LabelOptions& options,
                       StageErrors& errors)
    : request_(request),
      options_(options),
      errors_(errors),
      open_(static_cast<std::size_t>(request.levels) + 1),
      complete_(static_cast<std::size_t>(request.levels) + 1) {
  labels_.push_back({.spread = spread_of_gap(request.gap)});
  if (may_be_completed(labels_.front(), 0)) open_[0].push_back({});
}

std::vector<Composition> LabelTable::compositions(int levels) {
  std::vector<Composition> found;
  if (levels > request_.levels) return found;
  while (expanded_ < levels) expand(expanded_++);
  for (const Kept& kept : complete_[static_cast<std::size_t>(levels)]) {
    found.push_back(composition(kept.label, levels));
  }
  return found;
}

void LabelTable::limit_key_switches(int most) {
  request_.key_switches = std::min(request_.key_switches.value_or(most), most);
}

bool LabelTable::is_exhausted() const {
  const auto rest = [&](const std::vector<Cell>& cells, int from) {
    return std::all_of(cells.begin() + from, cells.end(), [](const Cell& c) { return c.empty(); });
  };
  return rest(open_, std::min(expanded_, request_.levels)) &&
         rest(complete_, std::min(expanded_ + 1, request_.levels));
}

void LabelTable::expand(int levels) {
  for (const Kept& kept : open_[static_cast<std::size_t>(levels)]) {
    const int label = kept.label;
    extend(label, levels, options_.inner, /*complete=*/false);
    extend(label, levels, label == 0 ? options_.only : options_.last, /*complete=*/true);
  }
}

void LabelTable::extend(int label, int levels, const std::vector<StageOption>& options,
                        bool complete) {
  const Label from = labels_[static_cast<std::size_t>(label)];
  const double from_number = from.spread.number();
  int degree = 0;  // for which `left` is there; the options of a degree follow each other
  std::optional<Logit> left;
  for (const StageOption& option : options) {
    if (!option.is_for(from_number)) continue;
    const int reached = levels + option.levels;
    if (reached > request_.levels) continue;
    if (complete && request_.is_exact && reached != request_.levels) continue;
    Label to{.spread = {},
             .key_switches = from.key_switches + option.key_switches,
             .latency = from.latency,
             .previous = label,
             .option = &option};
    if (to.key_switches > request_.key_switches.value_or(to.key_switches)) continue;
    if (request_.counts_latency) to.latency += option.latency_with(request_.levels - reached);
    if (costs_too_much(to, 0)) continue;
    if (degree != option.degree) {
      degree = option.degree;
      left = left_by(degree, from.spread, complete);
    }
    if (!left) continue;
    to.spread = *left;
    if (!complete && !may_be_completed(to, reached)) continue;
    insert((complete ? complete_ : open_)[static_cast<std::size_t>(reached)], to);
  }
}

// The error, of the last stage, or the spread that it leaves; none where that leads nowhere.
std::optional<Logit> LabelTable::left_by(int degree, Logit spread, bool complete) {
  const Logit error = errors_.at(degree, spread).error;
  if (complete) {
    return error.number() > request_.largest_error ? std::nullopt : std::optional(error);
  }
  const auto left = next_spread(error, request_.margin);
  // A stage that leaves no less to do, because of the margin, leads nowhere.
  return left && *left < spread ? left : std::nullopt;
}

bool LabelTable::costs_too_much(const Label& label, double more) const {
  if (request_.bound == nullptr) return false;
  constexpr double rounding = 1 + 0x1p-40;  // costs are summed in another order
  const double cost = request_.counts_latency ? label.latency : label.key_switches;
  return cost + more > request_.largest_cost * rounding;
}

bool LabelTable::may_be_completed(const Label& label, int levels) const {
  if (request_.bound == nullptr) return true;
  const double rest = request_.bound->least_cost(request_.levels - levels, label.spread);
  return rest < std::numeric_limits<double>::infinity() && !costs_too_much(label, rest);
}

bool LabelTable::costs_no_more(const Kept& a, const Kept& b) const {
  return (!request_.counts_key_switches || a.key_switches <= b.key_switches) &&
         (!request_.counts_latency || a.latency <= b.latency);
}

// Those with no larger spread may dominate the label, those with no smaller one are dominated by
// it. What a dropped label dominates is dominated by its dominators as well: counts need no
// correction.
void LabelTable::insert(Cell& cell, const Label& label) {
  Kept added{.spread = label.spread,
             .key_switches = label.key_switches,
             .latency = label.latency,
             .label = static_cast<int>(labels_.size())};
  auto place = cell.begin();
  for (; place != cell.end() && place->spread <= added.spread; ++place) {
    added.dominators += costs_no_more(*place, added) ? 1U : 0U;
    if (added.dominators >= request_.kept) return;
  }
  auto first = place;
  while (first != cell.begin() && std::prev(first)->spread == added.spread) --first;
  const auto dropped = std::remove_if(first, cell.end(), [&](Kept& other) {
    return costs_no_more(added, other) && ++other.dominators >= request_.kept;
  });
  cell.erase(dropped, cell.end());
  cell.insert(std::ranges::upper_bound(cell, added.spread, {}, &Kept::spread), added);
  labels_.push_back(label);
}

Composition LabelTable::composition(int label, int levels) const {
  const Label& last = labels_[static_cast<std::size_t>(label)];
  Composition made{.degrees = {},
                   .stage_levels = {},
                   .levels = levels,
                   .key_switches = last.key_switches,
                   .latency = last.latency,
                   .error = last.spread};
  for (int i = label; labels_[static_cast<std::size_t>(i)].option != nullptr;
       i = labels_[static_cast<std::size_t>(i)].previous) {
    made.degrees.insert(made.degrees.begin(), labels_[static_cast<std::size_t>(i)].option->degree);
    made.stage_levels.insert(made.stage_levels.begin(),
                             labels_[static_cast<std::size_t>(i)].option->levels);
  }
  return made;
}

}  // namespace equiripple
