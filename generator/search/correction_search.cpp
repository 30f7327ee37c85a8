// Maps in 256 bits; one degree search a number of corrections.
#include "generator/search/correction_search.hpp"

#include <algorithm>
#include <tuple>

#include "generator/exchange/degree_search.hpp"

namespace equiripple {
namespace {

using Number = Real<256>;

// goldschmidt.hpp and newton_root.hpp derive these.
Number next_error(CorrectionMap map, const Number& e) {
  if (map == CorrectionMap::inverse) return e * e / (2 - e * e);
  const Number l = 1 - e;
  const Number u = 1 + e;
  const Number square = (l * l + l * u + u * u) / 3;
  const Number outer = l * u * (l + u);
  const Number inner = 2 * square * real_sqrt(square);
  return (inner - outer) / (inner + outer);
}

Number previous_error(CorrectionMap map, const Number& error) {
  if (map == CorrectionMap::inverse) return real_sqrt(Number(2 * error / (1 + error)));
  Number below = 0;
  Number above = 1;
  constexpr int halvings = 200;  // chosen: below what 256 bits resolve of an error of 2^-50
  for (int i = 0; i < halvings; ++i) {
    const Number middle = (below + above) / 2;
    (next_error(map, middle) <= error ? below : above) = middle;
  }
  return below;
}

std::tuple<double, double, double> cost_key(CorrectionObjective objective,
                                            const CorrectionCost& cost) {
  switch (objective) {
    case CorrectionObjective::levels: return {cost.levels, cost.key_switches, 0};
    case CorrectionObjective::key_switches: return {cost.key_switches, cost.levels, 0};
    case CorrectionObjective::latency: return {cost.latency, cost.levels, cost.key_switches};
  }
  return {};
}

std::optional<CorrectionChoice> choice_of(const CorrectionSearch& search, int degree,
                                          int corrections, const Rational& start_error) {
  const auto cost = search.cost(degree, corrections);
  if (!cost || start_error >= 1) return std::nullopt;
  return CorrectionChoice{.degree = degree,
                          .corrections = corrections,
                          .cost = *cost,
                          .error = corrected_error(search.map, start_error, corrections)};
}

// The error of the best start of this degree; 1, which no correction mends, where there is none.
Rational start_error(const CorrectionSearch& search, int degree) {
  MinimaxRequest problem = search.start;
  problem.degree = degree;
  const MinimaxResult solved = minimax(problem);
  return solved.usable() ? solved.error.upper : Rational(1);
}

}  // namespace

Rational corrected_error(CorrectionMap map, const Rational& start_error, int corrections) {
  auto error = from_rational<Number>(start_error);
  for (int k = 0; k < corrections; ++k) error = next_error(map, error);
  return to_rational(error);
}

Rational largest_start_error(CorrectionMap map, const Rational& error, int corrections) {
  auto start = from_rational<Number>(error);
  for (int k = 0; k < corrections; ++k) start = previous_error(map, start);
  return to_rational(start);
}

std::vector<CorrectionChoice> corrections_for(const CorrectionSearch& search,
                                              const Rational& error) {
  std::vector<CorrectionChoice> choices;
  const int first = search.corrections.value_or(0);
  const int last = search.corrections.value_or(most_corrections);
  for (int n = first; n <= last; ++n) {
    const Rational needed = largest_start_error(search.map, error, n);
    int degree = 0;
    if (search.degree) {
      if (start_error(search, *search.degree) > needed) continue;
      degree = *search.degree;
    } else {
      const DegreeSearch found = smallest_degree(search.start, needed, search.highest(n));
      if (!found.found) continue;
      degree = std::max(found.degree, 1);
    }
    std::optional<CorrectionChoice> best =
        choice_of(search, degree, n, start_error(search, degree));
    // Costs rise with the degree, but that a dense start of degree 8, a square and a rest, takes
    // fewer key switches than one of degree 7, at a level more.
    const bool may_pay = search.objective == CorrectionObjective::key_switches;
    if (may_pay && !search.degree && degree < search.highest(n)) {
      const auto cost = search.cost(degree + 1, n);
      const bool pays = cost && best && is_within_budgets(search, *cost) &&
                        cost_key(search.objective, *cost) < cost_key(search.objective, best->cost);
      if (pays) best = choice_of(search, degree + 1, n, start_error(search, degree + 1));
    }
    if (best) choices.push_back(std::move(*best));
    if (degree == search.degree.value_or(1)) break;  // more corrections only cost more
  }
  return choices;
}

bool is_within_budgets(const CorrectionSearch& search, const CorrectionCost& cost) {
  return cost.levels <= search.max_levels.value_or(cost.levels) &&
         cost.key_switches <= search.max_key_switches.value_or(cost.key_switches);
}

std::vector<CorrectionChoice> ranked(const CorrectionSearch& search,
                                     std::vector<CorrectionChoice> choices) {
  std::erase_if(choices, [&](const CorrectionChoice& choice) {
    return !is_within_budgets(search, choice.cost);
  });
  std::ranges::stable_sort(choices, [&](const CorrectionChoice& a, const CorrectionChoice& b) {
    const auto key_of_a = cost_key(search.objective, a.cost);
    const auto key_of_b = cost_key(search.objective, b.cost);
    return key_of_a != key_of_b ? key_of_a < key_of_b : a.error < b.error;
  });
  return choices;
}

// Costs rise with the degree: for each number of corrections the highest degree within the budgets
// is bisected.
std::optional<CorrectionChoice> most_accurate(const CorrectionSearch& search) {
  std::optional<CorrectionChoice> best;
  const int first = search.corrections.value_or(0);
  const int last = search.corrections.value_or(most_corrections);
  for (int n = first; n <= last; ++n) {
    const auto fits = [&](int degree) {
      const auto cost = search.cost(degree, n);
      return cost && is_within_budgets(search, *cost);
    };
    int degree = search.degree.value_or(1);
    if (!fits(degree)) break;  // more corrections only cost more
    int beyond = search.degree ? degree + 1 : search.highest(n) + 1;
    while (beyond - degree > 1) {
      const int middle = degree + (beyond - degree) / 2;
      (fits(middle) ? degree : beyond) = middle;
    }
    auto choice = choice_of(search, degree, n, start_error(search, degree));
    if (choice && (!best || choice->error < best->error)) best = std::move(choice);
  }
  return best;
}

}  // namespace equiripple
