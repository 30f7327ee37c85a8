// The ladder: find the reference on the lowest rung that resolves the error, polish it on one that
// determines the coefficients, climb where a rung does not suffice.
#include "generator/exchange/minimax.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <stdexcept>

#include "generator/constraint/absent_powers.hpp"
#include "generator/constraint/constrained.hpp"
#include "generator/exchange/climb.hpp"
#include "generator/exchange/exact.hpp"
#include "generator/exchange/features.hpp"
#include "generator/exchange/reference.hpp"
#include "generator/exchange/zero.hpp"
#include "generator/function/enclose.hpp"
#include "generator/function/largest_term.hpp"
#include "generator/numbers/memory.hpp"

namespace equiripple {
namespace {

constexpr std::array rungs = {binary64_bits, 128, 256, 512, 1024, 2048, highest_bits};
constexpr int coefficient_guard_bits = 50;  // beyond the tolerance, for the transform; chosen

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const MinimaxRequest& request) {
  require(check(request.domain).defect == DomainDefect::none,
          "minimax: the domain must be ascending, disjoint intervals of positive length");
  require(request.degree >= 0 && request.degree <= highest_degree,
          "minimax: the degree must be from 0 to highest_degree");
  require(request.parity == Parity::none || is_symmetric(request.domain),
          "minimax: odd and even need a domain symmetric about 0");
  require(request.max_exchanges >= 1, "minimax: max_exchanges must be at least 1");
  require(request.tolerance_log2 >= -1000 && request.tolerance_log2 <= -20,
          "minimax: tolerance_log2 must be from -1000 to -20");
}

// Proofs hold values as rationals, and weights need a reciprocal on the ladder. What is not finite
// is not known to be large.
bool is_beyond_range(const MinimaxRequest& request) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  constexpr double largest_log2 = 0x1p20;           // chosen: 128 kB
  constexpr double smallest_weight_log2 = -0x1p29;  // MPFR's exponents reach -2^30
  const auto log2_at = [](const Expression& function, const Rational& x) {
    constexpr slong bits = 128;  // of balls, whose exponents have no limit
    return log2_magnitude(enclose_nodes(function, ball_of(x, bits), bits).back());
  };
  const auto is_beyond = [&](const Rational& x) {
    const double target = log2_at(request.target, x);
    const double weight = log2_at(request.weight, x);
    return (target > largest_log2 && target < infinite) ||
           (weight > largest_log2 && weight < infinite) || weight < smallest_weight_log2;
  };
  return is_beyond(request.domain.front().lower) || is_beyond(request.domain.back().upper);
}

MinimaxResult beyond_range() {
  MinimaxResult result;
  result.status = MinimaxStatus::beyond_range;
  result.detail = "the target or the weight is too large or too small to compute with";
  return result;
}

MinimaxResult failure(SearchOutcome outcome, const Climb& climb) {
  MinimaxResult result;
  result.exchanges = climb.exchanges;
  result.precision_bits = highest_bits;
  switch (outcome) {
    case SearchOutcome::found:
      result.status = MinimaxStatus::stalled;
      result.detail = climb.is_polished
                          ? "the highest precision does not hold the error in coefficients"
                          : "the highest precision does not place the extrema of the error";
      break;
    case SearchOutcome::unresolved:
      result.status = MinimaxStatus::below_noise;
      result.detail = "the error is below what the highest precision resolves";
      break;
    case SearchOutcome::stalled:
      result.status = MinimaxStatus::stalled;
      result.detail = "the rounding of the highest precision stopped the exchange";
      break;
    case SearchOutcome::exchange_limit:
      result.status = MinimaxStatus::exchange_limit;
      result.detail = "the exchange did not level the error within its limit";
      break;
    case SearchOutcome::not_finite:
      result.status = MinimaxStatus::not_finite;
      result.detail = "the target or the weight is not finite somewhere in the domain";
      break;
  }
  return result;
}

// As kinks they cut the segments, and are sampled whatever the reference is.
void add_kinks(MinimaxRequest& request, const std::vector<Rational>& points) {
  request.kinks.insert(request.kinks.end(), points.begin(), points.end());
  std::ranges::sort(request.kinks);
}

// Climbs the ladder once.
MinimaxResult solve(const MinimaxRequest& request, std::vector<Rational> start) {
  Climb climb;
  climb.reference = std::move(start);
  climb.terms_log2 = largest_term_log2(request.target, request.domain) +
                     largest_term_log2(request.weight, request.domain);
  SearchOutcome outcome = SearchOutcome::unresolved;
  bool looked_for_disguise = false;
  for (const int rung : rungs) {
    if (rung < request.precision_bits) continue;
    if (rung < climb.needed_bits && rung < highest_bits) continue;
    if (rung > 512 && !climb.found && !looked_for_disguise) {
      looked_for_disguise = true;
      if (const auto exact = disguised_polynomial(request)) return *exact;
    }
    const auto look = [&] {
      outcome = on_rung(rung, [&]<class T>(Rung<T>) { return search_on<T>(request, climb); });
    };
    if (!climb.found) look();
    if (!climb.found && climb.exchanges >= request.max_exchanges) break;
    if (!climb.found || rung == binary64_bits) continue;
    if (climb.is_polished) {
      auto result =
          on_rung(rung, [&]<class T>(Rung<T>) { return transform_on<T>(request, climb); });
      if (result) return *result;
      continue;
    }
    if (rung < coefficient_guard_bits - request.tolerance_log2 - climb.signal_bits) continue;
    const auto polish = [&] {
      return on_rung(rung, [&]<class T>(Rung<T>) { return polish_on<T>(request, climb); });
    };
    if (auto result = polish()) return *result;
    if (climb.is_polished) continue;
    climb.eager = false;
    climb.found = false;
    look();
    if (!climb.found) continue;
    if (auto result = polish()) return *result;
  }
  if (climb.is_polished) {
    if (auto result = transform_on<Real<widest_bits>>(request, climb)) return *result;
  }
  return failure(climb.found ? SearchOutcome::found : outcome, climb);
}

}  // namespace

MinimaxResult minimax(const MinimaxRequest& asked) {
  if (is_constrained(asked)) return constrained_minimax(asked);
  if (!asked.conditions.absent.empty() && !asked.basis) {
    MinimaxRequest about_zero = asked;
    about_zero.basis = basis_of_powers(asked.domain);
    return minimax(about_zero);
  }
  check_request(asked);
  free_caches_with_thread();
  if (is_beyond_range(asked)) return beyond_range();
  constexpr int most_rounds = 6;             // chosen
  constexpr std::size_t points_a_round = 8;  // chosen
  if (const auto exact = exact_result(asked)) return *exact;
  MinimaxRequest request = asked;
  add_kinks(request, scale_points(request.domain));
  const std::vector<Rational> start = initial_reference(request);
  const auto zero = zero_result(request, start);
  MinimaxResult result = zero ? *zero : solve(request, start);
  MinimaxRequest finer = request;
  for (int round = 0; round < most_rounds && result.status == MinimaxStatus::converged; ++round) {
    const auto missed =
        points_above(request, result.polynomial, result.error.upper, points_a_round);
    if (missed.empty()) break;
    add_kinks(finer, missed);
    MinimaxResult again = solve(finer, result.reference);
    if (!again.usable()) break;  // what is there holds; its error is measured with the same scan
    result = std::move(again);
  }
  return result;
}

}  // namespace equiripple
