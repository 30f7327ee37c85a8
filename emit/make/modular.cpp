// To first order the doublings make 2^r of the weighted error of the cosine, and the arcsine its
// slope of that: what the arcsine's own error leaves of the error finds the degree of the cosine,
// and the proof of the whole decides.
#include "emit/make/modular.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/one_polynomial.hpp"
#include "emit/make/phase.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {
namespace {

// All chosen.
constexpr int more_doublings = 1;         // than halve the range to about one turn of the cosine,
constexpr int fewer_doublings = 5;        // or fewer: with less the degree is far higher
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
    const auto integers = static_cast<unsigned>(request_.whole.domain.size());
    const int one_turn = std::bit_width(integers / 2);
    const int first = asked_.doublings.value_or(std::max(0, one_turn - fewer_doublings));
    for (int r = first; r <= asked_.doublings.value_or(one_turn + more_doublings); ++r) {
      for (StepForm& form : reductions(r)) forms.push_back(std::move(form));
    }
    if (!asked_.is_bounded && forms.front().polynomials.empty()) {
      return about("--degree", fmt::format(" {}: the sine leaves [-1, 1], where its arcsine is",
                                           *request_.degree));
    }
    return forms;
  }

 private:
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
  std::optional<int> cosine_degree(const ModularForm& form, const Rational& limit) const {
    if (request_.degree) return request_.degree;
    const InPhase phase(Phase::choice);
    const DegreeSearch search = smallest_degree(
        problem_of_stage(request_, steps_of(form), 0).problem, limit, highest_planned_degree);
    return search.found ? std::optional(search.degree) : std::nullopt;
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
      made.finer = [this, form, degree, arcsine] { return form_of(form, degree + 1, arcsine); };
    }
    return made;
  }

  const SteppedRequest& request_;
  const ModularRequest& asked_;
  SineSizes sizes_;
  std::map<int, Rational> arcsine_errors_{};
};

}  // namespace

Outcome<SteppedChoice> make_modular(const SteppedRequest& request, const Identity& identity) {
  Modular modular(request);
  Outcome<std::vector<StepForm>> forms = modular.forms();
  if (!forms) return forms.error();
  return chosen_form(request, identity, *std::move(forms));
}

}  // namespace equiripple
