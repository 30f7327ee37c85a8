// To first order the doublings make 2^r of the weighted error of the cosine, and the arcsine its
// slope of that: what the arcsine's own error leaves of the error finds the degree of the cosine,
// and the proof of the whole decides.
#include "emit/make/modular.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <map>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/one_polynomial.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/ranking.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {
namespace {

// All chosen.
constexpr int more_doublings = 1;         // than halve the range to about one turn of the cosine,
constexpr int fewer_doublings = 5;        // or fewer: with less the degree is far higher
constexpr int most_dearer = 2;            // in a row, after which fewer doublings are not tried
constexpr int highest_arcsine = 63;       // each more is a smaller gain
constexpr int most_direct_integers = 7;   // between more one polynomial runs so high that its
                                          // coefficients in binary64 lose what it is near them
constexpr int highest_direct = 255;       // likewise
constexpr long harmless_log2 = -6;        // of the error: what the arcsine may take of it
constexpr long sine_rounding_log2 = -36;  // what coefficients of binary64 add to the sine

class Modular {
 public:
  explicit Modular(const SteppedRequest& request)
      : request_(request),
        asked_(*request.modular),
        sizes_(sine_sizes(width_of(request.whole.domain))) {}

  Outcome<std::vector<StepForm>> forms() {
    if (!asked_.reduces) {
      Outcome<StepForm> form = sine(*asked_.doublings);
      if (!form) return form.error();
      return std::vector{*std::move(form)};
    }
    std::vector<StepForm> forms;
    if (!request_.degree && !asked_.arcsine_degree) {
      if (request_.whole.domain.size() <= most_direct_integers) {
        forms.push_back(polynomial_form(request_, highest_direct));
      } else {
        forms.push_back(
            {.text = "one polynomial",
             .why = fmt::format("not tried near more than {} integers", most_direct_integers)});
      }
    }
    Outcome<std::vector<StepForm>> all = all_reductions();
    if (!all) return all.error();
    std::ranges::move(*all, std::back_inserter(forms));
    if (!asked_.is_bounded && forms.front().polynomials.empty()) {
      return about("--degree", fmt::format(" {}: the sine leaves [-1, 1], where its arcsine is",
                                           *request_.degree));
    }
    return forms;
  }

 private:
  // From many doublings to few: degrees rise, and so does the time to find them.
  Outcome<std::vector<StepForm>> all_reductions() {
    const auto integers = static_cast<unsigned>(request_.whole.domain.size());
    const int one_turn = std::bit_width(integers / 2);
    const int first = asked_.doublings.value_or(std::max(0, one_turn - fewer_doublings));
    std::vector<std::vector<StepForm>> groups;
    Cost before = unaffordable;
    int dearer = 0;  // so many in a row cost more than the one with a doubling more
    for (int r = asked_.doublings.value_or(one_turn + more_doublings); r >= first; --r) {
      if (dearer == most_dearer) {
        groups.push_back({{.text = fmt::format("up to {}", plural(r, "doubling")),
                           .why = "not tried: the fewer the doublings, the more it costs"}});
        break;
      }
      groups.push_back(reductions(r));
      if (request_.plan.objective == PlanObjective::levels) continue;
      const Outcome<Cost> cost = least_cost(groups.back());
      if (!cost) return cost.error();
      dearer = before < *cost ? dearer + 1 : 0;
      before = *cost;
    }
    std::vector<StepForm> forms;
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
      std::ranges::move(*group, std::back_inserter(forms));
    }
    return forms;
  }

  static constexpr Cost unaffordable{std::numeric_limits<double>::infinity(), 0, 0};

  // Of those within the budgets.
  Outcome<Cost> least_cost(const std::vector<StepForm>& forms) const {
    Cost least = unaffordable;
    for (const StepForm& form : forms) {
      if (form.polynomials.empty()) continue;
      const Outcome<std::optional<FormCosts>> taken = costs_of(request_, form);
      if (!taken) return taken.error();
      if (!*taken) continue;
      const PlanCosts& plan = (*taken)->plan;
      if (plan.levels > request_.plan.max_levels.value_or(plan.levels) ||
          plan.key_switches > request_.max_key_switches.value_or(plan.key_switches)) {
        continue;
      }
      least = std::min(least,
                       cost_of(request_.plan, plan.levels, plan.key_switches, (*taken)->latency));
    }
    return least;
  }

