// Coefficients as tables: for spreadsheets, and for papers.
#include <fmt/format.h>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

std::string latex_text(const std::string& text) {
  std::string safe;
  for (const char c : comment_text(text)) {
    switch (c) {
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}': safe += std::string("\\") + c; break;
      case '~': safe += "\\textasciitilde{}"; break;
      case '^': safe += "\\textasciicircum{}"; break;
      case '<': safe += "\\textless{}"; break;
      case '>': safe += "\\textgreater{}"; break;
      case '|': safe += "\\textbar{}"; break;
      default: safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string to_csv(const Artifact& artifact) {
  std::string text = head_lines(artifact, "# ", "csv", ".csv");
  // The claim is about the function: the same in every line, so that each stands for itself.
  const std::string claim =
      fmt::format("{},{},{},{}", claim_upper_text(artifact), claim_unit_text(artifact),
                  name_of(artifact.claim.metric), name_of(artifact.claim.error.evidence));
  text +=
      "stage,lower,upper,k,coefficient,decimal,error_at_most,error_unit,error_metric,error_evidence"
      "\n";
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    const ChebyshevSeries& p = artifact.stages[i].polynomial;
    for (std::size_t k = 0; k < p.coefficients.size(); ++k) {
      text += fmt::format("{},{},{},{},{},{},{}\n", i + 1, hexfloat(p.basis.lower),
                          hexfloat(p.basis.upper), k, hexfloat(p.coefficients[k]),
                          exact_decimal(p.coefficients[k]), claim);
    }
  }
  return text;
}

std::string to_latex(const Artifact& artifact) {
  std::string text = head_lines(artifact, "% ", "latex", ".tex");
  const Rational unit = claim_unit(artifact);
  text += fmt::format(
      "\\begin{{table}}\n  \\centering\n"
      "  \\caption{{{}: coefficients $c_k$ of $T_k$; error at most {}{} ({}; {}).}}\n"
      "  \\begin{{tabular}}{{rrl}}\n    \\toprule\n    stage & $k$ & $c_k$ \\\\\n",
      latex_text(describe_function(artifact)), latex_text(size_text(artifact.claim.error.upper)),
      latex_text(unit == 1 ? "" : " times " + decimal(unit)), latex_text(describe_metric(artifact)),
      name_of(artifact.claim.error.evidence));
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    const ChebyshevSeries& p = artifact.stages[i].polynomial;
    text += "    \\midrule\n";
    for (std::size_t k = 0; k < p.coefficients.size(); ++k) {
      if (p.coefficients[k] == 0 && p.degree() > 0) continue;
      text += fmt::format("    {} & {} & \\verb|{}| \\\\\n", i + 1, k,
                          exact_decimal(p.coefficients[k]));
    }
  }
  return text + "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n";
}

}  // namespace equiripple
