#include "tools/read_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "emit/failure.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 64u << 20;  // chosen: the largest artifact is about 1 MiB

}  // namespace

std::optional<std::string> content_of_file(const std::string& path) {
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

std::string read_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) wrong_request(fmt::format("there is no file '{}'", path));
  if (fs::is_directory(status)) wrong_request(fmt::format("'{}' is a directory", path));
  const auto content = content_of_file(path);
  if (!content) {
    machine_failed(fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
  }
  if (content->size() > largest_file) {
    wrong_request(fmt::format("'{}' is too large: more than {} MiB", path, largest_file >> 20));
  }
  return *content;
}

}  // namespace equiripple
