// Each method made, measured on the samples and simulated.
#include "emit/survey/survey.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "emit/direct.hpp"
#include "emit/failure.hpp"
#include "emit/make/observer.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {
namespace {

constexpr int even_samples = 1 << 14;  // of the range, without data; chosen

std::vector<double> samples_of(const SurveyRequest& request) {
  if (!request.samples.empty()) return request.samples;
  std::vector<double> samples;
  const double range = to_double(request.reach);
  for (int i = 0; i < even_samples; ++i) {
    samples.push_back(range * ((2 * i + 1) / static_cast<double>(even_samples) - 1));
  }
  return samples;
}

class Measurement {
 public:
  explicit Measurement(const SurveyRequest& request)
      : request_(request),
        parameters_(request.parameters),
        range_(request.reach),
        samples_(samples_of(request)) {
    const auto activation = value_of_activation(request);
    for (const double x : samples_) exact_.push_back(activation(x));
  }

  SurveyRow row(const SurveyMethod& method) const {
    SurveyRow row{.name = method.name, .source = method.source, .artifact = {}};
    Made made = method.make();
    if (made.status == Status::cancelled) throw Cancelled();
    if (!made.is_made()) {
      row.obstacle = made.why;
      return row;
    }
    row.artifact = std::move(made.artifact);
    const bool by_range = row.artifact->claim.metric == Metric::relu;
    const Rational unit = by_range ? range_ : Rational(1);
    row.largest_error = to_double(row.artifact->claim.error.upper * unit, Rounding::up);
    row.root_mean_square = root_mean_square(*row.artifact);
    if (row.artifact->plan) {
      row.latency = latency_of(row.artifact->plan->program, request_.plan.costs);
      row.bits = bits_on_ciphertexts(*row.artifact, by_range);
    }
    return row;
  }

 private:
  double root_mean_square(const Artifact& artifact) const {
    const auto value = value_of(artifact);
    double sum = 0;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      const double error = value(samples_[i]) - exact_[i];
      sum += error * error;
    }
    return std::sqrt(sum / static_cast<double>(samples_.size()));
  }

  std::optional<double> bits_on_ciphertexts(const Artifact& artifact, bool by_range) const {
    const Outcome<SimulatedNoise> noise = simulated_noise(artifact, parameters_);
    if (!noise) return std::nullopt;
    return surviving_bits(artifact, *noise) + (by_range ? 0 : std::log2(to_double(range_)));
  }

  const SurveyRequest& request_;
  CkksParameters parameters_;
  Rational range_;
  std::vector<double> samples_;
  std::vector<double> exact_;  // the activation there
};

}  // namespace

std::function<double(double)> value_of(const Artifact& artifact) {
  const CompositeEvaluator<double> stages(polynomials_of(artifact));
  const bool is_relu = artifact.kind == Kind::relu && !is_direct(artifact);
  return [stages, is_relu](double x) { return is_relu ? x * (1 + stages(x)) / 2 : stages(x); };
}

std::function<double(double)> value_of_activation(const SurveyRequest& request) {
  const auto function = std::make_shared<CompiledFunction<double>>(request.function);
  return [function](double x) { return (*function)(x); };
}

Survey make_survey(const SurveyRequest& request) {
  Survey survey{.request = request, .rows = {}};
  const Measurement measurement(request);
  for (const SurveyMethod& method : survey_methods(request)) {
    report_work(method.name);
    survey.rows.push_back(measurement.row(method));
  }
  return survey;
}

}  // namespace equiripple
