// For HEIR: typed Chebyshev polynomials for its polynomial.eval, and the plan as a function.
#include <fmt/format.h>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/result.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/mlir_plan.hpp"
#include "emit/targets/targets.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {

std::string to_mlir(const Artifact& artifact) {
  std::string text = head_lines(artifact, "// ", "mlir", ".mlir");
  text +=
      "//\n// polynomial.eval #stage, %x {domain_lower = ..., domain_upper = ...} : f64, stage "
      "after "
      "stage.\n"
      "// HEIR drops coefficients under 1e-12.\n"
      "!poly = !polynomial.polynomial<ring=<coefficientType=f64>>\n";
  text += claim_lines("// ", "upper", "unit", "metric");
  text += fmt::format(
      "#{}_error = {{upper = {} : f64, unit = {} : f64, metric = \"{}\", evidence = \"{}\"}}\n",
      artifact.name, exact_decimal(Rational(to_double(artifact.claim.error.upper, Rounding::up))),
      exact_decimal(claim_unit(artifact)), name_of(artifact.claim.metric),
      name_of(artifact.claim.error.evidence));
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    const ChebyshevSeries& p = artifact.stages[i].polynomial;
    text += fmt::format("// stage {}: domain_lower = {} : f64, domain_upper = {} : f64\n", i + 1,
                        exact_decimal(p.basis.lower), exact_decimal(p.basis.upper));
    text += fmt::format("#{}_{} = #polynomial.typed_chebyshev_polynomial<[", artifact.name, i + 1);
    for (std::size_t k = 0; k < p.coefficients.size(); ++k) {
      text += (k == 0 ? "\n  " : ",\n  ") + exact_decimal(p.coefficients[k]);
    }
    text += "\n]> : !poly\n";
  }
  if (const int squares = squares_at_end(artifact.steps); squares > 0) {
    text += fmt::format("// The result is the value of the last stage, squared {}.\n",
                        plural(squares, "time"));
  }
  if (artifact.kind == Kind::minimax && covers_gap(kind_of_result(artifact))) {
    text += fmt::format("// The result is {} of the value v of the last stage.\n",
                        formula_of(result_form(artifact), {.value = "v"}));
  }
  if (const int doublings = doublings_at_end(artifact.steps); doublings > 0) {
    text += fmt::format("// The result is the value of the last stage after {}: v -> 2 v^2 - 1.\n",
                        plural(doublings, "doubling"));
  }
  if (const auto form = modular_form(artifact.steps); form && form->has_arcsine) {
    text += fmt::format("// Stage 2 is of the value of stage 1 after {}: v -> 2 v^2 - 1.\n",
                        plural(form->doublings, "doubling"));
  }
  if (is_corrected(artifact.kind)) text += "// It is the start, which the plan corrects.\n";
  return artifact.plan ? text + plan_to_mlir(*artifact.plan, artifact.name) : text;
}

}  // namespace equiripple
