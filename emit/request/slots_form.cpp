// Numbers of the steps and counts of the parts.
#include "emit/request/slots_form.hpp"

#include <stdexcept>

#include "emit/plan/corrections.hpp"

namespace equiripple {

NormalisedPowers powers_in(const SlotsRequest& request, const Artifact& artifact) {
  NormalisedPowers form{.length = request.length,
                        .range = request.range,
                        .squarings = static_cast<int>(artifact.parts.size()) - 2,
                        .gap = request.gap};
  bool has_read = false;
  Normalisation next;
  for (const SlotStep& step : artifact.slot_steps) {
    switch (step.operation) {
      case SlotOperation::read:
        form.scale = form.input_scale > 0 ? Rational(step.scale * form.input_scale) : step.scale;
        form.offset = step.offset;
        has_read = true;
        break;
      case SlotOperation::scale: (has_read ? next.sum_scale : form.input_scale) = step.scale; break;
      case SlotOperation::refresh:
        form.refresh = step.refresh;
        next.is_refreshed = has_read;
        break;
      case SlotOperation::product:
        next.factor = step.scale;
        form.normalised.push_back(next);
        next = {};
        break;
      default: break;
    }
  }
  form.normalised.resize(static_cast<std::size_t>(form.squarings) + 1);
  return form;
}

UnitVariance unit_variance_in(const SlotsRequest& request, const Artifact& artifact) {
  UnitVariance form{.length = request.length,
                    .centred = request.kind == Kind::layernorm,
                    .variance = request.variance};
  for (const SlotStep& step : artifact.slot_steps) {
    if (step.operation == SlotOperation::scale) form.scale = step.scale;
    if (step.operation == SlotOperation::product) form.factor = step.scale;
    if (step.operation != SlotOperation::refresh) continue;
    form.refresh = step.refresh;
    const bool is_of_sum =
        step.left > 0 && artifact.slot_steps[static_cast<std::size_t>(step.left) - 1].operation ==
                             SlotOperation::sum;
    (is_of_sum ? form.refreshes_squares : form.refreshes_slots) = true;
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
