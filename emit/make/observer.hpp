// Who is told of long work, and may end it.
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>

#include "generator/work.hpp"

namespace equiripple {

/// Is told what is being worked on, by the thread that works; false ends the work. Called some
/// times a second at most where the parts are that short, and every few seconds where they are
/// long.
using Observer = std::function<bool(const std::string& work)>;

/// Thrown where an observer ended the work.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "the work was ended by its observer"; }
};

/// While it is there, the observer is that of this thread's work; one without a function leaves
/// it to the one before.
class Observed {
 public:
  explicit Observed(const Observer& observer);
  ~Observed();
  Observed(const Observed&) = delete;
  Observed& operator=(const Observed&) = delete;

 private:
  const Observer* outer_;
  std::string outer_work_;
  std::optional<WorkListener> listener_{};  // long work asks the observer again
};

/// Tells this thread's observer, if there is one. Throws Cancelled.
void report_work(const std::string& work);

}  // namespace equiripple
