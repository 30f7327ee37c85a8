// How a request ends when it does not end well.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "emit/legible.hpp"

namespace equiripple {

/// With the numbers of the command line's exit statuses, where it has them.
enum class Status : unsigned char {
  made = 0,            // what was asked for is there
  wrong_request = 2,   // the sentence says which word, and what would be right
  cannot_be_met = 3,   // it says the best that can
  claim_fails = 4,     // it says which claim, and at which point
  machine_failed = 5,  // file system, memory
  cancelled = 6,       // by who observed the work
};

/// Messages may quote what a user or a file says: they are made legible.
class Failure : public std::runtime_error {
 public:
  Failure(Status status, const std::string& message)
      : std::runtime_error(legible(message)), status_(status) {}

  [[nodiscard]] Status status() const { return status_; }

  /// The option that the message is about, "degree" of "--degree 3000: ...": sentences about an
  /// option begin with it. Empty where it is about none.
  [[nodiscard]] std::string option() const {
    const std::string message = what();
    if (!message.starts_with("--")) return {};
    return message.substr(2, message.find_first_of(" :=,", 2) - 2);
  }

 private:
  Status status_;
};

[[noreturn]] inline void wrong_request(const std::string& message) {
  throw Failure(Status::wrong_request, message);
}
[[noreturn]] inline void cannot_be_met(const std::string& message) {
  throw Failure(Status::cannot_be_met, message);
}
[[noreturn]] inline void claim_fails(const std::string& message) {
  throw Failure(Status::claim_fails, message);
}
[[noreturn]] inline void machine_failed(const std::string& message) {
  throw Failure(Status::machine_failed, message);
}

/// A value, or why it cannot be had.
template <class T>
struct Attempt {
  std::optional<T> value{};
  std::string why{};
};

/// What `work` returns, or why it cannot be met; other failures pass.
template <class Work>
[[nodiscard]] auto attempt(const Work& work) -> Attempt<decltype(work())> {
  try {
    return {.value = work()};
  } catch (const Failure& failure) {
    if (failure.status() != Status::cannot_be_met) throw;
    return {.why = failure.what()};
  }
}

}  // namespace equiripple
