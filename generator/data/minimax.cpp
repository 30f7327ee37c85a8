// The ladder: the exchange in double from well-spread points, then on rungs that determine the
// coefficients.
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "generator/data/fit.hpp"
#include "generator/data/interpolate.hpp"
#include "generator/data/table_exchange.hpp"
#include "generator/exchange/transform.hpp"
#include "generator/numbers/memory.hpp"

namespace equiripple {
namespace {

constexpr std::array rungs = {binary64_bits, 256, 512, 1024, 2048, highest_bits};
constexpr int first_tolerance_log2 = -20;  // of the reference found in double; chosen
constexpr int tolerance_log2 = -100;       // of the reference that gives the coefficients; chosen
constexpr int signal_bits = 130;      // the level over the noise: the tolerance and more; chosen
constexpr int transform_bits = 80;    // the series must keep the error to this; chosen
constexpr int unresolved_bits = 512;  // a level below the noise of this rung is 0; chosen
constexpr int transform_limit_bits = 1024;  // no binary64 table survives a worse basis; chosen

// Leja points: each where the product of distances to those before is largest. Whatever the
// distribution, interpolation at them is well conditioned.
std::vector<std::size_t> spread_points(const TableProblem<double>& problem, std::size_t count) {
  const auto& places = problem.places();
  std::vector<double> product_log2(places.size(), 0);
  std::vector<bool> taken(places.size(), false);
  std::vector<std::size_t> chosen;
  std::size_t next = places.size() - 1;
  while (true) {
    taken[next] = true;
    chosen.push_back(next);
    if (chosen.size() == count) break;
    const double last = problem.map(places[next]);
    next = places.size();
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (taken[i]) continue;
      product_log2[i] += std::log2(std::abs(problem.map(places[i]) - last));
      if (next == places.size() || product_log2[i] > product_log2[next]) next = i;
    }
  }
  std::ranges::sort(chosen);
  return chosen;
}

struct Climb {
  std::vector<std::size_t> reference;  // indices of points
  TableOutcome outcome = TableOutcome::stalled;
  bool held_apart = false;  // the rung tells the points from each other
  bool too_steep = false;   // the coefficients are lost in the noise of a high rung
  int exchanges = 0;
  long work = 0;  // of most_exchange_work
};

template <class T>
bool keeps_error(const ChebyshevSeries& series, const TableProblem<T>& problem,
                 const TableLevelled<T>& polynomial, const std::vector<T>& reference) {
  const SeriesEvaluator<T> p(series);
  const T allowed = scale_by_power_of_two(real_abs(polynomial.level()), -transform_bits);
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const T error = problem.weight(reference[i]) * (problem.target(reference[i]) - p(reference[i]));
    if (!(real_abs(T(error - polynomial.error_at(i))) <= allowed)) return false;
  }
  return true;
}

template <class T>
std::optional<DataResult> climb_to(const FoldedTable& table, int degree, Climb& climb) {
  const TableProblem<T> problem(table);
  climb.held_apart = problem.is_ascending();
  if (!climb.held_apart) return std::nullopt;
  const bool first = bits_of<T> == binary64_bits;
  const auto found =
      level_on(problem, climb.reference, first ? first_tolerance_log2 : tolerance_log2, climb.work);
  climb.outcome = found.outcome;
  climb.exchanges += found.exchanges;
  if (found.outcome == TableOutcome::unresolved) return std::nullopt;
  climb.reference = found.reference;
  if (first || found.outcome != TableOutcome::levelled || found.signal_bits < signal_bits) {
    return std::nullopt;
  }
  std::vector<T> places;
  for (const std::size_t i : climb.reference) places.push_back(problem.places()[i]);
  const TableLevelled<T> polynomial(problem, places);
  const int last = effective_degree(degree, table.parity);
  auto series = chebyshev_series<T>(polynomial, {-1, 1}, last, table.parity);
  if (!keeps_error(series, problem, polynomial, places)) {
    climb.too_steep = bits_of<T> >= transform_limit_bits;
    return std::nullopt;
  }
  DataResult result{.status = DataStatus::converged,
                    .polynomial = unfolded(table, std::move(series))};
  for (const std::size_t i : climb.reference) {
    result.reference.push_back(table.points[i].original);
  }
  result.exchanges = climb.exchanges;
  result.precision_bits = bits_of<T>;
  result.detail = "the error alternates on the reference";
  return result;
}

}  // namespace

DataResult discrete_minimax(const DataRequest& request) {
  free_caches_with_thread();
  const FoldedTable table = folded(request);
  if (table.conflict) {
    DataResult result{.status = DataStatus::conflicting};
    result.conflict = *table.conflict;
    result.detail = "the values at x and -x are not those of the parity";
    return result;
  }
  const int free = free_coefficients(request.degree, request.parity);
  if (table.points.size() <= static_cast<std::size_t>(free)) return interpolate(table, free);
  Climb climb;
  climb.reference = spread_points(TableProblem<double>(table), static_cast<std::size_t>(free) + 1);
  for (const int rung : rungs) {
    const auto result =
        on_rung(rung, [&]<class T>(Rung<T>) { return climb_to<T>(table, request.degree, climb); });
    if (result) return *result;
    if (climb.too_steep || climb.outcome == TableOutcome::exhausted) break;
    const bool vanishes = climb.held_apart && climb.outcome == TableOutcome::unresolved;
    if (vanishes && rung >= unresolved_bits) return interpolate(table, free);
  }
  DataResult result{.status = DataStatus::not_determined};
  result.exchanges = climb.exchanges;
  result.detail = climb.outcome == TableOutcome::exhausted
                      ? "the exchange does not settle within its limit of work"
                      : "the coefficients are below what the ladder resolves";
  return result;
}

}  // namespace equiripple