  static Rational width_of(const Domain& domain) {
    return (domain.front().upper - domain.front().lower) / 2;
  }

  Outcome<StepForm> sine(int doublings) {
    const ModularForm form{.doublings = doublings};
    const auto degree = cosine_degree(form, request_.error * power_of_two(-doublings));
    if (!degree) {
      return about("--error",
                   fmt::format(" {}: no degree up to {} is known to reach it",
                               size_text(request_.error, Rounding::down), highest_planned_degree));
    }
    auto made = form_of(form, *degree, 0);
    if (!made) return Refusal{fmt::format("degree {}: the exchange gave up", *degree)};
    return *std::move(made);
  }

  // For each degree of the arcsine that the error has room for, up to one that takes next to none
  // of it.
  std::vector<StepForm> reductions(int doublings) {
    const ModularForm form{.doublings = doublings, .has_arcsine = true};
    const std::string name = plural(doublings, "doubling");
    std::vector<StepForm> forms;
    Rational most = request_.error;
    if (!asked_.is_bounded) {  // what the sine takes: to that the arcsine shall add next to nothing
      const MinimaxResult solved = minimax(cosine_problem(form, *request_.degree));
      most = error_of_sine(form, solved) * sizes_.slope;
    }
    for (int m = asked_.arcsine_degree.value_or(1);
         m <= asked_.arcsine_degree.value_or(highest_arcsine); m += 2) {
      const Rational own = arcsine_error(m);
      const bool is_harmless = own <= most * power_of_two(harmless_log2);
      const bool is_tried =
          asked_.is_bounded ? own < most : is_harmless || asked_.arcsine_degree.has_value();
      if (!is_tried) continue;
      const auto degree =
          cosine_degree(form, (request_.error - own) / sizes_.slope * power_of_two(-doublings));
      if (auto made = degree ? form_of(form, *degree, m) : std::nullopt) {
        forms.push_back(std::move(*made));
      }
      if (is_harmless) break;
    }
    if (forms.empty()) {
      forms.push_back({.text = name,
                       .why = fmt::format("the sine leaves [-1, 1], or no degrees up to {}, of the "
                                          "arcsine up to {}, are known to do",
                                          highest_planned_degree, highest_arcsine)});
    }
    return forms;
  }

  Rational arcsine_error(int degree) {
    const auto known = arcsine_errors_.find(degree);
    if (known != arcsine_errors_.end()) return known->second;
    const MinimaxResult solved =
        minimax(arcsine_problem(sizes_.sine + power_of_two(sine_rounding_log2), degree));
    const Rational error = solved.usable() ? solved.error.upper : Rational(1);
    arcsine_errors_[degree] = error;
    return error;
  }

  MinimaxRequest arcsine_problem(const Rational& end, int degree) const {
    MinimaxRequest problem =
        problem_of_stage(request_, steps_of({.doublings = 1, .has_arcsine = true}), 1).problem;
    problem.domain = rounded_outward(Domain{{-end, end}});
    problem.degree = degree;
    return problem;
  }

  MinimaxRequest cosine_problem(const ModularForm& form, int degree) const {
    MinimaxRequest problem = problem_of_stage(request_, steps_of(form), 0).problem;
    problem.degree = degree;
    return problem;
  }

  static Rational error_of_sine(const ModularForm& form, const MinimaxResult& cosine) {
    return cosine.error.upper * power_of_two(form.doublings);
  }

  // The one that is asked for, or the smallest of this weighted error.
  std::optional<int> cosine_degree(const ModularForm& form, const Rational& limit) {
    if (request_.degree) return request_.degree;
    const InPhase phase(Phase::choice);
    const MinimaxRequest problem = problem_of_stage(request_, steps_of(form), 0).problem;
    const DegreeSearch search =
        smallest_degree(problem, limit, highest_planned_degree, expected_degree(form.doublings));
    if (!search.found) return std::nullopt;
    cosine_degrees_[form.doublings] = search.degree;
    return search.degree;
  }

