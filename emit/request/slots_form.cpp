// Numbers of the steps and counts of the parts.
#include "emit/request/slots_form.hpp"

#include <stdexcept>

#include "emit/plan/corrections.hpp"

namespace equiripple {

NormalisedPowers powers_in(const SlotsRequest& request, const Artifact& artifact) {
  const SlotStep& first = artifact.slot_steps.front();
  return {.length = request.length,
          .range = request.range,
          .scale = first.scale,
          .offset = first.offset,
          .squarings = static_cast<int>(artifact.parts.size()) - 2,
          .gap = request.gap};
}

UnitVariance unit_variance_in(const SlotsRequest& request, const Artifact& artifact) {
  UnitVariance form{.length = request.length,
                    .centred = request.kind == Kind::layernorm,
                    .variance = request.variance};
  for (const SlotStep& step : artifact.slot_steps) {
    if (step.operation == SlotOperation::scale) form.scale = step.scale;
    if (step.operation == SlotOperation::product) form.factor = step.scale;
  }
  return form;
}

SlotFunction slot_function_of(const Artifact& part) {
  const ChebyshevSeries& polynomial = part.stages.front().polynomial;
  if (!is_corrected(part.kind)) {
    return squared_polynomial(polynomial, squares_at_end(part.steps));
  }
  const auto meaning = corrected_meaning(*part.plan, part.kind, part.corrections, polynomial);
  if (!meaning) throw std::logic_error("slot_function_of: " + meaning.error().why);
  return corrected_start(correction_map(part.kind), meaning->scalars, polynomial);
}

}  // namespace equiripple
