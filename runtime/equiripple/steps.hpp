// The records of a plan as they are carried out: what each reads, what is left to another, when a
// value is needed last, and what can be done at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "levels.hpp"
#include "tasks.hpp"

namespace equiripple {
namespace detail {

inline int count_of(const std::vector<Record>& records, Step step) {
  return static_cast<int>(std::count_if(records.begin(), records.end(),
                                        [&](const Record& record) { return record.step == step; }));
}

/// What a record costs, in transforms of one prime's residues, with a digit of key switching for
/// each prime: only to say which of two goes first.
inline double transforms_of(const Record& record, int level_before) {
  constexpr double pointwise = 0.1;  // of a transform; as the planner's model has it
  const double primes = level_before + 1;
  switch (record.step) {
    case Step::multiply:
    case Step::square: return 4 * pointwise * primes;
    case Step::relinearize: return primes * (primes + 1);
    case Step::rescale: return 2 * primes;
    default: return pointwise * primes;
  }
}

class Steps {
 public:
  /// `fuses`: a relinearization whose only use is to be rescaled is left to the rescaling.
  Steps(std::vector<Record> given, bool fuses) : records_(std::move(given)) {
    resolve_readings();
    find_fused(fuses);
    find_uses();
    find_graph();
  }

  const std::vector<Record>& records() const { return records_; }
  const Record& operator[](std::size_t i) const { return records_[i]; }
  std::size_t size() const { return records_.size(); }

  /// The operands of a record as it is carried out.
  std::size_t left_of(std::size_t i) const {
    const std::size_t left = records_[i].left;
    return fused_[left] ? records_[left].left : left;
  }
  std::size_t right_of(std::size_t i) const {
    const std::size_t right = records_[i].right;
    return fused_[right] ? records_[right].left : right;
  }
  /// Whether the record, a rescaling, switches keys as well.
  bool switches_too(std::size_t i) const { return left_of(i) != records_[i].left; }

  bool is_reading(std::size_t i) const {
    return records_[i].step == Step::normalise || records_[i].step == Step::stage;
  }
  /// Whether it reads at the scale that the value has; the result stands for itself, whatever its
  /// scale.
  bool keeps_scale(std::size_t i) const {
    return is_reading(i) && records_[i].scale == records_[records_[i].left].scale &&
           i + 1 < records_.size();
  }
  /// Whether nothing is done for it, because it is given, or done by another.
  bool is_idle(std::size_t i) const { return records_[i].step == Step::input || fused_[i]; }

  /// Which record reads a value last; and how many read it.
  std::size_t last_use_of(std::size_t value) const { return last_use_[value]; }
  int uses_of(std::size_t value) const { return uses_[value]; }

  const TaskGraph& graph() const { return graph_; }

 private:
  // A reading at the same scale is the same ciphertext: its users take the original.
  void resolve_readings() {
    std::vector<std::size_t> origin(records_.size());
    for (std::size_t i = 0; i < records_.size(); ++i) {
      Record& record = records_[i];
      origin[i] = i;
      if (record.step == Step::input) continue;
      record.left = origin[record.left];
      record.right = origin[record.right];
      if (keeps_scale(i)) origin[i] = record.left;
    }
  }

  void find_fused(bool fuses) {
    fused_.assign(records_.size(), false);
    if (!fuses) return;
    std::vector<int> uses(records_.size(), 0);
    for (const Record& record : records_) {
      if (record.step == Step::input) continue;
      ++uses[record.left];
      if (record.right != record.left) ++uses[record.right];
    }
    for (const Record& record : records_) {
      if (record.step != Step::rescale) continue;
      const bool is_switched = records_[record.left].step == Step::relinearize;
      if (is_switched && uses[record.left] == 1) fused_[record.left] = true;
    }
  }

  // Calls visit(operand, i) for what each record reads as it is carried out, each operand once.
  template <class Visit>
  void for_each_use(const Visit& visit) const {
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (is_idle(i)) continue;
      visit(left_of(i), i);
      if (right_of(i) != left_of(i)) visit(right_of(i), i);
    }
  }

  void find_uses() {
    last_use_.assign(records_.size(), 0);
    uses_.assign(records_.size(), 0);
    for_each_use([&](std::size_t operand, std::size_t i) {
      last_use_[operand] = i;
      ++uses_[operand];
    });
  }

  // What is on the longest way to the result goes first.
  void find_graph() {
    graph_ = TaskGraph::independent(records_.size());
    for_each_use([&](std::size_t operand, std::size_t i) {
      if (is_idle(operand)) return;
      graph_.users[operand].push_back(i);
      ++graph_.needs[i];
    });
    for (std::size_t i = records_.size(); i-- > 0;) {
      if (is_idle(i)) continue;
      double after = 0;
      for (const std::size_t user : graph_.users[i]) after = std::max(after, graph_.urgency[user]);
      const int level = records_[left_of(i)].level;
      graph_.urgency[i] = after + transforms_of(records_[i], level);
      if (switches_too(i)) graph_.urgency[i] += transforms_of(records_[records_[i].left], level);
    }
  }

  std::vector<Record> records_;
  std::vector<bool> fused_;            // by record: done by the rescaling that uses it
  std::vector<std::size_t> last_use_;  // by record
  std::vector<int> uses_;              // by record
  TaskGraph graph_;                    // a task a record
};

}  // namespace detail
}  // namespace equiripple
