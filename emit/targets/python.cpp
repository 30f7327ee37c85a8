// numpy's objects are evaluated as they stand; lists are for libraries that want lists.
#include <fmt/format.h>

#include "emit/hexfloat.hpp"
#include "emit/targets/head.hpp"
#include "emit/targets/targets.hpp"

namespace equiripple {
namespace {

constexpr int highest_power = 31;  // of lists in powers of x: beyond, binary64 loses the polynomial

std::string hex(const Rational& q) { return fmt::format("float.fromhex(\"{}\")", hexfloat(q)); }

std::string list(const std::vector<Rational>& values, const std::string& indent) {
  std::string text = "[\n";
  for (const Rational& value : values) text += indent + "    " + hex(value) + ",\n";
  return text + indent + "]";
}

// Powers of x of a series on its basis, exactly and then rounded.
std::vector<Rational> powers_of_x(const ChebyshevSeries& series) {
  const Rational slope = 2 / (series.basis.upper - series.basis.lower);
  const Rational offset = -(series.basis.upper + series.basis.lower) / 2 * slope;
  const std::size_t size = series.coefficients.size();
  std::vector<Rational> sum(size, 0);
  std::vector<Rational> before;
  std::vector<Rational> current = {1};
  for (std::size_t k = 0; k < size; ++k) {
    for (std::size_t i = 0; i < current.size(); ++i) sum[i] += series.coefficients[k] * current[i];
    // 2 y T_k - T_{k-1} with y = slope x + offset; T_1 = y.
    const int factor = k == 0 ? 1 : 2;
    std::vector<Rational> next(current.size() + 1, 0);
    for (std::size_t i = 0; i < current.size(); ++i) {
      next[i] += factor * offset * current[i];
      next[i + 1] += factor * slope * current[i];
    }
    for (std::size_t i = 0; i < before.size(); ++i) next[i] -= before[i];
    before = std::move(current);
    current = std::move(next);
  }
  for (Rational& c : sum) c = Rational(to_double(c));
  return sum;
}

const char* result_of(Kind kind) {
  switch (kind) {
    case Kind::step:
    case Kind::compare: return "(1 + value) / 2";
    case Kind::relu: return "x * (1 + value) / 2";
    case Kind::abs: return "x * value";
    case Kind::max: return "b + x * (1 + value) / 2";
    case Kind::min: return "a - x * (1 + value) / 2";
    default: return "value";
  }
}

}  // namespace

std::string to_python(const Artifact& artifact) {
  std::string text = head_lines(artifact, "# ", "python", ".py");
  text += "from numpy.polynomial import Chebyshev\n\n";
  text += fmt::format("ERROR_AT_MOST = {}\n\n",
                      hex(Rational(to_double(artifact.claim.error.upper, Rounding::up))));
  text += "# One after the other.\nSTAGES = [\n";
  for (const StageRecord& stage : artifact.stages) {
    const ChebyshevSeries& p = stage.polynomial;
    text += fmt::format("    Chebyshev({},\n              domain=[{}, {}]),\n",
                        list(p.coefficients, "    "), hex(p.basis.lower), hex(p.basis.upper));
  }
  text +=
      "]\n\n# For OpenFHE-Python: cc.EvalChebyshevSeries(x, *OPENFHE[0]), which halves the first\n"
      "# coefficient: it is doubled here.\n"
      "OPENFHE = [\n"
      "    ([2 * float(p.coef[0])] + [float(c) for c in p.coef[1:]], float(p.domain[0]), "
      "float(p.domain[1]))\n"
      "    for p in STAGES\n]\n\n";
  text += fmt::format(
      "# For TenSEAL: x.polyval(POWERS[0]), coefficients of 1, x, x^2, ...; None above degree {}. "
      "The\n"
      "# error is proved for STAGES; powers lose accuracy where the domain is wide.\n"
      "POWERS = [\n",
      highest_power);
  for (const StageRecord& stage : artifact.stages) {
    text +=
        "    " +
        (stage.polynomial.degree() > highest_power ? std::string("None")
                                                   : list(powers_of_x(stage.polynomial), "    ")) +
        ",\n";
  }
  const bool two = has_two_inputs(artifact.kind);
  text += fmt::format("]\n\n\ndef evaluate({}):\n{}    value = x\n", two ? "a, b" : "x",
                      two ? "    x = a - b\n" : "");
  return text +
         fmt::format("    for stage in STAGES:\n        value = stage(value)\n    return {}\n",
                     result_of(artifact.kind));
}

}  // namespace equiripple
