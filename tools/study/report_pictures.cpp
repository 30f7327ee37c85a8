// Dots are numbered as the rows of the table.
#include "tools/study/report_pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equiripple::study {
namespace {

constexpr double smallest_distance = 0x1p-20;  // chosen: below all that matters

enum MarkColour : int { single = 0, composite = 1, survey = 2 };

constexpr const char* explanation =
    "numbered as in the table; blue: one polynomial, red: a composition, green: what the survey "
    "reports";

MarkColour colour_of(const Method& method) {
  return std::string(method.facts.command).starts_with("equiripple relu") ? composite : single;
}

// What curves are drawn of: the survey's methods; where none is among them, the first.
std::vector<Method> shown_curves(const StudyResults& results) {
  std::vector<Method> shown;
  std::ranges::copy_if(results.methods, std::back_inserter(shown),
                       [](const Method& method) { return method.facts.survey > 0; });
  if (shown.empty()) shown.push_back(results.methods.front());
  return shown;
}

// The pieces of a curve that lie within the axis, the first with the label.
void add_pieces(Chart& chart, const ChartCurve& curve) {
  ChartCurve piece{.label = curve.label, .points = {}, .colour = curve.colour};
  const auto finish = [&] {
    if (piece.points.size() > 1) {
      chart.curves.push_back(piece);
      piece.label.clear();
    }
    piece.points.clear();
  };
  for (const ChartPoint& point : curve.points) {
    const bool inside = point.y >= *chart.y.low && point.y <= *chart.y.high;
    if (inside) piece.points.push_back(point);
    if (!inside) finish();
  }
  finish();
}

template <class Height>
Chart with_curves(const StudyResults& results, Chart chart, const Height& height) {
  constexpr int samples = 1601;  // chosen: more than a screen has columns
  const double range = approximated_range();
  const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(samples, -range, range);
  chart.x = {.label = "x, what comes into the activation", .low = -range, .high = range};
  int colour = 0;
  for (const Method& method : shown_curves(results)) {
    const Eigen::ArrayXd y = method.evaluate(x);
    ChartCurve curve{.label = method.facts.title, .points = {}, .colour = colour++};
    for (int i = 0; i < samples; ++i) curve.points.push_back({x[i], height(x[i], y[i])});
    add_pieces(chart, curve);
  }
  return chart;
}

}  // namespace

Chart accuracy_chart(const StudyResults& results) {
  Chart chart{.title = "Accuracy against levels",
              .subtitle = explanation,
              .x = {.label = "levels of the activation", .least_step = 1},
              .y = {.label = "accuracy, %"}};
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const Method& method = results.methods[i];
    const auto levels = static_cast<double>(method.levels);
    const double accuracy = accuracy_of(results, i).mean;
    const std::string number = std::to_string(i + 1);
    chart.marks.push_back({.at = {levels, accuracy},
                           .label = number,
                           .detail = fmt::format("{}: {:.2f} %", method.facts.title, accuracy),
                           .colour = colour_of(method)});
    if (method.facts.survey == 0) continue;
    chart.marks.push_back(
        {.at = {levels, method.facts.survey},
         .label = number,
         .detail = fmt::format("{}, survey: {:.2f} %", method.facts.title, method.facts.survey),
         .colour = survey});
  }
  chart.rules.push_back({.y = relu_accuracy(results).mean, .label = "ReLU"});
  return chart;
}

Chart loss_chart(const StudyResults& results) {
  constexpr double smallest = 0.005;  // points; chosen: half an image of 10,000
  Chart chart{.title = "Accuracy lost against levels",
              .subtitle =
                  "against ReLU in the same network, in points of a percent; down is better; "
                  "dots at the lower edge lose nothing",
              .x = {.label = "levels of the activation", .least_step = 1},
              .y = {.label = "points lost", .scale = ScaleKind::logarithmic, .low = smallest}};
  const double relu = relu_accuracy(results).mean;
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const Method& method = results.methods[i];
    const auto levels = static_cast<double>(method.levels);
    const double loss = relu - accuracy_of(results, i).mean;
    const auto add = [&](double lost, const char* whose, MarkColour colour) {
      chart.marks.push_back(
          {.at = {levels, std::max(lost, smallest)},
           .label = std::to_string(i + 1),
           .detail = fmt::format("{}{}: {:.2f} points lost", method.facts.title, whose, lost),
           .colour = colour});
    };
    add(loss, "", colour_of(method));
    if (method.facts.survey > 0) add(relu_survey - method.facts.survey, ", survey", survey);
  }
  return chart;
}

Chart latency_chart(const StudyResults& results) {
  Chart chart{.title = "Accuracy against time on ciphertexts",
              .subtitle = "the time of a batch, divided by the images of a full batch",
              .x = {.label = "ms an image", .scale = ScaleKind::logarithmic},
              .y = {.label = "accuracy, %"}};
  for (const EncryptedResult& result : results.encrypted) {
    const double time = 1000 * result.run_seconds / result.batch;
    chart.marks.push_back({.at = {time, result.accuracy},
                           .label = result.facts.title,
                           .detail = fmt::format("{}: {:.1f} ms, {:.2f} %", result.facts.title,
                                                 time, result.accuracy),
                           .colour = result.facts.fitted ? 1 : 0});
  }
  return chart;
}

Chart activation_chart(const StudyResults& results) {
  const double range = approximated_range();
  return with_curves(results,
                     {.title = "What the activations give",
                      .x = {},
                      .y = {.label = "value", .low = -range / 4, .high = 1.25 * range}},
                     [](double, double y) { return y; });
}

Chart error_chart(const StudyResults& results) {
  return with_curves(results,
                     {.title = "Their distance from ReLU",
                      .x = {},
                      .y = {.label = "distance",
                            .scale = ScaleKind::logarithmic,
                            .low = smallest_distance,
                            .high = 0x1p+9}},
                     [](double x, double y) {
                       return std::max(std::abs(y - std::max(x, 0.0)), smallest_distance);
                     });
}

}  // namespace equiripple::study
