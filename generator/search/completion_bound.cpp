// A row of the grid for each number of levels, made when it is asked for.
#include "generator/search/completion_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace equiripple {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double step = 1.0 / 16;      // of logits; chosen: half of it prunes hardly more
constexpr double tolerance = 0x1p-10;  // of logits; chosen far above the error of the curves
constexpr int nowhere = -1;

// Below, degree 3 meets the error, which falls like the square of the spread: one cell is enough.
double lowest_edge(double error) { return std::log(error) / 2 - 2; }

}  // namespace

CompletionBound::CompletionBound(const LabelOptions& options, const CompletionRequest& request,
                                 StageErrors& errors)
    : options_(options), request_(request) {
  edges_.push_back({-widest_logit});
  const double highest = spread_of_gap(request.gap).value;
  for (double edge = lowest_edge(std::min(request.error, 1.0)); edge <= highest; edge += step) {
    edges_.push_back({edge});
  }
  for (const auto* list : {&options.inner, &options.last, &options.only}) {
    for (const StageOption& option : *list) {
      if (!stages_.contains(option.degree)) add_stage(option.degree, errors);
    }
  }
  const std::vector<double> nothing(edges_.size(), infinite);  // a stage takes a level at least
  rows_.push_back({.least = nothing, .of_wider = nothing});
}

double CompletionBound::least_cost(int levels, Logit spread) {
  while (rows_.size() <= static_cast<std::size_t>(levels)) add_level();
  return rows_[static_cast<std::size_t>(levels)].least[cell_of(spread)];
}

std::size_t CompletionBound::cell_of(Logit spread) const {
  const auto above = std::ranges::upper_bound(edges_, spread);
  return above == edges_.begin() ? 0 : static_cast<std::size_t>(above - edges_.begin()) - 1;
}

CompletionBound::Cells CompletionBound::cells_of(const StageOption& option) const {
  const auto number = [](Logit spread) { return spread.number(); };
  const auto wide_enough = std::ranges::upper_bound(edges_, option.narrowest, {}, number);
  const auto too_wide = std::ranges::upper_bound(edges_, option.widest, {}, number);
  const auto begin = wide_enough == edges_.begin() ? wide_enough : std::prev(wide_enough);
  return {static_cast<std::size_t>(begin - edges_.begin()),
          static_cast<std::size_t>(too_wide - edges_.begin())};
}

void CompletionBound::add_stage(int degree, StageErrors& errors) {
  Stage& stage = stages_[degree];
  for (const Logit edge : edges_) {
    const Logit error = errors.at(degree, {edge.value - tolerance}).error;
    const auto left = next_spread(error, request_.margin);
    stage.completes.push_back(error.number() <= request_.error);
    stage.next.push_back(left ? static_cast<int>(cell_of(*left)) : nowhere);
  }
}

void CompletionBound::add_level() {
  const auto levels = static_cast<int>(rows_.size());
  std::vector<double> least(edges_.size(), infinite);
  complete(options_.last, levels, least);
  complete(options_.only, levels, least);
  for (const StageOption& option : options_.inner) {
    const int left = levels - option.levels;
    if (left < 1) continue;
    const std::vector<double>& rest = rows_[static_cast<std::size_t>(left)].of_wider;
    const std::vector<int>& next = stages_.at(option.degree).next;
    const double own = option.cost(request_.by_latency, left);
    const auto [begin, end] = cells_of(option);
    for (std::size_t cell = begin; cell < end; ++cell) {
      if (next[cell] == nowhere) continue;
      least[cell] = std::min(least[cell], own + rest[static_cast<std::size_t>(next[cell])]);
    }
  }
  // Stages may cost more on narrower domains, and what is rounded down to a cell lies above it.
  std::vector<double> of_wider = least;
  for (std::size_t cell = of_wider.size() - 1; cell-- > 0;) {
    of_wider[cell] = std::min(of_wider[cell], of_wider[cell + 1]);
  }
  rows_.push_back({.least = std::move(least), .of_wider = std::move(of_wider)});
}

void CompletionBound::complete(const std::vector<StageOption>& options, int levels,
                               std::vector<double>& least) {
  for (const StageOption& option : options) {
    if (option.levels != levels) continue;
    const std::vector<bool>& completes = stages_.at(option.degree).completes;
    const auto [begin, end] = cells_of(option);
    for (std::size_t cell = begin; cell < end; ++cell) {
      if (!completes[cell]) continue;
      least[cell] = std::min(least[cell], option.cost(request_.by_latency, 0));
    }
  }
}

}  // namespace equiripple
