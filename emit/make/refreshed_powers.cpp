// Levels and noise are estimated for every chain of powers; the first that have room for both are
// solved.
#include "emit/make/refreshed_powers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/phase.hpp"
#include "emit/refresh_text.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "generator/sign/composite.hpp"
#include "generator/steps/exponential.hpp"

namespace equiripple {
namespace {

// All chosen.
constexpr int most_powers = 3;          // after the polynomial: more amplify noise beyond use
constexpr int most_squares = 4;         // of one power: its noise comes out 16 times as large
constexpr int log2_highest_degree = 8;  // of the polynomial, at 255; higher ones are planned slowly
constexpr std::size_t most_planned = 12;  // forms; estimates rank them well

struct Chain {
  std::vector<int> squares{};     // v^(2^s) for each s, after the polynomial
  std::vector<bool> refreshed{};  // before each of these

  int all_squares() const {
    int sum = 0;
    for (const int s : squares) sum += s;
    return sum;
  }
  std::vector<int> degrees(int first) const {
    std::vector<int> all = {first};
    for (const int s : squares) all.push_back(1 << s);
    return all;
  }
  std::vector<Rational> noise(const Rational& each) const {
    std::vector<Rational> all = {0};
    for (const bool one : refreshed) all.push_back(one ? each : Rational(0));
    return all;
  }
  Steps steps() const { return chain_of(squares.size() + 1); }
};

std::string form_text(const Chain& chain, int degree, const Rational& noise) {
  const std::vector<int> degrees = chain.degrees(degree);
  return fmt::format("degree {}, then power {}{}", degree,
                     fmt::join(degrees.begin() + 1, degrees.end(), ","),
                     refreshed_places_text(chain.noise(noise)));
}

// Where a power is that follows values in `range`, with what a refresh and rounding add.
Domain domain_after(const Interval& range, const Rational& noise) {
  constexpr int rounding_log2 = -36;  // chosen: of scalars in binary64, far above what is met
  const Rational width = range.upper - range.lower;
  const Rational room = width * power_of_two(rounding_log2) + widening_of(noise, width / 2);
  return rounded_outward(Domain{{range.lower - room, range.upper + room}});
}

class Solver {
 public:
  Solver(const SteppedRequest& request, Chain chain)
      : request_(request), chain_(std::move(chain)) {}

  MinimaxRequest problem(int degree) const {
    MinimaxRequest first = problem_of(0, degree).problem;
    first.degree = degree;
    return first;
  }

  std::optional<StepForm> form(int degree) const {
    StepForm made{.text = form_text(chain_, degree, request_.refresh->noise),
                  .steps = chain_.steps(),
                  .noise = chain_.noise(request_.refresh->noise)};
    std::optional<Interval> range;
    for (std::size_t i = 0; i <= chain_.squares.size(); ++i) {
      const MinimaxRequest next = range ? power(i, degree, *range) : problem(degree);
      const MinimaxResult solved = minimax(next);
      if (!solved.usable()) return std::nullopt;
      made.polynomials.push_back(rounded(solved.polynomial, binary64_bits));
      range = proved_range(made.polynomials.back(), rounded_outward(next.domain));
      if (!range) return std::nullopt;
      made.ranges.push_back(*range);
    }
    made.proved = [self = *this, degree] { return self.proved(degree); };
    made.finer = [self = *this, degree] { return self.form(degree + 1); };
    return made;
  }

 private:
  StageProblem problem_of(std::size_t stage, int degree) const {
    return problem_of_stage(request_, chain_.steps(), stage, chain_.degrees(degree));
  }

  MinimaxRequest power(std::size_t stage, int degree, const Interval& range) const {
    MinimaxRequest next = problem_of(stage, degree).problem;
    next.degree = chain_.degrees(degree)[stage];
    next.domain = domain_after(range, chain_.noise(request_.refresh->noise)[stage]);
    return next;
  }

  Outcome<std::vector<SteppedStage>> proved(int degree) const {
    std::vector<SteppedStage> stages;
    for (std::size_t i = 0; i <= chain_.squares.size(); ++i) {
      const MinimaxRequest next =
          stages.empty() ? problem(degree) : power(i, degree, stages.back().record.range.front());
      Outcome<std::vector<SteppedStage>> one =
          proved_polynomial(next, problem_of(i, degree).metric);
      if (!one) return one;
      stages.push_back(std::move(one->front()));
    }
    return stages;
  }

  SteppedRequest request_;
  Chain chain_;
};

// About: in double.
struct Estimate {
  Chain chain;
  int levels = 0;    // that are left to the polynomial
  double noise = 0;  // of the result, in the metric of the claim
};

class Chains {
 public:
  explicit Chains(const SteppedRequest& request) : request_(request), terms_(*request.refresh) {}

  Outcome<std::vector<StepForm>> forms() {
    const InPhase phase(Phase::choice);
    extend({});
    std::ranges::stable_sort(found_, {}, [](const Estimate& one) {
      return std::tuple(std::ranges::count(one.chain.refreshed, true), one.chain.squares.size(),
                        one.noise);
    });
    std::vector<StepForm> forms;
    for (const Estimate& one : found_) {
      if (forms.size() >= most_planned) break;
      add(one, forms);
    }
    if (forms.empty()) return nothing_found();
    return forms;
  }

