// The reader: every field is checked, the first that is wrong is named.
#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <equiripple/recording.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/legible.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/slots_json.hpp"
#include "generator/iteration/corrections.hpp"

namespace equiripple {
namespace {

// Thrown inside this file only, and caught at its border.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void reject(const std::string& where, const std::string& right) {
  throw Malformed(fmt::format("\"{}\" must be {}", where, right));
}

const Json& field(const Json& json, const char* name) {
  if (!json.is_object()) throw Malformed("an object is expected");
  const auto found = json.find(name);
  if (found == json.end()) throw Malformed(fmt::format("\"{}\" is missing", name));
  return *found;
}

std::string text(const Json& json, const char* name) {
  const Json& value = field(json, name);
  if (!value.is_string()) reject(name, "a string");
  return value.get<std::string>();
}

int integer(const Json& json, const char* name, int lowest, int highest) {
  const Json& value = field(json, name);
  const std::string right = fmt::format("a whole number from {} to {}", lowest, highest);
  if (!value.is_number_integer()) reject(name, right);
  // Beyond 2^63 the conversion below would wrap.
  if (value.is_number_unsigned() && value.get<unsigned long long>() > INT_MAX) reject(name, right);
  const auto number = value.get<long long>();
  if (number < lowest || number > highest) reject(name, right);
  return static_cast<int>(number);
}

Rational real(const Json& value, const char* name) {
  const auto number = value.is_string() ? parse_hexfloat(value.get<std::string>()) : std::nullopt;
  if (!number) reject(name, "a hex-float string such as \"0x1.8p+0\"");
  return *number;
}

const Json& list(const Json& json, const char* name, std::size_t most) {
  const Json& value = field(json, name);
  if (!value.is_array() || value.size() > most) {
    reject(name, fmt::format("a list of at most {}", most));
  }
  return value;
}

Interval interval(const Json& json, const char* name) {
  if (!json.is_array() || json.size() != 2) reject(name, "a pair of hex floats");
  return {real(json[0], name), real(json[1], name)};
}

Domain intervals(const Json& json, const char* name) {
  Domain domain;
  for (const Json& pair : list(json, name, most_intervals)) domain.push_back(interval(pair, name));
  return domain;
}

Parity parity(const Json& json) {
  const std::string name = text(json, "parity");
  if (name == "none") return Parity::none;
  if (name == "odd") return Parity::odd;
  if (name == "even") return Parity::even;
  reject("parity", "none, odd or even");
}

Evidence evidence_of(const Json& json) {
  const std::string evidence = text(json, "evidence");
  if (evidence == "measured") return Evidence::measured;
  if (evidence == "proved") return Evidence::proved;
  reject("evidence", "measured or proved");
}

ClaimRecord claim_in(const Json& value) {
  ClaimRecord result;
  result.error.lower = real(field(value, "lower"), "lower");
  result.error.attained = real(field(value, "attained"), "attained");
  result.error.upper = real(field(value, "upper"), "upper");
  result.error.evidence = evidence_of(value);
  const auto metric = metric_named(text(value, "metric"));
  if (!metric) reject("metric", "absolute, relative, weighted, relu, expected or share");
  result.metric = *metric;
  return result;
}

std::vector<Rational> reals(const Json& json, const char* name, std::size_t most) {
  std::vector<Rational> values;
  for (const Json& value : list(json, name, most)) values.push_back(real(value, name));
  return values;
}

DeviationRecord deviations(const Json& json) {
  constexpr std::size_t most = 2 * (highest_degree + 1);
  if (!json.is_object()) reject("deviations", "an object with table and program");
  return {.table = reals(json, "table", most), .program = reals(json, "program", most)};
}

bool is_objective(const ClaimRecord& claim) {
  return claim.metric == Metric::absolute || claim.metric == Metric::expected ||
         claim.metric == Metric::share;
}

ClaimRecord claim(const Json& json) {
  ClaimRecord result = claim_in(field(json, "error"));
  if (result.metric == Metric::expected || result.metric == Metric::share) {
    reject("metric", "absolute, relative, weighted or relu");
  }
  return result;
}

StageRecord stage(const Json& json) {
  StageRecord record;
  const int degree = integer(json, "degree", 0, highest_degree);
  record.polynomial.parity = parity(json);
  record.polynomial.basis = interval(field(json, "basis"), "basis");
  for (const Json& c : list(json, "coefficients", highest_degree + 1)) {
    record.polynomial.coefficients.push_back(real(c, "coefficients"));
  }
  if (record.polynomial.degree() != degree) {
    reject("coefficients", fmt::format("{} hex floats for degree {}", degree + 1, degree));
  }
  record.domain = intervals(json, "domain");
  record.range = intervals(json, "range");
  record.claim = claim(json);
  if (json.contains("rounding")) {
    const std::string method = text(json, "rounding");
    if (method != "lattice" && method != "one by one") reject("rounding", "one by one or lattice");
    if (method == "lattice") record.rounding = RoundingMethod::lattice;
  }
  if (json.contains("deviations")) record.deviations = deviations(json["deviations"]);
  return record;
}

Instruction instruction(const Json& json, const std::map<std::string, int>& known) {
  Instruction step;
  if (!set_operation(step, text(json, "op"))) reject("op", "an operation of the plan");
  step.name = text(json, "name");
  if (known.contains(step.name)) throw Malformed(fmt::format("\"{}\" is made twice", step.name));
  if (json.contains("args")) {
    const Json& args = list(json, "args", 2);
    if (args.empty()) reject("args", "one or two names");
    for (const Json& arg : args) {
      if (!arg.is_string()) reject("args", "names of earlier values");
      const auto found = known.find(arg.get<std::string>());
      if (found == known.end()) reject("args", "names of earlier values");
      (step.left < 0 ? step.left : step.right) = found->second;
    }
  }
  const char* scalar = step.operation == PlanOperation::stage ? "log2_scale" : "scalar";
  if (json.contains(scalar)) step.scalar = real(json[scalar], scalar);
  if (json.contains("centre")) step.centre = real(json["centre"], "centre");
  if (json.contains("half_width")) step.half_width = real(json["half_width"], "half_width");
  constexpr int largest = 1 << 20;
  const bool has_integer = step.operation != PlanOperation::stage && json.contains("integer");
  if (has_integer) step.integer = integer(json, "integer", -largest, largest);
  if (json.contains("carried")) {
    step.carried = integer(json, "carried", 1, detail::largest_carried);
  }
  step.depth = integer(json, "depth", 0, deepest_program);
  return step;
}

Plan plan(const Json& json) {
  Plan record;
  std::map<std::string, int> known;
  const Json& program = list(json, "program", most_instructions);
  for (const Json& step : program) {
    record.program.push_back(instruction(step, known));
    known[record.program.back().name] = static_cast<int>(record.program.size()) - 1;
  }
  const auto stated = [&](const char* name) { return integer(json, name, 0, deepest_program); };
  record.costs = {.levels = stated("levels"),
                  .key_switches = stated("key_switches"),
                  .tensor_products = stated("tensor_products"),
                  .scalar_products = stated("scalar_products"),
                  .rescalings = stated("rescalings")};
  record.growth = real(field(json, "growth"), "growth");
  record.output_scale_factor = real(field(json, "output_scale_factor"), "output_scale_factor");
  return record;
}

RequestRecord request(const Json& json) {
  RequestRecord record;
  record.command = text(json, "command");
  for (const auto& [name, value] : json.items()) {
    if (name == "command") continue;
    RequestOption option{.name = name, .values = {}};
    Json words = value.is_array() ? value : Json::array({value});
    if (value.is_boolean() && value.get<bool>()) words.clear();  // a flag
    for (const Json& word : words) {
      if (!word.is_string()) reject(name, "a string, a list of strings, or true");
      option.values.push_back(word.get<std::string>());
    }
    record.options.push_back(std::move(option));
  }
  return record;
}

Step step(const Json& json) {
  constexpr int last = static_cast<int>(most_steps);
  const auto operation = step_operation(text(json, "op"));
  if (!operation) reject("op", "polynomial, square, product, affine, refresh or sum");
  Step record{.operation = *operation};
  const bool two = reads_two(record.operation);
  const Json& operands = list(json, "of", 2);
  if (operands.size() != (two ? 2U : 1U))
    reject("of", two ? "two numbers" : "a list of one number");
  std::vector<int> values;
  for (const Json& operand : operands) {
    values.push_back(integer(Json{{"of", operand}}, "of", 0, last));
  }
  record.left = values.front();
  if (two) record.right = values.back();
  if (record.operation == StepOperation::polynomial) {
    record.polynomial = integer(json, "stage", 1, most_stages) - 1;
  }
  if (record.operation == StepOperation::affine) {
    record.scale = real(field(json, "scale"), "scale");
    record.offset = real(field(json, "offset"), "offset");
  }
  if (record.operation == StepOperation::refresh) {
    record.noise = real(field(json, "noise"), "noise");
  }
  return record;
}

OutsideReach outside(const Json& json) {
  OutsideReach result{.bound = real(field(json, "bound"), "bound"),
                      .reach = interval(field(json, "reach"), "reach"),
                      .evidence = evidence_of(json)};
  if (json.contains("side")) result.side = real(json["side"], "side");
  return result;
}

Artifact many_slots(const Json& json, Artifact result);

Artifact artifact(const Json& json) {
  if (text(json, "format") != "equiripple") reject("format", "\"equiripple\"");
  const int version = integer(json, "version", artifact_version, version_of_steps);
  Artifact result;
  result.name = text(json, "name");
  const auto kind = kind_named(text(json, "kind"));
  if (!kind) {
    reject("kind",
           "minimax, sign, step, compare, relu, abs, max, min, inverse, rsqrt, sqrt, exp, softmax, "
           "rmsnorm, layernorm, argmax or largest");
  }
  if (is_corrected(*kind)) result.corrections = integer(json, "corrections", 0, most_corrections);
  result.request = request(field(json, "request"));
  result.kind = kind_of_file(*kind, result.request.command);
  const bool has_objectives = version == version_of_steps && json.contains("objectives");
  if (has_objectives) {
    constexpr std::size_t most = 3;
    for (const Json& one : list(json, "objectives", most)) {
      result.objectives.push_back(claim_in(one));
      if (!is_objective(result.objectives.back())) {
        reject("metric", "absolute, expected or share, of objectives");
      }
    }
  }
  if (is_of_slots(*kind)) return many_slots(json, std::move(result));
  if (version == version_of_steps && (json.contains("steps") || !has_objectives)) {
    for (const Json& one : list(json, "steps", most_steps)) result.steps.push_back(step(one));
  }
  const Json& stages = list(json, "stages", most_stages);
  for (const Json& one : stages) result.stages.push_back(stage(one));
  result.claim = claim(json);
  if (json.contains("outside")) result.outside = outside(json["outside"]);
  if (!field(json, "plan").is_null()) result.plan = plan(json["plan"]);
  if (const std::string defect = defect_of(result); !defect.empty()) throw Malformed(defect);
  return result;
}

// Its costs follow from the parts.
Artifact many_slots(const Json& json, Artifact result) {
  auto steps = slot_steps_from_json(list(json, "steps", most_slot_steps));
  if (!steps) throw Malformed(steps.error().why);
  result.slot_steps = *std::move(steps);
  for (const Json& one : list(json, "parts", most_parts)) {
    Artifact part = artifact(one);
    if (is_of_slots(part.kind)) throw Malformed("a part has parts");
    result.parts.push_back(std::move(part));
  }
  if (!list(json, "stages", most_stages).empty()) throw Malformed("it has stages of its own");
  result.claim = claim(json);
  if (const std::string defect = defect_of(result); !defect.empty()) throw Malformed(defect);
  return result;
}

}  // namespace

