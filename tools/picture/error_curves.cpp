// Samples dense in the angle of Chebyshev's polynomials, so that no arch of the error is missed.
#include "tools/picture/error_curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/points.hpp"
#include "emit/request/request.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/request/words.hpp"
#include "emit/result.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/sign/composite.hpp"
#include "tools/picture/values.hpp"

namespace equiripple {
namespace {

constexpr int fewest_samples = 600;   // of an interval; chosen: as many as a screen has columns
constexpr int samples_an_arch = 16;   // of the error; chosen: its top is missed by under 1 %
constexpr int most_samples = 16'000;  // chosen: seconds
constexpr int most_arches = most_samples / samples_an_arch;
constexpr double wide_ratio = 16;  // of the ends: beyond it x is drawn logarithmically; chosen

using RealFunction = std::function<PlotReal(const PlotReal&)>;

struct Panel {
  std::string title;
  std::string x_label = "x";
  std::string y_label;
  Domain domain;  // what is drawn; for odd and even errors the part right of 0
  RealFunction error;
  double bound = 0;  // claimed, in the units of y
  int arches = 1;    // that the error may have on an interval, about
};

bool is_wide(const Domain& domain) {
  return domain.size() == 1 && domain.front().lower > 0 &&
         to_double(Rational(domain.front().upper / domain.front().lower)) > wide_ratio;
}

// In the angle, or where x is logarithmic in that of log x.
std::vector<ChartPoint> samples(const Panel& panel, const Interval& interval, bool logarithmic) {
  const int count = std::clamp(samples_an_arch * panel.arches, fewest_samples, most_samples);
  const auto lower = from_rational<PlotReal>(interval.lower);
  const auto upper = from_rational<PlotReal>(interval.upper);
  std::vector<ChartPoint> points;
  for (int i = 0; i <= count; ++i) {
    const PlotReal share = (1 - real_cos(PlotReal(real_pi<PlotReal>() * i / count))) / 2;
    PlotReal x = lower + (upper - lower) * share;
    if (logarithmic) x = lower * real_exp(PlotReal(real_log(PlotReal(upper / lower)) * share));
    if (i == count) x = upper;
    // Of an exact representation only rounding would be drawn.
    const double error = panel.bound == 0 ? 0 : convert<double>(panel.error(x));
    points.push_back({convert<double>(x), error});
  }
  return points;
}

Chart chart_of(const Panel& panel) {
  const bool logarithmic = is_wide(panel.domain);
  Chart chart{.title = panel.title,
              .subtitle = panel.bound == 0
                              ? std::string("exact")
                              : fmt::format("at most {}", size_text(Rational(panel.bound))),
              .x = {.label = panel.x_label},
              .y = {.label = panel.y_label},
              .height = 320};
  if (logarithmic) {
    chart.x.scale = ScaleKind::logarithmic;
  } else {
    chart.x.low = to_double(hull(panel.domain).lower);
    chart.x.high = to_double(hull(panel.domain).upper);
  }
  ChartCurve curve{.label = "error", .points = {}};
  for (const Interval& interval : panel.domain) {
    const auto points = samples(panel, interval, logarithmic);
    if (!curve.points.empty()) curve.points.push_back({NAN, NAN});
    curve.points.insert(curve.points.end(), points.begin(), points.end());
  }
  chart.curves.push_back(std::move(curve));
  if (panel.bound > 0) chart.rules = {{panel.bound, "bound"}, {-panel.bound, ""}};
  return chart;
}

class ErrorPanels {
 public:
  explicit ErrorPanels(const Artifact& artifact) : artifact_(artifact) {}

  std::vector<Panel> run() {
    if (is_stepped(artifact_)) {
      stepped();
    } else if (is_corrected(artifact_.kind)) {
      corrected();
    } else if (artifact_.kind == Kind::minimax) {
      polynomial();
    } else if (is_direct(artifact_)) {
      direct();
    } else {
      composition();
    }
    return std::move(panels_);
  }

