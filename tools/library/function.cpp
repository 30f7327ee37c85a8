// The artifact in standard types.
#include "tools/library/function.hpp"

#include <equiripple/plain.hpp>
#include <limits>
#include <utility>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/json.hpp"
#include "emit/result.hpp"
#include "emit/slot_costs.hpp"
#include "emit/targets/targets.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple::library {
namespace {

std::array<double, 2> ends(const Interval& interval) {
  return {to_double(interval.lower), to_double(interval.upper)};
}

std::vector<std::array<double, 2>> intervals(const Domain& domain) {
  std::vector<std::array<double, 2>> all;
  for (const Interval& interval : domain) all.push_back(ends(interval));
  return all;
}

Error error_of(const ClaimRecord& claim, const Rational& unit) {
  const ErrorEnclosure& e = claim.error;
  return {.lower = to_double(e.lower, Rounding::down),
          .attained = to_double(e.attained, Rounding::down),
          .upper = to_double(e.upper, Rounding::up),
          .unit = to_double(unit),
          .metric = name_of(claim.metric),
          .is_proved = e.evidence == Evidence::proved};
}

Stage stage_of(const StageRecord& record) {
  const ChebyshevSeries& p = record.polynomial;
  Stage stage{.degree = p.degree(),
              .parity = name_of(p.parity),
              .basis = ends(p.basis),
              .domain = intervals(record.domain),
              .range = intervals(record.range),
              .error = error_of(record.claim, 1)};
  for (const Rational& c : p.coefficients) stage.coefficients.push_back(to_double(c));
  return stage;
}

Costs costs_of(const Plan& plan) {
  return {.levels = plan.costs.levels,
          .key_switches = plan.costs.key_switches,
          .tensor_products = plan.costs.tensor_products,
          .scalar_products = plan.costs.scalar_products,
          .rescalings = plan.costs.rescalings,
          .growth = to_double(plan.growth, Rounding::up)};
}

// Numbers, of any size: the range is what claims are about, not what values are defined on.
class UncheckedNumbers : public plain {
 private:
  using plain::check_input;
};

// The stages, and what is made of them; of two inputs x is a - b.
double value_of_stages(const Artifact& artifact, double a, double b) {
  if (is_of_slots(artifact.kind)) return std::numeric_limits<double>::quiet_NaN();  // of one number
  const double x = a - b;
  if (is_stepped(artifact)) {
    return StepEvaluator<double>(artifact.steps, polynomials_of(artifact))(x);
  }
  const double p = CompositeEvaluator<double>(polynomials_of(artifact))(x);
  return value_of(result_form(artifact), p, x, a, b);
}

}  // namespace

Function::Data::Data(Artifact made)
    : artifact(std::move(made)),
      kind(name_of(artifact.kind)),
      description(describe_function(artifact)),
      command(command_line(artifact.request)),
      json(to_json_text(artifact)),
      inputs(has_two_inputs(artifact.kind) ? 2 : 1),
      error(error_of(artifact.claim, claim_unit(artifact))) {
  for (const StageRecord& stage : artifact.stages) stages.push_back(stage_of(stage));
  if (is_of_slots(artifact.kind)) costs = costs_of(whole_plan(artifact));
  if (!artifact.plan) return;
  costs = costs_of(*artifact.plan);
  std::string text = to_program(artifact);
  try {
    program = Program::parse(text);
    program_text = std::move(text);
  } catch (const malformed_program&) {  // beyond what the runtime takes: the stages are evaluated
  }
}

Function function_of(Artifact artifact) {
  return Function(std::make_shared<const Function::Data>(std::move(artifact)));
}

const Artifact& artifact_of(const Function& function) { return function.data().artifact; }

Function::Function(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

const std::string& Function::name() const { return data_->artifact.name; }
const std::string& Function::description() const { return data_->description; }
const std::string& Function::command() const { return data_->command; }
int Function::inputs() const { return data_->inputs; }
const Error& Function::error() const { return data_->error; }
const std::vector<Stage>& Function::stages() const { return data_->stages; }
const std::optional<Costs>& Function::costs() const { return data_->costs; }
const std::string& Function::json() const { return data_->json; }
const std::string& Function::program() const { return data_->program_text; }
const std::string& Function::kind() const { return data_->kind; }

double Function::operator()(double x) const {
  if (inputs() != 1) return std::numeric_limits<double>::quiet_NaN();
  if (!data_->program) return value_of_stages(data_->artifact, x, 0);
  UncheckedNumbers he;
  return evaluate(*data_->program, he, x);
}

double Function::operator()(double a, double b) const {
  if (inputs() != 2) return std::numeric_limits<double>::quiet_NaN();
  if (!data_->program) return value_of_stages(data_->artifact, a, b);
  UncheckedNumbers he;
  return evaluate(*data_->program, he, a, b);
}

}  // namespace equiripple::library
