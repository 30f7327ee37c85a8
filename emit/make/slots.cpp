// Every number of squarings outside the normalisation, and ways to share the error between exp and
// the last 1/x; inside exp, and of 1/x, their own makers choose.
#include "emit/make/slots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/corrected.hpp"
#include "emit/make/exponential.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/ranking.hpp"
#include "emit/request/request.hpp"
#include "emit/request/slots_form.hpp"
#include "emit/slot_costs.hpp"
#include "emit/slots_structure.hpp"

namespace equiripple {
namespace {

const char* word_of(PlanObjective objective) {
  switch (objective) {
    case PlanObjective::levels: return "levels";
    case PlanObjective::key_switches: return "key-switches";
    case PlanObjective::latency: break;
  }
  return "latency";
}

// Few bits, so that the words of a part's request stay short.
Rational short_error(const Rational& error) {
  constexpr int bits = 10;  // chosen: a thousandth of the error
  return round_to_bits(error, bits, Rounding::down);
}

std::string interval_word(const Interval& interval) {
  const Interval outward = rounded_outward(Domain{interval}).front();
  return fmt::format("[{},{}]", hexfloat(outward.lower), hexfloat(outward.upper));
}

struct PartWords {
  Kind kind = Kind::inverse;
  Interval domain{};
  Rational error;
  PlanObjective objective = PlanObjective::latency;
  int levels_after = 0;  // about so many levels follow
};

Outcome<Artifact> made_part(const PartWords& words, const std::string& name,
                            const PlanSettings& plan) {
  RequestRecord record{.command = name_of(words.kind), .options = {}};
  record.options.push_back({"domain", {interval_word(words.domain)}});
  record.options.push_back({"error", {hexfloat(words.error)}});
  if (words.kind == Kind::exp) record.options.push_back({"relative", {}});
  if (words.objective != PlanObjective::latency) {
    record.options.push_back({"minimise", {word_of(words.objective)}});
  }
  record.options.push_back({"no-absorption", {}});
  Outcome<Request> posed = request_of(record);
  if (!posed) return posed.error();
  Request& request = *posed;
  PlanSettings settings = plan;
  settings.objective = words.objective;
  settings.max_levels.reset();
  settings.absorb = false;
  if (!levels_covered(settings.costs)) settings.costs.levels_after += words.levels_after;
  const Identity identity{.name = name, .request = request.record};
  if (auto* stepped = std::get_if<SteppedRequest>(&request.posed)) {
    stepped->plan = settings;
    Outcome<SteppedChoice> choice = make_exponential(*stepped, identity);
    if (!choice) return choice.error();
    return std::move(choice->artifact);
  }
  auto& corrected = std::get<CorrectionRequest>(request.posed);
  corrected.plan = settings;
  return make_corrected(corrected, identity);
}

struct SlotsForm {
  std::string text;  // "2 squarings outside, exp to 2^-18"
  std::string why{};
  std::optional<Artifact> artifact{};
  Plan plan{};
  double latency = 0;
  bool is_within_budgets = false;
};

class SlotsMaker {
 public:
  SlotsMaker(const SlotsRequest& request, const Identity& identity)
      : request_(request), identity_(identity) {}

  Outcome<SlotsChoice> run() {
    const std::optional<Refusal> refusal =
        is_of_powers(request_.kind) ? try_squarings() : try_unit_variance();
    if (refusal) return *refusal;
    const SlotsForm* best = nullptr;
    for (const SlotsForm& form : forms_) {
      if (form.is_within_budgets && (best == nullptr || cost(form) < cost(*best))) best = &form;
    }
    if (best == nullptr) return nothing_found();
    return SlotsChoice{.artifact = *best->artifact, .candidates = "  tried:\n" + lines(best)};
  }

 private:
  static constexpr int most_outside = 16;  // chosen: of the largest range x / 2^16 is small

  Cost cost(const SlotsForm& form) const {
    return cost_of(request_.plan, form.plan.costs.levels, form.plan.costs.key_switches,
                   form.latency);
  }

  // Until more squares have cost more twice. As what follows: refused where no form can be had.
  std::optional<Refusal> try_squarings() {
    int worse = 0;
    std::optional<Cost> least;
    for (int squarings = 0; squarings <= most_outside && worse < 2; ++squarings) {
      const std::size_t before = forms_.size();
      if (auto refusal = try_powers(squarings)) return refusal;
      std::optional<Cost> found;
      for (std::size_t i = before; i < forms_.size(); ++i) {
        if (!forms_[i].is_within_budgets) continue;
        found = found ? std::min(*found, cost(forms_[i])) : cost(forms_[i]);
      }
      if (!found) continue;
      worse = least && *found >= *least ? worse + 1 : 0;
      least = least ? std::min(*least, *found) : *found;
    }
    return std::nullopt;
  }

  // As asked, and where that passes the levels allowed, the shallowest.
  std::vector<PlanObjective> objectives() const {
    std::vector<PlanObjective> all = {request_.plan.objective};
    if (request_.plan.max_levels && all.front() != PlanObjective::levels) {
      all.push_back(PlanObjective::levels);
    }
    return all;
  }

