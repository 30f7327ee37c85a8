// Three backends of the runtime: one that counts, in 256 bits, and one that keeps levels and
// scales.
#include "tests/runtime/plan_run.hpp"

#include <doctest/doctest.h>

#include <equiripple/evaluate.hpp>

#include "emit/cpp_header.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/meaning.hpp"
#include "tests/runtime/counting_reals.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/runtime/interpreted_plan.hpp"
#include "tests/runtime/prime_moduli.hpp"
#include "tests/support/series.hpp"

namespace equiripple::test {
namespace {

using Wide = Real<256>;

struct Point {
  double a;
  double b = 0;
};

// The ends and the middle of the range, and between them.
std::vector<Point> points_of(const Artifact& artifact) {
  const Interval range = hull(artifact.stages.front().domain);
  const double lower = to_double(range.lower);
  const double upper = to_double(range.upper);
  const bool two = has_two_inputs(artifact.kind);
  std::vector<Point> points;
  for (const double x : {lower, 0.0, upper, 0.75 * upper, 0.375 * lower, 0.0625 * upper}) {
    if (x < lower || x > upper) continue;
    const double b = two ? 0.25 * upper : 0;
    points.push_back({x + b, b});
  }
  return points;
}

// The function of its stages, by Clenshaw.
Wide reference_value(Kind kind, const std::vector<ChebyshevSeries>& stages, const Point& point) {
  const Wide x = Wide(point.a) - point.b;
  Wide y = x;
  for (const ChebyshevSeries& stage : stages) y = SeriesEvaluator<Wide>(stage)(y);
  const Wide half = (1 + y) / 2;
  switch (kind) {
    case Kind::step:
    case Kind::compare: return half;
    case Kind::relu: return x * half;
    case Kind::abs: return x * y;
    case Kind::max: return point.b + x * half;
    case Kind::min: return point.a - x * half;
    default: return y;
  }
}

// sum of |c_k| k^2, over the half width: a bound of the derivative on the basis.
Rational slope(const ChebyshevSeries& p) {
  Rational sum = 0;
  for (int k = 1; k <= p.degree(); ++k) {
    sum += abs(p.coefficients[static_cast<std::size_t>(k)]) * k * k;
  }
  return sum * 2 / (p.basis.upper - p.basis.lower);
}

// How far the functions of the stages can be apart, where each stage is off by `relative` of its
// size: what is passed on is amplified by the slopes that follow.
Rational distance_bound(const Artifact& artifact, const Rational& relative) {
  Rational bound = 0;
  for (const StageRecord& stage : artifact.stages) {
    bound = bound * slope(stage.polynomial) + relative * (1 + norm(stage.polynomial));
  }
  const Interval range = hull(artifact.stages.front().domain);
  return bound * std::max(Rational(1), std::max(abs(range.lower), abs(range.upper)));
}

std::string text_of(const PlanCosts& costs) {
  return std::to_string(costs.tensor_products) + " tensor products, " +
         std::to_string(costs.key_switches) + " key switches, " +
         std::to_string(costs.scalar_products) + " scalar products, " +
         std::to_string(costs.rescalings) + " rescalings";
}

std::string defect_of_counts(const Artifact& artifact, const PlanCosts& ran) {
  const std::string promised = text_of(artifact.plan->costs);
  if (text_of(ran) == promised) return {};
  return "counts: " + text_of(ran) + ", promised are " + promised;
}

template <template <int> class PlanOf, int Inputs, class Backend, class Ciphertext>
Ciphertext run(Backend& he, const Ciphertext& a, [[maybe_unused]] const Ciphertext& b) {
  if constexpr (Inputs == 1) {
    return evaluate<PlanOf<1>>(he, a);
  } else {
    return evaluate<PlanOf<2>>(he, a, b);
  }
}

std::string defect_between(const Wide& value, const Wide& reference, const Rational& bound,
                           const char* what) {
  const Rational difference = abs(to_rational(value) - to_rational(reference));
  if (difference <= bound) return {};
  return std::string("value: 2^") + std::to_string(log2_of(difference)) + " from the " + what +
         ", not 2^" + std::to_string(log2_of(bound));
}

template <int Inputs>
std::string defect_of_values(const Artifact& artifact,
                             const std::vector<ChebyshevSeries>& claimed) {
  // 256 bits, of which some hundreds of operations take a few; measured: 2^-246 at worst.
  const Rational exact = distance_bound(artifact, artifact.plan->growth * power_of_two(-240));
  const Rational rounded = distance_bound(artifact, artifact.plan->growth * power_of_two(-50));
  for (const Point& point : points_of(artifact)) {
    CountingReals he;
    const Wide value = run<UndividedPlan, Inputs>(he, Wide(point.a), Wide(point.b)) /
                       from_rational<Wide>(artifact.plan->output_scale_factor);
    // A range that is not read off the scale is a scalar product.
    if (InterpretedPlan<Inputs>::half_width != 1) --he.costs.scalar_products;
    for (const std::string& defect :
         {defect_of_counts(artifact, he.costs),
          defect_between(value, reference_value(artifact.kind, claimed, point), exact,
                         "claimed stages"),
          defect_between(value, reference_value(artifact.kind, polynomials_of(artifact), point),
                         rounded, "stored stages")}) {
      if (!defect.empty()) return defect + ", at " + std::to_string(point.a - point.b);
    }
  }
  return {};
}

template <int Inputs>
std::string defect_of_scales(const Artifact& artifact,
                             const std::vector<ChebyshevSeries>& claimed) {
  constexpr int spare = 2;
  ExactSimulation he(prime_moduli(artifact.plan->costs.levels + spare + 1));
  const double top = he.modulus_at(artifact.plan->costs.levels + spare);
  const double scale = top / InterpretedPlan<Inputs>::half_width;
  const Point point = points_of(artifact).back();
  const auto result =
      run<InterpretedPlan, Inputs>(he, he.encrypt(point.a, scale), he.encrypt(point.b, scale));
  if (result.level != spare) return "scale: the result is on another level than promised";
  const bool keeps_scale = artifact.plan->output_scale_factor == 1;
  if (keeps_scale && result.scale != scale)
    return "scale: the result has another scale than the input";
  if (result.components != 2) return "counts: the result is not relinearised";
  const Rational bound = distance_bound(artifact, artifact.plan->growth * power_of_two(-44));
  std::string defect = defect_of_counts(artifact, {.key_switches = he.counts.key_switches,
                                                   .tensor_products = he.counts.tensor_products,
                                                   .scalar_products = he.counts.scalar_products,
                                                   .rescalings = he.counts.rescalings});
  if (defect.empty()) {
    defect = defect_between(result.values[0], reference_value(artifact.kind, claimed, point), bound,
                            "claimed stages on a chain of primes");
  }
  return defect;
}

// The runtime would bring them together where a level is spent on the range.
std::string defect_of_depths(const std::vector<Instruction>& program) {
  for (const Instruction& step : program) {
    if (step.right < 0) continue;
    const auto depth = [&](int i) { return program[static_cast<std::size_t>(i)].depth; };
    if (depth(step.left) != depth(step.right)) return "scale: " + step.name + " mixes levels";
  }
  return {};
}

template <int Inputs>
std::string defect_with(const Artifact& artifact, const std::vector<ChebyshevSeries>& claimed) {
  if (std::string defect = defect_of_depths(artifact.plan->program); !defect.empty()) return defect;
  InterpretedPlan<Inputs>::set(artifact);
  try {
    if (std::string defect = defect_of_scales<Inputs>(artifact, claimed); !defect.empty()) {
      return defect;
    }
  } catch (const std::exception& refused) {
    return std::string("scale: ") + refused.what();
  }
  return defect_of_values<Inputs>(artifact, claimed);
}

}  // namespace

Artifact planned_artifact(Kind kind, const std::vector<ChebyshevSeries>& stages) {
  Artifact artifact{.name = "planned", .kind = kind, .request = {.command = "test", .options = {}}};
  for (const ChebyshevSeries& stage : stages) {
    const Rational size(to_double(norm(stage), Rounding::up));
    artifact.stages.push_back(
        {.polynomial = stage, .domain = {stage.basis}, .range = {{-size, size}}, .claim = {}});
  }
  auto planned = make_plan(kind, stages);
  REQUIRE(planned.has_value());
  artifact.plan = std::move(planned->plan);
  return artifact;
}

Artifact through_header(const Artifact& artifact) {
  const auto read = artifact_from_cpp(to_cpp(artifact));
  REQUIRE_MESSAGE(read.has_value(), read.error().why);
  return *read;
}

std::vector<ChebyshevSeries> claimed_by(const Artifact& artifact) {
  const auto meaning = meaning_of(*artifact.plan, artifact.kind, polynomials_of(artifact));
  REQUIRE(meaning);
  return *meaning;
}

std::string defect_of_run(const Artifact& artifact, const std::vector<ChebyshevSeries>& claimed) {
  return has_two_inputs(artifact.kind) ? defect_with<2>(artifact, claimed)
                                       : defect_with<1>(artifact, claimed);
}

}  // namespace equiripple::test
