// Upper by a bound of the error, attained by a point where the error is larger, lower by an
// alternation, ranges by bounds of the values.
#include "emit/verify/proofs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/proven.hpp"
#include "generator/proof/lower_bound.hpp"

namespace equiripple {
namespace {

constexpr int point_digits = 17;

std::string name_of_stage(int stage) { return fmt::format("stage {}", stage); }

bool keeps_to(Inquiry& inquiry, int stage, const MinimaxRequest& problem, const ChebyshevSeries& p,
              const char* what, const Rational& upper) {
  const Certificate proof = certify_limit(problem, p, upper);
  if (proof.holds) return true;
  inquiry.fails(
      "stages/*/error/upper", stage,
      proof.error.attained > upper
          ? fmt::format("{}: the error of the {} is {} at {}, above the claimed {}",
                        name_of_stage(stage), what, size_text(proof.error.attained, Rounding::down),
                        point_of(proof), size_text(upper))
          : fmt::format("{}: the claimed bound {} of the {} is not proved: {}, {}",
                        name_of_stage(stage), size_text(upper), what, proof.detail,
                        point_of(proof)),
      proof.at);
  return false;
}

// How the table came from the polynomial before rounding.
void examine_rounding(Inquiry& inquiry, int stage, const BestOfClass& best,
                      const CoefficientForm& form) {
  const StageRecord& record = inquiry.stage(stage);
  const ChebyshevSeries& solved = best.polynomial;
  // What a lattice finds may be far from the best where the weight makes that harmless.
  const bool is_rounded_so = record.polynomial.coefficients == best.rounded.coefficients;
  if (!is_rounded_so && !is_rounding_of(record.polynomial, solved, form)) {
    return inquiry.fails("stages/*/rounding", stage,
                         fmt::format("{}: its table is not the best polynomial of its class, which "
                                     "the request is of",
                                     name_of_stage(stage)));
  }
  // The stages of a composition, of one as well, were solved before their domains were rounded.
  const Artifact& whole = inquiry.artifact;
  const bool is_composition = whole.kind != Kind::minimax && !is_corrected(whole.kind) &&
                              !has_steps(whole.kind) && !is_direct(whole);
  const bool exact = whole.stages.size() == 1 && !is_composition;
  const bool one_by_one = (!exact && !is_rounded_so) ||
                          rounded(solved, form).coefficients == record.polynomial.coefficients;
  const bool says_so = record.rounding == RoundingMethod::one_by_one;
  inquiry.decide(one_by_one == says_so, "stages/*/rounding", stage,
                 fmt::format("{}: its coefficients are {}rounded one by one", name_of_stage(stage),
                             one_by_one ? "" : "not "));
}

}  // namespace

std::string point_of(const Certificate& proof) {
  return fmt::format("x = {}", decimal(proof.at, point_digits));
}

bool contains(const Domain& outer, const Domain& inner) {
  return std::ranges::all_of(inner, [&](const Interval& i) {
    return std::ranges::any_of(
        outer, [&](const Interval& o) { return o.lower <= i.lower && i.upper <= o.upper; });
  });
}

void prove_upper(Inquiry& inquiry, int stage, const MinimaxRequest& problem,
                 const Rational& upper) {
  const auto index = static_cast<std::size_t>(stage) - 1;
  const ChebyshevSeries& stored = inquiry.stored[index];
  const ChebyshevSeries& computed = inquiry.computed[index];
  if (!keeps_to(inquiry, stage, problem, stored, "table", upper)) return;
  if (computed.coefficients != stored.coefficients &&
      !keeps_to(inquiry, stage, problem, computed, "program", upper)) {
    return;
  }
  inquiry.holds("stages/*/error/upper", stage,
                fmt::format("{}: the error is at most {}", name_of_stage(stage), size_text(upper)));
}

void prove_attained(Inquiry& inquiry, int stage, const MinimaxRequest& problem,
                    const Rational& attained) {
  constexpr const char* claim = "stages/*/error/attained";
  if (attained == 0) return inquiry.holds(claim, stage);
  const ChebyshevSeries& stored = inquiry.stored[static_cast<std::size_t>(stage) - 1];
  const Certificate proof = certify_limit(problem, stored, attained);
  const std::string size = size_text(attained, Rounding::down);
  if (proof.error.attained < attained) {
    return inquiry.fails(claim, stage,
                         fmt::format("{}: no point was found where the error attains the claimed "
                                     "{}",
                                     name_of_stage(stage), size));
  }
  inquiry.holds(
      claim, stage,
      fmt::format("{}: the error attains {} at {}", name_of_stage(stage), size, point_of(proof)));
}

Outcome<BestOfClass> best_of_class(const MinimaxRequest& problem, const CoefficientForm& form) {
  const Outcome<Proven> best = solve_and_prove({.problem = problem, .form = form});
  if (!best) return best.error();
  const MinimaxResult& solved = best->solved;
  return BestOfClass{
      .polynomial = solved.polynomial,
      .rounded = best->stored,
      .lower = proved_lower_bound(best->problem, solved.reference, solved.polynomial)};
}

void prove_lower(Inquiry& inquiry, int stage, const MinimaxRequest& problem,
                 const CoefficientForm& form, Table table, const Rational& lower) {
  if (table == Table::other && lower == 0) return inquiry.holds("stages/*/error/lower", stage);
  const Outcome<BestOfClass> best = best_of_class(problem, form);
  if (!best) return inquiry.fails("stages/*/error/lower", stage, best.error().why);
  prove_lower(inquiry, stage, *best, form, table, lower);
}

void prove_lower(Inquiry& inquiry, int stage, const BestOfClass& best, const CoefficientForm& form,
                 Table table, const Rational& lower) {
  constexpr const char* claim = "stages/*/error/lower";
  const std::string size = size_text(lower, Rounding::down);
  if (best.lower < lower) {
    return inquiry.fails(
        claim, stage,
        fmt::format("{}: the claim that no polynomial of its class is below {} is "
                    "not proved; {} is",
                    name_of_stage(stage), size, size_text(best.lower, Rounding::down)));
  }
  inquiry.holds(claim, stage,
                lower == 0 ? std::string()
                           : fmt::format("{}: no polynomial of its class is below {}",
                                         name_of_stage(stage), size));
  if (table == Table::best) examine_rounding(inquiry, stage, best, form);
}

void prove_attained_of(Inquiry& inquiry, const Certificate& refuted, const Rational& scale) {
  const Artifact& artifact = inquiry.artifact;
  const ErrorEnclosure& claim = artifact.claim.error;
  const std::string size = size_text(claim.attained, Rounding::down);
  if (claim.attained != 0 && refuted.error.attained < claim.attained * scale) {
    return inquiry.fails(
        "error/attained", 0,
        fmt::format("no point was found where the error attains the claimed {}", size));
  }
  inquiry.holds("error/attained", 0,
                claim.attained == 0 ? std::string()
                                    : fmt::format("{}: the error attains {} at {}",
                                                  name_of(artifact.kind), size, point_of(refuted)));
  const Rational best = has_lower_bound(artifact)
                            ? artifact.stages.front().claim.error.lower / scale
                            : claim.attained;
  inquiry.decide(
      claim.lower <= best, "error/lower", 0,
      fmt::format("the lower bound {} is above what is proved, {}",
                  size_text(claim.lower, Rounding::down), size_text(best, Rounding::down)));
}

bool is_rounding_of(const ChebyshevSeries& table, const ChebyshevSeries& solved,
                    const CoefficientForm& form) {
  constexpr long most_steps_log2 = 10;  // chosen: a lattice point is nearer, another method is not
  const bool same_basis =
      table.basis.lower == solved.basis.lower && table.basis.upper == solved.basis.upper;
  if (!same_basis) return false;
  Rational largest = 0;
  for (const Rational& c : solved.coefficients) largest = std::max(largest, Rational(abs(c)));
  return coefficient_distance(table, solved) <=
         power_of_two(most_steps_log2) * spacing_at(largest, form);
}

// The image of an interval is one interval: it lies in one of the range's.
void prove_range(Inquiry& inquiry, int stage) {
  constexpr const char* claim = "stages/*/range/*/*";
  const StageRecord& record = inquiry.stage(stage);
  for (const Interval& part : record.domain) {
    Certificate outside;
    const bool inside = std::ranges::any_of(record.range, [&](const Interval& range) {
      Certificate proof = certify_range(record.polynomial, {part}, range);
      if (!proof.holds) outside = std::move(proof);
      return proof.holds;
    });
    if (inside) continue;
    return inquiry.fails(claim, stage,
                         fmt::format("{}: its values leave the claimed range at {}",
                                     name_of_stage(stage), point_of(outside)),
                         outside.at);
  }
  inquiry.holds(
      claim, stage,
      fmt::format("{}: its values stay inside {}", name_of_stage(stage), range_text(record.range)));
}

// Within its error of 1 and -1; or closer, where that is proved of its values.
void prove_range_of_sign(Inquiry& inquiry, int i) {
  constexpr const char* claim = "stages/*/range/*/*";
  const StageRecord& stage = inquiry.stage(i);
  const Rational& error = stage.claim.error.upper;
  const Interval values{1 - error, 1 + error};
  const Interval mirrored{-values.upper, -values.lower};
  const Domain by_error =
      values.lower > 0 ? Domain{mirrored, values} : Domain{{mirrored.lower, values.upper}};
  if (contains(stage.range, by_error)) return inquiry.holds(claim, i);
  const Interval& range = stage.range.back();
  const auto keeps =
      [&](const ChebyshevSeries& p) {  // the upper end; the lower follows from the error
        return certify_range(p, {stage.domain.back()}, {values.lower - 1, range.upper}).holds;
      };
  const auto index = static_cast<std::size_t>(i) - 1;
  inquiry.decide(
      range.lower <= values.lower && is_symmetric(stage.range) && keeps(inquiry.stored[index]) &&
          keeps(inquiry.computed[index]),
      claim, i,
      fmt::format("stage {}: its claimed range holds neither its values nor what its "
                  "error allows, [{}, {}]",
                  i, decimal(values.lower, point_digits), decimal(values.upper, point_digits)));
}

void require_metric(Inquiry& inquiry, int stage, Metric metric) {
  const Metric found = inquiry.stage(stage).claim.metric;
  inquiry.decide(found == metric, "stages/*/error/metric", stage,
                 fmt::format("{}: the metric is {}, and should be {}", name_of_stage(stage),
                             name_of(found), name_of(metric)));
  inquiry.holds("stages/*/error/evidence", stage);
}

void require_whole_metric(Inquiry& inquiry, Metric metric) {
  const Metric found = inquiry.artifact.claim.metric;
  inquiry.decide(
      found == metric, "error/metric", 0,
      fmt::format("the metric is {}, and should be {}", name_of(found), name_of(metric)));
  inquiry.holds("error/evidence");
}

void prove_only_stage(Inquiry& inquiry, const MinimaxRequest& problem, Metric metric) {
  require_metric(inquiry, 1, metric);
  require_whole_metric(inquiry, metric);
  const ErrorEnclosure& whole = inquiry.artifact.claim.error;
  const ErrorEnclosure& error = inquiry.stage(1).claim.error;
  prove_range(inquiry, 1);
  if (!inquiry.all_hold()) return;
  prove_upper(inquiry, 1, problem, std::min(error.upper, whole.upper));
  if (!inquiry.all_hold()) return;
  prove_attained(inquiry, 1, problem, std::max(error.attained, whole.attained));
  for (const char* claim : {"error/upper", "error/attained"}) inquiry.holds(claim);
}

}  // namespace equiripple