 private:
  // All chains that begin with this one.
  void extend(const Chain& begun) {
    if (!begun.squares.empty()) weigh(begun);
    if (begun.squares.size() == most_powers) return;
    for (int s = 1; s <= most_squares; ++s) {
      for (const bool refreshes : {false, true}) {
        Chain longer = begun;
        longer.squares.push_back(s);
        longer.refreshed.push_back(refreshes);
        extend(longer);
      }
    }
  }

  void weigh(const Chain& chain) {
    const bool is_asked = chain.all_squares() == request_.squarings.value_or(chain.all_squares());
    if (!is_asked || std::ranges::count(chain.refreshed, true) == 0) return;
    const int levels = levels_of_first(chain);
    if (levels < 1) return;
    fits_ = true;
    const double noise = noise_of(chain);
    least_noise_ = std::min(least_noise_, noise);
    if (noise < to_double(request_.error)) {
      found_.push_back({.chain = chain, .levels = levels, .noise = noise});
    }
  }

  // That the input has beyond those of the powers up to the first refresh; 0 where later ones do
  // not fit. v^(2^s) is counted as s + 1, though the last one may do with s.
  int levels_of_first(const Chain& chain) const {
    int needed = 0;  // of what comes before the next refresh, or the end
    for (std::size_t i = chain.squares.size(); i-- > 0;) {
      needed += chain.squares[i] + 1;
      if (!chain.refreshed[i]) continue;
      if (needed > terms_.levels) return 0;
      needed = terms_.lowest;
    }
    return terms_.start - needed;
  }

  // The range of v before each power follows from that of x.
  double noise_of(const Chain& chain) const {
    const Interval domain = request_.whole.domain.front();
    const double each = to_double(terms_.noise, Rounding::up);
    double left = std::exp2(chain.all_squares());
    double noise = 0;
    for (std::size_t i = 0; i < chain.squares.size(); ++i) {
      const double low = std::exp(to_double(domain.lower) / left);
      const double high = std::exp(to_double(domain.upper) / left);
      const double moved = chain.refreshed[i] ? each / (1 - each) * (high - low) / 2 : 0;
      const double power = std::exp2(chain.squares[i]);
      noise = is_relative() ? std::expm1(power * std::log1p(noise + moved / low))
                            : noise + left * std::pow(high + moved, left - 1) * moved;
      left /= power;
    }
    return noise;
  }

  bool is_relative() const { return request_.metric == Metric::relative; }

  // What is left of the error to the polynomial, as its problem weighs it.
  Rational limit_of(const Estimate& one) const {
    constexpr double estimated = 1 + 0x1p-10;  // chosen: the proof of noise is no further off
    const Rational noise(one.noise * estimated);
    if (!is_relative()) return (request_.error - noise) / request_.error;
    const Rational left = (request_.error - noise) / (1 + noise);
    if (left <= 0) return 0;
    return exponential_limit(left, /*relative=*/true, one.chain.all_squares());
  }

  void add(const Estimate& one, std::vector<StepForm>& forms) const {
    const Rational limit = limit_of(one);
    if (limit <= 0) return;
    const int most =
        one.levels < log2_highest_degree ? (1 << one.levels) - 1 : (1 << log2_highest_degree) - 1;
    const Solver solver(request_, one.chain);
    report_work(fmt::format("solving for powers of 2^{}", fmt::join(one.chain.squares, ", 2^")));
    const DegreeSearch search = smallest_degree(solver.problem(0), limit, most);
    if (!search.found) return;
    auto form = solver.form(search.degree);
    if (!form) return;
    forms.push_back(*form);
    // What costs the least time may take more levels than there are.
    for (const ChebyshevSeries& stage : form->polynomials) {
      form->stage_levels.push_back(std::bit_width(static_cast<unsigned>(stage.degree())));
    }
    if (have_equal_costs(forms.back(), *form)) return;
    form->text += ", in the fewest levels";
    forms.push_back(std::move(*form));
  }

  // As many levels in all are as many of each stage, where the second has the fewest of each.
  bool have_equal_costs(const StepForm& one, const StepForm& other) const {
    const auto of_one = costs_of(request_, one);
    const auto of_other = costs_of(request_, other);
    return of_one && of_other && *of_one && *of_other && (*of_one)->plan == (*of_other)->plan &&
           (*of_one)->latency == (*of_other)->latency;
  }

  Refusal nothing_found() const {
    const std::string error = size_text(request_.error, Rounding::down);
    if (!fits_) {
      return about_refresh(terms_,
                           "no chain of powers fits, where v^(2^s) is counted as s + 1 levels");
    }
    if (Rational(least_noise_) >= request_.error) {
      return about_refresh(
          terms_, fmt::format("--error {} cannot be had: what a refresh adds comes out as {} at "
                              "the least{}",
                              error, size_text(Rational(least_noise_)),
                              is_relative() ? ", relative to exp(x)" : ""));
    }
    return about_refresh(
        terms_, fmt::format("--error {} cannot be had: refreshes leave room for no polynomial in "
                            "these levels; what they add comes out as {} at the least",
                            error, size_text(Rational(least_noise_))));
  }

  const SteppedRequest& request_;
  const RefreshRequest& terms_;
  std::vector<Estimate> found_{};
  bool fits_ = false;  // any, into the levels
  double least_noise_ = std::numeric_limits<double>::max();
};

}  // namespace

Outcome<std::vector<StepForm>> refreshed_exponentials(const SteppedRequest& request) {
  return Chains(request).forms();
}

}  // namespace equiripple
