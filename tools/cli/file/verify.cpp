// Every number of a claim is checked by its own proof: upper by a bound of the error, attained by a
// point where the error is larger, lower by an alternation, ranges by bounds of the values, and the
// program by the polynomials that it computes.
#include "tools/cli/file/verify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/points.hpp"
#include "generator/data/error.hpp"
#include "generator/data/fit.hpp"
#include "generator/proof/certify_sign.hpp"
#include "generator/proof/lower_bound.hpp"
#include "generator/sign/problem.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/polynomial/mod1.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/polynomial/proven.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

constexpr int point_digits = 17;

std::string point_of(const Certificate& proof) {
  return fmt::format("x = {}", decimal(proof.at, point_digits));
}

bool contains(const Domain& outer, const Domain& inner) {
  return std::ranges::all_of(inner, [&](const Interval& i) {
    return std::ranges::any_of(
        outer, [&](const Interval& o) { return o.lower <= i.lower && i.upper <= o.upper; });
  });
}

class Verifier {
 public:
  explicit Verifier(const Artifact& artifact)
      : artifact_(artifact), stored_(polynomials_of(artifact)) {
    computed_ = stored_;
  }

  std::string run() {
    read_program();
    if (is_fit(artifact_)) {
      verify_fit();
    } else if (artifact_.kind == Kind::minimax) {
      verify_polynomial();
    } else if (is_corrected(artifact_.kind)) {
      verify_corrected();
    } else {
      verify_composition();
    }
    return std::move(report_);
  }

 private:
  void proved(const std::string& line) { report_ += "  proved  " + line + "\n"; }

  void read_program() {
    if (is_corrected(artifact_.kind)) return read_corrected_program();
    if (!artifact_.plan) return;
    ProgramMeaning meaning = meaning_of(*artifact_.plan, artifact_.kind, stored_);
    if (!meaning.stages) {
      claim_fails("the program does not compute the function: " + meaning.defect);
    }
    computed_ = std::move(*meaning.stages);
    require_growth(expand(artifact_.plan->program).growth);
    require_degrees();
  }

  void read_corrected_program() {
    if (!artifact_.plan) claim_fails("corrections stand in the program, and there is none");
    corrected_ =
        corrected_meaning(*artifact_.plan, artifact_.kind, artifact_.corrections, stored_.front());
    if (!corrected_.start) {
      claim_fails("the program does not compute the function: " + corrected_.defect);
    }
    computed_ = {*corrected_.start};
    require_degrees();
  }

  void require_growth(const Rational& growth) {
    if (growth <= artifact_.plan->growth) return;
    claim_fails("the growth of the program is above the claimed one");
  }

  void require_degrees() {
    for (std::size_t i = 0; i < computed_.size(); ++i) {
      if (computed_[i].degree() > stored_[i].degree()) {
        claim_fails(
            fmt::format("the program computes a polynomial of degree {} for stage {}, "
                        "whose table has degree {}",
                        computed_[i].degree(), i + 1, stored_[i].degree()));
      }
    }
  }

  // Both the table and the program keep to the bound.
  void require_upper(const MinimaxRequest& problem, std::size_t stage, const Rational& upper) {
    const std::string name = fmt::format("stage {}", stage + 1);
    const auto require = [&](const ChebyshevSeries& p, const char* what) {
      const Certificate proof = certify_limit(problem, p, upper);
      if (proof.holds) return;
      claim_fails(proof.error.attained > upper
                      ? fmt::format("{}: the error of the {} is {} at {}, above the claimed {}",
                                    name, what, size_text(proof.error.attained, Rounding::down),
                                    point_of(proof), size_text(upper))
                      : fmt::format("{}: the claimed bound {} of the {} is not proved: {}, {}",
                                    name, size_text(upper), what, proof.detail, point_of(proof)));
    };
    require(stored_[stage], "table");
    if (computed_[stage].coefficients != stored_[stage].coefficients) {
      require(computed_[stage], "program");
    }
    proved(fmt::format("{}: the error is at most {}", name, size_text(upper)));
  }

