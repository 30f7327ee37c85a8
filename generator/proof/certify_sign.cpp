// |x| |P - sign| / 2 and |P - sign| are even: x > 0 is enough.
#include "generator/proof/certify_sign.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/proof/sup_norm.hpp"

namespace equiripple {
namespace {

// Binary64 numbers are exact parameters.
Parameter parameter(const Rational& x) { return from_rational<Parameter>(x); }

std::vector<Piece> whole_range(const CompositeClaim& claim) {
  return {{Parameter(0), parameter(claim.gap_end)},
          {parameter(claim.gap_end), parameter(claim.range)}};
}

// The ends of the gap and of the range are looked at themselves, before the search.
SupNorm prove(const CompositeCurve& curve, const CompositeClaim& claim, SupNormRequest search) {
  constexpr slong bits = 256;
  for (const Rational& x : {claim.gap_end, claim.range}) {
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
  certificate.error.attained = certificate.error.lower = norm.attained;
  certificate.error.upper = norm.upper;
  certificate.error.evidence = Evidence::proved;
  if (norm.status == SupNormStatus::above_limit) {
    certificate.detail = "the error of the composition is above the limit";
  } else if (!certificate.holds) {
    certificate.detail = "the error of the composition could not be bounded near this point";
  }
  return certificate;
}

}  // namespace

Certificate certify_relu(const CompositeClaim& claim, int tightness_log2) {
  const CompositeCurve curve(claim, CompositeMetric::relu);
  Certificate certificate = certificate_of(
      prove(curve, claim, {.pieces = whole_range(claim), .tightness_log2 = tightness_log2}));
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

Certificate certify_relu_limit(const CompositeClaim& claim, const Rational& limit) {
  const CompositeCurve curve(claim, CompositeMetric::relu);
  return certificate_of(prove(curve, claim, {.pieces = whole_range(claim), .limit = limit}));
}

Certificate certify_sign_limit(const CompositeClaim& claim, const Rational& limit) {
  const CompositeCurve curve(claim, CompositeMetric::sign);
  return certificate_of(
      prove(curve, claim,
            {.pieces = {{parameter(claim.gap_end), parameter(claim.range)}}, .limit = limit}));
}

ErrorEnclosure certify_sign(const CompositeClaim& claim) {
  constexpr long close_log2 = -11;   // of last_error: what is looked for
  constexpr long most_pieces = 500;  // chosen: the first rise out of the gap passes every extremum
  const CompositeCurve curve(claim, CompositeMetric::sign);
  const SupNorm norm = prove(curve, claim,
                             {.pieces = {{parameter(claim.gap_end), parameter(claim.range)}},
                              .limit = claim.last_error * (1 - power_of_two(close_log2)),
                              .most_pieces = most_pieces});
  return rounded_outward(ErrorEnclosure{.lower = norm.attained,
                                        .attained = norm.attained,
                                        .upper = claim.last_error,
                                        .evidence = Evidence::proved});
}

}  // namespace equiripple
