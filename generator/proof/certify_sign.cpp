// |x| |P - sign| / 2 and |P - sign| are even: x > 0 is enough.
#include "generator/proof/certify_sign.hpp"

#include <algorithm>

#include "generator/exchange/measure.hpp"
#include "generator/proof/whole.hpp"

namespace equiripple {
namespace {

// Binary64 numbers are exact parameters.
Parameter parameter(const Rational& x) { return from_rational<Parameter>(x); }

std::vector<Piece> whole_range(const CompositeClaim& claim) {
  return {{Parameter(0), parameter(claim.gap_end)},
          {parameter(claim.gap_end), parameter(claim.range)}};
}

// The ends of the gap and of the range are looked at themselves, before the search.
Certificate prove(const CompositeCurve& curve, const CompositeClaim& claim, SupNormRequest search) {
  const SupNorm norm =
      prove_sup_norm(curve, looked_at(curve, {claim.gap_end, claim.range}, std::move(search)));
  return certificate_of_whole(norm, "the composition");
}

}  // namespace

Certificate certify_relu(const CompositeClaim& claim, int tightness_log2) {
  const CompositeCurve curve(claim, CompositeMetric::relu);
  Certificate certificate =
      prove(curve, claim, {.pieces = whole_range(claim), .tightness_log2 = tightness_log2});
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

Certificate certify_relu_limit(const CompositeClaim& claim, const Rational& limit) {
  const CompositeCurve curve(claim, CompositeMetric::relu);
  return prove(curve, claim, {.pieces = whole_range(claim), .limit = limit});
}

Certificate certify_sign_limit(const CompositeClaim& claim, const Rational& limit) {
  const CompositeCurve curve(claim, CompositeMetric::sign);
  return prove(curve, claim,
               {.pieces = {{parameter(claim.gap_end), parameter(claim.range)}}, .limit = limit});
}

ErrorEnclosure certify_sign(const CompositeClaim& claim) {
  constexpr long close_log2 = -11;   // of last_error: what is looked for
  constexpr long most_pieces = 500;  // chosen: the first rise out of the gap passes every extremum
  const CompositeCurve curve(claim, CompositeMetric::sign);
  ErrorEnclosure error = prove(curve, claim,
                               {.pieces = {{parameter(claim.gap_end), parameter(claim.range)}},
                                .limit = claim.last_error * (1 - power_of_two(close_log2)),
                                .most_pieces = most_pieces})
                             .error;
  error.upper = claim.last_error;
  return rounded_outward(error);
}

}  // namespace equiripple
