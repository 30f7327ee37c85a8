// Parts of a key are preceded by their lengths: no two requests run together.
#include "tools/cli/generate/cache.hpp"

#include <fmt/format.h>
#include <sha2.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "emit/version.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits_of_hash = 64;

// What answers: a binary of any size.
std::string sha256_of_this_binary() {
  std::string digits(SHA256_DIGEST_STRING_LENGTH, '\0');
  if (SHA256File("/proc/self/exe", digits.data()) == nullptr) {
    machine_failed("--cache: /proc/self/exe, this binary, cannot be read");
  }
  digits.resize(digits_of_hash);
  return digits;
}

std::string part(const std::string& text) { return fmt::format("{}:{}\n", text.size(), text); }

fs::path place_of(const std::string& folder, const std::string& key) {
  return fs::path(folder) / key.substr(0, 2) / key.substr(2);
}

// The value of "--data=points.txt" is known by the content, and by the name that is recorded.
std::string word_of_key(const std::string& word, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (word.ends_with("=" + input)) {
      return word.substr(0, word.size() - input.size()) + file_name_of(input);
    }
  }
  return word;
}

}  // namespace

std::string sha256(const std::string& content) {
  std::string digits(SHA256_DIGEST_STRING_LENGTH, '\0');
  if (SHA256Data(reinterpret_cast<const std::uint8_t*>(content.data()), content.size(),
                 digits.data()) == nullptr) {
    machine_failed("SHA-256 could not be computed");
  }
  digits.resize(digits_of_hash);
  return digits;
}

Cache::Cache(std::string folder)
    : folder_(std::move(folder)), tool_(version + sha256_of_this_binary()) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!fs::is_directory(folder_)) {
    machine_failed(fmt::format("--cache '{}': the folder cannot be made: {}", folder_,
                               error ? error.message() : "another file is there"));
  }
}

std::string Cache::key_of(Request request) const {
  const auto name_of_option = [](const std::string& word) {
    return word.substr(0, word.find('='));
  };
  for (std::string& word : request.words) word = word_of_key(word, request.inputs);
  std::ranges::stable_sort(request.words, {}, name_of_option);
  std::string text = part(tool_) + part(request.file);
  for (const std::string& word : request.words) text += part(word);
  for (const std::string& input : request.inputs) text += part(sha256(read_file(input)));
  return sha256(text);
}

std::optional<std::string> Cache::find(const std::string& key) const {
  const fs::path place = place_of(folder_, key);
  std::error_code error;
  if (!fs::is_regular_file(place, error)) return std::nullopt;
  try {
    const std::string entry = read_file(place.string());
    if (entry.size() <= digits_of_hash || entry[digits_of_hash] != '\n') return std::nullopt;
    std::string content = entry.substr(digits_of_hash + 1);
    if (sha256(key + content) != entry.substr(0, digits_of_hash)) return std::nullopt;
    return content;
  } catch (const Failure&) {  // removed or closed meanwhile
    return std::nullopt;
  }
}

void Cache::keep(const std::string& key, const std::string& content) const {
  const fs::path place = place_of(folder_, key);
  std::error_code ignored;  // write_file says what is wrong
  fs::create_directories(place.parent_path(), ignored);
  write_file(place.string(), sha256(key + content) + "\n" + content);
}

}  // namespace equiripple
