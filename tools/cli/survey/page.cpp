// Curves are samples of the approximation in double: errors far below 2^-50 are rounding.
#include "tools/cli/survey/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/picture/chart.hpp"
#include "emit/picture/page.hpp"
#include "emit/request/words.hpp"
#include "generator/numbers/real.hpp"

namespace equiripple {
namespace {

constexpr int samples = 1200;  // of a curve; chosen: more than a screen has columns

double range_of(const Survey& survey) { return to_double(survey.request.reach); }

// "least squares" of "least squares, degree 4": methods of one kind are drawn in one chart.
std::string kind_of(const std::string& name) {
  static const std::string composite = "f/g composite";
  if (name.starts_with(composite)) return composite;
  return name.substr(0, name.find(','));
}

// x^3 crowds the samples where ReLU turns.
ChartCurve error_curve(const Survey& survey, const SurveyRow& row, int colour) {
  const auto value = value_of(*row.artifact);
  const auto activation = value_of_activation(survey.request);
  const double range = range_of(survey);
  ChartCurve curve{.label = row.name, .points = {}, .colour = colour};
  for (int i = 0; i <= samples; ++i) {
    const double u = 2.0 * i / samples - 1;
    const double x = range * (u * u * u + u) / 2;
    curve.points.push_back({x, value(x) - activation(x)});
  }
  return curve;
}

std::vector<Chart> error_charts(const Survey& survey) {
  std::vector<Chart> charts;
  std::string kind;
  for (const SurveyRow& row : survey.rows) {
    if (!row.artifact) continue;
    const bool alone = row.name.starts_with("square") && row.name.find(',') == std::string::npos;
    constexpr std::size_t most_curves = 6;  // that colours tell apart
    const bool full = !charts.empty() && charts.back().curves.size() == most_curves;
    if (charts.empty() || kind_of(row.name) != kind || alone || full) {
      kind = kind_of(row.name);
      charts.push_back(
          {.title = kind,
           .subtitle = row.source,
           .x = {.label = "x", .low = -range_of(survey), .high = range_of(survey)},
           .y = {.label = "approximation - " + activation_function(survey.request.activation)},
           .height = 300});
    }
    Chart& chart = charts.back();
    chart.curves.push_back(error_curve(survey, row, static_cast<int>(chart.curves.size())));
  }
  for (Chart& chart : charts) {
    if (chart.curves.size() == 1) chart.title = chart.curves.front().label;
  }
  return charts;
}

// Each kind of method has a colour, so that lines of like dots show.
Chart cost_chart(const Survey& survey) {
  Chart chart{.title = "Largest error against levels",
              .subtitle = "proved, over all of the range; down and left is better",
              .x = {.label = "levels", .least_step = 1},
              .y = {.label = "largest error", .scale = ScaleKind::logarithmic},
              .height = 520};
  int colour = -1;
  std::string kind;
  for (const SurveyRow& row : survey.rows) {
    if (!row.artifact || !row.artifact->plan) continue;
    if (kind_of(row.name) != kind) ++colour;
    kind = kind_of(row.name);
    const PlanCosts& costs = row.artifact->plan->costs;
    chart.marks.push_back(
        {.at = {static_cast<double>(costs.levels), row.largest_error},
         .label = row.name,
         .detail = fmt::format("{}: error {}, {} levels, {} key switches", row.name,
                               largest_error_text(row), costs.levels, costs.key_switches),
         .colour = colour});
  }
  return chart;
}

PageTable table_of(const Survey& survey) {
  PageTable table{.head = {"method", "source", "largest error", "rms", "levels", "key switches",
                           "latency", "bits"},
                  .rows = {}};
  for (const SurveyRow& row : survey.rows) {
    std::vector<std::string> cells = {row.name, row.source};
    if (!row.artifact) {
      cells.push_back(row.obstacle);
    } else {
      cells.push_back(largest_error_text(row));
      cells.push_back(fmt::format("{:.3g}", row.root_mean_square));
      if (row.artifact->plan) {
        const PlanCosts& costs = row.artifact->plan->costs;
        cells.push_back(std::to_string(costs.levels));
        cells.push_back(std::to_string(costs.key_switches));
        cells.push_back(fmt::format("{:.0f}", row.latency));
        cells.push_back(row.bits ? fixed_decimal(*row.bits, 1, Rounding::down) : "");
      }
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

std::string survey_svg(const Survey& survey) { return to_svg(error_charts(survey)); }

std::string survey_page(const Survey& survey) {
  const std::string function = activation_function(survey.request.activation);
  Page page(fmt::format("Ways to approximate {} for |x| <= {}", function, survey.request.range));
  page.add_paragraph(
      "Ciphertexts can only be added and multiplied, so that an activation becomes a polynomial, "
      "or a "
      "composition of polynomials. Each multiplication in a row takes a level, each product of two "
      "ciphertexts a key switch: they are what evaluation costs.");
  page.add_paragraph(fmt::format(
      "The largest error is proved, over all of the range. The root mean square is measured over "
      "{}. "
      "Latency is in {}. Bits are -log2 of the largest error over the range, with the noise of "
      "encryption ({}), by simulation.",
      survey.request.samples.empty() ? std::string("the range, evenly")
                                     : fmt::format("{} samples", survey.request.samples.size()),
      "the units of the table of costs", survey.request.ckks));
  page.add_table(table_of(survey));
  page.add_markup(to_svg_element(cost_chart(survey)));
  page.add_heading("Errors over the range");
  for (const Chart& chart : error_charts(survey)) page.add_markup(to_svg_element(chart));
  page.add_heading("The commands");
  std::string commands;
  for (const SurveyRow& row : survey.rows) {
    if (row.artifact) commands += command_line(row.artifact->request) + "\n";
  }
  page.add_code(commands);
  return page.html();
}

}  // namespace equiripple
