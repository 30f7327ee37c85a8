// Steps of 1, 2 and 5 times a power of ten; or of whole octaves.
#include "emit/picture/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace equiripple {
namespace {

constexpr double most_octaves = 80;  // chosen: below that nothing is told apart

double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

AxisScale::AxisScale(const AxisRequest& request) : kind_(request.kind) {
  double low = request.low;
  double high = request.high;
  if (kind_ == ScaleKind::logarithmic) {
    high = std::max(high, 0x1p-1000);
    high_ = std::ceil(std::log2(high) - 1e-9);
    low_ = low > 0 ? std::floor(std::log2(low) + 1e-9) : high_ - most_octaves;
    low_ = std::min(std::max(low_, high_ - most_octaves), high_ - 1);
    const double step = std::max(1.0, std::ceil((high_ - low_) / request.most_ticks));
    for (double octave = high_; octave >= low_; octave -= step) {
      ticks_.push_back({std::exp2(octave), octave == 0 ? "1" : fmt::format("2^{:.0f}", octave)});
    }
    std::ranges::reverse(ticks_);
    return;
  }
  if (!(high > low)) {
    const double room = std::max(std::abs(low), 1.0) / 2;
    low -= room;
    high += room;
  }
  const double step = std::max(round_step((high - low) / request.most_ticks), request.least_step);
  const double first =
      (request.widened ? std::floor(low / step + 1e-9) : std::ceil(low / step - 1e-9));
  const double last =
      (request.widened ? std::ceil(high / step - 1e-9) : std::floor(high / step + 1e-9));
  for (double i = first; i <= last; ++i) {
    ticks_.push_back({i * step, fmt::format("{:.6g}", i == 0 ? 0 : i * step)});
  }
  low_ = request.widened ? first * step : low;
  high_ = request.widened ? last * step : high;
}

std::string AxisScale::ends() const {
  return fmt::format("{} {:.10g} {:.10g}", kind_ == ScaleKind::linear ? "linear" : "log", low_,
                     high_);
}

double AxisScale::position(double value) const {
  if (kind_ == ScaleKind::linear) return value;
  return value > 0 ? std::log2(value) : low_;
}

double AxisScale::at(double value) const {
  return std::clamp((position(value) - low_) / (high_ - low_), 0.0, 1.0);
}

}  // namespace equiripple