  void require_attained(const MinimaxRequest& problem, std::size_t stage,
                        const Rational& attained) {
    if (attained == 0) return;
    const Certificate proof = certify_limit(problem, stored_[stage], attained);
    if (proof.error.attained < attained) {
      claim_fails(fmt::format("stage {}: no point was found where the error attains the claimed {}",
                              stage + 1, size_text(attained, Rounding::down)));
    }
    proved(fmt::format("stage {}: the error attains {} at {}", stage + 1,
                       size_text(attained, Rounding::down), point_of(proof)));
  }

  // The class is that of the stage; any error proved for it serves.
  void require_lower(const MinimaxRequest& problem, std::size_t stage, const Rational& lower) {
    if (lower == 0) return;
    const Rational proved_lower = best_error(problem);
    if (proved_lower < lower) {
      claim_fails(fmt::format(
          "stage {}: the claim that no polynomial of its class is below {} is "
          "not proved; {} is",
          stage + 1, size_text(lower, Rounding::down), size_text(proved_lower, Rounding::down)));
    }
    proved(fmt::format("stage {}: no polynomial of its class is below {}", stage + 1,
                       size_text(lower, Rounding::down)));
  }

  static Rational best_error(const MinimaxRequest& problem) {
    try {
      const Proven best = solve_and_prove({.problem = problem, .form = {}});
      return proved_lower_bound(best.problem, best.solved.reference, best.solved.polynomial);
    } catch (const Failure&) {
      return 0;  // then nothing is known
    }
  }

  std::vector<std::string> option(const std::string& name) const {
    for (const RequestOption& option : artifact_.request.options) {
      if (option.name == name) return option.values;
    }
    return {};
  }

  bool has_option(const std::string& name) const {
    return std::ranges::any_of(artifact_.request.options,
                               [&](const RequestOption& option) { return option.name == name; });
  }

  bool is_mod1() const { return artifact_.request.command == "mod1"; }

  MinimaxRequest mod1() const {
    return mod1_problem({.range = option_of(artifact_, "range"),
                         .width = option_of(artifact_, "width"),
                         .double_angle = option_of(artifact_, "double-angle")});
  }

  Expression asked_function() const {
    if (is_mod1()) return mod1().target;
    return function_word("function", option_of(artifact_, "function"));
  }

  Domain asked_domain() const {
    return is_mod1() ? mod1().domain : domain_words("domain", option("domain"));
  }

  // A function that has no values on the claimed domain makes the claim false.
  static MinimaxRequest claimed_problem(const Expression& function, const WeightChoice& weight,
                                        const Domain& domain) {
    try {
      return problem_of(function, weight, domain);
    } catch (const Failure& failure) {
      claim_fails(failure.what());
    }
  }

  // Of the only stage, on a domain that holds the one that was asked for.
  MinimaxRequest problem_of_stage(const Expression& function, const WeightChoice& weight) const {
    const StageRecord& stage = artifact_.stages.front();
    MinimaxRequest problem = claimed_problem(function, weight, stage.domain);
    problem.degree = stage.polynomial.degree();
    problem.parity = stage.polynomial.parity;
    if (!contains(stage.domain, asked_domain())) {
      claim_fails("stage 1: its domain does not hold the one that was asked for");
    }
    return problem;
  }

  void require_metric_of(const WeightChoice& weight) const {
    for (const ClaimRecord& claim : {artifact_.stages.front().claim, artifact_.claim}) {
      if (claim.metric == metric_of(weight)) continue;
      claim_fails(fmt::format("the metric is {}, and the request's is {}", name_of(claim.metric),
                              name_of(metric_of(weight))));
    }
  }

  void verify_polynomial() {
    const StageRecord& stage = artifact_.stages.front();
    const WeightChoice weight{.expression = option_of(artifact_, "weight"),
                              .relative = has_option("relative")};
    const MinimaxRequest problem = problem_of_stage(asked_function(), weight);
    if (problem.parity != Parity::none && !is_symmetric(stage.domain)) {
      claim_fails("stage 1: the polynomial is odd or even, and its domain is not symmetric");
    }
    if (artifact_.stages.size() != 1) claim_fails("a minimax polynomial has one stage");
    require_metric_of(weight);
    const ErrorEnclosure& whole = artifact_.claim.error;
    const ErrorEnclosure& error = stage.claim.error;
    require_upper(problem, 0, std::min(error.upper, whole.upper));
    require_attained(problem, 0, std::max(error.attained, whole.attained));
    require_lower(problem, 0, std::max(error.lower, whole.lower));
    require_range(0);
  }