 private:
  const StageRecord& first() const { return artifact_.stages.front(); }

  std::string title() const {
    return fmt::format("{}: {}", artifact_.name, describe_function(artifact_));
  }

  static double bound_of(const ClaimRecord& claim) {
    return to_double(claim.error.upper, Rounding::up);
  }

  int degrees() const {
    int product = 1;
    for (const StageRecord& stage : artifact_.stages) {
      product = std::min(most_arches, product * std::max(1, stage.polynomial.degree()));
    }
    return product;
  }

  // A correction of 1/x doubles the arches of the error, one of a root makes them three times as
  // many.
  int corrected_arches() const {
    int arches = first().polynomial.degree() + 1;
    for (int i = 0; i < artifact_.corrections && arches < most_arches; ++i) {
      arches *= correction_map(artifact_.kind) == CorrectionMap::inverse ? 2 : 3;
    }
    return std::min(arches, most_arches);
  }

  MinimaxRequest requested_problem() const {
    const PosedRequest posed = required(posed_of(artifact_));
    const auto* given = std::get_if<ApproximationRequest>(&posed);
    return given != nullptr ? given->problem : std::get<PolynomialRequest>(posed).problem;
  }

  void polynomial() {
    panels_.push_back({.title = title(),
                       .y_label = "error, " + describe_metric(artifact_),
                       .domain = first().domain,
                       .error = weighted_error(requested_problem(),
                                               SeriesEvaluator<PlotReal>(first().polynomial)),
                       .bound = bound_of(artifact_.claim),
                       .arches = first().polynomial.degree() + 2});
  }

  static RealFunction relative_to(const std::string& function, const RealFunction& value) {
    const CompiledFunction<PlotReal> f(function_word("function", function));
    return [f, value](const PlotReal& x) { return PlotReal(value(x) / f(x) - 1); };
  }

  void corrected() {
    const Plan plan = *artifact_.plan;
    panels_.push_back(
        {.title = title(),
         .y_label = "error, relative to the function",
         .domain = first().domain,
         .error = relative_to(artifact_.kind == Kind::divide ? "1/x"  // with a = 1
                                                             : function_of(artifact_.kind),
                              [plan](const PlotReal& x) { return value_of_program(plan, x); }),
         .bound = bound_of(artifact_.claim),
         .arches = corrected_arches()});
    panels_.push_back(
        {.title = fmt::format("the start, degree {}", first().polynomial.degree()),
         .y_label = "error, relative to " + std::string(start_function(artifact_.kind)),
         .domain = first().domain,
         .error = relative_to(start_function(artifact_.kind),
                              [p = SeriesEvaluator<PlotReal>(first().polynomial)](
                                  const PlotReal& x) { return p(x); }),
         .bound = bound_of(first().claim),
         .arches = first().polynomial.degree() + 2});
  }

  static RealFunction weighted_error(const MinimaxRequest& problem, const RealFunction& value) {
    return [f = CompiledFunction<PlotReal>(problem.target),
            w = CompiledFunction<PlotReal>(problem.weight),
            value](const PlotReal& x) { return PlotReal(w(x) * (value(x) - f(x))); };
  }

  // A square of a value that equioscillates has as many arches again.
  void stepped() {
    const auto request = std::get<SteppedRequest>(required(posed_of(artifact_)));
    panels_.push_back(
        {.title = title(),
         .y_label = "error, " + describe_metric(artifact_),
         .domain = first().domain,
         .error = weighted_error(
             request.whole, StepEvaluator<PlotReal>(artifact_.steps, polynomials_of(artifact_))),
         .bound = bound_of(artifact_.claim),
         .arches = 2 * degrees() + 2});
    if (artifact_.steps.size() == 1) return;
    std::vector<int> degrees;
    for (const StageRecord& record : artifact_.stages)
      degrees.push_back(record.polynomial.degree());
    for (std::size_t i = 0; i < artifact_.stages.size(); ++i) {
      const StageRecord& record = artifact_.stages[i];
      const StageProblem stage = problem_of_stage(request, artifact_.steps, i, degrees);
      panels_.push_back(
          {.title = fmt::format("stage {}, degree {}", i + 1, record.polynomial.degree()),
           .y_label =
               fmt::format("error of {}, {}", stage.problem.target.text(), name_of(stage.metric)),
           .domain = record.domain,
           .error = weighted_error(stage.problem, SeriesEvaluator<PlotReal>(record.polynomial)),
           .bound = bound_of(record.claim),
           .arches = record.polynomial.degree() + 2});
    }
  }

