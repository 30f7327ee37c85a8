// One row of facts for each kind.
#include "emit/kind.hpp"

#include <array>
#include <utility>

namespace equiripple {
namespace {

enum class Way : unsigned char { polynomials, corrected, steps, slots };
using Input = ResultForm::Input;

struct KindFacts {
  Kind kind;
  const char* name;
  const char* function = "";  // as people write it
  ResultForm form{};
  Way way = Way::polynomials;
  bool has_two_inputs = false;
  bool covers_gap = false;
};

constexpr std::array<KindFacts, 18> kinds = {{
    {.kind = Kind::minimax, .name = "minimax"},
    {.kind = Kind::sign, .name = "sign", .function = "sign(x)"},
    {.kind = Kind::step,
     .name = "step",
     .function = "step(x) = (1 + sign(x)) / 2",
     .form = {.is_halved = true}},
    {.kind = Kind::compare,
     .name = "compare",
     .function = "compare(a, b) = (1 + sign(a - b)) / 2",
     .form = {.is_halved = true},
     .has_two_inputs = true},
    {.kind = Kind::relu,
     .name = "relu",
     .function = "relu(x) = max(x, 0)",
     .form = {.factor = Input::x, .is_halved = true},
     .covers_gap = true},
    {.kind = Kind::abs,
     .name = "abs",
     .function = "|x|",
     .form = {.factor = Input::x},
     .covers_gap = true},
    {.kind = Kind::max,
     .name = "max",
     .function = "max(a, b)",
     .form = {.summand = Input::b, .factor = Input::x, .is_halved = true},
     .has_two_inputs = true,
     .covers_gap = true},
    {.kind = Kind::min,
     .name = "min",
     .function = "min(a, b)",
     .form = {.summand = Input::a, .sign = -1, .factor = Input::x, .is_halved = true},
     .has_two_inputs = true,
     .covers_gap = true},
    {.kind = Kind::inverse, .name = "inverse", .function = "1/x", .way = Way::corrected},
    {.kind = Kind::rsqrt, .name = "rsqrt", .function = "1/sqrt(x)", .way = Way::corrected},
    {.kind = Kind::sqrt,
     .name = "sqrt",
     .function = "sqrt(x)",
     .form = {.factor = Input::x},
     .way = Way::corrected},
    {.kind = Kind::exp, .name = "exp", .function = "exp(x)", .way = Way::steps},
    {.kind = Kind::divide,
     .name = "divide",
     .function = "a/b",
     .form = {.factor = Input::a},
     .way = Way::corrected,
     .has_two_inputs = true},
    {.kind = Kind::softmax, .name = "softmax", .way = Way::slots},
    {.kind = Kind::rmsnorm, .name = "rmsnorm", .way = Way::slots},
    {.kind = Kind::layernorm, .name = "layernorm", .way = Way::slots},
    {.kind = Kind::argmax, .name = "argmax", .way = Way::slots},
    {.kind = Kind::largest, .name = "largest", .way = Way::slots},
}};

constexpr const KindFacts& facts_of(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i].kind != static_cast<Kind>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

constexpr std::array<std::pair<Metric, const char*>, 6> metrics = {{
    {Metric::absolute, "absolute"},
    {Metric::relative, "relative"},
    {Metric::weighted, "weighted"},
    {Metric::relu, "relu"},
    {Metric::expected, "expected"},
    {Metric::share, "share"},
}};

}  // namespace

ResultForm result_form(Kind kind) { return facts_of(kind).form; }

const char* name_of(Kind kind) { return facts_of(kind).name; }

const char* function_of(Kind kind) { return facts_of(kind).function; }

std::optional<Kind> kind_named(const std::string& name) {
  for (const KindFacts& row : kinds) {
    if (name == row.name) return row.kind;
  }
  return std::nullopt;
}

const char* name_of(Metric metric) {
  for (const auto& [known, name] : metrics) {
    if (known == metric) return name;
  }
  return "";
}

std::optional<Metric> metric_named(const std::string& name) {
  for (const auto& [metric, known] : metrics) {
    if (name == known) return metric;
  }
  return std::nullopt;
}

bool has_two_inputs(Kind kind) { return facts_of(kind).has_two_inputs; }
bool is_corrected(Kind kind) { return facts_of(kind).way == Way::corrected; }
bool has_steps(Kind kind) { return facts_of(kind).way == Way::steps; }
bool is_of_slots(Kind kind) { return facts_of(kind).way == Way::slots; }
bool covers_gap(Kind kind) { return facts_of(kind).covers_gap; }

}  // namespace equiripple
