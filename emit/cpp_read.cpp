// Reads the code of an emitted header: its tables, claims and operations, not a copy of them.
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "emit/cpp_header.hpp"
#include "emit/hexfloat.hpp"
#include "emit/instruction_text.hpp"
#include "emit/json.hpp"
#include "emit/legible.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/slots_cpp.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

// Thrown inside this file only, and caught at its border.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The code without comments, in which the tables are looked up. Texts in quotes stay in one line.
std::string without_comments(std::string_view text) {
  std::string code;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '\n') quoted = text[i] == '"' && !quoted;
    if (!quoted && text.substr(i, 2) == "//") i = std::min(text.find('\n', i), text.size());
    if (i < text.size()) code += text[i];
  }
  return code;
}

// A literal, where C++ and the grammar of expressions mean the same: no 1/4 (which C++ makes 0), no
// 2^3 (1), no 010 (8), no pi.
bool is_literal(std::string_view token) {
  constexpr std::size_t longest_literal = 2000;  // chosen: the 1074 digits of a subnormal
  if (token.starts_with('-') || token.starts_with('+')) token.remove_prefix(1);
  if (token.empty() || token.size() > longest_literal) return false;
  char before = 'e';
  for (const char c : token) {
    const bool sign_of_exponent = (c == '-' || c == '+') && (before == 'e' || before == 'E');
    if (!(c >= '0' && c <= '9') && c != '.' && c != 'e' && c != 'E' && !sign_of_exponent) {
      return false;
    }
    before = c;
  }
  const bool octal = token.front() == '0' && token.find_first_not_of("01234567") == token.npos;
  return token.front() != 'e' && token.front() != 'E' && (!octal || token == "0");
}

// What a compiler would make of a number in the code: binary64.
Rational number(std::string_view token, const std::string& where) {
  auto exact = parse_hexfloat(token);
  if (!exact && is_literal(token)) {
    if (const auto decimal = parse_number(token)) exact = *decimal;
  }
  if (!exact || !std::isfinite(to_double(*exact))) {
    throw Unreadable(fmt::format("in {}: '{}' is no number", where, token.substr(0, 40)));
  }
  return Rational(to_double(*exact));
}

class HeaderReader {
 public:
  explicit HeaderReader(const std::string& text) : text_(text), code_(without_comments(text)) {}

  // What joins `parts`.
  Artifact read_whole(const Json& parts) {
    Json json = record();
    json["name"] = namespace_name();
    json["parts"] = parts;
    complete_claim(json, "claim");
    json["plan"] = nullptr;
    Expected<Artifact> result = artifact_from_json(json);
    if (!result) throw Unreadable(result.error().why);
    return *std::move(result);
  }

  Artifact read() {
    Json json = record();
    const Json* stages = json.contains("stages") ? &json["stages"] : nullptr;
    if (stages == nullptr || !stages->is_array()) throw Unreadable("the record has no stages");
    if (stages->size() > most_stages) throw Unreadable("the record has too many stages");
    json["name"] = namespace_name();
    int index = 0;
    for (Json& stage : json["stages"]) complete_stage(stage, std::to_string(++index));
    complete_claim(json, "claim");
    json["plan"] = nullptr;
    Expected<Artifact> result = artifact_from_json(json);
    if (!result) throw Unreadable(result.error().why);
    Artifact artifact = *std::move(result);
    artifact.plan = plan();
    if (const std::string defect = defect_of(artifact); !defect.empty()) throw Unreadable(defect);
    return artifact;
  }

 private:
  Json record() const {
    // A whole line: the request may hold the same words.
    const std::size_t mark = text_.rfind(fmt::format("\n{}\n", record_mark));
    if (mark == std::string::npos) throw Unreadable("the record at the end is missing");
    std::string json;
    std::size_t begin = text_.find('\n', mark + 1);
    while (begin != std::string::npos && text_.compare(begin + 1, 3, "// ") == 0) {
      const std::size_t end = text_.find('\n', begin + 1);
      json += text_.substr(begin + 4, end == std::string::npos ? end : end - begin - 4) + "\n";
      begin = end;
    }
    Expected<Json> parsed = parse_json(json);
    if (!parsed) throw Unreadable("in the record: " + parsed.error().why);
    if (!parsed->is_object()) throw Unreadable("the record is no object");
    return *std::move(parsed);
  }

