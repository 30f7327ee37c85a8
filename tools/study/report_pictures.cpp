// Points are numbered as the rows of the table.
#include "tools/study/report_pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "tools/study/chart.hpp"

namespace equiripple::study {
namespace {

constexpr const char* colour_of_single = "#b3541e";
constexpr const char* colour_of_composite = "#1f5fa8";
constexpr const char* colour_of_survey = "#7a7a7a";
constexpr const char* curve_colours[] = {"#b3541e", "#c9a227", "#8a3ffc", "#d02670",
                                         "#1f5fa8", "#24a148", "#007d79", "#525252"};

bool is_composite(const Method& method) {
  const std::string command = method.facts.command;
  return command.starts_with("equiripple relu");
}

// What curves are drawn of: the survey's methods, or, where few are run, all of those.
std::vector<Method> shown_curves(const StudyResults& results) {
  std::vector<Method> shown;
  std::ranges::copy_if(results.methods, std::back_inserter(shown),
                       [](const Method& method) { return method.facts.survey > 0; });
  return shown.empty() ? std::vector<Method>(results.methods.begin(), results.methods.begin() + 1)
                       : shown;
}

Chart curve_chart(const StudyResults& results, Chart chart,
                  const std::function<double(double x, double y)>& height) {
  constexpr int points = 1601;  // chosen: two a pixel
  const double range = approximated_range();
  const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(points, -range, range);
  chart.x = {.title = "x, what comes into the activation", .low = -range, .high = range};
  std::size_t colour = 0;
  for (const Method& method : shown_curves(results)) {
    const Eigen::ArrayXd y = method.evaluate(x);
    ChartSeries series{.name = method.facts.title,
                       .colour = curve_colours[colour++ % std::size(curve_colours)],
                       .points = {},
                       .is_line = true};
    for (int i = 0; i < points; ++i) series.points.push_back({x[i], height(x[i], y[i])});
    chart.series.push_back(std::move(series));
  }
  return chart;
}

}  // namespace

std::string levels_picture(const StudyResults& results) {
  Chart chart{.title = "Accuracy against levels",
              .x = {.title = "levels that the activation takes", .low = 0, .high = 4},
              .y = {.title = "accuracy, %", .low = 0, .high = 100},
              .series = {{.name = "one polynomial", .colour = colour_of_single, .points = {}},
                         {.name = "composition", .colour = colour_of_composite, .points = {}},
                         {.name = "reported by the survey, at the same levels",
                          .colour = colour_of_survey,
                          .points = {},
                          .is_line = false,
                          .is_hollow = true},
                         {.name = "ReLU", .colour = "#24a148", .points = {}, .is_line = true}}};
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const Method& method = results.methods[i];
    const double accuracy = accuracy_of(results, i).mean;
    chart.x.high = std::max(chart.x.high, method.levels + 1.0);
    chart.series[is_composite(method) ? 1 : 0].points.push_back(
        {static_cast<double>(method.levels), accuracy, std::to_string(i + 1),
         fmt::format("{}: {:.2f} %", method.facts.title, accuracy)});
    if (method.facts.survey > 0) {
      chart.series[2].points.push_back(
          {static_cast<double>(method.levels), method.facts.survey, std::to_string(i + 1),
           fmt::format("{}, survey: {:.2f} %", method.facts.title, method.facts.survey)});
    }
  }
  const double relu = relu_accuracy(results).mean;
  chart.series[3].points = {{0, relu}, {chart.x.high, relu}};
  return "<h2>Accuracy against levels</h2>\n<p>Every level makes ciphertexts larger and slower, "
         "and "
         "without bootstrapping there are few. Numbers are those of the table; grey circles are "
         "what the "
         "survey reports.</p>\n" +
         svg_of(chart);
}

std::string latency_picture(const StudyResults& results) {
  Chart chart{
      .title = "Accuracy against time on ciphertexts",
      .x = {.title = "ms an image on ciphertexts", .low = 1, .high = 10, .logarithmic = true},
      .y = {.title = "accuracy, %", .low = 0, .high = 100},
      .series = {{.name = "", .colour = colour_of_composite, .points = {}}}};
  double shortest = 1e300;
  double longest = 0;
  for (const EncryptedResult& result : results.encrypted) {
    const double time = 1000 * result.run_seconds / result.batch;
    shortest = std::min(shortest, time);
    longest = std::max(longest, time);
    chart.series[0].points.push_back({time, result.accuracy, result.facts.title,
                                      fmt::format("{:.1f} ms, {:.2f} %", time, result.accuracy)});
  }
  chart.x.low = std::pow(10, std::floor(std::log10(shortest)));
  chart.x.high = std::pow(10, std::floor(std::log10(longest)) + 1);
  return "<h2>Accuracy against time on ciphertexts</h2>\n<p>The time of a batch, divided by the "
         "images of "
         "a full batch.</p>\n" +
         svg_of(chart);
}

std::string curves(const StudyResults& results) {
  const double range = approximated_range();
  const Chart values =
      curve_chart(results,
                  {.title = "The activations",
                   .x = {},
                   .y = {.title = "value", .low = -range / 4, .high = 1.25 * range},
                   .series = {}},
                  [](double, double y) { return y; });
  const Chart errors = curve_chart(
      results,
      {.title = "Errors of the activations",
       .x = {},
       .y = {.title = "distance from ReLU", .low = 1e-6, .high = 1e3, .logarithmic = true},
       .series = {}},
      [](double x, double y) { return std::max(std::abs(y - std::max(x, 0.0)), 1e-9); });
  return "<h2>The activations</h2>\n<p>Those that the survey compares, on the whole range. A good "
         "one bends "
         "at 0 as ReLU does; a Taylor polynomial is right near 0 only, and the square "
         "nowhere.</p>\n" +
         svg_of(values) +
         "<h2>Errors</h2>\n<p>The distance from ReLU. "
         "The composites' errors are largest next to 0, where the sign changes.</p>\n" +
         svg_of(errors);
}

}  // namespace equiripple::study
