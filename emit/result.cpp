// By the rows of the kinds.
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
  constexpr const char* names[] = {"", "x", "a", "b"};
  return names[static_cast<std::size_t>(input)];
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
