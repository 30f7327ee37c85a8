// What every call of the library does: the request's words and files, and the one place where
// exceptions end.
#pragma once

#include <utility>
#include <vector>

#include "emit/failure.hpp"
#include "emit/make/make.hpp"
#include "generator/numbers/memory.hpp"
#include "tools/library/equiripple/make.hpp"
#include "tools/read_file.hpp"

namespace equiripple::library {

inline Status status_of(equiripple::Status status) {
  switch (status) {
    case equiripple::Status::made: return Status::done;
    case equiripple::Status::not_run: return Status::not_run;
    case equiripple::Status::wrong_request: return Status::wrong_request;
    case equiripple::Status::cannot_be_met: return Status::cannot_be_met;
    case equiripple::Status::claim_fails: return Status::claim_fails;
    case equiripple::Status::machine_failed: return Status::machine_failed;
    case equiripple::Status::cancelled: break;
  }
  return Status::cancelled;
}

inline Observer observer_of(const Progress& progress) {
  if (!progress) return {};
  return [progress](const std::string& work) { return progress(work); };
}

inline std::vector<RequestOption> options_of(const Request& request) {
  std::vector<RequestOption> options;
  for (const Option& option : request.options) options.push_back({option.name, option.values});
  return options;
}

inline FileReader reader_of(const Request& request) {
  return [&request](const std::string& name) {
    const auto given = request.files.find(name);
    return given == request.files.end() ? read_file(name) : given->second;
  };
}

// Runs `work` on a result that is done unless it says otherwise; how it ends is in the result.
template <class Result, class Work>
Result ended(const Progress& progress, const Work& work) {
  free_caches_with_thread();
  Result result;
  result.status = Status::done;
  const auto refusal = ended_by([&] { work(result); }, observer_of(progress));
  if (!refusal) return result;
  Result failed;
  failed.status = status_of(refusal->status);
  failed.option = refusal->option;
  failed.sentence = refusal->why;
  return failed;
}

template <class Work>
Text text_of(const Work& work, const Progress& progress = {}) {
  return ended<Text>(progress, [&](Text& result) { result.text = work(); });
}

}  // namespace equiripple::library
