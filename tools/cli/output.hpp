// Where a product goes: checked before the work, obeyed after it.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/make/make.hpp"

namespace equiripple {

class Command;

/// Where a product goes: a header, an artifact, or a summary for people.
struct OutputOptions {
  std::string path;    // "" for standard output
  std::string name;    // "" for the path's stem
  bool check = false;  // the request alone: nothing is computed or written
};

void add_output_options(const Command& command, OutputOptions& options);

/// Fails with machine_failed where the folder of a file that is to be written is not there.
void require_folder(const std::string& path);

/// The folder of --out-dir, made where it is not there. Fails with machine_failed.
void make_output_folder(const std::string& path);

/// The name of the function: checked with the path, and both with the request, before anything is
/// computed. Fails with wrong_request or machine_failed.
[[nodiscard]] std::string checked_name(const OutputOptions& options, const Request& request);

/// Fails as the work did.
void require_made(const Made& made);

/// A sentence for people on stderr; the product is what it is.
void remark(const std::string& sentence);

void deliver(const Artifact& artifact, const OutputOptions& options);

/// What a file of this ending holds: ".hpp" a header, ".json" the artifact. Fails with
/// cannot_be_met where it cannot hold this one.
[[nodiscard]] std::string file_text(const Artifact& artifact, const std::string& ending);

}  // namespace equiripple
