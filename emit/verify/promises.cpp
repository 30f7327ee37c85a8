// What the request promises of the file: not that today's search would choose the same, but that
// what is there is what was asked for.
#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/verify/inquiry.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/sign/published_series.hpp"

namespace equiripple {
namespace {

bool is_same(const Domain& a, const Domain& b) {
  return std::ranges::equal(a, b, [](const Interval& x, const Interval& y) {
    return x.lower == y.lower && x.upper == y.upper;
  });
}

class Promises {
 public:
  explicit Promises(Inquiry& inquiry) : inquiry_(inquiry), artifact_(inquiry.artifact) {}

  void operator()(const PolynomialRequest& request) {
    asked_domain(request.problem.domain, is_mod1() ? "request/width" : "request/domain");
    if (is_mod1()) confirm({"request/range", "request/double-angle"});
    if (has("beyond")) confirm({"request/beyond"});
    one_stage();
    if (request.degree) degree(*request.degree);
    error_at_most(request.error, artifact_.claim.error.upper);
    parity(request.problem.parity);
    form(request.form);
    budgets(request.plan, std::nullopt);
  }

  void operator()(const ApproximationRequest& request) {
    if (request.tolerance) {
      widened_domain(request.problem.domain);
      error_at_most(request.tolerance, artifact_.claim.error.upper);
    } else {
      asked_domain(request.problem.domain, "request/domain");
    }
    one_stage();
    budgets(request.plan, std::nullopt);
  }

  void operator()(const FitRequest& request) {
    asked_domain({hull(request.data.table)}, "request/points");
    confirm({"request/point-count"});
    one_stage();
    degree(request.degree);
    parity(request.parity);
    budgets(request.plan, std::nullopt);
  }

  void operator()(const CorrectionRequest& request) {
    asked_domain(request.start.domain, "request/domain");
    if (request.numerator) confirm({"request/numerator"});
    if (request.degree) degree(*request.degree);
    if (request.max_degree) most_degree(*request.max_degree);
    if (request.corrections) {
      inquiry_.decide(
          *request.corrections == artifact_.corrections, "request/corrections", 0,
          fmt::format("the request is of {}, and there are {}",
                      plural(*request.corrections, "correction"), artifact_.corrections));
    }
    error_at_most(request.error, artifact_.claim.error.upper);
    budgets(request.plan, request.max_key_switches);
  }

  void operator()(const SteppedRequest& request) {
    const char* place = has("threshold")         ? "request/threshold"
                        : has("width")           ? "request/width"
                        : request.is_quantiser() ? "request/to"
                        : has("piece")           ? "request/piece"
                        : request.folds          ? "request/range"
                                                 : "request/domain";
    asked_domain(request.whole.domain, place);
    if (request.degree) {
      inquiry_.decide(artifact_.stages.front().polynomial.degree() == *request.degree,
                      "request/degree", 0, "stage 1: its degree is not the one that was asked for");
    }
    if (request.modular && request.modular->arcsine_degree) {
      inquiry_.decide(
          artifact_.stages.back().polynomial.degree() == *request.modular->arcsine_degree,
          "request/arcsine", 0, "stage 2: its degree is not the one that was asked for");
    } else if (has("arcsine")) {
      inquiry_.holds("request/arcsine");
    }
    for (const char* option : {"domain", "gap", "range", "relative", "double-angle", "doublings"}) {
      if (has(option)) inquiry_.holds(std::string("request/") + option);
    }
    error_at_most(request.error, artifact_.claim.error.upper);
    if (request.max_degree) most_degree(*request.max_degree);
    budgets(request.plan, request.max_key_switches);
  }

  void operator()(const SlotsRequest&) {}  // of each part its own; of the whole in slots.cpp

  void operator()(const SignRequest& request) {
    if (has("beyond")) confirm({"request/beyond"});
    if (is_direct(artifact_)) {
      asked_domain({{-request.range, request.range}}, "request/range");
    } else {
      sign_domain(request);
    }
    if (request.is_searched()) {
      if (request.max_degree) most_degree(*request.max_degree);
    } else {
      degrees(request);
    }
    error_at_most(request.error, artifact_.claim.error.upper);
    if (request.margin) margin(*request.margin);
    if (has("ckks")) inquiry_.holds("request/ckks");
    examine_refreshes(inquiry_, request.refresh);
    budgets(request.plan, request.max_key_switches);
  }

