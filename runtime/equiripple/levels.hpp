// The level of every value of a plan: operands brought together, the range normalised, stages
// refreshed (bootstrapped) where levels do not suffice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "recording.hpp"

namespace equiripple {
namespace detail {

/// An operation with its level and, once known, its scale.
struct Record : Operation {
  int level = 0;
  double scale = 0;     // 0: not known yet
  double encoding = 0;  // of multiply_scalar: the scalar's scale
};

struct LevelRequest {
  int input_level = 0;
  /// Divide by the half width by a scalar product, at the cost of a level, rather than read the
  /// ciphertext as so many times larger.
  bool spend_level = false;
  /// Otherwise multiply by this before the range is read.
  int enlargement = 1;
  /// Stages, from 0, whose variable is refreshed; never the first, whose variable is the input.
  std::vector<bool> refreshed{};
  int refreshed_level = 0;
  int lowest_refreshable = 0;  // a variable that has fallen below cannot be refreshed any more
  std::size_t stages = std::numeric_limits<std::size_t>::max();  // as PlanFacts
};

/// Gives levels; a level below 0 says that the plan does not fit.
class Leveller {
 public:
  static std::vector<Record> run(const std::vector<Operation>& operations,
                                 const LevelRequest& request) {
    Leveller leveller(request);
    for (const Operation& operation : operations) {
      leveller.known_.push_back(leveller.place(operation));
    }
    return std::move(leveller.records_);
  }

 private:
  explicit Leveller(const LevelRequest& request)
      : request_(request), base_level_(request.input_level) {}

  std::size_t place(Operation operation) {
    if (operation.step != Step::input) {
      operation.left = known_[operation.left];
      operation.right = known_[operation.right];
    }
    switch (operation.step) {
      case Step::input: return push(operation, request_.input_level, 0);
      case Step::normalise: return normalise(operation);
      case Step::stage: return stage(operation);
      case Step::refresh:
        return begin(push(operation, level_after_refresh(operation.left), depths_[operation.left]));
      case Step::rescale:
        return push(operation, level(operation.left) - 1, depths_[operation.left] + 1);
      case Step::drop:
        return drop(
            operation.left,
            std::min(level(operation.left), base_level_ - (operation.integer - base_depth_)),
            operation.integer);
      case Step::multiply:
      case Step::add:
      case Step::sub: {
        const int common = std::min(level(operation.left), level(operation.right));
        const int depth = std::max(depths_[operation.left], depths_[operation.right]);
        operation.left = drop(operation.left, common, depth);
        operation.right = drop(operation.right, common, depth);
        return push(operation, common, depth);
      }
      default: return push(operation, level(operation.left), depths_[operation.left]);
    }
  }

  std::size_t normalise(Operation operation) {
    if (request_.spend_level && !spent_) {
      spent_ = true;
      const std::size_t scaled =
          push({Step::multiply_scalar, operation.left, operation.left, 1 / operation.scalar},
               level(operation.left), 0);
      operation.left = operation.right =
          push({Step::rescale, scaled, scaled}, level(scaled) - 1, 0);
      operation.scalar = 1;
    } else if (request_.enlargement > 1 && !spent_) {
      spent_ = true;
      operation.left = operation.right =
          push({Step::multiply_integer, operation.left, operation.left, 0, request_.enlargement},
               level(operation.left), depths_[operation.left]);
      operation.scalar *= request_.enlargement;
    }
    return begin(push(operation, level(operation.left), depths_[operation.left]));
  }

  std::size_t stage(const Operation& operation) {
    ++stages_;
    std::size_t variable = push(operation, level(operation.left), depths_[operation.left]);
    if (stages_ < request_.refreshed.size() && request_.refreshed[stages_]) {
      variable = push({Step::refresh, variable, variable}, level_after_refresh(variable),
                      depths_[variable]);
    }
    return begin(variable);
  }

  // Of a value that has fallen too low it is none.
  int level_after_refresh(std::size_t value) const {
    constexpr int does_not_fit = -1;
    const bool in_time = level(value) >= request_.lowest_refreshable;
    return in_time ? request_.refreshed_level : does_not_fit;
  }

  // From here on the plan's depths count from this variable.
  std::size_t begin(std::size_t variable) {
    base_level_ = level(variable);
    base_depth_ = depths_[variable];
    return variable;
  }

  std::size_t drop(std::size_t value, int to_level, int depth) {
    if (to_level == level(value)) return value;
    return push({Step::drop, value, value}, to_level, depth);
  }

  int level(std::size_t record) const { return records_[record].level; }

  std::size_t push(const Operation& operation, int at_level, int depth) {
    Record record;
    static_cast<Operation&>(record) = operation;
    record.level = at_level;
    records_.push_back(record);
    depths_.push_back(depth);
    return records_.size() - 1;
  }

  const LevelRequest& request_;
  std::vector<std::size_t> known_;  // by operation, the record that holds its value
  std::vector<Record> records_;
  std::vector<int> depths_;  // of the records, as the plan counts
  int base_level_;
  int base_depth_ = 0;
  std::size_t stages_ = 0;  // begun, after the first
  bool spent_ = false;      // on the range: a level, or an enlargement
};

inline int lowest_level(const std::vector<Record>& records) {
  int lowest = records.front().level;
  for (const Record& record : records) lowest = std::min(lowest, record.level);
  return lowest;
}

/// The plan in the levels that there are, with as few refreshes as possible and then as many levels
/// left as possible. Nothing where no choice of refreshes makes it fit.
inline std::optional<std::vector<Record>> level_with_refreshes(
    const std::vector<Operation>& operations, LevelRequest request) {
  constexpr std::size_t most_stages = 16;  // chosen: 2^15 choices; composites have up to 10
  std::size_t stages = 1;
  for (const Operation& operation : operations) stages += operation.step == Step::stage ? 1 : 0;
  stages = std::min(stages, std::max<std::size_t>(request.stages, 1));
  std::optional<std::vector<Record>> best;
  std::size_t fewest = 0;
  const std::size_t choices = std::size_t{1} << (std::min(stages, most_stages) - 1);
  for (std::size_t choice = 0; choice < choices; ++choice) {
    request.refreshed.assign(stages, false);
    std::size_t refreshes = 0;
    for (std::size_t stage = 1; stage < std::min(stages, most_stages); ++stage) {
      request.refreshed[stage] = ((choice >> (stage - 1)) & 1) != 0;
      refreshes += request.refreshed[stage] ? 1 : 0;
    }
    if (best && refreshes > fewest) continue;
    std::vector<Record> records = Leveller::run(operations, request);
    if (lowest_level(records) < 0) continue;
    if (best && refreshes == fewest && records.back().level <= best->back().level) continue;
    best = std::move(records);
    fewest = refreshes;
  }
  return best;
}

}  // namespace detail
}  // namespace equiripple
