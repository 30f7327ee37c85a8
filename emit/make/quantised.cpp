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
#include "emit/hexfloat.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/one_polynomial.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/proven.hpp"
#include "emit/make/ranking.hpp"
#include "emit/refresh_text.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {
namespace {

constexpr int highest_first = 63;  // of a first polynomial; chosen: planned in seconds
constexpr std::size_t most_searched_stages = 6;  // chosen: each about doubles the bits
constexpr std::size_t most_planned = 8;          // of the chains; chosen: estimates rank them well

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

// Of the intervals after a stage with this error: wider by what proofs and programs round, what
// ciphertexts are off, and the noise of a refresh.
Rational radius_after(const SteppedRequest& request, const Rational& error,
                      const Rational& noise = 0) {
  constexpr long share_log2 = -10;     // chosen: of the error; far below what it is squared to
  constexpr long distance_log2 = -22;  // as the margin of sign
  const Rational margin = std::max(Rational(error * power_of_two(share_log2)),
                                   least_distance(request.values) * power_of_two(distance_log2));
  const Rational reach = (request.values.back() - request.values.front()) / 2 + error + margin;
  return error + margin + (noise > 0 ? widening_of(noise, reach) : Rational(0));
}

// The degrees of the stages; where they are refreshed, the noise before each and their levels.
struct Chain {
  std::vector<int> degrees{};
  std::vector<Rational> noise{};
  std::vector<int> stage_levels{};

  Rational noise_before(std::size_t stage) const {
    return stage < noise.size() ? noise[stage] : Rational(0);
  }
};

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

std::string form_text(const Chain& chain) {
  const std::vector<int>& degrees = chain.degrees;
  if (degrees.size() == 1) return fmt::format("one polynomial, degree {}", degrees.front());
  return fmt::format("degree {}, then flat {}{}", degrees.front(),
                     fmt::join(degrees.begin() + 1, degrees.end(), ","),
                     refreshed_places_text(chain.noise));
}

Outcome<std::vector<SteppedStage>> proved(const SteppedRequest& request, const Chain& chain) {
  const std::vector<int>& degrees = chain.degrees;
  std::vector<SteppedStage> stages;
  std::optional<Rational> radius;
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    Outcome<Proven> solved =
        solve_and_prove({.problem = problem_at(request, degrees[i], radius), .form = {}});
    if (!solved) return solved.error();
    const auto proven = std::make_shared<const Proven>(*std::move(solved));
    const Rational& error = proven->error.upper;
    const Rational after = radius_after(request, error, chain.noise_before(i + 1));
    if (2 * after >= least_distance(request.values)) {
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
    radius = after;
  }
  return stages;
}

std::optional<StepForm> form_of(const SteppedRequest& request, const Chain& chain) {
  const std::vector<int>& degrees = chain.degrees;
  StepForm form{.text = form_text(chain),
                .steps = chain_of(degrees.size()),
                .noise = chain.noise,
                .stage_levels = chain.stage_levels};
  std::optional<Rational> radius;
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    const MinimaxResult solved = minimax(problem_at(request, degrees[i], radius));
    if (!solved.usable()) return std::nullopt;
    radius = radius_after(request, solved.error.upper, chain.noise_before(i + 1));
    if (2 * *radius >= least_distance(request.values)) return std::nullopt;
    form.polynomials.push_back(rounded(solved.polynomial, binary64_bits));
    form.ranges.push_back({request.values.front() - *radius, request.values.back() + *radius});
  }
  form.proved = [=] { return proved(request, chain); };
  form.finer = [=] {
    Chain finer = chain;
    finer.degrees.front() += is_odd(request) ? 2 : 1;
    return form_of(request, finer);
  };
  return form;
}

StepForm direct_form(const SteppedRequest& request) {
  return smallest_form(request, problem_at(request, 0, std::nullopt), request.error,
                       highest_direct_degree(request),
                       [&](int degree) { return form_of(request, {.degrees = {degree}}); });
}

