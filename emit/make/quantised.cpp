// The first polynomial is minimax on the intervals themselves; each that follows is minimax for the
// same values near them, where the one before has left its error: between the values it is free, at
// them it turns out flat, so that errors are about squared. Chains are searched with the exchange
// in double as the oracle, and of all of them the few that promise most are planned.
#include "emit/make/quantised.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/ranking.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

constexpr int highest_first = 63;        // of a first polynomial; chosen: planned in seconds
constexpr std::size_t most_stages = 6;   // chosen: each about doubles the bits
constexpr std::size_t most_planned = 8;  // of the chains; chosen: estimates rank them well

Domain around(const std::vector<Rational>& values, const Rational& radius) {
  Domain domain;
  for (const Rational& value : values) domain.push_back({value - radius, value + radius});
  return domain;
}

Rational least_distance(const std::vector<Rational>& values) {
  Rational least = values.back() - values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    least = std::min(least, Rational(values[i] - values[i - 1]));
  }
  return least;
}

// Of the intervals after a stage with this error: wider by what proofs and programs round, and what
// ciphertexts are off.
Rational radius_after(const SteppedRequest& request, const Rational& error) {
  constexpr long share_log2 = -10;     // chosen: of the error; far below what it is squared to
  constexpr long distance_log2 = -22;  // as the margin of sign
  const Rational margin = std::max(Rational(error * power_of_two(share_log2)),
                                   least_distance(request.values) * power_of_two(distance_log2));
  return error + margin;
}

// On the domain as it is stored. Without a radius: the first.
MinimaxRequest problem_at(const SteppedRequest& request, int degree,
                          const std::optional<Rational>& radius) {
  MinimaxRequest problem = problem_of_stage(request, chain_of(1), 0).problem;
  if (radius) problem.domain = rounded_outward(around(request.values, *radius));
  problem.degree = degree;
  return problem;
}

// About a point: odd degrees are worth as much as the even one above.
bool is_odd(const SteppedRequest& request) {
  const Domain& domain = request.whole.domain;
  const Rational sum = domain.front().lower + domain.back().upper;
  for (std::size_t i = 0; i < domain.size(); ++i) {
    const std::size_t mirrored = domain.size() - 1 - i;
    if (domain[i].lower + domain[mirrored].upper != sum ||
        request.values[i] + request.values[mirrored] !=
            request.values.front() + request.values.back()) {
      return false;
    }
  }
  return true;
}

std::string form_text(const std::vector<int>& degrees) {
  if (degrees.size() == 1) return fmt::format("one polynomial, degree {}", degrees.front());
  return fmt::format("degree {}, then flat {}", degrees.front(),
                     fmt::join(degrees.begin() + 1, degrees.end(), ","));
}

Outcome<std::vector<SteppedStage>> proved(const SteppedRequest& request,
                                          const std::vector<int>& degrees) {
  std::vector<SteppedStage> stages;
  std::optional<Rational> radius;
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    Outcome<Proven> solved =
        solve_and_prove({.problem = problem_at(request, degrees[i], radius), .form = {}});
    if (!solved) return solved.error();
    const auto proven = std::make_shared<const Proven>(*std::move(solved));
    const Rational& error = proven->error.upper;
    if (2 * radius_after(request, error) >= least_distance(request.values)) {
      return Refusal{fmt::format("stage {} does not tell the values apart", i + 1)};
    }
    stages.push_back({.record = {.polynomial = proven->stored,
                                 .domain = proven->problem.domain,
                                 .range = rounded_outward(around(request.values, error)),
                                 .claim = {proven->error, Metric::absolute},
                                 .rounding = proven->rounding},
                      .error_of_program = [proven](const ChebyshevSeries& computed) {
                        return error_of_program(*proven, computed, default_tightness_log2);
                      }});
    radius = radius_after(request, error);
  }
  return stages;
}

std::optional<StepForm> form_of(const SteppedRequest& request, const std::vector<int>& degrees) {
  StepForm form{.text = form_text(degrees), .steps = chain_of(degrees.size())};
  std::optional<Rational> radius;
  for (const int degree : degrees) {
    const MinimaxResult solved = minimax(problem_at(request, degree, radius));
    if (!solved.usable()) return std::nullopt;
    radius = radius_after(request, solved.error.upper);
    if (2 * *radius >= least_distance(request.values)) return std::nullopt;
    form.polynomials.push_back(rounded(solved.polynomial, binary64_bits));
    form.ranges.push_back({request.values.front() - *radius, request.values.back() + *radius});
  }
  form.proved = [=] { return proved(request, degrees); };
  form.finer = [=] {
    std::vector<int> finer = degrees;
    finer.front() += is_odd(request) ? 2 : 1;
    return form_of(request, finer);
  };
  return form;
}

StepForm direct_form(const SteppedRequest& request) {
  const InPhase phase(Phase::choice);
  const int highest = request.max_degree.value_or(highest_planned_degree);
  const DegreeSearch search =
      smallest_degree(problem_at(request, 0, std::nullopt), request.error, highest);
  if (search.found) {
    if (auto form = form_of(request, {search.degree})) return std::move(*form);
  }
  return {.text = "one polynomial",
          .why = fmt::format("no degree up to {} is known to do", highest)};
}

class Chains {
 public:
  explicit Chains(const SteppedRequest& request)
      : request_(request), distance_(to_double(least_distance(request.values))) {}

