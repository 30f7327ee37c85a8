// A file while it is written: beside its target, under one name for each target, and locked.
//
// kill -9 leaves at most that one file, without a lock; whoever writes the target next takes it
// over. Two who write the same target wait for each other.
#pragma once

#include <string>

namespace equiripple {

/// Removed again unless it becomes its target. Everything fails with machine_failed.
class PartialFile {
 public:
  explicit PartialFile(const std::string& target);
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  /// All that the file is to hold.
  void write(const std::string& content) const;
  void become_target();

 private:
  std::string target_;
  std::string path_;
  int descriptor_;
  bool kept_ = false;
};

/// What a writer that was killed may have left beside a target.
void remove_abandoned_part(const std::string& target);

}  // namespace equiripple
