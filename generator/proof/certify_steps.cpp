// One polynomial is proved as such; of more steps the curve is bounded.
#include "generator/proof/certify_steps.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/proof/whole.hpp"

namespace equiripple {
namespace {

bool is_polynomial(const StepClaim& claim) {
  return claim.steps.size() == 1 && chain_length(claim.steps) == 1;
}

MinimaxRequest problem_of(const StepClaim& claim) {
  return {.target = claim.target, .weight = claim.weight, .domain = claim.domain};
}

// The ends of the intervals and these points are looked at themselves, before the search.
Certificate prove(const StepClaim& claim, std::vector<Rational> points, SupNormRequest search) {
  const StepCurve curve(claim);
  for (const Interval& interval : claim.domain) {
    search.pieces.push_back(
        {from_rational<Parameter>(interval.lower), from_rational<Parameter>(interval.upper)});
    points.push_back(interval.lower);
    points.push_back(interval.upper);
  }
  std::erase_if(points, [&](const Rational& x) {
    return std::ranges::none_of(claim.domain, [&](const Interval& interval) {
      return interval.lower <= x && x <= interval.upper;
    });
  });
  const SupNorm norm = prove_sup_norm(curve, looked_at(curve, points, std::move(search)));
  return certificate_of_whole(norm, "the steps together");
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
    Certificate certificate =
        prove(claim, reference, {.pieces = {}, .limit = near, .most_pieces = most_pieces});
    certificate.holds = true;
    certificate.error.upper = *claim.known;
    certificate.error = rounded_outward(certificate.error);
    return certificate;
  }
  Certificate certificate =
      prove(claim, reference, {.pieces = {}, .tightness_log2 = tightness_log2});
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

Certificate certify_steps_limit(const StepClaim& claim, const Rational& limit) {
  if (is_polynomial(claim)) {
    return certify_limit(problem_of(claim), claim.polynomials.front(), limit);
  }
  return prove(claim, {}, {.pieces = {}, .limit = limit});
}

Certificate certify_steps_size(const Steps& steps, const std::vector<ChebyshevSeries>& polynomials,
                               const Domain& domain, const Rational& bound) {
  return certify_steps_limit({.steps = steps,
                              .polynomials = polynomials,
                              .target = {},
                              .weight = Expression(1, "1"),
                              .domain = domain},
                             bound);
}

}  // namespace equiripple
