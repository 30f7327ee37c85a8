// How coefficients are stored and how sharply they are proved: options that several commands share.
#pragma once

#include <string>

#include "tools/cli/commands.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {

struct StoredOptions {
  std::string coefficient_bits = "53";
  std::string coefficient_unit;
  std::string tightness;
};

void add_stored_options(CLI::App& command, StoredOptions& options);

/// Fails with wrong_request.
void apply(const StoredOptions& options, const OutputOptions& output, PolynomialRequest& request);

/// What was asked for, where it is not the default.
void record(const StoredOptions& options, RequestRecord& request);

}  // namespace equiripple
