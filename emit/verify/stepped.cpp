// Functions of steps: each stage for its own problem, then the whole from the input to the result.
#include <fmt/format.h>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/noise_of_refreshes.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/proof/certify_steps.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

bool is_same(const Domain& a, const Domain& b) { return contains(a, b) && contains(b, a); }

class SteppedClaims {
 public:
  SteppedClaims(Inquiry& inquiry, const SteppedRequest& request)
      : inquiry_(inquiry), artifact_(inquiry.artifact), request_(request) {}

  void run() {
    if (const std::string why = defect_of_form(request_, artifact_.steps, degrees());
        !why.empty()) {
      return inquiry_.fails("steps/*/op", 0, why);
    }
    if (request_.squarings) inquiry_.holds("request/squarings");
    examine_refreshes(inquiry_, request_.refresh);
    if (!inquiry_.all_hold()) return;
    require_whole_metric(inquiry_, request_.metric);
    const int count = static_cast<int>(artifact_.stages.size());
    for (int i = 1; i <= count && inquiry_.all_hold(); ++i) prove_stage(i);
    if (inquiry_.all_hold()) prove_whole();
    for (int i = 1; i <= count && inquiry_.all_hold(); ++i) prove_lower_of(i);
    if (request_.folds && inquiry_.all_hold()) inquiry_.holds("request/function");
    if (!request_.power || !inquiry_.all_hold()) return;
    for (const char* claim : {"request/method", "request/polynomial", "request/function",
                              "request/weight", "request/relative"}) {
      inquiry_.holds(claim);  // proved of this function; the form is that of this polynomial
    }
  }

 private:
  std::vector<int> degrees() const {
    std::vector<int> all;
    for (const StageRecord& stage : artifact_.stages) all.push_back(stage.polynomial.degree());
    return all;
  }

  StageProblem asked_of(int i) const {
    return problem_of_stage(request_, artifact_.steps, static_cast<std::size_t>(i) - 1, degrees());
  }

  // Of one interval that the value of the stage before is in.
  bool maps_one_interval() const { return request_.folds || request_.kind == Kind::exp; }

  MinimaxRequest problem_on(int i, const Domain& domain) const {
    MinimaxRequest problem = asked_of(i).problem;
    problem.degree = inquiry_.stage(i).polynomial.degree();
    problem.domain = domain;
    return problem;
  }

  void prove_stage(int i) {
    const StageRecord& stage = inquiry_.stage(i);
    const StageProblem asked = asked_of(i);
    require_metric(inquiry_, i, asked.metric);
    if (stage.polynomial.parity != asked.problem.parity) {
      return inquiry_.fails("stages/*/parity", i,
                            fmt::format("stage {}: its parity is not that of its problem", i));
    }
    if (i > 1) examine_domain(i);
    if (!inquiry_.all_hold()) return;
    if (!request_.is_separation()) {
      prove_range(inquiry_, i);
    } else if (request_.is_quantiser()) {
      prove_range_of_values(i);
    } else {
      prove_range_of_sign(inquiry_, i);
    }
    if (!inquiry_.all_hold()) return;
    const MinimaxRequest problem = problem_on(i, stage.domain);
    prove_upper(inquiry_, i, problem, stage.claim.error.upper);
    if (!inquiry_.all_hold()) return;
    prove_attained(inquiry_, i, problem, stage.claim.error.attained);
  }

  // Of the second stage: the sine that tables and program make is inside.
  void examine_domain_of_arcsine(const Domain& domain) {
    constexpr int stage = 2;
    constexpr const char* ends = "stages/*/domain/*/*";
    if (domain.size() != 1 || !is_symmetric(domain)) {
      return inquiry_.fails(ends, stage, "stage 2: its domain is not [-b, b]");
    }
    const Steps sine = steps_before(artifact_.steps, 1);
    const Domain& asked = artifact_.stages.front().domain;
    for (const auto& polynomials : {inquiry_.stored, inquiry_.computed}) {
      const Certificate proof =
          certify_steps_size(sine, {polynomials.front()}, asked, domain.back().upper);
      if (proof.holds) continue;
      return inquiry_.fails(ends, stage,
                            fmt::format("stage 2: the sine is not proved to be in its domain: {}, "
                                        "{}",
                                        proof.detail, point_of(proof)),
                            proof.at);
    }
    inquiry_.holds(ends, stage);
  }

  // Of a later stage: of folds and powers one interval, of sign two.
  void examine_domain(int i) {
    const Domain& domain = inquiry_.stage(i).domain;
    if (request_.modular) return examine_domain_of_arcsine(domain);
    if (!maps_one_interval() && !request_.is_quantiser() &&
        (domain.size() != 2 || !is_symmetric(domain) || domain.back().lower <= 0)) {
      return inquiry_.fails("stages/*/domain/*/*", i,
                            fmt::format("stage {}: its domain is not [-b, -a] and [a, b]", i));
    }
    if (joined_form(artifact_.steps) &&
        !follows_directly(artifact_.steps, static_cast<std::size_t>(i) - 1)) {
      inquiry_.decide(is_same(domain, inquiry_.stage(1).domain), "stages/*/domain/*/*", i,
                      fmt::format("stage {}: its domain is not that of the input", i));
      return;
    }
    if (maps_one_interval() && domain.size() != 1) {
      return inquiry_.fails("stages/*/domain/*/*", i,
                            fmt::format("stage {}: its domain is not one interval", i));
    }
    Domain before = inquiry_.stage(i - 1).range;
    const Rational shift = shift_of(artifact_, static_cast<std::size_t>(i) - 1);
    for (Interval& interval : before) interval = {interval.lower - shift, interval.upper + shift};
    inquiry_.decide(contains(domain, before), "stages/*/domain/*/*", i,
                    fmt::format("stage {}: its range{} leaves the domain of stage {}", i - 1,
                                shift > 0 ? ", with what a refresh adds," : "", i));
  }

