// Data in Go, as gofmt writes it; Lattigo's polynomials are made of it in two lines.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "emit/claim_data.hpp"
#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

// Names that C++ has and Go does not.
std::string package_name(const std::string& name) {
  constexpr std::array<std::string_view, 16> reserved = {
      "chan", "defer",   "fallthrough", "func",   "go",   "import", "interface", "map",
      "main", "package", "range",       "select", "type", "var",    "init",      "_"};
  return std::ranges::find(reserved, name) == reserved.end() ? name : name + "_";
}

std::string stage_text(const ChebyshevSeries& p) {
  std::string text = "\t{\n\t\tCoefficients: []float64{\n";
  for (const Rational& c : p.coefficients) text += "\t\t\t" + hexfloat(c) + ",\n";
  return text + fmt::format(
                    "\t\t}},\n\t\tInterval: [2]float64{{{}, {}}},\n"
                    "\t\tIsOdd:    {},\n\t\tIsEven:   {},\n\t}},\n",
                    hexfloat(p.basis.lower), hexfloat(p.basis.upper), p.parity != Parity::even,
                    p.parity != Parity::odd);
}

const char* use_of(const Artifact& artifact) {
  if (is_direct(artifact)) {
    if (artifact.kind == Kind::max) return "With x = a - b the result is b + v of the value v.";
    if (artifact.kind == Kind::min) return "With x = a - b the result is a - v of the value v.";
    return "The result is the value.";
  }
  switch (artifact.kind) {
    case Kind::step:
    case Kind::compare: return "The result is (1 + v)/2 of the last value v.";
    case Kind::relu: return "The result is x*(1 + v)/2 of the last value v.";
    case Kind::abs: return "The result is x*v of the last value v.";
    case Kind::max: return "With x = a - b the result is b + x*(1 + v)/2 of the last value v.";
    case Kind::min: return "With x = a - b the result is a - x*(1 + v)/2 of the last value v.";
    default: return "The result is the last value.";
  }
}

}  // namespace

std::string to_lattigo(const Artifact& artifact) {
  const std::string package = package_name(artifact.name);
  std::string text = head_lines(artifact, "// ", "lattigo", ".go");
  text += fmt::format(
      "\n// Package {0} holds a polynomial approximation as stages in Chebyshev's basis, for "
      "Lattigo:\n"
      "//\n"
      "//\tpoly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)\n"
      "//\tpoly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven\n"
      "//\n"
      "// one stage after the other; the change of interval is the caller's. {1}\n"
      "package {0}\n\n",
      package, use_of(artifact));
  text +=
      "// Stage is one polynomial. Lattigo's flags: IsOdd is false where there are no odd powers,\n"
      "// IsEven where there are no even ones.\n"
      "type Stage struct {\n"
      "\tCoefficients []float64\n"
      "\tInterval     [2]float64\n"
      "\tIsOdd        bool\n"
      "\tIsEven       bool\n"
      "}\n\n";
  text += claim_lines("// ", "ErrorAtMost", "ErrorUnit", "ErrorMetric");
  text += fmt::format(
      "const (\n"
      "\tErrorAtMost   = {}\n"
      "\tErrorUnit     = {}\n"
      "\tErrorMetric   = \"{}\"\n"
      "\tErrorEvidence = \"{}\"\n"
      ")\n\n",
      claim_upper_text(artifact), claim_unit_text(artifact), name_of(artifact.claim.metric),
      name_of(artifact.claim.error.evidence));
  text += "// Stages are evaluated in this order.\nvar Stages = []Stage{\n";
  for (const StageRecord& stage : artifact.stages) text += stage_text(stage.polynomial);
  return text + "}\n";
}

}  // namespace equiripple
