// The chain of stages.
#include "generator/sign/composite.hpp"

#include <stdexcept>

#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const CompositeRequest& request) {
  require(!request.degrees.empty(), "composite_sign: at least one degree");
  for (const int degree : request.degrees) {
    require(degree >= 1 && degree <= highest_degree && degree % 2 == 1,
            "composite_sign: degrees must be odd, from 1 to highest_degree");
  }
  require(request.gap > 0 && request.gap < 1, "composite_sign: the gap must be in (0, 1)");
  require(request.range > 0, "composite_sign: the range must be above 0");
  require(request.margin >= 0, "composite_sign: the margin must be at least 0");
}

}  // namespace

Rational default_margin(const Rational& gap) {
  constexpr int published_log2 = -22;     // [LLNK20]'s published coefficients
  constexpr int below_the_gap_bits = 10;  // chosen: a thousandth of the gap
  return std::min(power_of_two(published_log2), Rational(gap * power_of_two(-below_the_gap_bits)));
}

CompositeSign composite_sign(const CompositeRequest& request) {
  check_request(request);
  CompositeSign sign;
  sign.detail = "every stage is minimax on the range of the one before";
  Rational lower = request.gap * request.range;
  Rational upper = request.range;
  for (const int degree : request.degrees) {
    if (lower <= 0) {
      sign.status = CompositeStatus::gap_closed;
      sign.detail = "a stage leaves no gap to the next";
      return sign;
    }
    MinimaxRequest problem = sign_problem(lower, upper, degree);
    const MinimaxResult solved = minimax(problem);
    if (!solved.usable()) {
      sign.status = CompositeStatus::stage_failed;
      sign.detail = solved.detail;
      return sign;
    }
    problem.domain = rounded_outward(problem.domain);
    SignStage stage{.polynomial = rounded(solved.polynomial, request.coefficient_bits),
                    .domain = problem.domain};
    if (request.evidence == Evidence::proved) {  // tightly: the next stage pays for what is left
      const Certificate proof = certify(problem, stage.polynomial, solved, highest_tightness_log2);
      if (!proof.holds) {
        sign.status = CompositeStatus::stage_failed;
        sign.detail = proof.detail;
        return sign;
      }
      stage.error = proof.error;
    } else {
      stage.error = measure(problem, solved, stage.polynomial);
    }
    const Rational low(to_double(1 - stage.error.upper, Rounding::down));
    const Rational high(to_double(1 + stage.error.upper, Rounding::up));
    stage.range = {{-high, -low}, {low, high}};
    if (low <= 0) stage.range = {{-high, high}};
    lower = low - request.margin;
    upper = high + request.margin;
    sign.stages.push_back(std::move(stage));
  }
  sign.status = CompositeStatus::complete;
  return sign;
}

}  // namespace equiripple