  // That of max and min is that of ReLU of a - b.
  void direct() {
    const auto range = from_rational<PlotReal>(first().domain.back().upper);
    const bool is_abs = artifact_.kind == Kind::abs;
    panels_.push_back(
        {.title = title(),
         .x_label = has_two_inputs(artifact_.kind) ? "a - b" : "x",
         .y_label = "error, " + describe_metric(artifact_),
         .domain = first().domain,
         .error =
             [p = SeriesEvaluator<PlotReal>(first().polynomial), range, is_abs](const PlotReal& x) {
               const PlotReal below = is_abs ? PlotReal(-x) : PlotReal(0);
               return PlotReal((p(x) - (x < 0 ? below : x)) / range);
             },
         .bound = bound_of(artifact_.claim),
         .arches = first().polynomial.degree() + 2});
  }

  // The error is odd or even: the part right of 0 is enough.
  void composition() {
    const Interval positive = domain_of(artifact_).back();
    const auto range = from_rational<PlotReal>(positive.upper);
    const bool covers = covers_gap(artifact_.kind);
    const bool halved = result_form(artifact_.kind).is_halved;
    const CompositeEvaluator<PlotReal> sign(polynomials_of(artifact_));
    Panel whole{.title = title(),
                .x_label = has_two_inputs(artifact_.kind) ? "a - b" : "x",
                .y_label = covers ? "error, divided by the range" : "error",
                .domain = covers ? Domain{{0, positive.upper}} : Domain{positive},
                .error =
                    [sign, range, covers, halved](const PlotReal& x) {
                      PlotReal error = sign(x) - 1;
                      if (covers) error *= x / range;
                      return halved ? PlotReal(error / 2) : error;
                    },
                .bound = bound_of(artifact_.claim),
                .arches = degrees()};
    panels_.push_back(whole);
    if (covers) {
      whole.title = "around the gap of sign";
      whole.domain = {{0, std::min(positive.upper, Rational(4 * positive.lower))}};
      panels_.push_back(whole);
    }
    if (artifact_.stages.size() == 1 && !covers) return;
    int number = 0;
    for (const StageRecord& stage : artifact_.stages) {
      ++number;
      panels_.push_back(
          {.title = fmt::format("stage {}, degree {}", number, stage.polynomial.degree()),
           .x_label = number == 1 ? panels_.front().x_label : "value of the stage before",
           .y_label = "error of sign",
           .domain = {stage.domain.back()},
           .error = [p = SeriesEvaluator<PlotReal>(stage.polynomial)](
                        const PlotReal& x) { return PlotReal(p(x) - 1); },
           .bound = bound_of(stage.claim),
           .arches = stage.polynomial.degree() + 2});
    }
  }

