// Ways in ascending degrees; the first that reaches the error, and what is cheaper beyond it.
#include "generator/search/direct_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numbers>
#include <tuple>

#include "generator/exchange/coarse.hpp"
#include "generator/search/undominated.hpp"
#include "generator/sign/direct.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

Composition composition_of(const StageOption& way) {
  return {.degrees = {way.degree},
          .stage_levels = {way.levels},
          .levels = way.levels,
          .key_switches = way.key_switches,
          .latency = way.latency_with(0)};
}

// Lower degrees are bounded farther beyond the range: for that latency may be so many times as
// much.
constexpr double trifle = 1.02;  // chosen: as little as the model of latencies tells apart

// Those within the budgets that no way to a higher degree matches, in ascending degrees.
std::vector<Composition> needed_ways(const CompositeSearchRequest& request,
                                     const std::vector<StageOption>& options) {
  std::vector<Composition> ways;
  for (const StageOption& option : options) {
    const bool fits = option.levels <= request.max_levels.value_or(option.levels) &&
                      option.key_switches <= request.max_key_switches.value_or(option.key_switches);
    if (fits) ways.push_back(composition_of(option));
  }
  std::ranges::sort(ways, [](const Composition& a, const Composition& b) {
    return std::tuple(b.degrees[0], a.levels, a.key_switches, a.latency) <
           std::tuple(a.degrees[0], b.levels, b.key_switches, b.latency);
  });
  std::vector<Composition> needed;
  for (Composition& way : ways) {
    Composition faster = way;
    faster.latency /= trifle;
    const auto matches = [&](const Composition& other) {
      return costs_no_more(other, faster, request.by_latency);
    };
    if (std::ranges::none_of(needed, matches)) needed.push_back(std::move(way));
  }
  std::ranges::reverse(needed);
  return needed;
}

// From that index on, without those that a lower degree matches in costs: both reach the error.
std::vector<Composition> least_costs(const std::vector<Composition>& ways, std::ptrdiff_t from,
                                     bool by_latency) {
  std::vector<Composition> kept;
  for (auto way = ways.begin() + from; way != ways.end(); ++way) {
    Composition slower = *way;
    slower.latency *= trifle;
    const auto matches = [&](const Composition& other) {
      return costs_no_more(other, slower, by_latency);
    };
    if (std::ranges::none_of(kept, matches)) kept.push_back(*way);
  }
  return kept;
}

// Of ways that first all miss and then all reach: the index of the first that reaches. Steps are
// doubled, then halved: far beyond it errors are below what double resolves, and take long.
template <class Misses>
std::ptrdiff_t first_that_does_not(const Misses& misses, const std::vector<Composition>& ways) {
  const auto count = static_cast<std::ptrdiff_t>(ways.size());
  const auto at = [&](std::ptrdiff_t i) { return misses(ways[static_cast<std::size_t>(i)]); };
  std::ptrdiff_t below = -1;
  std::ptrdiff_t above = 0;
  while (above < count && at(above)) {
    below = above;
    above = 2 * above + 1;
  }
  above = std::min(above, count);
  while (above - below > 1) {
    const std::ptrdiff_t middle = below + (above - below) / 2;
    (at(middle) ? below : above) = middle;
  }
  return above;
}

// Compositions for ReLU are polynomials of degree 2^levels at most: none takes fewer levels than
// the direct ones, and what costs more than that of the fewest is beaten by it. Of sign the direct
// ways may begin at a degree of more levels.
CompositeSearchRequest beside(const std::vector<FoundComposition>& direct,
                              CompositeSearchRequest request) {
  if (!request.error || request.gap || direct.empty()) return request;
  const auto levels = [](const FoundComposition& one) { return one.composition.levels; };
  const Composition& shallow = std::ranges::min_element(direct, {}, levels)->composition;
  if (request.by_latency) {
    request.known.push_back(shallow);
  } else {
    request.max_key_switches =
        std::min(request.max_key_switches.value_or(shallow.key_switches), shallow.key_switches);
  }
  return request;
}

constexpr int lowest_asymptotic = 16;  // chosen: there, and above, the series is good to 2^-24

// The minimax error of |x| on [-1, 1] for even degrees: Bernstein's constant and the next terms in
// 1 / degree^2 [VC85].
double asymptotic_abs_error(int degree) {
  const double n = degree / 2.0;
  const double u = 1 / (n * n);
  const double scaled = 0.2801694990 + u * (-0.0439675289 + u * (0.0264071688 - u * 0.0312534264));
  return scaled / degree;
}

// To what the minimax error of sign comes near for odd degrees 2 m + 1 [EY07]: off by a part that
// is a series in 1 / m, without its constant.
double asymptotic_sign_error(double gap, int degree) {
  const double m = (degree - 1) / 2.0;
  const double fall = m * (std::log1p(-gap) - std::log1p(gap));
  return std::exp(fall) * (1 - gap) / std::sqrt(std::numbers::pi * gap * m);
}

// Of degrees above it, errors below these bits are not asked of an exchange: it would take more
// bits than double's, and seconds.
constexpr int highest_solved_finely = 1023;
constexpr double finest_in_double = 0x1p-40;

