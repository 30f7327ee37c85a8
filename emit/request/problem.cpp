// Checks by ball arithmetic, with the flag and the point in every message.
#include "emit/request/problem.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/words.hpp"
#include "generator/constraint/zeros.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/positive.hpp"
#include "generator/function/removable.hpp"
#include "generator/function/smoothness.hpp"

namespace equiripple {
namespace {

std::string explain(FunctionDefect defect) {
  switch (defect) {
    case FunctionDefect::none: break;
    case FunctionDefect::pole: return "has a pole (a division by zero)";
    case FunctionDefect::outside_erfinv:
      return "takes erfinv of a number that is not between -1 and 1";
    case FunctionDefect::outside_log: return "takes the logarithm of a number that is not positive";
    case FunctionDefect::outside_root: return "takes the square root of a negative number";
    case FunctionDefect::outside_power: return "takes a fractional power of a negative number";
    case FunctionDefect::jump: return "jumps (where sign, floor, round or if does)";
    case FunctionDefect::not_finite: return "is not finite, or too large to compute with,";
    case FunctionDefect::too_many_singularities: return "has too many kinks to resolve";
    case FunctionDefect::undecided:
      return "varies too fast for poles and kinks to be found, or to be excluded,";
  }
  return {};
}

// Continues the function where it is 0/0, as sin(x)/x at 0.
Outcome<std::vector<Rational>> kinks_of(const std::string& flag, Expression& function,
                                        const Domain& domain) {
  constexpr int most_continued = 100;  // points; chosen
  SmoothnessReport report = check_smoothness(function, domain);
  for (int i = 0; i < most_continued && report.defect == FunctionDefect::pole; ++i) {
    auto continued = continued_at(function, report.point);
    if (!continued) break;
    function = std::move(*continued);
    report = check_smoothness(function, domain);
  }
  if (report.defect == FunctionDefect::undecided) {
    return about(flag, fmt::format(" '{}': {} near x = {}", function.text(), explain(report.defect),
                                   decimal(report.point)));
  }
  if (report.defect != FunctionDefect::none) {
    return about(flag,
                 fmt::format(" '{}': {} at x = {}, which is in the domain", function.text(),
                             explain(report.defect), decimal(report.point)),
                 Status::wrong_request);
  }
  return report.kinks;
}

bool is_continued(const Expression& function) {
  return std::ranges::any_of(function.nodes(), [](const Node& node) {
    return node.operation == Operation::divide && node.exponent > 0;
  });
}

// 1 / |f|, which f may not make infinite but where the polynomial is 0, too.
Outcome<Expression> relative_weight(const Expression& function, const Domain& domain,
                                    const std::vector<PointCondition>& zeros) {
  const auto over = over_zeros(function, zeros);
  std::vector<Node> of_size = over ? over->quotient.nodes() : function.nodes();
  of_size.push_back({.operation = Operation::abs, .left = static_cast<int>(of_size.size()) - 1});
  const Expression size(std::move(of_size), "abs(" + function.text() + ")");
  if (const auto zero = point_not_positive(size, domain)) {
    const char* what = zero->doubt == PositivityDoubt::not_positive ? "vanishes at"
                       : zero->doubt == PositivityDoubt::too_close
                           ? "vanishes, or is too close to 0 to tell, near"
                           : "varies too fast to be told from 0 near";
    return about("--relative",
                 fmt::format(": the function '{}' {} x = {}, which is in the "
                             "domain; give a --weight instead, leave the point out, or have the "
                             "polynomial vanish with it, as --through '0,0'",
                             function.text(), what, decimal(zero->point)),
                 Status::wrong_request);
  }
  const bool is_as_written = zeros.empty() && !is_continued(function);
  return is_as_written ? function_word("--relative", "1/abs(" + function.text() + ")")
                       : reciprocal_size(function);
}

// A polynomial that is given at a point has an error there that no weight can be of use for.
Domain without_points(const Domain& domain, const std::vector<PointCondition>& points) {
  constexpr int radius_log2 = -40;  // of the interval; chosen
  std::vector<Rational> ascending;
  for (const PointCondition& point : points) ascending.push_back(point.at);
  std::ranges::sort(ascending);
  Domain rest;
  for (const Interval& interval : domain) {
    const Rational radius = (interval.upper - interval.lower) * power_of_two(radius_log2);
    Rational from = interval.lower;
    for (const Rational& x : ascending) {
      if (x < interval.lower || x > interval.upper) continue;
      if (x - radius > from) rest.push_back({from, x - radius});
      from = x + radius;
    }
    if (from < interval.upper) rest.push_back({from, interval.upper});
  }
  return rest;
}

std::optional<Refusal> not_positive(const Expression& weight, const Domain& domain) {
  const auto point = point_not_positive(weight, domain);
  if (!point) return std::nullopt;
  const char* what = point->doubt == PositivityDoubt::not_positive ? "is not at"
                     : point->doubt == PositivityDoubt::too_close
                         ? "is not, or is too close to 0 to tell, near"
                         : "varies too fast to be seen so near";
  return about("--weight",
               fmt::format(" '{}': must be positive on the domain, and {} x = {}", weight.text(),
                           what, decimal(point->point)),
               Status::wrong_request);
}

}  // namespace

Metric metric_of(const WeightChoice& choice) {
  if (choice.relative) return Metric::relative;
  return choice.expression.empty() ? Metric::absolute : Metric::weighted;
}

Outcome<MinimaxRequest> problem_of(const Expression& function, const WeightChoice& choice,
                                   const Domain& domain,
                                   const std::vector<PointCondition>& given_at) {
  const Domain stored = rounded_outward(domain);  // the claim is about that
  if (choice.relative && !choice.expression.empty()) {
    return about("--relative", " and --weight: give one of them; --relative is --weight '1/|f|'",
                 Status::wrong_request);
  }
  MinimaxRequest problem{.target = function, .domain = domain};
  Outcome<std::vector<Rational>> kinks = kinks_of("--function", problem.target, stored);
  if (!kinks) return kinks.error();
  problem.kinks = *std::move(kinks);
  if (choice.relative) {
    Outcome<Expression> weight = relative_weight(problem.target, stored, given_at);
    if (!weight) return weight.error();
    problem.weight = *std::move(weight);
  }
  problem.is_relative = choice.relative;
  if (!choice.expression.empty()) {
    problem.weight = function_word("--weight", choice.expression);
    const Outcome<std::vector<Rational>> more = kinks_of("--weight", problem.weight, stored);
    if (!more) return more.error();
    if (auto refusal = not_positive(problem.weight, without_points(stored, given_at))) {
      return *refusal;
    }
    problem.kinks.insert(problem.kinks.end(), more->begin(), more->end());
    std::ranges::sort(problem.kinks);
  }
  return problem;
}

Parity parity_of_problem(const std::string& word, const MinimaxRequest& problem) {
  const bool even_weight = parity_of(problem.weight) == Parity::even;
  if (word == "auto" && !even_weight) return Parity::none;
  const Parity parity = parity_word("--parity", word, problem.target, problem.domain);
  if (parity != Parity::none && !even_weight) {
    wrong_word("--parity", fmt::format(" {}: the weight '{}' is not seen to be even", word,
                                       problem.weight.text()));
  }
  return parity;
}

}  // namespace equiripple