  // The start like any polynomial; the rest follows from its error and the program's scalars.
  void verify_corrected() {
    const StageRecord& stage = artifact_.stages.front();
    if (stage.domain.size() != 1 || stage.domain.front().lower <= 0) {
      claim_fails("stage 1: the domain of a start is [a, b] with 0 < a < b");
    }
    const Interval& domain = stage.domain.front();
    const WeightChoice weight{.expression = {}, .relative = true};
    const MinimaxRequest problem =
        problem_of_stage(function_word("function", start_function(artifact_.kind)), weight);
    require_metric_of(weight);
    const ErrorEnclosure& error = stage.claim.error;
    if (error.upper >= 1) claim_fails("stage 1: the error of a start is below 1");
    require_upper(problem, 0, error.upper);
    require_attained(problem, 0, error.attained);
    require_lower(problem, 0, error.lower);
    require_range(0);
    require_growth(growth_with_corrections(artifact_.kind, corrected_, error.upper, domain));
    const CorrectionMap map = correction_map(artifact_.kind);
    const ErrorEnclosure& claim = artifact_.claim.error;
    const std::string what = plural(artifact_.corrections, "correction");
    const Rational bound = bound_after(map, corrected_.scalars, error.upper);
    if (bound > claim.upper) {
      claim_fails(fmt::format("after {} the error is proved to be at most {}, not the claimed {}",
                              what, size_text(bound), size_text(claim.upper)));
    }
    proved(fmt::format("after {}: the error is at most {}", what, size_text(claim.upper)));
    require_attained_after(map, domain);
  }

  void require_attained_after(CorrectionMap map, const Interval& domain) {
    const ErrorEnclosure& claim = artifact_.claim.error;
    const ChebyshevSeries& start = stored_.front();
    const Rational at_lower = error_after(map, corrected_.scalars, start, domain.lower);
    const Rational at_upper = error_after(map, corrected_.scalars, start, domain.upper);
    const Rational attained = std::max(at_lower, at_upper);
    if (claim.attained > attained || claim.lower > attained) {
      claim_fails(fmt::format("at the ends of the domain the error is {}, below the claimed {}",
                              size_text(attained, Rounding::down),
                              size_text(std::max(claim.attained, claim.lower), Rounding::down)));
    }
    const Rational& where = at_lower >= at_upper ? domain.lower : domain.upper;
    proved(fmt::format("after {}: the error attains {} at x = {}",
                       plural(artifact_.corrections, "correction"),
                       size_text(claim.attained, Rounding::down), decimal(where, point_digits)));
  }

  // Finitely many points, in exact arithmetic.
  void verify_fit() {
    const ReadResult<DataTable> table = table_of(artifact_);
    if (!table.value) claim_fails("the claim is about points that the file lacks: " + table.error);
    const StageRecord& stage = artifact_.stages.front();
    if (artifact_.stages.size() != 1 || stage.claim.metric != Metric::absolute ||
        artifact_.claim.metric != Metric::absolute) {
      claim_fails("a fit has one stage, and its metric is absolute");
    }
    const ErrorEnclosure& whole = artifact_.claim.error;
    const ErrorEnclosure& error = stage.claim.error;
    const Rational upper = std::min(error.upper, whole.upper);
    for (const ChebyshevSeries& p : {stored_.front(), computed_.front()}) {
      const TableError found = table_error(*table.value, p);
      if (found.upper > upper) {
        claim_fails(fmt::format("the error at the points is {}, above the claimed {}",
                                size_text(found.attained, Rounding::down), size_text(upper)));
      }
    }
    proved(fmt::format("the error at the points is at most {}", size_text(upper)));
    const Rational attained = std::max(error.attained, whole.attained);
    if (table_error(*table.value, stored_.front()).attained < attained) {
      claim_fails(fmt::format("the error does not attain the claimed {} at any point",
                              size_text(attained, Rounding::down)));
    }
    require_lower_of_fit(*table.value, std::max(error.lower, whole.lower));
    require_range(0);
  }

