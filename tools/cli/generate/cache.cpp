// Parts of a key are preceded by their lengths: no two requests run together.
#include "tools/cli/generate/cache.hpp"

#include <fmt/format.h>
#include <sha2.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"
#include "emit/version.hpp"
#include "tools/cli/files.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits_of_hash = 64;
constexpr std::size_t digits_of_place = 2;  // the folder of an entry

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
  return fs::path(folder) / key.substr(0, digits_of_place) / key.substr(digits_of_place);
}

struct Entry {
  fs::file_time_type used;
  std::uintmax_t size;
  fs::path path;
};

bool is_hexadecimal(const std::string& name, std::size_t digits) {
  return name.size() == digits && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// Other builds may remove entries meanwhile: what is gone is left out.
std::vector<Entry> entries_of(const std::string& folder) {
  std::vector<Entry> entries;
  std::error_code gone;
  for (const auto& place : fs::directory_iterator(folder, gone)) {
    if (!is_hexadecimal(place.path().filename().string(), digits_of_place)) continue;
    for (const auto& file : fs::directory_iterator(place.path(), gone)) {
      const std::string name = file.path().filename().string();
      if (!is_hexadecimal(name, digits_of_hash - digits_of_place)) continue;
      Entry entry{file.last_write_time(gone), 0, file.path()};
      if (!gone) entry.size = file.file_size(gone);
      if (!gone) entries.push_back(std::move(entry));
    }
  }
  return entries;
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
    fs::last_write_time(place, fs::file_time_type::clock::now(), error);  // when it was last used
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

void Cache::trim(std::uintmax_t most) const {
  std::vector<Entry> entries = entries_of(folder_);
  std::uintmax_t total = 0;
  for (const Entry& entry : entries) total += entry.size;
  if (total <= most) return;
  std::ranges::sort(entries, {}, &Entry::used);
  for (const Entry& entry : entries) {
    if (total <= most - most / 4) return;
    std::error_code ignored;
    fs::remove(entry.path, ignored);
    total -= entry.size;
  }
}

}  // namespace equiripple
