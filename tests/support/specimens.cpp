// The tool makes them; high precision evaluates them.
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "emit/cpp_header.hpp"
#include "emit/direct.hpp"
#include "emit/json.hpp"
#include "emit/points.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/sign/composite.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tools/picture/values.hpp"

namespace equiripple::test {
namespace {

std::vector<Specimen> requests() {
  return {
      {{"minimax", "--function",       "exp(x)", "--domain",     "[-1,1]", "--degree",
        "5",       "--error",          "0.01",   "--max-levels", "4",      "--max-growth",
        "2^7",     "--minimise",       "levels", "--tightness",  "2^-12",  "--parity",
        "none",    "--precision-bits", "100"},
       "exp(x)"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,-1/4]", "--domain", "[1/3,1]",
        "--degree", "6", "--relative", "--coefficient-unit", "2^-24"},
       "exp(x)",
       "exp(-x)"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "4", "--weight", "2+x",
        "--coefficient-bits", "20"},
       "exp(x)",
       "2+x"},
      {{"minimax", "--function", "cos(x)", "--domain", "[-1,1]", "--degree", "6", "--beyond",
        "1.5"},
       "cos(x)"},
      {{"minimax", "--function", "exp(x)", "--domain", "[0,1]", "--degree", "8",
        "--coefficient-bits", "80"},
       "exp(x)"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "5", "--through",
        "1/3,1.4", "--through", "-1/2,0.6,0.6", "--leading", "1/64"},
       "exp(x)"},
      {{"minimax", "--function", "cos(x)-1", "--domain", "[-1,1]", "--powers", "2,4,6"},
       "cos(x)-1"},
      {{"mod1", "--range", "2", "--width", "2^-6", "--double-angle", "1", "--degree", "8"},
       "cos(2*pi*(x - 1/4)/2)"},
      {{"mod1", "--range", "2", "--width", "2^-6", "--double-angle", "1", "--doublings", "inside",
        "--degree", "8"},
       "sin(2*pi*x)"},
      {{"mod1", "--range", "2", "--width", "2^-4", "--double-angle", "1", "--degree", "10",
        "--arcsine", "3"},
       "x - round(x)"},
      {{"approximate", "--method", "given", "--function", "relu(x)", "--domain", "[-8,8]",
        "--polynomial", "x^2/8 + x/2 + 1/4"},
       "relu(x)"},
      {{"approximate", "--method", "given", "--function", "exp(x)", "--domain", "[-1,1]",
        "--coefficients", "2.53213,1.13032,0.2715", "--basis", "chebyshev", "--halved", "--on",
        "[-1,1]", "--weight", "2+x"},
       "exp(x)",
       "2+x"},
      {{"approximate", "--method", "given", "--function", "exp(x)", "--domain", "[-1/4,1/4]",
        "--coefficients", "1,1,0.5", "--basis", "powers", "--relative", "--find-domain", "0.01"},
       "exp(x)",
       "exp(-x)"},
      {{"approximate", "--method", "given", "--function", "exp(x)", "--domain", "[-1,1]",
        "--polynomial", "(1 + x/64)^64"},
       "exp(x)"},
      {{"approximate", "--method", "taylor", "--of", "softplus(x)", "--centre", "1/8", "--function",
        "relu(x)", "--domain", "[-2,2]", "--degree", "4"},
       "relu(x)"},
      {{"approximate", "--method", "least-squares", "--function", "relu(x)", "--domain", "[-4,4]",
        "--degree", "3", "--density", "exp(-x^2/2)"},
       "relu(x)"},
      {{"approximate", "--method", "least-squares", "--function", "relu(x)", "--domain", "[-4,4]",
        "--degree", "2", "--data", "samples.txt"},
       "relu(x)"},
      {{"approximate", "--method", "variance", "--function", "exp(x)", "--domain", "[-1,1]",
        "--degree", "3", "--noise", "2^-6"},
       "exp(x)"},
      {{"approximate", "--method", "share", "--function", "relu(x)", "--domain", "[-1,2]",
        "--degree", "4", "--tolerance", "0.02", "--density", "2+x"},
       "relu(x)"},
      {{"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "4", "--density",
        "2+x"},
       "exp(x)",
       "2+x"},
      {{"approximate", "--method", "securedl", "--function", "relu(x)", "--domain", "[-4,4]",
        "--error", "1/2"},
       "relu(x)"},
      {{"fit", "--data", "points.txt", "--degree", "3"}, ""},
      {{"fit", "--data", "points.txt", "--degree", "2", "--objective", "least-squares", "--parity",
        "even"},
       ""},
      {{"sign", "--gap", "1/8", "--degrees", "3,7", "--margin", "2^-12"}, "sign(x)"},
      {{"sign", "--gap", "1/4", "--error", "2^-5", "--max-key-switches", "20", "--max-degree", "9"},
       "sign(x)"},
      {{"sign", "--gap", "1/4", "--degrees", "3"}, "sign(x)"},
      {{"step", "--gap", "1/4", "--degrees", "5,3", "--ckks", "logN=15,scale=2^30"},
       "(1 + sign(x))/2"},
      {{"compare", "--gap", "1/4", "--degrees", "3,3", "--range", "3"}, "(1 + sign(x))/2"},
      {{"relu", "--bits", "5", "--range", "50", "--degrees", "7,7", "--max-levels", "8"},
       "relu(x)"},
      {{"relu", "--stages", "g4,f4", "--range", "8"}, "relu(x)"},
      {{"abs", "--degrees", "7", "--no-absorption"}, "abs(x)"},
      {{"max", "--degrees", "3,5", "--minimise", "latency", "--model", "model.json",
        "--level-price", "2"},
       "relu(x)"},
      {{"relu", "--degrees", "6", "--range", "3", "--beyond", "2"}, "relu(x)"},
      {{"min", "--bits", "4", "--max-degree", "9", "--any-reach"}, "min(x, 0)"},
      {{"min", "--degrees", "3,3", "--gap", "1/8", "--beyond", "1.25"}, "min(x, 0)"},
      {{"inverse", "--domain", "[1/8,1]", "--degree", "3", "--corrections", "2", "--error", "0.01",
        "--max-levels", "12", "--max-key-switches", "20"},
       "1/x",
       "x"},
      {{"divide", "--numerator", "[-1,2]", "--domain", "[1/8,1]", "--degree", "3", "--corrections",
        "1"},
       "1/x",
       "x"},
      {{"rsqrt", "--domain", "[1/8,1]", "--error", "2^-10", "--max-degree", "5"},
       "1/sqrt(x)",
       "sqrt(x)"},
      {{"sqrt", "--domain", "[1/8,1]", "--degree", "3", "--corrections", "1"},
       "sqrt(x)",
       "1/sqrt(x)"},
      {{"exp", "--domain", "[-8,0]", "--error", "2^-6", "--relative", "--squarings", "2"},
       "exp(x)",
       "exp(-x)"},
      {{"exp", "--domain", "[-20,1]", "--error", "0.01", "--max-key-switches", "9"}, "exp(x)"},
      {{"step", "--threshold", "0.3", "--gap", "0.1", "--domain", "[-1,1]", "--error", "0.1"},
       "(1 + sign(x - 0.3))/2"},
      {{"sign", "--threshold", "-1,-0.5", "--range", "2", "--error", "0.2", "--max-degree", "15"},
       "sign(x + 3/4)"},
      {{"indicator", "--width", "0.25", "--gap", "0.5", "--range", "3", "--error", "0.1",
        "--minimise", "key-switches"},
       "(1 + sign(1/2 - abs(x)))/2"},
      {{"quantise", "--to", "-1,0,1", "--gap", "1/4", "--domain", "[-2,2]", "--error", "2^-20",
        "--minimise", "key-switches"},
       "(sign(x + 1/2) + sign(x - 1/2))/2"},
      {{"piecewise", "--piece", "[-8,-4]: 0", "--piece", "[-4,8]: x + 4", "--error", "1/2"},
       "if(x < -4, 0, x + 4)"},
      {{"piecewise", "--piece", "[-8,1]: 0", "--piece", "[1,8]: x - 1", "--error", "2^-7"},
       "if(x < 1, 0, x - 1)"},
      {{"activation", "--function", "sigmoid(x)", "--range", "128", "--error", "2^-5"},
       "sigmoid(x)"},
      {{"relu", "--degrees", "3,7", "--range", "2", "--refresh", "levels=4,noise=2^-10,cost=800"},
       "relu(x)"},
      {{"relu", "--degrees", "3,7", "--range", "2", "--refresh",
        "levels=5,noise=2^-10,cost=800,start=1"},
       "relu(x)"},
      {{"quantise", "--to", "-1,0,1", "--gap", "1/4", "--domain", "[-2,2]", "--error", "2^-12",
        "--refresh", "levels=5,noise=2^-10,cost=800"},
       "(sign(x + 1/2) + sign(x - 1/2))/2"},
      {{"activation", "--function", "sigmoid(x)", "--range", "256", "--error", "2^-5", "--refresh",
        "levels=6,noise=2^-14,cost=800"},
       "sigmoid(x)"},
      {{"step", "--threshold", "0.3", "--gap", "0.05", "--domain", "[-1,1]", "--error", "2^-8",
        "--refresh", "levels=5,noise=2^-9.3,cost=800"},
       "(1 + sign(x - 0.3))/2"},
      {{"exp", "--domain", "[-64,0]", "--error", "2^-7", "--refresh",
        "levels=3,noise=2^-12,cost=800"},
       "exp(x)"},
      {{"inverse", "--domain", "[2^-6,1]", "--error", "2^-20", "--refresh",
        "levels=5,noise=2^-9.3,cost=800"},
       "1/x",
       "x"},
      {{"rsqrt", "--domain", "[2^-8,1]", "--error", "2^-20", "--refresh",
        "levels=6,noise=2^-9.3,cost=800,lowest=1"},
       "1/sqrt(x)",
       "sqrt(x)"},
  };
}

