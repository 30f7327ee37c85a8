// The words of a request for 1/x, 1/sqrt(x) or sqrt(x), checked.
#pragma once

#include <string>

#include "tools/cli/correction/corrected.hpp"
#include "tools/cli/plan/options.hpp"

namespace equiripple {

class Command;

struct CorrectionOptions {
  std::string domain;
  std::string error;
  std::string degree;
  std::string corrections;
  std::string max_key_switches;
  std::string max_degree;
  PlanOptions plan;
};

/// All of them, in the words of this kind.
void add_correction_options(const Command& command, CorrectionOptions& options);

/// Fails with wrong_request.
[[nodiscard]] CorrectionRequest correction_request(Kind kind, const CorrectionOptions& options);

/// What was asked for, in its words.
void record(const CorrectionOptions& options, RequestRecord& request);

}  // namespace equiripple
