// The rows.
#include "emit/result.hpp"

#include "emit/direct.hpp"

namespace equiripple {
namespace {

using Input = ResultForm::Input;

// Of one polynomial of the function itself, of x or a - b.
ResultForm of_direct(Kind kind) {
  const ResultForm form = result_form(kind);
  return {.summand = form.summand, .sign = form.sign};
}

}  // namespace

ResultForm result_form(Kind kind) {
  switch (kind) {
    case Kind::step:
    case Kind::compare: return {.is_halved = true};
    case Kind::relu: return {.factor = Input::x, .is_halved = true};
    case Kind::abs: return {.factor = Input::x};
    case Kind::max: return {.summand = Input::b, .factor = Input::x, .is_halved = true};
    case Kind::min: return {.summand = Input::a, .sign = -1, .factor = Input::x, .is_halved = true};
    case Kind::sqrt: return {.factor = Input::x};
    case Kind::divide: return {.factor = Input::a};
    case Kind::minimax:
    case Kind::sign:
    case Kind::inverse:
    case Kind::rsqrt:
    case Kind::exp:
    case Kind::softmax:
    case Kind::rmsnorm:
    case Kind::layernorm:
    case Kind::argmax: break;
  }
  return {};
}

ResultForm result_form(const Artifact& artifact) {
  if (is_direct(artifact)) return of_direct(artifact.kind);
  if (artifact.kind == Kind::divide && artifact.corrections > 0) return {};
  return result_form(kind_of_result(artifact));
}

Steps steps_of_value(const Artifact& artifact) {
  if (!is_stepped(artifact)) return chain_of(artifact.stages.size());
  Steps steps = without_refreshes(artifact.steps);
  const ResultForm form = result_form(artifact);
  if (form.factor != ResultForm::Input::none) steps.pop_back();
  if (form.is_halved) steps.pop_back();
  return steps;
}

Rational error_of_sign(Kind kind) {
  const Rational of_step = result_form(kind).is_halved ? Rational(1, 2) : Rational(1);
  if (covers_gap(kind)) return 2 * of_step;
  return of_step;
}

const char* name_of(ResultForm::Input input) {
  switch (input) {
    case Input::x: return "x";
    case Input::a: return "a";
    case Input::b: return "b";
    case Input::none: break;
  }
  return "";
}

std::string formula_of(const ResultForm& form, const ResultNotation& notation) {
  std::string text =
      form.is_halved ? "(1 + " + notation.value + ")" + notation.half : notation.value;
  if (form.factor != Input::none) text = name_of(form.factor) + notation.times + text;
  const char* sign = form.sign < 0 ? "-" : "";
  if (form.summand == Input::none) return sign + text;
  return std::string(name_of(form.summand)) + (form.sign < 0 ? " - " : " + ") + text;
}

}  // namespace equiripple
