// Each part as a file of its own; then that the parts are made for what the others hand them, and
// the whole from their errors.
#include <fmt/format.h>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/slots_form.hpp"
#include "emit/slot_costs.hpp"
#include "emit/slots_structure.hpp"
#include "emit/verify/proofs.hpp"
#include "emit/verify/verify.hpp"

namespace equiripple {
namespace {

class SlotsClaims {
 public:
  SlotsClaims(Inquiry& inquiry, const SlotsRequest& request)
      : inquiry_(inquiry), artifact_(inquiry.artifact), request_(request) {}

  void run() {
    inquiry_.holds("request/command");
    prove_parts();
    if (inquiry_.all_hold()) examine_refreshes_of_slots();
    if (!inquiry_.all_hold()) return;
    if (request_.kind == Kind::largest) {
      prove_tournament();
    } else if (is_of_powers(request_.kind)) {
      prove_powers();
    } else {
      prove_unit_variance();
    }
    if (!inquiry_.all_hold()) return;
    examine_words();
  }

 private:
  void prove_parts() {
    for (std::size_t i = 0; i < artifact_.parts.size(); ++i) {
      const Artifact& part = artifact_.parts[i];
      const Verification found = verify(part);
      if (const Finding* failure = found.first_failure()) {
        return inquiry_.fails("parts", 0, fmt::format("{}: {}", part.name, failure->sentence));
      }
      const bool is_max = part.kind == Kind::max;
      if (is_max && !inquiry_.decide(claim_unit(part) == 1, "parts", 0,
                                     part.name + ": it is not made for differences up to 1")) {
        return;
      }
      if (!is_max && part.claim.metric != Metric::relative) {
        return inquiry_.fails("parts", 0, part.name + ": its error is not relative");
      }
      for (const Finding& finding : found.findings) {
        if (finding.claim == "error/upper" && !finding.sentence.empty()) {
          inquiry_.holds("parts", 0, fmt::format("{}: {}", part.name, finding.sentence));
        }
      }
    }
    inquiry_.holds("parts");
  }

  // All are those of the request, and the levels suffice.
  void examine_refreshes_of_slots() {
    const bool has_some = refreshes_of(artifact_.slot_steps) > 0;
    if (!request_.refresh) {
      if (has_some) inquiry_.fails("steps/*/noise", 0, "the request is of no refresh");
      return;
    }
    const RefreshRequest& terms = *request_.refresh;
    const SlotRefresh asked{.noise = terms.noise, .lowest = terms.lowest, .levels = terms.levels};
    for (const SlotStep& step : artifact_.slot_steps) {
      if (step.operation != SlotOperation::refresh || step.refresh == asked) continue;
      return inquiry_.fails("steps/*/noise", 0, "a refresh is not that of the request");
    }
    if (has_some) {
      for (const char* field : {"noise", "lowest", "levels"}) {
        inquiry_.holds(std::string("steps/*/") + field);
      }
    }
    inquiry_.decide(!levels_left(artifact_, terms.start).lacking, "request/refresh", 0,
                    "it does not fit into the levels of the request");
  }

  // The domain of a part holds what it is given.
  bool is_made_for(std::size_t part, const std::optional<Interval>& given) {
    if (!inquiry_.decide(
            given.has_value(), "parts", 0,
            fmt::format("{}: a refresh before it adds too much", artifact_.parts[part].name))) {
      return false;
    }
    const Interval& values = *given;
    const Domain& domain = artifact_.parts[part].stages.front().domain;
    return inquiry_.decide(
        contains(domain, {values}), "parts", 0,
        fmt::format("{}: it is made for {}, and is given {}", artifact_.parts[part].name,
                    domain_text(domain), outward_text(values)));
  }

  bool has_steps(const SlotSteps& steps) {
    return inquiry_.decide(artifact_.slot_steps == steps, "steps/*/op", 0,
                           "the steps are not those of the function");
  }

  const Rational& error_of(std::size_t part) const {
    return artifact_.parts[part].claim.error.upper;
  }

