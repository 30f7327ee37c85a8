// One line on stderr for what takes long, where stderr is a terminal.
#pragma once

#include <chrono>
#include <string>

#include "emit/make/observer.hpp"

namespace equiripple {

class Progress {
 public:
  Progress();
  ~Progress();  // takes the line away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// For what computes several things at once: no line of any of them is shown from now on.
  static void keep_quiet();

  /// Shows what it is told; this object must outlive it.
  [[nodiscard]] Observer observer();

  /// Shown from the second second on, a few times a second.
  void show(const std::string& what);

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace equiripple
