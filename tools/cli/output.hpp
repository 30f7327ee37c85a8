// Where a product goes: checked before the work, obeyed after it.
#pragma once

#include <string>

#include "emit/artifact.hpp"

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

/// Checks name and path before anything is computed; the name of the function.
[[nodiscard]] std::string checked_name(const OutputOptions& options, int highest_stage_degree);

/// A sentence for people on stderr; the product is what it is.
void remark(const std::string& sentence);

void deliver(const Artifact& artifact, const OutputOptions& options);

/// While it is there, deliver() of this thread hands over what it would write to a file.
class CapturedProduct {
 public:
  CapturedProduct();
  ~CapturedProduct();
  CapturedProduct(const CapturedProduct&) = delete;
  CapturedProduct& operator=(const CapturedProduct&) = delete;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace equiripple
