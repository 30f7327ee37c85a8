// One polynomial is proved as such; of more steps the curve is bounded.
#include "generator/proof/certify_steps.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/proof/sup_norm.hpp"

namespace equiripple {
namespace {

bool is_polynomial(const StepClaim& claim) {
  return claim.steps.size() == 1 && chain_length(claim.steps) == 1;
}

MinimaxRequest problem_of(const StepClaim& claim) {
  return {.target = claim.target, .weight = claim.weight, .domain = claim.domain};
}

// The ends of the intervals and these points are looked at themselves, before the search.
SupNorm prove(const StepClaim& claim, std::vector<Rational> points, SupNormRequest search) {
  constexpr slong bits = 256;
  const StepCurve curve(claim);
  for (const Interval& interval : claim.domain) {
    search.pieces.push_back(
        {from_rational<Parameter>(interval.lower), from_rational<Parameter>(interval.upper)});
    points.push_back(interval.lower);
    points.push_back(interval.upper);
  }
  for (const Rational& x : points) {
    const bool is_inside = std::ranges::any_of(claim.domain, [&](const Interval& interval) {
      return interval.lower <= x && x <= interval.upper;
    });
    if (!is_inside) continue;
    Ball size;
    arb_abs(size.get(), curve.value(ball_of(x, bits), bits).get());
    if (!size.is_finite()) continue;
    const Rational least = lower_end(size);
    if (least <= search.known) continue;
    search.known = least;
    search.known_at = x;
  }
  return prove_sup_norm(curve, search);
}

Certificate certificate_of(const SupNorm& norm) {
  Certificate certificate;
  certificate.holds = norm.status == SupNormStatus::bounded;
  certificate.at = norm.at;
  certificate.error = {.lower = norm.attained,
                       .attained = norm.attained,
                       .upper = norm.upper,
                       .evidence = Evidence::proved};
  if (norm.status == SupNormStatus::above_limit) {
    certificate.detail = "the error of the steps together is above the limit";
  } else if (!certificate.holds) {
    certificate.detail = "the error of the steps together could not be bounded near this point";
  }
  return certificate;
}

}  // namespace

Certificate certify_steps(const StepClaim& claim, const std::vector<Rational>& reference,
                          int tightness_log2) {
  if (is_polynomial(claim)) {
    return certify(problem_of(claim), claim.polynomials.front(), {}, tightness_log2);
  }
  if (claim.known) {
    constexpr long close_log2 = -11;   // of what is known: what is looked for
    constexpr long most_pieces = 500;  // chosen: as of compositions of sign (certify_sign.cpp)
    const Rational near = *claim.known * (1 - power_of_two(close_log2));
    Certificate certificate = certificate_of(
        prove(claim, reference, {.pieces = {}, .limit = near, .most_pieces = most_pieces}));
    certificate.holds = true;
    certificate.error.upper = *claim.known;
    certificate.error = rounded_outward(certificate.error);
    return certificate;
  }
  Certificate certificate =
      certificate_of(prove(claim, reference, {.pieces = {}, .tightness_log2 = tightness_log2}));
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

Certificate certify_steps_limit(const StepClaim& claim, const Rational& limit) {
  if (is_polynomial(claim)) {
    return certify_limit(problem_of(claim), claim.polynomials.front(), limit);
  }
  return certificate_of(prove(claim, {}, {.pieces = {}, .limit = limit}));
}

}  // namespace equiripple
