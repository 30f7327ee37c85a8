// The minimax error at the last degree of a level.
#include "emit/make/level_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/proven.hpp"
#include "emit/plan/make_plan.hpp"
#include "generator/constraint/affine_class.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

constexpr int most_planned_levels = 12;
static_assert(highest_planned_degree == (1 << most_planned_levels) - 1);
static_assert(highest_planned_degree == highest_degree);

// An error that rounding the coefficients to binary64 exceeds: 2^-54 of the size of the function.
std::optional<Rational> finest_error(MinimaxRequest problem) {
  problem.degree = 0;
  problem.parity = Parity::none;
  problem.conditions = {};
  const MinimaxResult constant = minimax(problem);
  if (!constant.usable()) return std::nullopt;
  const Rational size = abs(constant.polynomial.coefficients.front()) + constant.error.upper;
  constexpr long binary64_log2 = -54;
  return size == 0 ? std::nullopt : std::optional(Rational(size * power_of_two(binary64_log2)));
}

// Less is no reason for a higher degree.
bool is_clearly_below(const Rational& error, const Rational& other) {
  constexpr long clearly_log2 = -8;  // chosen
  return error < other * (1 - power_of_two(clearly_log2));
}

bool has_class(const MinimaxRequest& problem) {
  return affine_class(problem.conditions, problem.degree, problem.parity).has_value();
}

// Whether a polynomial of this degree, a power of two, takes one level less than others of its
// size: where it absorbs its leading coefficient. Its error, where it does.
std::optional<Rational> error_where_absorbed(const PolynomialRequest& request, int degree) {
  MinimaxRequest problem = request.problem;
  problem.degree = degree;
  if (problem.parity == Parity::odd || !request.plan.absorb) return std::nullopt;
  if (!has_class(problem)) return std::nullopt;
  const MinimaxResult solved = minimax(problem);
  if (!solved.usable() || solved.polynomial.degree() != degree) return std::nullopt;
  const ChebyshevSeries stored = rounded(solved.polynomial, binary64_bits);
  const bool is_absorbed = (1 << minimum_plan_levels(Kind::minimax, {stored})) == degree;
  return is_absorbed ? std::optional(solved.error.upper) : std::nullopt;
}

bool is_power_of_two(int degree) { return degree > 1 && (degree & (degree - 1)) == 0; }

// The degree that is one beyond those which always fit the levels.
int absorbing_degree(int levels) {
  return levels < most_planned_levels ? 1 << std::max(levels, 1) : 0;
}

std::optional<Rational> error_at(MinimaxRequest problem, int degree) {
  problem.degree = degree;
  if (!has_class(problem)) return std::nullopt;
  const MinimaxResult solved = minimax(problem);
  return solved.usable() ? std::optional(solved.error.upper) : std::nullopt;
}

// What the degree would be made with in so many levels: none where to find out would take long.
std::optional<ErrorEnclosure> error_of_made(const PolynomialRequest& request, int degree,
                                            int levels) {
  constexpr int highest_absolute = 255;  // chosen: a second at most
  constexpr int highest_relative = 63;   // likewise: the coefficients are rounded all together
  constexpr long rounding_log2 = -44;    // of a program's scalars, of the coefficients together
  constexpr long coarse_log2 = -24;  // what double resolves, with room for the rounding of tables
  constexpr long accuracy_log2 = -18;
  const bool is_absolute = request.metric == Metric::absolute;
  const bool is_fine = request.form.bits >= binary64_bits && !request.form.unit;
  ProofRequest proof{.problem = request.problem, .form = request.form};
  proof.problem.degree = degree;
  if (!request.problem.conditions.empty()) return std::nullopt;  // it would take long
  if (is_absolute && is_fine) {
    const auto coarse = CoarseMinimax::solve(proof.problem);
    const Rational size = coarse ? Rational(coarse->error()) : Rational(0);
    if (size > power_of_two(coarse_log2)) {
      return ErrorEnclosure{
          .lower = size, .attained = size, .upper = size * (1 + power_of_two(accuracy_log2))};
    }
  }
  if (degree > (is_absolute ? highest_absolute : highest_relative)) return std::nullopt;
  PlanSettings plan = request.plan;
  plan.max_levels = levels;
  Outcome<Proven> proven = solve_and_prove(proof);
  if (!proven) return std::nullopt;
  const ChebyshevSeries& stored = proven->stored;
  const ErrorEnclosure error = proven->error;
  const Rational size = coefficient_distance(stored, {.basis = stored.basis});
  const bool hides_rounding = error.upper > size * power_of_two(rounding_log2);
  if (is_absolute && hides_rounding) return error;
  const Outcome<Artifact> made =
      polynomial_artifact(*std::move(proven), {.metric = request.metric, .plan = plan},
                          {.name = "hint", .request = {}});
  if (!made) return std::nullopt;
  return made->claim.error;
}

