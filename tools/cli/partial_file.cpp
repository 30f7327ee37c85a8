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

#include "tools/cli/failure.hpp"

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

int open_locked(const std::string& path, const std::string& target) {
  while (true) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0) failed(target);
    while (::flock(descriptor, LOCK_EX) != 0 && errno == EINTR) {
    }
    if (is_still_named(descriptor, path)) return descriptor;
    ::close(descriptor);
  }
}

}  // namespace

PartialFile::PartialFile(const std::string& target)
    : target_(target),
      path_(partial_name(target)),
      descriptor_(open_locked(path_, target)),
      removed_(path_) {}

PartialFile::~PartialFile() {
  if (!kept_) ::unlink(path_.c_str());
  ::close(descriptor_);
}

void PartialFile::write(const std::string& content) const {
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t count = ::write(descriptor_, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) failed(target_);
    done += static_cast<std::size_t>(count);
  }
  if (::fsync(descriptor_) != 0) failed(target_);
}

void PartialFile::become_target() {
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
