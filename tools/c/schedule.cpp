// The runtime evaluates the program on a backend that writes down what it is called for.
#include "tools/c/schedule.hpp"

#include <cmath>
#include <equiripple/program.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace equiripple {
namespace {

using Json = nlohmann::ordered_json;

struct Chain {
  std::vector<double> moduli;      // by level; the first is not rescaled by
  std::vector<double> prescribed;  // scales of results by level; empty where every scale is read
};

// An operand is the number of its value; the inputs are the first ones.
struct Value {
  int number = 0;
  int level = 0;
  double scale = 0;
};

class Writer {
 public:
  using Ciphertext = Value;
  struct Plaintext {
    double value;
    double scale;
  };

  Writer(const Chain& chain, int inputs) : chain_(chain), values_(inputs) {}

  Plaintext encode(double value, int, double scale) const { return {value, scale}; }
  Value multiply(const Value& x, const Value& y) {
    return write("multiply", {x.number, y.number}, x.level, x.scale * y.scale);
  }
  Value square(const Value& x) { return write("square", {x.number}, x.level, x.scale * x.scale); }
  Value relinearize(const Value& x) { return write("relinearize", {x.number}, x.level, x.scale); }
  Value rescale(const Value& x) {
    return write("rescale", {x.number}, x.level - 1, x.scale / modulus_at(x.level));
  }
  Value multiply_plain(const Value& x, const Plaintext& c) {
    const Value result = write("multiply_scalar", {x.number}, x.level, x.scale * c.scale);
    return with_scalar(result, c);
  }
  Value add_plain(const Value& x, const Plaintext& c) {
    return with_scalar(write("add_scalar", {x.number}, x.level, x.scale), c);
  }
  Value add(const Value& x, const Value& y) {
    return write("add", {x.number, y.number}, x.level, x.scale);
  }
  Value sub(const Value& x, const Value& y) {
    return write("sub", {x.number, y.number}, x.level, x.scale);
  }
  Value negate(const Value& x) { return multiply_integer(x, -1); }
  Value multiply_integer(const Value& x, int factor) {
    const Value result = write("multiply_integer", {x.number}, x.level, x.scale);
    calls_.back()["integer"] = factor;
    return result;
  }
  Value drop_to_level(const Value& x, int level) {
    return write("drop", {x.number}, level, x.scale);
  }

  int level(const Value& x) const { return x.level; }
  double scale(const Value& x) const { return x.scale; }
  double modulus_at(int level) const { return chain_.moduli.at(static_cast<std::size_t>(level)); }
  int top_level() const { return static_cast<int>(chain_.moduli.size()) - 1; }
  double modulus_bits(int level) const {
    double bits = 0;
    for (int at = 0; at <= level; ++at) bits += std::log2(modulus_at(at));
    return bits;
  }
  void set_scale(Value& x, double scale) {
    if (x.scale != scale) x = write("read", {x.number}, x.level, scale);
  }

  Json take() { return std::move(calls_); }

 private:
  Value write(const char* operation, Json operands, int level, double scale) {
    calls_.push_back({{"operation", operation},
                      {"operands", std::move(operands)},
                      {"level", level},
                      {"scale", scale}});
    return {values_++, level, scale};
  }
  Value with_scalar(const Value& result, const Plaintext& c) {
    calls_.back()["scalar"] = c.value;
    calls_.back()["encoding"] = c.scale;
    return result;
  }

 protected:
  const Chain& chain_;

 private:
  int values_;
  Json calls_ = Json::array();
};

// Of a library that reads what it is given at the scale of its level and at no other.
class PrescribedWriter : public Writer {
 public:
  using Writer::Writer;
  double prescribed_scale(int level) const {
    return chain_.prescribed.at(static_cast<std::size_t>(level));
  }
};

template <class Backend>
Json calls_of(const Program& program, const Chain& chain, const std::vector<Value>& inputs) {
  Backend writer(chain, program.inputs());
  const Value result = program.inputs() == 1
                           ? evaluate(program, writer, inputs.at(0))
                           : evaluate(program, writer, inputs.at(0), inputs.at(1));
  return {{"calls", writer.take()},
          {"result", result.number},
          {"level", result.level},
          {"scale", result.scale}};
}

library::Text refused(library::Status status, const std::string& sentence) {
  library::Text text;
  text.status = status;
  text.sentence = sentence;
  return text;
}

struct Parameters {
  Chain chain;
  std::vector<Value> inputs;
};

// Nothing where the text is other than equiripple.h says.
std::optional<Parameters> parameters_in(const std::string& text, int count) try {
  constexpr std::size_t most_moduli = 1000;  // chosen: chains have tens
  const Json json = Json::parse(text);
  Parameters read{{json.at("moduli").get<std::vector<double>>(), {}}, {}};
  const std::size_t levels = read.chain.moduli.size();
  if (levels == 0 || levels > most_moduli) return std::nullopt;
  for (const double modulus : read.chain.moduli) {
    if (!(modulus > 1) || !std::isfinite(modulus)) return std::nullopt;
  }
  if (json.contains("prescribed")) {
    read.chain.prescribed = json.at("prescribed").get<std::vector<double>>();
    if (read.chain.prescribed.size() != levels) return std::nullopt;
    for (const double scale : read.chain.prescribed) {
      if (!(scale > 1) || !std::isfinite(scale)) return std::nullopt;
    }
  }
  for (const Json& input : json.at("inputs")) {
    read.inputs.push_back({static_cast<int>(read.inputs.size()), input.at("level").get<int>(),
                           input.at("scale").get<double>()});
  }
  if (read.inputs.size() != static_cast<std::size_t>(count)) return std::nullopt;
  for (const Value& input : read.inputs) {
    if (input.level < 0 || input.level >= static_cast<int>(levels)) return std::nullopt;
  }
  return read;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

}  // namespace

library::Text schedule_text(const library::Function& function, const std::string& parameters) {
  if (function.program().empty()) {
    return refused(library::Status::cannot_be_met, "the function has no plan for ciphertexts");
  }
  const Program program = Program::parse(function.program());
  const auto read = parameters_in(parameters, program.inputs());
  if (!read) {
    return refused(library::Status::wrong_request,
                   "a schedule needs {\"moduli\": [numbers above 1, of level 0 first], \"inputs\": "
                   "[{\"level\", \"scale\"}, one for each], \"prescribed\": [a scale for each "
                   "level], or none}");
  }
  try {
    library::Text text;
    text.status = library::Status::done;
    text.text = (read->chain.prescribed.empty()
                     ? calls_of<Writer>(program, read->chain, read->inputs)
                     : calls_of<PrescribedWriter>(program, read->chain, read->inputs))
                    .dump();
    return text;
  } catch (const evaluation_error& refusal) {
    return refused(library::Status::cannot_be_met, refusal.what());
  }
}

}  // namespace equiripple