  std::string namespace_name() const {
    constexpr std::string_view keyword = "\nnamespace ";
    const std::size_t found = code_.find(keyword);
    if (found == std::string::npos) throw Unreadable("there is no namespace");
    std::string name;
    for (std::size_t i = found + keyword.size(); i < code_.size() && is_word(code_[i]); ++i) {
      name += code_[i];
    }
    return name;
  }

  // What stands between the braces of `name = {...};`.
  std::vector<std::string> words_of(const std::string& name) const {
    const std::size_t found = code_.find(" " + name + " = {");
    if (found == std::string::npos) throw Unreadable("the table " + name + " is missing");
    const std::size_t begin = code_.find('{', found);
    const std::size_t end = code_.find(';', begin);
    if (end == std::string::npos) throw Unreadable("the table " + name + " does not end");
    std::vector<std::string> words;
    std::string token;
    for (const char c : std::string_view(code_).substr(begin, end - begin)) {
      if (c != ',' && c != '{' && c != '}' && c != '\n' && c != ' ') {
        token += c;
      } else if (!token.empty()) {
        words.push_back(std::move(token));
        token.clear();
      }
    }
    return words;
  }

  std::vector<Rational> table(const std::string& name) const {
    std::vector<Rational> numbers;
    for (const std::string& word : words_of(name)) numbers.push_back(number(word, name));
    return numbers;
  }

  Json pairs(const std::string& name) const {
    const auto numbers = table(name);
    if (numbers.size() % 2 != 0) throw Unreadable("the table " + name + " is no list of pairs");
    Json list = Json::array();
    for (std::size_t i = 0; i < numbers.size(); i += 2) {
      list.push_back({hexfloat(numbers[i]), hexfloat(numbers[i + 1])});
    }
    return list;
  }

  void complete_stage(Json& stage, const std::string& suffix) const {
    Json coefficients = Json::array();
    for (const Rational& c : table("coefficients_" + suffix)) coefficients.push_back(hexfloat(c));
    const Json basis = pairs("basis_" + suffix);
    if (basis.size() != 1) throw Unreadable("basis_" + suffix + " is no pair");
    stage["coefficients"] = std::move(coefficients);
    stage["basis"] = basis[0];
    stage["domain"] = pairs("domain_" + suffix);
    stage["range"] = pairs("range_" + suffix);
    complete_claim(stage, "claim_" + suffix);
  }

  void complete_claim(Json& json, const std::string& name) const {
    // The rest follows from the record: foreign_line_in_cpp compares it.
    const auto words = words_of(name);
    if (words.size() != 6) {
      throw Unreadable(name + " is not lower, attained, upper, unit, metric, evidence");
    }
    std::vector<Rational> ends;
    for (int i = 0; i < 3; ++i) ends.push_back(number(words[static_cast<std::size_t>(i)], name));
    if (!json.contains("error") || !json["error"].is_object()) {
      throw Unreadable("the record has no \"error\" for " + name);
    }
    json["error"]["lower"] = hexfloat(ends[0]);
    json["error"]["attained"] = hexfloat(ends[1]);
    json["error"]["upper"] = hexfloat(ends[2]);
  }

  Rational constant(const std::string& name) const {
    const std::string before = " " + name + " = ";
    const std::size_t found = code_.find(before);
    if (found == std::string::npos) throw Unreadable("the constant " + name + " is missing");
    const std::size_t begin = found + before.size();
    return number(std::string_view(code_).substr(begin, code_.find(';', begin) - begin), name);
  }

  Plan plan() {
    Plan plan;
    std::size_t at = code_.find("static Value run(Evaluator& he");
    if (at == std::string::npos) throw Unreadable("the plan is missing");
    const std::size_t body = code_.find('{', at);
    if (body == std::string::npos) throw Unreadable("the plan is cut off");
    for (const std::string& name : words_after("const Value& ", at, body)) {
      add(plan, {.operation = PlanOperation::input, .name = name});
    }
    constexpr std::string_view line = "const Value ";
    const std::size_t end = code_.find("\n    return ", body);
    if (end == std::string::npos) throw Unreadable("the plan is cut off");
    for (at = code_.find(line, body); at < end; at = code_.find(line, at)) {
      at += line.size();
      const std::size_t stop = code_.find(");", at);
      if (stop == std::string::npos) throw Unreadable("the plan is cut off");
      add(plan, instruction(std::string_view(code_).substr(at, stop - at), plan));
    }
    plan.costs = {.levels = whole(constant("levels")),
                  .key_switches = whole(constant("key_switches")),
                  .tensor_products = whole(constant("tensor_products")),
                  .scalar_products = whole(constant("scalar_products")),
                  .rescalings = whole(constant("rescalings"))};
    plan.growth = constant("growth");
    plan.output_scale_factor = constant("output_scale_factor");
    return plan;
  }

