// Names of kinds and metrics.
#include "emit/kind.hpp"

#include <array>
#include <utility>

namespace equiripple {
namespace {

constexpr std::array<std::pair<Kind, const char*>, 17> kinds = {{
    {Kind::minimax, "minimax"},
    {Kind::sign, "sign"},
    {Kind::step, "step"},
    {Kind::compare, "compare"},
    {Kind::relu, "relu"},
    {Kind::abs, "abs"},
    {Kind::max, "max"},
    {Kind::min, "min"},
    {Kind::inverse, "inverse"},
    {Kind::rsqrt, "rsqrt"},
    {Kind::sqrt, "sqrt"},
    {Kind::exp, "exp"},
    {Kind::divide, "divide"},
    {Kind::softmax, "softmax"},
    {Kind::rmsnorm, "rmsnorm"},
    {Kind::layernorm, "layernorm"},
    {Kind::argmax, "argmax"},
}};

constexpr std::array<std::pair<Metric, const char*>, 6> metrics = {{
    {Metric::absolute, "absolute"},
    {Metric::relative, "relative"},
    {Metric::weighted, "weighted"},
    {Metric::relu, "relu"},
    {Metric::expected, "expected"},
    {Metric::share, "share"},
}};

template <class Table, class Key>
const char* find_name(const Table& table, Key key) {
  for (const auto& [known, name] : table) {
    if (known == key) return name;
  }
  return "";
}

template <class Key, class Table>
std::optional<Key> find_key(const Table& table, const std::string& name) {
  for (const auto& [key, known] : table) {
    if (name == known) return key;
  }
  return std::nullopt;
}

}  // namespace

const char* name_of(Kind kind) { return find_name(kinds, kind); }
std::optional<Kind> kind_named(const std::string& name) { return find_key<Kind>(kinds, name); }
const char* name_of(Metric metric) { return find_name(metrics, metric); }
std::optional<Metric> metric_named(const std::string& name) {
  return find_key<Metric>(metrics, name);
}

bool has_two_inputs(Kind kind) {
  return kind == Kind::compare || kind == Kind::max || kind == Kind::min || kind == Kind::divide;
}

bool is_corrected(Kind kind) {
  return kind == Kind::inverse || kind == Kind::rsqrt || kind == Kind::sqrt || kind == Kind::divide;
}

bool has_steps(Kind kind) { return kind == Kind::exp; }

bool is_of_slots(Kind kind) {
  return kind == Kind::softmax || kind == Kind::rmsnorm || kind == Kind::layernorm ||
         kind == Kind::argmax;
}

bool covers_gap(Kind kind) {
  return kind == Kind::relu || kind == Kind::abs || kind == Kind::max || kind == Kind::min;
}

}  // namespace equiripple