class Chains {
 public:
  /// Those of a request with `refresh` that are refreshed.
  explicit Chains(const SteppedRequest& request)
      : request_(request), distance_(to_double(least_distance(request.values))) {}

  std::vector<Chain> best() {
    const InPhase phase(Phase::choice);
    std::vector<Label> open;
    double before = distance_ / 2;
    for (const int degree : degrees(static_cast<int>(request_.values.size()) - 1)) {
      const double error = error_of(degree, std::nullopt);
      if (error >= before * useful) continue;
      before = error;
      add(open, start(), degree, error, false);
      if (is_enough(degree, error)) break;
    }
    for (std::size_t stages = 1; stages < most_searched_stages && !open.empty(); ++stages) {
      report_work(
          fmt::format("searching: chains of {}", plural(static_cast<int>(stages) + 1, "stage")));
      std::vector<Label> longer;
      for (const Label& label : open) {
        for (const bool refreshes : {false, true}) extend(longer, label, refreshes);
      }
      open = std::move(longer);
    }
    std::ranges::stable_sort(complete_, {}, [&](const Label& label) { return cost(label); });
    std::vector<Chain> all;
    for (const Label& label : complete_) {
      if (all.size() == most_planned) break;
      if (request_.refresh && label.refreshes == 0) continue;
      all.push_back(label.chain);
      if (label.refreshes == 0) all.back().noise.clear();
    }
    return all;
  }

 private:
  static constexpr double useful = 1 - 0x1p-10;  // chosen: what gains less pays for no product

  struct Planned {
    PlanCosts costs{};
    std::vector<Instruction> program{};
  };
  struct Label {
    Chain chain{};
    int levels = 0;
    int key_switches = 0;
    int left = 0;          // levels
    int refreshes = 0;     // likewise where there are any
    double refreshed = 0;  // latency so far, where refreshes tell which levels are there
    double error = 0;
  };

  Label start() const {
    Label label;
    if (request_.refresh) label.left = request_.refresh->start;
    return label;
  }

  void extend(std::vector<Label>& longer, const Label& label, bool refreshes) {
    if (refreshes && (!request_.refresh || label.left < request_.refresh->lowest)) return;
    const Rational radius = radius_after(request_, Rational(label.error),
                                         refreshes ? request_.refresh->noise : Rational(0));
    if (2 * radius >= least_distance(request_.values)) return;
    for (const int degree : degrees(static_cast<int>(request_.values.size()))) {
      const double error = error_of(degree, radius);
      if (error < label.error * useful) add(longer, label, degree, error, refreshes);
      if (is_enough(degree, error)) break;
    }
  }

  // Higher degrees take no less; their errors, far below what is asked for, are dear to find.
  bool is_enough(int degree, double error) {
    return Rational(error) <= request_.error && planned(degree);
  }

  // The degrees that a stage can have in the levels that there are.
  int in_levels() const {
    constexpr int enough = 6;  // for highest_first
    int levels = request_.plan.max_levels.value_or(enough);
    if (const auto& terms = request_.refresh) levels = std::max(terms->levels, terms->start);
    return 1 << std::clamp(levels, 0, enough);
  }