  // Shares of the error that are left to exp: chosen, as degrees are whole numbers, and a square or
  // a correction more serves one of the two.
  std::optional<Refusal> try_powers(int squarings) {
    const Rational power = this->power();
    const Rational scale = power * power_of_two(-squarings);
    const Rational reach = 2 * request_.range * scale;
    constexpr int widest = 28;  // of exponents: 1/x on a domain of ratio e^28 has 20 levels; chosen
    const Rational narrowest(1, 8);  // chosen: exp is then nearly a line
    if (reach > widest || (squarings > 0 && reach < narrowest)) return std::nullopt;
    const NormalisedPowers form = with_offset({.length = request_.length,
                                               .range = request_.range,
                                               .scale = scale,
                                               .squarings = squarings,
                                               .gap = request_.gap});
    for (const PlanObjective objective : objectives()) {
      for (const Rational& share : {Rational(1, 2), Rational(1, 16), Rational(7, 8)}) {
        auto refusal = add(powers_text(squarings, share, objective),
                           [&] { return powers(form, share, objective); });
        if (refusal) return refusal;
      }
    }
    return std::nullopt;
  }

  std::string powers_text(int squarings, const Rational& share, PlanObjective objective) const {
    return fmt::format("{}, {} of {} for exp{}",
                       squarings == 0 ? std::string("no square outside")
                                      : plural(squarings, "square") + " outside",
                       share.str(), is_argmax() ? "a sixteenth" : "the error",
                       objective == request_.plan.objective ? "" : ", fewest levels");
  }

  bool is_argmax() const { return request_.kind == Kind::argmax; }

  // Of exp(power x): 1 of softmax; of argmax what brings all others down to half of the error.
  Rational power() const {
    if (!is_argmax()) return 1;
    using Number = Real<256>;
    constexpr int share = 2;
    const Number others =
        from_rational<Number>(Rational(request_.length - 1) * share / request_.error) *
        Number(1.25);  // chosen
    return Rational(
        to_double(to_rational(Number(real_log(others) / from_rational<Number>(request_.gap)))));
  }

  // exp is made first; what it leaves is for the last 1/x.
  Outcome<Artifact> powers(const NormalisedPowers& form, const Rational& share,
                           PlanObjective objective) {
    constexpr int levels_of_inverse = 7;  // about
    const int normalisations = form.squarings + 1;
    Artifact artifact = empty(steps_of(form));
    const auto add_part = [&](PartWords words) -> Outcome<Rational> {
      words.objective = objective;
      Outcome<Artifact> part = made_part(
          words, name_of_part(identity_.name, request_.kind, artifact.parts.size()), request_.plan);
      if (!part) return part.error();
      artifact.parts.push_back(*std::move(part));
      return artifact.parts.back().claim.error.upper;
    };
    const Rational of_exp =
        is_argmax() ? share * Rational(1, 16) : Rational(2 * share * request_.error);
    const Outcome<Rational> exp_made =
        add_part({.kind = Kind::exp,
                  .domain = exponents_of(form),
                  .error = short_error(of_exp * power_of_two(-form.squarings)),
                  .levels_after = levels_of_inverse * normalisations + 2});
    if (!exp_made) return exp_made.error();
    const Rational& exp_error = *exp_made;
    const Outcome<Rational> for_last = left_for_last(form, exp_error);
    if (!for_last) return for_last.error();
    Rational last_error = 0;
    for (int i = 0; i < normalisations; ++i) {
      const bool is_last = i + 1 == normalisations;
      const Rational rough(1, 16);  // chosen: the next domain is then a quarter wider
      const Outcome<Rational> made =
          add_part({.kind = Kind::inverse,
                    .domain = sum_before(form, i, exp_error, last_error),
                    .error = short_error(is_last ? *for_last : rough),
                    .levels_after = 1 + levels_of_inverse * (normalisations - 1 - i)});
      if (!made) return made.error();
      last_error = *made;
    }
    std::vector<SlotFunction> functions;
    for (const Artifact& part : artifact.parts) functions.push_back(slot_function_of(part));
    artifact.claim = {
        certify_powers(
            {.form = form, .exp_error = exp_error, .last_error = last_error, .parts = functions}),
        Metric::absolute};
    return artifact;
  }

  // Both bounds are a part of exp's and a multiple, at most 1, of the last error.
  Outcome<Rational> left_for_last(const NormalisedPowers& form, const Rational& exp_error) const {
    const auto bound = [&](const Rational& last_error) {
      return powers_bound(form, exp_error, last_error);
    };
    const Rational of_exp = bound(0);
    const Rational little = power_of_two(-60);
    if (of_exp + little >= request_.error) {
      return Refusal{fmt::format("exp leaves {} of the error, which is all", size_text(of_exp))};
    }
    const Rational slope = bound(1) - of_exp;
    return std::min(Rational(1, 2), Rational((request_.error - of_exp - little) / slope));
  }