  // As its error says: an interval on which the function is a value is mapped to what is near it.
  // That a domain of a later stage ends on the same sides of the middles its error says too, since
  // the function jumps there by more than twice every error that is asked for.
  void prove_range_of_values(int i) {
    const Rational& error = inquiry_.stage(i).claim.error.upper;
    Domain values;
    for (const Rational& value : request_.values) values.push_back({value - error, value + error});
    inquiry_.decide(contains(inquiry_.stage(i).range, values), "stages/*/range/*/*", i,
                    fmt::format("stage {}: its claimed range does not hold what its error, {}, "
                                "allows around the values",
                                i, size_text(error)));
  }

  void prove_lower_of(int i) {
    const MinimaxRequest problem =
        problem_on(i, i == 1 ? request_.whole.domain : inquiry_.stage(i).domain);
    const StageRecord& stage = inquiry_.stage(i);
    const bool is_fold = request_.folds && artifact_.steps.size() > 1;
    const bool is_power = request_.kind == Kind::exp && i > 1;
    const bool is_square_and_rest =
        request_.kind == Kind::exp && artifact_.steps.size() == 1 && stage.claim.error.lower == 0;
    if (is_fold || is_power || is_square_and_rest) {
      prove_lower(inquiry_, i, problem, {}, Table::other, stage.claim.error.lower);
      inquiry_.decide(stage.rounding == RoundingMethod::one_by_one, "stages/*/rounding", i,
                      fmt::format("stage {}: its coefficients are rounded one by one", i));
      return;
    }
    prove_lower(inquiry_, i, problem, {}, Table::best, stage.claim.error.lower);
  }

  StepClaim whole(const std::vector<ChebyshevSeries>& polynomials) const {
    return {.steps = without_refreshes(artifact_.steps),
            .polynomials = polynomials,
            .target = request_.whole.target,
            .weight = request_.whole.weight,
            .domain = artifact_.stages.front().domain};
  }

  // A separation is proved stage by stage, each on the range of the one before.
  std::optional<Rational> known_error() const {
    if (!request_.is_separation()) return std::nullopt;
    const Rational& last = artifact_.stages.back().claim.error.upper;
    return request_.is_halved() ? Rational(last / 2) : last;
  }

  // What is left of the claim without what refreshes add to the value of a chain; of a separation
  // the stages' domains count it.
  Rational without_noise(const Rational& claim, const Rational& noise) const {
    if (request_.metric != Metric::relative) return claim - noise;
    return (claim - noise) / (1 + noise);
  }

  void prove_whole() {
    const ErrorEnclosure& claim = artifact_.claim.error;
    const std::string size = size_text(claim.upper);
    const bool is_known = known_error() && claim.upper >= *known_error();
    for (const auto& polynomials : {inquiry_.stored, inquiry_.computed}) {
      if (is_known) break;
      const auto noise =
          noise_of_refreshes(request_.metric, polynomials, artifact_.stages, noise_of(artifact_));
      if (!noise || *noise >= claim.upper) {
        return inquiry_.fails("error/upper", 0,
                              noise ? fmt::format("what refreshes add comes out as up to {}, which "
                                                  "is not below the claimed {}",
                                                  size_text(*noise), size)
                                    : std::string("what refreshes add is not bounded"));
      }
      const Certificate proof =
          certify_steps_limit(whole(polynomials), without_noise(claim.upper, *noise));
      if (proof.holds) continue;
      return inquiry_.fails(
          "error/upper", 0,
          proof.error.attained > claim.upper
              ? fmt::format("the error is {} at {}, above the claimed {}",
                            size_text(proof.error.attained, Rounding::down), point_of(proof), size)
              : fmt::format("the claimed bound {} is not proved: {}, {}", size, proof.detail,
                            point_of(proof)),
          proof.at);
    }
    inquiry_.holds("error/upper", 0,
                   fmt::format("{}: the error is at most {}", name_of(artifact_.kind), size));
    prove_attained_of_whole();
  }

  void prove_attained_of_whole() {
    const ErrorEnclosure& claim = artifact_.claim.error;
    prove_attained_of(inquiry_, certify_steps_limit(whole(inquiry_.stored), claim.attained), 1);
  }

  Inquiry& inquiry_;
  const Artifact& artifact_;
  const SteppedRequest& request_;
};

}  // namespace

void examine_claims(Inquiry& inquiry, const SteppedRequest& request) {
  SteppedClaims(inquiry, request).run();
}

}  // namespace equiripple
