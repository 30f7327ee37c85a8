// The minimax error at the last degree of a level.
#include "tools/cli/polynomial/level_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/make_plan.hpp"
#include "generator/exchange/degree_search.hpp"
#include "tools/cli/failure.hpp"

namespace equiripple {
namespace {

// An error that rounding the coefficients to binary64 exceeds: 2^-54 of the size of the function.
std::optional<Rational> finest_error(MinimaxRequest problem) {
  problem.degree = 0;
  problem.parity = Parity::none;
  const MinimaxResult constant = minimax(problem);
  if (!constant.usable()) return std::nullopt;
  const Rational size = abs(constant.polynomial.coefficients.front()) + constant.error.upper;
  constexpr long binary64_log2 = -54;
  return size == 0 ? std::nullopt : std::optional(Rational(size * power_of_two(binary64_log2)));
}

// Of the degree; at most `finest` where binary64 cannot tell it from that.
std::optional<Rational> error_at(MinimaxRequest problem, int degree,
                                 const std::optional<Rational>& finest) {
  problem.degree = degree;
  if (finest) {
    const DegreeSearch search = smallest_degree(problem, *finest, degree);
    if (search.found) return finest;
  }
  const MinimaxResult solved = minimax(problem);
  return solved.usable() ? std::optional(solved.error.upper) : std::nullopt;
}

int levels_of(int degree, Parity parity) {
  int levels = 0;
  while (highest_degree_within(levels, parity) < std::min(degree, highest_planned_degree)) ++levels;
  return levels;
}

}  // namespace

// An even polynomial is one in T_2, which takes a level.
int highest_degree_within(int levels, Parity parity) {
  constexpr int most_levels = 10;
  static_assert(highest_planned_degree == (1 << most_levels) - 1);
  const int degree = (1 << std::clamp(levels, 0, most_levels)) - 1;
  return parity == Parity::even ? std::max(degree - 1, 0) : degree;
}

int chosen_degree(const PolynomialRequest& request) {
  const MinimaxRequest& problem = request.problem;
  const auto& budget = request.plan.max_levels;
  const int most = budget ? highest_degree_within(*budget, problem.parity) : highest_degree;
  if (request.error) {
    const DegreeSearch search = smallest_degree(problem, *request.error, highest_degree);
    if (!search.found) {
      const std::string beyond =
          search.gave_up ? fmt::format("at degree {} the exchange gave up", *search.gave_up)
                         : fmt::format("{} is the highest", highest_degree);
      cannot_be_met(fmt::format("--error: at degree {} no polynomial is below {}, and {}",
                                search.degree, size_text(search.smallest_error, Rounding::down),
                                beyond));
    }
    if (search.degree <= most) return search.degree;
    const auto best = error_at(problem, most, std::nullopt);
    const std::string least =
        search.gave_up
            ? fmt::format(" or less (at degree {} the exchange gave up)", *search.gave_up)
            : std::string();
    const std::string needed =
        search.degree > highest_planned_degree
            ? fmt::format("degree {}{}, for which there is no plan", search.degree, least)
            : fmt::format("degree {}{}, {}", search.degree, least,
                          plural(levels_of(search.degree, problem.parity), "level"));
    cannot_be_met(
        fmt::format("--max-levels {}: error {} needs {}; with {} the best is {} (degree {})",
                    *budget, size_text(*request.error, Rounding::down), needed,
                    plural(*budget, "level"), best ? size_text(*best) : "not known", most));
  }
  if (const auto finest = finest_error(problem)) {
    const DegreeSearch search = smallest_degree(problem, *finest, most);
    if (search.found) return search.degree;
  }
  return most;
}

std::string describe_levels(const PolynomialRequest& request, const Artifact& artifact) {
  if (request.degree || !artifact.plan) return {};
  const Parity parity = request.problem.parity;
  const int degree = artifact.stages.front().polynomial.degree();
  const int levels = levels_of(degree, parity);
  const auto finest = finest_error(request.problem);
  if (!finest || artifact.claim.error.upper <= *finest) return {};
  std::string text;
  for (const int more : {0, 1}) {
    const int highest = highest_degree_within(levels + more, parity);
    if (highest <= degree) continue;
    const auto error = error_at(request.problem, highest, finest);
    if (!error) continue;
    text += fmt::format("  {} degree {} in {}: error at most {}{}\n",
                        more == 0 ? "same levels" : "next level ", highest,
                        plural(levels + more, "level"), size_text(*error),
                        *error == *finest ? ", as fine as binary64 coefficients" : "");
  }
  return text;
}

}  // namespace equiripple
