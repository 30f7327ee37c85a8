// Numbers of the steps and counts of the parts.
#include "emit/request/slots_form.hpp"

#include <stdexcept>
#include <utility>

#include "emit/plan/corrections.hpp"
#include "emit/plan/interpret.hpp"
#include "generator/iteration/enclosure.hpp"

namespace equiripple {
namespace {

// The algebra (interpret.hpp) of intervals, of a and b in theirs.
class Enclosures {
 public:
  using Value = Interval;

  Enclosures(const Interval& a, const Interval& b) : a_(a), b_(b) {}

  [[nodiscard]] Value input(const Instruction& step) const { return step.name == "b" ? b_ : a_; }
  static Value normalise(const Instruction& step, const Value& x) {
    return shortened(times(plus(x, -step.centre), 1 / step.half_width));
  }
  static Value stage(const Instruction&, const Value& x) { return x; }
  static Value product(const Instruction&, const Value& x, const Value& y) { return times(x, y); }
  static Value multiple(const Instruction&, const Value& x, const Rational& factor) {
    return shortened(times(x, factor));
  }
  static Value shifted(const Instruction& step, const Value& x) {
    return shortened(plus(x, step.scalar));
  }
  static Value sum(const Instruction&, const Value& x, const Value& y, int sign) {
    return sign > 0 ? shortened({x.lower + y.lower, x.upper + y.upper})
                    : shortened({x.lower - y.upper, x.upper - y.lower});
  }
  static Value same(const Instruction&, const Value& x) { return x; }

 private:
  Interval a_;
  Interval b_;
};

}  // namespace

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

Tournament tournament_in(const SlotsRequest& request, const Artifact& artifact) {
  Tournament form{.length = request.length, .range = request.range};
  bool is_refreshed = false;
  for (const SlotStep& step : artifact.slot_steps) {
    switch (step.operation) {
      case SlotOperation::read:
      case SlotOperation::scale: form.scale = step.scale; break;
      case SlotOperation::refresh:
        form.refresh = step.refresh;
        is_refreshed = true;
        break;
      case SlotOperation::pair:
        form.factor = step.scale;
        form.refreshed.push_back(std::exchange(is_refreshed, false));
        break;
      default: break;
    }
  }
  return form;
}

PairFunction pair_function_of(const Artifact& part) {
  return [program = part.plan->program](const Interval& a, const Interval& b) {
    Enclosures algebra(a, b);
    return interpreted(program, algebra).back();
  };
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
