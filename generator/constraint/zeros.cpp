// Orders of zeros from exact Taylor coefficients, and quotients of exact series.
#include "generator/constraint/zeros.hpp"

#include <algorithm>

#include "generator/constraint/rounding.hpp"
#include "generator/function/removable.hpp"
#include "generator/function/taylor.hpp"

namespace equiripple {
namespace {

// The order of a zero at x: 0 where there is none for sure.
std::size_t order_at(const Expression& function, const Rational& x, std::size_t most) {
  constexpr slong bits = 256;
  const auto series = taylor_series(function, x, static_cast<int>(most) + 1, bits);
  std::size_t order = 0;
  while (order < series.size() && series[order].is_exact() && series[order].contains_zero()) {
    ++order;
  }
  return order < series.size() && !series[order].contains_zero() ? order : 0;
}

Expression over_power(const Expression& function, const Rational& x, std::size_t order) {
  std::vector<Node> nodes = function.nodes();
  const int dividend = static_cast<int>(nodes.size()) - 1;
  const auto last = [&] { return static_cast<int>(nodes.size()) - 1; };
  nodes.push_back({.operation = Operation::variable});
  if (x != 0) {
    nodes.push_back({.operation = Operation::constant, .value = x});
    nodes.push_back({.operation = Operation::subtract, .left = last() - 1, .right = last()});
  }
  if (order > 1) {
    nodes.push_back({.operation = Operation::power_integer,
                     .left = last(),
                     .exponent = static_cast<long>(order)});
  }
  const int divisor = last();
  nodes.push_back({.operation = Operation::divide, .left = dividend, .right = divisor});
  return {std::move(nodes), function.text()};
}

}  // namespace

std::optional<OverZeros> over_zeros(const Expression& function,
                                    const std::vector<PointCondition>& zeros) {
  OverZeros over{.quotient = function, .zeros = {}};
  for (const PointCondition& zero : zeros) {
    const auto given = static_cast<std::size_t>(
        std::ranges::find_if(zero.values, [](const Rational& v) { return v != 0; }) -
        zero.values.begin());
    const std::size_t order = order_at(function, zero.at, given);
    if (order == 0) return std::nullopt;
    auto quotient = continued_at(over_power(over.quotient, zero.at, order), zero.at);
    if (!quotient) return std::nullopt;
    over.quotient = std::move(*quotient);
    over.zeros.insert(over.zeros.end(), order, zero.at);
  }
  return over;
}

std::vector<PointCondition> zeros_of(const MinimaxRequest& request) {
  std::vector<PointCondition> zeros;
  if (!request.is_relative) return zeros;
  const auto all = completed(request.conditions.through, request.parity);
  if (!all) return zeros;
  for (const PointCondition& condition : *all) {
    const bool is_inside = std::ranges::any_of(request.domain, [&](const Interval& interval) {
      return interval.lower <= condition.at && condition.at <= interval.upper;
    });
    if (!is_inside || condition.values.front() != 0) continue;
    if (over_zeros(request.target, {condition})) zeros.push_back(condition);
  }
  return zeros;
}

std::optional<WithoutZeros> without_zeros(const MinimaxRequest& request,
                                          const ChebyshevSeries& polynomial) {
  const auto over = over_zeros(request.target, zeros_of(request));
  if (!over) return std::nullopt;
  WithoutZeros without{.request = request, .polynomial = polynomial};
  std::vector<Rational>& c = without.polynomial.coefficients;
  for (const Rational& zero : over->zeros) {
    auto quotient = over_root(c, polynomial.basis, zero);
    if (!quotient) return std::nullopt;
    c = std::move(*quotient);
  }
  without.polynomial.parity = Parity::none;
  without.polynomial = with_seen_parity(without.polynomial);
  MinimaxRequest& rest = without.request;
  rest.target = over->quotient;
  rest.weight = reciprocal_size(rest.target);
  rest.is_relative = false;
  rest.conditions = {};
  rest.parity = Parity::none;
  return without;
}

Expression reciprocal_size(const Expression& function) {
  std::vector<Node> nodes = function.nodes();
  const int root = static_cast<int>(nodes.size()) - 1;
  nodes.push_back({.operation = Operation::abs, .left = root});
  nodes.push_back({.operation = Operation::constant, .value = 1});
  nodes.push_back({.operation = Operation::divide, .left = root + 2, .right = root + 1});
  return {std::move(nodes), "1/abs(" + function.text() + ")"};
}

}  // namespace equiripple