Expected<Artifact> artifact_from_json(const Json& json) {
  try {
    return artifact(json);
  } catch (const Malformed& defect) {
    return Defect{printable(defect.what())};
  }
}

Expected<Json> parse_json(const std::string& text) {
  // The reader takes it for the end, whatever follows.
  if (text.find('\0') != std::string::npos) return Defect{"the text has a NUL byte"};
  constexpr int deepest = 32;  // chosen: artifacts nest five deep
  bool too_deep = false;
  std::string twice;
  std::map<int, std::set<std::string>> names;  // of the objects that are open, by depth
  const auto look = [&](int depth, Json::parse_event_t event, Json& value) {
    too_deep = too_deep || depth > deepest;
    if (event == Json::parse_event_t::object_start) names[depth + 1].clear();
    if (event == Json::parse_event_t::key) {
      const auto& name = value.get_ref<const std::string&>();
      if (!names[depth].insert(name).second && twice.empty()) twice = name;
    }
    return !too_deep;
  };
  Json json = Json::parse(text, look, /*allow_exceptions=*/false);
  if (too_deep) return Defect{"the JSON is nested too deeply"};
  if (!twice.empty()) {
    return Defect{printable(fmt::format("\"{}\" stands twice in one object", twice))};
  }
  if (json.is_discarded()) return Defect{"the text is not JSON"};
  return json;
}

Expected<Artifact> artifact_from_json_text(const std::string& text) {
  const Expected<Json> json = parse_json(text);
  return json ? artifact_from_json(*json) : json.error();
}

}  // namespace equiripple
