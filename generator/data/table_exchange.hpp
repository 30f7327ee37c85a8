// The exchange on the points of a table, on one rung.
//
// Each step takes the alternating points whose smallest error is largest, which cannot lower the
// level; where rounding or a symmetry says otherwise, the one largest error enters, which raises
// it.
#pragma once

#include <vector>

#include "generator/data/table_problem.hpp"
#include "generator/exchange/one_point.hpp"

namespace equiripple {

enum class TableOutcome {
  levelled,    // no point has a larger error than the reference, to the tolerance
  unresolved,  // the level is below the noise of the rung
  exhausted,   // most_exchange_work came first
  stalled,     // the noise of the rung, or the limit of exchanges, stopped the exchange
};

struct TableLevel {
  TableOutcome outcome = TableOutcome::stalled;
  std::vector<std::size_t> reference;  // indices of points, ascending
  int exchanges = 0;
  double signal_bits = 0;  // log2 of the level over the noise, where levelled
};

inline constexpr int table_exchanges = 200;     // on one rung; chosen: 50 for 100,000 noisy points
inline constexpr int unresolved_exchanges = 4;  // without a level above the noise; chosen
inline constexpr int table_resolved_bits = 10;  // the level must exceed the noise by this; chosen
/// Terms of the levelled polynomial times limbs of the rung, in all exchanges together: where a
/// high degree on evenly spaced points fixes nearly every point, exchanges are many. Double is
/// free.
inline constexpr long most_exchange_work = 1L << 29;  // measured: 30 s

template <class T>
using TableLevelled = LevelledPolynomial<T, TableProblem<T>>;

/// The weighted errors at all points, and where the largest is.
template <class T>
struct TableErrors {
  std::vector<T> at;
  std::size_t largest = 0;
  bool finite = true;
};

template <class T>
TableErrors<T> errors_of(const TableProblem<T>& problem, const TableLevelled<T>& polynomial) {
  TableErrors<T> errors;
  for (std::size_t i = 0; i < problem.places().size(); ++i) {
    const T error = problem.values()[i] - polynomial(problem.places()[i]);
    errors.at.push_back(problem.weights()[i] * error);
    errors.finite = errors.finite && is_finite(errors.at.back());
    if (real_abs(errors.at[i]) > real_abs(errors.at[errors.largest])) errors.largest = i;
  }
  return errors;
}

/// Each point of the reference moved, among the points that are nearest to it, to the largest error
/// of its sign. The signs still alternate and no error is below the level, so the level rises; and
/// the points stay as spread as they were, which a noisy table would otherwise undo.
template <class T>
std::vector<std::size_t> moved(const TableLevelled<T>& polynomial, const TableErrors<T>& errors,
                               const std::vector<std::size_t>& reference) {
  std::vector<std::size_t> next = reference;
  for (std::size_t k = 0; k < reference.size(); ++k) {
    const int sign = polynomial.error_at(k) < 0 ? -1 : 1;
    const std::size_t begin = k == 0 ? 0 : (reference[k - 1] + reference[k]) / 2 + 1;
    const std::size_t end =
        k + 1 == reference.size() ? errors.at.size() : (reference[k] + reference[k + 1]) / 2 + 1;
    for (std::size_t i = begin; i < end; ++i) {
      if (sign * errors.at[i] > sign * errors.at[next[k]]) next[k] = i;
    }
  }
  return next;
}

/// `reference` has as many ascending points of the problem as the class has coefficients, and one;
/// `work` counts up to most_exchange_work.
template <class T>
TableLevel level_on(const TableProblem<T>& problem, std::vector<std::size_t> reference,
                    int tolerance_log2, long& work) {
  TableLevel result;
  const auto levelled = [&](const std::vector<std::size_t>& points) {
    std::vector<T> places;
    for (const std::size_t i : points) places.push_back(problem.places()[i]);
    return TableLevelled<T>(problem, places);
  };
  TableLevelled<T> polynomial = levelled(reference);
  constexpr int limb_bits = 64;
  int unresolved = 0;
  for (result.exchanges = 1; result.exchanges <= table_exchanges; ++result.exchanges) {
    result.reference = reference;
    if (!polynomial.is_finite()) return result;
    if (work > most_exchange_work) {
      result.outcome = TableOutcome::exhausted;
      return result;
    }
    work +=
        static_cast<long>(problem.places().size() * reference.size()) * (bits_of<T> / limb_bits);
    const T level = real_abs(polynomial.level());
    const T floor = scale_by_power_of_two(polynomial.noise(), table_resolved_bits);
    const TableErrors<T> errors = errors_of(problem, polynomial);
    if (!errors.finite) return result;
    const T largest = real_abs(errors.at[errors.largest]);
    const bool resolved = level > floor;
    if (!resolved && (largest <= floor || ++unresolved > unresolved_exchanges)) {
      result.outcome = TableOutcome::unresolved;
      return result;
    }
    if (resolved && largest <= level + scale_by_power_of_two(level, tolerance_log2)) {
      result.outcome = TableOutcome::levelled;
      result.signal_bits = log2_of(level) - log2_of(polynomial.noise());
      return result;
    }
    const auto improves = [&](const std::vector<std::size_t>& next) {
      TableLevelled<T> raised = levelled(next);
      if (!raised.is_finite() || !(real_abs(raised.level()) > level)) return false;
      polynomial = std::move(raised);
      reference = next;
      return true;
    };
    // Where the largest error has its neighbours' other sign, it enters after they have moved.
    const auto next = moved(polynomial, errors, reference);
    const auto with_largest = [&](const std::vector<std::size_t>& points) {
      return with_point(points, errors.largest, errors.at[errors.largest] > 0,
                        polynomial.level() >= 0);
    };
    if (!improves(with_largest(next)) && !improves(with_largest(reference))) {
      return result;
    }
  }
  return result;
}

}  // namespace equiripple
