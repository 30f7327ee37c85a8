// The request of a file, read back from the words that it records: the inverse of what the commands
// write.
#pragma once

#include <string>
#include <variant>

#include "emit/artifact.hpp"
#include "tools/cli/approximate/approximate.hpp"
#include "tools/cli/correction/corrected.hpp"
#include "tools/cli/fit/fit.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {

/// Of minimax and mod1; approximate; fit; sign and what is built on it; inverse, rsqrt and sqrt.
using RecordedRequest = std::variant<PolynomialRequest, ApproximationRequest, FitRequest,
                                     SignRequest, CorrectionRequest>;

/// The first option that the command does not record, or not with so many words; empty where all
/// are options of the command.
[[nodiscard]] std::string foreign_option(const RequestRecord& request);

/// Without the files that the request names (--model, --data). Fails with wrong_request, as the
/// command would.
[[nodiscard]] RecordedRequest recorded_request(const Artifact& artifact);

[[nodiscard]] bool has_option(const RequestRecord& request, const std::string& name);

}  // namespace equiripple