// The lowest odd degree for which the asymptotic error is below.
int degree_for(double gap, double error) {
  int below = 1;
  int above = 3;
  while (asymptotic_sign_error(gap, above) >= error) above = 2 * above + 1;
  while (above - below > 2) {
    const int middle = below + (above - below) / 4 * 2;
    (asymptotic_sign_error(gap, middle) < error ? above : below) = middle;
  }
  return above;
}

}  // namespace

std::optional<double> DirectSearch::error(const std::optional<Rational>& gap, int degree) {
  const auto [entry, is_new] = errors_.try_emplace({gap.value_or(0), degree});
  if (!is_new) return entry->second;
  if (!gap && degree >= lowest_asymptotic) return entry->second = asymptotic_abs_error(degree) / 2;
  if (gap && degree > highest_solved_finely) {
    entry->second = extrapolated_sign_error(*gap, degree);
    if (entry->second) return entry->second;
  }
  const MinimaxRequest problem = gap ? sign_problem(*gap, 1, degree) : abs_problem(1, degree);
  const double part = gap ? 1 : 0.5;  // ReLU is half of |x|
  if (const auto coarse = CoarseMinimax::solve(problem)) {
    entry->second = part * coarse->error();
  } else if (const MinimaxResult solved = minimax(problem); solved.usable()) {
    entry->second = part * to_double(solved.error.upper, Rounding::up);
  }
  return entry->second;
}

std::optional<double> DirectSearch::extrapolated_sign_error(const Rational& gap, int degree) {
  const double g = to_double(gap);
  const double asymptotic = asymptotic_sign_error(g, degree);
  if (asymptotic >= finest_in_double) return std::nullopt;
  // 1 - error / asymptotic as C / m + D / m^2 through two degrees that double resolves.
  struct Sample {
    double inverse;  // 1 / m
    double off;
  };
  std::vector<Sample> samples;
  for (const double at : {0x1p-24, 0x1p-32}) {
    const int lower = degree_for(g, at);
    const auto known = error(gap, lower);
    if (!known) return std::nullopt;
    samples.push_back({2.0 / (lower - 1), 1 - *known / asymptotic_sign_error(g, lower)});
  }
  const Sample& first = samples.front();
  const Sample& second = samples.back();
  const double slope = (first.off / first.inverse - second.off / second.inverse) /
                       (first.inverse - second.inverse);  // D
  const double inverse = 2.0 / (degree - 1);
  const double off = inverse * (first.off / first.inverse + slope * (inverse - first.inverse));
  return asymptotic * (1 - off);
}

std::vector<int> DirectSearch::undecided() const {
  std::vector<int> degrees;
  for (const auto& [key, error] : errors_) {
    if (!error) degrees.push_back(key.second);
  }
  std::ranges::sort(degrees);
  return degrees;
}

std::vector<FoundComposition> DirectSearch::front(const CompositeSearchRequest& request,
                                                  const std::vector<StageOption>& options) {
  std::vector<Composition> ways = needed_ways(request, options);
  const double target = request.error ? to_double(*request.error) : request.finest_error;
  const auto misses = [&](const Composition& way) {
    const auto found = error(request.gap, way.degrees[0]);
    const double accuracy = way.degrees[0] > highest_solved_finely ? 0x1p-14 : 0x1p-18;
    return !found || *found > target * (1 - accuracy);
  };
  const std::ptrdiff_t reaching = first_that_does_not(misses, ways);
  if (request.error) {
    ways = least_costs(ways, reaching, request.by_latency);
  } else {  // nothing is gained beyond the finest error
    ways.erase(ways.begin() + std::min(reaching + 1, std::ssize(ways)), ways.end());
    if (request.only_best && !ways.empty()) ways.erase(ways.begin(), ways.end() - 1);
  }
  std::vector<FoundComposition> found;
  for (Composition& way : ways) {
    if (progress_) progress_(way.levels);
    const auto reached = error(request.gap, way.degrees[0]);
    if (!reached) continue;
    const double error = std::max(*reached, request.finest_error);
    way.error = {std::log(error) - std::log1p(-error)};
    found.push_back(
        {.composition = std::move(way), .gap = request.gap.value_or(0), .error = error});
  }
  return found;
}

std::vector<FoundComposition> DegreesSearch::front(const CompositeSearchRequest& request,
                                                   const std::vector<StageOption>& direct) {
  std::vector<FoundComposition> all = direct_.front(request, direct);
  for (FoundComposition& one : compositions_.front(beside(all, request))) {
    all.push_back(std::move(one));
  }
  if (request.only_best) {
    std::ranges::stable_sort(all, {}, [](const FoundComposition& one) {
      return std::tuple(one.error, one.composition.levels, one.composition.key_switches);
    });
    return all;
  }
  std::ranges::stable_sort(all, {}, [](const FoundComposition& one) {
    return std::tuple(one.composition.levels, one.composition.key_switches, one.error);
  });
  if (request.ties > 0) return all;
  std::vector<FoundComposition> kept;
  for (const std::size_t i : undominated(all, request)) kept.push_back(all[i]);
  return kept;
}

}  // namespace equiripple
