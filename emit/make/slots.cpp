// Every number of squarings outside the normalisation, and ways to share the error between exp and
// the last 1/x; inside exp, and of 1/x, their own makers choose.
#include "emit/make/slots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/slot_forms.hpp"
#include "emit/make/slot_parts.hpp"
#include "emit/make/tournament.hpp"
#include "emit/request/slots_form.hpp"
#include "emit/slot_costs.hpp"
#include "emit/slots_structure.hpp"

namespace equiripple {
namespace {

class SlotsMaker {
 public:
  SlotsMaker(const SlotsRequest& request, const Identity& identity, SlotParts& parts)
      : request_(request), identity_(identity), parts_(parts), forms_(request) {}

  Outcome<SlotsChoice> run() {
    const std::optional<Refusal> refusal =
        is_of_powers(request_.kind) ? try_squarings() : try_unit_variance();
    if (refusal) return *refusal;
    return forms_.best();
  }

 private:
  static constexpr int most_outside = 16;  // chosen: of the largest range x / 2^16 is small

  // Until more squares have cost more twice. As what follows: refused where no form can be had.
  std::optional<Refusal> try_squarings() {
    int worse = 0;
    std::optional<Cost> least;
    for (int squarings = 0; squarings <= most_outside && worse < 2; ++squarings) {
      // exp, each 1/x, its product and each square take a level or more.
      if (3 * squarings + 3 > request_.plan.max_levels.value_or(3 * most_outside + 3) &&
          !forms_.all().empty()) {
        break;
      }
      const std::size_t before = forms_.all().size();
      if (auto refusal = try_powers(squarings)) return refusal;
      std::optional<Cost> found;
      for (std::size_t i = before; i < forms_.all().size(); ++i) {
        const SlotsForm& form = forms_.all()[i];
        if (!form.is_within_budgets) continue;
        found = found ? std::min(*found, forms_.cost(form)) : forms_.cost(form);
      }
      if (!found) continue;
      worse = least && *found >= *least ? worse + 1 : 0;
      least = least ? std::min(*least, *found) : *found;
    }
    return std::nullopt;
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
    NormalisedPowers form{.length = request_.length,
                          .range = request_.range,
                          .scale = scale,
                          .squarings = squarings,
                          .gap = request_.gap,
                          .refresh = slot_refresh_of(request_)};
    form.normalised.resize(static_cast<std::size_t>(squarings) + 1);
    std::vector<Rational> shares = {Rational(1, 2), Rational(1, 16), Rational(7, 8)};
    if (request_.refresh) shares.resize(1);  // noise has most of the rest
    for (const PlanObjective objective : slot_objectives(request_)) {
      if (request_.refresh && !forms_.all().empty() && forms_.all().back().artifact &&
          objective != request_.plan.objective) {
        break;  // what is refreshed has levels
      }
      for (const Rational& share : shares) {
        auto refusal = forms_.add(powers_text(squarings, share, objective), [&] {
          return request_.refresh ? refreshed_powers(form, share, objective)
                                  : powers(form, share, objective);
        });
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

  // Where levels run out the last value before is refreshed, until they do not.
  Outcome<Artifact> refreshed_powers(NormalisedPowers form, const Rational& share,
                                     PlanObjective objective) {
    for (;;) {
      Outcome<Artifact> made = powers(form, share, objective);
      if (!made) return made;
      const std::optional<std::size_t> lacking =
          levels_left(*made, request_.refresh->start).lacking;
      if (!lacking) return made;
      if (!refresh_before(form, made->slot_steps, *lacking)) {
        return Refusal{
            fmt::format("step {} has too few levels, wherever it is refreshed", *lacking + 1)};
      }
    }
  }

  // Of the places: the input, then what each normalisation begins with. False where the step lacks
  // levels although they begin anew there. What is refreshed behind an earlier place is found
  // again.
  static bool refresh_before(NormalisedPowers& form, const SlotSteps& steps, std::size_t lacking) {
    constexpr int input = -1;
    int place = input;
    bool has_exp = false;
    for (std::size_t i = 0; i <= lacking; ++i) {
      const SlotOperation operation = steps[i].operation;
      if (i > 0 && (steps[i - 1].operation == SlotOperation::product ||
                    (steps[i - 1].operation == SlotOperation::part && !has_exp))) {
        ++place;
        has_exp = true;
      }
      if (i == lacking && operation == SlotOperation::refresh) --place;
    }
    const auto is_refreshed = [&](int at) {
      return at == input ? form.input_scale > 0
                         : form.normalised[static_cast<std::size_t>(at)].is_refreshed;
    };
    const bool is_fresh =
        steps[lacking].operation != SlotOperation::refresh && place >= input && is_refreshed(place);
    if (is_fresh) return false;
    while (place >= input && is_refreshed(place)) --place;
    if (place < input) return false;
    for (int later = place + 1; later <= form.squarings; ++later) {
      form.normalised[static_cast<std::size_t>(later)].is_refreshed = false;
    }
    if (place == input) {
      form = with_refreshed_input(form);
    } else {
      form.normalised[static_cast<std::size_t>(place)].is_refreshed = true;
    }
    return true;
  }

  // exp is made first; what it leaves is for the last 1/x.
  Outcome<Artifact> powers(NormalisedPowers form, const Rational& share, PlanObjective objective) {
    constexpr int levels_of_inverse = 7;  // about
    const int normalisations = form.squarings + 1;
    form = with_offset(form);
    std::vector<Artifact> made;
    const auto add_part = [&](SlotPart part) -> Outcome<Rational> {
      part.objective = objective;
      Outcome<Artifact> artifact = parts_.made(part, made.size());
      if (!artifact) return artifact.error();
      made.push_back(*std::move(artifact));
      return made.back().claim.error.upper;
    };
    const Rational of_exp =
        is_argmax() ? share * Rational(1, 16) : Rational(2 * share * request_.error);
    const Outcome<Rational> exp_made =
        add_part({.kind = Kind::exp,
                  .domain = exponents_of(form),
                  .error = of_exp * power_of_two(-form.squarings),
                  .levels_after = levels_of_inverse * normalisations + 2});
    if (!exp_made) return exp_made.error();
    PowersErrors errors{.exp = *exp_made};
    for (int i = 0; i < normalisations; ++i) {
      if (!scale_for_refreshes(form, i, errors)) return too_noisy();
      const std::optional<Interval> sum = sum_before(form, i, errors);
      if (!sum) return too_noisy();
      Rational error(1, 16);  // chosen: the next domain is then a quarter wider
      if (i + 1 == normalisations) {
        const Outcome<Rational> for_last = left_for_last(form, errors);
        if (!for_last) return for_last.error();
        error = *for_last;
      }
      const Outcome<Rational> inverse =
          add_part({.kind = Kind::inverse,
                    .domain = *sum,
                    .error = error,
                    .levels_after = 1 + levels_of_inverse * (normalisations - 1 - i)});
      if (!inverse) return inverse.error();
      errors.inverses.push_back(*inverse);
    }
    Artifact artifact = empty_slots(request_, identity_, steps_of(form));
    std::vector<SlotFunction> functions;
    for (const Artifact& part : made) functions.push_back(slot_function_of(part));
    const auto error = certify_powers({.form = form, .errors = errors, .parts = functions});
    if (!error) return too_noisy();
    artifact.claim = {*error, Metric::absolute};
    artifact.parts = std::move(made);
    return artifact;
  }

  static Refusal too_noisy() {
    return {"what a refresh adds is as large as values that it is added to"};
  }

  // What is refreshed next comes as near to 1 as it may, and sums of it are brought below
  // largest_sum(). False where noise is too large.
  static bool scale_for_refreshes(NormalisedPowers& form, int index, const PowersErrors& errors) {
    Normalisation& how = form.normalised[static_cast<std::size_t>(index)];
    if (how.is_refreshed && index > 0) {
      const auto largest = largest_value(form, index, errors);
      if (!largest) return false;
      constexpr int bits = 10;  // chosen: a thousandth is left, and the factor is short
      const Rational room = 1 - power_of_two(-bits);
      Normalisation& before = form.normalised[static_cast<std::size_t>(index) - 1];
      before.factor = before.sum_scale * round_to_bits(room / *largest, bits, Rounding::down);
    }
    const std::optional<Interval> sum = sum_before(form, index, errors);
    if (!sum) return false;
    const Rational most(19, 10);  // about largest_sum(), as the offset of exp is rounded
    while (sum->upper * how.sum_scale > most) how.sum_scale /= 2;
    how.factor = how.sum_scale;
    return true;
  }

  // Both bounds are a part of exp's and a multiple, at most 1, of the last error.
  Outcome<Rational> left_for_last(const NormalisedPowers& form, const PowersErrors& errors) {
    const auto bound = [&](const Rational& last_error) {
      PowersErrors with_last = errors;
      with_last.inverses.push_back(last_error);
      return powers_bound(form, with_last);
    };
    const std::optional<Rational> before = bound(0);
    const std::optional<Rational> with_all = bound(1);
    if (!before || !with_all) return too_noisy();
    const Rational little = power_of_two(-60);
    if (*before + little >= request_.error) {
      forms_.note_reached(*before);
      return Refusal{fmt::format("{} {} of the error, which is all",
                                 request_.refresh ? "exp and refreshes leave" : "exp leaves",
                                 size_text(*before))};
    }
    return std::min(Rational(1, 2),
                    Rational((request_.error - *before - little) / (*with_all - *before)));
  }

  std::optional<Refusal> try_unit_variance() {
    UnitVariance form{.length = request_.length,
                      .centred = request_.kind == Kind::layernorm,
                      .variance = request_.variance,
                      .refresh = slot_refresh_of(request_)};
    for (const PlanObjective objective : slot_objectives(request_)) {
      const std::string text =
          fmt::format("1/sqrt(x){}", objective == request_.plan.objective ? "" : ", fewest levels");
      if (request_.refresh && objective != request_.plan.objective &&
          std::ranges::any_of(forms_.all(),
                              [](const SlotsForm& other) { return other.artifact.has_value(); })) {
        break;
      }
      for (const auto& [slots, squares] : {std::pair{false, true}, {true, false}, {true, true}}) {
        form.refreshes_slots = request_.refresh && slots;
        form.refreshes_squares = request_.refresh && squares;
        const char* places = !request_.refresh  ? ""
                             : slots && squares ? ", the slots and their squares refreshed"
                             : slots            ? ", the slots refreshed"
                                                : ", the squares refreshed";
        auto refusal =
            forms_.add(text + places, [&] { return unit_variance(with_scale(form), objective); });
        if (refusal) return refusal;
        if (!request_.refresh) break;
      }
    }
    return std::nullopt;
  }

  Outcome<Artifact> unit_variance(const UnitVariance& form, PlanObjective objective) {
    const std::optional<Rational> before = unit_variance_bound(form, 0);
    const std::optional<Rational> with_all = unit_variance_bound(form, 1);
    const std::optional<Interval> squares = squares_of(form);
    if (!before || !with_all || !squares) return too_noisy();
    const Rational error =
        std::min(Rational(1, 2), Rational((request_.error - *before) / (*with_all - *before)));
    if (error <= 0) {
      forms_.note_reached(*before);
      return Refusal{
          fmt::format("{} {} of the error, which is all",
                      request_.refresh ? "refreshes leave" : "the rounding of the factor leaves",
                      size_text(*before))};
    }
    Outcome<Artifact> root = parts_.made({.kind = Kind::rsqrt,
                                          .domain = *squares,
                                          .error = error,
                                          .objective = objective,
                                          .levels_after = 1},
                                         0);
    if (!root) return root.error();
    Artifact artifact = empty_slots(request_, identity_, steps_of(form));
    const auto proved =
        certify_unit_variance(form, root->claim.error.upper, slot_function_of(*root));
    if (!proved) return too_noisy();
    artifact.claim = {*proved, Metric::absolute};
    artifact.parts.push_back(*std::move(root));
    if (!request_.refresh) return artifact;
    if (const auto lacking = levels_left(artifact, request_.refresh->start).lacking) {
      return Refusal{fmt::format("step {} has too few levels", *lacking + 1)};
    }
    return artifact;
  }

  const SlotsRequest& request_;
  const Identity& identity_;
  SlotParts& parts_;
  SlotForms forms_;
};

Outcome<SlotsChoice> made_by_kind(const SlotsRequest& request, const Identity& identity,
                                  SlotParts& parts) {
  if (request.kind == Kind::largest) return make_tournament(request, identity, parts);
  return SlotsMaker(request, identity, parts).run();
}

// What suffices without a refresh; none where nothing does: looked for by the fewest levels first.
std::optional<Outcome<SlotsChoice>> choice_without_refresh(const SlotsRequest& request,
                                                           const Identity& identity,
                                                           SlotParts& parts) {
  const int start = request.refresh->start;
  if (start < 1) return std::nullopt;
  SlotsRequest plain = request;
  plain.refresh.reset();
  plain.plan.max_levels = std::min(request.plan.max_levels.value_or(start), start);
  SlotsRequest shallow = plain;
  shallow.plan.objective = PlanObjective::levels;
  Outcome<SlotsChoice> made = made_by_kind(shallow, identity, parts);
  if (made) return made_by_kind(plain, identity, parts);
  if (!made.error().leaves_others()) return made;
  return std::nullopt;
}

}  // namespace

Outcome<SlotsChoice> make_slots(const SlotsRequest& request, const Identity& identity) {
  SlotParts parts(request, identity);
  if (request.refresh) {
    if (auto without = choice_without_refresh(request, identity, parts)) {
      return *std::move(without);
    }
  }
  return made_by_kind(request, identity, parts);
}

}  // namespace equiripple