  void require_lower_of_fit(const DataTable& table, const Rational& lower) {
    if (lower == 0) return;
    const ChebyshevSeries& p = stored_.front();
    const DataResult best =
        discrete_minimax({.table = table, .degree = p.degree(), .parity = p.parity});
    if (!best.usable() || alternation_bound(best.reference, best.polynomial) < lower) {
      claim_fails(fmt::format("the claim that no polynomial of its class is below {} is not proved",
                              size_text(lower, Rounding::down)));
    }
    proved(fmt::format("no polynomial of its class is below {}", size_text(lower, Rounding::down)));
  }

  void require_range(std::size_t stage) {
    const StageRecord& record = artifact_.stages[stage];
    const Interval range = record.range.empty() ? Interval{0, 0} : hull(record.range);
    const Certificate proof = certify_range(record.polynomial, record.domain, range);
    if (!proof.holds) {
      claim_fails(fmt::format("stage {}: its values leave the claimed range at {}", stage + 1,
                              point_of(proof)));
    }
    proved(fmt::format("stage {}: its values stay inside {}", stage + 1, outward_text(range)));
  }

  void verify_composition() {
    for (std::size_t i = 0; i < artifact_.stages.size(); ++i) verify_sign_stage(i);
    require_asked_domain();
    if (covers_gap(artifact_.kind)) {
      verify_relu_claim();
    } else {
      verify_sign_claim();
    }
  }

  void verify_sign_stage(std::size_t i) {
    const StageRecord& stage = artifact_.stages[i];
    const std::string name = fmt::format("stage {}", i + 1);
    const Domain& domain = stage.domain;
    if (stage.polynomial.parity != Parity::odd || computed_[i].parity != Parity::odd) {
      claim_fails(name + ": a stage of sign is an odd polynomial");
    }
    if (domain.size() != 2 || !is_symmetric(domain) || domain.back().lower <= 0) {
      claim_fails(name + ": the domain of a stage of sign is [-b, -a] and [a, b]");
    }
    if (stage.claim.metric != Metric::absolute) claim_fails(name + ": its metric is absolute");
    const MinimaxRequest problem =
        sign_problem(domain.back().lower, domain.back().upper, stage.polynomial.degree());
    const ErrorEnclosure& error = stage.claim.error;
    require_upper(problem, i, error.upper);
    require_attained(problem, i, error.attained);
    require_lower(problem, i, error.lower);
    require_range_of_sign(i);
    if (i + 1 == artifact_.stages.size()) return;
    if (!contains(artifact_.stages[i + 1].domain, stage.range)) {
      claim_fails(fmt::format("{}: its range leaves the domain of stage {}", name, i + 2));
    }
    proved(fmt::format("{}: its range is inside the domain of stage {}", name, i + 2));
  }

  // Within its error of 1 and -1; or closer, where that is proved of its values.
  void require_range_of_sign(std::size_t i) {
    const StageRecord& stage = artifact_.stages[i];
    const Rational& error = stage.claim.error.upper;
    const Interval values{1 - error, 1 + error};
    const Interval mirrored{-values.upper, -values.lower};
    const bool separate = values.lower > 0;
    if (contains(stage.range,
                 separate ? Domain{mirrored, values} : Domain{{mirrored.lower, values.upper}})) {
      return;
    }
    const bool claims_lower_end = !stage.range.empty() && stage.range.back().lower <= values.lower;
    const auto keeps =
        [&](const ChebyshevSeries& p) {  // the upper end; the lower follows from the error
          return certify_range(p, {stage.domain.back()},
                               {values.lower - 1, stage.range.back().upper})
              .holds;
        };
    if (claims_lower_end && is_symmetric(stage.range) && keeps(stored_[i]) && keeps(computed_[i])) {
      return;
    }
    claim_fails(fmt::format(
        "stage {}: its claimed range holds neither its values nor what its error allows, [{}, {}]",
        i + 1, decimal(values.lower, point_digits), decimal(values.upper, point_digits)));
  }

