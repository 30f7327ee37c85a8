// What SIGINT, SIGTERM and SIGHUP still do before they end the program: remove what is
// half-written.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace equiripple {

/// From now on those signals remove the files listed below, and then end the program as if they had
/// not been caught (a shell sees status 130 or 143).
void clean_up_when_interrupted();

/// A file that is removed when a signal ends the program while this object is there. Only so many
/// are remembered at once (more than there are threads).
class RemovedWhenInterrupted {
 public:
  explicit RemovedWhenInterrupted(const std::string& path);
  ~RemovedWhenInterrupted();
  RemovedWhenInterrupted(const RemovedWhenInterrupted&) = delete;
  RemovedWhenInterrupted& operator=(const RemovedWhenInterrupted&) = delete;

 private:
  std::size_t slot_;
};

}  // namespace equiripple
