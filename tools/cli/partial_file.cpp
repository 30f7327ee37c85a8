// POSIX files and flock; a file system without locks only loses the order of simultaneous writers.
#include "tools/cli/partial_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "emit/failure.hpp"
#include "tools/cli/interrupts.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

std::string partial_name(const fs::path& target) {
  return target.parent_path() / fmt::format(".{}.partial", target.filename().string());
}

[[noreturn]] void failed(const std::string& target) {
  machine_failed(fmt::format("cannot write '{}': {}", target, std::strerror(errno)));
}

// Whether the name still leads to the file that is open: its last writer may have renamed it.
bool is_still_named(int descriptor, const std::string& path) {
  struct stat open_file {};
  struct stat named_file {};
  return ::fstat(descriptor, &open_file) == 0 && ::lstat(path.c_str(), &named_file) == 0 &&
         open_file.st_dev == named_file.st_dev && open_file.st_ino == named_file.st_ino;
}

// Listed for removal as soon as it is ours: before it is locked it may be another writer's.
int open_locked(const std::string& path, const std::string& target) {
  while (true) {
    auto lock = hold_interrupts();
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0) failed(target);
    const bool is_free = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    if (is_free && is_still_named(descriptor, path)) {
      remove_when_interrupted(path);
      return descriptor;
    }
    lock.unlock();
    if (!is_free) ::flock(descriptor, LOCK_EX);  // waits; then again from the beginning
    ::close(descriptor);
  }
}

}  // namespace

PartialFile::PartialFile(const std::string& target)
    : target_(target), path_(partial_name(target)), descriptor_(open_locked(path_, target)) {}

PartialFile::~PartialFile() {
  const auto lock = hold_interrupts();
  if (!kept_) ::unlink(path_.c_str());
  keep_when_interrupted(path_);
  ::close(descriptor_);
}

void PartialFile::write(const std::string& content) const {
  if (::ftruncate(descriptor_, 0) != 0) failed(target_);  // what a killed writer left
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t count = ::write(descriptor_, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) failed(target_);
    done += static_cast<std::size_t>(count);
  }
  if (::fsync(descriptor_) != 0) failed(target_);
}

void PartialFile::become_target() {
  const auto lock = hold_interrupts();
  if (::rename(path_.c_str(), target_.c_str()) != 0) failed(target_);
  kept_ = true;
}

void remove_abandoned_part(const std::string& target) {
  const std::string path = partial_name(target);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && is_still_named(descriptor, path)) {
    ::unlink(path.c_str());
  }
  ::close(descriptor);
}

}  // namespace equiripple
