// The one way from a request to an artifact.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/make/observer.hpp"
#include "emit/request/request.hpp"

namespace equiripple {

/// What is known in the end.
struct Made {
  Status status = Status::not_run;
  std::optional<Artifact> artifact{};         // where the status is made
  std::string option{};                       // that `why` is about, where it is about one
  std::string why = "make() was not called";  // a sentence, where there is no artifact; else empty
  std::string remark{};  // beside the artifact, where there is something to say

  /// What a level less, or more, would have given, a line each, for people: computed when called,
  /// which may take as long again. Null where there is no artifact.
  std::function<std::string()> neighbours{};

  [[nodiscard]] bool is_made() const { return status == Status::made; }
  /// Of one that is not made.
  [[nodiscard]] Refusal refusal() const { return {why, status, option}; }
};

/// Of a request that was refused.
[[nodiscard]] Made refused(const Refusal& refusal);

/// What holds of every function that is called so: an identifier in C++. A sentence where it does
/// not; empty where it does.
[[nodiscard]] std::string defect_of_name(const std::string& name);

/// Searches what the request leaves open, solves, rounds, plans and proves. The same request gives
/// the same artifact, by any number of threads at a time. Nothing is thrown: what the machine
/// cannot do, and that the observer ended the work, are among the statuses.
[[nodiscard]] Made make(const Request& request, const std::string& name,
                        const Observer& observer = {});

/// Likewise of words (request_of).
[[nodiscard]] Made make(const RequestRecord& words, const std::string& name, const FileReader& read,
                        const Observer& observer = {});

/// Why this work does not end well; nothing where it does. What is thrown by it is caught here.
[[nodiscard]] std::optional<Refusal> ended_by(const std::function<void()>& work,
                                              const Observer& observer = {});

}  // namespace equiripple