  void require_asked_domain() {
    const Interval& domain = artifact_.stages.front().domain.back();
    const std::string range = option_of(artifact_, "range");
    const Rational end = range.empty() ? Rational(1) : number_word("range", range);
    const std::string gap = option_of(artifact_, "gap");
    if (domain.upper < end || (!gap.empty() && domain.lower > number_word("gap", gap) * end)) {
      claim_fails("stage 1: its domain does not hold the one that was asked for");
    }
  }

  CompositeClaim composite(const std::vector<ChebyshevSeries>& stages) const {
    const Interval& domain = artifact_.stages.front().domain.back();
    return {.stages = stages,
            .gap_end = domain.lower,
            .range = domain.upper,
            .last_error = artifact_.stages.back().claim.error.upper};
  }

  void fail_composition(const Certificate& proof, const Rational& upper, const Rational& scale) {
    claim_fails(proof.error.attained > upper * scale
                    ? fmt::format("the error is {} at {}, above the claimed {}",
                                  size_text(proof.error.attained / scale, Rounding::down),
                                  point_of(proof), size_text(upper))
                    : fmt::format("the claimed bound {} is not proved: {}, {}", size_text(upper),
                                  proof.detail, point_of(proof)));
  }

  // abs is off by twice what relu is off by.
  void verify_relu_claim() {
    const Rational scale = artifact_.kind == Kind::abs ? Rational(1, 2) : Rational(1);
    const ErrorEnclosure& claim = artifact_.claim.error;
    require_metric(Metric::relu);
    for (const auto& stages : {stored_, computed_}) {
      const Certificate proof = certify_relu_limit(composite(stages), claim.upper * scale);
      if (!proof.holds) fail_composition(proof, claim.upper, scale);
    }
    proved(fmt::format("{}: the error is at most {} of the range, the gap included",
                       name_of(artifact_.kind), size_text(claim.upper)));
    require_attained_by(certify_relu_limit(composite(stored_), claim.attained * scale), scale);
  }

  // step and compare are off by half of what sign is off by.
  void verify_sign_claim() {
    const Rational scale = artifact_.kind == Kind::sign ? Rational(1) : Rational(2);
    const ErrorEnclosure& claim = artifact_.claim.error;
    require_metric(Metric::absolute);
    if (claim.upper * scale < artifact_.stages.back().claim.error.upper) {
      for (const auto& stages : {stored_, computed_}) {
        const Certificate proof = certify_sign_limit(composite(stages), claim.upper * scale);
        if (!proof.holds) fail_composition(proof, claim.upper, scale);
      }
    }
    proved(fmt::format("{}: the error is at most {} outside the gap", name_of(artifact_.kind),
                       size_text(claim.upper)));
    require_attained_by(certify_sign_limit(composite(stored_), claim.attained * scale), scale);
  }

  void require_metric(Metric metric) {
    if (artifact_.claim.metric == metric) return;
    claim_fails(fmt::format("the metric of {} is {}", name_of(artifact_.kind), name_of(metric)));
  }

  void require_attained_by(const Certificate& refuted, const Rational& scale) {
    const ErrorEnclosure& claim = artifact_.claim.error;
    if (claim.attained == 0) return;
    if (refuted.error.attained < claim.attained * scale) {
      claim_fails(fmt::format("no point was found where the error attains the claimed {}",
                              size_text(claim.attained, Rounding::down)));
    }
    const bool single = artifact_.stages.size() == 1 && !covers_gap(artifact_.kind);
    const Rational best =
        single ? artifact_.stages.front().claim.error.lower / scale : claim.attained;
    if (claim.lower > best) {
      claim_fails(fmt::format("the lower bound {} is above what is proved, {}",
                              size_text(claim.lower, Rounding::down),
                              size_text(best, Rounding::down)));
    }
    proved(fmt::format("{}: the error attains {} at {}", name_of(artifact_.kind),
                       size_text(claim.attained, Rounding::down), point_of(refuted)));
  }

  const Artifact& artifact_;
  std::vector<ChebyshevSeries> stored_;
  CorrectedMeaning corrected_{};           // of the program, where is_corrected(kind)
  std::vector<ChebyshevSeries> computed_;  // by the program; the stored ones where there is none
  std::string report_;
};

}  // namespace

std::string verify(const Artifact& artifact) { return Verifier(artifact).run(); }

}  // namespace equiripple