  std::vector<std::string> words_after(std::string_view mark, std::size_t from,
                                       std::size_t to) const {
    std::vector<std::string> words;
    for (std::size_t i = code_.find(mark, from); i < to; i = code_.find(mark, i)) {
      i += mark.size();
      std::string word;
      for (; i < to && is_word(code_[i]); ++i) word += code_[i];
      words.push_back(word);
    }
    return words;
  }

  void add(Plan& plan, Instruction step) {
    if (plan.program.size() == most_instructions) throw Unreadable("the plan is too long");
    if (!values_.emplace(step.name, static_cast<int>(plan.program.size())).second) {
      throw Unreadable("the plan makes " + step.name + " twice");
    }
    plan.program.push_back(std::move(step));
  }

  // "t2 = he.square(t1": a name, an operation, arguments.
  Instruction instruction(std::string_view line, const Plan& plan) const {
    const auto broken = [&] {
      return Unreadable(fmt::format("the plan's line '{}' is no operation", line.substr(0, 60)));
    };
    constexpr std::string_view call = " = he.";
    const std::size_t equals = line.find(call);
    const std::size_t open = line.find('(');
    if (equals == std::string_view::npos || open == std::string_view::npos || open < equals) {
      throw broken();
    }
    const std::size_t verb = equals + call.size();
    Instruction step{.name = std::string(line.substr(0, equals))};
    const bool is_known = set_operation(step, std::string(line.substr(verb, open - verb)));
    if (!is_known || step.operation == PlanOperation::input) throw broken();
    std::vector<Rational> numbers;
    for (std::size_t begin = open + 1; begin < line.size();) {
      const std::size_t end = std::min(line.find(", ", begin), line.size());
      const std::string token(line.substr(begin, end - begin));
      begin = end + 2;
      const auto value = values_.find(token);
      if (value == values_.end()) {
        numbers.push_back(number(token, step.name));
      } else if (step.right < 0) {
        (step.left < 0 ? step.left : step.right) = value->second;
      } else {
        throw broken();
      }
    }
    const ArgumentCount count = argument_count(step.operation);
    if (numbers.size() < count.least || numbers.size() > count.most || step.left < 0) {
      throw broken();
    }
    return with_numbers(std::move(step), numbers, plan);
  }

  static Unreadable no_count() { return Unreadable("a count in the plan is not whole"); }

  static int whole(const Rational& q) {
    if (const auto count = whole_count(q)) return *count;
    throw no_count();
  }

  static Instruction with_numbers(Instruction step, const std::vector<Rational>& numbers,
                                  const Plan& plan) {
    const auto depth = [&](int i) { return plan.program[static_cast<std::size_t>(i)].depth; };
    step.depth = std::max(depth(step.left), step.right < 0 ? 0 : depth(step.right));
    if (step.operation == PlanOperation::rescale) ++step.depth;
    if (!set_arguments(step, numbers)) throw no_count();
    return step;
  }

  const std::string& text_;
  std::string code_;
  std::map<std::string, int> values_;
};

}  // namespace

Expected<Artifact> artifact_from_cpp(const std::string& text) {
  try {
    const std::vector<std::string> segments = segments_of_cpp(text);
    if (segments.size() == 1) return HeaderReader(text).read();
    if (segments.size() > most_parts) throw Unreadable("there are too many parts");
    Json parts = Json::array();
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
      parts.push_back(to_json(HeaderReader(segments[i]).read()));
    }
    return HeaderReader(segments.back()).read_whole(parts);
  } catch (const Unreadable& defect) {
    return Defect{printable(defect.what())};
  }
}

}  // namespace equiripple