std::vector<Specimen> made_specimens() {
  const TemporaryFolder folder;
  write_text(folder / "points.txt", "-1 1\n-1/2 0.3\n0 0\n0.5 0.25\n3/4 0.5\n1 1.125\n");
  write_text(folder / "samples.txt", "-3 -1 0.5 0.25 2 3.5\n");
  write_text(folder / "model.json",
             R"({"tensor_product": 1, "key_switch": 10, "rescaling": 2, "scalar_product": 1,)"
             R"( "addition": 0.1})");
  std::vector<Specimen> made = requests();
  for (Specimen& specimen : made) {
    std::vector<std::string> words = specimen.words;
    words.insert(words.end(), {"-o", "f.json"});
    const auto result = equiripple(words, folder.path());
    REQUIRE_MESSAGE(result.status == 0, result.errors);
    specimen.json = content_of(folder / "f.json");
    const auto artifact = artifact_from_json_text(specimen.json);
    REQUIRE_MESSAGE(artifact.has_value(), artifact.error().why);
    if (obstacle_to_cpp(*artifact).empty()) specimen.header = to_cpp(*artifact);
  }
  return made;
}

// The function of the kind at a - b = x and b = 0, from the value of its tables.
PlotReal from_tables(const Artifact& artifact, const PlotReal& x, const PlotReal& sign) {
  if (is_stepped(artifact)) return sign;  // all of it
  if (is_direct(artifact)) return artifact.kind == Kind::min ? PlotReal(x - sign) : sign;
  switch (artifact.kind) {
    case Kind::step:
    case Kind::compare: return (1 + sign) / 2;
    case Kind::relu:
    case Kind::max: return x * (1 + sign) / 2;
    case Kind::abs: return x * sign;
    case Kind::min: return x - x * (1 + sign) / 2;
    default: return sign;
  }
}

