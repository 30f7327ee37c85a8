// What `approximate` is asked, in words.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/approximate/approximate.hpp"
#include "tools/cli/plan/options.hpp"

namespace equiripple {

struct ApproximateOptions {
  std::string method{};
  std::string function{};
  std::vector<std::string> domain{};
  std::string degree{};
  std::string error{};
  std::string of{};
  std::string centre{};
  std::string density{};
  std::string data{};  // a path
  std::string polynomial{};
  PlanOptions plan{};
};

/// Fails with wrong_request.
[[nodiscard]] ApproximationRequest approximation_request(const ApproximateOptions& options);

/// What was asked for, in its words.
void record(const ApproximateOptions& options, RequestRecord& request);

}  // namespace equiripple