 private:
  bool is_mod1() const { return artifact_.request.command == "mod1"; }
  bool has(const char* option) const { return has_option(artifact_.request, option); }

  void confirm(std::initializer_list<const char*> claims) {
    for (const char* claim : claims) inquiry_.holds(claim);
  }

  void one_stage() {
    if (artifact_.stages.size() == 1) return;
    inquiry_.fails("stages/*/coefficients/*", 2,
                   fmt::format("{} makes one polynomial, and there are {} stages",
                               artifact_.request.command, artifact_.stages.size()));
  }

  void asked_domain(const Domain& asked, const char* claim) {
    const StageRecord& stage = artifact_.stages.front();
    inquiry_.decide(is_same(rounded_outward(asked), stage.domain), claim, 0,
                    fmt::format("stage 1: its domain {} is not the one that was asked for, {}",
                                domain_text(stage.domain), domain_text(asked)));
  }

  void widened_domain(const Domain& asked) {
    const Domain& found = artifact_.stages.front().domain;
    const Domain least = rounded_outward(asked);
    inquiry_.decide(found.size() == 1 && found.front().lower <= least.front().lower &&
                        least.back().upper <= found.front().upper,
                    "request/domain", 0,
                    fmt::format("stage 1: its domain {} does not contain the one that was asked "
                                "for, {}",
                                domain_text(found), domain_text(asked)));
  }

  void sign_domain(const SignRequest& request) {
    const Domain& domain = artifact_.stages.front().domain;
    const Rational lower =
        request.gap ? Rational(*request.gap * request.range) : domain.back().lower;
    const Interval positive = rounded_outward(Domain{{lower, request.range}}).front();
    const Interval& found = domain.back();
    if (shift_of(artifact_, 0) > 0) return sign_domain_of_refreshed(request, positive);
    inquiry_.decide(found.upper == positive.upper, "request/range", 0,
                    fmt::format("stage 1: its domain ends at {}, not at the range that was asked "
                                "for, {}",
                                decimal(found.upper), decimal(request.range)));
    if (!request.gap) return;
    inquiry_.decide(found.lower == positive.lower, "request/gap", 0,
                    fmt::format("stage 1: its domain begins at {}, not at the gap that was asked "
                                "for, {}",
                                decimal(found.lower), decimal(lower)));
  }

  // What a refresh may add to the input is taken off already.
  void sign_domain_of_refreshed(const SignRequest& request, const Interval& asked) {
    const Interval found = domain_of(artifact_).back();
    inquiry_.decide(found.upper >= asked.upper, "request/range", 0,
                    fmt::format("with what a refresh adds the input is known up to {}, not up to "
                                "the range that was asked for, {}",
                                decimal(found.upper), decimal(request.range)));
    if (!request.gap) return;
    inquiry_.decide(found.lower <= asked.lower, "request/gap", 0,
                    fmt::format("with what a refresh adds the gap is {}, not the one that was "
                                "asked for, {}",
                                decimal(found.lower), decimal(asked.lower)));
  }

  // Parity and exact functions leave the highest powers out; that the table is the best of this
  // degree is proved with its lower bound.
  void degree(int asked) {
    const int found = artifact_.stages.front().polynomial.degree();
    inquiry_.decide(
        found <= asked, "request/degree", 0,
        fmt::format("the request is of degree {}, and the table has degree {}", asked, found));
  }

  void most_degree(int most) {
    if (!has("max-degree")) return;
    const bool keeps = std::ranges::all_of(
        inquiry_.stored, [&](const ChebyshevSeries& p) { return p.degree() <= most; });
    inquiry_.decide(keeps, "request/max-degree", 0,
                    fmt::format("--max-degree {}: a table has a higher degree", most));
  }

