// From a request to pieces of theta, and from bounds to enclosures.
#include "generator/proof/certify.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "generator/constraint/zeros.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/exchange/problem.hpp"
#include "generator/function/largest_term.hpp"
#include "generator/function/polynomial_form.hpp"
#include "generator/function/saturated.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/proof/error_curve.hpp"
#include "generator/proof/lower_bound.hpp"
#include "generator/proof/sup_norm.hpp"

namespace equiripple {
namespace {

constexpr slong first_bits = 128;

Rational sum_of_sizes(const std::vector<Rational>& coefficients) {
  Rational sum = 0;
  for (const Rational& c : coefficients) sum += abs(c);
  return sum;
}

// target - stored is the error, of which as much has cancelled as is known exactly.
struct Difference {
  Expression target;
  ChebyshevSeries stored;
};

// The stored polynomial less the one with these coefficients of 1, x, ...
ChebyshevSeries reduced(const ChebyshevSeries& stored, const std::vector<Rational>& powers) {
  ChebyshevSeries rest = from_powers(powers, stored.basis);
  auto& c = rest.coefficients;
  c.resize(std::max(c.size(), stored.coefficients.size()));
  for (Rational& value : c) value = -value;
  for (std::size_t k = 0; k < stored.coefficients.size(); ++k) c[k] += stored.coefficients[k];
  while (c.size() > 1 && c.back() == 0) c.pop_back();
  rest.parity = Parity::none;
  return rest;
}

// A target that is a polynomial, or is all but one and the stored one as well.
Difference difference_of(const MinimaxRequest& request, const ChebyshevSeries& stored) {
  // x - x has the degree 1 on the way.
  const int degree = std::max(stored.degree(), request.degree);
  const auto powers = polynomial_coefficients_on(request.target, request.domain, degree);
  if (!powers.empty()) return {Expression(), reduced(stored, powers)};
  constexpr long cancelled_log2 = -40;  // chosen: of fewer bits the proof takes more in its stride
  if (auto parts = saturated(request.target, request.domain, degree)) {
    ChebyshevSeries rest = reduced(stored, parts->limit);
    const Rational negligible = sum_of_sizes(stored.coefficients) * power_of_two(cancelled_log2);
    if (sum_of_sizes(rest.coefficients) <= negligible) return {parts->rest, std::move(rest)};
  }
  return {request.target, stored};
}

bool is_zero(const Difference& difference) {
  return difference.target.is_rational_constant() && difference.target.nodes().back().value == 0 &&
         std::ranges::all_of(difference.stored.coefficients,
                             [](const Rational& c) { return c == 0; });
}

// Half of a symmetric domain is enough where the size of the error is the same on the other half.
Domain domain_to_prove(const MinimaxRequest& request, const ChebyshevSeries& stored) {
  const Parity weight = parity_of(request.weight);
  const bool mirrored = stored.parity != Parity::none &&
                        parity_of(request.target) == stored.parity && weight == Parity::even &&
                        is_symmetric(request.domain);
  return cut_at(request.kinks,
                mirrored ? working_domain(request.domain, stored.parity) : request.domain);
}

std::vector<Piece> pieces_of(const ErrorCurve& curve, const Domain& domain) {
  std::vector<Piece> pieces;
  for (const Interval& interval : domain) pieces.push_back(curve.piece_of(interval));
  return pieces;
}

bool contains(const Domain& domain, const Rational& x) {
  return std::ranges::any_of(domain,
                             [&](const Interval& i) { return i.lower <= x && x <= i.upper; });
}

// The points as far as they are in the domain; those beside it, as the rounding of an end leaves
// them, at its nearest end.
std::vector<Rational> moved_into(const Domain& domain, std::vector<Rational> points) {
  for (Rational& x : points) {
    if (contains(domain, x)) continue;
    Rational nearest = domain.front().lower;
    for (const Interval& interval : domain) {
      for (const Rational& end : {interval.lower, interval.upper}) {
        if (abs(x - end) < abs(x - nearest)) nearest = end;
      }
    }
    x = nearest;
  }
  return points;
}

std::vector<Rational> ends_of(const Domain& domain) {
  std::vector<Rational> ends;
  for (const Interval& interval : domain) {
    ends.push_back(interval.lower);
    ends.push_back(interval.upper);
  }
  return ends;
}

// The largest size at these points, where they are in the domain, is known before the search: as
// sharply as the search would have it.
void look_at(const ErrorCurve& curve, const Domain& domain, const std::vector<Rational>& points,
             SupNormRequest& search) {
  constexpr slong most_bits = 64 * first_bits;
  constexpr slong sharp_bits = 48;  // chosen: beyond the tightest bound
  for (const Rational& x : points) {
    if (!contains(domain, x)) continue;
    for (slong bits = first_bits; bits <= most_bits; bits *= 2) {
      Ball size;
      arb_abs(size.get(), curve.value_at(x, bits).get());
      if (!size.is_finite()) break;
      if (arb_rel_accuracy_bits(size.get()) < sharp_bits && bits < most_bits) continue;
      const Rational least = lower_end(size);
      if (least > search.known) {
        search.known = least;
        search.known_at = x;
      }
      break;
    }
  }
}

// What lies below this is the rounding of targets that are polynomials in disguise: of their
// coefficients, or, where they are 0, of the terms that cancel.
Rational negligible_error(const Expression& target, const ChebyshevSeries& stored,
                          const Domain& domain) {
  constexpr long negligible_log2 = -100;  // chosen: far below the rounding of any table
  constexpr long of_terms_log2 = -400;    // chosen: terms may be large for nothing
  const Rational sum = sum_of_sizes(stored.coefficients);
  if (sum > 0) return sum * power_of_two(negligible_log2);
  const double terms_log2 = largest_term_log2(target, domain);
  if (terms_log2 == -std::numeric_limits<double>::infinity()) return power_of_two(of_terms_log2);
  if (!(std::abs(terms_log2) < -of_terms_log2)) return 0;
  return power_of_two(static_cast<long>(std::ceil(terms_log2)) + of_terms_log2);
}

Certificate no_proof(const SupNorm& norm) {
  Certificate certificate;
  certificate.at = norm.at;
  certificate.error.attained = norm.attained;
  certificate.detail = norm.status == SupNormStatus::above_limit
                           ? "the error is above the limit"
                           : "the error could not be bounded; the function varies too fast or is "
                             "not finite near this point";
  return certificate;
}

Certificate not_zero() {
  Certificate certificate;
  certificate.detail = "the polynomial as stored is not exactly 0 where the function is";
  return certificate;
}

// The same error of quotients; the lower bound is of the class itself.
Certificate certify_over_zeros(const MinimaxRequest& request, const ChebyshevSeries& stored,
                               const MinimaxResult& solved, int tightness_log2) {
  const auto without = without_zeros(request, stored);
  if (!without) return not_zero();
  MinimaxResult where_to_look;
  where_to_look.polynomial = without->polynomial;
  where_to_look.reference = solved.reference;
  Certificate certificate =
      certify(without->request, without->polynomial, where_to_look, tightness_log2);
  if (!certificate.holds) return certificate;
  certificate.error.lower = std::min(
      certificate.error.attained,
      proved_lower_bound(request, moved_into(request.domain, solved.reference), solved.polynomial));
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

}  // namespace

Certificate certify(const MinimaxRequest& request, const ChebyshevSeries& stored,
                    const MinimaxResult& solved, int tightness_log2) {
  if (!zeros_of(request).empty())
    return certify_over_zeros(request, stored, solved, tightness_log2);
  const Difference difference = difference_of(request, stored);
  Certificate certificate;
  certificate.error.evidence = Evidence::proved;
  certificate.holds = true;
  if (is_zero(difference)) return certificate;
  const Domain pieces = domain_to_prove(request, stored);
  const ErrorCurve curve(difference.target, request.weight, difference.stored, pieces);
  SupNormRequest search{.pieces = pieces_of(curve, pieces),
                        .tightness_log2 = tightness_log2,
                        .negligible = negligible_error(difference.target, stored, request.domain)};
  std::vector<Rational> known = ends_of(pieces);
  known.insert(known.end(), solved.reference.begin(), solved.reference.end());
  for (const PointCondition& given : request.conditions.through) known.push_back(given.at);
  look_at(curve, request.domain, known, search);
  const SupNorm norm = prove_sup_norm(curve, search);
  if (norm.status != SupNormStatus::bounded) return no_proof(norm);
  certificate.at = norm.at;
  certificate.error.attained = norm.attained;
  certificate.error.upper = norm.upper;
  certificate.error.lower = std::min(
      norm.attained,
      proved_lower_bound(request, moved_into(request.domain, solved.reference), solved.polynomial));
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

Certificate certify_limit(const MinimaxRequest& request, const ChebyshevSeries& stored,
                          const Rational& limit) {
  if (!zeros_of(request).empty()) {
    const auto without = without_zeros(request, stored);
    return without ? certify_limit(without->request, without->polynomial, limit) : not_zero();
  }
  const Difference difference = difference_of(request, stored);
  Certificate certificate;
  certificate.error.upper = limit;
  certificate.error.evidence = Evidence::proved;
  certificate.holds = true;
  if (is_zero(difference)) return certificate;
  const Domain pieces = domain_to_prove(request, stored);
  const ErrorCurve curve(difference.target, request.weight, difference.stored, pieces);
  SupNormRequest search{.pieces = pieces_of(curve, pieces), .limit = limit};
  look_at(curve, request.domain, ends_of(pieces), search);
  const SupNorm norm = prove_sup_norm(curve, search);
  if (norm.status != SupNormStatus::bounded) return no_proof(norm);
  certificate.error.attained = norm.attained;
  certificate.at = norm.at;
  return certificate;
}

std::optional<Interval> proved_range(const ChebyshevSeries& polynomial, const Domain& domain) {
  // max p = max |S + p| - S and min p = S - max |S - p|, since |p| <= S.
  constexpr int tightness_log2 = -20;
  constexpr long negligible_log2 = -40;  // chosen: a range that is narrower is all but a point
  const Rational sum = sum_of_sizes(polynomial.coefficients);
  if (sum == abs(polynomial.coefficients.front())) {  // a constant
    const Rational& value = polynomial.coefficients.front();
    return Interval{Rational(to_double(value, Rounding::down)),
                    Rational(to_double(value, Rounding::up))};
  }
  const auto furthest_from = [&](const Rational& value) -> std::optional<Rational> {
    const ErrorCurve curve(Expression(value, ""), Expression(1, "1"), polynomial, {});
    const SupNorm norm = prove_sup_norm(curve, {.pieces = pieces_of(curve, domain),
                                                .tightness_log2 = tightness_log2,
                                                .negligible = sum * power_of_two(negligible_log2)});
    if (norm.status != SupNormStatus::bounded) return std::nullopt;
    return norm.upper;
  };
  const bool is_odd = polynomial.parity == Parity::odd && is_symmetric(domain);
  const auto above = furthest_from(-sum);
  const auto below = is_odd ? above : furthest_from(sum);
  if (!above || !below) return std::nullopt;
  return Interval{Rational(to_double(sum - *below, Rounding::down)),
                  Rational(to_double(*above - sum, Rounding::up))};
}

Certificate certify_range(const ChebyshevSeries& polynomial, const Domain& domain,
                          const Interval& range) {
  // With |p| <= S: p <= upper where |S + p| <= S + upper, p >= lower where |S - p| <= S - lower.
  const Rational sum = sum_of_sizes(polynomial.coefficients);
  if (sum == abs(polynomial.coefficients.front())) {  // a constant
    const Rational& value = polynomial.coefficients.front();
    Certificate certificate;
    certificate.holds = range.lower <= value && value <= range.upper;
    certificate.at = domain.front().lower;
    return certificate;
  }
  const MinimaxRequest from_below{.target = Expression(-sum, ""), .domain = domain};
  const MinimaxRequest from_above{.target = Expression(sum, ""), .domain = domain};
  ChebyshevSeries p = polynomial;
  p.parity = Parity::none;  // the errors have none
  const Certificate above = certify_limit(from_below, p, sum + range.upper);
  return above.holds ? certify_limit(from_above, p, sum - range.lower) : above;
}

}  // namespace equiripple