  // Those at which a polynomial of the class takes more levels or products: between them a lower
  // degree costs as much.
  std::vector<int> degrees(int lowest) const {
    std::vector<int> all;
    const int highest =
        std::min(request_.max_degree.value_or(highest_first), std::min(highest_first, in_levels()));
    for (const int degree : {1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 19, 23, 27, 31, 39, 47, 55, 63}) {
      if (degree < lowest || degree > highest) continue;
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

  Cost cost(const Label& label) {
    if (request_.refresh) {
      const bool by_latency = request_.plan.objective == PlanObjective::latency;
      return {by_latency ? 0 : static_cast<double>(label.refreshes),
              label.refreshed + request_.plan.level_price * label.levels, 0};
    }
    double latency = 0;
    CostTable table = request_.plan.costs;
    for (std::size_t i = label.chain.degrees.size(); i-- > 0;) {
      const Planned& stage = *planned(label.chain.degrees[i]);
      latency += latency_of(stage.program, table);
      table.levels_after += stage.costs.levels;
    }
    return cost_of(request_.plan, label.levels, label.key_switches, latency);
  }

  // Of the levels that are there; false where they do not suffice.
  bool spend(Label& label, const Planned& stage, bool refreshes) const {
    if (!request_.refresh) return true;
    const RefreshRequest& terms = *request_.refresh;
    const CostTable& costs = request_.plan.costs;
    if (refreshes) {
      label.left = terms.levels;
      label.refreshed += terms.cost + cost_at(costs.key_switch, terms.levels);
      ++label.refreshes;
    }
    label.left -= stage.costs.levels;
    CostTable table = costs;
    table.levels_after = label.left;
    label.refreshed += latency_of(stage.program, table);
    return label.left >= 0;
  }

  // Whether enough that is complete costs less.
  bool is_hopeless(const Label& label) {
    const auto is_cheaper = [&](const Label& other) { return cost(other) < cost(label); };
    constexpr std::ptrdiff_t enough = 3;  // chosen: should the proof of one fail
    return std::ranges::count_if(complete_, is_cheaper) >= enough;
  }

  // Where nothing that is as cheap is as good.
  void add(std::vector<Label>& open, const Label& before, int degree, double error,
           bool refreshes) {
    const auto& stage = planned(degree);
    if (!stage) return;
    Label label = before;
    if (!spend(label, *stage, refreshes)) return;
    Chain& chain = label.chain;
    chain.degrees.push_back(degree);
    if (request_.refresh) {
      chain.noise.push_back(refreshes ? request_.refresh->noise : Rational(0));
      chain.stage_levels.push_back(stage->costs.levels);
    }
    label.levels += stage->costs.levels;
    label.key_switches += stage->costs.key_switches;
    label.error = error;
    if (request_.refresh && is_hopeless(label)) return;
    const auto is_beaten_by = [&](const Label& other) {
      if (other.error > label.error) return false;
      if (!request_.refresh) {
        return other.levels <= label.levels && other.key_switches <= label.key_switches;
      }
      return other.left >= label.left && other.refreshes <= label.refreshes &&
             other.refreshed <= label.refreshed;
    };
    if (label.levels > request_.plan.max_levels.value_or(label.levels) ||
        label.key_switches > request_.max_key_switches.value_or(label.key_switches) ||
        std::ranges::any_of(met_, is_beaten_by)) {
      return;
    }
    met_.push_back(label);
    if (Rational(error) > request_.error) {
      open.push_back(std::move(label));
    } else if (chain.degrees.size() > 1) {  // else one polynomial does
      complete_.push_back(std::move(label));
    }
  }

  const SteppedRequest& request_;
  double distance_;
  std::map<int, std::optional<Planned>> planned_{};
  std::vector<Label> met_{};
  std::vector<Label> complete_{};
};

}  // namespace

namespace {

std::vector<StepForm> chains_of(const SteppedRequest& request) {
  std::vector<StepForm> forms;
  for (const Chain& chain : Chains(request).best()) {
    if (auto form = form_of(request, chain)) forms.push_back(std::move(*form));
  }
  return forms;
}

}  // namespace

Outcome<SteppedChoice> make_quantised(const SteppedRequest& request, const Identity& identity) {
  if (!request.refresh) {
    std::vector<StepForm> forms{direct_form(request)};
    std::ranges::move(chains_of(request), std::back_inserter(forms));
    return chosen_form(request, identity, forms);
  }
  auto without = choice_without_refresh(
      request, [&](const SteppedRequest& plain) { return make_quantised(plain, identity); });
  if (without) return *std::move(without);
  const std::vector<StepForm> forms = chains_of(request);
  if (forms.empty()) {
    return about_refresh(*request.refresh, "no chain of stages has error " +
                                               size_text(request.error, Rounding::down));
  }
  return chosen_form(request, identity, forms);
}

}  // namespace equiripple
