// How a request ends when it does not end well.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "emit/legible.hpp"
#include "generator/expected.hpp"

namespace equiripple {

/// With the numbers of the command line's exit statuses, where it has them.
enum class Status : unsigned char {
  made = 0,            // what was asked for is there
  not_run = 1,         // nothing is: it was not tried
  wrong_request = 2,   // the sentence says which word, and what would be right
  cannot_be_met = 3,   // it says the best that can
  claim_fails = 4,     // it says which claim, and at which point
  machine_failed = 5,  // file system, memory
  cancelled = 6,       // by who observed the work
};

/// Why there is nothing to show for a request; the best that can be had, where that is known.
struct Refusal {
  std::string why;  // a sentence; it may quote what a user or a file says
  Status status = Status::cannot_be_met;
  std::string option{};  // "degree", where the sentence is about an option; see `about`

  /// Whether another way may do: a wrong request is wrong whatever is tried.
  [[nodiscard]] bool leaves_others() const { return status == Status::cannot_be_met; }
};

/// About an option. `flag` is how it is written, "--degree", or as the key of a file, and perhaps a
/// part of it, "--refresh cost"; the sentence is that and what is `said` after it: " 3000: must be
/// a whole number from 1 to 1023".
[[nodiscard]] inline Refusal about(const std::string& flag, const std::string& said,
                                   Status status = Status::cannot_be_met) {
  const std::size_t begin = flag.starts_with("--") ? 2 : 0;
  return {flag + said, status, flag.substr(begin, flag.find(' ') - begin)};
}

/// What work on a request comes to.
template <class T>
using Outcome = Expected<T, Refusal>;

/// A refusal where words are read, and where a tool ends. Its sentence is made legible.
class Failure : public std::runtime_error {
 public:
  explicit Failure(const Refusal& refusal)
      : std::runtime_error(legible(refusal.why)),
        refusal_{what(), refusal.status, refusal.option} {}
  Failure(Status status, const std::string& why) : Failure(Refusal{why, status}) {}

  [[nodiscard]] const Refusal& refusal() const { return refusal_; }
  [[nodiscard]] Status status() const { return refusal_.status; }

 private:
  Refusal refusal_;
};

[[noreturn]] inline void wrong_request(const std::string& message) {
  throw Failure(Status::wrong_request, message);
}
/// As `about` says.
[[noreturn]] inline void wrong_word(const std::string& flag, const std::string& said) {
  throw Failure(about(flag, said, Status::wrong_request));
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

/// The value; for who has no use for the work without it, throws why there is none.
template <class T>
[[nodiscard]] T required(Outcome<T> outcome) {
  if (!outcome) throw Failure(outcome.error());
  return *std::move(outcome);
}

}  // namespace equiripple
