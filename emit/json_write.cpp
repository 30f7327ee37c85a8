// The writer.
#include <nlohmann/json.hpp>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/slot_costs.hpp"
#include "emit/slots_json.hpp"

namespace equiripple {
namespace {

Json pair(const Interval& interval) {
  return Json::array({hexfloat(interval.lower), hexfloat(interval.upper)});
}

Json intervals(const Domain& domain) {
  Json list = Json::array();
  for (const Interval& interval : domain) list.push_back(pair(interval));
  return list;
}

Json numbers(const std::vector<Rational>& values) {
  Json list = Json::array();
  for (const Rational& value : values) list.push_back(hexfloat(value));
  return list;
}

Json stage(const StageRecord& record) {
  Json json;
  json["degree"] = record.polynomial.degree();
  json["parity"] = name_of(record.polynomial.parity);
  json["basis"] = pair(record.polynomial.basis);
  json["coefficients"] = numbers(record.polynomial.coefficients);
  json["domain"] = intervals(record.domain);
  json["range"] = intervals(record.range);
  json["error"] = to_json(record.claim);
  json["rounding"] = record.rounding == RoundingMethod::lattice ? "lattice" : "one by one";
  if (record.deviations) {
    json["deviations"]["table"] = numbers(record.deviations->table);
    json["deviations"]["program"] = numbers(record.deviations->program);
  }
  return json;
}

Json instruction(const Instruction& step, const std::vector<Instruction>& program) {
  Json json;
  json["op"] = operation_name(step);
  json["name"] = step.name;
  Json operands = Json::array();
  for (const int operand : {step.left, step.right}) {
    if (operand >= 0) operands.push_back(program[static_cast<std::size_t>(operand)].name);
  }
  if (!operands.empty()) json["args"] = std::move(operands);
  switch (facts_of(step.operation).argument) {
    case PlanArgument::scalar: json["scalar"] = hexfloat(step.scalar); break;
    case PlanArgument::multiple:
      json["integer"] = step.integer;
      if (step.carried != 0) json["carried"] = step.carried;
      break;
    case PlanArgument::optional_scalar:
      if (step.scalar != 0) json["log2_scale"] = hexfloat(step.scalar);
      break;
    case PlanArgument::interval:
      json["centre"] = hexfloat(step.centre);
      json["half_width"] = hexfloat(step.half_width);
      break;
    case PlanArgument::none:
    case PlanArgument::depth: break;  // the depth is that of every step
  }
  json["depth"] = step.depth;
  return json;
}

Json steps(const Steps& records) {
  Json list = Json::array();
  for (const Step& step : records) {
    Json json;
    json["op"] = equiripple::name_of(step.operation);
    json["of"] =
        reads_two(step.operation) ? Json::array({step.left, step.right}) : Json::array({step.left});
    if (step.operation == StepOperation::polynomial) json["stage"] = step.polynomial + 1;
    if (step.operation == StepOperation::affine) {
      json["scale"] = hexfloat(step.scale);
      json["offset"] = hexfloat(step.offset);
    }
    if (step.operation == StepOperation::refresh) json["noise"] = hexfloat(step.noise);
    list.push_back(std::move(json));
  }
  return list;
}

Json plan(const Plan& record) {
  Json program = Json::array();
  for (const Instruction& step : record.program) {
    program.push_back(instruction(step, record.program));
  }
  Json json;
  json["levels"] = record.costs.levels;
  json["key_switches"] = record.costs.key_switches;
  json["tensor_products"] = record.costs.tensor_products;
  json["scalar_products"] = record.costs.scalar_products;
  json["rescalings"] = record.costs.rescalings;
  json["growth"] = hexfloat(record.growth);
  json["output_scale_factor"] = hexfloat(record.output_scale_factor);
  json["program"] = std::move(program);
  return json;
}

}  // namespace

Json to_json(const ClaimRecord& claim) {
  const ErrorEnclosure& e = claim.error;
  Json json;
  json["lower"] = hexfloat(e.lower);
  json["attained"] = hexfloat(e.attained);
  json["upper"] = hexfloat(e.upper);
  json["log2_upper"] = e.upper == 0 ? Json(nullptr) : Json(log2_rounded_up(e.upper));
  json["evidence"] = name_of(e.evidence);
  json["metric"] = equiripple::name_of(claim.metric);
  return json;
}

Json to_json(const RequestRecord& record) {
  Json json;
  json["command"] = record.command;
  for (const RequestOption& option : record.options) {
    json[option.name] = option.values.empty()       ? Json(true)  // a flag
                        : option.values.size() == 1 ? Json(option.values.front())
                                                    : Json(option.values);
  }
  return json;
}

Json to_json(const Artifact& artifact) {
  Json stages = Json::array();
  for (const StageRecord& record : artifact.stages) stages.push_back(stage(record));
  Json json;
  json["format"] = "equiripple";
  json["version"] = version_of(artifact);
  json["name"] = artifact.name;
  json["kind"] = equiripple::name_of(kind_in_file(artifact));
  json["request"] = to_json(artifact.request);
  if (is_corrected(artifact.kind)) json["corrections"] = artifact.corrections;
  if (!artifact.steps.empty()) json["steps"] = steps(artifact.steps);
  if (is_of_slots(artifact.kind)) {
    json["steps"] = to_json(artifact.slot_steps);
    json["parts"] = Json::array();
    for (const Artifact& part : artifact.parts) json["parts"].push_back(to_json(part));
  }
  json["stages"] = std::move(stages);
  json["error"] = to_json(artifact.claim);
  for (const ClaimRecord& claim : artifact.objectives) {
    json["objectives"].push_back(to_json(claim));
  }
  if (artifact.outside) {
    json["outside"]["bound"] = hexfloat(artifact.outside->bound);
    json["outside"]["reach"] = pair(artifact.outside->reach);
    json["outside"]["evidence"] = name_of(artifact.outside->evidence);
    if (artifact.outside->evidence == Evidence::proved) {
      json["outside"]["keeps"] = pair(hull(artifact.stages.front().domain));
    }
    if (artifact.outside->side) json["outside"]["side"] = hexfloat(*artifact.outside->side);
  }
  json["plan"] = artifact.plan ? plan(*artifact.plan) : Json(nullptr);
  if (is_of_slots(artifact.kind)) {
    json["plan"] = plan(whole_plan(artifact));
    json["plan"]["sums"] = sums_of(artifact.slot_steps);
    if (const int rotations = rotations_of(artifact.slot_steps); rotations > 0) {
      json["plan"]["rotations"] = rotations;
    }
    if (const int refreshes = refreshes_of(artifact.slot_steps); refreshes > 0) {
      json["plan"]["refreshes"] = refreshes;
    }
  }
  return json;
}

std::string to_json_text(const Artifact& artifact) { return to_json(artifact).dump(2) + "\n"; }

}  // namespace equiripple
