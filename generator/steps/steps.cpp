// Lists of steps, and what is wrong with one.
#include "generator/steps/steps.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>
#include <string_view>

namespace equiripple {
namespace {

// In the order of StepOperation.
constexpr std::array<std::string_view, 6> names = {"polynomial", "square",  "product",
                                                   "affine",     "refresh", "sum"};

int last_value(const Steps& steps) { return static_cast<int>(steps.size()); }

// The values that a step reads.
std::vector<int> operands_of(const Step& step) {
  if (reads_two(step.operation)) return {step.left, step.right};
  return {step.left};
}

}  // namespace

const char* name_of(StepOperation operation) {
  return names[static_cast<std::size_t>(operation)].data();
}

std::optional<StepOperation> step_operation(const std::string& name) {
  const auto found = std::ranges::find(names, std::string_view(name));
  if (found == names.end()) return std::nullopt;
  return static_cast<StepOperation>(found - names.begin());
}

bool reads_two(StepOperation operation) {
  return operation == StepOperation::product || operation == StepOperation::sum;
}

Steps chain_of(std::size_t count) {
  Steps steps;
  for (std::size_t i = 0; i < count; ++i) {
    steps.push_back({.left = static_cast<int>(i), .polynomial = static_cast<int>(i)});
  }
  return steps;
}

Steps with_refresh(Steps steps, const Rational& noise) {
  steps.push_back({.operation = StepOperation::refresh, .left = last_value(steps), .noise = noise});
  return steps;
}

Steps refreshed_chain(const std::vector<Rational>& noise) {
  Steps steps;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    if (noise[i] > 0) steps = with_refresh(std::move(steps), noise[i]);
    steps.push_back({.left = last_value(steps), .polynomial = static_cast<int>(i)});
  }
  return steps;
}

std::vector<Rational> noise_of_chain(const Steps& steps) {
  std::vector<Rational> noise;
  Rational before = 0;
  bool refreshes = false;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].left != static_cast<int>(i)) return {};
    if (steps[i].operation == StepOperation::refresh) {
      if (before > 0) return {};  // twice
      before = steps[i].noise;
      refreshes = true;
    } else if (steps[i].operation == StepOperation::polynomial) {
      noise.push_back(before);
      before = 0;
    } else if (steps[i].operation != StepOperation::affine || i + 1 != steps.size()) {
      return {};
    }
  }
  if (before > 0) noise.push_back(before);
  return refreshes ? noise : std::vector<Rational>();
}

Steps without_refreshes(const Steps& steps) {
  Steps rest;
  std::vector<int> values{0};  // of each value, its number in `rest`
  for (const Step& step : steps) {
    const int left = values.at(static_cast<std::size_t>(step.left));
    if (step.operation == StepOperation::refresh) {
      values.push_back(left);
      continue;
    }
    rest.push_back(step);
    rest.back().left = left;
    if (reads_two(step.operation)) {
      rest.back().right = values.at(static_cast<std::size_t>(step.right));
    }
    values.push_back(last_value(rest));
  }
  return rest;
}

Steps with_squares(Steps steps, int squares) {
  for (int i = 0; i < squares; ++i) {
    steps.push_back({.operation = StepOperation::square, .left = last_value(steps)});
  }
  return steps;
}

Steps with_affine(Steps steps, const Rational& scale, const Rational& offset) {
  steps.push_back({.operation = StepOperation::affine,
                   .left = last_value(steps),
                   .scale = scale,
                   .offset = offset});
  return steps;
}

Steps with_polynomial(Steps steps) {
  const auto before = std::ranges::count(steps, StepOperation::polynomial, &Step::operation);
  steps.push_back({.left = last_value(steps), .polynomial = static_cast<int>(before)});
  return steps;
}

Steps steps_before(const Steps& steps, std::size_t index) {
  const auto found = std::ranges::find_if(steps, [&](const Step& step) {
    return step.operation == StepOperation::polynomial &&
           step.polynomial == static_cast<int>(index);
  });
  if (found == steps.end()) throw std::invalid_argument("steps_before: no such polynomial");
  return {steps.begin(), steps.begin() + found->left};
}

bool follows_directly(const Steps& steps, std::size_t index) {
  const Steps before = steps_before(steps, index);
  return !before.empty() && before.back().operation == StepOperation::polynomial &&
         before.back().polynomial + 1 == static_cast<int>(index);
}

std::size_t chain_length(const Steps& steps) {
  std::size_t length = 0;
  while (length < steps.size() && steps[length].operation == StepOperation::polynomial &&
         steps[length].left == static_cast<int>(length)) {
    ++length;
  }
  return length;
}

int squares_at_end(const Steps& steps) {
  int squares = 0;
  for (std::size_t i = steps.size(); i-- > 0; ++squares) {
    const bool follows =
        steps[i].operation == StepOperation::square && steps[i].left == static_cast<int>(i);
    if (!follows) break;
  }
  return squares;
}

Steps with_doublings(Steps steps, int doublings) {
  for (int i = 0; i < doublings; ++i) {
    steps = with_affine(with_squares(std::move(steps), 1), 2, -1);
  }
  return steps;
}

int doublings_at_end(const Steps& steps) {
  int doublings = 0;
  Steps rest = steps;
  while (rest.size() >= 2) {
    const Steps before(rest.begin(), rest.end() - 2);
    if (with_doublings(before, 1) != rest) break;
    rest = before;
    ++doublings;
  }
  return doublings;
}

std::string defect_of_steps(const Steps& steps, std::size_t count) {
  if (steps.empty() || steps.size() > most_steps) return "there are no steps, or too many";
  std::vector<bool> is_read(steps.size() + 1, false);
  std::size_t polynomials = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const int value : operands_of(steps[i])) {
      if (value < 0 || value > static_cast<int>(i)) return "a step reads no earlier value";
      is_read[static_cast<std::size_t>(value)] = true;
    }
    if (steps[i].operation == StepOperation::polynomial &&
        steps[i].polynomial != static_cast<int>(polynomials++)) {
      return "the steps do not take the stages in their order";
    }
    if (!is_binary64(steps[i].scale) || !is_binary64(steps[i].offset) ||
        !is_binary64(steps[i].noise)) {
      return "a step has a number that is not binary64";
    }
  }
  if (polynomials != count) return "the steps take another number of stages than there are";
  const bool all_read = std::all_of(is_read.begin(), is_read.end() - 1, std::identity());
  return all_read ? std::string() : "a step's value is not used";
}

}  // namespace equiripple