  std::vector<std::vector<int>> best() {
    const InPhase phase(Phase::choice);
    std::vector<Chain> open;
    double before = distance_ / 2;
    for (const int degree : degrees(static_cast<int>(request_.values.size()) - 1)) {
      const double error = error_of(degree, std::nullopt);
      if (error >= before * useful) continue;
      before = error;
      add(open, Chain{}, degree, error);
    }
    for (std::size_t stages = 1; stages < most_stages && !open.empty(); ++stages) {
      report_work(
          fmt::format("searching: chains of {}", plural(static_cast<int>(stages) + 1, "stage")));
      std::vector<Chain> longer;
      for (const Chain& chain : open) {
        for (const int degree : degrees(static_cast<int>(request_.values.size()))) {
          const double error = error_of(degree, radius_after(request_, Rational(chain.error)));
          if (error < chain.error * useful) add(longer, chain, degree, error);
        }
      }
      open = std::move(longer);
    }
    std::ranges::stable_sort(complete_, {}, [&](const Chain& chain) { return cost(chain); });
    std::vector<std::vector<int>> all;
    for (const Chain& chain : complete_) {
      if (all.size() == most_planned) break;
      all.push_back(chain.degrees);
    }
    return all;
  }

 private:
  static constexpr double useful = 1 - 0x1p-10;  // chosen: what gains less pays for no product

  struct Planned {
    PlanCosts costs{};
    std::vector<Instruction> program{};
  };
  struct Chain {
    std::vector<int> degrees{};
    int levels = 0;
    int key_switches = 0;
    double error = 0;
  };

  // Those at which a polynomial of the class takes more levels or products: between them a lower
  // degree costs as much.
  std::vector<int> degrees(int lowest) const {
    std::vector<int> all;
    for (const int degree : {1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 19, 23, 27, 31, 39, 47, 55, 63}) {
      if (degree < lowest ||
          degree > std::min(request_.max_degree.value_or(highest_first), highest_first))
        continue;
      if (degree % 2 == 1 || !is_odd(request_)) all.push_back(degree);
    }
    return all;
  }

  // The exchange in double; where that does not resolve the error, the whole of it.
  double error_of(int degree, const std::optional<Rational>& radius) const {
    const MinimaxRequest problem = problem_at(request_, degree, radius);
    if (const auto coarse = CoarseMinimax::solve(problem)) return coarse->error();
    const MinimaxResult solved = minimax(problem);
    return solved.usable() ? to_double(solved.error.upper) : distance_;
  }

  // None where it has no plan. Costs hang on the degree, hardly on the intervals.
  const std::optional<Planned>& planned(int degree) {
    const auto known = planned_.find(degree);
    if (known != planned_.end()) return known->second;
    std::optional<Planned>& planned = planned_[degree];
    const MinimaxResult solved = minimax(problem_at(request_, degree, std::nullopt));
    if (!solved.usable()) return planned;
    report_work(fmt::format("planning a polynomial of degree {}", degree));
    PlanSettings settings = request_.plan;
    settings.max_levels.reset();
    settings.absorb = false;
    auto plan = make_plan(Kind::minimax, {rounded(solved.polynomial, binary64_bits)}, settings);
    if (plan) planned = Planned{plan->plan.costs, std::move(plan->plan.program)};
    return planned;
  }

  Cost cost(const Chain& chain) {
    double latency = 0;
    CostTable table = request_.plan.costs;
    for (std::size_t i = chain.degrees.size(); i-- > 0;) {
      const Planned& stage = *planned(chain.degrees[i]);
      latency += latency_of(stage.program, table);
      table.levels_after += stage.costs.levels;
    }
    return cost_of(request_.plan, chain.levels, chain.key_switches, latency);
  }

  // Where nothing that is as cheap is as good.
  void add(std::vector<Chain>& open, const Chain& before, int degree, double error) {
    const auto& stage = planned(degree);
    if (!stage) return;
    Chain chain = before;
    chain.degrees.push_back(degree);
    chain.levels += stage->costs.levels;
    chain.key_switches += stage->costs.key_switches;
    chain.error = error;
    const auto is_beaten_by = [&](const Chain& other) {
      return other.levels <= chain.levels && other.key_switches <= chain.key_switches &&
             other.error <= chain.error;
    };
    if (chain.levels > request_.plan.max_levels.value_or(chain.levels) ||
        chain.key_switches > request_.max_key_switches.value_or(chain.key_switches) ||
        std::ranges::any_of(met_, is_beaten_by)) {
      return;
    }
    met_.push_back(chain);
    if (Rational(error) > request_.error) {
      open.push_back(std::move(chain));
    } else if (chain.degrees.size() > 1) {  // else one polynomial does
      complete_.push_back(std::move(chain));
    }
  }

  const SteppedRequest& request_;
  double distance_;
  std::map<int, std::optional<Planned>> planned_{};
  std::vector<Chain> met_{};
  std::vector<Chain> complete_{};
};

}  // namespace

Outcome<SteppedChoice> make_quantised(const SteppedRequest& request, const Identity& identity) {
  std::vector<StepForm> forms{direct_form(request)};
  for (const std::vector<int>& degrees : Chains(request).best()) {
    if (auto form = form_of(request, degrees)) forms.push_back(std::move(*form));
  }
  return chosen_form(request, identity, forms);
}

}  // namespace equiripple
