// POSIX files: every return value is looked at.
#include "tools/cli/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "emit/artifact_text.hpp"
#include "emit/failure.hpp"
#include "tools/cli/partial_file.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failed(const std::string& what, const std::string& path) {
  machine_failed(fmt::format("cannot {} '{}': {}", what, path, std::strerror(errno)));
}

void write_directly(const fs::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content << std::flush;
  if (!file) failed("write", path.string());
}

}  // namespace

void write_file(const std::string& path, const std::string& content) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) {
    machine_failed(fmt::format("cannot write '{}': it is a directory", path));
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    write_directly(path, content);
    return;
  }
  // Through a symbolic link to the file that it names.
  fs::path target = fs::exists(status) ? fs::canonical(path, error) : fs::path(path);
  if (error) target = path;
  if (fs::exists(status) && content_of_file(target.string()) == content) {
    remove_abandoned_part(target.string());
    return;
  }
  PartialFile partial(target.string());
  partial.write(content);
  partial.become_target();
}

void write_output(const std::string& content) {
  const bool written = std::fwrite(content.data(), 1, content.size(), stdout) == content.size();
  if (!written || std::fflush(stdout) != 0) failed("write", "standard output");
}

Artifact read_artifact(const std::string& path) {
  return required(artifact_in(read_file(path), path));
}

std::string stem_of(const std::string& path) { return fs::path(path).stem().string(); }

std::string extension_of(const std::string& path) { return fs::path(path).extension().string(); }

}  // namespace equiripple