double largest_at_points(const Artifact& artifact) {
  const auto table = table_of(artifact);
  REQUIRE_MESSAGE(table.has_value(), table.error().why);
  const SeriesEvaluator<PlotReal> polynomial(artifact.stages.front().polynomial);
  double largest = 0;
  for (const DataPoint& point : table->points) {
    const auto x = from_rational<PlotReal>(point.x);
    const auto y = from_rational<PlotReal>(point.y);
    largest = std::max(largest, std::abs(convert<double>(PlotReal(polynomial(x) - y))));
    if (!artifact.plan) continue;
    const PlotReal value = value_of_program(*artifact.plan, x);
    largest = std::max(largest, std::abs(convert<double>(PlotReal(value - y))));
  }
  return largest;
}

}  // namespace

const std::vector<Specimen>& specimens() {
  static const std::vector<Specimen> made = made_specimens();
  return made;
}

double sampled_error(const Artifact& artifact, const Specimen& specimen) {
  if (is_fit(artifact)) return largest_at_points(artifact);
  const CompiledFunction<PlotReal> function(*parse_function(specimen.function));
  const CompiledFunction<PlotReal> weight(*parse_function(specimen.weight));
  const StepEvaluator<PlotReal> tables(
      is_stepped(artifact) ? artifact.steps : chain_of(artifact.stages.size()),
      polynomials_of(artifact));
  Domain domain = domain_of(artifact);
  PlotReal unit = 1;
  if (covers_gap(artifact.kind)) {
    domain = {hull(domain)};
    unit = from_rational<PlotReal>(domain.front().upper);
  }
  double largest = 0;
  for (const Interval& interval : domain) {
    constexpr int steps = 60;
    for (int i = 0; i <= steps; ++i) {
      const auto x = from_rational<PlotReal>(
          Rational(interval.lower + (interval.upper - interval.lower) * Rational(i, steps)));
      const auto error_of = [&](const PlotReal& value) {
        return std::abs(convert<double>(PlotReal(weight(x) * (value - function(x)) / unit)));
      };
      if (artifact.plan) {
        largest = std::max(largest, error_of(value_of_program(*artifact.plan, x)));
      }
      if (is_corrected(artifact.kind)) continue;  // its table is only the start
      largest = std::max(largest, error_of(from_tables(artifact, x, tables(x))));
    }
  }
  return largest;
}

}  // namespace equiripple::test