// Whether the power of two is beyond the others, takes no level more, and is off by less.
bool is_worth_absorbing(const PolynomialRequest& request, int absorbing, int most) {
  const auto error = absorbing > most ? error_where_absorbed(request, absorbing) : std::nullopt;
  if (!error) return false;
  const auto below = error_at(request.problem, most);
  return !below || is_clearly_below(*error, *below);
}

int levels_of(const PolynomialRequest& request, int degree) {
  int levels = 0;
  while (levels < most_planned_levels &&
         highest_degree_within(levels, request.problem.parity) < degree) {
    ++levels;
  }
  return is_power_of_two(degree) && error_where_absorbed(request, degree) ? levels - 1 : levels;
}

// It needs more levels than there are.
Refusal too_deep(const PolynomialRequest& request, const DegreeSearch& search, int most) {
  const int budget = *request.plan.max_levels;
  const int absorbing = absorbing_degree(budget);
  auto best = absorbing > most ? error_where_absorbed(request, absorbing) : std::nullopt;
  const int reached = best ? absorbing : most;
  if (!best) best = error_at(request.problem, most);
  const std::string least =
      search.gave_up ? fmt::format(" or less (at degree {} the exchange gave up)", *search.gave_up)
                     : std::string();
  const std::string needed = fmt::format("degree {}{}, {}", search.degree, least,
                                         plural(levels_of(request, search.degree), "level"));
  return about(
      "--max-levels",
      fmt::format(" {}: error {} needs {}; with {} the best is {} (degree {})", budget,
                  size_text(*request.error, Rounding::down), needed, plural(budget, "level"),
                  best ? size_text(*best) : "not known", reached));
}

}  // namespace

// An even polynomial is one in T_2, which takes a level.
int highest_degree_within(int levels, Parity parity) {
  const int degree = (1 << std::clamp(levels, 0, most_planned_levels)) - 1;
  return parity == Parity::even ? std::max(degree - 1, 0) : degree;
}

Outcome<ChosenDegree> chosen_degree(const PolynomialRequest& request) {
  const InPhase phase(Phase::choice);
  const MinimaxRequest& problem = request.problem;
  const auto& budget = request.plan.max_levels;
  const int most = budget ? highest_degree_within(*budget, problem.parity) : highest_degree;
  const int absorbing = budget ? absorbing_degree(*budget) : 0;
  if (!request.error) {
    if (const auto finest = finest_error(problem)) {
      const DegreeSearch search = smallest_degree(problem, *finest, most);
      if (search.found) return ChosenDegree{.degree = search.degree};
    }
    return ChosenDegree{.degree = is_worth_absorbing(request, absorbing, most) ? absorbing : most};
  }
  const DegreeSearch search = smallest_degree(problem, *request.error, highest_degree);
  if (!search.found) {
    const std::string beyond =
        search.gave_up ? fmt::format("at degree {} the exchange gave up", *search.gave_up)
                       : fmt::format("{} is the highest", highest_degree);
    return about("--error",
                 fmt::format(": at degree {} no polynomial is below {}, and {}", search.degree,
                             size_text(search.smallest_error, Rounding::down), beyond));
  }
  const bool fits = search.degree <= most ||
                    (search.degree == absorbing && error_where_absorbed(request, absorbing));
  if (!fits) return too_deep(request, search, most);
  ChosenDegree chosen{.degree = search.degree};
  if (search.gave_up) {
    chosen.remark = fmt::format(
        "degree {} was not decided, the exchange gave up: it, or a lower one, may do as well as "
        "degree {}",
        *search.gave_up, search.degree);
  }
  return chosen;
}

std::string describe_levels(const PolynomialRequest& request, const Artifact& artifact) {
  const InPhase phase(Phase::choice);
  if (request.degree || !artifact.plan) return {};
  const Parity parity = request.problem.parity;
  const int degree = artifact.stages.front().polynomial.degree();
  const int levels = artifact.plan->costs.levels;
  std::string text;
  Rational least = artifact.claim.error.upper;
  for (const int more : {0, 1}) {
    const int highest = highest_degree_within(levels + more, parity);
    if (highest <= degree) continue;
    const auto error = error_of_made(request, highest, levels + more);
    if (!error || !is_clearly_below(error->upper, least)) continue;
    least = error->upper;
    text += fmt::format(
        "  {} degree {} in {}: error at most {}, {}\n", more == 0 ? "same levels" : "next level ",
        highest, plural(levels + more, "level"), size_text(error->upper), name_of(error->evidence));
  }
  return text;
}

}  // namespace equiripple
