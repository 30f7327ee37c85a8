// A fitted table as an artifact; its claim is about the points and proved there.
#include "emit/make/fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/within.hpp"
#include "emit/points.hpp"
#include "emit/request/words.hpp"
#include "generator/data/error.hpp"
#include "generator/data/fit.hpp"
#include "generator/data/fold.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/form.hpp"

namespace equiripple {
namespace {

std::string subject(const FitRequest& request) {
  return fmt::format("degree {} for the {} of {}", request.degree,
                     plural(static_cast<int>(request.data.table.points.size()), "point"),
                     request.data.name);
}

std::optional<Refusal> too_large(const FitRequest& request) {
  const auto points = static_cast<long>(request.data.table.points.size());
  if (points * (request.degree + 1) <= most_table_terms) return std::nullopt;
  return about("--degree",
               fmt::format(" {}: at most {} for {} points", request.degree,
                           most_table_terms / points - 1, points),
               Status::wrong_request);
}

DataResult solution(const DataRequest& problem, FitObjective objective) {
  return objective == FitObjective::minimax ? discrete_minimax(problem) : least_squares(problem);
}

// Half the degree takes less work than what failed: it is tried before it is named.
std::string advice(const FitRequest& request) {
  const int degree = request.degree / 2;
  const DataRequest problem{
      .table = request.data.table, .degree = degree, .parity = request.parity};
  if (!solution(problem, request.objective).usable()) return {};
  return fmt::format("; degree {} can be had", degree);
}

std::optional<Refusal> unsolved(const DataResult& solved, const FitRequest& request) {
  if (solved.status == DataStatus::conflicting) {
    return about("--parity",
                 fmt::format(" {}: {} has values at x = {} and {} that are not {}",
                             request.parity == Parity::odd ? "odd" : "even", request.data.name,
                             decimal(-solved.conflict), decimal(solved.conflict),
                             request.parity == Parity::odd ? "each other's negative" : "equal"),
                 Status::wrong_request);
  }
  if (solved.usable()) return std::nullopt;
  return Refusal{fmt::format("{}: {}{}", subject(request), solved.detail, advice(request))};
}

// Between points far apart a polynomial of high degree is so steep that binary64 coefficients lose
// it: that is no fit, and said so.
std::optional<Refusal> lost_to_rounding(const ChebyshevSeries& solved,
                                        const ChebyshevSeries& stored, const ErrorEnclosure& error,
                                        const FitRequest& request) {
  const Rational rounding = coefficient_distance(solved, stored);
  const Rational values = largest_value(request.data.table);
  if (rounding <= values || error.attained <= values) return std::nullopt;
  Rational largest = 0;
  for (const Rational& c : stored.coefficients) largest = std::max(largest, Rational(abs(c)));
  return Refusal{fmt::format(
      "{}: the coefficients reach {}, and rounding them to binary64 moves the fit by {}, more than "
      "the values; take a lower degree",
      subject(request), size_text(largest), size_text(error.attained, Rounding::down))};
}

// What no polynomial of the class is below: known from the best of them, also where another is
// asked for.
Rational lower_bound(const DataResult& best, const FitRequest& request) {
  const int free = free_coefficients(request.degree, request.parity);
  if (static_cast<int>(best.reference.size()) != free + 1) return 0;
  return alternation_bound(best.reference, best.polynomial);
}

}  // namespace

Outcome<Fit> make_fit(const FitRequest& request, const Identity& identity) {
  if (auto refusal = too_large(request)) return *refusal;
  const DataTable& table = request.data.table;
  const DataRequest problem{.table = table, .degree = request.degree, .parity = request.parity};
  const DataResult best = discrete_minimax(problem);
  const bool minimax = request.objective == FitObjective::minimax;
  const DataResult solved = minimax ? best : solution(problem, request.objective);
  if (auto refusal = unsolved(solved, request)) return *refusal;
  const auto within_range = rounded_within_range(solved.polynomial, {});
  if (!within_range) {
    return Refusal{"a coefficient is beyond the largest binary64 number; scale the values down"};
  }
  const ChebyshevSeries& stored = *within_range;
  ErrorEnclosure error = proved_error(table, stored, lower_bound(best, request));
  if (auto refusal = lost_to_rounding(solved.polynomial, stored, error, request)) return *refusal;
  Artifact artifact{.name = identity.name, .kind = Kind::minimax, .request = identity.request};
  Outcome<std::optional<ProvenPlan>> within =
      proven_plan_within(request.plan, Kind::minimax, stored, error.upper,
                         [&](const ChebyshevSeries& computed) -> Outcome<Rational> {
                           return table_error(table, computed).upper;
                         });
  if (!within) return within.error();
  if (std::optional<ProvenPlan>& planned = *within) {
    error = covering(error, planned->error);
    artifact.plan = std::move(planned->function.plan);
  }
  artifact.claim = {rounded_outward(error), Metric::absolute};
  const Domain domain = rounded_outward(Domain{hull(table)});
  const auto range = proved_range(stored, domain);
  if (!range) {
    return Refusal{subject(request) + ": the range of the polynomial is not proved"};
  }
  artifact.outside = proved_outside({stored}, domain, {*range});
  artifact.stages.push_back(
      {.polynomial = stored, .domain = domain, .range = {*range}, .claim = artifact.claim});
  return Fit{std::move(artifact), root_mean_square(table, stored)};
}

}  // namespace equiripple
