// How a command ends when it does not end well: one exception type a status.
#pragma once

#include <stdexcept>
#include <string>

#include "tools/cli/legible.hpp"

namespace equiripple {

enum class ExitStatus {
  done = 0,
  wrong_request = 2,   // says which token, and what would be right
  cannot_be_met = 3,   // says the best that can
  claim_fails = 4,     // says which claim, and at which point
  machine_failed = 5,  // file system, memory
};

/// Messages may quote what a user or a file says: they are made legible.
class Failure : public std::runtime_error {
 public:
  Failure(ExitStatus status, const std::string& message)
      : std::runtime_error(legible(message)), status_(status) {}
  ExitStatus status() const { return status_; }

 private:
  ExitStatus status_;
};

[[noreturn]] inline void wrong_request(const std::string& message) {
  throw Failure(ExitStatus::wrong_request, message);
}
[[noreturn]] inline void cannot_be_met(const std::string& message) {
  throw Failure(ExitStatus::cannot_be_met, message);
}
[[noreturn]] inline void claim_fails(const std::string& message) {
  throw Failure(ExitStatus::claim_fails, message);
}
[[noreturn]] inline void machine_failed(const std::string& message) {
  throw Failure(ExitStatus::machine_failed, message);
}

}  // namespace equiripple
