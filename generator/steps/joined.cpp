// Written by one function; read by counting stages and writing again.
#include "generator/steps/joined.hpp"

#include <algorithm>
#include <stdexcept>

namespace equiripple {
namespace {

bool is_sound(const JoinedForm& form) {
  const auto joints = static_cast<int>(form.stages.size());
  return joints >= 1 && joints <= most_joints &&
         std::ranges::all_of(form.stages, [](int stages) { return stages >= 2; });
}

// Appends, and gives the number of the value.
int pushed(Steps& steps, Step step) {
  steps.push_back(std::move(step));
  return static_cast<int>(steps.size());
}

}  // namespace

Steps steps_of(const JoinedForm& form) {
  if (!is_sound(form)) throw std::invalid_argument("steps_of: no such joints");
  Steps steps;
  int polynomial = 0;
  std::vector<int> parts;
  for (const int stages : form.stages) {
    int sign = 0;
    for (int i = 0; i < stages; ++i) {
      sign = pushed(steps, {.left = sign, .polynomial = polynomial++});
    }
    const int factor = pushed(steps, {.left = 0, .polynomial = polynomial++});
    parts.push_back(
        pushed(steps, {.operation = StepOperation::product, .left = factor, .right = sign}));
  }
  int sum = pushed(steps, {.left = 0, .polynomial = polynomial});
  for (const int part : parts) {
    sum = pushed(steps, {.operation = StepOperation::sum, .left = sum, .right = part});
  }
  return steps;
}

std::optional<JoinedForm> joined_form(const Steps& steps) {
  JoinedForm form;
  int stages = 0;
  for (const Step& step : steps) {
    if (step.operation == StepOperation::product) {
      form.stages.push_back(stages - 1);  // the last one is the factor
      stages = 0;
    } else if (step.operation == StepOperation::polynomial) {
      ++stages;
    }
  }
  if (!is_sound(form) || steps_of(form) != steps) return std::nullopt;
  return form;
}

std::vector<JoinedPlace> places_of(const JoinedForm& form) {
  std::vector<JoinedPlace> places;
  const auto joints = static_cast<int>(form.stages.size());
  for (int joint = 0; joint < joints; ++joint) {
    const int stages = form.stages[static_cast<std::size_t>(joint)];
    for (int stage = 0; stage <= stages; ++stage) places.push_back({joint, stage});
  }
  places.push_back({joints, 0});
  return places;
}

std::size_t index_of(const JoinedForm& form, const JoinedPlace& place) {
  const std::vector<JoinedPlace> places = places_of(form);
  return static_cast<std::size_t>(std::ranges::find(places, place) - places.begin());
}

}  // namespace equiripple
