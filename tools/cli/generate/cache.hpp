// Files that were generated before, found by what they depend on.
//
// The key is the SHA-256 of the tool's binary, the words of the request and the content of the
// files that it reads. An entry holds the SHA-256 of what follows it: a damaged one counts as none.
// Entries are written beside and renamed, so that builds may share a cache and be killed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace equiripple {

inline constexpr std::uintmax_t largest_cache = 256u
                                                << 20;  // bytes; chosen: 10,000 headers or more

/// 64 hexadecimal digits.
[[nodiscard]] std::string sha256(const std::string& content);

class Cache {
 public:
  /// In this folder, which is made where it is missing.
  explicit Cache(std::string folder);

  struct Request {
    std::string file;                 // the file to make; its name is in the content
    std::vector<std::string> words;   // the command and its options
    std::vector<std::string> inputs;  // paths
  };
  [[nodiscard]] std::string key_of(Request request) const;

  [[nodiscard]] std::optional<std::string> find(const std::string& key) const;
  void keep(const std::string& key, const std::string& content) const;

  /// Where entries take more than `most` bytes, those go that were unused for longest, a quarter of
  /// `most` more than need be. No other file in the folder is touched.
  void trim(std::uintmax_t most = largest_cache) const;

 private:
  std::string folder_;
  std::string tool_;  // the hash of the binary
};

}  // namespace equiripple
