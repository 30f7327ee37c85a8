// Long work, told to who may end it.
#pragma once

#include <functional>

namespace equiripple {

/// While it is there, long work of this thread calls `listener` now and then, about ten times a
/// second; what that throws ends the work. One around another takes its place.
class WorkListener {
 public:
  explicit WorkListener(std::function<void()> listener);
  ~WorkListener();
  WorkListener(const WorkListener&) = delete;
  WorkListener& operator=(const WorkListener&) = delete;

 private:
  std::function<void()> listener_;
  const std::function<void()>* outer_;
};

/// Called by loops that may go on for seconds: so many operations on binary64 numbers, or what
/// takes as long, are done.
void count_work(double operations);

/// What an operation on numbers of so many bits counts for.
constexpr double work_of_bits(int bits) { return bits <= 64 ? 1.0 : 16.0 + bits / 16.0; }

}  // namespace equiripple