  const Artifact& artifact_;
  std::vector<Panel> panels_;
};

Chart fit_chart(const Artifact& artifact) {
  const StageRecord& stage = artifact.stages.front();
  Chart chart{
      .title = fmt::format("{}: {}", artifact.name, describe_function(artifact)),
      .subtitle = fmt::format("at most {} at the points", size_text(artifact.claim.error.upper)),
      .x = {.label = "x"},
      .y = {.label = "value"}};
  Panel panel{.title = {},
              .y_label = {},
              .domain = stage.domain,
              .error = SeriesEvaluator<PlotReal>(stage.polynomial),
              .bound = 1,
              .arches = stage.polynomial.degree() + 1};
  chart.curves.push_back({.label = "polynomial",
                          .points = samples(panel, stage.domain.front(), /*logarithmic=*/false)});
  if (const auto table = table_of(artifact); table.has_value()) {
    for (const DataPoint& point : table->points) {
      chart.marks.push_back({.at = {to_double(point.x), to_double(point.y)},
                             .label = {},
                             .detail = decimal(point.x) + ", " + decimal(point.y),
                             .colour = 1});
    }
  }
  return chart;
}

struct Strip {
  double from, to;
};

Chart outside_chart(const Artifact& artifact, const char* title, const Strip& shown) {
  const double bound = to_double(artifact.outside->bound);
  const Interval range = hull(artifact.stages.front().domain);
  const bool is_sign = artifact.kind != Kind::minimax && !is_direct(artifact);
  Chart chart{.title = title,
              .subtitle = describe_outside(artifact),
              .x = {.label = "x", .low = shown.from, .high = shown.to},
              .y = {.label = is_sign ? "value of sign" : "value",
                    .low = -1.25 * bound,
                    .high = 1.25 * bound},
              .rules = {{bound, "bound"}, {-bound, ""}},
              .bands = {{std::max(to_double(range.lower), shown.from),
                         std::min(to_double(range.upper), shown.to), "the range"}},
              .height = 300};
  ChartCurve curve{.label = "value", .points = {}};
  const CompositeEvaluator<PlotReal> value(polynomials_of(artifact));
  constexpr int count = 2000;
  for (int i = 0; i <= count; ++i) {
    const double x = shown.from + (shown.to - shown.from) * i / count;
    const double y = convert<double>(value(PlotReal(x)));
    curve.points.push_back({x, std::clamp(y, -1.25 * bound, 1.25 * bound)});
  }
  chart.curves.push_back(std::move(curve));
  return chart;
}

}  // namespace

std::vector<Chart> error_charts(const Artifact& artifact) {
  if (is_fit(artifact)) return {fit_chart(artifact)};
  std::vector<Chart> charts;
  for (const Panel& panel : ErrorPanels(artifact).run()) charts.push_back(chart_of(panel));
  if (covers_gap(artifact.kind) && !is_direct(artifact)) {
    const Rational& gap = artifact.stages.front().domain.back().lower;
    charts[0].bands.push_back({0, to_double(gap), "the gap of sign"});
    charts[1].bands = charts[0].bands;
  }
  return charts;
}

std::vector<Chart> outside_charts(const Artifact& artifact) {
  constexpr double margin = 0.06;     // of what is beyond the range, past where the bound is passed
  constexpr double least_part = 0.1;  // of the picture that lies beyond the range; both chosen
  const Interval range = hull(artifact.stages.front().domain);
  const Interval& reach = artifact.outside->reach;
  const Strip strip{to_double(range.lower), to_double(range.upper)};
  const double below = strip.from - to_double(reach.lower);
  const double above = to_double(reach.upper) - strip.to;
  const Strip whole{strip.from - (1 + margin) * below, strip.to + (1 + margin) * above};
  if (std::min(below, above) >= least_part * (strip.to - strip.from) / 2) {
    return {outside_chart(artifact, "Beyond the range", whole)};
  }
  // Next to a wide range little would be seen of what is beyond it: the ends alone.
  const auto inward = [&](double beyond) { return std::min(2 * beyond, strip.to - strip.from); };
  std::vector<Chart> charts;
  charts.push_back(outside_chart(artifact, "Beyond the upper end of the range",
                                 {strip.to - inward(above), whole.to}));
  if (reach.lower != -reach.upper || range.lower != -range.upper) {
    charts.push_back(outside_chart(artifact, "Beyond the lower end of the range",
                                   {whole.from, strip.from + inward(below)}));
  }
  return charts;
}

}  // namespace equiripple