  std::optional<Refusal> try_unit_variance() {
    const UnitVariance form = with_scale({.length = request_.length,
                                          .centred = request_.kind == Kind::layernorm,
                                          .variance = request_.variance});
    for (const PlanObjective objective : objectives()) {
      auto refusal =
          add(objective == request_.plan.objective ? "1/sqrt(x)" : "1/sqrt(x), fewest levels",
              [&] { return unit_variance(form, objective); });
      if (refusal) return refusal;
    }
    return std::nullopt;
  }

  Outcome<Artifact> unit_variance(const UnitVariance& form, PlanObjective objective) {
    const Rational unit = unit_variance_bound(form, 1) - unit_variance_bound(form, 0);
    const Rational error =
        std::min(Rational(1, 2), Rational((request_.error - unit_variance_bound(form, 0)) / unit));
    if (error <= 0) return Refusal{"the rounding of the factor is all of the error"};
    Outcome<Artifact> root =
        made_part({.kind = Kind::rsqrt,
                   .domain = squares_of(form),
                   .error = short_error(error),
                   .objective = objective,
                   .levels_after = 1},
                  name_of_part(identity_.name, request_.kind, 0), request_.plan);
    if (!root) return root.error();
    Artifact artifact = empty(steps_of(form));
    artifact.claim = {certify_unit_variance(form, root->claim.error.upper, slot_function_of(*root)),
                      Metric::absolute};
    artifact.parts.push_back(*std::move(root));
    return artifact;
  }

  Artifact empty(const SlotSteps& steps) const {
    Artifact artifact{.name = identity_.name, .kind = request_.kind, .request = identity_.request};
    artifact.slot_steps = steps;
    return artifact;
  }

  template <class Work>
  std::optional<Refusal> add(const std::string& text, const Work& work) {
    report_work("making " + text);
    SlotsForm form{.text = text};
    Outcome<Artifact> made = work();
    if (!made && !made.error().leaves_others()) return made.error();
    if (!made) {
      form.why = made.error().why;
    } else if (made->claim.error.upper > request_.error) {
      form.why = "reaches " + size_text(made->claim.error.upper);
    } else {
      form.plan = whole_plan(*made);
      form.latency = whole_latency(*made, request_.plan.costs);
      const PlanCosts& costs = form.plan.costs;
      form.is_within_budgets =
          costs.levels <= request_.plan.max_levels.value_or(costs.levels) &&
          costs.key_switches <= request_.max_key_switches.value_or(costs.key_switches);
      form.artifact = *std::move(made);
    }
    forms_.push_back(std::move(form));
    return std::nullopt;
  }

  std::string line(const SlotsForm& form, bool is_best) const {
    constexpr std::size_t longest = 110;
    if (!form.artifact) return fmt::format("  {:<46} {}\n", form.text, form.why.substr(0, longest));
    return fmt::format("  {:<46} {:<9}  {:<15}  latency {:<7.4g} {}\n", form.text,
                       plural(form.plan.costs.levels, "level"),
                       plural(form.plan.costs.key_switches, "key switch"), form.latency,
                       is_best                  ? "taken"
                       : form.is_within_budgets ? "costs as much or more"
                                                : "above the budget");
  }

  std::string lines(const SlotsForm* best) const {
    std::string text;
    for (const SlotsForm& form : forms_) text += line(form, &form == best);
    return text;
  }

  Refusal nothing_found() const {
    const std::string need = " " + size_text(request_.error, Rounding::down);
    const SlotsForm* shallow = nullptr;
    const SlotsForm* cheap = nullptr;
    const auto fewer = [](const SlotsForm& form, const SlotsForm* best, int PlanCosts::*count) {
      return best == nullptr || form.plan.costs.*count < best->plan.costs.*count;
    };
    for (const SlotsForm& form : forms_) {
      if (!form.artifact) continue;
      if (fewer(form, shallow, &PlanCosts::levels)) shallow = &form;
      if (fewer(form, cheap, &PlanCosts::key_switches)) cheap = &form;
    }
    if (shallow != nullptr) {
      return about("--error", fmt::format("{}: within the budget no form reaches it; of those "
                                          "tried the fewest are {} (with {}) "
                                          "and {} (with {})",
                                          need, plural(shallow->plan.costs.levels, "level"),
                                          plural(shallow->plan.costs.key_switches, "key switch"),
                                          plural(cheap->plan.costs.key_switches, "key switch"),
                                          plural(cheap->plan.costs.levels, "level")));
    }
    return about("--error",
                 fmt::format("{}: no form reaches it; {}: {}", need,
                             forms_.empty() ? std::string("none") : forms_.front().text,
                             forms_.empty() ? std::string("there is none") : forms_.front().why));
  }

  const SlotsRequest& request_;
  const Identity& identity_;
  std::vector<SlotsForm> forms_{};
};

}  // namespace

Outcome<SlotsChoice> make_slots(const SlotsRequest& request, const Identity& identity) {
  return SlotsMaker(request, identity).run();
}

}  // namespace equiripple
