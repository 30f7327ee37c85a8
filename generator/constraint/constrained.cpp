// The domain with holes, and the loop that closes them.
#include "generator/constraint/constrained.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "generator/constraint/absent_powers.hpp"
#include "generator/exchange/extrema.hpp"
#include "generator/exchange/problem.hpp"
#include "generator/function/polynomial_form.hpp"

namespace equiripple {
namespace {

using Wide = Real<512>;

// A smooth error that is 0 at the hole's middle is below 2^-20 of the largest in holes of this size
// even where it turns 1000 times between neighbours.
constexpr int small_radius_log2 = -30;  // chosen
// Where f(X) is not Y the hole's ends are among the points of the alternation, and its hump stands
// over them: wide enough for double at first.
constexpr int first_radius_log2 = -8;  // chosen
constexpr int last_radius_log2 = -64;  // chosen
constexpr int shrinking_bits = 4;      // of a round; chosen: the hump falls by 2^8 and more
constexpr int closed_log2 = -28;       // of the error: what a hole may add to it; chosen

Domain mirrored(const Domain& domain) {
  Domain both;
  for (auto interval = domain.rbegin(); interval != domain.rend(); ++interval) {
    both.push_back({-interval->upper, -interval->lower});
  }
  both.insert(both.end(), domain.begin(), domain.end());
  return both;
}

// A class with a parity on a domain right of 0 is the same on both sides.
Domain domain_of_class(const MinimaxRequest& request) {
  const bool is_one_sided = request.parity != Parity::none && !is_symmetric(request.domain);
  return is_one_sided ? mirrored(request.domain) : request.domain;
}

// A basis on which 0 is a fraction with small numbers: the larger these are, the more bits the
// coefficients lose that keep conditions at 0 exactly, and the wider the basis, the larger they
// are.
Interval basis_with_zero(const Interval& whole, int degree, std::size_t conditions) {
  constexpr int largest_denominator = 1 << 12;  // chosen: a condition then loses 13 bits
  constexpr int end_bits = 20;                  // of the unit of its ends; chosen
  Interval best = whole;
  double least_bits = 1e9;
  const Rational length = whole.upper - whole.lower;
  const double place = to_double(Rational(-(whole.lower + whole.upper) / length));  // of 0
  double nearest = 2;  // fraction so far: one that is further from it has nothing to offer
  for (int b = 1; b <= largest_denominator; ++b) {
    const int below = static_cast<int>(std::floor(place * b));
    for (const int a : {below, below + 1}) {
      const double distance = std::abs(place - static_cast<double>(a) / b);
      if (std::abs(a) >= b || distance >= nearest) continue;  // 0 is at a / b of [-1, 1]
      nearest = distance;
      const Rational needed =
          std::max(Rational(-whole.lower / (a + b)), Rational(whole.upper / (b - a)));
      const Rational t = round_to_bits(needed, end_bits, Rounding::up);
      const double beyond = to_double(Rational(2 * (2 * b * t - length) / length));
      const double growth = degree * std::acosh(1 + beyond) * std::numbers::log2e;
      const double bits =
          static_cast<double>(conditions) * std::log2(static_cast<double>(std::abs(a) + b)) +
          growth;
      if (bits >= least_bits) continue;
      least_bits = bits;
      best = {-t * (a + b), t * (b - a)};
    }
  }
  return best;
}

Interval basis_of_class(const Domain& domain, const AffineClass& affine, bool lacks_powers) {
  if (lacks_powers) return basis_of_powers(domain);
  const Interval basis = basis_for(domain);
  const bool is_inside = basis.lower < 0 && basis.upper > 0 && basis.lower != -basis.upper;
  const bool is_only_one = affine.conditions.size() == 1 && affine.conditions.front().at == 0;
  if (!is_inside || !is_only_one) return basis;
  return basis_with_zero(hull(domain), affine.degree, affine.conditions.front().values.size());
}

// Half way to the other points and to the ends of the interval, at least of those that are not the
// point itself.
Rational room_at(const Rational& x, const std::vector<PointCondition>& conditions,
                 const Interval& interval) {
  Rational room = (interval.upper - interval.lower) / 2;
  const auto consider = [&](const Rational& other) {
    const Rational distance = abs(x - other) / 2;
    if (distance > 0 && distance < room) room = distance;
  };
  for (const PointCondition& condition : conditions) consider(condition.at);
  consider(interval.lower);
  consider(interval.upper);
  return room;
}

std::vector<Interval> holes_in(const Domain& domain, const std::vector<PointCondition>& conditions,
                               int radius_log2) {
  std::vector<Interval> holes;
  for (const Interval& interval : domain) {
    for (const PointCondition& condition : conditions) {
      const Rational& x = condition.at;
      if (x < interval.lower || x > interval.upper) continue;
      // A simple number, which a rung holds if it can.
      const Rational radius =
          round_to_bits(Rational(room_at(x, conditions, interval) * power_of_two(radius_log2)), 1,
                        Rounding::down);
      holes.push_back({std::max(interval.lower, Rational(x - radius)),
                       std::min(interval.upper, Rational(x + radius))});
    }
  }
  return holes;
}

Domain without(const Domain& domain, const std::vector<Interval>& holes) {
  Domain rest;
  for (const Interval& interval : domain) {
    Rational from = interval.lower;
    for (const Interval& hole : holes) {
      if (hole.upper < interval.lower || hole.lower > interval.upper) continue;
      if (hole.upper <= from && hole.lower < from) continue;
      if (hole.lower > from) rest.push_back({from, hole.lower});
      from = std::max(from, hole.upper);
    }
    if (from < interval.upper) rest.push_back({from, interval.upper});
  }
  return rest;
}

// The largest error in the holes, and at their middles, where the polynomial is what it must be.
struct Inside {
  Rational largest;
  Rational at_points;
};

Inside inside_of(const MinimaxRequest& request, const FreeProblem& free,
                 const ChebyshevSeries& polynomial) {
  constexpr int steps = 16;  // chosen: between them a hump of one curvature differs by 2^-8
  const CompiledFunction<Wide> target(request.target);
  const CompiledFunction<Wide> weight(request.weight);
  const SeriesEvaluator<Wide> p(polynomial);
  const auto error_at = [&](const Wide& x) {
    return real_abs(Wide(weight(x) * (target(x) - p(x))));
  };
  const auto noise = [&](const Wide& size) { return scale_by_power_of_two(size, -400); };
  Inside inside{0, 0};
  const auto consider = [&](Rational& most, const Wide& size, const Wide& value) {
    if (is_finite(size) && size > noise(value)) most = std::max(most, to_rational(size));
  };
  for (const Interval& hole : free.holes) {
    for (int i = 0; i <= steps; ++i) {
      const auto x = from_rational<Wide>(hole.lower + (hole.upper - hole.lower) * i / steps);
      consider(inside.largest, error_at(x), Wide(real_abs(target(x)) + 1));
    }
  }
  for (const PointCondition& condition : free.affine.conditions) {
    const bool in_hole = std::ranges::any_of(free.holes, [&](const Interval& hole) {
      return hole.lower <= condition.at && condition.at <= hole.upper;
    });
    if (!in_hole) continue;
    const auto x = from_rational<Wide>(condition.at);
    const Wide value = target(x);
    consider(inside.at_points, error_at(x), Wide(real_abs(value) + 1));
  }
  inside.largest = std::max(inside.largest, inside.at_points);
  return inside;
}

// The target itself, where it is a polynomial that keeps the conditions.
std::optional<MinimaxResult> exact_polynomial(const MinimaxRequest& request,
                                              const FreeProblem& free) {
  const auto powers =
      polynomial_coefficients_on(request.target, request.domain, std::max(request.degree, 1));
  if (powers.empty()) return std::nullopt;
  const auto coefficient = [&](std::size_t k) {
    return k < powers.size() ? powers[k] : Rational(0);
  };
  for (std::size_t k = 0; k < powers.size(); ++k) {
    const bool is_ruled_out =
        static_cast<int>(k) > request.degree ||
        std::ranges::binary_search(request.conditions.absent, static_cast<int>(k)) ||
        (request.parity != Parity::none && (k % 2 == 1) != (request.parity == Parity::odd));
    if (is_ruled_out && powers[k] != 0) return std::nullopt;
  }
  const auto& leading = request.conditions.leading;
  if (leading && coefficient(static_cast<std::size_t>(request.degree)) != *leading) {
    return std::nullopt;
  }
  for (const PointCondition& condition : free.affine.conditions) {
    std::vector<Rational> derivative = powers;
    for (const Rational& wanted : condition.values) {
      Rational value = 0;
      for (std::size_t k = derivative.size(); k-- > 0;)
        value = value * condition.at + derivative[k];
      if (value != wanted) return std::nullopt;
      for (std::size_t k = 1; k < derivative.size(); ++k) {
        derivative[k - 1] = derivative[k] * static_cast<long>(k);
      }
      derivative.back() = 0;
    }
  }
  MinimaxResult result;
  result.status = MinimaxStatus::exact;
  result.polynomial = from_powers(powers, *free.request.basis);
  if (request.parity != Parity::none) result.polynomial.parity = request.parity;
  result.detail = "the target is a polynomial of the class";
  return result;
}

// The class is one polynomial: its largest error is at one point, which proves that there is none
// better.
MinimaxResult only_polynomial(const MinimaxRequest& request, const FreeProblem& free) {
  constexpr int parabolas = 40;
  constexpr int samples = 400;          // of a segment; chosen
  constexpr int refinement_log2 = -20;  // what they may miss; chosen
  using T = Real<256>;
  MinimaxResult result;
  result.polynomial = free.affine.lifted({.basis = *free.request.basis, .coefficients = {0}});
  const SeriesEvaluator<Wide> p(result.polynomial);
  const Problem<T> problem(request);
  const CompiledFunction<Wide> target(request.target);
  const auto curve = [&](const T& at) {
    const auto x = from_rational<Wide>(to_rational(at));
    return T(problem.weight(at) * convert<T>(Wide(target(x) - p(x))));
  };
  Extremum<T> largest{problem.segments().front().lower, 0};
  for (const auto& extremum :
       alternating_extrema(curve, problem.segments(), {}, parabolas, samples)) {
    if (!is_finite(extremum.error)) {
      result.status = MinimaxStatus::not_finite;
      result.detail = "the target or the weight is not finite somewhere in the domain";
      return result;
    }
    if (real_abs(extremum.error) > real_abs(largest.error)) largest = extremum;
  }
  const Rational size = to_rational(real_abs(largest.error));
  result.status = MinimaxStatus::converged;
  result.error = {
      .lower = size, .attained = size, .upper = size * (1 + power_of_two(refinement_log2))};
  result.reference = {to_rational(largest.x)};
  result.precision_bits = bits_of<T>;
  result.detail = "the conditions leave one polynomial";
  return result;
}

}  // namespace

Rational error_at_points(const MinimaxRequest& request) {
  const auto free = free_problem(request, small_radius_log2);
  if (!free) return 0;
  const ChebyshevSeries nothing{.basis = *free->request.basis, .coefficients = {0}};
  return inside_of(request, *free, free->affine.lifted(nothing)).at_points;
}

bool is_constrained(const MinimaxRequest& request) {
  return !request.conditions.through.empty() || request.conditions.leading ||
         (request.parity != Parity::none && !request.domain.empty() &&
          request.domain.front().lower >= 0);
}

std::optional<FreeProblem> free_problem(const MinimaxRequest& request, int radius_log2) {
  auto affine = affine_class(request.conditions, request.degree, request.parity);
  if (!affine) return std::nullopt;
  FreeProblem free{.affine = std::move(*affine), .request = request, .holes = {}};
  MinimaxRequest& of_q = free.request;
  const Domain domain = domain_of_class(request);
  of_q.conditions = {};
  of_q.is_factor = true;
  of_q.is_relative = false;
  of_q.target = free.affine.free_target(request.target);
  of_q.weight = free.affine.free_weight(request.weight);
  of_q.degree = free.affine.free_degree;
  of_q.parity = free.affine.free_parity;
  const bool lacks_powers = !request.conditions.absent.empty();
  if (lacks_powers) {
    const int order = static_cast<int>(free.affine.nodes.size());
    if (std::ranges::any_of(free.affine.nodes, [](const Rational& x) { return x != 0; })) {
      throw std::invalid_argument("minimax: powers may be absent with conditions at 0 only");
    }
    AbsentFromFactor left = absent_from_factor(request, order);
    of_q.degree = left.degree;
    of_q.conditions.absent = std::move(left.absent);
  }
  of_q.basis = request.basis ? *request.basis : basis_of_class(domain, free.affine, lacks_powers);
  free.holes = holes_in(domain, free.affine.conditions, radius_log2);
  of_q.domain = without(domain, free.holes);
  if (domain.size() != request.domain.size()) {  // what is mirrored is not the domain asked for
    std::erase_if(free.holes, [](const Interval& hole) { return hole.upper < 0; });
    for (Interval& hole : free.holes) {
      hole.lower = std::max(hole.lower, request.domain.front().lower);
    }
  }
  return free;
}

MinimaxResult constrained_minimax(const MinimaxRequest& request) {
  if (check(request.domain).defect != DomainDefect::none) {
    throw std::invalid_argument("minimax: the domain must be ascending, disjoint intervals");
  }
  auto free = free_problem(request, small_radius_log2);
  if (!free) throw std::invalid_argument("minimax: no polynomial keeps the conditions");
  if (const auto exact = exact_polynomial(request, *free)) return *exact;
  if (free->affine.free_degree < 0) return only_polynomial(request, *free);
  const Rational least = error_at_points(request);
  int radius_log2 = least > 0 ? first_radius_log2 : small_radius_log2;
  for (;; radius_log2 -= shrinking_bits) {
    free = free_problem(request, radius_log2);
    MinimaxResult result = minimax(free->request);
    if (!result.usable()) return result;
    result.polynomial = free->affine.lifted(result.polynomial);
    const Rational inside = inside_of(request, *free, result.polynomial).largest;
    const Rational floor = std::max(least, result.error.upper);
    result.error.lower = std::max(result.error.lower, least);
    result.error.attained = std::max(result.error.attained, inside);
    result.error.upper = std::max(result.error.upper, inside);
    if (inside <= floor * (1 + power_of_two(closed_log2))) return result;
    if (radius_log2 - shrinking_bits < last_radius_log2) {
      result.status = MinimaxStatus::stalled;
      result.detail = "the error between the points of the exchange and those given stays larger";
      return result;
    }
  }
}

}  // namespace equiripple