  // About: degrees rise from one number of doublings to the next by nearly the same factor.
  int expected_degree(int doublings) const {
    const auto known = [&](int r) {
      const auto found = cosine_degrees_.find(r);
      return found == cosine_degrees_.end() ? 0 : found->second;
    };
    if (known(doublings) > 0) return known(doublings);  // for another arcsine
    const int last = known(doublings + 1);
    const int one_before = known(doublings + 2);
    return one_before > 0 ? last * last / one_before : last;
  }

  // `arcsine` is the degree of that, where there is one.
  std::optional<StepForm> form_of(const ModularForm& form, int degree, int arcsine) const {
    const Metric metric = problem_of_stage(request_, steps_of(form), 0).metric;
    const MinimaxRequest cosine = cosine_problem(form, degree);
    const MinimaxResult solved = minimax(cosine);
    if (!solved.usable()) return std::nullopt;
    StepForm made{.text = fmt::format("degree {}, {}", degree, plural(form.doublings, "doubling")),
                  .steps = steps_of(form),
                  .polynomials = {rounded(solved.polynomial, binary64_bits)},
                  .ranges = {{-1, 1}},
                  .proved = [cosine, metric] { return proved_polynomial(cosine, metric); },
                  .finer = {}};
    if (form.has_arcsine) {
      made.text += fmt::format(", arcsine {}", arcsine);
      const Rational end =
          sizes_.sine + 2 * error_of_sine(form, solved) + power_of_two(sine_rounding_log2);
      if (end >= arcsine_basis().upper) return std::nullopt;
      const MinimaxRequest problem = arcsine_problem(end, arcsine);
      const MinimaxResult inverse = minimax(problem);
      if (!inverse.usable()) return std::nullopt;
      made.polynomials.push_back(rounded(inverse.polynomial, binary64_bits));
      made.ranges.push_back({-1, 1});
      made.proved = [cosine, metric, problem]() -> Outcome<std::vector<SteppedStage>> {
        Outcome<std::vector<SteppedStage>> stages = proved_polynomial(cosine, metric);
        if (!stages) return stages;
        Outcome<std::vector<SteppedStage>> last = proved_polynomial(problem, Metric::absolute);
        if (!last) return last;
        stages->push_back(std::move(last->front()));
        return stages;
      };
    }
    if (!request_.degree) {
      const bool is_high = runs_high(made.polynomials.front());
      made.finer = [this, form, degree, arcsine, is_high] {
        return is_high ? lower_running(form, degree, arcsine) : form_of(form, degree + 1, arcsine);
      };
    }
    return made;
  }

  // Whether the rounding of its coefficients, and of a program's scalars, is more than the sine has
  // room for. The fewer the degree has to spare, the higher the polynomial runs between integers.
  static bool runs_high(const ChebyshevSeries& cosine) {
    constexpr long program_log2 = 4;  // times that of the coefficients; chosen
    Rational size = 0;
    for (const Rational& c : cosine.coefficients) size += abs(c);
    return size * power_of_two(program_log2 - binary64_bits - 1) > power_of_two(sine_rounding_log2);
  }

  // That of a higher degree which does not, if any.
  std::optional<StepForm> lower_running(const ModularForm& form, int degree, int arcsine) const {
    constexpr int sixteenth = 16;  // chosen: of the degree at a time
    constexpr int most_tried = 8;  // chosen: then it is half as high again
    for (int tried = 0; tried < most_tried; ++tried) {
      degree += std::max(1, degree / sixteenth);
      if (degree > highest_planned_degree) return std::nullopt;
      auto made = form_of(form, degree, arcsine);
      if (!made || !runs_high(made->polynomials.front())) return made;
    }
    return std::nullopt;
  }

  const SteppedRequest& request_;
  const ModularRequest& asked_;
  SineSizes sizes_;
  std::map<int, Rational> arcsine_errors_{};
  std::map<int, int> cosine_degrees_{};  // by the doublings, the last that was found
};

}  // namespace

Outcome<SteppedChoice> make_modular(const SteppedRequest& request, const Identity& identity) {
  Modular modular(request);
  Outcome<std::vector<StepForm>> forms = modular.forms();
  if (!forms) return forms.error();
  return chosen_form(request, identity, *std::move(forms));
}

}  // namespace equiripple
