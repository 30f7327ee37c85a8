// Where the time of a command goes, phase by phase: --timing.
#pragma once

namespace equiripple {

enum class Phase : unsigned char {
  start,     // until the words of the command line are read
  choice,    // of degrees
  exchange,  // of single polynomials
  rounding,  // of coefficients, and the lattice that improves on it
  proof,     // of errors and ranges
  stages,    // of composites: the exchange, rounding and proof of each
  plan,      // of the evaluation
  output,    // writing it, and reading it back
  rest,
};

/// While it is there, this thread's time counts for the phase, and no longer for the one around it.
class InPhase {
 public:
  explicit InPhase(Phase phase);
  ~InPhase();
  InPhase(const InPhase&) = delete;
  InPhase& operator=(const InPhase&) = delete;

 private:
  Phase outer_;
};

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
