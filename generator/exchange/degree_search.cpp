// Growing strides from where the search begins, then bisection, each probe one solve.
#include "generator/exchange/degree_search.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "generator/constraint/constrained.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

constexpr int coarse_accuracy_log2 = -12;  // chosen: coarse errors are good to about 2^-20

CoarseAnswer looked_at_in_double(const MinimaxRequest& request) {
  if (!is_constrained(request)) return CoarseMinimax::look(request);
  constexpr int radius_log2 = -20;  // chosen: double resolves it
  const auto free = free_problem(request, radius_log2);
  if (!free || free->affine.free_degree < 0) return {};
  return CoarseMinimax::look(free->request);
}

// Whether the error at the ends of the intervals is about as small as double says. Where the target
// is nearly 0 at the middles of many short intervals, the exchange may begin at these, and find
// that 0 is near enough.
bool is_borne_out(const CoarseMinimax& coarse, const MinimaxRequest& request) {
  constexpr double slack = 2;  // chosen: far above what double is off by
  const CompiledFunction<double> target(request.target);
  const CompiledFunction<double> weight(request.weight);
  const auto holds_at = [&](const Rational& end) {
    const double x = to_double(end);
    const double off = std::abs(weight(x) * (target(x) - coarse(x)));
    return !(off > slack * coarse.error());  // where it is no number, the exchange has looked
  };
  return std::ranges::all_of(request.domain, [&](const Interval& interval) {
    return holds_at(interval.lower) && holds_at(interval.upper);
  });
}

}  // namespace

DegreeSearch smallest_degree(MinimaxRequest request, const Rational& error, int highest,
                             int expected) {
  if (error <= 0) throw std::invalid_argument("smallest_degree: the error must be above 0");
  const int step = request.parity == Parity::none ? 1 : 2;
  int first = request.parity == Parity::odd ? 1 : 0;
  if (is_constrained(request)) {
    const auto lowest = lowest_degree(request.conditions, request.parity, highest);
    if (!lowest) return {.degree = highest, .smallest_error = 0};
    request.degree = first = *lowest;
    if (Rational least = error_at_points(request); least > error) {
      return {.degree = highest, .smallest_error = std::move(least)};
    }
  }
  // Indices of the degrees of the class: first + step * index.
  const auto degree_at = [&](int index) { return first + step * index; };
  DegreeSearch search;
  std::set<int> undecided;  // indices
  const auto reaches = [&](int index) {
    request.degree = degree_at(index);
    // The double rung decides where the error is clearly on one side.
    const CoarseAnswer coarse = looked_at_in_double(request);
    const Rational estimate(coarse.solution ? coarse.solution->error() : coarse.at_least);
    const bool is_clear = abs(estimate - error) > error * power_of_two(coarse_accuracy_log2);
    const bool is_below =
        coarse.solution && (is_constrained(request) || is_borne_out(*coarse.solution, request));
    // Where the error is all but constant double does not come to an end; its level tells as much.
    if (is_clear && (estimate > error || is_below)) {
      search.smallest_error = estimate * (1 - power_of_two(coarse_accuracy_log2));
      search.degree = request.degree;
      return estimate < error;
    }
    const MinimaxResult result = minimax(request);
    if (result.status == MinimaxStatus::below_noise) return true;
    if (!result.usable()) {
      undecided.insert(index);
      return false;
    }
    search.smallest_error = result.error.lower;
    search.degree = request.degree;
    return result.error.lower <= error;
  };
  const int last = (highest - first) / step;
  int below = -1;  // does not reach the error
  int above = std::clamp((expected - first) / step, 0, last);
  for (int stride = 1; !reaches(above); stride *= 2) {
    if (above == last) {
      if (undecided.contains(last)) search.gave_up = degree_at(last);
      return search;
    }
    below = above;
    above = std::min(above + stride, last);
  }
  for (int stride = 1; below < 0 && above > 0; stride *= 2) {
    const int lower = std::max(above - stride, 0);
    (reaches(lower) ? above : below) = lower;
  }
  while (above - below > 1) {
    const int middle = below + (above - below) / 2;
    (reaches(middle) ? above : below) = middle;
  }
  search.found = true;
  search.degree = degree_at(above);
  if (undecided.contains(below)) search.gave_up = degree_at(below);
  return search;
}

}  // namespace equiripple
