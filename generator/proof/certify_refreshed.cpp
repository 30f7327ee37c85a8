// The curve of Q by the proof of compositions; what it takes beside that: rising stages, and x_0.
#include "generator/proof/certify_refreshed.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "generator/exchange/measure.hpp"
#include "generator/proof/slope.hpp"
#include "generator/proof/stored_polynomial.hpp"

namespace equiripple {
namespace {

constexpr slong bits = 256;

Certificate refused(std::string why, Rational at) {
  return {.error = {}, .holds = false, .at = std::move(at), .detail = std::move(why)};
}

std::optional<Certificate> defect_of_stages(const CompositeClaim& claim,
                                            const std::vector<Interval>& positive) {
  for (std::size_t j = 0; j < claim.stages.size(); ++j) {
    const ChebyshevSeries slope = derivative_of(claim.stages[j]);
    Rational largest = 1;
    for (const Rational& c : slope.coefficients) largest += abs(c);
    const Certificate rises = certify_range(slope, {{0, positive[j].lower}}, {0, largest});
    if (!rises.holds) {
      return refused("stage " + std::to_string(j + 1) + " is not seen to rise over its gap",
                     rises.at);
    }
  }
  return std::nullopt;
}

bool is_at_least(const Ball& value, const Rational& bound) {
  Ball room;
  arb_sub(room.get(), value.get(), ball_of(bound, bits).get(), bits);
  return room.is_nonnegative();
}

// Whether no u_j is below -a_j at this x > 0.
bool keeps_its_side(const CompositeClaim& claim, const std::vector<Interval>& positive,
                    const Rational& x) {
  Ball u = ball_of(x, bits);
  for (std::size_t j = 0; j < claim.stages.size(); ++j) {
    arb_sub(u.get(), u.get(), ball_of(claim.shifts[j], bits).get(), bits);
    if (is_at_least(u, positive[j].lower)) return true;
    if (!is_at_least(u, -positive[j].lower)) return false;
    const StoredPolynomial p(claim.stages[j]);
    u = p.value(p.mapped(u, bits), bits);
  }
  return true;
}

// Below this x an error of `limit`, divided by the range, is not passed.
Rational harmless_below(const CompositeClaim& claim, const Rational& limit) {
  return limit * 2 * claim.range / (2 + claim.last_error);
}

}  // namespace

Certificate certify_refreshed_relu(const CompositeClaim& claim,
                                   const std::vector<Interval>& positive, int tightness_log2) {
  if (auto defect = defect_of_stages(claim, positive)) return *defect;
  Certificate certificate = certify_relu(claim, tightness_log2);
  if (!certificate.holds) return certificate;
  Rational x = harmless_below(claim, certificate.error.upper);
  if (keeps_its_side(claim, positive, x)) return certificate;
  // The noise turns the sign of more than that: the least x that keeps its side, by bisection.
  Rational above = claim.gap_end;
  if (!keeps_its_side(claim, positive, above)) {
    return refused("the noise of a refresh turns the sign at the end of the gap", above);
  }
  constexpr int halvings = 30;  // chosen: far below the tightness of the claim
  for (int i = 0; i < halvings; ++i) {
    const Rational middle(to_double((x + above) / 2));
    (keeps_its_side(claim, positive, middle) ? above : x) = middle;
  }
  certificate.error.upper = std::max(certificate.error.upper,
                                     Rational(above * (2 + claim.last_error) / (2 * claim.range)));
  certificate.error = rounded_outward(certificate.error);
  return certificate;
}

Certificate certify_refreshed_relu_limit(const CompositeClaim& claim,
                                         const std::vector<Interval>& positive,
                                         const Rational& limit) {
  if (auto defect = defect_of_stages(claim, positive)) return *defect;
  Certificate certificate = certify_relu_limit(claim, limit);
  if (!certificate.holds) return certificate;
  const Rational x = harmless_below(claim, limit);
  if (keeps_its_side(claim, positive, x)) return certificate;
  certificate.holds = false;
  certificate.at = x;
  certificate.detail = "the noise of a refresh may turn the sign at this point";
  return certificate;
}

}  // namespace equiripple
