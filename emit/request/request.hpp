// From words to a request, and back.
#pragma once

#include <optional>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct Request {
  RequestRecord record;  // what was asked for, as a file records it
  PosedRequest posed;
};

/// The request in these words: a command of the table and its options, or what a file records.
/// Without a reader, what named files hold is left out: the table of costs, the samples; a fit then
/// needs its points among the options. Refused where the words are wrong, a file cannot be read, or
/// a function cannot be looked at.
[[nodiscard]] Outcome<Request> request_of(const RequestRecord& words, const FileReader& read = {});

/// The inverse: request_of(record_of(request)) asks for the same, with the same record.
[[nodiscard]] inline const RequestRecord& record_of(const Request& request) {
  return request.record;
}

/// What its plan is to be good at.
[[nodiscard]] PlanSettings& plan_of(Request& request);

/// What a refresh leaves and adds; none where it asks for none.
[[nodiscard]] std::optional<RefreshRequest> refresh_of(const PosedRequest& request);

}  // namespace equiripple
