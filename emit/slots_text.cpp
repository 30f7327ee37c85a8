// The request's own words, then what the parts are and cost.
#include "emit/slots_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/slot_costs.hpp"
#include "emit/targets/head.hpp"
#include "emit/version.hpp"

namespace equiripple {
namespace {

std::string describe_normalised(const Artifact& artifact) {
  const std::size_t normalisations = artifact.parts.size() - 1;
  std::string text = "exp";
  if (normalisations == 1) return text + ", and 1/x of its sum";
  return text +
         fmt::format(", then {} normalisations by 1/x with a square before each but the first",
                     normalisations);
}

// What is refreshed, in the order of the steps: "the input", "exp", "the shares".
std::string refreshed_value(const Artifact& artifact, const SlotStep& step) {
  if (step.left == 0) return "the input";
  switch (artifact.slot_steps[static_cast<std::size_t>(step.left) - 1].operation) {
    case SlotOperation::part: return "exp";
    case SlotOperation::sum: return "the sum of squares";
    case SlotOperation::product: return "the shares";
    case SlotOperation::pair: return "what a round leaves";
    default: return "the input";  // scaled
  }
}

// "1, of exp (levels=10,...): each adds at most 2^-12.00 to a value in [-1, 1]; the input has 7
// levels"
std::string describe_slot_refreshes(const Artifact& artifact) {
  const std::string asked = option_of(artifact, "refresh");
  if (asked.empty()) return {};
  const auto refresh = refresh_of(artifact.slot_steps);
  if (!refresh) return fmt::format("none is needed ({})", asked);
  std::vector<std::string> places;
  for (const SlotStep& step : artifact.slot_steps) {
    if (step.operation != SlotOperation::refresh) continue;
    const std::string place = refreshed_value(artifact, step);
    if (places.empty() || places.back() != place) places.push_back(place);
  }
  return fmt::format(
      "{}, of {} ({}): each adds at most 2^{} to a value in [-1, 1]; takes {} "
      "of the input",
      refreshes_of(artifact.slot_steps), fmt::join(places, ", "), asked,
      log2_text(refresh->noise, 2, Rounding::up), plural(slots_levels_of_input(artifact), "level"));
}

}  // namespace

std::string describe_slots(const Artifact& artifact) {
  constexpr std::pair<Kind, const char*> sentences[] = {
      {Kind::softmax, "softmax of {length} slots, |x| <= {range}"},
      {Kind::rmsnorm, "rmsnorm of {length} slots, mean of the squares in {variance}"},
      {Kind::layernorm, "layernorm of {length} slots, variance in {variance}"},
      {Kind::argmax,
       "argmax of {slots} slots, |x| <= {range}: 1 where x is above all others by {gap}"},
      {Kind::largest, "the largest of {slots} slots, |x| <= {range}"}};
  const auto* row =
      std::ranges::find(sentences, artifact.kind, &std::pair<Kind, const char*>::first);
  return fmt::format(fmt::runtime(row->second), fmt::arg("length", option_of(artifact, "length")),
                     fmt::arg("slots", option_of(artifact, "slots")),
                     fmt::arg("range", option_of(artifact, "range")),
                     fmt::arg("variance", option_of(artifact, "variance")),
                     fmt::arg("gap", option_of(artifact, "gap")));
}

std::string describe_parts(const Artifact& artifact) {
  if (artifact.kind == Kind::rmsnorm || artifact.kind == Kind::layernorm) {
    return "1/sqrt(x) of the sum of squares";
  }
  if (artifact.kind == Kind::largest) {
    return plural(rotations_of(artifact.slot_steps), "round") + " of max";
  }
  return describe_normalised(artifact);
}

std::string describe_slot_costs(const Artifact& artifact) {
  const Plan plan = whole_plan(artifact);
  const int refreshes = refreshes_of(artifact.slot_steps);
  const int rotations = rotations_of(artifact.slot_steps);
  return fmt::format(
      "{}, {}, {}, {}{}; and {}, which the caller brings", plural(plan.costs.levels, "level"),
      plural(plan.costs.key_switches, "key switch"),
      plural(plan.costs.tensor_products, "tensor product"),
      plural(plan.costs.scalar_products, "scalar product"),
      refreshes > 0 ? ", " + plural(refreshes, "refresh") : std::string(),
      rotations > 0 ? plural(rotations, "rotation")
                    : plural(sums_of(artifact.slot_steps), "sum") + " over the slots");
}

std::string describe_part(const Artifact& part) {
  if (has_two_inputs(part.kind)) {
    return fmt::format("{}: {}; error at most {}, absolute", describe_function(part),
                       describe_stages(part), size_text(part.claim.error.upper));
  }
  const Domain& domain = part.stages.front().domain;
  return fmt::format("{} on {}: {}; error at most {}, relative", function_of(part.kind),
                     domain_text(domain), describe_stages(part), size_text(part.claim.error.upper));
}

std::string summary_of_slots(const Artifact& artifact) {
  const ErrorEnclosure& e = artifact.claim.error;
  std::string text = fmt::format("{}: {}\n", artifact.name, describe_slots(artifact));
  text += fmt::format("  request     {}\n", command_line(artifact.request));
  text += fmt::format("  parts       {}\n", describe_parts(artifact));
  text += fmt::format("  error       at most {}, {}; absolute, of each slot\n", size_text(e.upper),
                      name_of(e.evidence));
  text += fmt::format("              attained {}\n", size_text(e.attained, Rounding::down));
  for (const Artifact& part : artifact.parts) {
    text += fmt::format("  part        {}\n", describe_part(part));
    text += fmt::format("              {}\n", describe_costs(*part.plan));
  }
  if (const std::string refreshes = describe_slot_refreshes(artifact); !refreshes.empty()) {
    text += fmt::format("  refreshes   {}\n", refreshes);
  }
  text += fmt::format("  plan        {}\n", describe_slot_costs(artifact));
  const int for_result = multiplies_at_end(artifact) ? 1 : 0;
  const int more =
      slots_levels_at_working_scale(artifact) - slots_levels_of_input(artifact) - for_result;
  if (more > 0) {
    text +=
        fmt::format("              {} more where the input has the working scale: for the range\n",
                    plural(more, "level"));
  }
  if (for_result > 0) {
    text += "              1 level more where the library has scales of its own: for the result\n";
  }
  return text;
}

std::string slots_head(const Artifact& artifact, const std::string& mark, const std::string& target,
                       const std::string& ending) {
  const ErrorEnclosure& e = artifact.claim.error;
  std::string text = origin_lines(artifact, mark, target, ending);
  text += fmt::format("{}Function    {}\n", mark, comment_text(describe_slots(artifact)));
  text += fmt::format("{}Parts       {}\n", mark, describe_parts(artifact));
  text += fmt::format("{}Error       {} <= this <= {}\n", mark, outward(e.attained, Rounding::down),
                      outward(e.upper, Rounding::up));
  text +=
      fmt::format("{}            absolute, of each slot; at most {}\n", mark, size_text(e.upper));
  text += fmt::format("{}            coefficients as stored, exact evaluation; evidence: {}\n",
                      mark, name_of(e.evidence));
  text += fmt::format("{}Cost        {}\n", mark, describe_slot_costs(artifact));
  if (const std::string refreshes = describe_slot_refreshes(artifact); !refreshes.empty()) {
    text += fmt::format("{}Refreshes   {}\n", mark, comment_text(refreshes));
  }
  return text + fmt::format("{}Generator   equiripple {}\n", mark, version);
}

}  // namespace equiripple