  void prove_powers() {
    const NormalisedPowers form = powers_in(request_, artifact_);
    if (!has_steps(steps_of(form))) return;
    const Rational power = form.scale * power_of_two(form.squarings);
    if (request_.kind == Kind::softmax &&
        !inquiry_.decide(power == 1, "steps/*/op", 0,
                         "the exponentials that are normalised last are not those of x")) {
      return;
    }
    const Normalisation& last = form.normalised.back();
    if (!inquiry_.decide(last.factor == last.sum_scale, "steps/*/op", 0,
                         "what is normalised last is not what is asked for")) {
      return;
    }
    if (error_of(0) >= 1) return inquiry_.fails("parts", 0, "the error of exp is not below 1");
    if (!is_made_for(0, exponents_of(form))) return;
    PowersErrors errors{.exp = error_of(0)};
    std::vector<SlotFunction> functions = {slot_function_of(artifact_.parts.front())};
    for (std::size_t i = 1; i < artifact_.parts.size(); ++i) {
      const int index = static_cast<int>(i) - 1;
      if (!is_made_for(i, sum_before(form, index, errors))) return;
      errors.inverses.push_back(error_of(i));
      if (errors.inverses.back() >= 1)
        return inquiry_.fails("parts", 0, "the error of 1/x is not below 1");
      functions.push_back(slot_function_of(artifact_.parts[i]));
    }
    prove_claim(powers_bound(form, errors),
                attained_by_powers({.form = form, .parts = std::move(functions)}));
  }

  void prove_tournament() {
    const Tournament form = tournament_in(request_, artifact_);
    if (!has_steps(steps_of(form))) return;
    const std::optional<Rational> bound = tournament_bound(form, error_of(0));
    if (!inquiry_.decide(
            bound.has_value(), "parts", 0,
            artifact_.parts.front().name +
                ": it is made for differences up to 1, and may be given larger ones")) {
      return;
    }
    prove_claim(bound, attained_by_tournament(form, pair_function_of(artifact_.parts.front())));
  }

  void prove_unit_variance() {
    const UnitVariance form = unit_variance_in(request_, artifact_);
    if (!has_steps(steps_of(form)) || !is_made_for(0, squares_of(form))) return;
    if (error_of(0) >= 1) return inquiry_.fails("parts", 0, "the error of the root is not below 1");
    prove_claim(unit_variance_bound(form, error_of(0)),
                attained_by_unit_variance(form, slot_function_of(artifact_.parts.front())));
  }

  void prove_claim(const std::optional<Rational>& proved, const Rational& attained) {
    const ErrorEnclosure& claim = artifact_.claim.error;
    require_whole_metric(inquiry_, Metric::absolute);
    if (!proved) return inquiry_.fails("error/upper", 0, "the error of a slot is not proved");
    const Rational& bound = *proved;
    if (!inquiry_.decide(bound <= claim.upper, "error/upper", 0,
                         fmt::format("the error of a slot is proved to be at most {}, not the "
                                     "claimed {}",
                                     size_text(bound), size_text(claim.upper)))) {
      return;
    }
    inquiry_.holds("error/upper", 0,
                   fmt::format("{}: the error of a slot is at most {}", name_of(artifact_.kind),
                               size_text(claim.upper)));
    inquiry_.decide(claim.attained <= attained, "error/attained", 0,
                    fmt::format("at the inputs that are looked at the error is {}, below the "
                                "claimed {}",
                                size_text(attained, Rounding::down),
                                size_text(claim.attained, Rounding::down)));
    inquiry_.decide(claim.lower <= claim.attained, "error/lower", 0,
                    "the lower bound is above what is attained");
    inquiry_.holds("error/evidence");
  }

  void examine_words() {
    for (const char* option : {"length", "slots", "range", "variance", "gap"}) {
      if (has_option(artifact_.request, option)) inquiry_.holds(std::string("request/") + option);
    }
    const ErrorEnclosure& claim = artifact_.claim.error;
    inquiry_.decide(claim.upper <= request_.error, "request/error", 0,
                    fmt::format("the request is of an error of {}, and {} is what is claimed",
                                size_text(request_.error), size_text(claim.upper)));
    // Written from the parts, whose costs are counted.
    for (const char* cost : {"levels", "key_switches", "tensor_products", "scalar_products",
                             "rescalings", "growth", "sums", "rotations", "refreshes"}) {
      inquiry_.holds(std::string("plan/") + cost);
    }
    const PlanCosts costs = whole_plan(artifact_).costs;
    budget("max-levels", request_.plan.max_levels, costs.levels, "level");
    budget("max-key-switches", request_.max_key_switches, costs.key_switches, "key switch");
  }

  void budget(const std::string& option, const std::optional<int>& most, int taken,
              const char* noun) {
    if (!most) return;
    inquiry_.decide(taken <= *most, "request/" + option, 0,
                    fmt::format("--{} {}: the whole takes {}", option, *most, plural(taken, noun)));
  }

  Inquiry& inquiry_;
  const Artifact& artifact_;
  const SlotsRequest& request_;
};

}  // namespace

void examine_claims(Inquiry& inquiry, const SlotsRequest& request) {
  SlotsClaims(inquiry, request).run();
}

}  // namespace equiripple
