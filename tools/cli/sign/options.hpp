// The words of a request for sign or what is built on it, checked.
#pragma once

#include <string>

#include "tools/cli/pipeline.hpp"
#include "tools/cli/plan/options.hpp"

namespace equiripple {

class Command;

struct SignOptions {
  std::string degrees{};
  std::string stages{};
  std::string gap{};
  std::string range = "1";
  std::string margin{};
  std::string ckks{};
  std::string error{};  // of sign and its kin
  std::string bits{};   // of ReLU and its kin
  std::string max_key_switches{};
  std::string max_degree{};
  PlanOptions plan{};
};

/// Those that every kind has.
void add_sign_options(const Command& command, SignOptions& options);

/// Fails with wrong_request.
[[nodiscard]] SignRequest sign_request(Kind kind, const SignOptions& options);

/// What was asked for, in its words.
void record(const SignOptions& options, RequestRecord& request);

}  // namespace equiripple
