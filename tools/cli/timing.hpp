// Where the time of a command goes, phase by phase: --timing.
#pragma once

namespace equiripple {

/// From the words of the command line to the end of the command, whichever way it ends. Then, where
/// that was asked for, one line on stderr has the processor's time of every phase that took any and
/// of the process, in milliseconds; what no phase names is the rest. Threads side by side add up.
class TimedRun {
 public:
  explicit TimedRun(bool reports);
  ~TimedRun();
  TimedRun(const TimedRun&) = delete;
  TimedRun& operator=(const TimedRun&) = delete;

 private:
  bool reports_;
};

}  // namespace equiripple
