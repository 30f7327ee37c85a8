// A round for each number of stages; cells by levels left and refreshes.
#include "generator/search/refresh_search.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "generator/search/labels.hpp"

namespace equiripple {
namespace {

constexpr std::size_t most_searched_stages =
    12;  // chosen: no composition of interest has more than 10

class RefreshSearch {
 public:
  RefreshSearch(const RefreshSearchRequest& request, StageErrors& errors)
      : request_(request), errors_(errors) {}

  std::vector<RefreshedComposition> run() {
    const bool given = !request_.degrees.empty();
    if (!given) {
      options_ = label_options(request_.costs, request_.max_degree, request_.times_x,
                               /*counts_latency=*/true);
    }
    labels_.push_back({.level = request_.start});
    std::vector<int> beginnings = {0};
    const std::size_t count = given ? request_.degrees.size() : most_searched_stages;
    for (std::size_t stage = 0; stage < count && !beginnings.empty(); ++stage) {
      next_.clear();
      if (given) options_ = options_of(request_.degrees[stage], stage == 0);
      for (const int label : beginnings) {
        const bool may_end = !given || stage + 1 == count;
        const bool may_go_on = given ? stage + 1 < count : true;
        for (const bool refreshes : {false, true}) {
          if (refreshes && (stage == 0 || at(label).level < request_.lowest)) continue;
          if (may_end) extend(label, refreshes, stage == 0 ? options_.only : options_.last, true);
          if (may_go_on) extend(label, refreshes, options_.inner, false);
        }
      }
      beginnings.clear();
      for (const auto& [place, cell] : next_) {
        beginnings.insert(beginnings.end(), cell.begin(), cell.end());
      }
    }
    return std::move(found_);
  }

 private:
  struct Label {
    int level = 0;
    int refreshes = 0;
    double cost = 0;
    Logit error{};
    int previous = -1;
    int degree = 0;
    int levels = 0;  // of the stage
    bool refreshed = false;
  };

  const Label& at(int label) const { return labels_[static_cast<std::size_t>(label)]; }

  LabelOptions options_of(int degree, bool is_first) const {
    const StageRole last = !request_.times_x ? StageRole::last
                           : is_first        ? StageRole::only_times_x
                                             : StageRole::last_times_x;
    LabelOptions options;
    options.inner = request_.costs(degree, StageRole::inner);
    options.last = request_.costs(degree, last);
    options.only = options.last;
    return options;
  }

  // How far the domain of the stage after `error` is widened on both sides.
  std::optional<Logit> spread_after(const Label& label, bool refreshes) const {
    if (label.previous < 0) return spread_of_gap(request_.gap);
    double margin = request_.margin;
    if (refreshes) {
      margin += request_.noise * (1 + label.error.number() + margin) / (1 - request_.noise);
    }
    return next_spread(label.error, margin);
  }

  bool is_better(const Label& a, const Label& b) const {
    if (request_.fewest_refreshes && a.refreshes != b.refreshes) return a.refreshes < b.refreshes;
    return a.cost < b.cost;
  }

  // Whether so much is spent already that enough others are better.
  bool is_hopeless(const Label& label) const {
    if (request_.largest_cost > 0 && !request_.fewest_refreshes &&
        label.cost > request_.largest_cost) {
      return true;
    }
    return complete_.size() >= request_.kept && !is_better(label, complete_.back());
  }

  void extend(int from, bool refreshes, const std::vector<StageOption>& options, bool complete) {
    const Label start = at(from);
    const auto spread = spread_after(start, refreshes);
    if (!spread) return;
    int known_degree = 0;
    Logit error;
    for (const StageOption& option : options) {
      if (!option.is_for(spread->number())) continue;
      const int level = refreshes ? request_.levels : start.level;
      if (option.levels > level) continue;
      // x meets the last stage at its beginning, at the level of the input.
      if (complete && request_.times_x && option.levels > request_.start) continue;
      Label to{.level = level - option.levels,
               .refreshes = start.refreshes + (refreshes ? 1 : 0),
               .cost = start.cost + (refreshes ? request_.cost : 0) +
                       option.latency_with(level - option.levels) +
                       request_.level_price * option.levels,
               .previous = from,
               .degree = option.degree,
               .levels = option.levels,
               .refreshed = refreshes};
      if (is_hopeless(to)) continue;
      if (known_degree != option.degree) {
        error = errors_.at(option.degree, *spread).error;
        known_degree = option.degree;
      }
      to.error = error;
      if (complete) {
        if (error.number() <= request_.largest_error) finish(to);
      } else if (error < *spread) {
        insert(to);
      }
    }
  }

  void insert(const Label& label) {
    std::vector<int>& cell = next_[{label.level, label.refreshes}];
    const auto beats = [](const Label& a, const Label& b) {
      return a.cost <= b.cost && a.error <= b.error;
    };
    if (std::ranges::any_of(cell, [&](int other) { return beats(at(other), label); })) return;
    std::erase_if(cell, [&](int other) { return beats(label, at(other)); });
    cell.push_back(static_cast<int>(labels_.size()));
    labels_.push_back(label);
  }

  void finish(const Label& label) {
    const auto place = std::ranges::find_if(
        complete_, [&](const Label& other) { return is_better(label, other); });
    const auto index = place - complete_.begin();
    complete_.insert(place, label);
    found_.insert(found_.begin() + index, composition(label));
    if (complete_.size() <= request_.kept) return;
    complete_.pop_back();
    found_.pop_back();
  }

  RefreshedComposition composition(const Label& last) const {
    RefreshedComposition made{.degrees = {},
                              .stage_levels = {},
                              .refreshed = {},
                              .refreshes = last.refreshes,
                              .cost = last.cost,
                              .error = last.error};
    for (Label label = last; label.degree > 0; label = at(label.previous)) {
      made.degrees.insert(made.degrees.begin(), label.degree);
      made.stage_levels.insert(made.stage_levels.begin(), label.levels);
      made.refreshed.insert(made.refreshed.begin(), label.refreshed);
    }
    return made;
  }

  const RefreshSearchRequest& request_;
  StageErrors& errors_;
  LabelOptions options_;
  std::vector<Label> labels_;
  std::map<std::pair<int, int>, std::vector<int>> next_;  // by levels left and refreshes
  std::vector<Label> complete_;                           // the best, ascending
  std::vector<RefreshedComposition> found_;               // the same
};

}  // namespace

std::vector<RefreshedComposition> refreshed_compositions(const RefreshSearchRequest& request,
                                                         StageErrors& errors) {
  return RefreshSearch(request, errors).run();
}

}  // namespace equiripple
