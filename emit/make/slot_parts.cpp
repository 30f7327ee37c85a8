// A part is made from words, as a file of its own would be.
#include "emit/make/slot_parts.hpp"

#include <fmt/format.h>

#include "emit/hexfloat.hpp"
#include "emit/make/corrected.hpp"
#include "emit/make/degree_choice.hpp"
#include "emit/make/exponential.hpp"
#include "emit/request/request.hpp"
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

RequestRecord words_of(const SlotPart& part) {
  RequestRecord record{.command = name_of(part.kind), .options = {}};
  if (part.kind == Kind::max) {
    record.options.push_back({"bits", {log2_text(1 / part.error, 3, Rounding::up)}});
  } else {
    record.options.push_back({"domain", {interval_word(part.domain)}});
    record.options.push_back({"error", {hexfloat(short_error(part.error))}});
  }
  if (part.kind == Kind::exp) record.options.push_back({"relative", {}});
  if (part.objective != PlanObjective::latency) {
    record.options.push_back({"minimise", {word_of(part.objective)}});
  }
  record.options.push_back({"no-absorption", {}});
  return record;
}

Outcome<Artifact> made_part(const SlotPart& part, const std::string& name,
                            const PlanSettings& plan) {
  Outcome<Request> posed = request_of(words_of(part));
  if (!posed) return posed.error();
  Request& request = *posed;
  PlanSettings settings = plan;
  settings.objective = part.objective;
  settings.max_levels.reset();
  settings.absorb = false;
  if (!levels_covered(settings.costs)) settings.costs.levels_after += part.levels_after;
  const Identity identity{.name = name, .request = request.record};
  if (auto* stepped = std::get_if<SteppedRequest>(&request.posed)) {
    stepped->plan = settings;
    Outcome<SteppedChoice> choice = make_exponential(*stepped, identity);
    if (!choice) return choice.error();
    return std::move(choice->artifact);
  }
  if (auto* sign = std::get_if<SignRequest>(&request.posed)) {
    sign->plan = settings;
    Outcome<ComposedChoice> choice = DegreeChoice(*sign, identity).best();
    if (!choice) return choice.error();
    return std::move(choice->artifact);
  }
  auto& corrected = std::get<CorrectionRequest>(request.posed);
  corrected.plan = settings;
  return make_corrected(corrected, identity);
}

}  // namespace

Outcome<Artifact> SlotParts::made(const SlotPart& part, std::size_t index) {
  const std::string key =
      fmt::format("{} {} {} {} {} {}", index, name_of(part.kind), interval_word(part.domain),
                  hexfloat(short_error(part.error)), word_of(part.objective), part.levels_after);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  const std::string name = name_of_part(identity_.name, request_.kind, index);
  return known_.emplace(key, made_part(part, name, request_.plan)).first->second;
}

}  // namespace equiripple
