// Where values stand on a line, and which of them are written beside it.
#pragma once

#include <string>
#include <vector>

namespace equiripple {

enum class ScaleKind : unsigned char {
  linear,
  logarithmic,  // powers of 2; values at or below 0 stand at the low end
};

struct Tick {
  double value = 0;
  std::string label;  // for people: 0.25, 2^-13
};

struct AxisRequest {
  ScaleKind kind = ScaleKind::linear;
  double low = 0;
  double high = 1;
  int most_ticks = 8;
  double least_step = 0;  // between ticks of a linear scale
  bool widened = true;    // to round numbers; a logarithmic scale always is, and shows at most 80
                          // octaves below `high`, which is above 0
};

class AxisScale {
 public:
  explicit AxisScale(const AxisRequest& request);

  /// 0 at the low end, 1 at the high one; values beyond stand at the ends.
  [[nodiscard]] double at(double value) const;
  [[nodiscard]] const std::vector<Tick>& ticks() const { return ticks_; }
  /// "linear LOW HIGH", or "log LOW HIGH" with the log2 of the ends.
  [[nodiscard]] std::string ends() const;

 private:
  double position(double value) const;

  ScaleKind kind_;
  double low_ = 0;
  double high_ = 1;
  std::vector<Tick> ticks_;
};

}  // namespace equiripple
