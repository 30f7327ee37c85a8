// One polynomial planned, its operations counted by the levels that are spent.
#include "emit/make/direct_costs.hpp"

#include <algorithm>

#include "emit/plan/make_plan.hpp"
#include "emit/plan/power_set.hpp"
#include "generator/chebyshev.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/search/composite_search.hpp"
#include "generator/search/direct_search.hpp"
#include "generator/sign/direct.hpp"

namespace equiripple {
namespace {

// 4 / pi times 1, -1/3, 1/5, ... for sign, and 1/3, -1/15, ... for |x|.
ChebyshevSeries function_series(int degree) {
  constexpr double four_over_pi = 1.2732395447351628;
  const bool odd = degree % 2 == 1;
  ChebyshevSeries series{
      .coefficients = std::vector<Rational>(static_cast<std::size_t>(degree) + 1),
      .parity = odd ? Parity::odd : Parity::even};
  for (int k = odd ? 1 : 0; k <= degree; k += 2) {
    const double sign = k / 2 % 2 == (odd ? 0 : 1) ? 1 : -1;
    const double size = odd ? four_over_pi / k : four_over_pi / (static_cast<double>(k) * k - 1);
    series.coefficients[static_cast<std::size_t>(k)] = Rational(sign * size);
  }
  series.coefficients[0] /= 2;
  return series;
}

ChebyshevSeries series_of(int degree) {
  const bool depends_on_coefficients = degree % 2 == 0 && degree <= highest_searched_degree;
  if (!depends_on_coefficients) return function_series(degree);
  return rounded(minimax(abs_problem(1, degree)).polynomial, binary64_bits);
}

static_assert(highest_searched_direct == highest_planned_degree);

bool absorbs(int degree, int levels) { return degree == 1 << levels; }

}  // namespace

std::optional<StageProfile> direct_profile(int degree, int levels) {
  const bool odd = degree % 2 == 1;
  const Kind kind = odd ? Kind::sign : Kind::relu;
  const ChebyshevSeries series = series_of(degree);
  const std::vector<ChebyshevSeries> stages = {odd ? series : relu_of_abs(series)};
  if (minimum_plan_levels(kind, stages) > levels) return std::nullopt;
  const auto planned = make_plan(
      kind, stages,
      {.objective = PlanObjective::key_switches, .max_levels = levels, .stage_levels = {levels}});
  if (!planned || planned->plan.costs.levels > levels) return std::nullopt;
  StageProfile profile{.degree = degree, .levels = planned->plan.costs.levels};
  for (const Instruction& step : planned->plan.program) {
    const int spent = step.operation == PlanOperation::rescale ? step.depth - 1 : step.depth;
    count(step.operation, profile.spent.at(static_cast<std::size_t>(spent)));
  }
  return profile;
}

std::vector<StageOption> direct_options(const PlanSettings& settings, Kind kind, int max_degree) {
  std::vector<StageOption> options;
  for (const StageProfile& profile : tabled_direct_profiles()) {
    const bool is_odd = profile.degree % 2 == 1;
    if (is_odd == covers_gap(kind) || profile.degree > max_degree) continue;
    if (!settings.absorb && absorbs(profile.degree, profile.levels)) continue;
    StageOption option{
        .degree = profile.degree, .levels = profile.levels, .key_switches = profile.key_switches()};
    for (int left = 0; left <= most_searched_levels; ++left) {
      option.latency.push_back(latency_of(profile, settings.costs, left));
    }
    options.push_back(std::move(option));
  }
  return options;
}

// A polynomial that absorbs its leading coefficient grows by the inverse of that.
bool keeps_growth(const PlanSettings& settings, const StageOption& direct) {
  if (!absorbs(direct.degree, direct.levels)) return true;
  const Rational growth = Rational(406, 100) * direct.degree - 1;  // of |x| less (measured to 512)
  return growth <= settings.growth_limit;
}

}  // namespace equiripple
