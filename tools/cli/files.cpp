// POSIX files: every return value is looked at.
#include "tools/cli/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "tools/cli/artifact_text.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/partial_file.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 64u << 20;  // chosen: the largest artifact is about 1 MiB

[[noreturn]] void failed(const std::string& what, const std::string& path) {
  machine_failed(fmt::format("cannot {} '{}': {}", what, path, std::strerror(errno)));
}

std::optional<std::string> content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string content;
  std::vector<char> block(1 << 16);
  while (content.size() <= largest_file &&
         (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0)) {
    content.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return content;
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
  if (fs::exists(status) && content_of(target) == content) {
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

std::string read_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) wrong_request(fmt::format("there is no file '{}'", path));
  if (fs::is_directory(status)) wrong_request(fmt::format("'{}' is a directory", path));
  const auto content = content_of(path);
  if (!content) failed("read", path);
  if (content->size() > largest_file) {
    wrong_request(fmt::format("'{}' is too large: more than {} MiB", path, largest_file >> 20));
  }
  return *content;
}

Artifact read_artifact(const std::string& path) { return artifact_in(read_file(path), path); }

std::string stem_of(const std::string& path) { return fs::path(path).stem().string(); }

std::string file_name_of(const std::string& path) {
  std::string name = fs::path(path).filename().string();
  for (char& c : name) c = c < ' ' || c > '~' ? '?' : c;
  return name;
}

std::string extension_of(const std::string& path) { return fs::path(path).extension().string(); }

}  // namespace equiripple