  void degrees(const SignRequest& request) {
    std::vector<int> asked = request.degrees;
    for (const PublishedStage& stage : request.published) asked.push_back(stage.degree());
    const bool same = std::ranges::equal(asked, inquiry_.stored, {}, {},
                                         [](const ChebyshevSeries& p) { return p.degree(); });
    const char* claim = request.published.empty() ? "request/degrees" : "request/stages";
    if (!same) {
      return inquiry_.fails(
          claim, 0,
          "the tables have other degrees than the request: " + describe_stages(artifact_));
    }
    for (std::size_t i = 0; i < request.published.size(); ++i) {
      const ChebyshevSeries& table = inquiry_.stored[i];
      const ChebyshevSeries right = rounded(
          published_series(request.published[i], table.basis, i == 0 ? request.range : Rational(1)),
          binary64_bits);
      if (right.coefficients == table.coefficients) continue;
      return inquiry_.fails(claim, static_cast<int>(i) + 1,
                            fmt::format("stage {}: its table is not the published polynomial that "
                                        "the request names",
                                        i + 1));
    }
    inquiry_.holds(claim);
  }

  void error_at_most(const std::optional<Rational>& asked, const Rational& claimed) {
    if (!asked) return;
    const bool in_bits = has("bits");
    const char* claim = in_bits              ? "request/bits"
                        : has("find-domain") ? "request/find-domain"
                                             : "request/error";
    inquiry_.decide(claimed <= *asked, claim, 0,
                    fmt::format("the request is of an error of {}, and {} is what is claimed",
                                size_text(*asked), size_text(claimed)));
  }

  void parity(Parity asked) {
    const bool same = artifact_.stages.front().polynomial.parity == asked;
    if (!same) {
      return inquiry_.fails("stages/*/parity", 1,
                            "stage 1: its parity is not the one that was asked for");
    }
    if (has("parity")) inquiry_.holds("request/parity");
  }

  void form(const CoefficientForm& form) {
    const char* claim = form.unit ? "request/coefficient-unit" : "request/coefficient-bits";
    const ChebyshevSeries& table = inquiry_.stored.front();
    inquiry_.decide(rounded(table, form).coefficients == table.coefficients, claim, 0,
                    "stage 1: a coefficient is not of the form that was asked for");
  }

  // The program's rounding of its scalars is taken from the margin.
  void margin(const Rational& asked) {
    for (std::size_t i = 1; i < artifact_.stages.size(); ++i) {
      const Interval& range = artifact_.stages[i - 1].range.back();
      const Interval& next = artifact_.stages[i].domain.back();
      const Rational taken =
          2 * coefficient_distance(inquiry_.stored[i - 1], inquiry_.computed[i - 1]) +
          power_of_two(-50) * range.upper;                    // and that of the ends to binary64
      const Rational added = asked + shift_of(artifact_, i);  // by noise, beside the margin
      if (next.lower <= range.lower - added + taken && next.upper >= range.upper + added - taken) {
        continue;
      }
      return inquiry_.fails(has("margin") ? "request/margin" : "request/ckks",
                            static_cast<int>(i) + 1,
                            fmt::format("stage {}: its domain is not wider than the range before "
                                        "it by the margin that was asked for",
                                        i + 1));
    }
    inquiry_.holds("request/margin");
  }

  void budgets(const PlanSettings& plan, const std::optional<int>& max_key_switches) {
    const auto keeps = [&](const char* option, const std::optional<int>& most, int PlanCosts::*cost,
                           const char* noun) {
      if (!most) return;
      const bool kept = artifact_.plan && artifact_.plan->costs.*cost <= *most;
      const std::string taken =
          artifact_.plan ? "the program takes " + plural(artifact_.plan->costs.*cost, noun)
                         : std::string("there is no program");
      inquiry_.decide(kept, std::string("request/") + option, 0,
                      fmt::format("--{} {}: {}", option, *most, taken));
    };
    keeps("max-levels", plan.max_levels, &PlanCosts::levels, "level");
    keeps("max-key-switches", max_key_switches, &PlanCosts::key_switches, "key switch");
    if (plan.absorb) return;
    inquiry_.decide(!artifact_.plan || artifact_.plan->output_scale_factor == 1,
                    "request/no-absorption", 0, "the result is a multiple of the function");
  }

  Inquiry& inquiry_;
  const Artifact& artifact_;
};

}  // namespace

void examine_promises(Inquiry& inquiry, const PosedRequest& request) {
  inquiry.holds("request/command");
  std::visit(Promises(inquiry), request);
}

}  // namespace equiripple
