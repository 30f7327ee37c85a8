// What the plan of a function is to be good at: options of every command that makes one.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/plan/settings.hpp"

namespace equiripple {

class Command;

struct PlanOptions {
  std::string minimise{};
  std::string level_price{};
  std::string max_levels{};
  std::string model{};  // a path
  std::string max_growth{};
  bool no_absorption = false;
  bool shows_latency = false;  // whatever is minimised
};

void add_plan_options(const Command& command, PlanOptions& options);

/// Reads the file of --model. Fails with wrong_request or machine_failed.
[[nodiscard]] PlanSettings plan_settings(const PlanOptions& options);

/// What was asked for, in its words; the table of costs by its base name.
void record(const PlanOptions& options, RequestRecord& request);

}  // namespace equiripple
